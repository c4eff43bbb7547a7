"""A student's own work in one file to download: Binder and some hubs forget what is not taken away.

Nothing is sent and nothing overwritten: each call writes a new zip file beside the lessons.
"""

import datetime
import html
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from pathlib import Path
from urllib.parse import quote

from helpers import answers
from helpers.writing import write_whole

NOT_YET = "Nothing is saved yet. Put your name, in quotes, in place of the three dots."
NOTHING = (
    "Nothing to save yet: no notebook is changed, and no exercise is answered. "
    "If you did change a notebook, press Ctrl + S in it and run this cell again."
)
BY_HAND = "In the menu File, Download takes away one notebook at a time."
_LONGEST = 40  # characters of a name that go into the name of the file
_APART = {".ipynb_checkpoints", "assignments"}  # folders that hold no lessons


@dataclass(frozen=True)
class Kept:
    """A zip file with a student's work. JupyterLab shows it as a link that downloads it."""

    file: Path
    holds: str

    def __repr__(self) -> str:
        """The same without a link, for every other program."""
        return f"Saved {self.file.name}, in the folder {self.file.parent.name}: {self.holds}."

    def _repr_html_(self) -> str | None:
        try:
            link = quote(Path(os.path.relpath(self.file)).as_posix())
        except ValueError:  # on another drive of Windows, which no link reaches
            return None
        name = html.escape(self.file.name)
        return (
            f'<p>Saved <strong><a href="{link}" download="{name}">{name}</a></strong>: '
            f"{html.escape(self.holds)}.</p>"
            "<p>Click on its name to download it to your computer. It also stands in the list of "
            f"files, in the folder {html.escape(self.file.parent.name)}.</p>"
        )


def save_my_work(name: object = ...) -> Kept | None:
    """A new zip file of the notebooks that you changed and of my-answers.csv, with a link to it.

    name: any word that goes into the name of the file, such as your own name. With the three
    dots, nothing is written. A notebook counts as changed if git says so; where git cannot tell,
    the file holds every lesson. Save your notebooks first: only what is on the disk is kept.
    """
    if name is ... or not str(name).strip():
        print(NOT_YET)
        return None
    root = answers.course_folder()
    notebooks = _changed(root)
    files = [*notebooks, *(file for file in [answers.path()] if file.is_file())]
    if not files:
        print(NOTHING)
        return None
    file = _free(_folder(root), _slug(str(name)))
    try:
        _write(file, files, root)
    except OSError as error:
        print(f"It could not be saved in {file.parent}: {error.strerror or error}. {BY_HAND}")
        return None
    return Kept(file, _told(len(notebooks), len(files) > len(notebooks)))


def _folder(root: Path) -> Path:
    """Where the lessons lie, or the course folder itself if it holds no folder notebooks/."""
    lessons = root / "notebooks"
    return lessons if lessons.is_dir() else root


def _changed(root: Path) -> list[Path]:
    """The notebooks that differ from those of the course; all of them where git cannot tell."""
    folder = _folder(root)
    found = folder.glob("*.ipynb") if folder == root else folder.rglob("*.ipynb")
    lessons = [path for path in sorted(found) if not _APART & set(path.relative_to(root).parts)]
    same = _unchanged(root)
    return [path for path in lessons if path.relative_to(root).as_posix() not in same]


def _unchanged(root: Path) -> set[str]:
    """The paths, from the course folder, of notebooks that git knows to be as they came.

    A hub that pulls the course by itself commits a student's changes. So what the course last
    sent is the branch that HEAD follows, and HEAD only where it follows none.
    """
    if not (root / ".git").exists():
        return set()
    for came in ("@{upstream}", "HEAD"):
        known = _git(root, "ls-tree", "-r", "--name-only", "-z", came, "--", "notebooks")
        differ = _git(root, "diff", "--name-only", "-z", came, "--", "notebooks")
        if known is not None and differ is not None:
            return known - differ
    return set()


def _git(root: Path, *arguments: str) -> set[str] | None:
    """The names that git prints; None if it fails, or if there is none."""
    command = [shutil.which("git") or "git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return None
    return set(done.stdout.decode("utf-8", errors="replace").split("\0"))


def _slug(name: str) -> str:
    """A name as it may stand in the name of a file on any system."""
    return re.sub(r"[^\w-]+", "-", name).strip("-_")[:_LONGEST] or "student"


def _free(folder: Path, name: str) -> Path:
    """A path in a folder where no file stands yet, with the name and the time of now."""
    stem = f"my-work-{name}-{datetime.datetime.now().strftime('%Y-%m-%d-at-%H-%M-%S')}"
    paths = (folder / f"{stem}{f'-{again}' if again > 1 else ''}.zip" for again in count(1))
    return next(path for path in paths if not path.exists())


def _write(target: Path, files: list[Path], root: Path) -> None:
    """Put the files into a new zip file, whole or not at all.

    Raises OSError, also where a file of that name stands there already.
    """
    raw = _zipped(files, root)
    target.touch(exist_ok=False)  # from here on no other kernel can take this name
    try:
        write_whole(target, raw)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _zipped(files: list[Path], root: Path) -> bytes:
    """A zip file of the files, under their paths from the course folder.

    A file from before 1980, which no zip file can date, gets that year: some clocks stand at 1970.
    """
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for file in files:
            inside = file.relative_to(root) if file.is_relative_to(root) else file.name
            archive.write(file, inside)
    return raw.getvalue()


def _told(notebooks: int, has_answers: bool) -> str:
    """What the file holds, in words."""
    parts = [f"{notebooks} notebook{'' if notebooks == 1 else 's'}"] if notebooks else []
    return " and ".join([*parts, *(["your answers"] if has_answers else [])])
