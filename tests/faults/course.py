"""Run the code of every lesson in one process and print a digest of what each of them says.

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
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import matplotlib.pyplot as plt
import nbformat
import pandas as pd

from helpers import figures

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def said(value: Any) -> str:
    """What JupyterLab would show of a value, as text."""
    if value is None:
        return ""
    if isinstance(value, (pd.DataFrame, pd.Series)):
        return value.to_csv()
    return repr(value._repr_mimebundle_()) if hasattr(value, "_repr_mimebundle_") else repr(value)


def run(cell: str, names: dict[str, Any]) -> str:
    """What a cell prints, and its last value."""
    body = ast.parse(cell).body
    last = ast.Expression(body.pop().value) if isinstance(body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "<cell>", "exec"), names)  # noqa: S102
        value = eval(compile(last, "<cell>", "eval"), names) if last else None  # noqa: S307
    plt.close("all")
    return printed.getvalue() + said(value)


def lesson(path: Path) -> str:
    """All that a lesson says."""
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
    return "\n".join(told)


if __name__ == "__main__":
    locale.setlocale(locale.LC_ALL, "")
    paths = sorted(NOTEBOOKS.glob("[0-4]*/[1-4]*.ipynb")) + sorted(NOTEBOOKS.glob("00-*.ipynb"))
    chosen = [path for path in paths if not sys.argv[1:] or path.name[:2] in sys.argv[1:]]
    with patch.object(figures, "_picture", lambda _: b""):
        told = {path.name[:2]: lesson(path) for path in chosen}
    print(json.dumps({name: sha256(text.encode()).hexdigest() for name, text in told.items()}))
