"""Memory and processor time of each student, from /proc (Linux)."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
KIBIBYTE_PER_MEBIBYTE = 1024
TICKS = 100  # clock ticks a second that Linux shows to programs, on every common machine


class Process(NamedTuple):
    """A process: number, the student whose it is ("" for none) and its command line."""

    pid: int
    student: str
    command: str


@dataclass(frozen=True)
class Use:
    """What processes take. Memory in MiB, processor time in seconds.

    pss counts a page that several processes share in equal parts, so that sums are true; rss counts
    it for each process; peak is the largest rss that each process ever had; virtual is the largest
    address space of any one process.
    """

    pss: float = 0.0
    rss: float = 0.0
    peak: float = 0.0
    virtual: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: "Use") -> "Use":
        return Use(
            self.pss + other.pss,
            self.rss + other.rss,
            self.peak + other.peak,
            max(self.virtual, other.virtual),
            self.cpu + other.cpu,
        )


def fields(text: str) -> dict[str, float]:
    """The lines "Name: number kB" of a file of /proc, in MiB."""
    found = {}
    for line in text.splitlines():
        name, _, rest = line.partition(":")
        words = rest.split()
        if len(words) == 2 and words[1] == "kB":
            found[name] = int(words[0]) / KIBIBYTE_PER_MEBIBYTE
    return found


def cpu_seconds(stat: str) -> float:
    """Time of a process and of its children that have ended, from /proc/PID/stat."""
    numbers = stat.rpartition(")")[2].split()
    return sum(int(number) for number in numbers[11:15]) / TICKS


def use_of(pid: int, proc: Path = PROC) -> Use:
    """What one process takes; nothing if it has ended."""
    folder = proc / str(pid)
    try:
        memory = fields((folder / "smaps_rollup").read_text(encoding="ascii"))
        status = fields((folder / "status").read_text(encoding="utf-8", errors="replace"))
        stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return Use()
    if "Pss" not in memory:
        return Use(cpu=cpu_seconds(stat))
    return Use(memory["Pss"], memory["Rss"], status["VmHWM"], status["VmPeak"], cpu_seconds(stat))


def processes(homes: str, proc: Path = PROC) -> list[Process]:
    """All processes whose HOME lies in the folder of the students' homes."""
    found = []
    for folder in proc.iterdir():
        if folder.name.isdigit():
            try:
                environment = (folder / "environ").read_text(errors="replace").split("\0")
                command = (folder / "cmdline").read_text(errors="replace").replace("\0", " ")
            except OSError:
                continue
            home = next((one[5:] for one in environment if one.startswith("HOME=")), "")
            if home.startswith(homes + "/"):
                found.append(Process(int(folder.name), home[len(homes) + 1 :], command))
    return found


def is_kernel(process: Process) -> bool:
    """Whether it runs a notebook's code; the rest belongs to the student's server."""
    return "ipykernel_launcher" in process.command


def size_of(folder: Path) -> float:
    """What the files of a folder take on the disk, in MiB."""
    blocks = sum(path.lstat().st_blocks for path in folder.rglob("*"))
    return blocks * 512 / 2**20
