"""A model fitted elsewhere, applied to a population: by `apply`, by `run` with [model], and what goes wrong."""

from __future__ import annotations

import json
import re
import shutil

import pandas as pd
import pytest

import cli
from riskmodel.problems import InputProblems
from riskmodel.study_file import parse_study
from tests.small_study import write_small_study

TABLES = ("areas", "parents", "national", "groups", "coefficients", "harmonisation", "contributions", "priorities")


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    """The office with the survey: a study whose survey says where children live, and its finished run."""
    folder = tmp_path_factory.mktemp("fitted")
    path = write_small_study(folder / "study")
    assert cli.main(["run", str(path), "--out", str(folder / "out")]) == cli.DONE
    return folder


@pytest.fixture
def office(fitted, tmp_path):
    """The office without the survey: its own files, and a study that names no survey and no determinant."""
    folder = tmp_path / "office"
    shutil.copytree(fitted / "study", folder)
    (folder / "encuesta.csv").unlink()
    path = folder / "study.toml"
    path.write_text(without_survey(path.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def without_survey(text: str) -> str:
    text = re.sub(r"\[survey\].*?(?=\[population\])", "", text, flags=re.S)
    return re.sub(r"\[\[determinant\]\].*?(?=\[areas\])", "", text, flags=re.S)


def problems_of(capsys, arguments):
    assert cli.main([*arguments, "--json"]) == cli.PROBLEMS
    out = capsys.readouterr().out
    return [json.loads(line)["code"] for line in out.splitlines() if line.startswith("{")]


def test_applied_where_it_was_fitted_it_gives_the_same_tables(fitted, office, tmp_path):
    out = tmp_path / "out"
    model = fitted / "out" / "model.json"
    assert cli.main(["apply", str(model), str(office / "study.toml"), "--out", str(out)]) == cli.DONE
    for name in TABLES:
        before, after = (pd.read_parquet(f / f"{name}.parquet") for f in (fitted / "out", out))
        pd.testing.assert_frame_equal(before, after, rtol=0, atol=1e-12)
    assert (out / "model.json").read_bytes() == model.read_bytes()


def test_the_study_can_name_the_model_itself(fitted, office, tmp_path):
    shutil.copy(fitted / "out" / "model.json", office / "modelo.json")
    path = office / "study.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[model]\nfile = "modelo.json"\n', encoding="utf-8")
    assert cli.main(["check", str(path)]) == cli.DONE
    assert cli.main(["run", str(path), "--out", str(tmp_path / "out")]) == cli.DONE
    before, after = (pd.read_parquet(f / "areas.parquet") for f in (fitted / "out", tmp_path / "out"))
    pd.testing.assert_frame_equal(before, after, rtol=0, atol=1e-12)


def test_the_record_says_whose_model_it_is(fitted, office, tmp_path):
    model = fitted / "out" / "model.json"
    cli.main(["apply", str(model), str(office), "--out", str(tmp_path / "out")])
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    origin = json.loads((fitted / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert origin["model"] is None
    assert manifest["model"]["fingerprint"] == origin["fingerprint"] != manifest["fingerprint"]
    assert manifest["years"]["survey"] == 2024
    assert manifest["study"]["model"]["file"] == "model.json"
    assert "model.json" in {i["file"] for i in manifest["inputs"]}
    assert str(fitted) not in json.dumps(manifest)


def test_the_sheet_says_so_too(fitted, office, tmp_path):
    from riskmodel.i18n import translator
    from riskmodel.outputs.sheet_content import sheet_content
    from riskmodel.results import read_results

    cli.main(["apply", str(fitted / "out" / "model.json"), str(office), "--out", str(tmp_path / "out")])
    results = read_results(tmp_path / "out")
    notes = " ".join(n["text"] for n in sheet_content(results, "0103", translator("en"))["notes"])
    assert results.manifest["model"]["fingerprint"] in notes
    assert "Encuesta de prueba (2024)" in notes


def test_a_register_with_other_columns_and_codes_says_how(fitted, office, tmp_path):
    census = pd.read_csv(office / "censo.csv", dtype=str)
    register = pd.DataFrame(
        {
            "codigo": census["codigo"],
            "anios": census["edad"],
            "genero": census["sexo"].map({"H": "10", "M": "20"}),
            "zona": census["area"].map({"rural": "R", "urbana": "U"}),
        }
    )
    register.to_csv(office / "censo.csv", index=False)
    path = office / "study.toml"
    text = path.read_text(encoding="utf-8").replace('age = { column = "edad"', 'age = { population_column = "anios"')
    text = text.replace('population = { column = "edad"', 'population = { column = "anios"')  # the group's own rule
    text = text.replace("[areas]", OVERRIDES + "[areas]")
    path.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    assert cli.main(["apply", str(fitted / "out" / "model.json"), str(office), "--out", str(out)]) == cli.DONE
    for name in ("areas", "groups", "contributions", "harmonisation"):
        before, after = (pd.read_parquet(f / f"{name}.parquet") for f in (fitted / "out", out))
        pd.testing.assert_frame_equal(before, after, rtol=0, atol=1e-12)


OVERRIDES = """[[determinant]]
name = "sexo"
population = { column = "genero", map = { "10" = "hombre", "20" = "mujer" } }

[[determinant]]
name = "area"
population = { column = "zona", map = { "U" = "urbana", "R" = "rural" } }

"""


def test_what_does_not_fit_is_told(fitted, office, tmp_path, capsys):
    path, model = office / "study.toml", str(fitted / "out" / "model.json")
    text = path.read_text(encoding="utf-8")
    apply = ["apply", model, str(path), "--out", str(tmp_path / "out")]
    cases = {
        "applied_determinant_unknown": text + '\n[[determinant]]\nname = "agua"\npopulation = { column = "area" }\n',
        "applied_determinant_fixed": text + '\n[[determinant]]\nname = "area"\nsurvey = { column = "area" }\nreference = "rural"\n',
        "applied_ages_outside": text.replace("min = 5", "min = 3"),
        "study_model_alone": text + '\n[survey]\nfile = "encuesta.csv"\nyear = 2024\n',
        "study_needs": re.sub(r"\[population\].*?(?=\[areas\])", "", text, flags=re.S),
    }  # fmt: skip
    for code, changed in cases.items():
        path.write_text(changed, encoding="utf-8")
        assert code in problems_of(capsys, apply), code
        assert not (tmp_path / "out").exists()


def test_narrower_ages_are_scored_with_a_warning(fitted, office, tmp_path):
    path = office / "study.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("min = 5", "min = 12"), encoding="utf-8")
    out = tmp_path / "out"
    assert cli.main(["apply", str(fitted / "out" / "model.json"), str(path), "--out", str(out)]) == cli.DONE
    assert "applied_ages_narrower" in set(pd.read_parquet(out / "problems.parquet")["code"])
    census = pd.read_csv(office / "censo.csv")
    assert pd.read_parquet(out / "areas.parquet")["children"].sum() == census["edad"].between(12, 17).sum()


@pytest.mark.parametrize(
    ("content", "code"),
    [("{}", "model_not_ours"), ("", "model_not_json"), ('{"format": "mirador-model", "version": 9}', "model_version_unknown")],
)  # fmt: skip
def test_a_bad_model_leaves_the_results_before_it(content, code, office, tmp_path, capsys):
    (tmp_path / "bad.json").write_text(content)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "areas.csv").write_text("kept")
    arguments = ["apply", str(tmp_path / "bad.json"), str(office), "--out", str(tmp_path / "out")]
    assert problems_of(capsys, arguments) == [code]
    assert (tmp_path / "out" / "areas.csv").read_text() == "kept"


def test_check_tells_of_a_bad_model(office, capsys):
    (office / "m.json").write_text("{}")
    path = office / "study.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[model]\nfile = "m.json"\n', encoding="utf-8")
    assert "model_not_ours" in problems_of(capsys, ["check", str(path)])


def test_a_model_goes_with_the_risk_model_only():
    text = '[study]\nname = "x"\nmethod = "given_risk"\n[outcome]\nname = "x"\ndefinition = "x"\n[model]\nfile = "m"\n'
    with pytest.raises(InputProblems) as caught:
        parse_study(text)
    assert "study_model_alone" in {p.code for p in caught.value.problems}
