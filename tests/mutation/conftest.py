"""Without mutmut, which only `make mutate` installs, the modules that need it are not collected."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("mutmut") else ["mutants.py", "code.py", "__main__.py"]
