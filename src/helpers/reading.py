"""CSV files read strictly: every cell is held against its schema before a table is made of it.

A broken file gives one message that names the file, the row, the column, the value, what was
expected and how to mend it; nothing is half read. Rows are counted as an editor counts lines:
the header is row 1.
"""

import csv
import gzip
import json
import re
import zlib
from pathlib import Path
from typing import Any, NoReturn

from helpers.calendars import new_style
from helpers.dates import parse

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
OLD_STYLE_SUFFIX = "_os"

_NUMBERS = {"integer": int, "number": float}
_QUOTES = (
    'Put a cell that holds a comma or a quote in "double quotes", and double quotes inside it.'
)


class TableError(ValueError):
    """A table that cannot be read: the message names the place, the problem and the mend."""

    def __init__(
        self, file: str, problem: str, mend: str, row: int | None = None, column: str = ""
    ) -> None:
        place = f"data/{file}"
        place += f", row {row}" if row else ""
        place += f", column {column!r}" if column else ""
        super().__init__(f"{place}: {problem}. {mend}")


def bytes_of(path: Path, file: str) -> bytes:
    """What stands in a file of data/; raises TableError where the system does not give it out."""
    try:
        return path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror or error})"
        raise TableError(file, problem, "Let yourself read it, or restore it.") from None


def json_of(raw: bytes, file: str) -> dict[str, Any]:
    """The object that a JSON file of data/ holds; raises TableError for anything else."""
    try:
        found = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise TableError(file, "is not UTF-8 text", _restore(file)) from None
    except ValueError as error:
        raise TableError(file, f"is not JSON ({error})", _restore(file)) from None
    if not isinstance(found, dict):
        raise TableError(file, "holds no JSON object", _restore(file))
    return found


def _restore(file: str) -> str:
    return f"Restore it: git restore data/{file}, or install the course again."


def read_columns(path: Path, schema: dict[str, Any], file: str = "") -> dict[str, list[Any]]:
    """The typed values of a CSV file by column, checked against its Table Schema.

    file: its path inside data/, for messages; its name if that is left out. Empty cells are None.

    Raises TableError for anything that the schema does not allow.
    """
    fields, file = schema["fields"], file or path.name
    rows = _read_rows(path, [field["name"] for field in fields], file)
    columns = {
        field["name"]: _column(file, field, texts)
        for field, texts in zip(fields, zip(*rows, strict=True), strict=True)
    }
    _refuse_repeated_keys(file, schema["primaryKey"], columns)
    return columns


def _read_rows(path: Path, header: list[str], file: str) -> list[list[str]]:
    """The rows of a CSV file below its header, as text, each as long as the header.

    Raises TableError for a byte-order mark, Windows line ends, text that is not UTF-8, a stray
    quote, a line break in a cell, a header or a row that does not fit, or no rows at all.
    """
    lines = _text(path, file).splitlines(keepends=True)
    try:
        rows = list(csv.reader(lines, strict=True))
    except csv.Error as error:
        raise TableError(file, f"cannot be read as CSV ({error})", _QUOTES) from None
    if not rows or rows[0] != header:
        _refuse_header(file, rows[0] if rows else [], header)
    if len(rows) == 1:
        raise TableError(file, "has a header and no rows", "Restore the rows of the file.")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(header):
            problem = f"{len(row)} cells found, expected {len(header)}"
            raise TableError(file, problem, _QUOTES, number)
        if len(rows) < len(lines) and any("\n" in cell for cell in row):
            problem = "a cell with a line break found, expected one line for each row"
            raise TableError(file, problem, "Close the quote, or join the lines.", number)
    return rows[1:]


def _text(path: Path, file: str) -> str:
    raw = bytes_of(path, file)
    raw = _unpacked(file, raw) if path.suffix == ".gz" else raw
    if raw.startswith(b"\xef\xbb\xbf"):
        raise TableError(file, "starts with a byte-order mark", "Save it as UTF-8 without BOM.")
    if b"\0" in raw:
        raise TableError(file, "is UTF-16 text, or no text at all", "Save it as UTF-8.")
    if b"\r" in raw:
        raise TableError(file, "has Windows line ends (CR LF)", "Save it with Unix ones (LF).")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise TableError(file, "is not UTF-8 text", "Save it as UTF-8.", row) from None


def _unpacked(file: str, raw: bytes) -> bytes:
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError, zlib.error) as error:
        mend = "Restore it, or pack the table anew."
        raise TableError(file, f"cannot be unpacked with gzip ({error})", mend) from None


def _refuse_header(file: str, found: list[str], expected: list[str]) -> NoReturn:
    missing = [name for name in expected if name not in found]
    unknown = [name for name in found if name not in expected]
    problem = "the header does not fit the schema"
    problem += f"; missing: {', '.join(missing)}" if missing else ""
    problem += f"; unknown: {', '.join(unknown)}" if unknown else ""
    raise TableError(file, problem, f"Write it as {','.join(expected)}", 1)


class _CellError(ValueError):
    """A cell that its schema does not allow: what was expected, and how to mend it."""


def _column(file: str, field: dict[str, Any], texts: tuple[str, ...]) -> list[Any]:
    """The typed values of one column; a text that comes again is not checked again."""
    known = {}
    for text in dict.fromkeys(texts):
        try:
            known[text] = _value(field, text)
        except _CellError as error:
            expected, mend = error.args
            problem = f"{text!r} found, expected {expected}"
            raise TableError(file, problem, mend, texts.index(text) + 2, field["name"]) from None
    return [known[text] for text in texts]


def _value(field: dict[str, Any], text: str) -> str | int | float | None:
    """The typed value of one cell, None for an empty one; raises _CellError."""

    def refuse(expected: str, mend: str) -> NoReturn:
        raise _CellError(expected, mend)

    rules = field.get("constraints", {})
    if text == "" and rules.get("required"):
        refuse("a value", "Fill the cell.")
    if text == "":
        return None
    if text != text.strip():
        refuse("no blanks at either end", "Take them off.")
    if "enum" in rules and text not in rules["enum"]:
        refuse(f"one of {', '.join(rules['enum'])}", "Choose one of them.")
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        refuse(f"the form {rules['pattern']}", "Rewrite the value.")
    if field.get("rdfType") == EDTF:
        try:
            parse(new_style(text) if field["name"].endswith(OLD_STYLE_SUFFIX) else text)
        except ValueError as error:
            refuse("an EDTF date", f"{error}.")
    if field["type"] not in _NUMBERS:
        return text
    least, most = rules.get("minimum", float("-inf")), rules.get("maximum", float("inf"))
    try:
        number = _NUMBERS[field["type"]](text)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        refuse(f"a number of type {field['type']} from {least} to {most}", "Correct it.")
    return number


def _refuse_repeated_keys(file: str, key: list[str], columns: dict[str, list[Any]]) -> None:
    seen: dict[tuple[Any, ...], int] = {}
    for row, values in enumerate(zip(*(columns[name] for name in key), strict=True), 2):
        if values in seen:
            problem = f"{', '.join(map(str, values))!r} stands in row {seen[values]} already"
            mend = "Give one of the two another key, or merge them."
            raise TableError(file, problem, mend, row, "+".join(key))
        seen[values] = row
