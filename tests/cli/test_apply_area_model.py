"""An area model fitted elsewhere, applied to a table without measured rates: by `apply`, by [model], and what goes wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cli
from riskmodel.results import read_results
from tests.area_study import write_area_study

INDICATOR = """[[indicator]]
name = "agro"
column = "agricultura"
unit = "%"

"""


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    """The office with measured rates, and its finished run."""
    folder = tmp_path_factory.mktemp("fitted")
    path = write_area_study(folder / "study", language="en")
    assert cli.main(["run", str(path), "--out", str(folder / "out")]) == cli.DONE
    return folder


@pytest.fixture
def office(fitted, tmp_path):
    """Another year: the same areas, another name for a column, no measured rate."""
    folder = tmp_path / "office"
    folder.mkdir()
    table = pd.read_csv(fitted / "study" / "municipios.csv", dtype=str)
    table = table.rename(columns={"agro": "agricultura"}).drop(columns=["trabajan", "encuestados"])
    table.to_csv(folder / "municipios.csv", index=False)
    text = (fitted / "study" / "study.toml").read_text(encoding="utf-8")
    text = re.sub(r"\[\[indicator\]\].*?(?=\[boundaries\])", INDICATOR, text, flags=re.S)
    text = re.sub(r"\[boundaries\].*", "", text, flags=re.S)
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return folder


def applied(fitted, office, out):
    return cli.main(["apply", str(fitted / "out" / "model.json"), str(office), "--out", str(out)])


def codes_of(capsys, arguments) -> list[str]:
    assert cli.main([*arguments, "--json"]) == cli.PROBLEMS
    return [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines() if line.startswith("{")]


def test_areas_without_a_measured_rate_get_what_they_had(fitted, office, tmp_path):
    assert applied(fitted, office, tmp_path / "out") == cli.DONE
    before, after = read_results(fitted / "out"), read_results(tmp_path / "out")
    alone = before.areas["notes"].str.contains("synthetic_only").to_numpy()
    columns = ["area_risk", "ci_lower", "ci_upper", "se"]
    np.testing.assert_allclose(after.areas.loc[alone, columns], before.areas.loc[alone, columns], rtol=1e-9)
    assert after.areas["notes"].str.contains("synthetic_only").all()
    assert after.manifest["model"]["fingerprint"] == before.manifest["fingerprint"]
    assert after.manifest["interval"] == "area_model"
    assert after.manifest["years"]["outcome"] == 2020
    assert (tmp_path / "out" / "model.json").read_bytes() == (fitted / "out" / "model.json").read_bytes()
    gap = after.areas.set_index("area_code")["area_risk"] - after.national["area_risk"].iloc[0]
    assert (after.contributions.groupby("area_code")["contribution"].sum() - gap).abs().max() < 1e-12
    assert cli.main(["sheets", str(tmp_path / "out"), "--area", "0007"]) == cli.DONE


def test_the_study_can_name_the_model_itself(fitted, office, tmp_path):
    (office / "modelo.json").write_bytes((fitted / "out" / "model.json").read_bytes())
    path = office / "study.toml"
    path.write_text(
        path.read_text(encoding="utf-8") + '[model]\nfile = "modelo.json"\nparents = false\n', encoding="utf-8"
    )
    assert cli.main(["check", str(path)]) == cli.DONE
    assert cli.main(["run", str(path), "--out", str(tmp_path / "out")]) == cli.DONE
    results = read_results(tmp_path / "out")
    assert results.diagnostics["parents_known"] == 0
    assert "applied_parents_new" in set(results.problems["code"])
    known = read_results(fitted / "out").areas
    assert (results.areas["se"] > 0.9 * known["se"]).all()


def test_what_does_not_fit_is_told(fitted, office, tmp_path, capsys):
    apply = ["apply", str(fitted / "out" / "model.json"), str(office), "--out", str(tmp_path / "out")]
    study, table = office / "study.toml", office / "municipios.csv"
    text, rows = study.read_text(encoding="utf-8"), pd.read_csv(table, dtype=str)
    study.write_text(text.replace(INDICATOR, ""), encoding="utf-8")
    assert codes_of(capsys, apply) == ["column_missing"]
    study.write_text(text.replace('"area_model"', '"vulnerability_index"'), encoding="utf-8")
    assert "study_model_alone" in codes_of(capsys, apply)
    study.write_text(text + '[area_model]\ncases = "a"\ntotal = "b"\n', encoding="utf-8")
    assert codes_of(capsys, apply) == ["study_model_alone"]
    study.write_text(text, encoding="utf-8")
    rows.assign(agricultura=rows["agricultura"].astype(float) / 100).to_csv(table, index=False)
    assert codes_of(capsys, apply) == ["applied_indicator_scale"]
    rows.assign(luz="").to_csv(table, index=False)
    assert codes_of(capsys, apply) == ["indicator_empty"]
    assert not (tmp_path / "out").exists()


def test_another_unit_is_warned_of_and_a_model_of_another_method_refused(fitted, office, tmp_path, capsys):
    study = office / "study.toml"
    text = study.read_text(encoding="utf-8")
    study.write_text(text.replace('unit = "%"', 'unit = "per thousand"'), encoding="utf-8")
    assert applied(fitted, office, tmp_path / "out") == cli.DONE
    assert "applied_indicator_unit" in set(read_results(tmp_path / "out").problems["code"])
    study.write_text(text, encoding="utf-8")
    of_survey = Path(__file__).parents[1] / "reference/model_version_1.json"
    apply = ["apply", str(of_survey), str(office), "--out", str(tmp_path / "other")]
    assert codes_of(capsys, apply) == ["model_other_kind"]
