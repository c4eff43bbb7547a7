"""The guard against the network, here and in the kernels that run the lessons."""

import socket

import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

REACH_OUT = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_this_process_cannot_reach_another_machine(host):
    with pytest.raises(RuntimeError, match="works without a network"):
        socket.create_connection((host, 80), timeout=1)


def test_this_process_can_reach_itself():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_a_lesson_cannot_reach_another_machine():
    notebook = new_notebook(cells=[new_code_cell(REACH_OUT)])
    with pytest.raises(CellExecutionError, match="works without a network"):
        NotebookClient(notebook).execute()
