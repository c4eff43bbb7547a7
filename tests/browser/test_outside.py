"""What would leave the machine is noticed: in the browser, in JupyterLab and in a kernel."""

import subprocess
import sys

import pytest
from lessons import lesson_paths
from network import NetworkForbiddenError

from browser.lab import GUARDED, leave, open_lesson
from browser.outside import new_page as watched_page

ELSEWHERE = "192.0.2.1"  # kept free for examples: no machine has it
ASK = f"""async () => {{
  new WebSocket("ws://{ELSEWHERE}/socket");
  await fetch("http://{ELSEWHERE}/page").catch(() => null);
}}"""
IN_KERNEL = """async code => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const reply = await kernel.requestExecute({code}).done;
  return reply.content.ename ?? "no error";
}"""


def test_a_page_that_asks_another_machine_is_noticed(chromium):
    context = chromium.new_context()
    page, asked = watched_page(context)
    page.evaluate(ASK)
    assert sorted(asked) == [f"http://{ELSEWHERE}/page", f"ws://{ELSEWHERE}/socket"]
    context.close()


def test_a_kernel_of_the_lab_reaches_no_other_machine(page):
    open_lesson(page, lesson_paths()[0])
    code = f"import socket; socket.create_connection(({ELSEWHERE!r}, 80), timeout=1)"
    assert page.evaluate(IN_KERNEL, code) == NetworkForbiddenError.__name__
    leave(page)


def test_the_lab_itself_reaches_no_other_machine():
    guard = GUARDED.partition(";")[0]
    code = f"{guard}; import socket; socket.create_connection(({ELSEWHERE!r}, 80), timeout=1)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert NetworkForbiddenError.__name__ in result.stderr


@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_its_token_the_server_shows_nothing(new_page, lab, token):
    page = new_page()
    page.goto(lab.url().replace("token=test", f"token={token}"))
    assert "/login" in page.url
    assert page.locator(".jp-Notebook, .jp-DirListing").count() == 0
