"""Exercises of lesson 41, His words."""

import pandas as pd

from helpers.exercise import Exercise, Slip
from helpers.tables import load
from helpers.words import distances, distinctive

_RUSSELL = "russell-bolshevism"
_LENIN = ("lenin", "lenin's")
_TROTSKY = ("trotsky", "trotsky's")
_WOMEN = ("women", "woman")
_GOLDMAN = "goldman-disillusionment"
# The books that the figure of the lesson shows beside hers.
_SHOWN = ("reed-ten-days", "october-brest", "our-revolution", "lenin-imperialism")


def _counts(*voices: str) -> pd.DataFrame:
    """The words of the chapters in which these voices speak, with text and author."""
    chapters = load("chapters")
    spoken = chapters.loc[chapters["voice"].isin(voices or ["author"]), ["chapter_id", "text_id"]]
    counts = load("word_counts").merge(spoken, on="chapter_id")
    return counts.merge(load("texts")[["text_id", "author"]], on="text_id")


def _his() -> pd.DataFrame:
    counts = _counts()
    return counts[counts["author"] == "Leon Trotsky"]


def _russells(*voices: str) -> pd.DataFrame:
    counts = _counts(*voices)
    return counts[counts["text_id"] == _RUSSELL]


def _count(counts: pd.DataFrame, tokens: tuple[str, ...]) -> int:
    return int(counts.loc[counts["token"].isin(tokens), "count"].sum())


def _rate(counts: pd.DataFrame, tokens: tuple[str, ...]) -> float:
    """How often these tokens stand in 1,000 words."""
    return 1000 * _count(counts, tokens) / int(counts["count"].sum())


def _rates_added(counts: pd.DataFrame, tokens: tuple[str, ...]) -> float:
    """The rates of the single texts, added up: what one must not do."""
    return sum(_rate(text, tokens) for _, text in counts.groupby("text_id"))


def _distinctive(counts: pd.DataFrame, text: str = "october-brest") -> list[str]:
    return list(distinctive(counts, text=text)["token"].head(5))


def _most_frequent() -> list[str]:
    counts = _counts()
    october = counts[counts["text_id"] == "october-brest"]
    return list(october.groupby("token")["count"].sum().sort_values().index[-5:])


def _by_distance() -> list[str]:
    """The texts in order of their distance from Goldman's book, itself first."""
    return list(distances(_counts())[_GOLDMAN].sort_values().index)


def _nearest_shown() -> str:
    """The nearest of the books that the figure shows."""
    return next(text for text in _by_distance() if text in _SHOWN)


EXERCISES = {
    "41.1": Exercise(
        task="Filter named by Russell's text_id and the name Lenin, and add up rate.",
        form="number",
        answer=lambda: _rate(_russells(), _LENIN),
        finding="Far more often than Trotsky, of whom he says that he saw little.",
        tolerance=0.006,
        slips=(
            Slip(
                lambda: _count(_russells(), _LENIN),
                "That is a count. Divide it by the words of his chapters, times 1,000.",
            ),
            Slip(
                lambda: _rate(_russells("author", "guest"), _LENIN),
                "You counted the chapter by his guest, Dora Black, too.",
            ),
            Slip(
                lambda: _rate(_russells(), _TROTSKY),
                "That is the rate of Trotsky. The task asks for Lenin.",
            ),
            Slip(
                lambda: _rate(_russells(), _LENIN[:1]),
                "The token with 's is missing. Use the column name, which has both.",
            ),
        ),
    ),
    "41.2": Exercise(
        task="Filter his by the two tokens, add up count, divide by all words, times 1,000.",
        form="number",
        answer=lambda: _rate(_his(), _WOMEN),
        finding="Goldman's rate is far higher. Some women may hide in his workers and people.",
        tolerance=0.005,
        slips=(
            Slip(
                lambda: _count(_his(), _WOMEN),
                "That is a count. Divide it by the sum of count in all of his, times 1,000.",
            ),
            Slip(
                lambda: _rate(_his(), _WOMEN[:1]),
                "That is women alone. Put both words into the list.",
            ),
            Slip(
                lambda: _rate(_counts(), _WOMEN),
                "That is the rate in all texts. Use his, which has only Trotsky's.",
            ),
            Slip(
                lambda: _rates_added(_his(), _WOMEN),
                "You added up the rates of four books. Add up the counts, then divide once.",
            ),
        ),
    ),
    "41.3": Exercise(
        task="Give distinctive the table counts and text=..., and take the first five tokens.",
        form="names",
        answer=lambda: _distinctive(_counts()),
        finding="A place, a we, a government, talks, and even the: subject, side and translation.",
        slips=(
            Slip(
                lambda: _distinctive(_his()),
                "You compared with his own books only. Use counts, which holds all texts.",
            ),
            Slip(
                _most_frequent,
                "Those are its most frequent words, and every text has them. Use distinctive.",
            ),
            Slip(
                lambda: _distinctive(_counts(), "dictatorship-democracy"),
                "Those are the words of another book. Set text to the right text_id.",
            ),
        ),
    ),
    "41.4": Exercise(
        task="Sort the column of by_book from small to large; the first is the text itself.",
        form="text",
        answer=lambda: _by_distance()[1],
        finding="Two visitors who tell what they saw: the kind of text again.",
        slips=(
            Slip(
                lambda: _by_distance()[0],
                "That is the text itself: at no distance. Take the next one.",
            ),
            Slip(
                _nearest_shown,
                "That is the nearest in the figure, which shows nine. One of the others is nearer.",
            ),
            Slip(
                lambda: _by_distance()[-1],
                "That is the farthest. A small distance means near.",
            ),
        ),
    ),
}
