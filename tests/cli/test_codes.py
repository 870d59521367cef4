"""Codes of a table and a map that differ: told by `guess` and `check`, changed with `codes` or an answer, and only then."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import cli
from intake import propose_from
from riskmodel.i18n import translator
from riskmodel.study_file import read_study
from workflow import check_inputs

AREAS = [
    (f"{d:02d}{m:03d}", f"Lugar {chr(64 + m)}{chr(64 + d)}", f"Depto {chr(64 + d)}")
    for d in range(5, 13)
    for m in range(1, 7)
]


def shapes(codes: list[tuple[str, str, str]], name: str = "cod") -> str:
    """Squares beside each other."""
    features = [
        {
            "type": "Feature",
            "properties": {name: code, "nombre": place.upper(), "departamento": above.upper()},
            "geometry": {"type": "Polygon", "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]},
        }
        for x, (code, place, above) in enumerate(codes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A table whose 05003 the map calls 05103, and the map, with one more area and without the last."""
    folder = tmp_path_factory.mktemp("office")
    table = pd.DataFrame(AREAS, columns=["cod_municipio", "municipio", "departamento"])
    table["analfabetismo_pct"] = [round(3 + 0.37 * i, 2) for i in range(len(table))]
    table["pobreza_pct"] = [round(90 - 1.1 * i, 2) for i in range(len(table))]
    table.to_csv(folder / "tabla.csv", index=False)
    drawn = [("05103" if code == "05003" else code, *rest) for code, *rest in AREAS[:-1]]
    (folder / "mapa.geojson").write_text(shapes([*drawn, ("12099", "Nuevo", "Depto L")]), "utf-8")
    return folder


def guessed(office, out, capsys, *answers: str) -> str:
    files = [str(office / "tabla.csv"), str(office / "mapa.geojson")]
    told = [part for answer in ("areas.year=2020", *answers) for part in ("--answer", answer)]
    assert cli.main(["guess", *files, *told, "--out", str(out), "--language", "en"]) == cli.DONE
    return capsys.readouterr().out


def test_what_differs_is_told_and_no_code_is_changed_by_itself(office, tmp_path, capsys):
    said = guessed(office, tmp_path / "s", capsys)
    assert "“tabla.csv” beside “mapa.geojson”: 46 areas are in both." in said
    assert "Lugar CE (Depto E): 05003 → 05103" in said
    assert "12099 Nuevo (Depto L)" in said
    assert "[reading.tabla.csv.recode]" in said
    assert not read_study(tmp_path / "s", complete=False).reading
    listed = pd.read_csv(tmp_path / "s" / "areas_compared.csv", dtype=str)
    assert set(listed["code_first"].dropna()) == {"05003", "12006"}


@pytest.mark.parametrize("answer", ["all", "05003:05103"])
def test_a_confirmed_code_is_read_as_the_new_one(office, tmp_path, capsys, answer):
    said = guessed(office, tmp_path / "s", capsys, f"reading.tabla.csv.recode={answer}")
    assert "47 areas are in both" in said
    assert "[reading.tabla.csv.recode]" not in said
    study = read_study(tmp_path / "s", complete=False)
    assert study.reading[0].codes[0].recode == {"05003": "05103"}
    report = check_inputs(study, tmp_path / "s")
    assert {p.code: p.values.get("count") for p in report.problems if p.code.startswith("codes_only")} == {
        "codes_only_in_table": 1,
        "codes_only_on_map": 1,
    }
    assert [pair.found.both for pair in report.compared] == [47]


def test_a_wrong_answer_changes_nothing_and_says_so(office):
    files = [office / "tabla.csv", office / "mapa.geojson"]
    proposal = propose_from(files, translator("en"), {"reading.tabla.csv.recode": "05003 to 05103"})[1]
    assert "intake_recode_unknown" in {p.code for p in proposal.problems}
    assert not proposal.study.reading


def test_codes_of_a_study_are_changed_and_its_comments_stay(office, tmp_path, capsys):
    folder = tmp_path / "s"
    guessed(office, folder, capsys)
    before = (folder / "study.toml").read_text("utf-8")
    assert cli.main(["check", str(folder), "--language", "en"]) == cli.DONE
    checked = capsys.readouterr()
    assert "--recode all" in checked.err
    assert "12006 Lugar FL (Depto L)" in checked.err
    assert "are not on the map" not in checked.err  # said once
    assert (
        cli.main(["codes", str(folder), "--recode", "all", "--out", str(tmp_path / "lists"), "--language", "en"]) == 0
    )
    assert "1 code is changed in study.toml" in capsys.readouterr().out
    after = (folder / "study.toml").read_text("utf-8")
    assert after.startswith(before.split("[[reading]]")[0].rstrip())
    assert read_study(folder, complete=False).reading[0].codes[0].recode == {"05003": "05103"}
    assert (tmp_path / "lists" / "areas_compared.csv").exists()
    assert cli.main(["codes", str(folder), "--recode", "nothing", "--language", "en"]) == cli.PROBLEMS
    assert cli.main(["codes", str(folder), "--json"]) == cli.DONE


def test_zeros_lost_by_the_map_are_given_back_there(tmp_path, capsys):
    """The map of an office has numbers; the table is written whole."""
    table = pd.DataFrame(AREAS, columns=["cod_municipio", "municipio", "departamento"]).assign(
        pobreza_pct=range(len(AREAS))
    )
    table.to_csv(tmp_path / "tabla.csv", index=False)
    bare = [(str(int(code)), *rest) for code, *rest in AREAS]
    (tmp_path / "mapa.geojson").write_text(shapes(bare), "utf-8")
    said = guessed(tmp_path, tmp_path / "s", capsys)
    assert "Areas with their shape: 48; without: 0" in said
    study = read_study(tmp_path / "s", complete=False)
    assert [(r.file, r.codes[0].widths) for r in study.reading] == [("mapa.geojson", (5,))]
    assert not [p for p in check_inputs(study, tmp_path / "s").problems if p.code.startswith("codes_")]


@pytest.mark.data
def test_brazil_of_2010_beside_its_list_of_2021(shared_data):
    """IBGE installed five municipalities on 1 January 2013: Mojuí dos Campos, Pescaria Brava, Balneário Rincão, Pinto Bandeira, Paraíso das Águas."""
    files = ["brazil/municipios_2010_trabalho_infantil.csv.gz", "messy/br_ibge_dtb_2021_municipios.xls"]
    (pair,) = propose_from([shared_data / f for f in files], translator("pt"))[1].compared
    assert (pair.found.both, len(pair.found.only_first), pair.recodings) == (5565, 0, {})
    assert sorted(pair.found.only_second["area_code"]) == ["1504752", "4212650", "4220000", "4314548", "5006275"]
