"""Build the site: write what Sphinx reads, run Sphinx, and check every page.

python docs/site/build.py [--out dist/site] [--work dist/site-work]
"""

import argparse
import sys
from hashlib import sha256
from pathlib import Path

from sphinx.cmd.build import main as sphinx

from course_site import check, source
from course_site.extension import made_pages
from course_site.launch import buttons
from course_site.lessons import all_lessons
from course_site.repository import ROOT

HERE = Path(__file__).resolve().parent
_OURS = (".buildinfo", "searchindex.js")  # a folder that holds these was built by Sphinx


def build(out: Path, work: Path) -> list[str]:
    """What is wrong with the site that was built into a folder; empty when nothing is.

    work: a folder for what is kept between two builds, so that the second is short.

    Raises FileExistsError for a folder that holds anything but a site.
    """
    _require_ours(out)
    files = source.files(buttons((ROOT / "README.md").read_text(encoding="utf-8")))
    source.write(work, files)
    if _run_sphinx(out, work) != 0:
        return ["Sphinx found the faults above."]
    _remove_stale(out, files)
    return check.faults(out)


def _require_ours(out: Path) -> None:
    if out.exists() and any(out.iterdir()) and not any((out / one).exists() for one in _OURS):
        raise FileExistsError(f"{out} holds other files: name an empty folder with --out")


def _run_sphinx(out: Path, work: Path) -> int:
    """Sphinx over the prepared folder, with warnings as errors; its exit code."""
    settings = {
        "course_fingerprint": fingerprint(),
        "html_extra_path": str(work / "extra"),
        "html_static_path": f"{HERE / 'static'},{work / 'static'}",
    }
    options = [part for name, value in settings.items() for part in ("-D", f"{name}={value}")]
    folders = ["-c", str(HERE), "-d", str(work / "doctrees"), str(work / "source"), str(out)]
    return sphinx(["-b", "html", "-q", "-W", "--keep-going", *options, *folders])


def fingerprint() -> str:
    """A digest of all that shapes every page: when it differs, every page is made anew."""
    shapers = [path for path in sorted(HERE.rglob("*")) if path.suffix in {".py", ".html", ".css"}]
    shapers.append(ROOT / "requirements-site.txt")
    digest = sha256(b"".join(path.read_bytes() for path in shapers))
    digest.update(repr([lesson.title for lesson in all_lessons()]).encode("utf-8"))
    return digest.hexdigest()


def _remove_stale(out: Path, files: dict[str, bytes]) -> None:
    """Remove pages, pictures and downloads of an earlier build that this one does not have."""
    wanted = {"search.html", *(f"{page.name}.html" for page in made_pages())}
    for name in files:
        folder, _, rest = name.partition("/")
        wanted.add(rest if folder == "extra" else str(Path(rest).with_suffix(".html").as_posix()))
    for path in out.rglob("*"):
        name = path.relative_to(out).as_posix()
        if path.is_file() and _is_ours(name) and name not in wanted:
            path.unlink()


def _is_ours(name: str) -> bool:
    is_page = name.endswith(".html") and not name.startswith("_")
    return is_page or name.startswith(("downloads/", "lessons/figures/"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Build the course as a web site to read.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "site")
    parser.add_argument("--work", type=Path, default=ROOT / "dist" / "site-work")
    return parser.parse_args()


if __name__ == "__main__":
    given = _arguments()
    found = build(given.out.resolve(), given.work.resolve())
    print(*found, sep="\n", end="\n" if found else "")
    if found:
        sys.exit(1)
    print(f"The site is in {given.out}: open {given.out / 'index.html'}")
