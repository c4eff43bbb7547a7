"""A question that is graded by itself: its variants, its answer and the slips that it knows.

Nothing here ships with a release: a student sees the task, and this module decides what is right.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.exercise import Exercise, Slip

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Mistake:
    """A plausible wrong answer of a variant, and the words that its author should read.

    hint may name parameters, as in "You counted the year {year} only."
    """

    answer: Callable[[Parameters], Any]
    hint: str


@dataclass(frozen=True)
class Question:
    """One auto-graded question.

    form: number, text, names or counts (see helpers.exercise.FORMS and grading.compare). pool: the
    parameters of all variants, in a fixed order, each solvable and with one right answer. answer:
    what is right, computed from the data. rows: how many rows of the tables the question touches,
    so that no variant is easier than another. retry: what a wrong answer that no mistake explains
    is told. tolerance: how far a number may lie off.
    """

    form: str
    pool: Callable[[], list[Parameters]]
    answer: Callable[[Parameters], Any]
    rows: Callable[[Parameters], int]
    mistakes: tuple[Mistake, ...]
    retry: str
    tolerance: float = 0.0

    def exercise(self, parameters: Parameters) -> Exercise:
        """The question in one variant, as the lessons' own exercises are built.

        What is right and what is wrong in a variant is computed when it is first asked for, and
        once: leave it as it is.
        """
        return Exercise(
            task=self.retry.format(**parameters),
            form=self.form,
            answer=lambda: _once(self.answer, parameters),
            finding="",
            slips=tuple(self._slip(mistake, parameters) for mistake in self.mistakes),
            tolerance=self.tolerance,
        )

    def _slip(self, mistake: Mistake, parameters: Parameters) -> Slip:
        return Slip(lambda: _once(mistake.answer, parameters), mistake.hint.format(**parameters))


_KNOWN: dict[tuple[Callable[[Parameters], Any], str], Any] = {}


def _once(compute: Callable[[Parameters], Any], parameters: Parameters) -> Any:
    """What a function gives for a variant; it is called once for each."""
    key = compute, repr(sorted(parameters.items()))
    if key not in _KNOWN:
        _KNOWN[key] = compute(parameters)
    return _KNOWN[key]
