"""What notices a fault in the data: rules about facts, the record, gates, and lessons run anew.

All is loaded once. A fault is put into memory in place of the table, and only what reads that table
is asked, the quickest first. Checksums say nothing here: they are taken as written anew, as
`make data` would.
"""

import importlib
import os
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import codebook
import pandas as pd
from lessons import RECORD, ROOT, Lesson, lesson_paths

from helpers import integrity, record, tables
from helpers.reading import TableError, read_columns
from helpers.tables import foreign_keys, key, names, path_of, schemas
from mutation.cells import Fault, csv_of, rows_of

RULES = ("test_facts", "test_data", "test_statistics", "test_claims", "test_naming")
# They read the files themselves, whose cells `schema` has checked here, or take long to say less.
_LEFT_OUT = (
    "test_the_data_package_is_valid",
    "test_the_word_counts_fit_their_schema",
    "test_every_date_is_edtf_to_a_second_reader_too",
    "test_the_codebook_is_what_the_tables_make",
)
_READ = tables._read
_PIXELS = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")


class Check(NamedTuple):
    """Something that may notice: its kind, its name, and what raises where it does."""

    kind: str
    name: str
    ask: Callable[[], object]


class Asked(NamedTuple):
    """A check, with the tables that it reads and the seconds that it takes."""

    check: Check
    tables: frozenset[str]
    seconds: float


def checks_of_facts() -> Iterator[Check]:
    """What tests say of the facts, and the pages of the record that are made from them."""
    for module in RULES:
        for name, test in _tests(module):
            yield Check("facts", name, test)
    for part in record.PARTS:
        yield Check("record", part, lambda part=part: _record(part))


def checks_of_lessons() -> Iterator[Check]:
    """The gates of each lesson, and what its cells show."""
    for path in lesson_paths():
        yield Check("gates", path.stem[:2], lambda path=path: _gates(path))
    for path in lesson_paths():
        yield Check("lesson", path.stem[:2], lambda path=path: _lesson(path))


def _tests(module: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """The tests of a module that ask for no fixture, each with each of its parameters."""
    for name, test in list(vars(importlib.import_module(module)).items()):
        if not name.startswith("test_") or name.startswith(_LEFT_OUT) or "caught" in name:
            continue
        marks = [one.args for one in getattr(test, "pytestmark", []) if one.name == "parametrize"]
        given = [re.findall(r"\w+", one) if isinstance(one, str) else one for one, _ in marks]
        for values in product(*(several for _, several in marks)):
            pairs: dict[str, Any] = {}
            for columns, value in zip(given, values, strict=True):
                value = value if len(columns) > 1 else (value,)
                pairs |= dict(zip(columns, value, strict=True))
            wanted = test.__code__.co_varnames[: test.__code__.co_argcount]
            if set(wanted) == set(pairs):
                yield name, lambda test=test, pairs=pairs: test(**pairs)


def _record(part: str) -> None:
    name = f"{record.PARTS[part][0]}.md"
    assert record.record(part) == (RECORD / name).read_text(encoding="utf-8")


def _gates(path: Path) -> None:
    from form import FORM_GATES
    from gates import LESSON_GATES

    gates = LESSON_GATES if path.name.startswith("00") else [*LESSON_GATES, *FORM_GATES]
    assert not [problem for gate in gates for problem in gate(Lesson.read(path))]


# What each lesson shows of the data as they are.
_SHOWN: dict[Path, list[str]] = {}


def _lesson(path: Path) -> None:
    """Run a lesson's cells as its kernel would; what it shows must be what it showed before."""
    shown = list(_outputs(path))
    assert _SHOWN.setdefault(path, shown) == shown


def _outputs(path: Path) -> Iterator[str]:
    """What each code cell of a lesson shows, without the pixels of its pictures."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    os.chdir(path.parent)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(colors="nocolor", history_length=0)
    values: list[object] = []
    shell.displayhook.write_format_data = lambda data, metadata=None: values.append(data)
    for cell in Lesson.read(path).code:
        with capture_output() as caught:
            shell.run_cell(cell.source, store_history=False)
        data = [one.data for one in caught.outputs]
        yield _PIXELS.sub("", f"{caught.stdout}{caught.stderr}{data}{values}")
        values.clear()


def ask_all(checks: Iterable[Check]) -> list[Asked]:
    """Ask every check of the data as they are; each must find nothing.

    Raises AssertionError with the name of a check that finds a fault already.
    """
    found = []
    for check in checks:
        read: set[str] = set()
        forget()
        with _reading(lambda name, read=read: read.add(name)):
            start = time.process_time()
            try:
                check.ask()
            except Exception as error:
                raise AssertionError(f"{check.kind} {check.name}: {error!r}") from error
            took = time.process_time() - start
        found.append(Asked(check, frozenset(read), took))
    kinds = {kind: place for place, kind in enumerate(("facts", "record", "gates", "lesson"))}
    return sorted(found, key=lambda one: (kinds[one.check.kind], one.seconds))


@contextmanager
def _reading(note: Callable[[str], object]) -> Iterator[None]:
    """For as long as the block lasts, each table that is loaded is noted."""

    def read(path: Path, name: str) -> tuple[pd.DataFrame, bool]:
        note(name)
        return _READ(path, name)

    tables._read = read
    try:
        yield
    finally:
        tables._read = _READ


def forget() -> None:
    """Empty what modules of the course and its tests have kept of the tables."""
    for name, module in list(sys.modules.items()):
        if name.startswith("helpers") or str(getattr(module, "__file__", "")).startswith(
            str(ROOT / "tests")
        ):
            for one in list(vars(module).values()):
                kept = one is _READ or getattr(one, "__module__", "") == "helpers.dates"
                if hasattr(one, "cache_clear") and not kept:
                    one.cache_clear()


def changed_table(fault: Fault) -> pd.DataFrame:
    """The table with the fault; raises TableError where its schema does not allow it."""
    rows = rows_of(fault.table)
    rows[fault.row : fault.row + 1] = [fault.values] if fault.values else []
    with TemporaryDirectory() as folder:
        file = Path(folder) / "table.csv"
        file.write_text(csv_of(fault.table, rows), encoding="utf-8")
        columns = read_columns(file, schemas()[fault.table], path_of(fault.table))
    return tables._typed(columns, schemas()[fault.table])


def caught_at_once(fault: Fault) -> tuple[str, str]:
    """What notices a fault without any test: `make data`, or the codebook, which then differs."""
    try:
        changed = changed_table(fault)
    except TableError as error:
        return "schema", str(error)[:80]
    with _instead(fault.table, changed):
        if problems := integrity.faults(_near(fault)):
            return "integrity", problems[0][:80]
    for field in schemas()[fault.table]["fields"]:
        whole = tables.load(fault.table)
        if codebook.about(changed, field) != codebook.about(whole, field):
            return "codebook", field["name"]
    return "", ""


def caught_by(fault: Fault, asked: list[Asked]) -> tuple[str, str]:
    """The kind and the name of the first check that notices a fault; two empty texts if none does.

    It changes what the process knows of the tables: call it in a fork.
    """
    with _instead(fault.table, changed_table(fault)), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        forget()
        for one in asked:
            if fault.table in one.tables:
                try:
                    one.check.ask()
                except Exception:
                    return one.check.kind, one.check.name
    return "", ""


@contextmanager
def _instead(table: str, changed: pd.DataFrame) -> Iterator[None]:
    """For as long as the block lasts, a table is another."""

    def read(path: Path, name: str) -> tuple[pd.DataFrame, bool]:
        return (changed, False) if name == table else _READ(path, name)

    tables._read = read
    try:
        yield
    finally:
        tables._read = _READ


def _near(fault: Fault) -> dict[str, pd.DataFrame]:
    """The tables in which a fault can break a rule of `helpers.integrity`, no longer than needed.

    The rules look at one row, at what it points to, and at what points to it: all attestations
    would take a second.
    """
    table = tables.load(fault.table)
    targets = {target for target, _ in foreign_keys(fault.table).values()}
    found = {name: tables.load(name) for name in targets}
    if fault.values and fault.table not in targets:
        table = table.iloc[fault.row : fault.row + 1]
    found[fault.table] = table
    if fault.table == "attestations":
        about = {name: tables.load(name) for name in set(table["table"])}
        return {**found, **about, "places": tables.load("places")}
    if fault.values is None:
        gone = rows_of(fault.table)[fault.row][key(fault.table)[0]]
        for name in names():
            if name != "word_counts" and name not in found:
                for column, (target, _) in foreign_keys(name).items():
                    rows = tables.load(name)
                    if target == fault.table and (rows[column] == gone).any():
                        found[name] = rows[rows[column] == gone]
        told = tables.load("attestations")
        found["attestations"] = told[(told["table"] == fault.table) & (told["row_id"] == gone)]
    return found
