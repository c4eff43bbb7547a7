"""Whether a variant of a question can be solved, and has one right answer that no slip equals."""

from itertools import combinations

from grading.question import Parameters, Question
from helpers.exercise import FORMS, Exercise, is_blank, normal

FEWEST_SLIPS = 3


def faults(question: Question, parameters: Parameters) -> list[str]:
    """What is wrong with a variant, one sentence for each fault.

    The answer must have the form of the question and must not be empty. No mistake may equal it.
    Two mistakes may coincide in a variant only while three different wrong answers are left: then
    the hint of either is true of the student's answer, and feedback gives both.
    """
    if question.form not in FORMS:
        return [f"the form {question.form!r} is not known: choose one of {', '.join(FORMS)}"]
    exercise = question.exercise(parameters)
    answer = exercise.answer()
    if is_blank(answer) or not _holds_something(answer, question.form):
        return [f"the answer is empty or is not {FORMS[question.form]}: {answer!r}"]
    found = [] if question.rows(parameters) > 0 else ["it touches no rows"]
    wrong = [slip.answer() for slip in exercise.slips]
    for slip, given in zip(exercise.slips, wrong, strict=True):
        if normal(given, question.form) is None:
            found.append(f"this mistake is not {FORMS[question.form]}: {slip.hint}")
        elif exercise.matches(given, answer):
            found.append(f"this mistake equals the answer: {slip.hint}")
    if different(exercise, wrong) < FEWEST_SLIPS:
        found.append(f"fewer than {FEWEST_SLIPS} different wrong answers: {wrong!r}")
    return found


def different(exercise: Exercise, answers: list) -> int:
    """How many of the answers differ from each other, read as the exercise reads them."""
    same = {
        late
        for early, late in combinations(range(len(answers)), 2)
        if exercise.matches(answers[late], answers[early])
    }
    return len(answers) - len(same)


def _holds_something(answer: object, form: str) -> bool:
    """Whether an answer can be read in a form and, where it has several parts, has any."""
    shape = normal(answer, form)
    return shape is not None and (form == "number" or len(shape) > 0)
