"""How colours are seen: by readers with any common colour blindness, and how far they differ."""

from itertools import combinations

import numpy as np
from matplotlib.colors import to_rgb

# Machado, Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of Color
# Vision Deficiency", https://doi.org/10.1109/TVCG.2009.113, severity 1.0, on linear light.
VISIONS = {
    "full sight": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
_XYZ = np.array(  # of linear sRGB, for the white of daylight (IEC 61966-2-1)
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def lab(colour: str, vision: str = "full sight") -> np.ndarray:
    """A colour in CIE Lab, as a reader sees it."""
    channels = np.array(to_rgb(colour))
    light = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    xyz = _XYZ @ np.clip(VISIONS[vision] @ light, 0, 1) / _WHITE
    part = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * part[1] - 16, 500 * (part[0] - part[1]), 200 * (part[1] - part[2])])


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """CIEDE2000 between two colours in Lab, as Sharma, Wu and Dalal (2005) write it.

    https://doi.org/10.1002/col.20070, equations 2 to 22.
    """
    mean = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean**7 / (mean**7 + 25**7))
    a1, a2 = one[1] * stretch, other[1] * stretch
    c1, c2 = np.hypot(a1, one[2]), np.hypot(a2, other[2])
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, one[2]), (a2, other[2])))
    light, chroma = (one[0] + other[0]) / 2, (c1 + c2) / 2
    turn = 0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    far = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    wave = 1 + sum(size * np.cos(np.radians(times * hue + by)) for size, times, by in waves)
    weight_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    parts = (
        (other[0] - one[0]) / weight_light,
        (c2 - c1) / (1 + 0.045 * chroma),
        far / (1 + 0.015 * chroma * wave),
    )
    bend = 60 * np.exp(-(((hue - 275) / 25) ** 2))
    twist = -2 * np.sqrt(chroma**7 / (chroma**7 + 25**7)) * np.sin(np.radians(bend))
    return float(np.sqrt(sum(part**2 for part in parts) + twist * parts[1] * parts[2]))


def nearest(colours: list[str]) -> tuple[float, str, str, str]:
    """The two colours that are hardest to tell apart: how far, in which vision, which."""
    return min(
        (distance(lab(one, vision), lab(other, vision)), vision, one, other)
        for vision in VISIONS
        for one, other in combinations(colours, 2)
    )
