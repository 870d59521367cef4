"""A study with domains: its regions agree with the survey, contributions still add up, and it can be turned off."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cli
from tests.small_study import write_small_study, write_study_with_domains


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A study with domains, run with and without benchmark."""
    folder = tmp_path_factory.mktemp("benchmark")
    path = write_study_with_domains(folder / "study")
    text = path.read_text(encoding="utf-8")
    assert cli.main(["run", str(path), "--out", str(folder / "on")]) == cli.DONE
    path.write_text(text.replace('domain = "dep"', 'domain = "dep"\nbenchmark = false'), encoding="utf-8")
    assert cli.main(["run", str(path), "--out", str(folder / "off")]) == cli.DONE
    return folder


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(folder / f"{name}.parquet")


def test_regions_have_the_survey_s_figure_and_its_error(made):
    survey = pd.read_csv(made / "study" / "encuesta.csv", dtype={"dep": str})
    inside = survey[survey["edad"].between(5, 17)]
    direct = (inside["trabaja"] * inside["factor"]).groupby(inside["dep"]).sum() / inside.groupby("dep")["factor"].sum()
    parents = table(made / "on", "parents").set_index("area_code")
    np.testing.assert_allclose(parents["area_risk"], direct, rtol=1e-9)
    told = pd.DataFrame(json.loads((made / "on" / "diagnostics.json").read_text(encoding="utf-8"))["benchmark"])
    np.testing.assert_allclose(parents["se"], told["se"], rtol=1e-8)
    assert "benchmark_large_shift" in set(table(made / "on", "problems")["code"])


def test_contributions_add_up_and_the_shift_is_a_part_of_its_own(made):
    areas = table(made / "on", "areas").set_index("area_code")["area_risk"]
    national = table(made / "on", "national")["area_risk"].iloc[0]
    found = table(made / "on", "contributions")
    sums = found.groupby("area_code")["contribution"].sum()
    np.testing.assert_allclose(sums, areas.reindex(sums.index) - national, atol=1e-12)
    of_model = found[found["determinant"] != "(benchmark)"].set_index(["area_code", "determinant"])["contribution"]
    alone = table(made / "off", "contributions").set_index(["area_code", "determinant"])["contribution"]
    np.testing.assert_allclose(of_model, alone.reindex(of_model.index), atol=1e-12)


def test_turned_off_it_is_the_model_alone(made):
    assert json.loads((made / "off" / "diagnostics.json").read_text(encoding="utf-8"))["benchmark"] == []
    assert "(benchmark)" not in set(table(made / "off", "contributions")["determinant"])


def test_the_sheet_names_the_adjustment(made):
    from riskmodel.i18n import translator
    from riskmodel.outputs.sheet_content import sheet_content
    from riskmodel.results import read_results

    content = sheet_content(read_results(made / "on"), "0203", translator("en"))
    assert "Adjustment to the survey" in json.dumps(content["factors"])


def test_domains_need_parents(made, capsys, tmp_path):
    path = write_small_study(tmp_path / "study")
    text = path.read_text(encoding="utf-8").replace('psu = "upm"', 'psu = "upm"\ndomain = "sexo"')
    path.write_text(text.replace('parent_code = "cod_dep"\n', ""), encoding="utf-8")
    assert cli.main(["check", str(path), "--json"]) == cli.PROBLEMS
    assert "study_needs_parent_for_domain" in capsys.readouterr().out
