"""Run the code of lessons in one process and print what each of their cells says, as JSON.

Warnings are errors. Figures are drawn and described, but not turned into pixels.

    python -W error tests/faults/course.py [LESSON ...]
"""

import ast
import builtins
import contextlib
import io
import json
import locale
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
import pandas as pd
from IPython.lib.pretty import pretty
from pandas.io.formats import console

from helpers import figures

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def said(value: Any) -> str:
    """What a plain viewer would show of a value."""
    if value is None:
        return ""
    if hasattr(value, "_repr_mimebundle_"):
        return value._repr_mimebundle_()["text/plain"]
    return pretty(value)


def run(cell: str, names: dict[str, Any]) -> str:
    """What a cell prints, and its last value."""
    body = ast.parse(cell).body
    last = ast.Expression(body.pop().value) if isinstance(body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "<cell>", "exec"), names)  # noqa: S102
        value = eval(compile(last, "<cell>", "eval"), names) if last else None  # noqa: S307
    figures.plt.close("all")  # matplotlib comes through helpers, as in a lesson
    return printed.getvalue() + said(value)


def lesson(path: Path) -> list[str]:
    """All that a lesson says, cell by cell."""
    names = {"display": lambda *values: print(*map(said, values))}
    builtins.display = names["display"]
    told = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        try:
            told.append(run(cell.source, names))
        except Exception as error:
            if "raises-exception" not in cell.metadata.get("tags", []):
                raise
            told.append(f"{type(error).__name__}: {error}")
    return told


if __name__ == "__main__":
    locale.setlocale(locale.LC_ALL, "")
    paths = sorted(NOTEBOOKS.glob("[0-4]*/[1-4]*.ipynb")) + sorted(NOTEBOOKS.glob("00-*.ipynb"))
    chosen = [path for path in paths if not sys.argv[1:] or path.name[:2] in sys.argv[1:]]
    pd.set_option("display.max_columns", 20)  # as in a kernel, and so is the width
    width = patch.object(console, "get_console_size", lambda: (80, 60))
    with width, patch.object(figures, "_picture", lambda _: b""):
        told = {path.name[:2]: lesson(path) for path in chosen}
    print(json.dumps(told))
