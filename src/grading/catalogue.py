"""The assignments that exist: for each its source notebook, its questions and its essays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from grading.question import Parameters, Question
from grading.remembered import remembered
from grading.variants import pick

NAMES = ("early-life", "revolution", "exile", "legacy", "final-project")
ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / "notebooks" / "assignments"

Pool = Sequence[Parameters] | Callable[[], Sequence[Parameters]]


@dataclass(frozen=True)
class Assignment:
    """An assignment: a source notebook, and the pools from which its variants are chosen.

    questions and essays are keyed by grade_id, such as "q3" and "essay-1". An essay that is the
    same in every variant needs no pool.
    """

    name: str
    source: Path
    questions: Mapping[str, Question]
    essays: Mapping[str, Pool] = field(default_factory=dict)

    def pools(self) -> dict[str, list[dict[str, Any]]]:
        """All variants of each question and of each essay that has any, by grade_id.

        Raises TypeError for a parameter that JSON cannot store.
        """
        pools = {grade_id: question.pool for grade_id, question in self.questions.items()}
        return {
            grade_id: self.variants(grade_id, pool)
            for grade_id, pool in (pools | dict(self.essays)).items()
        }

    def parameters(self, course: str) -> dict[str, dict[str, Any]]:
        """The parameters that a course gets, by grade_id.

        Raises ValueError for an empty pool, TypeError for a parameter that JSON cannot store.
        """
        return {
            grade_id: pick(course, f"{self.name}/{grade_id}", pool)
            for grade_id, pool in self.pools().items()
        }

    def variants(self, grade_id: str, pool: Pool) -> list[dict[str, Any]]:
        """A pool in plain Python, remembered where the question is one of the course's own."""
        key = f"{self.name}/{grade_id}"

        def work() -> list[dict[str, Any]]:
            variants = pool() if callable(pool) else pool
            return [
                {name: plain(value, f"{key}, parameter {name}") for name, value in one.items()}
                for one in variants
            ]

        return remembered(key, work) if self.name in NAMES else work()


def plain(value: Any, where: str = "a parameter") -> Any:
    """A number, text, truth value or list of them, without numpy's own kinds.

    Raises TypeError that names the place for anything else.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, (list, tuple)):
        return [plain(one, where) for one in value]
    if not isinstance(value, (str, int, float)):
        raise TypeError(
            f"{where}: {type(value).__name__} found, expected text, a number or a list. "
            "Write a date as text."
        )
    return value


def assignments(folder: Path = COURSE) -> list[Assignment]:
    """Every assignment that has a source notebook, in the order of the course.

    Raises FileNotFoundError for a source notebook without a module that holds its questions.
    """
    found = []
    for name in NAMES:
        source = folder / "source" / name / f"{name}.ipynb"
        if source.is_file():
            module = _module(name)
            found.append(Assignment(name, source, module.QUESTIONS, getattr(module, "ESSAYS", {})))
    return found


def _module(name: str) -> Any:
    module = f"grading.assignments.{name.replace('-', '_')}"
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        path = f"src/{module.replace('.', '/')}.py"
        raise FileNotFoundError(f"{name} has a source notebook, but {path} is missing") from error
