"""The stored outputs of a lesson, made fit for a web page.

Pictures become files, so that a page stays small; tables get headers that a screen reader can
use, and scroll by themselves when the screen is narrow.
"""

import re
from base64 import b64decode
from hashlib import sha256

from bs4 import BeautifulSoup, Tag

_PICTURE = re.compile(r'src="data:image/png;base64,([^"]+)"')


def mended(html: str, label: str) -> tuple[str, dict[str, bytes]]:
    """The HTML of an output with its pictures as files, and these files by name.

    label: what a screen reader calls the tables in it.
    """
    pictures: dict[str, bytes] = {}

    def as_file(found: re.Match[str]) -> str:
        png = b64decode(found[1])
        name = f"{sha256(png).hexdigest()[:16]}.png"
        pictures[name] = png
        width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
        return f'src="figures/{name}" width="{width}" height="{height}" loading="lazy"'

    html = _PICTURE.sub(as_file, html)
    if "<table" in html:
        html = _with_headers(html, label)
    return html, pictures


def _with_headers(html: str, label: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for style in soup.find_all("style"):
        style.decompose()
    for table in soup.find_all("table"):
        del table["border"]
        for head in table.find_all("th"):
            _mend_header(head)
        table.wrap(
            soup.new_tag(
                "div",
                attrs={"class": "scrolls", "tabindex": "0", "role": "region", "aria-label": label},
            )
        )
    return str(soup)


def _mend_header(head: Tag) -> None:
    """An empty header becomes a cell; any other says what it is the header of."""
    if not head.get_text(strip=True):
        head.name = "td"
        return
    in_head = head.find_parent("thead") is not None
    across, down = ("colgroup" if "colspan" in head.attrs else "col"), "row"
    if "rowspan" in head.attrs:
        down = "rowgroup"
    head["scope"] = across if in_head else down
