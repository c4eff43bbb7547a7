"""The hub for a class: its configuration, the simulated class, and the values for Kubernetes."""

import importlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from lessons import ROOT
from packaging.requirements import Requirement
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

HUB = ROOT / "docs" / "hub"
sys.path.append(str(HUB))
student, measure, trial, sizing = map(
    importlib.import_module, ("student", "measure", "trial", "sizing")
)

ENVIRONMENT = ROOT / ".venv" / "hub"
needs_hub = pytest.mark.skipif(
    not (ENVIRONMENT / "ready").exists(), reason="the hub's environment is not there: make hub"
)
GUIDE = (HUB / "README.md").read_text(encoding="utf-8")
ADDRESS = "https://example.org/history/trotsky-in-data"


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def loaded(name: str, monkeypatch, **settings: str) -> Config:
    """What a file of configuration sets, with these variables and no others of ours."""
    for variable in [one for one in os.environ if one.startswith(("HUB_", "COURSE_", "TRIAL_"))]:
        monkeypatch.delenv(variable)
    for variable, value in settings.items():
        monkeypatch.setenv(variable, value)
    return PyFileConfigLoader(name, path=str(HUB)).load_config()


def real(monkeypatch, **settings: str) -> Config:
    return loaded("jupyterhub_config.py", monkeypatch, COURSE_REPOSITORY=ADDRESS, **settings)


def of_trial(monkeypatch) -> Config:
    settings = trial.settings(ADDRESS, Path("/homes"), "a long password")
    return loaded("trial_config.py", monkeypatch, **settings)


# The configuration


def test_people_log_in_with_their_own_account_and_run_under_it(monkeypatch):
    config = real(monkeypatch)
    assert config.JupyterHub.authenticator_class == "pam"
    assert config.LocalAuthenticator.allowed_groups == {"students", "teachers"}
    assert config.LocalAuthenticator.admin_groups == {"teachers"}
    assert "allow_all" not in config.Authenticator
    assert config.JupyterHub.spawner_class == "localprocess"
    assert real(monkeypatch, HUB_SPAWNER="systemd").JupyterHub.spawner_class == "systemd"


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}.git", f"{ADDRESS}/"])
def test_after_the_login_nbgitpuller_brings_the_course_and_opens_lesson_00(address, monkeypatch):
    config = loaded("jupyterhub_config.py", monkeypatch, COURSE_REPOSITORY=address)
    page = urlsplit(config.Spawner.default_url)
    asked = {key: values[0] for key, values in parse_qs(page.query).items()}
    assert page.path == "/git-pull"
    assert (asked["repo"], asked["branch"]) == (ADDRESS, "main")
    start = "lab/tree/trotsky-in-data/"
    assert asked["urlpath"].startswith(start)
    assert (ROOT / asked["urlpath"].removeprefix(start)).is_file()


def test_without_a_repository_the_hub_says_what_is_missing(monkeypatch):
    with pytest.raises(SystemExit, match=r"COURSE_REPOSITORY is not set\. Give the address"):
        loaded("jupyterhub_config.py", monkeypatch)


def test_only_this_machine_reaches_a_hub_that_was_not_opened(monkeypatch):
    assert real(monkeypatch).JupyterHub.bind_url == "http://127.0.0.1:8000"
    opened = real(monkeypatch, HUB_ADDRESS="https://0.0.0.0:443", HUB_CERTIFICATE="/c.pem")
    assert opened.JupyterHub.bind_url == "https://0.0.0.0:443"
    assert opened.JupyterHub.ssl_cert == "/c.pem"


def test_the_guide_names_every_setting_with_its_default(monkeypatch):
    source = (HUB / "jupyterhub_config.py").read_text(encoding="utf-8")
    read = set(re.findall(r'environ\.get\("(\w+)"', source))
    rows = set(re.findall(r"`((?:HUB|COURSE)_\w+)`", GUIDE.partition("| Variable")[2][:800]))
    assert read == rows
    spawner = real(monkeypatch).Spawner
    assert "--MappingKernelManager.cull_idle_timeout=1800" in spawner.args  # half an hour
    assert "--timeout=7200" in real(monkeypatch).JupyterHub.services[0]["command"]  # two hours
    assert (spawner.mem_limit, spawner.cpu_limit) == ("1G", 1.0)
    assert f"--as={3 * 2**30} " in (HUB / "student-server").read_text(encoding="utf-8")
    assert (HUB / "student-server").stat().st_mode & 0o111 == 0o111


def test_the_trial_is_the_real_hub_with_another_login_spawner_and_ports(monkeypatch):
    mine, theirs = of_trial(monkeypatch), real(monkeypatch)
    assert mine.JupyterHub.authenticator_class == "shared-password"
    assert mine.JupyterHub.spawner_class == "simple"
    own = {"authenticator_class", "spawner_class", "bind_url", "hub_bind_url"}
    assert mine.JupyterHub.bind_url.startswith("http://127.0.0.1:")
    for key in theirs.JupyterHub.keys() - own:
        assert mine.JupyterHub[key] == theirs.JupyterHub[key]
    for key in theirs.Spawner.keys() - {"args"}:
        assert mine.Spawner[key] == theirs.Spawner[key]


@needs_hub
def test_jupyterhub_knows_every_name_of_the_configuration():
    code = """
import sys
from jupyterhub.app import JupyterHub
from jupyterhub.auth import LocalAuthenticator, PAMAuthenticator
from jupyterhub.proxy import ConfigurableHTTPProxy
from jupyterhub.spawner import LocalProcessSpawner
from systemdspawner import SystemdSpawner
from traitlets.config.loader import PyFileConfigLoader
known = {"JupyterHub": JupyterHub, "LocalAuthenticator": PAMAuthenticator,
         "ConfigurableHTTPProxy": ConfigurableHTTPProxy, "Spawner": LocalProcessSpawner,
         "SystemdSpawner": SystemdSpawner}
for name, values in PyFileConfigLoader(sys.argv[1]).load_config().items():
    wrong = set(values) - set(known[name].class_traits(config=True))
    assert not wrong, (name, wrong)
    for key, value in values.items():  # the type, too
        known[name].class_traits()[key]._validate(known[name].__new__(known[name]), value)
"""
    command = [ENVIRONMENT / "bin" / "python", "-c", code, HUB / "jupyterhub_config.py"]
    environment = {"PATH": os.environ["PATH"], "COURSE_REPOSITORY": ADDRESS}
    subprocess.run(command, env=environment, check=True)


# Versions


def pins(file: str) -> dict[str, str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line.removesuffix("\\")) for line in lines if line and line[0] not in " #"]
    return {one.name: str(one) for one in found}


def test_a_class_works_with_the_versions_that_are_tested():
    here, hub = pins("requirements.txt"), pins("requirements-hub.txt")
    assert {name: hub[name] for name in here.keys() & hub.keys()} == {
        name: here[name] for name in here.keys() & hub.keys()
    }
    assert {"jupyterhub", "nbgitpuller", "jupyterhub-idle-culler", "pandas"} <= hub.keys()
    assert {"jupyterhub", "nbgitpuller"}.isdisjoint(here)


def test_the_guide_names_the_versions_that_were_tried():
    hub = pins("requirements-hub.txt")
    assert hub["nbgitpuller"] in GUIDE
    proxy = re.search(
        r"^PROXY := (.+)@(.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M
    )
    tried = (hub["jupyterhub"].replace("==", " "), " ".join(proxy.groups()))
    for words in (*tried, hub["nbgitpuller"].replace("==", " ")):
        assert words.lower() in GUIDE.lower()


# The simulated class


def test_a_student_finds_the_token_of_the_login_and_the_progress_of_the_start():
    page = '<form><input type="hidden" name="_xsrf" value="2|a&amp;b"/></form>'
    assert student.form_token(page) == "2|a&b"
    with pytest.raises(student.FailedError, match="no _xsrf"):
        student.form_token("<form></form>")
    page = 'var evtSource = new EventSource("/hub/api/users/a/server/progress?_xsrf=1\\u0026x=2");'
    assert student.progress_address(page) == "/hub/api/users/a/server/progress?_xsrf=1&x=2"
    with pytest.raises(student.FailedError, match="names no progress"):
        student.progress_address("")
    assert student.events(["event: x", 'data: {"ready": true}', "data:", ""]) == [{"ready": True}]


@pytest.mark.parametrize(
    ("kind", "content", "says"),
    [
        ("error", {"ename": "NameError", "evalue": "x"}, "cell 3: NameError: x"),
        ("execute_reply", {"status": "aborted"}, "cell 3"),
        ("stream", {"name": "stderr", "text": "fonts"}, "cell 3 wrote an error: fonts"),
    ],
)
def test_a_cell_that_fails_fails_the_trial(kind, content, says):
    message = {"msg_type": kind, "parent_header": {"msg_id": "m"}, "content": content}
    with pytest.raises(student.FailedError, match=says):
        student.Student("http://localhost", "student-01")._check(message, {"m": 3})


def test_all_code_of_a_lesson_is_sent_in_its_order():
    cells = [
        {"cell_type": "markdown", "source": "# Title"},
        {"cell_type": "code", "source": ["x = 1\n", "x"]},
        {"cell_type": "code", "source": "y = 2"},
    ]
    assert student.code_cells({"cells": cells}) == ["x = 1\nx", "y = 2"]
    message = student.request("x = 1", "session")
    assert message["content"]["code"] == "x = 1"
    assert json.dumps(message)


def proc(folder: Path, pid: int, home: str, command: str, pss: int) -> None:
    one = folder / str(pid)
    one.mkdir()
    write(one / "environ", f"A=1\0HOME={home}\0")
    write(one / "cmdline", command.replace(" ", "\0"))
    write(one / "smaps_rollup", f"00 rollup\nRss: {2 * pss} kB\nPss: {pss} kB\n")
    write(one / "status", f"Name: x\nVmPeak: 4096 kB\nVmHWM: {3 * pss} kB\n")
    write(one / "stat", f"{pid} (a ) b) S " + " ".join(["0"] * 10) + " 150 50 25 75 0 0\n")


def test_memory_and_time_are_read_for_each_student(tmp_path):
    proc(tmp_path, 1, "/homes/student-01", "python -m ipykernel_launcher -f x", 1024)
    proc(tmp_path, 2, "/homes/student-01", "jupyterhub-singleuser", 2048)
    proc(tmp_path, 3, "/root", "python -m ipykernel_launcher", 4096)
    (tmp_path / "self").mkdir()
    found = sorted(measure.processes("/homes", tmp_path))
    assert [(one.pid, one.student) for one in found] == [(1, "student-01"), (2, "student-01")]
    assert [measure.is_kernel(one) for one in found] == [True, False]
    both = measure.use_of(1, tmp_path) + measure.use_of(2, tmp_path)
    assert (both.pss, both.rss, both.peak, both.virtual, both.cpu) == (3, 6, 9, 4, 6)
    assert measure.use_of(99, tmp_path) == measure.Use()


def test_a_trial_replaces_the_figures_of_its_size_and_keeps_the_others():
    row = trial.Row(1, "student-01", "l.ipynb", 0.5, 2, finished_s=10.04)
    both = trial.written([replace(row, students=8)], trial.written([row]))
    again = trial.written([replace(row, finished_s=20.0)], both)
    assert both.startswith("# Measured by: make trial ")
    lines = [line.split(",") for line in again.splitlines()[2:]]
    assert [(line[0], line[7]) for line in lines] == [("1", "20.0"), ("8", "10.0")]


def test_a_report_says_the_median_and_the_slowest():
    row = trial.Row(2, "student-01", "l.ipynb", 0.5, 2, finished_s=10, server_pss=100, cpu_s=3)
    rows = [row, replace(row, who="student-02", finished_s=20), replace(row, who="hub")]
    text = trial.report(rows)
    assert "2 students, lesson l.ipynb: all finished" in text
    assert "median 15, slowest 20 (2 cores, load before 0.5)" in text
    assert "mean 100, most 100; for all with hub and proxy 300" in text


@needs_hub
def test_two_students_finish_a_lesson_on_a_real_hub():
    lesson = "notebooks/00-start-here.ipynb"
    command = [ENVIRONMENT / "bin" / "python", HUB / "trial.py", "2", "--lesson", lesson]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    assert f"2 students, lesson {lesson}: all finished without an error." in result.stdout


# What nbgitpuller does with students' work


class Pulled:
    """A teacher's repository and a student's folder that gitpuller keeps up to date."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.teacher, self.student = folder / "teacher", folder / "student"
        self.teacher.mkdir()
        self.git("init", "--quiet", "--initial-branch", "main")
        self.publish(lesson=lesson("one", "two", "three"), other="other\n")
        self.pull()

    def git(self, *words: str) -> None:
        """Run git as the teacher."""
        who = ["-c", "user.name=Teacher", "-c", "user.email=teacher@example.org"]
        subprocess.run(["git", *who, *words], cwd=self.teacher, check=True)

    def publish(self, **files: str | None) -> None:
        """Write files, or delete those that are None, and commit."""
        for name, text in files.items():
            path = self.teacher / name
            path.unlink(missing_ok=True) if text is None else write(path, text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "change")

    def pull(self) -> None:
        """Pull as the student, with nbgitpuller's own command."""
        command = [ENVIRONMENT / "bin" / "gitpuller", self.teacher.as_uri(), "main", self.student]
        environment = os.environ | {"HOME": str(self.folder)}
        subprocess.run(command, env=environment, check=True, capture_output=True)

    def write(self, name: str, text: str) -> None:
        """Write a file of the student."""
        write(self.student / name, text)

    def read(self, name: str) -> str:
        """Read a file of the student."""
        return (self.student / name).read_text(encoding="utf-8")


def lesson(*sources: str, output: str = "") -> str:
    """A notebook of a code cell for each source, as JupyterLab saves it."""
    outputs = [{"name": "stdout", "output_type": "stream", "text": [output]}] if output else []
    cells = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"c{number}",
            "metadata": {},
            "outputs": outputs,
            "source": [source],
        }
        for number, source in enumerate(sources)
    ]
    return json.dumps(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1
    )


def sources(text: str) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(text)["cells"]]


@needs_hub
def test_a_students_work_outlives_the_next_pull(tmp_path):
    pulled = Pulled(tmp_path)
    pulled.write("lesson", lesson("mine", "two", "three", output="my output"))
    pulled.write("my-answers.csv", "mine")
    pulled.write("extra.csv", "mine")
    (pulled.student / "other").unlink()
    pulled.publish(**{"lesson": lesson("one", "two", "corrected"), "extra.csv": "teacher"})
    pulled.pull()
    assert sources(pulled.read("lesson")) == ["mine", "two", "corrected"]
    assert pulled.read("lesson").count("my output") == 3
    assert pulled.read("my-answers.csv") == "mine"
    assert pulled.read("other") == "other\n"
    assert pulled.read("extra.csv") == "teacher"
    (kept,) = pulled.student.glob("extra__*.csv")
    assert kept.read_text(encoding="utf-8") == "mine"


@needs_hub
def test_where_both_changed_the_same_the_students_stays(tmp_path):
    pulled = Pulled(tmp_path)
    pulled.write("lesson", lesson("mine", "two", "three"))
    pulled.write("other", "mine\n")
    pulled.publish(lesson=lesson("teacher", "two", "three"), other=None)
    pulled.pull()
    assert sources(pulled.read("lesson")) == ["mine", "two", "three"]
    assert pulled.read("other") == "mine\n"


# Kubernetes

# The keys of the chart's schema (jupyterhub/values.schema.yaml of zero-to-jupyterhub-k8s, as of
# JupyterHub 5.4) that our values use, with their types.
TEXT, NUMBER, TRUTH, LIST = str, (int, float), bool, list
CHART = {
    "singleuser.cmd": TEXT,
    "singleuser.startTimeout": int,
    "singleuser.extraEnv.*": TEXT,
    "singleuser.defaultUrl": TEXT,
    "singleuser.image.name": TEXT,
    "singleuser.image.tag": TEXT,
    "singleuser.memory.guarantee": (int, float, str),
    "singleuser.memory.limit": (int, float, str),
    "singleuser.cpu.guarantee": NUMBER,
    "singleuser.cpu.limit": NUMBER,
    "singleuser.storage.type": TEXT,
    "singleuser.storage.homeMountPath": TEXT,
    "singleuser.storage.capacity": TEXT,
    "singleuser.storage.static.pvcName": TEXT,
    "singleuser.storage.static.subPath": TEXT,
    "prePuller.hook.enabled": TRUTH,
    "prePuller.continuous.enabled": TRUTH,
    "scheduling.userScheduler.enabled": TRUTH,
    "scheduling.podPriority.enabled": TRUTH,
    "scheduling.userPlaceholder.enabled": TRUTH,
    "scheduling.userPlaceholder.replicas": int,
    "hub.config.*": (str, int, bool, list),
    "hub.concurrentSpawnLimit": int,
    "hub.activeServerLimit": int,
    "hub.cookieSecret": TEXT,
    "hub.db.type": TEXT,
    "hub.db.url": TEXT,
    "hub.resources.*": (str, int),
    "proxy.chp.resources.*": (str, int),
    "proxy.https.enabled": TRUTH,
    "proxy.https.hosts": LIST,
    "proxy.https.letsencrypt.contactEmail": TEXT,
    "cull.enabled": TRUTH,
    "cull.timeout": int,
    "cull.every": int,
}
FILES = sorted(HUB.glob("*.yaml"))
SIZED = {course.students: HUB / f"values-{course.students}.yaml" for course in sizing.COURSES}


def leaves(tree: dict, above: str = "") -> dict[str, object]:
    """Every value of a nested table under its dotted key."""
    found: dict[str, object] = {}
    for key, value in tree.items():
        name = f"{above}{key}"
        found |= leaves(value, f"{name}.") if isinstance(value, dict) else {name: value}
    return found


def faults(tree: dict) -> list[str]:
    """The keys of values that the chart does not have, or not with this type."""
    stars = [key[:-1] for key in CHART if key.endswith("*")]
    wrong = []
    for key, value in leaves(tree).items():
        known = CHART.get(key) or next(
            (CHART[f"{star}*"] for star in stars if key.startswith(star)), None
        )
        if (
            known is None
            or not isinstance(value, known)
            or (isinstance(value, bool) and known is int)
        ):
            wrong.append(key)
    return wrong


def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_chart_knows_every_key(path):
    assert faults(read(path)) == []


def test_a_key_that_the_chart_does_not_know_is_caught():
    assert faults({"singleuser": {"memory": {"request": "1G"}}}) == ["singleuser.memory.request"]
    assert faults({"cull": {"every": "5 minutes"}}) == ["cull.every"]
    assert faults({"singleuser": {"extraEnv": {"THREADS": 1}}}) == ["singleuser.extraEnv.THREADS"]


def test_only_the_example_has_words_to_fill_in():
    words = re.compile(r"\b[A-Z]{3,}\b(?!_)")
    for path in FILES:
        values = [str(one) for one in leaves(read(path)).values()]
        assert bool(words.search(" ".join(values))) == (path.name == "site-example.yaml"), path
    example = leaves(read(HUB / "site-example.yaml"))
    assert example["singleuser.image.name"] == "IMAGE"
    assert example["hub.config.JupyterHub.authenticator_class"] not in ("dummy", "null")
    assert example["proxy.https.enabled"] is True


def test_the_example_opens_the_first_lesson_as_the_hub_of_one_machine_does(monkeypatch):
    example = read(HUB / "site-example.yaml")["singleuser"]["defaultUrl"]
    words = {"REPOSITORY": "https%3A%2F%2Fexample.org%2Fhistory%2Ftrotsky-in-data"}
    for word, value in (words | {"BRANCH": "main", "COURSE": "trotsky-in-data"}).items():
        example = example.replace(word, value)
    assert example == real(monkeypatch).Spawner.default_url


def test_everything_that_is_worked_out_from_the_trial_is_up_to_date():
    for path, text in sizing.made(sizing.read()).items():
        stored = path.read_text(encoding="utf-8")
        assert stored == text, f"{path.name} has drifted: run python docs/hub/sizing.py"


def test_the_trial_has_a_class_of_24_that_finished():
    rows = sizing.read()
    assert {int(row["students"]) for row in rows} == {1, 8, 24}
    people = [row for row in rows if row["students"] == "24" and row["who"].startswith("student")]
    assert len(people) == 24
    for row in people:
        assert 0 < float(row["ready_s"]) < float(row["pulled_s"]) < float(row["finished_s"])
        assert (ROOT / row["lesson"]).is_file()


@pytest.mark.parametrize("course", sizing.COURSES, ids=lambda course: str(course.students))
def test_all_students_find_room(course):
    seen = sizing.figures(sizing.read())
    need = sizing.size(course, seen)
    assert need.nodes * need.on_a_node >= course.students
    assert need.on_a_node * need.guarantee <= course.node.gib * 1024
    assert need.on_a_node * need.cpu_guarantee <= course.node.cpus
    assert need.on_a_node <= 110
    assert seen.server + seen.kernel < need.guarantee < need.limit
    assert need.slowest <= sizing.PATIENCE
    values = read(SIZED[course.students])
    assert values["singleuser"]["memory"]["limit"] == f"{need.limit}M"
    assert values["hub"]["activeServerLimit"] >= course.students


def test_students_who_take_more_get_more():
    rows = sizing.read()
    heavy = [row | {"kernel_rss": str(3 * float(row["kernel_rss"]))} for row in rows]
    light, more = (sizing.size(sizing.COURSES[1], sizing.figures(one)) for one in (rows, heavy))
    assert more.guarantee > light.guarantee
    assert more.nodes > light.nodes


def test_a_trial_without_a_class_of_one_cannot_be_worked_out():
    rows = [row for row in sizing.read() if row["students"] != "1"]
    with pytest.raises(ValueError, match="expected 1 and a larger one: run make trial"):
        sizing.figures(rows)
    with pytest.raises(ValueError, match="put them back"):
        sizing.guide("no marks", sizing.read())
