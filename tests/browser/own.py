"""What JupyterLab itself breaks, as docs/accessibility.md lists it."""

import re

from lessons import ROOT

PAGE = ROOT / "docs" / "accessibility.md"


def explained() -> dict[str, str]:
    """Each rule that the page lists as broken by JupyterLab, with what the page says of it."""
    text = PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", text, flags=re.MULTILINE))
