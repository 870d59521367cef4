"""From files somebody has to a study that runs: `guess`, its questions, and the folder it writes."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pandas as pd
import pytest

import cli
from intake import look_at, propose_from
from riskmodel.i18n import LANGUAGES, translator
from riskmodel.inputs.recognise.words import (
    CONTENTS,
    KIND_REASONS,
    KINDS,
    QUESTIONS,
    REASONS,
    ROLES,
    USES,
    say_column,
    say_question,
    say_use,
)  # fmt: skip
from riskmodel.study_file import check_study, read_study
from tests.small_study import write_small_study
from workflow import check_inputs

EN = translator("en")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office's three files: a table with titles and lost zeros, indicators with whole codes, a PDF."""
    folder = tmp_path_factory.mktemp("office")
    draw = np.random.default_rng(3)
    codes = [f"{d:02d}{m:03d}" for d in range(5, 15) for m in range(1, 9)]
    total = draw.integers(300, 3000, len(codes))
    measured = pd.DataFrame({
        "Código municipio": [c.lstrip("0") for c in codes], "Municipio": [f"Lugar {c}" for c in codes],
        "Departamento": [f"Depto {c[:2]}" for c in codes],
        "Niños que trabajan": (total * draw.uniform(0.02, 0.3, len(codes))).astype(int), "Niños encuestados": total,
    })  # fmt: skip
    head = "Trabajo infantil por municipio;;;;\nFuente: oficina de prueba;;;;\n"
    (folder / "trabajo.csv").write_text(head + measured.to_csv(index=False, sep=";"), "utf-8")
    pd.DataFrame({
        "divipola": codes, "analfabetismo_pct": draw.uniform(1, 40, len(codes)).round(1),
        "pobreza_pct": draw.uniform(5, 90, len(codes)).round(1), "internet_pct": draw.uniform(1, 80, len(codes)).round(1),
    }).to_csv(folder / "indicadores.csv", index=False)  # fmt: skip
    (folder / "informe.pdf").write_bytes(b"%PDF-1.7\n")
    return folder


def test_three_files_become_a_study_that_runs(office, tmp_path, capsys):
    files = [str(office / name) for name in ("trabajo.csv", "indicadores.csv", "informe.pdf")]
    out = tmp_path / "study"
    answers = ["--answer", "outcome.definition=Trabajó una hora o más", "--answer", "areas.year=2020"]
    assert cli.main(["guess", *files, *answers, "--out", str(out), "--language", "en"]) == cli.DONE
    said = capsys.readouterr().out
    assert "Table of areas: one row per area (sure)" in said
    assert "The file is a PDF" in said
    assert "Proposed study: area model" in said
    assert {p.name for p in out.iterdir()} == {"study.toml", "trabajo.csv", "indicadores.csv"}
    study = read_study(out)
    assert study.area_model is not None
    assert (study.area_model.cases, study.area_model.total) == ("Niños que trabajan", "Niños encuestados")
    assert study.outcome.definition == "Trabajó una hora o más"
    directions = {i.source_column: i.direction for i in study.indicator}
    assert directions == {"analfabetismo_pct": 1, "pobreza_pct": 1, "internet_pct": -1}
    assert (out / "trabajo.csv").read_bytes() == (office / "trabajo.csv").read_bytes()
    report = check_inputs(study, out)
    assert report.ok
    assert not any(p.code.startswith("area_only") for p in report.problems)  # the zeros came back
    assert cli.main(["run", str(out), "--out", str(tmp_path / "results"), "--language", "en"]) == cli.DONE
    areas = pd.read_csv(tmp_path / "results" / "areas.csv", dtype={"area_code": str})
    assert areas["area_code"].iloc[0] == "05001"
    assert areas["area_risk"].notna().all()


def test_questions_stand_in_the_file_as_comments_and_in_order(office, tmp_path, capsys):
    out = tmp_path / "study"
    files = [str(office / name) for name in ("trabajo.csv", "indicadores.csv")]
    assert cli.main(["guess", *files, "--out", str(out), "--json", "--language", "en"]) == cli.DONE
    told = json.loads(capsys.readouterr().out)
    keys = [q["key"] for q in told["questions"]]
    assert keys[:2] == ["study.method", "outcome.definition"]
    text = (out / "study.toml").read_text("utf-8")
    for key in ("method =", "definition ="):
        before = text[: text.index(f"\n{key}")].splitlines()[-2:]
        assert any(line.startswith("# ?") for line in before)
    assert told["files"][0]["kind"] == "areas"


def test_an_answer_wins_and_its_question_is_gone(office, tmp_path):
    _, proposal = propose_from(
        [office / "trabajo.csv", office / "indicadores.csv"], EN, {"study.method": "vulnerability_index"}
    )
    assert proposal.study.study.method == "vulnerability_index"
    assert proposal.study.area_model is None
    assert "study.method" not in {q.key for q in proposal.questions}
    _, proposal = propose_from([office / "indicadores.csv"], EN, {"indicator": "internet_pct, -pobreza_pct"})
    assert [(i.name, i.direction) for i in proposal.study.indicator] == [("internet_pct", -1), ("pobreza_pct", -1)]


def test_a_survey_and_a_census_become_a_risk_model(tmp_path, capsys):
    """The small study of these tests, from its files alone: 1 and 2 of the survey meet H and M of the census."""
    written = write_small_study(tmp_path / "given")
    folder = written if written.is_dir() else written.parent
    files = [folder / "encuesta.csv", folder / "censo.csv", folder / "municipios.csv"]
    _, proposal = propose_from(files, EN)
    asked = {q.key for q in proposal.questions}
    assert {"survey.year", "population.year", "outcome.definition"} <= asked
    assert {p.where.key for p in proposal.problems if p.code == "study_missing_key"} == {
        "survey.year",
        "population.year",
    }
    _, proposal = propose_from(files, EN, {"survey.year": "2024", "population.year": "2020", "outcome.definition": "x"})
    study = proposal.study
    assert check_study(study) == []
    assert study.study.method == "risk_model"
    assert (study.survey.weight, study.survey.stratum, study.survey.psu) == ("factor", "estrato", "upm")
    assert (study.outcome.column, study.outcome.age.min, study.outcome.age.max) == ("trabaja", 5, 17)
    sex = next(d for d in study.determinant if d.name == "sexo")
    assert sex.survey.map == {"1": "male", "2": "female"}
    assert sex.population.map == {"H": "male", "M": "female"}
    assert check_inputs(study, folder).ok


def test_no_study_no_folder(office, tmp_path, capsys):
    out = tmp_path / "none"
    assert cli.main(["guess", str(office / "informe.pdf"), "--out", str(out), "--language", "en"]) == cli.PROBLEMS
    assert "No study can be proposed" in capsys.readouterr().err
    assert not out.exists()
    assert cli.main(["guess", str(tmp_path / "nothing.csv"), "--language", "en"]) == cli.PROBLEMS
    assert cli.main(["guess", str(office / "trabajo.csv"), "--answer", "method", "--language", "en"]) == cli.PROBLEMS


def test_a_study_is_never_written_over(office, tmp_path):
    out = tmp_path / "study"
    shutil.copytree(office, out)
    (out / "study.toml").write_text("mine", "utf-8")
    assert cli.main(["guess", str(office / "trabajo.csv"), "--out", str(out), "--language", "en"]) == cli.PROBLEMS
    assert (out / "study.toml").read_text("utf-8") == "mine"


def test_persons_names_are_warned_of_and_never_offered(tmp_path, capsys):
    rows = 120
    table = pd.DataFrame({
        "nombre_completo": [f"Persona Inventada {i}" for i in range(rows)], "edad": [5 + i % 13 for i in range(rows)],
        "sexo": [1 + i % 2 for i in range(rows)], "factor": [10.5 + i for i in range(rows)],
        "trabaja": [i % 2 for i in range(rows)],
    })  # fmt: skip
    table.to_csv(tmp_path / "encuesta.csv", index=False)
    assert cli.main(["guess", str(tmp_path / "encuesta.csv"), "--language", "en"]) == cli.DONE
    told = capsys.readouterr()
    assert "holds names or identity numbers of persons: nombre_completo" in told.err
    assert "Inventada" not in told.out + told.err


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_all_words_are_said_in_every_language(office, language):
    t = translator(language)
    sources, proposal = propose_from([office / "trabajo.csv", office / "indicadores.csv"], t)
    assert proposal.study.study.language == language
    said = [say_use(u, t) for u in proposal.uses] + [say_question(q, t) for q in proposal.questions]
    said += [say_column(g, t) for g in sources[0].columns.guesses]
    assert all(said)
    if language != "en":
        own = [*KINDS.values(), *KIND_REASONS.values(), *CONTENTS.values(), *ROLES.values(), *REASONS.values(), *USES.values(), *QUESTIONS.values()]  # fmt: skip
        same = [m for m in own if t(m) == m and len(m.split()) > 2]
        assert not same


@pytest.mark.data
def test_brazil_from_two_files(shared_data, tmp_path):
    """The published national rate comes back from files nobody prepared: 9.42 % of 20,682,884 children (RIPSA)."""
    brazil = shared_data / "brazil"
    files = [brazil / "municipios_2010_trabalho_infantil.csv.gz", brazil / "municipios_br.topojson"]
    asked = ["guess", *map(str, files), "--out", str(tmp_path), "--language", "en"]
    assert cli.main(asked) == cli.DONE
    study = read_study(tmp_path)
    assert (study.areas.area_code, study.areas.year, study.boundaries.area_code) == ("cod_ibge", 2010, "cod_ibge")
    report = check_inputs(study, tmp_path)
    assert report.ok
    assert (report.rows["areas"], report.rows["boundaries"]) == (5565, 5564)
    table = look_at(files[0]).table
    cases, total = (pd.to_numeric(table[c]).sum() for c in (study.area_model.cases, study.area_model.total))
    assert round(100 * cases / total, 2) == 9.42


@pytest.mark.data
@pytest.mark.parametrize(
    ("names", "areas"),
    [
        (("messy/br_atlas_idhm_2010_latin1.csv", "brazil/municipios_br.topojson"), 5565),
        (("messy/co_men_educacion_municipal_2011_2020.csv", "colombia/municipios_co.topojson"), 1121),
        pytest.param(
            ("mexico/municipios_2020_indicadores.csv.gz", "mexico/municipios_2020_diccionario.csv"), 2469,
            marks=pytest.mark.bench,
        ),
    ],
)  # fmt: skip
def test_messy_files_become_an_index(shared_data, tmp_path, names, areas):
    files = [shared_data / name for name in names]
    asked = ["guess", *map(str, files), "--out", str(tmp_path), "--language", "en", "--answer", "areas.year=2020"]
    assert cli.main(asked) == cli.DONE
    study = read_study(tmp_path)
    assert study.study.method == "vulnerability_index"
    assert len(study.indicator) >= 3
    report = check_inputs(study, tmp_path)
    assert report.ok, [p.code for p in report.problems if p.is_error]
    assert report.rows["areas"] == areas


@pytest.mark.data
def test_the_official_marginalisation_index_is_proposed_with_its_nine_deprivations(shared_data):
    """CONAPO's nine all point the same way; its own index and grade are not offered with a direction."""
    _, proposal = propose_from([shared_data / "reference/conapo_imm/IMM_2020.csv"], EN)
    found = {i.source_column: i.direction for i in proposal.study.indicator}
    nine = {"ANALF", "SBASC", "OVSDE", "OVSEE", "OVSAE", "OVPT", "VHAC", "PL.5000", "PO2SM"}
    assert set(found) == nine
    assert set(found.values()) == {1}
