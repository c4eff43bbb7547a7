"""Lists from A to Z."""

from collections.abc import Iterable
from itertools import groupby

from course_site.markup import contents, heading, items, link, text
from course_site.names import letter, sort_key

Entry = tuple[str, str, str]  # the words, the page (with ``#anchor`` or without), and a remark


def alphabet(entries: Iterable[Entry]) -> str:
    """Entries under their letters, each a link with its remark, and the letters to jump to."""
    ordered = sorted(entries, key=lambda entry: (letter(entry[0]) == "0-9", sort_key(entry[0])))
    parts = []
    for first, group in groupby(ordered, key=lambda entry: letter(entry[0])):
        parts.append(heading(2, first, f"letter-{first.lower()}") + items(map(_line, group)))
    listed = "\n".join(parts)
    return f'{contents(listed)}<div class="alphabet">\n{listed}\n</div>'


def _line(entry: Entry) -> str:
    words, page, remark = entry
    name, _, anchor = page.partition("#")
    return " ".join(filter(None, [link(name, words, anchor), text(remark)]))
