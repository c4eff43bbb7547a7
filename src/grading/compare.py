"""Is an answer right, and if not, what should its author read? Only trusted code runs here."""

from dataclasses import dataclass
from typing import Any

from grading.question import Parameters, Question
from grading.values import Encoded, decode
from helpers.checks import wrong_form
from helpers.exercise import Exercise, is_blank, normal


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and the words for its author."""

    right: bool
    words: str


class Judge:
    """One question in one variant; what is right is computed once, for all submissions."""

    def __init__(self, name: str, question: Question, parameters: Parameters) -> None:
        self.name, self.form = name, question.form
        self.exercise: Exercise = question.exercise(parameters)
        self._answer = self.exercise.answer()
        self._slips: list[tuple[Any, str]] | None = None

    def verdict(self, encoded: Encoded | None, trouble: str = "") -> Verdict:
        """What to say of an answer, as the sandbox encoded it; None where there is none.

        trouble: what went wrong in the answer's own cell, as a sentence.
        """
        if encoded is None:
            text = f"there is no answer: nothing is called {self.name}."
            return self._wrong(text, trouble)
        try:
            given = decode(encoded)
        except ValueError:
            return self._wrong("the answer cannot be read.", trouble)
        if is_blank_answer(given):
            return self._wrong("not answered: it is still blank.", trouble)
        try:
            return self._compared(given, trouble)
        except Exception as error:  # whatever a student made must not stop the others' grading
            kind = type(error).__name__
            return self._wrong(f"the answer cannot be compared ({kind}).", trouble)

    def _compared(self, given: Any, trouble: str) -> Verdict:
        if self.exercise.matches(given, self._answer):
            return Verdict(True, f"{self.name}: right.")
        if normal(given, self.form) is None:
            return self._wrong(wrong_form(given, self.form), trouble)
        hints = [hint for answer, hint in self._known() if self.exercise.matches(given, answer)]
        said = " Or: ".join(dict.fromkeys(hints)) or f"Read the task once more: {self._task()}"
        return self._wrong(said, trouble)

    def _known(self) -> list[tuple[Any, str]]:
        if self._slips is None:
            self._slips = [(slip.answer(), slip.hint) for slip in self.exercise.slips]
        return self._slips

    def _task(self) -> str:
        return self.exercise.task

    def _wrong(self, said: str, trouble: str) -> Verdict:
        words = f"{self.name}: not right. {said[:1].upper()}{said[1:]}"
        return Verdict(False, f"{words} {trouble}".strip())


def is_blank_answer(given: Any) -> bool:
    """Whether an answer is the blank of the release, or as good as one."""
    return is_blank(given) or (isinstance(given, (list, dict)) and not len(given))
