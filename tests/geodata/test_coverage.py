"""Areas looked at together: what overlaps, what is left over, what lies far away; nothing is taken away."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import Point, box

from geodata.boundaries import read_boundaries
from geodata.coverage import coverage_problems, overlapping
from riskmodel.problems import Where
from tests.geodata.conftest import write_geojson
from tests.geodata.test_boundaries import codes_of


def found(**shapes: object) -> dict[str, list[str]]:
    """Named areas by code of problem."""
    frame = gpd.GeoDataFrame({"area_code": list(shapes)}, geometry=list(shapes.values()), crs=4326)
    problems = coverage_problems(frame, Where())
    codes_of(problems)
    return {p.code: p.values["all_codes"] for p in problems}


def grid(n: int = 5) -> dict[str, object]:
    return {f"c{i}{j}": box(-70 + i, j, -69 + i, j + 1) for i in range(n) for j in range(n)}


def test_a_tiling_has_nothing_to_tell():
    assert found(**grid()) == {}


def test_areas_that_cover_each_other():
    """A new municipality over a quarter of its mother, and the same shape under two codes."""
    assert found(**grid(), new=box(-70, 0, -69.5, 0.5)) == {"boundaries_overlap": ["c00 + new"]}
    assert found(**grid(), twin=box(-70, 0, -69, 1)) == {"boundaries_overlap": ["c00 + twin"]}
    shaky = grid() | {"c00": box(-70, 0, -68.9999, 1)}  # a hair over the neighbour is a fault of drawing
    assert found(**shaky) == {}
    assert overlapping(np.array([box(0, 0, 1, 1), box(1, 0, 2, 1)])).shape == (0, 2)


def test_slivers_and_specks():
    sliver, speck = box(-70, 5, -65, 5.000_1), box(-64.5, 0, -64.4999, 0.0001)
    assert found(**grid(), sliver=sliver, speck=speck) == {"boundaries_sliver": ["sliver", "speck"]}


def test_antarctica_and_far_islands():
    """Antarctica is told; the Galápagos belong where they are."""
    far = {
        "polo": box(-74, -90, -25, -65),
        "lejos": box(-20, -30, -19, -29),
        "galapagos": Point(-90.5, -0.7).buffer(0.5),
    }
    assert found(**grid(), **far) == {"boundaries_far": ["polo", "lejos"]}


def test_everything_told_is_kept(tmp_path):
    rows = [*grid().items(), ("polo", box(-74, -90, -25, -65)), ("new", box(-70, 0, -69.5, 0.5))]
    shapes, problems = read_boundaries(write_geojson(tmp_path / "a.geojson", rows), "cod")
    assert len(shapes) == 27
    assert not any(p.is_error for p in problems)
    assert codes_of(problems) == ["boundaries_overlap", "boundaries_far"]


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "count", "code", "name"),
    [
        ("brazil/municipios_br.topojson", 5564, "cod_ibge", "nome"),
        ("mexico/municipios_mx.topojson", 2469, "cvegeo", "nom_mun"),
        ("colombia/municipios_co.geojson", 1121, "cod_dane", "municipio"),
        ("peru/distritos_pe.geojson", 1826, "ubigeo", "distrito"),
        ("peru/distritos_pe.topojson", 1826, "ubigeo", "distrito"),
        ("messy/br_maranhao_municipios_geometria_invalida.json", 217, "id", "name"),
        ("messy/co_narino_municipios_epsg9377_latin1.zip", 64, "MPIO_CDPMP", "MPIO_CNMBR"),
    ],
)
def test_real_maps_say_what_they_are(shared_data, file, count, code, name):
    from geodata.describe import describe_boundaries

    facts = describe_boundaries(shared_data / file)
    assert facts.count == count
    assert facts.codes[0].columns == (code,)
    assert facts.codes[0].certainty in ("sure", "likely")
    assert facts.names[0].columns == (name,)
    assert facts.usable
    assert all("Ã" not in sample and "�" not in sample for c in facts.columns for sample in c.samples)


@pytest.mark.data
def test_argentina_has_names_only_and_antarctica(shared_data):
    from geodata.describe import describe_boundaries

    facts = describe_boundaries(shared_data / "messy/ar_departamentos_sin_codigo.topojson")
    assert (facts.count, facts.codes[0].certainty) == (527, "ask")  # it only numbers the shapes
    assert facts.names[0].columns == ("departamento",)
    told = {p.code: p.values.get("count") for p in facts.problems}
    assert told["boundaries_mended"] == 340
    assert told["boundaries_far"] == 1
