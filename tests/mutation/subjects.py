"""Which modules are mutated, the subject of each, and the tests that may notice."""

MODULES = {
    **{"dates": "dates", "calendars": "dates"},
    "evidence": "evidence",
    **{"checks": "check", "exercise": "check", "answers": "check"},
    **{"tables": "tables", "reading": "tables", "released": "tables"},
    **{"checksums": "tables", "writing": "tables"},
}
TESTS = tuple(
    f"tests/{name}.py"
    for name in (
        *("test_dates", "test_calendars", "test_evidence", "test_claims"),
        *("test_checks", "test_answers", "test_checksums", "test_tables"),
        *("fuzz/test_fuzz_dates", "fuzz/test_fuzz_answers"),
        *("faults/test_damaged_files", "faults/test_interrupted_writing"),
    )
)
# It starts processes of its own, which see no fault that is put in place, and takes 14 seconds.
LEFT_OUT = "two_kernels_lose_no_answer"


# The tests of a module that has no file of its own.
_BESIDE = {"exercise": "checks", "reading": "tables", "released": "tables", "writing": "tables"}


def first_tests(module: str) -> list[str]:
    """The tests of a module alone: one file, and the examples in its docstrings."""
    return [f"tests/test_{_BESIDE.get(module, module)}.py", f"src/helpers/{module}.py"]


def all_tests() -> list[str]:
    """Every test that may notice a fault in one of the modules."""
    return [*TESTS, *(f"src/helpers/{module}.py" for module in MODULES)]
