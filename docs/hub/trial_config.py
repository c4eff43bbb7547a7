"""The hub of the simulated class: jupyterhub_config.py, with another login and another spawner.

Never use it for people: anybody who knows the one password is any student, and all students' code
runs under one account. trial.py starts it, in a folder that is gone afterwards.
"""

import os
from pathlib import Path

c = get_config()  # noqa: F821 - JupyterHub gives it
load_subconfig(str(Path(__file__).with_name("jupyterhub_config.py")))  # noqa: F821

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = os.environ["TRIAL_PASSWORD"]
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = os.environ["TRIAL_HOMES"] + "/{username}"
c.JupyterHub.hub_bind_url = os.environ["TRIAL_HUB"]
c.ConfigurableHTTPProxy.api_url = os.environ["TRIAL_PROXY"]
if os.getuid() == 0:  # nobody's server runs as root on a real hub
    c.Spawner.args = [*c.Spawner.args, "--allow-root"]
