"""The page on accessibility names what was really used, and lists the rules so that tests see."""

from importlib.metadata import version

from browser import axe
from browser.own import PAGE, explained


def test_the_page_names_the_versions_that_run():
    text = PAGE.read_text(encoding="utf-8")
    assert f"axe-core {axe.version()} stands" in text
    assert f"JupyterLab {version('jupyterlab').rpartition('.')[0]}," in text


def test_each_rule_is_explained():
    assert len(explained()) >= 5
    assert all(len(words.split()) >= 8 for words in explained().values())
