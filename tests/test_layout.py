"""Settings and layout of JupyterLab: where they are, and that they stand aside from other work."""

import json
import re
import sys
from pathlib import Path

import pytest
from lessons import ROOT


@pytest.fixture
def folder() -> Path:
    """Where JupyterLab keeps what it is installed with."""
    from jupyterlab.commands import get_app_dir

    return Path(get_app_dir())


def test_the_layout_stands_aside_where_no_lesson_is_opened():
    """It is installed with the helpers, also where somebody works at something else."""
    code = (ROOT / "docs" / "labextension" / "layout.js").read_text(encoding="utf-8")
    lesson = re.compile(re.search(r"LESSON = /(.+)/;", code)[1])
    for path in ("notebooks/00-start-here.ipynb", "trotsky/notebooks/3-exile/32-the-circle.ipynb"):
        assert lesson.search(path)
        assert lesson.search(path)[1].endswith("notebooks/")
    for path in ("", "README.md", "notebooks/course-map.md", "analysis/12-plot.ipynb"):
        assert not lesson.search(path)


SETTINGS = json.loads((ROOT / "docs" / "jupyterlab.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("plugin", SETTINGS)
def test_every_setting_is_one_that_jupyterlab_knows(plugin, folder):
    package, _, name = plugin.partition(":")
    schema = json.loads((folder / "schemas" / package / f"{name}.json").read_text(encoding="utf-8"))
    assert set(SETTINGS[plugin]) <= set(schema["properties"])


def test_settings_and_layout_are_where_jupyterlab_looks_for_them(folder):
    settings = folder / "settings" / "overrides.d" / "trotsky-in-data.json"
    assert json.loads(settings.read_text(encoding="utf-8")) == SETTINGS
    installed = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / "trotsky-in-data"
    for source in (ROOT / "docs" / "labextension").iterdir():
        assert (installed / source.name).read_bytes() == source.read_bytes(), "run make"
