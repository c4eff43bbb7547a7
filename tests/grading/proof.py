"""Submissions that prove how an assignment is graded: every mistake, every style, few notebooks.

A submission answers some questions with a known mistake and all others rightly, each time in
another style. `designs` mixes them so that each mistake of each question stands, for every other
question, at least once beside that question's right answer. So if every submission loses just the
points of the questions that it has wrong, no mistake costs a point of another question.
"""

import copy
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import nbformat
import pandas as pd
from hand_in import cell
from loops import LOOPS, ROWS
from nbformat import NotebookNode

from grading.folder import read_record
from grading.marking import Place, questions_of
from grading.question import Parameters, Question
from grading.template import PLACEHOLDER
from grading.values import decode, encode

Design = dict[str, int | None]  # for each question the number of its mistake, or None
TRIES = 10

# How else a right answer can be written, by the form of the question; `x` stands for its name.
STYLES = {
    "number": {
        "a float": "x = float(x)",
        "a list of one": "x = [x]",
        "a Series of one": "import pandas as pd\nx = pd.Series([x])",
        "a number of numpy": "import numpy as np\nx = np.float64(x)",
    },
    "text": {
        "capitals and blanks": 'x = "  " + x.upper() + " "',
        "a Series of one": "import pandas as pd\nx = pd.Series([x])",
        "an array of one": "import numpy as np\nx = np.array([x])",
    },
    "names": {
        "a list backwards": "x = list(x)[::-1]",
        "a set": "x = set(x)",
        "a Series": "import pandas as pd\nx = pd.Series(list(x), index=list(x))",
        "an Index": "import pandas as pd\nx = pd.Index(x)",
        "an array": "import numpy as np\nx = np.array(x)",
        "capitals": "x = [name.upper() for name in x]",
    },
    "counts": {
        "a dictionary": "x = dict(x)",
        "floats in another order": "x = x.astype(float).sort_index(ascending=False)",
        "a table": "x = x.reset_index()",
        "columns the other way round": "x = x.reset_index().iloc[::-1, ::-1]",
        "other names of columns": 'x = x.reset_index().set_axis(["this", "that"], axis=1)',
        "names as rows": "x = x.to_frame()",
    },
}


def designs(mistakes: Mapping[str, int]) -> list[Design]:
    """Which mistake of which question stands in which submission, always the same plan.

    mistakes: how many each question has.
    """
    chance = random.Random(6)  # noqa: S311 - a plan, no secret
    numbers = {name: range(count) for name, count in mistakes.items()}
    left = {
        (name, number, other)
        for name in numbers
        for number in numbers[name]
        for other in numbers
        if other != name
    }
    plan = []
    while left:
        tries = [_improved(numbers, left, chance) for _ in range(TRIES)]
        best = max(tries, key=lambda one: len(_shown(one) & left))
        left -= _shown(best)
        plan.append(best)
    return plan


def _shown(design: Design) -> set[tuple[str, int, str]]:
    """The mistakes in a submission, each with each question that is right beside it."""
    right = [name for name, number in design.items() if number is None]
    wrong = [(name, number) for name, number in design.items() if number is not None]
    return {(name, number, other) for name, number in wrong for other in right}


def _improved(
    numbers: Mapping[str, range], left: set[tuple[str, int, str]], chance: random.Random
) -> Design:
    """A design from chance, changed until no other choice for one question would show more."""
    design: Design = {name: chance.choice([None, *numbers[name]]) for name in numbers}
    before: Design = {}
    while before != design:
        before = dict(design)
        for name, known in numbers.items():
            gain = {
                choice: len(_shown(design | {name: choice}) & left) for choice in [None, *known]
            }
            if gain[design[name]] < max(gain.values()):
                design[name] = max(gain, key=gain.__getitem__)
    return design


@dataclass(frozen=True)
class Proof:
    """All submissions that prove the grading of one assignment, in the variant of a course."""

    place: Place

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The questions of the assignment, by name."""
        return questions_of(self.place.assignment)

    @cached_property
    def parameters(self) -> Mapping[str, Parameters]:
        """What the course's variant of each question is."""
        return read_record(self.place.folder)["assignments"][self.place.assignment]["parameters"]

    @cached_property
    def release(self) -> NotebookNode:
        """The notebook that students get."""
        return nbformat.read(self.place.release, as_version=4)

    @cached_property
    def wrong(self) -> dict[str, Design]:
        """The submissions with mistakes, by the name of the student."""
        plan = designs({name: len(one.mistakes) for name, one in self.questions.items()})
        return {f"mistakes-{number:02}": design for number, design in enumerate(plan, 1)}

    @cached_property
    def styles(self) -> dict[str, dict[str, str]]:
        """For each of the same submissions, the style of each right answer."""
        found: dict[str, dict[str, str]] = {student: {} for student in self.wrong}
        for name, question in self.questions.items():
            known = list(STYLES[question.form])
            if name in LOOPS[self.place.assignment]:
                known.insert(0, "a loop")
            right = [student for student, design in self.wrong.items() if design[name] is None]
            for turn, student in enumerate(right):
                found[student][name] = known[turn % len(known)]
        return found

    def notebooks(self) -> dict[str, NotebookNode]:
        """What each student hands in: the model, the untouched release, and all with mistakes."""
        made = {"model": self._answered(self._model), "untouched": self.release}
        for student, design in self.wrong.items():
            cells = {
                name: self._styled(name, self.styles[student][name])
                if number is None
                else self._mistaken(name, number)
                for name, number in design.items()
            }
            made[student] = self._answered(cells)
        return made

    def hint(self, name: str, number: int) -> str:
        """What the author of a mistake should read."""
        return self.questions[name].mistakes[number].hint.format(**self.parameters[name])

    @cached_property
    def _model(self) -> dict[str, str]:
        """The model solutions, by question."""
        path = self.place.release.relative_to(self.place.folder / "release")
        source = nbformat.read(self.place.folder / "source" / path, as_version=4)
        return {name: cell(source, name).source.replace("### ", "# ") for name in self.questions}

    def _answered(self, code: Mapping[str, str]) -> NotebookNode:
        made = copy.deepcopy(self.release)
        for name, text in code.items():
            cell(made, name).source = text
        cell(made, "essay-1").source = "He could not know it, and the record shows why."
        return made

    def _styled(self, name: str, style: str) -> str:
        if style == "a loop":
            loop = LOOPS[self.place.assignment][name]
            return ROWS + PLACEHOLDER.sub(lambda found: str(self.parameters[name][found[1]]), loop)
        code = STYLES[self.questions[name].form][style]
        return f"{self._model[name]}\n" + re.sub(r"\bx\b", name, code)

    def _mistaken(self, name: str, number: int) -> str:
        wrong = self.questions[name].mistakes[number].answer(self.parameters[name])
        return f"{name} = {plain(wrong)!r}"


def plain(answer: Any) -> Any:
    """An answer as a beginner could type it: numbers, text, lists and dictionaries.

    >>> plain(pd.Series({"day": 2}))
    {'day': 2}
    """
    answer = decode(encode(answer))
    if isinstance(answer, pd.Series):
        answer = answer.to_dict()
    return answer
