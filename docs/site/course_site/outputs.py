"""The stored outputs of a lesson, made fit for a web page.

Pictures become files, so that a page stays small; tables get headers that a screen reader can
use, and scroll by themselves when the screen is narrow.
"""

import re
from base64 import b64decode
from hashlib import sha256

from bs4 import BeautifulSoup, Tag

_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+ ?%?|NaN|<NA>|")
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
        _mark_numbers(table)
        for head in table.find_all("th"):
            _mend_header(head)
        table.wrap(
            soup.new_tag(
                "div",
                attrs={"class": "scrolls", "tabindex": "0", "role": "region", "aria-label": label},
            )
        )
    return str(soup)


def _mark_numbers(table: Tag) -> None:
    """Give the cells of each column that holds only numbers the class ``number``.

    Columns are counted from the right: a row under a header of several rows lacks cells at its
    left.
    """
    body = [row.find_all(["th", "td"]) for row in table.select("tbody tr")]
    heads = [row.find_all(["th", "td"]) for row in table.select("thead tr")]
    if not body or not heads:
        return
    for column in range(1, min(map(len, body)) + 1):
        cells = [row[-column] for row in body]
        if all(_NUMBER.fullmatch(cell.get_text(strip=True)) for cell in cells):
            whole = [row[-column] for row in heads if len(row) == max(map(len, body))]
            for cell in [*cells, *whole]:
                cell["class"] = "number"


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
