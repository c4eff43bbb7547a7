"""The colours and forms of the course's figures, and how far two colours stand apart in light.

The eight colours of CYCLE were chosen for this course by a search. Each has a contrast of 3:1 or
more with white paper and with the land and water of maps. Any two of them differ by 12 or more
(CIEDE2000) for readers with full sight, protanopia, deuteranopia or tritanopia, as Machado,
Oliveira and Fernandes (2009, https://doi.org/10.1109/TVCG.2009.113) simulate them. The tests
compute both. No colour stands alone: a form goes with it, which is seen in a grey print too.
"""

PALETTE = {
    "ink": "#222222",
    "grey": "#636363",  # words of less weight
    "light": "#d9d9d9",  # lines that only lead the eye
    "land": "#f5f2ea",
    "water": "#e3edf3",
    "shore": "#7f9fb0",
    "blue": "#2f5fc4",
    "ochre": "#bf751f",
    "green": "#2a6043",
    "brick": "#7a1f12",
    "mauve": "#8a4a80",
    "teal": "#2991ae",
    "indigo": "#2e1550",
    "ash": "#797979",
}
CYCLE = ("blue", "ochre", "green", "brick", "mauve", "teal", "indigo", "ash")

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*", "<", "p", ">", "d")
HATCHES = ("", "///", "...", "\\\\\\", "xxx", "---", "ooo", "+++", "|||", "//..", "OO", "**")
DASHES = ("-", "--", ":", "-.", (0, (6, 1, 1, 1, 1, 1)), (0, (1, 4)), (0, (10, 4)), (0, (3, 5)))

_TINT = 0.3  # of the colour; the rest is white


def contrast(one: str, other: str) -> float:
    """How far two colours (#rrggbb) stand apart in light, from 1 to 21.

    The formula of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def ink_on(background: str) -> str:
    """Black or white, whichever can be read better on this colour: 4.5:1 or more on any."""
    return max(("#ffffff", "#000000"), key=lambda ink: contrast(ink, background))


def tint(colour: str, part: float = _TINT) -> str:
    """The colour mixed with white, as a solid colour."""
    mixed = [round(255 - part * (255 - one)) for one in _channels(colour)]
    return "#" + "".join(f"{one:02x}" for one in mixed)


def _luminance(colour: str) -> float:
    shares = [one / 255 for one in _channels(colour)]
    light = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(part * one for part, one in zip((0.2126, 0.7152, 0.0722), light, strict=True))


def _channels(colour: str) -> list[int]:
    """Red, green and blue, 0 to 255."""
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
