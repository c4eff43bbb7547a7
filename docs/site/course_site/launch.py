"""The buttons that open a lesson somewhere: in Binder, on a JupyterHub, in Colab."""

import runpy
from collections.abc import Callable
from html import escape
from pathlib import Path

from course_site.repository import ROOT

# For the path of a lesson in the repository: the names of the buttons with their addresses.
Buttons = Callable[[str], dict[str, str]]
_LAUNCH = ROOT / "docs" / "launch.py"


def buttons(address: str, script: Path = _LAUNCH) -> Buttons:
    """The buttons of a lesson, made from the address of the repository; none without one.

    The addresses come from ``links(address, lesson)`` of a script, docs/launch.py.
    """
    if not address or not script.exists():
        return lambda lesson: {}
    links = runpy.run_path(str(script))["links"]
    return lambda lesson: {
        escape(name): escape(url) for name, url in links(address, lesson).items()
    }
