"""The licences of all that is pinned, for every system: make licences.

The packages are unpacked for Linux, Windows and macOS into folders that are thrown away, and what
they say of their licence is read. contributing.md says what the kinds mean for the course.
"""

import csv
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "licences.csv"
COLUMNS = ("package", "version", "licence", "kind", "environments")
FILES = {
    "student": "requirements.txt",
    "test": "requirements-test.txt",
    "grading": "requirements-grading.txt",
    "hub": "requirements-hub.txt",
    "site": "requirements-site.txt",
    "installer": "requirements-uv.txt",
}
# Between them they get every pin: markers ask for the system and for Python 3.12.
TARGETS = (("linux", "3.11"), ("linux", "3.13"), ("windows", "3.13"), ("macos", "3.13"))
_PIN = re.compile(r"^([\w.-]+)==([\w.+]+)", re.MULTILINE)
# What a text or a classifier means, from the strictest to the freest.
_KINDS = (
    ("copyleft", r"(?<!L)GPL|GNU General Public"),
    ("weak copyleft", r"LGPL|Lesser General|MPL|Mozilla"),
    ("permissive", r"MIT|BSD|Apache|ISC|PSF|Python Software|Zlib|Unlicense|0BSD|CC0|HPND|Expat"),
    ("permissive", r"Public Domain|Artistic"),
)


def pinned(root: Path = ROOT) -> dict[tuple[str, str], list[str]]:
    """The environments that get each package and version."""
    found: dict[tuple[str, str], list[str]] = {}
    for environment, file in FILES.items():
        for pin in _PIN.findall((root / file).read_text(encoding="utf-8")):
            found.setdefault(pin, []).append(environment)
    return dict(sorted((pin, list(dict.fromkeys(where))) for pin, where in found.items()))


def licence(package: Distribution) -> str:
    """What a package says of its licence: the expression, else the classifiers, else the text."""
    told = package.metadata
    expression = told.get("License-Expression")
    if expression:
        return expression
    classifiers = [
        line.split(" :: ")[-1] for line in told.get_all("Classifier", []) if "License ::" in line
    ]
    named = [one for one in classifiers if one != "OSI Approved"]
    first = (told.get("License") or "").strip().partition("\n")[0]
    short = first if len(first) <= 60 else ""
    return short if not named or (short and "BSD License" in named) else " and ".join(named)


def kind(text: str) -> str:
    """permissive, weak copyleft or copyleft; with a choice (OR) the freest.

    "unknown" where the words are in no list.
    """
    order = [name for name, _ in _KINDS]
    parts = [_strictest(part) for part in re.split(r"\bOR\b", text)]
    known = [part for part in parts if part != "unknown"]
    return max(known, key=order.index) if known else "unknown"


def _strictest(text: str) -> str:
    return next((name for name, words in _KINDS if re.search(words, text)), "unknown")


def normal(name: str) -> str:
    """A name as the files of pins write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def unpacked(folder: Path) -> Iterator[Distribution]:
    """The packages of all files of pins, on every system: links to what uv has in its cache."""
    lines = {
        line for file in FILES.values() for line in (ROOT / file).read_text("utf-8").splitlines()
    }
    pins = sorted(line.removesuffix("\\") for line in lines if _PIN.match(line))
    for system, python in TARGETS:
        target = folder / f"{system}-{python}"
        command = [Path(sys.executable).with_name("uv"), "pip", "install", "--quiet", "--no-deps"]
        command += ["--target", target, "--link-mode", "symlink", "--python-version", python]
        command += ["--python-platform", system, "--requirement", "-"]
        subprocess.run(command, input="\n".join(pins), check=True, encoding="utf-8")  # noqa: S603
        yield from map(PathDistribution, target.glob("*.dist-info"))


def rows(packages: Iterable[Distribution]) -> list[tuple[str, ...]]:
    """The table, one row for each package and version that is pinned."""
    said = {(normal(one.name), one.version): licence(one) for one in packages}
    missing = pinned().keys() - said.keys()
    if missing:
        sys.exit(f"No system of {TARGETS} gets {sorted(missing)}. Add one to TARGETS.")
    return [(*pin, said[pin], kind(said[pin]), " ".join(where)) for pin, where in pinned().items()]


def main() -> None:
    """Write the table."""
    with tempfile.TemporaryDirectory() as folder:
        table = rows(unpacked(Path(folder)))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([COLUMNS, *table])


if __name__ == "__main__":
    main()
