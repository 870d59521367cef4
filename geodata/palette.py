"""The colours of maps: levels, no data, selection, ink and paper, for light, dark and photocopied pages.

The colours of levels come from `riskmodel.colours`, where the sheet takes them too: a colour means one thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from riskmodel.colours import PHOTOCOPY, Measure, level_colours

Theme = Literal["light", "dark", "photocopy"]

# matplotlib's hatch marks, one per level: denser is higher. The lowest stays plain.
HATCHES: dict[int, tuple[str, ...]] = {
    1: ("....",),
    2: ("", "xxxx"),
    3: ("", "....", "xxxx"),
    4: ("", "...", "ooo", "xxxx"),
    5: ("", "...", "+++", "ooo", "xxxx"),
}


@dataclass(frozen=True)
class Palette:
    """Colours of one kind of map on one kind of page, as `#RRGGBB`."""

    levels: tuple[str, ...]  # (k,) lowest level first
    no_data: str
    no_data_line: str  # the diagonal hatch over `no_data`
    accent: str  # selection
    paper: str
    panel: str
    ink: str
    quiet: str  # secondary text
    line: str  # rules and frames
    parent_line: str
    area_line: str
    land: str  # areas in a map that is about one of them
    hatches: tuple[str, ...] = ()  # (k,) for the photocopier; empty in colour


def palette(k: int = 3, measure: Measure = "area_risk", theme: Theme = "light") -> Palette:
    """The whole palette of a map with k levels."""
    colours = level_colours(k, measure)
    if theme == "photocopy":
        return Palette(
            PHOTOCOPY[k], "#FFFFFF", "#9A9A9A", "#000000", "#FFFFFF", "#FFFFFF", "#000000", "#444444", "#BBBBBB",
            "#000000", "#FFFFFF", "#E6E6E6", HATCHES[k],
        )  # fmt: skip
    if theme == "dark":
        return Palette(
            colours, "#3A4146", "#596269", "#5FB7C1", "#14181B", "#1C2226", "#E8E6E1", "#A3ADB2", "#343C41",
            "#E8E6E1", "#A3ADB2", "#343C41",
        )  # fmt: skip
    return Palette(
        colours, "#D3D3CE", "#A9A9A2", "#0B5C66", "#FBFAF7", "#FFFFFF", "#1F2A30", "#5B676E", "#DAD9D3",
        "#5B676E", "#FBFAF7", "#E9E8E3",
    )  # fmt: skip


def lightness(colour: str) -> float:
    """CIE 1976 L* (0 black, 100 white) of an sRGB colour under D65."""
    luminance = _luminance(colour)
    return 116 * luminance ** (1 / 3) - 16 if luminance > 216 / 24389 else luminance * 24389 / 27


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two sRGB colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
