"""The guard against the network, here and in the kernels that run the lessons."""

import os
import socket

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

REACH_OUT = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
KINDS = ["DeprecationWarning", "FutureWarning", "UserWarning", "ResourceWarning"]


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_this_process_cannot_reach_another_machine(host):
    with pytest.raises(RuntimeError, match="works without a network"):
        socket.create_connection((host, 80), timeout=1)


def test_this_process_can_reach_itself():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_a_lesson_cannot_reach_another_machine_and_its_warnings_are_errors():
    """One kernel for both, as each lesson has one."""
    warn = [new_code_cell(f"import warnings; warnings.warn('old', {kind})") for kind in KINDS]
    seed = new_code_cell("import os; print(os.environ['PYTHONHASHSEED'])")
    notebook = new_notebook(cells=[seed, new_code_cell(REACH_OUT), *warn])
    NotebookClient(notebook, allow_errors=True).execute()
    said = [cell.outputs[0] for cell in notebook.cells]
    assert said[0].text.strip() == os.environ["PYTHONHASHSEED"]
    assert "works without a network" in said[1].evalue
    assert [output.get("ename") for output in said[2:]] == KINDS
