"""A lesson that every gate lets pass. Tests break it in one place and see that a gate says so."""

from copy import deepcopy

from lessons import NOTEBOOKS, Lesson
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

RECORD_LINK = "../9-the-record/91-early-life.md"
ABOUT = {
    "number": "11",
    "title": "A lesson",
    "question": "Is it right?",
    "history": "a life",
    "data": "a table",
    "thinking": "a doubt",
    "minutes": 30,
    "exercise_minutes": 10,
    "needs": ["lesson 00"],
    "tables": ["events"],
    "teaches": ["timeline", "bars", "check"],
    "sources": [
        "trotsky-1930-my-life",
        "ziv-1921",
        "eastman-1925-portrait",
        "deutscher-1954-armed",
        "broue-1988",
        "cliff-1989-october",
        "volkogonov-1996",
        "chernyavsky-2010-trotsky",
    ],
}
OPENING = """# 11 A lesson

**Is it right?**

- **History:** a life
- **Data:** a table
- **Thinking:** a doubt
- **Minutes:** 30 in all, 10 of them exercises
- **You need:** lesson 00
- **Data used:** events
"""
SECTIONS = """## The story · 20 min
{words}
## Your turn · 10 min
Try these before you read on. `check` answers, `timeline` and `bars` draw.

**Open question.** Which witness do you trust, and why?

<details>
<summary>A model answer</summary>

Both witnesses were there on that day. One wrote soon after it, and the other wrote thirty years
later for his defence. So the first is the better witness of the day itself, and the second of what
it came to mean.

</details>

## Think like a historian

Deutscher and Cliff follow the memoir. Volkogonov doubts it.

*For discussion:* Who wrote this, and for whom?
## What you found
A doubt that is shown is no error.
## Words to know
A cell is a box of code.

New names of Python:

- `check` answers an exercise; `timeline` and `bars` draw.
## Sources
Trotsky, *My Life*; Ziv; Eastman; Deutscher; Broué; Cliff; Volkogonov; Chernyavsky.
## Where next
Go on to the next lesson.
"""
FIGURE = (
    '<figure>\n<img alt="A finding. Timeline of 9 events from birth to London." '
    'src="data:image/png;base64,AA==">\n<figcaption>Look at the open markers here.</figcaption>'
    "\n</figure>"
)


def good_lesson() -> Lesson:
    """A small lesson 11: nine code cells, four of them exercises and five of them figures."""
    notebook = new_notebook(metadata={"lesson": deepcopy(ABOUT)})
    words = "A plain sentence of seven short words. " * 90
    notebook.cells = [new_markdown_cell(OPENING), new_markdown_cell(SECTIONS.format(words=words))]
    for number in range(1, 10):
        code = "timeline(events)" if number <= 7 else "bars(counts)"
        code = f'check("11.{number}", ...)' if number <= 4 else code
        said = f"11.{number}: not tried yet. Put your answer in place of the three dots.\n"
        figure = new_output("display_data", {"text/html": FIGURE})
        outputs = [new_output("stream", text=said) if number <= 4 else figure]
        notebook.cells += [
            new_markdown_cell(f"Born on [7 November 1879]({RECORD_LINK}#birth-1879)."),
            new_code_cell(code, execution_count=number, outputs=outputs),
        ]
    return Lesson(NOTEBOOKS / "1-early-life" / "11-a-lesson.ipynb", notebook)
