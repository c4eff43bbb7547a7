"""A submitted notebook as a grader needs it, and what was wrong with it, in words.

Cells are found by the id that nbgrader gave them; where that is lost, by the notebook's own id of
the cell, by what stands in them, or by their place. What the course wrote is put back, what the
student wrote is kept. The submitted file is only read.
"""

from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from grading.submission import Cell, about_cell, is_solution, is_test, read, sets


@dataclass
class Repaired:
    """A notebook that can be graded, with what was found, one line each.

    status: "fit" (nothing of importance), "repaired", "other course" (its essays are kept, its
    answers do not count), or "unreadable" (the notebook is the blank release).
    """

    notebook: dict[str, Any]
    status: str = "fit"
    notes: list[str] = field(default_factory=list)


def repair(submitted: bytes, release: dict[str, Any]) -> Repaired:
    """The submission, put in order by the release of its assignment."""
    try:
        cells, about = read(submitted)
    except ValueError as error:
        note = f"The notebook cannot be read: {error}. Nothing could be graded."
        return Repaired(_blank(release), "unreadable", [note])
    mine = release["metadata"].get("assignment", {})
    if about.get("name") and about["name"] != mine.get("name"):
        note = (
            f"This is the notebook of another assignment, {about['name']!r}, and not of "
            f"{mine.get('name')!r}. Nothing could be graded."
        )
        return Repaired(_blank(release), "unreadable", [note])
    made = _Repair(cells, release)
    if not made.found:
        note = "No cell of this assignment is in the notebook. Nothing could be graded."
        return Repaired(_blank(release), "unreadable", [note])
    notebook = made.notebook()
    notes, foreign = made.notes(), _foreign(about, mine, made)
    if foreign:
        return Repaired(notebook, "other course", [foreign, *notes])
    return Repaired(notebook, "repaired" if notes else "fit", notes)


class _Repair:
    """The work on one notebook, step by step."""

    def __init__(self, cells: list[Cell], release: dict[str, Any]) -> None:
        self._said: dict[str, list[str]] = defaultdict(list)
        self._is_reordered = False
        self._release = release
        self._wanted = {about_cell(cell)["grade_id"]: cell for cell in _known_cells(release)}
        self._cells = cells
        self.changed: set[str] = set()
        self.found: dict[str, int] = {}
        groups: dict[str, list[int]] = defaultdict(list)
        for place, cell in enumerate(cells):
            name = self._name(cell)
            if name:
                groups[name].append(place)
        for name, places in groups.items():
            self.found[name] = self._choose(name, places)
        self._find_unmarked()
        self._find_essays()

    def notes(self) -> list[str]:
        """What was found, one line for each kind of trouble."""
        lines = [f"{', '.join(names)}: {words}." for words, names in self._said.items()]
        if self._is_reordered:
            lines.append("Cells stood in another order; they were run in the original one.")
        return lines

    def _say(self, words: str, name: str) -> None:
        self._said[words].append(name)

    def notebook(self) -> dict[str, Any]:
        """The cells of the release in its order, and the student's own ones behind the known."""
        at = {place: name for name, place in self.found.items()}
        behind: dict[str, list[Cell]] = defaultdict(list)
        last = ""
        for place, cell in enumerate(self._cells):
            if place in at:
                last = at[place]
            else:
                behind[last].append(cell)
        order = [name for name in self._wanted if name in self.found]
        places = [self.found[name] for name in order]
        if places != sorted(places):
            self._is_reordered = True
        cells = [_own(cell) for cell in behind[""]]
        for cell in self._release["cells"]:
            name = about_cell(cell).get("grade_id", "")
            cells.append(self._mended(name, cell))
            own = [*self._own_version(name, cell), *behind[name]] if name else []
            cells += map(_own, own)
        for number, cell in enumerate(cells):
            known = about_cell(cell).get("grade_id")
            cell["id"] = known or f"own-{number}"
        return _whole(self._release, cells)

    def _name(self, cell: Cell) -> str:
        """The id of the release's cell that a submitted cell is, from whatever is left of it."""
        name = about_cell(cell).get("grade_id")
        if name in self._wanted:
            return name
        if cell.get("id") in self._wanted:
            return cell["id"]
        locked = {one["source"]: name for name, one in self._wanted.items() if not is_solution(one)}
        return locked.get(cell["source"], "")

    def _choose(self, name: str, places: list[int]) -> int:
        """Of several cells with one id, the first with an answer; the others lose their claim.

        A solution cell that was split in two keeps all its parts: only what sets the answer a
        second time is put aside, as text that is not run.
        """
        if len(places) == 1:
            return places[0]
        wanted = self._wanted[name]
        if not is_solution(wanted):
            for place in places[1:]:
                self._put_aside(place)
            self._say("there more than once; one was kept", name)
            return places[0]
        answered = [place for place in places if self._answers(name, place)]
        kept = (answered or places)[0]
        for place in places:
            if place != kept and (wanted["cell_type"] != "code" or self._sets(name, place)):
                self._put_aside(place)
        self._say("there more than once; the first with an answer counts", name)
        return kept

    def _answers(self, name: str, place: int) -> bool:
        source, wanted = self._cells[place]["source"].strip(), self._wanted[name]
        if source == wanted["source"].strip() or not source:
            return False
        return wanted["cell_type"] != "code" or self._sets(name, place, blank=False)

    def _sets(self, name: str, place: int, *, blank: bool = True) -> bool:
        return sets(self._cells[place]["source"], name, blank=blank)

    def _put_aside(self, place: int) -> None:
        """A cell that is shown to the grader, but neither run nor graded."""
        cell = self._cells[place]
        cell["cell_type"] = "raw" if cell["cell_type"] == "code" else cell["cell_type"]

    def _find_unmarked(self) -> None:
        """Solution cells that lost their metadata, found by the variable that they set."""
        taken = set(self.found.values())
        for name, wanted in self._wanted.items():
            if name in self.found or not is_solution(wanted) or wanted["cell_type"] != "code":
                continue
            for place, cell in enumerate(self._cells):
                if (
                    place not in taken
                    and cell["cell_type"] == "code"
                    and sets(cell["source"], name)
                ):
                    self.found[name] = place
                    taken.add(place)
                    self._say("not marked as an answer any more; found by what it holds", name)
                    break

    def _find_essays(self) -> None:
        """Essays that lost their metadata, found behind their question."""
        for name, wanted in self._wanted.items():
            if name in self.found or not is_solution(wanted) or wanted["cell_type"] == "code":
                continue
            place = self.found.get(f"{name}-task", len(self._cells)) + 1
            taken = set(self.found.values())
            if place < len(self._cells) and place not in taken:
                cell = self._cells[place]
                if cell["cell_type"] == "markdown" and cell["source"].strip():
                    self.found[name] = place
                    self._say("not marked as an answer any more; found by what it holds", name)

    def _own_version(self, name: str, wanted: Cell) -> list[Cell]:
        """A student's own version of the setup cell, run after the original: others rest on it."""
        if name not in self.changed or wanted["cell_type"] != "code" or is_test(wanted):
            return []
        return [self._cells[self.found[name]]]

    def _mended(self, name: str, wanted: Cell) -> Cell:
        """The student's cell with the release's metadata; the release's own where it is locked."""
        made = deepcopy(wanted)
        if not name:
            return made
        if name not in self.found:
            self._say(_GONE[is_solution(wanted)], name)
            if is_solution(wanted) and wanted["cell_type"] == "code":
                made["source"] = f"# {name}: this cell was deleted before it was handed in"
            return made
        cell = self._cells[self.found[name]]
        if is_solution(wanted):
            made["source"] = cell["source"]
            if cell.get("attachments"):
                made["attachments"] = cell["attachments"]
        elif cell["source"].strip() != wanted["source"].strip():
            self.changed.add(name)
            self._say("changed; the original was put back", name)
        if _unlocked(cell, wanted):
            self._say("lock or points changed; both were put back", name)
        return made


_GONE = {
    True: "deleted; counts as not answered",
    False: "deleted; was put back",
}


def _known_cells(release: dict[str, Any]) -> list[Cell]:
    return [cell for cell in release["cells"] if about_cell(cell).get("grade_id")]


def _unlocked(cell: Cell, wanted: Cell) -> bool:
    about, right = about_cell(cell), about_cell(wanted)
    keys = ("locked", "points", "grade", "solution")
    return bool(about) and any(about.get(key) != right.get(key) for key in keys)


def _foreign(about: dict[str, Any], mine: dict[str, Any], made: _Repair) -> str:
    """What to say of a notebook that was made for another course; empty for one's own."""
    if about.get("variant") and about["variant"] != mine.get("variant"):
        where = f"the course {about['course']!r}" if about.get("course") else "another course"
        return f"This is the notebook of {where}: its tasks differ, its answers do not count."
    tasks = [name for name in made.found if name.endswith("-task")]
    if not about and tasks and 2 * len(made.changed & set(tasks)) > len(tasks):
        return "Most tasks differ from those of this course: its answers do not count."
    return ""


def _own(cell: Cell) -> Cell:
    """A cell of the student's own, without any claim to be one of the release."""
    return {**cell, "metadata": {}}


def _blank(release: dict[str, Any]) -> dict[str, Any]:
    return _whole(release, deepcopy(release["cells"]))


def _whole(release: dict[str, Any], cells: list[Cell]) -> dict[str, Any]:
    """A notebook of these cells, with the release's metadata and no claim that is not its own."""
    wanted = {about_cell(cell).get("grade_id") for cell in release["cells"]}
    for cell in cells:
        known = cell["id"] in wanted and about_cell(cell).get("grade_id") == cell["id"]
        cell["metadata"] = deepcopy(cell["metadata"]) if known else {}
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    metadata = deepcopy(release["metadata"])
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
