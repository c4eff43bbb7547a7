"""Which modules are mutated, and which tests may notice: the quick ones first, then wider ones."""

from typing import NamedTuple

# Those of test_checks.py that compute every answer of the course take seconds.
_BY_EXERCISE = (
    "not right_answer_passes and not each_slip and not gives_the_answer and not wrong_kind "
    "and not blank_stub"
)


class Module(NamedTuple):
    """A module of src/helpers: the subject that it belongs to, and its stages of tests."""

    subject: str
    stages: tuple[tuple[str, ...], ...]


def _files(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/{name}.py" for name in names)


_ANSWERS = (*_files("test_checks"), "-k", _BY_EXERCISE)
# Those of test_tables.py that read every table take seconds too.
_BY_TABLE = "not each_table_loads and not the_quick_way and not every_checksum"
_EVERY_TABLE = _files("test_checksums", "test_tables")
_TABLES = (*_EVERY_TABLE, "-k", _BY_TABLE)
MODULES = {
    "dates": Module(
        "dates", (_files("test_dates"), _files("test_calendars", "fuzz/test_fuzz_dates"))
    ),
    "calendars": Module("dates", (_files("test_calendars"), _files("fuzz/test_fuzz_dates"))),
    "evidence": Module("evidence", (_files("test_evidence"), _files("test_claims"))),
    "checks": Module("check", (_ANSWERS, _files("test_checks"))),
    "exercise": Module("check", (_ANSWERS, _files("fuzz/test_fuzz_answers", "test_checks"))),
    "answers": Module("check", (_files("test_answers"), _files("fuzz/test_fuzz_answers"))),
    "tables": Module("tables", (_TABLES, _EVERY_TABLE, _files("faults/test_damaged_files"))),
    "reading": Module("tables", (_TABLES, _EVERY_TABLE, _files("faults/test_damaged_files"))),
    "released": Module("tables", (_TABLES, _EVERY_TABLE)),
    "checksums": Module("tables", (_TABLES, _EVERY_TABLE, _files("faults/test_damaged_files"))),
    "writing": Module("tables", (_TABLES, _files("faults/test_interrupted_writing"))),
}
