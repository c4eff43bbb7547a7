"""How a table is shown: as pandas shows it, with headers that a screen reader can use.

pandas marks no header as that of a column or of a row, and puts an empty one into the corner,
which is read out as a header without a name. The look stays the same.
"""

import re
import sys

import pandas as pd

_EMPTY = re.compile(r"<th(?: [^>]*)?></th>")
_SPANNING = re.compile(r"<th(?=[^>]* (?:col|row)span=)")


def table_html(table: pd.DataFrame) -> str | None:
    """The HTML that pandas makes of a DataFrame, each header with its scope, none of them empty.

    None where pandas is set to show tables as plain text.
    """
    page = table._repr_html_()  # what IPython asks of pandas
    if page is None:
        return None
    head, body, rows = page.partition("<tbody>")
    return _scoped(_EMPTY.sub("<td></td>", head), "col") + body + _scoped(rows, "row")


def _scoped(part: str, scope: str) -> str:
    """The headers of one part of a table, each with what it is the header of."""
    part = _SPANNING.sub(f'<th scope="{scope}group"', part)
    return re.sub(r"<th(?=[ >])(?! scope=)", f'<th scope="{scope}"', part)


def show_tables_with_headers() -> None:
    """Let the notebook that runs this show every DataFrame so; elsewhere nothing happens."""
    python = sys.modules.get("IPython")
    shell = python.get_ipython() if python else None
    if shell:
        formatter = shell.display_formatter.formatters["text/html"]
        formatter.for_type(pd.DataFrame, table_html)
