from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
import shapely
from PIL import Image

from geodata.drawing import equal_area
from geodata.palette import palette
from geodata.pictures import choropleth_png, choropleth_svg, locator_png, picture_base

LEVELS = pd.Series({"01": 1, "02": 2, "03": 3})


def colours(png: bytes) -> dict[tuple[int, int, int], int]:
    """Pixels by colour."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return {colour: count for count, colour in picture.getcolors(2**24)}


def rgb(colour: str) -> tuple[int, int, int]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def near(found: dict[tuple[int, int, int], int], colour: str) -> int:
    """Pixels within two steps of a colour: PNG of few colours rounds."""
    wanted = np.array(rgb(colour))
    return sum(n for c, n in found.items() if np.abs(np.array(c) - wanted).max() <= 2)


def test_surfaces_keep_their_proportion():
    """A degree square at 60° holds half the surface of one at the equator (sin 60.5° − sin 59.5° over sin 1°)."""
    low, high = shapely.area(equal_area(np.array([shapely.box(0, -0.5, 1, 0.5), shapely.box(0, 59.5, 1, 60.5)]), 30))
    assert high / low == pytest.approx(0.5, rel=1e-9)


def test_every_level_has_its_share_of_the_picture(squares, departments):
    found = colours(choropleth_png(squares, LEVELS, departments, palette(3), size_mm=(50, 50), dpi=100))
    counts = [near(found, colour) for colour in palette(3).levels]
    assert min(counts) > 0.9 * max(counts) > 5000
    assert near(found, palette(3).no_data) > 0.4 * max(counts)  # the rest of it is hatch


def test_locator_outlines_the_area_and_is_small(squares, departments):
    png = locator_png(squares, LEVELS, departments, "01", palette(3), name="Santa Ñ")
    assert Image.open(io.BytesIO(png)).size == (885, 688)
    assert near(colours(png), palette(3).accent) > 500
    assert len(png) < 150_000
    other = locator_png(squares, LEVELS, departments, "02", palette(3), name="Santa Ñ")
    assert other != png


def test_a_base_made_once_gives_the_same_picture(squares, departments):
    base = picture_base(squares, departments)
    assert locator_png(base, LEVELS, None, "01", palette(3)) == locator_png(
        squares, LEVELS, departments, "01", palette(3)
    )


@pytest.mark.parametrize("selected", ["01", "not on the map"])
@pytest.mark.parametrize("parents", [None, pd.Series({"03": "B"})])
def test_unknown_areas_and_parents_still_give_a_picture(squares, parents, selected):
    assert locator_png(squares, LEVELS, parents, selected, palette(3)).startswith(b"\x89PNG")


def test_photocopies_have_no_colour(squares, departments):
    found = colours(locator_png(squares, LEVELS, departments, "01", palette(3, theme="photocopy")))
    assert all(max(c) - min(c) <= 2 for c in found)


def test_svg_is_the_same_each_time(squares, departments):
    first, second = (choropleth_svg(squares, LEVELS, departments, palette(3)) for _ in range(2))
    assert first == second
    assert rgb(palette(3).levels[0]) is not None
    assert palette(3).levels[0].lower().encode() in first


def test_pictures_leave_no_figure_behind(squares, departments):
    """pyplot keeps figures for the whole process; ours must not pass through it."""
    import sys

    choropleth_png(squares, LEVELS, departments, palette(3))
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


@pytest.mark.data
def test_a_brazilian_sheet_map_is_small(shared_data, tmp_path):
    from geodata.mapdata import prepare_file

    table = pd.read_csv(
        shared_data / "brazil/municipios_2010_trabalho_infantil.csv.gz", dtype={"cod_ibge": str, "uf": str}
    )
    table = table.set_index("cod_ibge")
    levels = pd.Series(np.searchsorted([12.5, 25.9], table["ti_10a15_pct"]) + 1, table.index)
    path = shared_data / "brazil/municipios_br.geojson"
    geometry, _ = prepare_file(path, "cod_ibge", "", table["uf"], tmp_path)
    base = picture_base(geometry.shapes(), table["uf"], geometry.border_lines())
    assert len(locator_png(base, levels, None, "4314902", palette(3), name="Porto Alegre")) < 150_000
    assert len(choropleth_png(base, levels, None, palette(3, theme="photocopy"))) < 150_000
