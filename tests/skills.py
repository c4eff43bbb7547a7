"""What a lesson asks of its reader: names of Python taught before, and sentences of fair length."""

import ast
import re
from collections.abc import Iterable
from statistics import median

from lessons import LINK, Lesson

NEW_NAMES = "New names of Python:"
LONGEST_SENTENCE = 35
MEDIAN_SENTENCE = 18

_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*[-#*|])|(?<=\d min)\n")
_SENTENCE_END = re.compile(r"(?<=[.!?:])[\"')]*\s+(?=[A-Z0-9\"'(])")


def names_used(lesson: Lesson) -> set[str]:
    """The functions, methods, attributes and signs that the code of a lesson uses.

    Names that the lesson gives itself do not count, nor do names of columns.
    """
    tree = ast.parse("\n".join(cell.source for cell in lesson.code))
    nodes = list(ast.walk(tree))
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    used |= {
        node.func.id
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    used |= {sign for kind, sign in _SIGNS.items() if any(isinstance(node, kind) for node in nodes)}
    given = {
        node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    return used - given


_SIGNS = {
    ast.For: "for",
    ast.If: "if",
    ast.While: "while",
    ast.FunctionDef: "def",
    ast.Lambda: "lambda",
    ast.ListComp: "[... for ...]",
    ast.JoinedStr: 'f"..."',
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.Invert: "~",
}


def untaught(lessons: Iterable[Lesson]) -> list[str]:
    """Names that a lesson uses before any lesson has taught them; and taught ones it never uses."""
    problems, taught = [], set()
    for lesson in lessons:
        number, teaches = lesson.about.get("number"), list(lesson.about.get("teaches", []))
        used = names_used(lesson)
        again = sorted(taught & set(teaches))
        problems += [f"{number} teaches {name} a second time" for name in again]
        taught |= set(teaches)
        problems += [f"{number} uses {name} untaught" for name in sorted(used - taught)]
        problems += [f"{number} teaches {name} unused" for name in sorted(set(teaches) - used)]
        problems += [
            f"{number} teaches {name} without a word about it"
            for name in teaches
            if name in used and not _is_explained(name, lesson)
        ]
    return problems


def not_needed(lessons: Iterable[Lesson]) -> list[str]:
    """Names that a lesson uses, taught in one that its header does not say it needs."""
    problems, homes = [], {}
    for lesson in lessons:
        number, needs = lesson.about.get("number"), lesson.about.get("needs", [])
        homes = dict.fromkeys(lesson.about.get("teaches", []), f"lesson {number}") | homes
        problems += [
            f"{number} uses {name} of {homes[name]}, which it does not need"
            for name in sorted(names_used(lesson))
            if homes.get(name, f"lesson {number}") not in [f"lesson {number}", *needs]
        ]
    return problems


def new_names(lesson: Lesson) -> list[str]:
    """'Words to know' ends with a list of just those names of Python that the lesson teaches."""
    teaches = lesson.about.get("teaches", [])
    words = re.split(r"^## (?=Words to know)", lesson.prose, flags=re.MULTILINE)[-1]
    words = re.split(r"^## ", words, flags=re.MULTILINE)[0]
    listed = re.findall(r"`([^`]+)`", words.partition(NEW_NAMES)[2])
    problems = [f"'{NEW_NAMES}' leaves out {name}" for name in teaches if name not in listed]
    return problems + [
        f"'{NEW_NAMES}' has {name}, which metadata teaches does not name"
        for name in listed
        if name not in teaches
    ]


def _is_explained(name: str, lesson: Lesson) -> bool:
    """Whether the prose shows the name as code: `name`, `.name()` and so on."""
    return any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", code) or name in code
        for code in re.findall(r"`([^`]+)`", lesson.prose)
    )


def reading_level(lesson: Lesson) -> list[str]:
    """No sentence of over 35 words, and a median of at most 18."""
    lengths = [(text, len(re.findall(r"[\w'\u2019-]+", text))) for text in _sentences(lesson)]
    counts = [count for _, count in lengths if count > 2]
    problems = [
        f"a sentence of {count} words: {text[:60]}..."
        for text, count in lengths
        if count > LONGEST_SENTENCE
    ]
    if counts and median(counts) > MEDIAN_SENTENCE:
        problems.append(f"the median sentence has {median(counts)} words")
    return problems


def _sentences(lesson: Lesson) -> list[str]:
    """The sentences of the prose, without marks and targets of links."""
    sentences = []
    for cell in lesson.cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"</?\w+[^>]*>", " ", LINK.sub(r"\1", cell.source))
            for block in _BLOCK.split(text):
                plain = re.sub(r"[*_`]", "", re.sub(r"^[\s#*|-]+", "", block))
                sentences += _SENTENCE_END.split(" ".join(plain.split()))
    return [sentence for sentence in sentences if sentence]
