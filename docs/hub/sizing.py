"""The Kubernetes values for 30, 300 and 3,000 students, worked out from the trial.

python docs/hub/sizing.py   reads trial.csv and writes values-30.yaml, values-300.yaml and
values-3000.yaml beside it, and both tables of README.md, which says what was measured and what is
assumed.
"""

import csv
import math
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

HERE = Path(__file__).parent
TRIAL = HERE / "trial.csv"
GUIDE = HERE / "README.md"

# What is assumed. A hub of another kind of course changes these, and runs this file again.
KERNELS_KEPT = 2  # notebooks that a student has open: the memory kept free for her
KERNELS_MOST = 5  # notebooks that she may have open before one is stopped
PATIENCE = 120  # seconds in which a node full of students has run the lesson for all
SPARE = 0.9  # share of a node that Kubernetes and the system leave to students
PODS = 100  # students on one node: Kubernetes recommends no more than 110 pods
HUB_MARGIN = 2  # the hub's growth is known up to the largest class tried, and then guessed
HOME_MARGIN = 4  # a home may grow to so many times what it held after one lesson
STEP = 64  # MiB to which memory is rounded up


@dataclass(frozen=True)
class Node:
    """A machine of the cluster for students: processors and memory in GiB."""

    cpus: int
    gib: int


@dataclass(frozen=True)
class Course:
    """So many students at work at once, of whom so many start together, on such nodes."""

    students: int
    together: int
    node: Node


COURSES = (
    Course(30, 30, Node(4, 16)),
    Course(300, 60, Node(8, 32)),
    Course(3000, 300, Node(16, 64)),
)


@dataclass(frozen=True)
class Figures:
    """What the trial measured; memory in MiB, time in seconds of one processor.

    server, kernel: of one student alone, with all pages counted. cpu: a student's lesson from the
    login to the last cell. home: what her folder holds. hub, proxy: without students; hub_each,
    proxy_each: for one more student. hub_cpu: the hub's time for one student who logs in.
    """

    server: float
    kernel: float
    cpu: float
    home: float
    hub: float
    hub_each: float
    hub_cpu: float
    proxy: float
    proxy_each: float


@dataclass(frozen=True)
class Size:
    """What one course needs: MiB, processors, GiB of disk for all, numbers of nodes, seconds."""

    guarantee: int
    limit: int
    cpu_guarantee: float
    disk: int
    on_a_node: int
    nodes: int
    slowest: int
    hub_memory: int
    proxy_memory: int
    hub_seconds: int


def read(path: Path = TRIAL) -> list[dict[str, str]]:
    """The rows of trial.csv, without its first line, which says how it was made."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def figures(rows: list[dict[str, str]]) -> Figures:
    """What a class of one and the largest class took. ValueError if one of them is missing."""
    sizes = sorted({int(row["students"]) for row in rows})
    if len(sizes) < 2 or sizes[0] != 1:
        raise ValueError(
            f"trial.csv has classes of {sizes}, expected 1 and a larger one: "
            "run make trial STUDENTS=1 OUT=docs/hub/trial.csv, and the same with 24."
        )
    most = sizes[-1]

    def of(students: int, who: str, column: str) -> float:
        found = [row for row in rows if int(row["students"]) == students]
        return mean(float(row[column]) for row in found if row["who"].startswith(who))

    def each(who: str, column: str) -> float:
        return (of(most, who, column) - of(1, who, column)) / (most - 1)

    return Figures(
        server=of(1, "student", "server_rss"),
        kernel=of(1, "student", "kernel_rss"),
        cpu=of(most, "student", "cpu_s"),
        home=of(most, "student", "home_mib"),
        hub=of(1, "hub", "server_rss"),
        hub_each=each("hub", "server_rss"),
        hub_cpu=each("hub", "cpu_s"),
        proxy=of(1, "proxy", "server_rss"),
        proxy_each=each("proxy", "server_rss"),
    )


def up(value: float, step: float) -> float:
    """The next multiple of a step that is not below a value."""
    return round(math.ceil(round(value / step, 6)) * step, 6)


def size(course: Course, seen: Figures) -> Size:
    """What a course needs, from what the trial measured and the assumptions above."""
    guarantee = int(up(seen.server + KERNELS_KEPT * seen.kernel, STEP))
    cpu = up(seen.cpu / PATIENCE, 0.05)
    by_memory = course.node.gib * 1024 * SPARE / guarantee
    by_cpu = course.node.cpus * SPARE / cpu
    on_a_node = int(min(by_memory, by_cpu, PODS))
    nodes = math.ceil(course.students / on_a_node)
    share = math.ceil(course.students / nodes)
    return Size(
        guarantee=guarantee,
        limit=int(up(seen.server + KERNELS_MOST * seen.kernel, STEP)),
        cpu_guarantee=cpu,
        disk=disk(course, seen),
        on_a_node=on_a_node,
        nodes=nodes,
        slowest=math.ceil(share * seen.cpu / (course.node.cpus * SPARE)),
        hub_memory=int(up(HUB_MARGIN * (seen.hub + course.students * seen.hub_each), STEP)),
        proxy_memory=int(up(HUB_MARGIN * (seen.proxy + course.students * seen.proxy_each), STEP)),
        hub_seconds=math.ceil(course.students * seen.hub_cpu),
    )


def own_disks(course: Course) -> bool:
    """Whether each student has a disk: a node can attach only some, so this is for one class."""
    return course.students <= 30


def disk(course: Course, seen: Figures) -> int:
    """GiB for all homes: whole ones for disks of students, tens for a disk that all share."""
    one = HOME_MARGIN * seen.home / 1024
    if own_disks(course):
        return course.students * math.ceil(one)
    return int(up(course.students * one, 10))


def values(course: Course, need: Size) -> str:
    """The text of one file of values."""
    node = f"{course.node.cpus} processors and {course.node.gib} GiB"
    return f"""\
# {course.students:,} students at work at once. Written by: python docs/hub/sizing.py
# Nodes for students: {need.nodes}, each with {node}, for {need.on_a_node} students.
# The hub and its proxy need room as well: on one more node, or on what these have left.
singleuser:
  memory:
    guarantee: {need.guarantee}M
    limit: {need.limit}M
  cpu:
    guarantee: {need.cpu_guarantee:g}
    limit: 1
{storage(course, need)}scheduling:
  userPlaceholder:
    replicas: {course.together}
hub:
  activeServerLimit: {course.students + course.students // 10}
{database(course)}  resources:
    requests:
      cpu: {"500m" if course.students <= 30 else "1"}
      memory: {need.hub_memory}Mi
proxy:
  chp:
    resources:
      requests:
        cpu: {"200m" if course.students <= 300 else "1"}
        memory: {need.proxy_memory}Mi
"""


def storage(course: Course, need: Size) -> str:
    """The values for homes."""
    if own_disks(course):
        return f"  storage:\n    type: dynamic\n    capacity: {need.disk // course.students}Gi\n"
    return f"""\
  # One disk of {need.disk} GiB that all nodes can write. Make its claim, named homes, first.
  storage:
    type: static
    static:
      pvcName: homes
      subPath: "{{username}}"
"""


def database(course: Course) -> str:
    """The hub's database: a file while there are hundreds, a database server for thousands."""
    if course.students <= 300:
        return "  db:\n    type: sqlite-pvc\n"
    return (
        "  # Its address is a secret: hub.db.url stands in site.yaml.\n  db:\n    type: postgres\n"
    )


def trial_table(rows: list[dict[str, str]]) -> str:
    """What the trials took, as a table for README.md."""
    lines = [
        "| Students | Median, s | Slowest, s | Memory of one, MiB | With hub and proxy, MiB "
        "| Processor time of one, s | Load before |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for students in sorted({int(row["students"]) for row in rows}):
        mine = [row for row in rows if int(row["students"]) == students]
        people = [row for row in mine if row["who"].startswith("student")]
        times = [float(row["finished_s"]) for row in people]
        total = sum(float(row["server_pss"]) + float(row["kernel_pss"]) for row in mine)
        one = mean(float(row["server_pss"]) + float(row["kernel_pss"]) for row in people)
        cpu = mean(float(row["cpu_s"]) for row in people)
        lines.append(
            f"| {students} | {median(times):.0f} | {max(times):.0f} | {one:.0f} | {total:,.0f} "
            f"| {cpu:.1f} | {people[0]['load']} |"
        )
    return "\n".join(lines)


def size_table(seen: Figures) -> str:
    """What each course needs, as a table for README.md."""
    lines = [
        "| Students | Nodes for students | On a node | Memory kept, limit | Processors kept, limit "
        "| Slowest lesson | Hub: memory, time for all logins | Disk for homes |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for course in COURSES:
        need = size(course, seen)
        lines.append(
            f"| {course.students:,} | {need.nodes} of {course.node.cpus} processors, "
            f"{course.node.gib} GiB | {need.on_a_node} | {need.guarantee} MiB, {need.limit} MiB "
            f"| {need.cpu_guarantee:g}, 1 | {need.slowest} s | {need.hub_memory:,} MiB, "
            f"{need.hub_seconds:,} s | {need.disk} GiB |"
        )
    return "\n".join(lines)


def guide(text: str, rows: list[dict[str, str]]) -> str:
    """README.md with both tables as the trial has them. ValueError if a mark is missing."""
    for name, table in (("trial", trial_table(rows)), ("sizes", size_table(figures(rows)))):
        start, end = f"<!-- {name}: python docs/hub/sizing.py -->", f"<!-- end of {name} -->"
        if start not in text or end not in text:
            raise ValueError(f"README.md has no lines {start} and {end}: put them back.")
        before, after = text.partition(start)[0], text.partition(end)[2]
        text = f"{before}{start}\n\n{table}\n\n{end}{after}"
    return text


def made(rows: list[dict[str, str]]) -> dict[Path, str]:
    """Each file that is derived from the trial, with its text."""
    seen = figures(rows)
    files = {
        HERE / f"values-{course.students}.yaml": values(course, size(course, seen))
        for course in COURSES
    }
    return files | {GUIDE: guide(GUIDE.read_text(encoding="utf-8"), rows)}


def main() -> None:
    """Write them all."""
    for path, text in made(read()).items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
