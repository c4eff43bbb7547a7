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
# Told by no field of the package, read in its licence file (axe-core, which it brings, is MPL-2.0).
_UNTOLD = {"axe-playwright-python": "MIT AND MPL-2.0", "jupyterhub-idle-culler": "BSD-3-Clause"}
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
    expression = told.get("License-Expression") or _UNTOLD.get(normal(package.name))
    if expression:
        return expression
    lines = [line for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    named = [line.rpartition(" :: ")[2] for line in lines if not line.endswith("OSI Approved")]
    text = (told.get("License") or "").strip().partition("\n")[0]
    return text if re.match(r"BSD[- ]\d", text) or not named else " and ".join(named)


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
    """The packages of all files of pins: each on the first system that gets it.

    The folder is filled with links to what uv has in its cache.
    """
    texts = [(ROOT / file).read_text(encoding="utf-8") for file in FILES.values()]
    pins = {line.removesuffix("\\") for text in texts for line in text.splitlines()}
    left = {line: _PIN.match(line).groups() for line in sorted(pins) if _PIN.match(line)}
    for system, python in TARGETS:
        target = folder / f"{system}-{python}"
        install("\n".join(left), target, system, python)
        found = [PathDistribution(path) for path in target.glob("*.dist-info")]
        yield from found
        known = {(normal(one.name), one.version) for one in found}
        left = {line: pin for line, pin in left.items() if pin not in known}


def install(pins: str, target: Path, system: str, python: str) -> None:
    """Unpack the pins that their markers give to one system and one Python."""
    command = [Path(sys.executable).with_name("uv"), "pip", "install", "--quiet", "--no-deps"]
    command += ["--target", target, "--link-mode", "symlink", "--python-version", python]
    command += ["--python-platform", system, "--requirement", "-"]
    subprocess.run(command, input=pins, check=True, encoding="utf-8")  # noqa: S603


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
