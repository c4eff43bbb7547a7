"""JupyterHub for a class on one machine. README.md beside this file explains every choice.

What differs from place to place comes from the environment:

COURSE_REPOSITORY  address of the git repository of the course (required)
COURSE_BRANCH      its branch; main if it is not set
HUB_ADDRESS        where the hub listens; http://127.0.0.1:8000 if it is not set
HUB_CERTIFICATE, HUB_KEY  files for https
HUB_SPAWNER        systemd, to hold memory and processor of each student; localprocess if not set
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlencode

ENVIRONMENT = Path(sys.prefix)
FIRST = "notebooks/00-start-here.ipynb"
HOUR = 3600

repository = os.environ.get("COURSE_REPOSITORY", "").rstrip("/").removesuffix(".git")
if not repository:
    sys.exit(
        "COURSE_REPOSITORY is not set. Give the address from which students get the course, "
        "for example: export COURSE_REPOSITORY=https://github.com/OWNER/REPOSITORY"
    )
course = repository.rsplit("/", 1)[-1]
pull = {
    "repo": repository,
    "branch": os.environ.get("COURSE_BRANCH") or "main",
    "urlpath": f"lab/tree/{course}/{FIRST}",
}

c = get_config()  # noqa: F821 - JupyterHub gives it

# Where the hub listens, and its front door.
c.JupyterHub.bind_url = os.environ.get("HUB_ADDRESS") or "http://127.0.0.1:8000"
c.JupyterHub.ssl_cert = os.environ.get("HUB_CERTIFICATE", "")
c.JupyterHub.ssl_key = os.environ.get("HUB_KEY", "")
c.ConfigurableHTTPProxy.command = [
    str(ENVIRONMENT / "node_modules" / ".bin" / "configurable-http-proxy")
]

# Who may come in: accounts of this machine, in one of two groups of this machine.
c.JupyterHub.authenticator_class = "pam"
c.LocalAuthenticator.allowed_groups = {"students", "teachers"}
c.LocalAuthenticator.admin_groups = {"teachers"}

# Each student's server runs under the student's own account, in the environment of the course.
c.JupyterHub.spawner_class = os.environ.get("HUB_SPAWNER") or "localprocess"
c.Spawner.cmd = [str(Path(__file__).with_name("student-server")), str(ENVIRONMENT)]
# Only the systemd spawner holds a student to these two.
c.Spawner.mem_limit = "1G"
c.Spawner.cpu_limit = 1.0
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.isolate_devices = True
c.Spawner.environment = {
    "PATH": f"{ENVIRONMENT / 'bin'}:/usr/local/bin:/usr/bin:/bin",
    "OPENBLAS_NUM_THREADS": "1",  # a class shares the processors
    "NBGITPULLER_APP": "lab",
}
# A class starts at once: the last server of many may wait for its turn.
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 180

# The page after login: bring the course up to date, then open lesson 00.
c.Spawner.default_url = f"/git-pull?{urlencode(pull)}"

# Memory comes back: kernels that no browser shows, then servers that nobody uses.
c.Spawner.args = [
    f"--MappingKernelManager.cull_idle_timeout={HOUR // 2}",
    "--MappingKernelManager.cull_interval=300",
]
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={2 * HOUR}"],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]
