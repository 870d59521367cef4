"""A map with names only takes its codes from the table that has both; nothing else is taken for such a table."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from geodata.attributes import read_attributes
from intake import look_at, propose_from
from riskmodel.i18n import translator
from riskmodel.inputs.recognise.columns import column_guesses
from riskmodel.inputs.recognise.coordinates import latitude, longitude
from riskmodel.inputs.recognise.facts import facts_of
from riskmodel.inputs.recognise.kind import KindGuess
from riskmodel.inputs.recognise.map_names import has_only_names, with_table
from riskmodel.inputs.recognise.sources import MapSource

PLACES = [
    ("05001", "Antioquia", "Medellín"), ("05055", "Antioquia", "Argelia"), ("19050", "Cauca", "Argelia"),
    ("19001", "Cauca", "Popayán"), ("52001", "Nariño", "Pasto"), ("52019", "Nariño", "Albán"), ("52022", "Nariño", "Aldana"),
]  # fmt: skip


def write_map(path: Path, names: list[dict[str, object]]) -> Path:
    """Squares side by side with these properties."""
    features = []
    for x, properties in enumerate(names):
        ring = [[-74 + x, 4], [-73 + x, 4], [-73 + x, 5], [-74 + x, 5], [-74 + x, 4]]
        features.append({
            "type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]},
        })  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = "".join(f"{c},{d},{m},{10 + i / 2}\n" for i, (c, d, m) in enumerate(PLACES))
    path = tmp_path / "municipios.csv"
    path.write_text(f"cod_municipio,departamento,municipio,pobreza_pct\n{rows}", encoding="utf-8")
    return path


def test_codes_are_taken_by_name_within_the_parent(tmp_path, table):
    drawn = write_map(
        tmp_path / "mapa.geojson", [{"fid": i, "DEPTO": d.upper(), "NAME": m} for i, (_, d, m) in enumerate(PLACES, 1)]
    )
    study = propose_from([table, drawn], translator("en"))[1].study
    assert study.boundaries.area_code == "area_code"
    rule = study.reading_of("mapa.geojson").names[0]
    assert (rule.column, rule.parent) == ("NAME", "DEPTO")
    assert (rule.official.file, rule.official.area_code, rule.official.parent) == (
        "municipios.csv", "cod_municipio", "departamento",
    )  # fmt: skip


def test_a_map_of_other_places_stays_a_question(tmp_path, table):
    drawn = write_map(tmp_path / "mapa.geojson", [{"NAME": n} for n in ("Lima", "Ica", "Puno", "Cusco", "Tacna")])
    proposal = propose_from([table, drawn], translator("en"))[1]
    assert proposal.study.reading_of("mapa.geojson") is None
    assert "boundaries.area_code" in [q.key for q in proposal.questions]


def test_alone_it_says_what_is_needed(tmp_path, table):
    drawn = write_map(tmp_path / "mapa.geojson", [{"fid": i, "NAME": m} for i, (_, _, m) in enumerate(PLACES, 1)])
    alone = propose_from([drawn], translator("en"))[1]
    assert [p.code for p in alone.problems if p.code == "map_names_only"] == ["map_names_only"]
    source = look_at(drawn)
    assert has_only_names(source)
    assert with_table(source, look_at(table)).rule.parent == ""


def test_a_map_with_codes_is_left_as_it_is(tmp_path, table):
    drawn = write_map(tmp_path / "mapa.geojson", [{"cod_dane": c, "NAME": m} for c, _, m in PLACES])
    study = propose_from([table, drawn], translator("en"))[1].study
    assert (study.boundaries.area_code, study.reading_of("mapa.geojson")) == ("cod_dane", None)
    assert not has_only_names(look_at(drawn))


@pytest.mark.data
def test_departments_of_argentina(shared_data, tmp_path):
    """The map numbers its shapes; a table of the same names, with codes of our own, has all of them."""
    file = shared_data / "messy" / "ar_departamentos_sin_codigo.topojson"
    values = read_attributes(file)[0]
    kind = KindGuess("boundaries", "sure", "kind_boundaries")
    drawn = MapSource(file.name, kind, column_guesses(values), values)
    named = drawn.table[["departamento", "provincia"]].drop_duplicates()
    named.insert(0, "codigo", [f"{i:05d}" for i in range(2001, 2001 + len(named))])
    named.assign(nbi_pct=[i % 90 + 0.5 for i in range(len(named))]).to_csv(tmp_path / "deptos.csv", index=False)
    found = with_table(drawn, look_at(tmp_path / "deptos.csv"))
    assert has_only_names(drawn)
    assert (found.rule.column, found.rule.parent, found.same) == ("departamento", "provincia", found.count)


def test_columns_of_degrees_without_signs_or_in_minutes():
    table = pd.DataFrame({
        "latitud": ["4°35'56\" N", "5°01'02\" N", "1°12'50\" N"], "longitud": ["74.08", "75.4", "77.28"],
        "lat_pct": ["70.5", "80.5", "90.1"], "long": ["120", "80", "99"],
    }, dtype="string")  # fmt: skip
    facts = facts_of(table)
    assert (latitude(facts["latitud"]), longitude(facts["longitud"])) == ("likely", "likely")
    assert latitude(facts["lat_pct"]) is None
    assert longitude(facts["long"]) is None
