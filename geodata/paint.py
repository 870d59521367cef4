"""What changes on a map from one look to the next: classes, words, selection; not the shapes.

Small on purpose: it travels at every change, the shapes only once, and the texts of areas in files of their own
(`texts_data`). Everything is in the order of the shapes, and every word arrives translated.
"""

from __future__ import annotations

import hashlib
import json
import math
import string
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import pandas as pd

from geodata.mapdata import MapGeometry
from geodata.palette import Palette

ALPHABET = string.digits + string.ascii_lowercase + string.ascii_uppercase  # as in web/paint.js
MOST_COLOURS = len(ALPHABET) - 1
PARTS = len(ALPHABET) ** 2 - 1  # the largest circle has this many parts of a radius


@dataclass(frozen=True)
class LegendEntry:
    """One row of a legend, in words."""

    label: str  # "High"
    level: int = 0  # 1..k; 0 for the kinds that have none
    kind: Literal["level", "no_data", "uncertain"] = "level"
    range: str = ""  # "14.3 – 72.1 %"
    note: str = ""  # "820 areas, 23 % of children"


@dataclass(frozen=True)
class Square:
    """The key of two measures in thirds: colour 1 is low in both, 3 far over, 7 far up, 9 high in both."""

    over: str  # what grows to the right
    up: str  # what grows upward
    corners: tuple[tuple[int, str], ...]  # (colour, words), from the top


@dataclass(frozen=True)
class Legend:
    """A legend, in words; entries are drawn from the top as they stand."""

    title: str
    entries: tuple[LegendEntry, ...]
    subtitle: str = ""  # unit and year
    note: str = ""  # small line under the classes
    side: Literal["left", "right"] = "left"
    ramp: tuple[tuple[float, str], ...] = ()  # (place 0–1, words) on a scale of all colours
    sizes: tuple[tuple[float, str], ...] = ()  # (part of the largest number, words), largest first
    square: Square | None = None


@dataclass(frozen=True)
class Tiles:
    """A background from the internet, where the reader asked for one."""

    url: str  # with {z}, {x} and {y}
    credit: str


@dataclass(frozen=True)
class MapPaint:
    """Everything drawn over the shapes, as data by `area_code`; areas without a level are "no data".

    Areas of the map that a Series does not name get no level, no name, no line in the tooltip.
    """

    levels: pd.Series  # 1..k or missing, by area_code: the colours of `palette.levels`
    names: pd.Series  # text by area_code
    palette: Palette
    legend: Legend
    tooltip: Mapping[str, pd.Series] = field(default_factory=dict)  # words on the left: text by area_code
    uncertain: frozenset[str] = frozenset()  # areas drawn with dots
    selected: str = ""
    labels: tuple[str, ...] = ()  # areas to name on the map, most important first
    circles: pd.Series | None = None  # numbers by area_code: draw circles instead of areas
    zoom_to_selected: bool = False
    units: pd.DataFrame | None = None  # `code` and `name` of the parent unit, by area_code
    tiles: Tiles | None = None


def paint_data(paint: MapPaint, geometry: MapGeometry, texts: bool = True) -> dict[str, Any]:
    """`paint` as the drawing script reads it, aligned with the features of `geometry`.

    texts : with names and lines of the tooltip; without, the page is told where it finds them (`texts_data`).
    """
    codes = list(geometry.codes)
    names = dict(zip(codes, _texts(paint.names, codes), strict=True)) if paint.labels else {}
    levels = paint.levels.reindex(codes)
    if len(paint.palette.levels) > MOST_COLOURS:
        raise ValueError("more colours than marks")
    if levels.dropna().gt(len(paint.palette.levels)).any() or levels.dropna().lt(1).any():
        raise ValueError("levels go from 1 to the number of colours")
    told: dict[str, Any] = {
        "kind": "areas" if paint.circles is None else "circles",
        "levels": "".join("0" if pd.isna(level) else ALPHABET[int(level)] for level in levels),
        "palette": asdict(paint.palette),
        "legend": asdict(paint.legend),
        "selected": paint.selected,
        "zoom_to_selected": paint.zoom_to_selected,
        "labels": [[code, names.get(code) or code] for code in paint.labels],
        "tiles": None if paint.tiles is None else asdict(paint.tiles),
    }
    if texts:
        told |= texts_data(geometry, paint.tooltip, paint.names, paint.units)
    if paint.uncertain:
        told["uncertain"] = "".join("1" if code in paint.uncertain else "0" for code in codes)
    if paint.circles is not None:
        told |= {"sizes": _packed_radii(paint.circles.reindex(codes)), "most_radius": _most_radius(len(codes))}
    told["id"] = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
    return told


def texts_data(
    geometry: MapGeometry,
    rows: Mapping[str, pd.Series],
    names: pd.Series | None = None,
    units: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """Texts of areas in the order of the shapes: names, lines of the tooltip, parent units; what is absent is left out."""
    codes = list(geometry.codes)
    told: dict[str, Any] = {"rows": [_row(label, _texts(values, codes)) for label, values in rows.items()]}
    if names is not None:
        told["names"] = _packed(_texts(names, codes))
    if units is not None:
        known = units[~units.index.duplicated()].reindex(codes)
        numbers, found = pd.factorize(known["code"])
        first = known.drop_duplicates("code").set_index("code")["name"]
        told["unit"] = [int(n) for n in numbers]
        told["units"] = _packed(["" if pd.isna(first.get(code)) else str(first.get(code)) for code in found])
    return told


def script_json(value: object) -> str:
    """JSON that is safe inside a script of a page: no tag, entity, line separator or template mark can begin in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text.replace("{{", "\\u007b{").replace("{%", "\\u007b%")  # only inside texts; folium reads them as its own


def largest(values: pd.Series, how_many: int = 10) -> tuple[str, ...]:
    """Codes of the areas with the largest values, largest first: those to name on a map."""
    present = values.dropna().sort_values(ascending=False, kind="stable")
    return tuple(str(code) for code in present.index[:how_many])


def round_sizes(most: float, how_many: int = 3) -> tuple[float, ...]:
    """Round numbers for the key of circles, largest first, each at most a quarter of the one before; none below 1."""
    found: list[float] = []
    limit = most
    while limit >= 1 and len(found) < how_many:
        power = 10.0 ** math.floor(math.log10(limit))
        found.append(max(step * power for step in (1, 2, 5) if step * power <= limit))
        limit = found[-1] / 4
    return tuple(found)


def _packed_radii(numbers: pd.Series) -> str:
    """Two letters per area: the radius in parts of the largest; the surface goes with the number."""
    sizes = pd.to_numeric(numbers).fillna(0.0).clip(lower=0.0)
    most = float(sizes.max()) or 1.0
    parts = (PARTS * (sizes / most) ** 0.5).round().astype(int)
    return "".join(ALPHABET[part // len(ALPHABET)] + ALPHABET[part % len(ALPHABET)] for part in parts)


def _most_radius(areas: int) -> int:
    """Pixels of the largest circle: smaller where there are many."""
    return 26 if areas <= 500 else 22


def _row(label: str, texts: list[str]) -> dict[str, object]:
    """A line of the tooltip; where texts repeat (names of levels) each is sent once, and one letter per area."""
    distinct = list(dict.fromkeys(texts))
    if len(distinct) > len(ALPHABET):
        return {"label": label, "texts": _packed(texts)}
    letter = dict(zip(distinct, ALPHABET, strict=False))
    return {"label": label, "texts": _packed(distinct), "at": "".join(letter[text] for text in texts)}


def _packed(texts: Sequence[str]) -> str:
    """Texts as one, parted by "|": quotation marks are escaped twice on the way and would double the size."""
    return "|".join(text.replace("|", "¦") for text in texts)


def _texts(values: pd.Series, codes: Sequence[str]) -> list[str]:
    """One text per code, "" where there is none."""
    aligned = values[~values.index.duplicated()].reindex(list(codes)).astype(object)
    return [str(value) for value in aligned.where(aligned.notna(), "").to_list()]
