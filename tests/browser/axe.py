"""The rules of axe-core, run on a page, with what is ours told apart from what is JupyterLab's."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# What the course puts into JupyterLab's panel: outputs, and Markdown as it is shown.
OURS = ".jp-OutputArea-output, .jp-MarkdownOutput, .jp-RenderedMarkdown"

# Contrast takes longer than all other rules together: only texts that looks.js marks are measured.
_LOOKS = Path(__file__).with_name("looks.js").read_text(encoding="utf-8")
_ONLY_MARKED = """() => axe.configure({
  rules: [{id: "color-contrast", selector: "[data-look]"}],
})"""
_RUN = """async ({where, ours, rules}) => {
  const options = {resultTypes: ["violations"], elementRef: true, iframes: false};
  if (rules) options.runOnly = rules;
  const found = await axe.run(where ?? document, options);
  return found.violations.flatMap(rule => rule.nodes.map(node => ({
    rule: rule.id,
    ours: ours === null || Boolean(node.element.closest(ours)),
    help: rule.help,
    html: node.html.slice(0, 300),
  })));
}"""


@dataclass(frozen=True)
class Violation:
    """A rule that an element breaks: its name, its words, the element, and whether it is ours."""

    rule: str
    ours: bool
    help: str
    html: str


def violations(
    page: Page, where: str | None = None, ours: str | None = None, rules: list[str] | None = None
) -> list[Violation]:
    """Each element of a page that breaks a rule.

    where: a selector of the part to look at, else the whole page. ours: a selector; an element in
    what it matches is ours. Without it all are. rules: only these, else all that axe-core knows.
    """
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(_ONLY_MARKED)
    page.evaluate(_LOOKS)
    found = page.evaluate(_RUN, {"where": where, "ours": ours, "rules": rules})
    return [Violation(**one) for one in found]


def version() -> str:
    """The version of axe-core that the package holds."""
    return AXE_SCRIPT.split("axe v", 1)[1].split()[0]


def told(found: Iterable[Violation]) -> list[str]:
    """The violations in words, for a message of a test."""
    return [f"{one.rule}: {one.help}: {one.html}" for one in found]
