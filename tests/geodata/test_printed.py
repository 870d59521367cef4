"""A printed map: what it says, how large it is, what its bar measures."""

from __future__ import annotations

import io
import math
import xml.etree.ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from PIL import Image
from shapely.geometry import box

from geodata.palette import palette
from geodata.pictures import picture_base
from geodata.printed import KM_PER_DEGREE, PrintedMap, PrintedRow, printed_png, printed_svg, scale_length

COLOURS = ("#112233", "#445566")


def printed(**changes: object) -> PrintedMap:
    known: dict[str, object] = {
        "title": "Risk & <place> $x$",
        "subtitle": "% of children, 2020",
        "rows": (PrintedRow(2, "High", "2 areas"), PrintedRow(1, "Low", "1 area"), PrintedRow(0, "No data", "1 area")),
        "colours": COLOURS,
        "position": pd.Series({"01": 1, "02": 2, "03": 2}),
        "sources": "Sources: an office. " * 20,
        "north": "N",
    }
    return PrintedMap(**(known | changes))  # type: ignore[arg-type]


def test_png_is_of_300_dots_an_inch_and_180_mm(squares, departments):
    picture = Image.open(io.BytesIO(printed_png(picture_base(squares, departments), printed(), palette())))
    assert [round(d) for d in picture.info["dpi"]] == [300, 300]
    assert picture.width == pytest.approx(180 / 25.4 * 300, abs=2)
    found = {colour for _, colour in picture.convert("RGB").getcolors(2**24)}
    for colour in COLOURS:
        wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
        assert min(np.abs(np.array(list(found)) - wanted).max(axis=1)) <= 2


def test_svg_holds_the_words_and_is_the_same_twice(squares, departments):
    base = picture_base(squares, departments)
    first = printed_svg(base, printed(), palette())
    assert first == printed_svg(base, printed(), palette())
    texts = " ".join(ET.fromstring(first).itertext())
    for said in (
        "Risk & <place> $x$",
        "% of children, 2020",
        "High",
        "Low",
        "No data",
        "Sources: an office.",
        " km",
        "N",
    ):
        assert said in texts
    assert "http" not in texts


def test_scale_bar_is_as_long_as_it_says():
    """A country of 10° at the equator, 1,112 km: a bar of 200 km is 200/1112 of its width on paper."""
    base = picture_base(gpd.GeoDataFrame({"area_code": ["a"]}, geometry=[box(0, -5, 10, 5)], crs="EPSG:4326"), None)
    svg = ET.fromstring(printed_svg(base, printed(position=pd.Series({"a": 1})), palette()))
    assert "200 km" in " ".join(svg.itertext())
    ends = [path.get("d", "").split() for path in svg.iter("{http://www.w3.org/2000/svg}path")]
    bars = [float(d[4]) - float(d[1]) for d in ends if len(d) == 6 and d[2] == d[5] and float(d[4]) > float(d[1])]
    left, _, right, _ = base.areas.total_bounds
    km = (right - left) * KM_PER_DEGREE
    assert km == pytest.approx(1112, abs=1)
    page, map_part, margins = 180 / 25.4 * 72, 122 / 180, 1.04
    assert max(bars) / page == pytest.approx(200 / (km * margins) * map_part, rel=0.02)


@pytest.mark.parametrize(("width", "length"), [(4300, 500), (1112, 200), (260, 50), (49, 5), (9.9, 1), (1.2, 0.2)])
def test_round_lengths_of_about_a_fifth(width, length):
    assert scale_length(width) == pytest.approx(length)


def test_lengths_are_never_longer_than_a_fifth():
    for width in np.geomspace(0.5, 20_000, 60):
        length = scale_length(float(width))
        assert width / 13 < length <= width / 5 * 1.0000001
        assert round(length / 10 ** math.floor(math.log10(length) + 1e-9), 6) in (1, 2, 5)


def test_an_area_without_shape_or_a_single_one_is_drawn(squares):
    one = picture_base(squares.iloc[:1], None)
    assert printed_png(one, printed(selected="01", selected_name="A name that is very long indeed"), palette())
    assert printed_png(one, printed(selected="nowhere", position=pd.Series(dtype="Int8")), palette())
