"""Submissions that prove how an assignment is graded: every mistake, every style, few notebooks.

Each submission answers some questions with a known mistake and all others rightly, in a style of
its own. `designs` turns the ways to answer a question on by one from submission to submission, so
that every mistake and every style of each question is there, and each question is somewhere wrong
while any other one is right. Every submission must lose the points of its mistakes and no others.
"""

import copy
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
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

Way = int | str  # the number of a mistake, or the name of a style
Design = dict[str, Way]  # for each question
TRIES = 100

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
        "capitals": "x = [name.upper() for name in x]",
    },
    "counts": {
        "a dictionary": "x = dict(x)",
        "floats in another order": "x = x.astype(float).sort_index(ascending=False)",
        "a table": "x = x.reset_index()",
        "columns the other way round": "x = x.reset_index().iloc[::-1, ::-1]",
    },
}


def designs(ways: Mapping[str, Sequence[Way]]) -> list[Design]:
    """Which way of each question stands in which submission, always the same plan.

    ways: every mistake and style of each question. Of some plans, the one that tells the most
    questions apart, and then shows the most mistakes beside the most right answers.
    """

    def worth(plan: list[Design]) -> tuple[int, int]:
        seen = shown(plan)
        return len({(name, other) for name, _, other in seen}), len(seen)

    chance = random.Random(6)  # noqa: S311 - a plan, no secret
    return max((_plan(ways, chance) for _ in range(TRIES)), key=worth)


def _plan(ways: Mapping[str, Sequence[Way]], chance: random.Random) -> list[Design]:
    number = max(map(len, ways.values()))
    columns = {name: chance.sample(list(known), len(known)) for name, known in ways.items()}
    starts = {name: chance.randrange(number) for name in ways}
    return [
        {
            name: known[(turn + starts[name]) % number % len(known)]
            for name, known in columns.items()
        }
        for turn in range(number)
    ]


def shown(plan: Sequence[Design]) -> set[tuple[str, Way, str]]:
    """The mistakes of a plan, each with each question that is right beside it."""
    return {
        (name, way, other)
        for design in plan
        for name, way in design.items()
        for other, beside in design.items()
        if isinstance(way, int) and isinstance(beside, str)
    }


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

    @property
    def source(self) -> Path:
        """The course's own source notebook, with solutions."""
        return (
            self.place.folder
            / "source"
            / self.place.release.relative_to(self.place.folder / "release")
        )

    @cached_property
    def ways(self) -> dict[str, list[Way]]:
        """Every mistake and style of each question."""
        loops = LOOPS[self.place.assignment]
        return {
            name: [
                *range(len(question.mistakes)),
                *(["a loop"] if name in loops else []),
                *STYLES[question.form],
            ]
            for name, question in self.questions.items()
        }

    @cached_property
    def plan(self) -> dict[str, Design]:
        """How each student with mistakes answers."""
        return {f"mixed-{number:02}": one for number, one in enumerate(designs(self.ways), 1)}

    def wrong(self, student: str) -> dict[str, int]:
        """The mistakes of a student, by question."""
        return {name: way for name, way in self.plan[student].items() if isinstance(way, int)}

    def notebooks(self) -> dict[str, NotebookNode]:
        """What the others hand in: the model, the untouched release, and all that are mixed."""
        made = {"model": self._answered(self._model), "untouched": self.release}
        for student, design in self.plan.items():
            cells = {name: self.code(name, way) for name, way in design.items()}
            made[student] = self._answered(cells)
        return made

    def code(self, name: str, way: Way) -> str:
        """What stands in the cell of a question that is answered in that way."""
        return self._mistaken(name, way) if isinstance(way, int) else self._styled(name, way)

    @cached_property
    def mistakes(self) -> dict[str, tuple[str, int]]:
        """The students who make one mistake and no other: its question and its number."""
        return {
            f"{name}-mistake-{number}": (name, number)
            for name, question in self.questions.items()
            for number in range(len(question.mistakes))
        }

    def alone(self) -> Iterator[tuple[str, NotebookNode]]:
        """What these students hand in: the model solution, but for one answer."""
        for student, (name, number) in self.mistakes.items():
            yield student, self._answered(self._model | {name: self._mistaken(name, number)})

    def hint(self, name: str, number: int) -> str:
        """What the author of a mistake should read."""
        return self.questions[name].mistakes[number].hint.format(**self.parameters[name])

    @cached_property
    def _model(self) -> dict[str, str]:
        """The model solutions, by question."""
        source = nbformat.read(self.source, as_version=4)
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
