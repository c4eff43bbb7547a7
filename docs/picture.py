"""Write the picture of the README and its words: the first figure of lesson 00, as stored there.

python docs/picture.py
"""

import base64
import html
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LESSON = ROOT / "notebooks" / "00-start-here.ipynb"
PICTURE = ROOT / "docs" / "timeline.png"
README = ROOT / "README.md"


def first_figure() -> tuple[bytes, str]:
    """The picture and the alternative text of the first figure of the lesson."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    pages = [
        "".join(output["data"]["text/html"])
        for cell in cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    page = next(page for page in pages if "<figure" in page)
    picture = re.search(r"base64,([^\"]+)", page)[1]
    return base64.b64decode(picture), html.unescape(re.search(r'alt="([^"]*)"', page)[1])


if __name__ == "__main__":
    png, alt = first_figure()
    PICTURE.write_bytes(png)
    text = README.read_text(encoding="utf-8")
    text = re.sub(r"!\[.*?\]\(docs/timeline\.png\)", lambda _: f"![{alt}](docs/timeline.png)", text)
    README.write_text(text, encoding="utf-8", newline="\n")
    print(PICTURE.relative_to(ROOT), README.relative_to(ROOT), sep="\n")
