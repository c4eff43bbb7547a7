"""A class tried for real: a JupyterHub, its proxy, and students who all run a lesson at once.

make trial STUDENTS=24                    try it and print what it took
make trial STUDENTS=24 OUT=docs/hub/trial.csv   keep the figures, too
"""

import argparse
import asyncio
import csv
import io
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from statistics import mean, median

import httpx
from measure import Use, is_kernel, processes, size_of, use_of
from student import FailedError, Student, code_cells

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LESSON = "notebooks/1-early-life/12-from-nikolaev-to-london.ipynb"
COURSE = "trotsky-in-data"
COMMAND = "make trial OUT=docs/hub/trial.csv, with STUDENTS=1, 8 and 24"
PATIENCE = 120  # seconds until the hub must answer


@dataclass(frozen=True)
class Row:
    """One line of trial.csv: what one student, the hub or its proxy took in one trial.

    students in the class, who, lesson; load of the machine before it began, cores; seconds after
    the student began to log in until the server was ready, the course was there, all cells had run;
    memory in MiB (see measure.Use) of the student's server and of the kernel; cpu in seconds; what
    the student's home holds, in MiB.
    """

    students: int
    who: str
    lesson: str
    load: float
    cores: int
    ready_s: float = 0.0
    pulled_s: float = 0.0
    finished_s: float = 0.0
    server_pss: float = 0.0
    server_rss: float = 0.0
    kernel_pss: float = 0.0
    kernel_rss: float = 0.0
    peak_rss: float = 0.0
    virtual: float = 0.0
    cpu_s: float = 0.0
    home_mib: float = 0.0


@dataclass(frozen=True)
class Place:
    """Where a trial runs: address and password of the hub, the students' homes, the hub's pid."""

    hub: str
    password: str
    homes: Path
    pid: int


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens on now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def git(*words: str | Path) -> str:
    """What git answers; CalledProcessError if it fails."""
    command = ["git", "-c", "safe.directory=*", *map(str, words)]
    return subprocess.run(  # noqa: S603 - our own words
        command, check=True, capture_output=True, encoding="utf-8"
    ).stdout.strip()


def publish(source: Path, folder: Path) -> str:
    """A bare copy of a git repository, what is open there as its branch main; the address."""
    target = folder / COURSE
    git("clone", "--quiet", "--bare", source, target)
    git("-C", target, "update-ref", "refs/heads/main", git("-C", source, "rev-parse", "HEAD"))
    git("-C", target, "symbolic-ref", "HEAD", "refs/heads/main")
    return target.as_uri()


def settings(repository: str, homes: Path, password: str) -> dict[str, str]:
    """The environment in which the hub of a trial starts, on ports of its own."""
    front, hub, proxy = free_ports(3)
    return {
        "PATH": f"{Path(sys.prefix) / 'bin'}:{os.environ['PATH']}",
        "HOME": str(homes),
        "COURSE_REPOSITORY": repository,
        "HUB_ADDRESS": f"http://127.0.0.1:{front}",
        "TRIAL_HUB": f"http://127.0.0.1:{hub}",
        "TRIAL_PROXY": f"http://127.0.0.1:{proxy}",
        "TRIAL_HOMES": str(homes),
        "TRIAL_PASSWORD": password,
    }


@contextmanager
def hub(source: Path = ROOT) -> Iterator[Place]:
    """A running hub in a folder that is gone afterwards, with all that it started."""
    with tempfile.TemporaryDirectory(prefix="hub-trial-", ignore_cleanup_errors=True) as name:
        folder, password = Path(name), secrets.token_hex(16)
        homes = folder / "homes"
        homes.mkdir()
        environment = settings(publish(source, folder), homes, password)
        log = folder / "hub.log"
        command = [sys.executable, "-m", "jupyterhub", "--config", str(HERE / "trial_config.py")]
        with log.open("w") as stream:
            process = subprocess.Popen(  # noqa: S603 - our own hub
                command, cwd=folder, env=environment, stdout=stream, stderr=subprocess.STDOUT
            )
        try:
            _wait(environment["HUB_ADDRESS"], process, log)
            yield Place(environment["HUB_ADDRESS"], password, homes, process.pid)
        except Exception:
            print(log.read_text(errors="replace")[-4000:], file=sys.stderr)
            raise
        finally:
            process.terminate()  # the hub stops its proxy and its students' servers
            process.wait(PATIENCE)
            for left in processes(name):  # a hub that is stopped while it starts leaves its proxy
                with suppress(ProcessLookupError):
                    os.kill(left.pid, signal.SIGTERM)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise FailedError(f"The hub ended:\n{log.read_text(errors='replace')}")
        with suppress(httpx.TransportError):
            if httpx.get(f"{address}/hub/login", trust_env=False).status_code == httpx.codes.OK:
                return
        time.sleep(0.2)
    raise FailedError(f"The hub did not answer in {PATIENCE} seconds.")


async def attend(place: Place, row: Row) -> Row:
    """One student's lesson, from the login to the last cell; the row with its times."""
    start = time.monotonic()
    async with Student(place.hub, row.who) as student:
        page = await student.log_in(place.password)
        ready = time.monotonic() - start
        await student.pull(page)
        pulled = time.monotonic() - start
        path = f"{COURSE}/{row.lesson}"
        notebook = await student.open(path)
        await student.run_all(await student.start_kernel(path), code_cells(notebook))
        await student.save(path, notebook)
    return replace(row, ready_s=ready, pulled_s=pulled, finished_s=time.monotonic() - start)


async def class_of(place: Place, rows: list[Row]) -> list[Row]:
    """All students at once. FailedError names each who did not finish."""
    results = await asyncio.gather(*(attend(place, row) for row in rows), return_exceptions=True)
    failed = [one for one in results if isinstance(one, BaseException)]
    if failed:
        lines = "\n".join(f"{type(one).__name__}: {one}" for one in failed)
        raise FailedError(f"{len(failed)} of {len(rows)} students did not finish:\n{lines}")
    return [one for one in results if isinstance(one, Row)]


def weigh(row: Row, homes: Path) -> Row:
    """The row of a student with what her processes take now; her kernel is still there."""
    mine = [one for one in processes(str(homes)) if one.student == row.who]
    kernel = sum((use_of(one.pid) for one in mine if is_kernel(one)), Use())
    server = sum((use_of(one.pid) for one in mine if not is_kernel(one)), Use())
    both = server + kernel
    return replace(
        row,
        server_pss=server.pss,
        server_rss=server.rss,
        kernel_pss=kernel.pss,
        kernel_rss=kernel.rss,
        peak_rss=both.peak,
        virtual=both.virtual,
        cpu_s=both.cpu,
        home_mib=size_of(homes / row.who),
    )


def weigh_hub(row: Row, place: Place) -> list[Row]:
    """One row for the hub with its culler, one for the proxy."""
    children = Path(f"/proc/{place.pid}/task/{place.pid}/children").read_text().split()
    uses = {"hub": use_of(place.pid), "proxy": Use()}
    for pid in map(int, children):
        command = Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        if "configurable-http-proxy" in command:
            uses["proxy"] += use_of(pid)
        elif "idle_culler" in command:
            uses["hub"] += use_of(pid)
    return [
        replace(row, who=who, server_pss=u.pss, server_rss=u.rss, peak_rss=u.peak, cpu_s=u.cpu)
        for who, u in uses.items()
    ]


def trial(students: int, lesson: str = LESSON, source: Path = ROOT) -> list[Row]:
    """Try a class of so many students; a row for each, then the hub's and the proxy's."""
    row = Row(students, "", lesson, round(os.getloadavg()[0], 1), os.cpu_count() or 1)
    names = [f"student-{number:02}" for number in range(1, students + 1)]
    with hub(source) as place:
        rows = asyncio.run(class_of(place, [replace(row, who=name) for name in names]))
        return [weigh(one, place.homes) for one in rows] + weigh_hub(row, place)


def written(rows: list[Row], kept: str = "") -> str:
    """The text of trial.csv: rows of other classes that it has already, and these."""
    lines = [line for line in kept.splitlines() if not line.startswith("#")]
    old = [one for one in csv.DictReader(lines) if int(one["students"]) != rows[0].students]
    new = [
        {key: round(value, 1) if isinstance(value, float) else value for key, value in one.items()}
        for one in map(asdict, rows)
    ]
    stream = io.StringIO()
    stream.write(f"# Measured by: {COMMAND}\n")
    writer = csv.DictWriter(stream, [one.name for one in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted([*old, *new], key=lambda one: int(one["students"])))
    return stream.getvalue()


def report(rows: list[Row]) -> str:
    """What a trial took, in words."""
    students = [one for one in rows if one.who.startswith("student")]
    times = [one.finished_s for one in students]
    memory = [one.server_pss + one.kernel_pss for one in students]
    total = sum(one.server_pss + one.kernel_pss for one in rows)
    return (
        f"{len(students)} students, lesson {rows[0].lesson}: all finished without an error.\n"
        f"Seconds from login to the last cell: median {median(times):.0f}, "
        f"slowest {max(times):.0f} ({rows[0].cores} cores, load before {rows[0].load}).\n"
        f"MiB for each student: mean {mean(memory):.0f}, most {max(memory):.0f}; for all with hub "
        f"and proxy {total:.0f}, and never more than {sum(one.peak_rss for one in rows):.0f}.\n"
        f"Seconds of processor for each student: {mean(one.cpu_s for one in students):.1f}."
    )


def main() -> None:
    """Read the command line, try the class, print what it took and keep it if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("students", type=int)
    parser.add_argument("--lesson", default=LESSON)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    if not shutil.which("git"):
        sys.exit("git is missing: students get the course with it.")
    try:
        rows = trial(asked.students, asked.lesson)
    except FailedError as error:
        sys.exit(str(error))
    print(report(rows))
    if asked.out:
        kept = asked.out.read_text(encoding="utf-8") if asked.out.exists() else ""
        asked.out.write_text(written(rows, kept), encoding="utf-8")


if __name__ == "__main__":
    main()
