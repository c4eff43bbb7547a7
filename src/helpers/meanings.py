"""What colours mean: the same condition, party or answer looks the same in every figure.

Each family of values has colours and forms of its own, so that no two of its values look alike; a
value that stands in several families looks the same in all. Colours group what belongs together:
green is at home, blue abroad, indigo and brick under guard, ochre in power. No side of a conflict
has the red of warnings: the palette holds none.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import cycle
from typing import Any

from helpers.palette import CYCLE, PALETTE

# The colour of each value, and the number of its form (marker, hatching or dashes).
FAMILIES: dict[str, dict[str, tuple[str, int]]] = {
    "conditions of a stay": {
        "emigre": ("blue", 0),
        "prison": ("indigo", 1),
        "journey": ("ash", 2),
        "internal exile": ("brick", 3),
        "home": ("green", 4),
        "office": ("ochre", 5),
        "hiding": ("mauve", 6),
        "asylum": ("teal", 7),
        "school": ("green", 8),
        "front": ("ochre", 9),
        "internment": ("indigo", 10),
        "hospital": ("teal", 11),
    },
    "parts of the life": {
        "early life": ("green", 0),
        "revolution": ("ochre", 1),
        "exile": ("blue", 2),
        "legacy": ("indigo", 3),
    },
    "categories of events": {
        "writing": ("blue", 0),
        "prison": ("indigo", 1),
        "journey": ("ash", 2),
        "expulsion": ("brick", 3),
        "organising": ("teal", 4),
        "office": ("ochre", 5),
        "meeting": ("mauve", 6),
        "context": ("green", 7),
        "war": ("brick", 8),
        "family": ("green", 9),
        "education": ("blue", 10),
        "trial": ("indigo", 11),
        "attack": ("mauve", 3),
        "death": ("ash", 0),
        "memory": ("teal", 1),
    },
    "parties": {
        "bolshevik": ("brick", 0),
        "socialist revolutionary": ("green", 1),
        "menshevik": ("mauve", 2),
        "kadet": ("blue", 3),
        "left socialist revolutionary": ("teal", 4),
        "ukrainian socialist revolutionary": ("ochre", 5),
        "left opposition": ("indigo", 6),
        "united opposition": ("ash", 7),
    },
    "votes": {
        "for": ("blue", 0),
        "against": ("ochre", 1),
        "abstained": ("ash", 2),
        "absent": ("indigo", 3),
    },
    "verdicts": {
        "supported": ("blue", 0),
        "imprecise": ("teal", 1),
        "contested": ("mauve", 2),
        "contradicted": ("ochre", 3),
        "interpretation": ("ash", 4),
        "cannot tell": ("indigo", 5),
    },
    "standings": {
        "well attested": ("blue", 0),
        "attested": ("teal", 1),
        "contested": ("mauve", 2),
        "unattested": ("ash", 3),
    },
    "stances": {
        "favourable": ("blue", 0),
        "mixed": ("ash", 1),
        "critical": ("ochre", 2),
    },
    "fates": {
        "natural": ("blue", 0),
        "executed": ("brick", 1),
        "murdered": ("indigo", 2),
        "suicide": ("mauve", 3),
        "died in custody": ("ochre", 4),
        "killed in war": ("green", 5),
        "accident": ("teal", 6),
        "unknown": ("ash", 7),
    },
    "ends of a life": {
        "killed": ("indigo", 0),
        "outlived 1953": ("blue", 1),
        "other death": ("teal", 2),
        "not known": ("ash", 3),
    },
    "bounds": {
        "at least": ("blue", 0),
        "at most": ("ochre", 1),
    },
    "splits": {
        "split": ("brick", 0),
        "fusion": ("blue", 1),
        "renaming": ("ash", 2),
        "section": ("green", 3),
    },
    "answers to a request for asylum": {
        "granted": ("blue", 0),
        "granted with conditions": ("teal", 1),
        "no answer": ("ash", 2),
        "refused": ("indigo", 3),
        "withdrawn": ("brick", 4),
    },
    "people": {
        "trotsky": ("blue", 0),
        "lenin": ("brick", 1),
        "stalin": ("ash", 2),
        "kamenev": ("green", 3),
        "zinoviev": ("ochre", 4),
        "bukharin": ("mauve", 5),
        "rykov": ("teal", 6),
        "sedova": ("indigo", 7),
    },
    "towns of the youth": {
        "yanovka": ("green", 0),
        "odessa": ("blue", 1),
        "nikolaev": ("ochre", 2),
    },
}

# Other words for the same values: plurals, full names, names of columns.
_ALIASES = {
    "in favour": "for",
    "bolsheviks": "bolshevik",
    "mensheviks": "menshevik",
    "kadets": "kadet",
    "socialist revolutionaries": "socialist revolutionary",
    "left socialist revolutionaries": "left socialist revolutionary",
    "ukrainian socialist revolutionaries": "ukrainian socialist revolutionary",
    "leon trotsky": "trotsky",
    "vladimir lenin": "lenin",
    "joseph stalin": "stalin",
    "lev kamenev": "kamenev",
    "grigory zinoviev": "zinoviev",
    "nikolai bukharin": "bukharin",
    "aleksei rykov": "rykov",
    "natalia sedova": "sedova",
}


def meaning(value: object) -> tuple[str, int] | None:
    """The colour's name and the number of the form that this value has everywhere, if it has any.

    >>> meaning("internal-exile")
    ('brick', 3)
    """
    name = _key(value)
    return next((family[name] for family in FAMILIES.values() if name in family), None)


def family_colours(values: Iterable[Any]) -> list[str]:
    """The colours of these values where all of them belong to one family; else nothing.

    >>> family_colours(["supported", "contested"])
    ['#2f5fc4', '#8a4a80']
    >>> family_colours(["supported", "Odessa"])
    []
    """
    names = [str(value) for value in values]
    keys = {_key(name) for name in names}
    if len(keys) < 2 or not any(keys <= family.keys() for family in FAMILIES.values()):
        return []
    return [PALETTE[meaning(name)[0]] for name in names]


def looks(values: Iterable[Any], forms: tuple[Any, ...]) -> dict[str, tuple[str, Any]]:
    """Colour and form (marker, hatching or dashes) of each different value.

    A value with a meaning looks as it always does. The others take the colours and the forms that
    no other value of this figure has, in order.
    """
    different = list(dict.fromkeys(str(value) for value in values))
    taken: dict[str, tuple[str, int]] = {}
    for value in different:
        if known := meaning(value):
            pair = known[0], known[1] % len(forms)
            if pair not in taken.values():
                taken[value] = pair
    rest = _free(list(taken.values()), len(forms))
    chosen = {value: taken.get(value) or next(rest) for value in different}
    return {value: (PALETTE[colour], forms[form]) for value, (colour, form) in chosen.items()}


def _key(value: object) -> str:
    """The value as FAMILIES has it."""
    name = re.sub("[-_ ]+", " ", str(value)).lower()
    return _ALIASES.get(name, name)


def _free(taken: list[tuple[str, int]], forms: int) -> Iterator[tuple[str, int]]:
    """Pairs of colour and form that are not taken: those with both unused come first."""
    colours = [one for one in CYCLE if one not in {colour for colour, _ in taken}]
    numbers = [one for one in range(forms) if one not in {form for _, form in taken}]
    shifted = [
        (CYCLE[(form + shift) % len(CYCLE)], form)
        for shift in range(len(CYCLE))
        for form in range(forms)
    ]
    pairs = dict.fromkeys([*zip(colours, numbers, strict=False), *shifted])
    return cycle([pair for pair in pairs if pair not in taken])
