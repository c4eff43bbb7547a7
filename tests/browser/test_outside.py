"""What would leave the machine is noticed: in the browser and in JupyterLab."""

import subprocess
import sys

from network import NetworkForbiddenError

from browser.lab import GUARDED
from browser.outside import new_page as watched_page

ELSEWHERE = "192.0.2.1"  # kept free for examples: no machine has it
ASK = f"""async () => {{
  new WebSocket("ws://{ELSEWHERE}/socket");
  await fetch("http://{ELSEWHERE}/page").catch(() => null);
}}"""


def test_a_page_that_asks_another_machine_is_noticed(chromium):
    context = chromium.new_context()
    page, asked = watched_page(context)
    page.evaluate(ASK)
    assert sorted(asked) == [f"http://{ELSEWHERE}/page", f"ws://{ELSEWHERE}/socket"]
    context.close()


def test_the_lab_itself_reaches_no_other_machine():
    guard = GUARDED.partition(";")[0]
    code = f"{guard}; import socket; socket.create_connection(({ELSEWHERE!r}, 80), timeout=1)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert NetworkForbiddenError.__name__ in result.stderr
