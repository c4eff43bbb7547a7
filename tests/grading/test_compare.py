"""What is right in whatever style, and the words for what is not."""

import datetime

import numpy as np
import pandas as pd
import pytest

from grading.compare import Judge
from grading.question import Mistake, Question
from grading.values import encode


def judge(form, answer, *mistakes, tolerance=0.0):
    question = Question(
        form=form,
        pool=lambda: [{"year": 1917}],
        answer=lambda parameters: answer,
        rows=lambda parameters: 1,
        mistakes=tuple(Mistake(lambda _, wrong=wrong: wrong, hint) for wrong, hint in mistakes),
        retry="Count the events of {year}.",
        tolerance=tolerance,
    )
    return Judge("q3", question, {"year": 1917})


NUMBER = judge("number", 12, (13, "You counted {year} twice."), (13, "Too many."), (1, "Too few."))
DATE = judge("text", "1917-11-07")
NAMES = judge("names", ["Lenin", "Trotsky"])
COUNTS = judge("counts", pd.Series({"Odessa": 2, "Paris": 1}))

EVENTS = pd.DataFrame({"place": ["Odessa", "Paris", "Odessa"]})
LOOP: dict[str, int] = {}
for place in EVENTS["place"]:
    LOOP[place] = LOOP.get(place, 0) + 1


@pytest.mark.parametrize(
    ("judged", "answer"),
    [
        (NUMBER, 12),
        (NUMBER, 12.0),
        (NUMBER, np.int32(12)),
        (NUMBER, np.float64(12)),
        (NUMBER, pd.Series([12])),
        (judge("number", 12.5, tolerance=0.1), 12.45),
        (DATE, "1917-11-07"),
        (DATE, datetime.date(1917, 11, 7)),
        (DATE, pd.Timestamp("1917-11-07")),
        (DATE, np.datetime64("1917-11-07")),
        (judge("text", pd.Timestamp("1917-11-07")), "1917-11-07"),
        (NAMES, ["trotsky", "Lenin"]),
        (NAMES, {"Trotsky", "Lenin"}),
        (NAMES, pd.Series(["Trotsky", "Lenin"])),
        (NAMES, np.array(["Trotsky", "Lenin"])),
        (COUNTS, LOOP),
        (COUNTS, EVENTS["place"].value_counts()),
        (COUNTS, EVENTS.groupby("place").size()),
        (COUNTS, EVENTS.groupby("place").size().reset_index(name="count")),
        (COUNTS, pd.DataFrame({"count": [1.0, 2.0], "place": ["Paris", "Odessa"]})),
    ],
)
def test_a_right_answer_in_any_style(judged, answer):
    verdict = judged.verdict(encode(answer))
    assert (verdict.right, verdict.words) == (True, "q3: right.")


@pytest.mark.parametrize(
    ("judged", "answer", "words"),
    [
        (NUMBER, 1, "q3: not right. Too few."),
        (NUMBER, 13, "q3: not right. You counted 1917 twice. Or: Too many."),
        (NUMBER, 99, "q3: not right. Read the task once more: Count the events of 1917."),
        (NUMBER, ..., "q3: not right. Not answered: it is still blank."),
        (NUMBER, None, "q3: not right. Not answered: it is still blank."),
        (NUMBER, "12", "q3: not right. The answer should be one number; yours is text."),
        (NUMBER, True, "q3: not right. The answer should be one number; yours is of another kind"),
        (NUMBER, len, "q3: not right. The answer should be one number; yours is a function"),
        (NUMBER, EVENTS, "q3: not right. The answer should be one number; yours is a whole table"),
        (NUMBER, float("nan"), "q3: not right. The answer should be one number"),
        (NAMES, [], "q3: not right. Not answered: it is still blank."),
        (NAMES, ["Lenin"], "q3: not right. Read the task once more"),
        (COUNTS, {"Odessa": 2}, "q3: not right. Read the task once more"),
    ],
)
def test_a_wrong_answer_is_told_why(judged, answer, words):
    verdict = judged.verdict(encode(answer))
    assert not verdict.right
    assert verdict.words.startswith(words)


def test_no_answer_names_the_variable_and_the_trouble():
    verdict = NUMBER.verdict(None, "Its cell stopped with NameError.")
    expected = "q3: not right. There is no answer: nothing is called q3. Its cell stopped with"
    assert verdict.words.startswith(expected)


@pytest.mark.parametrize("forged", [{}, {"kind": "list"}, {"kind": "dict", "index": [[]]}])
def test_a_forged_answer_is_not_right(forged):
    assert not NUMBER.verdict(forged).right
