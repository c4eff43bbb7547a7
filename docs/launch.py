"""Links that open each lesson: in Binder, on a JupyterHub and in Colab.

They are made from the address of the repository: git's remote, or one that is given. Without an
address there are no links. The functions only make text: nothing here asks the network.

python docs/launch.py [--address ADDRESS] [--ref BRANCH-OR-TAG] [--hub HUB] [--image ADDRESS]
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from readme import README, ROOT, lessons

BINDER = "https://mybinder.org"
COLAB = "https://colab.research.google.com"
OPENING, END = "<!-- launch links: make launch", "<!-- end of launch links -->"
BLOCK = re.compile(rf"{re.escape(OPENING)}(.*?) -->\n.*?{re.escape(END)}", flags=re.DOTALL)
NO_ADDRESS = (
    "This copy of the course does not know an address from which others can fetch it, so there "
    "are no links here. `make launch` writes them, once git has a remote or "
    "with `make launch ADDRESS=...`."
)
# git@host:owner/name.git, the short form of an address for ssh
_SCP = re.compile(r"(?:[^@/]+@)?(?P<host>[\w.-]+\.[\w-]+):(?!//)(?P<path>[^\\]+)")
# What a lesson needs in an environment that has Jupyter already.
_COLAB_NEEDS = ("matplotlib", "pandas")


@dataclass(frozen=True)
class Repository:
    """A repository that others can fetch: its host, its path there, and a branch or tag."""

    host: str
    path: str
    ref: str
    scheme: str = "https"

    @property
    def name(self) -> str:
        """The last part of the path: the folder into which git clones it."""
        return self.path.rpartition("/")[2]

    @property
    def address(self) -> str:
        """The address to clone from, without a user or a password."""
        return f"{self.scheme}://{self.host}/{self.path}"


def repository(address: str, ref: str) -> Repository:
    """The repository of an address as git knows it: https, ssh, or git@host:owner/name.

    A user, a password and the port of ssh are left out: links are for everybody. Raises
    ValueError for a folder or a file, which nobody else can fetch, and where no path is given.
    """
    text = address.strip()
    short = _SCP.fullmatch(text)
    if short:
        host, path, scheme = short["host"], short["path"], "https"
    else:
        parts = urlsplit(text)
        host, path, scheme = parts.hostname or "", parts.path, parts.scheme
        if scheme not in ("http", "https", "ssh", "git", "git+ssh") or "." not in host:
            raise ValueError(
                f"{without_user(text)} is no address that others can fetch. Expected one such as "
                "https://HOST/OWNER/NAME or git@HOST:OWNER/NAME.git."
            )
        if scheme in ("http", "https"):
            host += f":{parts.port}" if parts.port else ""
        else:
            scheme = "https"
    path = path.strip("/").removesuffix(".git").strip("/")
    if not path or not ref:
        raise ValueError(f"{without_user(text)} at {ref!r}: a path and a branch or tag are needed.")
    return Repository(host, path, ref, scheme)


def without_user(address: str) -> str:
    """An address without what stands before the @: it may be a password."""
    return re.sub(r"(?<=//)[^/@]*@", "", address)


def binder(one: Repository, path: str = "") -> str:
    """The link that opens a file of a repository in JupyterLab on Binder; without one, its root.

    Binder knows GitHub and GitLab by name, and any other host by its whole address. In the path
    of GitHub a slash of the branch stays as it is.
    """
    kind = {"github.com": "gh", "gitlab.com": "gl"}.get(one.host, "git")
    places = {"gh": one.path, "gl": quote(one.path, safe="")}
    place = places.get(kind, quote(one.address, safe=""))
    opened = f"?urlpath={_lab(path)}" if path else ""
    return f"{BINDER}/v2/{kind}/{place}/{quote(one.ref)}{opened}"


def pulled(one: Repository, path: str) -> str:
    """What follows the address of a Jupyter server for nbgitpuller: fetch the course, open a file.

    nbgitpuller keeps what a student has changed, and brings what is new.
    """
    asked = {"repo": one.address, "branch": one.ref, "urlpath": _lab(f"{one.name}/{path}")}
    return f"git-pull?{urlencode(asked, quote_via=quote, safe='')}"


def hub(address: str, rest: str) -> str:
    """The link that opens something on the server of whoever is logged in to a JupyterHub."""
    if not re.fullmatch(r"https?://[^/\s]+(/\S*)?", address):
        raise ValueError(f"{address} is no address of a JupyterHub, such as https://HUB.")
    return f"{address.rstrip('/').removesuffix('/hub')}/hub/user-redirect/{rest}"


def binder_pulled(image: Repository, one: Repository, path: str) -> str:
    """Binder with the image of one repository and the lessons of another, by nbgitpuller.

    The image then need not be built anew when a lesson changes. It must have nbgitpuller. The
    link holds a link, so what is quoted there is quoted again.
    """
    return f"{binder(image)}?urlpath={quote(pulled(one, path), safe='')}"


def colab(one: Repository, path: str) -> str:
    """The link that opens a notebook in Colab; "" for any host but GitHub, which alone it reads."""
    if one.host != "github.com":
        return ""
    return f"{COLAB}/github/{one.path}/blob/{quote(one.ref)}/{quote(path)}"


def colab_cell(one: Repository) -> str:
    """The line that a student pastes into a first cell in Colab: helpers and data, and no Jupyter.

    The versions of pandas and matplotlib are those of requirements.txt.
    """
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pins = [re.search(rf"^{name}==[\w.]+", text, re.MULTILINE)[0] for name in _COLAB_NEEDS]
    return f"%pip install --quiet --no-deps git+{one.address}@{one.ref} {' '.join(pins)}"


def links(
    one: Repository, path: str, at_hub: str = "", image: Repository | None = None
) -> dict[str, str]:
    """Every link that opens one notebook, by its name; path is that of the notebook in the course.

    at_hub: the address of a JupyterHub. image: another repository, from which Binder takes the
    image. A way that does not exist here has no entry.
    """
    found = {"Binder": binder_pulled(image, one, path) if image else binder(one, path)}
    if at_hub:
        found["nbgitpuller"] = hub(at_hub, pulled(one, path))
        found["JupyterHub"] = hub(at_hub, _lab(f"{one.name}/{path}"))
    if colab(one, path):
        found["Colab"] = colab(one, path)
    return found


def _lab(path: str) -> str:
    return f"lab/tree/{quote(path)}"


def remote(folder: Path) -> str:
    """The address of git's remote: origin, or the only one; "" if there is none."""
    names = _git(folder, "remote").split()
    name = "origin" if "origin" in names else names[0] if len(names) == 1 else ""
    return _git(folder, "remote", "get-url", name) if name else ""


def branch_or_tag(folder: Path) -> str:
    """What is checked out: a branch, else a tag, else a commit; "" outside of git."""
    asked = (
        ("symbolic-ref", "--quiet", "--short", "HEAD"),
        ("describe", "--tags", "--exact-match"),
        ("rev-parse", "HEAD"),
    )
    return next(filter(None, (_git(folder, *question) for question in asked)), "")


def _git(folder: Path, *arguments: str) -> str:
    """What git says; "" if it fails."""
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    return "" if done.returncode else done.stdout.decode("utf-8").strip()


def asked(arguments: Iterable[str], folder: Path = ROOT) -> argparse.Namespace:
    """The options of a command line; address and ref as git has them where they are not given."""
    parser = argparse.ArgumentParser(description="Write the links that open each lesson.")
    for name, what in (
        ("address", "where others fetch the course; else git's remote"),
        ("ref", "a branch or a tag; else what is checked out"),
        ("hub", "the address of a JupyterHub"),
        ("image", "another repository, with nbgitpuller, for the image of Binder"),
    ):
        parser.add_argument(f"--{name}", default="", help=what)
    found = parser.parse_args(list(arguments))
    found.address = found.address or remote(folder)
    found.ref = found.ref or branch_or_tag(folder)
    return found


def block(options: argparse.Namespace) -> str:
    """The part of the README between its two marks; the first mark keeps what it was made from."""
    if not options.address:
        return f"{OPENING} -->\n\n{NO_ADDRESS}\n\n{END}"
    one = repository(options.address, options.ref)
    image = repository(options.image, "HEAD") if options.image else None
    given = {"ADDRESS": one.address, "REF": one.ref, "HUB": options.hub}
    given["IMAGE"] = image.address if image else ""
    made = " ".join(f"{name}={value}" for name, value in given.items() if value)
    return f"{OPENING} {made} -->\n\n{table(one, options.hub, image)}{_on_colab(one)}\n\n{END}"


def table(one: Repository, at_hub: str = "", image: Repository | None = None) -> str:
    """A Markdown table with a row of links for each lesson."""
    rows, names = [], []
    for path, about in lessons():
        found = links(one, path.relative_to(ROOT).as_posix(), at_hub, image)
        names = list(found)
        cells = [f"[{name}]({link})" for name, link in found.items()]
        rows.append(" | ".join([f"| {about['number']} {about['title']}", *cells]) + " |")
    head = f"| Lesson | {' | '.join(names)} |\n| --- |{' --- |' * len(names)}\n"
    return head + "\n".join(rows)


def _on_colab(one: Repository) -> str:
    """What a student does first in Colab; "" where Colab cannot open the course."""
    if not colab(one, "x"):
        return ""
    return (
        "\n\nColab opens a lesson alone. Add a code cell at its top (*+ Code*), put this line into "
        f"it, run it, and restart the session when Colab asks:\n\n```\n{colab_cell(one)}\n```"
    )


def options_of(text: str) -> argparse.Namespace | None:
    """What the links in a README were made from; None if it holds none."""
    mark = BLOCK.search(text)
    given = dict(part.split("=", 1) for part in mark[1].split()) if mark else {}
    if not given:
        return None
    names = ("address", "ref", "hub", "image")
    return argparse.Namespace(**{name: given.get(name.upper(), "") for name in names})


def filled(text: str, options: argparse.Namespace) -> str:
    """The text of a README with the block of links brought up to date."""
    if not BLOCK.search(text):
        raise ValueError(f"The README has no part between {OPENING} --> and {END}.")
    made = block(options)
    return BLOCK.sub(lambda _: made, text)


def main(arguments: Iterable[str]) -> str:
    """Write the links into the README; what to tell whoever asked."""
    options = asked(arguments)
    README.write_text(
        filled(README.read_text(encoding="utf-8"), options), encoding="utf-8", newline="\n"
    )
    if not options.address:
        return "git has no remote here, so README.md has no links. Give one: ADDRESS=https://..."
    return (
        f"README.md: links to {repository(options.address, options.ref).address} at {options.ref}"
    )


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]))
    except ValueError as error:
        sys.exit(str(error))
