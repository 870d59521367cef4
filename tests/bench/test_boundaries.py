"""Brazil from GeoJSON to map-ready, messy boundaries told what they are, and mutated files that must not bring it down."""

from __future__ import annotations

import random
import time
import zipfile
from pathlib import Path

import pytest

from geodata.boundaries import read_boundaries
from geodata.describe import describe_boundaries
from riskmodel.i18n.say import say
from riskmodel.i18n.translator import translator
from tests.bench.measure import measure, python, repeated, report, timed

pytestmark = [pytest.mark.bench, pytest.mark.data]

READY = """
import sys, pathlib, tempfile, pandas as pd
from geodata.boundaries import read_boundaries
from geodata.mapdata import prepare
areas, _ = read_boundaries(pathlib.Path(sys.argv[1]), "cod_ibge")
parents = pd.Series(areas["area_code"].str[:2].to_numpy(), areas["area_code"])
print(len(prepare(areas, parents, pathlib.Path(tempfile.mkdtemp())).codes))
"""
MESSY = (
    "messy/br_maranhao_municipios_geometria_invalida.json",
    "messy/ar_departamentos_sin_codigo.topojson",
    "messy/co_narino_municipios_epsg9377_latin1.zip",
)
MUTATED = {
    MESSY[0]: "id",
    MESSY[2]: "MPIO_CDPMP",
    "peru/distritos_pe.topojson": "ubigeo",
    "peru/distritos_pe.geojson": "ubigeo",
}
CASES = 400


def test_brazil_map_ready(shared_data):
    """In a process of its own, imports included: read, checked, simplified, borders of states, written."""
    path = shared_data / "brazil/municipios_br.geojson"
    taken = repeated(3, lambda: measure(python("-c", READY, path)))
    report("Brazil, GeoJSON to map-ready", [(f"{taken.seconds:.1f} s", f"{taken.peak_mb:.0f} MB")])
    assert "5564" in taken.output
    assert taken.seconds < 30


def test_messy_boundaries(shared_data):
    rows = []
    for name in MESSY:
        seconds, facts = timed(lambda n=name: describe_boundaries(shared_data / n))
        told = ", ".join(f"{p.code} {p.values.get('count', '')}".strip() for p in facts.problems)
        rows.append((name, facts.count, facts.codes[0].columns[0], facts.codes[0].certainty, told, f"{seconds:.1f} s"))
        assert facts.usable
    report("messy boundaries", rows)


def test_mutated_files_end_in_areas_or_a_problem(shared_data, tmp_path):
    """Cut off, bytes changed, bytes doubled, another ending: no exception, none over 30 s."""
    chance, slowest, usable = random.Random(20261122), 0.0, 0
    contents = {name: (shared_data / name).read_bytes() for name in MUTATED}
    for case in range(CASES):
        name, content = chance.choice(list(contents.items()))
        path = tmp_path / f"{case}{chance.choice([Path(name).suffix] * 4 + ['.gpkg', '.zip', '.shp', '.txt', '.kml'])}"
        path.write_bytes(_mutated(content, chance))
        start = time.perf_counter()
        shapes, problems = read_boundaries(path, MUTATED[name])
        slowest = max(slowest, time.perf_counter() - start)
        usable += not shapes.empty
        assert not shapes.empty or any(p.is_error for p in problems)
        assert all(say(p, translator("es")).what for p in problems)
        path.unlink()
    report("mutated boundaries", [(CASES, f"{usable} gave areas", f"slowest {slowest:.1f} s")])
    assert slowest < 30


def _mutated(content: bytes, chance: random.Random) -> bytes:
    """One of four harms, or the parts of a zip harmed and packed again."""
    changed = bytearray(content)
    harm = chance.randrange(4)
    if harm == 0:
        return bytes(changed[: chance.randrange(len(changed))])
    for _ in range(chance.choice([1, 20, 2000])):
        changed[chance.randrange(len(changed))] = chance.choice(
            [0, 0x2D, 0x39, 0x5B, 0x7D, 0xC3, chance.randrange(256)]
        )
    if harm == 1:
        at = chance.randrange(len(changed))
        return bytes(changed[:at] + changed[at // 2 : at] + changed[at:])
    return bytes(changed)


def test_harmed_parts_of_a_shapefile(shared_data, tmp_path):
    """Every part of a real shapefile in turn cut off or with bytes changed, packed again so that the zip itself is whole."""
    chance, source = random.Random(7), shared_data / MESSY[2]
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    slowest, usable = 0.0, 0
    for case in range(CASES):
        harmed = chance.choice(list(parts))
        path = tmp_path / f"{case}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, _mutated(content, chance) if name == harmed else content)
        start = time.perf_counter()
        shapes, problems = read_boundaries(path, "MPIO_CDPMP")
        slowest = max(slowest, time.perf_counter() - start)
        usable += not shapes.empty
        assert not shapes.empty or any(p.is_error for p in problems)
        path.unlink()
    report("harmed shapefiles", [(CASES, f"{usable} gave areas", f"slowest {slowest:.1f} s")])
    assert slowest < 30
