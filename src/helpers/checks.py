"""Answers to a student: right, which slip, or not tried yet. The right answer is never shown."""

import datetime
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd

from helpers.answers import keep
from helpers.exercise import FORMS, Exercise, is_blank, normal


def check(number: str, answer: Any) -> None:
    """Print what there is to say about an answer, and keep the answer in the student's own file.

    Raises KeyError when there is no such exercise.
    """
    said = verdict(number, answer)
    print(said)
    if not is_blank(answer):
        result = "right" if said.startswith(f"{number}: right.") else "not yet"
        trouble = keep(number, answer, result)
        if trouble:
            print(trouble)


def check_form(name: str, answer: Any, form: str) -> None:
    """Print whether an answer that will be graded later has the right form; no more is known here.

    name: the variable that holds the answer. form: one of helpers.exercise.FORMS.

    Raises ValueError for an unknown form.
    """
    if form not in FORMS:
        raise ValueError(f"the form {form!r} is not known: choose one of {', '.join(FORMS)}")
    if is_blank(answer):
        print(f"{name}: not answered yet. Put your answer in place of the three dots.")
    elif normal(answer, form) is None:
        print(f"{name}: {wrong_form(answer, form)}")
    else:
        print(f"{name}: this is {FORMS[form]}. Whether it is right is graded later.")


def verdict(number: str, answer: Any) -> str:
    """What `check` prints: right, the hint that the answer earns, or "not tried yet"."""
    exercise = find(number)
    if is_blank(answer):
        return f"{number}: not tried yet. Put your answer in place of the three dots."
    if exercise.matches(answer, exercise.answer()):
        return f"{number}: right. {exercise.finding}"
    if normal(answer, exercise.form) is None:
        return f"{number}: not yet. {wrong_form(answer, exercise.form)}"
    for slip in exercise.slips:
        if exercise.matches(answer, slip.answer()):
            return f"{number}: not yet. {slip.hint}"
    return f"{number}: not yet. Read the task once more: {exercise.task}"


def find(number: str) -> Exercise:
    """The exercise of that number, such as "11.2".

    Raises KeyError that lists the numbers of the lesson.
    """
    if not isinstance(number, str):
        kind = type(number).__name__
        raise KeyError(f'the number of an exercise is text in "quotes", not {kind}: check("11.2")')
    lesson = number.partition(".")[0]
    known = exercises_of(lesson)
    if number not in known:
        listed = ", ".join(known) or "none: the number starts with the lesson, as in 11.2"
        raise KeyError(f"there is no exercise {number!r}; exercises of lesson {lesson}: {listed}")
    return known[number]


@cache
def exercises_of(lesson: str) -> dict[str, Exercise]:
    """The exercises of a lesson by number; an empty dictionary for a lesson without any."""
    name = f"helpers.exercises.lesson_{lesson}"
    try:
        return dict(import_module(name).EXERCISES)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return {}


def wrong_form(answer: Any, form: str) -> str:
    """What to say when the answer cannot be read as the form that is asked for."""
    if isinstance(answer, pd.DataFrame):
        found = "a whole table"
    elif isinstance(answer, str):
        found = "text"
    elif isinstance(answer, (datetime.timedelta, np.timedelta64)):
        found = "a length of time: add .days"
    elif isinstance(answer, pd.Series):
        found = "a column: count it with len() or .sum(), or take its one value with .item()"
    elif isinstance(answer, (list, tuple, set)):
        found = f"a list of {len(answer)}"
    elif isinstance(answer, float):
        found = f"{answer}, which is no finite number"
    elif callable(answer):
        found = "a function that was not called: add () after its name"
    else:
        found = f"of another kind ({type(answer).__name__})"
    return f"The answer should be {FORMS[form]}; yours is {found}."
