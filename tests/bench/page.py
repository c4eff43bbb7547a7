"""The table of docs/speed.md, written from docs/bench.json."""

from pathlib import Path

from lessons import ROOT

from bench import table

PAGE = ROOT / "docs" / "speed.md"
STORED = ROOT / "docs" / "bench.json"
START, END = "<!-- measured: written by make bench STORE=1 -->", "<!-- end -->"


def filled(text: str, stored: Path = STORED) -> str:
    """The page with the table of the stored run between its two marks."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    about, rows = table.read(stored)
    if not rows:
        return f"{before}{START}\n\nNo run is stored.\n\n{END}{after}"
    circumstances: dict[str, list[str]] = {}
    for part, facts in about.items():
        said = "; ".join(f"{name}: {value}" for name, value in facts.items())
        circumstances.setdefault(said, []).append(part)
    lines = [f"- {', '.join(names)}: {said}" for said, names in circumstances.items()]
    return f"{before}{START}\n\n{table.render(rows)}\n\n" + "\n".join(lines) + f"\n\n{END}{after}"


def write() -> None:
    """Write the table into the page."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(filled(text), encoding="utf-8", newline="\n")
