"""The colours of maps: levels, no data, selection, ink and paper, for light, dark and photocopied pages.

The colours of levels come from `riskmodel.colours`, where the sheet takes them too: a colour means one thing. What has
no order gets a grey and a mark of its own for the photocopier, so that it means one thing there too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from riskmodel.colours import (
    BIVARIATE_COLOURS,
    CATEGORY_COLOURS,
    CLUSTER_COLOURS,
    DIFFERENCE_COLOURS,
    OTHER_CATEGORY,
    PHOTOCOPY,
    PLAIN,
    Measure,
    level_colours,
)

Theme = Literal["light", "dark", "photocopy"]

# matplotlib's hatch marks, one per level: denser is higher. The lowest stays plain.
HATCHES: dict[int, tuple[str, ...]] = {
    1: ("....",),
    2: ("", "xxxx"),
    3: ("", "....", "xxxx"),
    4: ("", "...", "ooo", "xxxx"),
    5: ("", "...", "+++", "ooo", "xxxx"),
}
# Grey and mark of colours without order. Diagonals are left to "no data".
COPIES: dict[str, tuple[str, str]] = {
    **dict(zip(CATEGORY_COLOURS, (("#4D4D4D", ""), ("#FFFFFF", "xxxx"), ("#CCCCCC", "...."), ("#FFFFFF", "+++"), ("#E0E0E0", "---")), strict=True)),
    OTHER_CATEGORY: ("#DDDDDD", ""),
    PLAIN: ("#FFFFFF", ""),
    **{CLUSTER_COLOURS[kind]: copy for kind, copy in (
        ("high-high", ("#4D4D4D", "")), ("high-low", ("#9A9A9A", "+++")), ("low-high", ("#FFFFFF", "ooo")), ("low-low", ("#CCCCCC", "...."))
    )},
    # below dotted, above plain; the greener and browner the darker
    **dict(zip(DIFFERENCE_COLOURS, (("#CCCCCC", "...."), ("#FFFFFF", "...."), ("#FFFFFF", ""), ("#BDBDBD", ""), ("#4D4D4D", "")), strict=True)),
    # more children: denser marks; more risk: darker
    **{colour: (grey, mark) for colour, (grey, mark) in zip(
        BIVARIATE_COLOURS, ((grey, mark) for grey in ("#F7F7F7", "#BDBDBD", "#7A7A7A") for mark in ("", "....", "xxxx")), strict=True
    )},
}  # fmt: skip


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
            "#000000", "#B0B0B0", "#E6E6E6", HATCHES[k],
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


def painted(base: Palette, colours: Sequence[str]) -> Palette:
    """The palette with other colours in place of its levels, as that kind of page shows them.

    On a photocopy (a base with hatches) colours without order get their own grey and mark, up to five in order those of
    levels, more than five a scale of greys. On any other page plain land is as dark or light as the page's own.
    """
    if not base.hatches:
        return replace(base, levels=tuple(base.land if colour == PLAIN else colour for colour in colours))
    if all(colour in COPIES for colour in colours):
        greys, marks = zip(*(COPIES[colour] for colour in colours), strict=True)
        return replace(base, levels=greys, hatches=marks)
    n = len(colours)
    if n in PHOTOCOPY:
        return replace(base, levels=PHOTOCOPY[n], hatches=HATCHES[n])
    scale = [round(0xF5 + (0x30 - 0xF5) * i / (n - 1)) for i in range(n)]
    return replace(base, levels=tuple(f"#{v:02X}{v:02X}{v:02X}" for v in scale), hatches=("",) * n)


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
