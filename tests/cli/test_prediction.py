"""A study whose areas are predicted: what the survey says of an area moves it, and everything still adds up."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cli
from riskmodel.i18n import translator
from riskmodel.outputs.sheet_content import sheet_content
from riskmodel.results import read_results
from tests.small_study_areas import IN_SURVEY, write_study_with_areas


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The study run with predicted areas, twice, and with synthetic ones."""
    folder = tmp_path_factory.mktemp("prediction")
    path = write_study_with_areas(folder / "study")
    for name in ("on", "again"):
        assert cli.main(["run", str(path), "--out", str(folder / name)]) == cli.DONE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"prediction"', '"synthetic"'), encoding="utf-8")
    assert cli.main(["run", str(path), "--out", str(folder / "off")]) == cli.DONE
    return folder


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(folder / f"{name}.parquet")


def test_both_estimates_stand_side_by_side(made):
    found = table(made / "on", "estimators").set_index("area_code")
    areas = table(made / "on", "areas").set_index("area_code")
    assert found.index[found["in_sample"]].tolist() == IN_SURVEY
    pd.testing.assert_series_equal(found["area_risk"], areas["area_risk"])
    outside = ~found["in_sample"]
    np.testing.assert_allclose(found["area_risk"][outside], found["synthetic_risk"][outside], rtol=1e-6)
    assert found["effect"][outside].isna().all()
    assert (found["children_asked"][found["in_sample"]].between(30, 60)).all()
    moves = np.sign(found["area_risk"] - found["synthetic_risk"])[found["in_sample"]]
    assert (moves == np.sign(found["effect"][found["in_sample"]])).mean() > 0.9
    assert "estimators" not in {p.stem for p in (made / "off").glob("*.csv")}


def test_predictions_are_nearer_the_truth_and_surer(made):
    truth = pd.read_csv(made / "study" / "verdad.csv", dtype={"cod_mun": str}).set_index("cod_mun")["riesgo"]
    on, off = (table(made / name, "areas").set_index("area_code").loc[IN_SURVEY] for name in ("on", "off"))
    error = {name: np.sqrt(((a["area_risk"] - truth[IN_SURVEY]) ** 2).mean()) for name, a in (("on", on), ("off", off))}
    assert error["on"] < 0.75 * error["off"]
    assert on["se"].mean() < 0.85 * off["se"].mean()
    assert truth[IN_SURVEY].between(on["ci_lower"], on["ci_upper"]).mean() > 0.8


def test_contributions_add_up_and_the_area_is_a_part_of_its_own(made):
    areas = table(made / "on", "areas").set_index("area_code")["area_risk"]
    national = table(made / "on", "national")["area_risk"].iloc[0]
    found = table(made / "on", "contributions")
    sums = found.groupby("area_code")["contribution"].sum()
    np.testing.assert_allclose(sums, areas.reindex(sums.index) - national, atol=1e-12)
    own = found[found["determinant"] == "(area)"].set_index("area_code")["contribution"]
    both = table(made / "on", "estimators").set_index("area_code")
    np.testing.assert_allclose(own.sort_index(), both["area_risk"] - both["synthetic_risk"], atol=1e-12)
    assert "(area)" not in set(table(made / "off", "contributions")["determinant"])


def test_groups_and_country_are_means_of_the_same_children(made):
    groups = table(made / "on", "groups")
    by_area = groups[(groups["area_code"] != "") & (groups["group"] == "sexo")]
    means = (by_area["area_risk"] * by_area["children"]).groupby(by_area["area_code"]).sum()
    areas = table(made / "on", "areas").set_index("area_code")
    np.testing.assert_allclose(means / areas["children"], areas["area_risk"], rtol=1e-9)
    assert (by_area["se"] > 0).all()


def test_the_same_study_gives_the_same_tables(made):
    for name in ("areas", "groups", "contributions", "estimators"):
        pd.testing.assert_frame_equal(table(made / "on", name), table(made / "again", name), check_exact=True)


def test_the_fit_is_in_the_diagnostics_and_the_model_file_stays_without_areas(made):
    record = json.loads((made / "on" / "diagnostics.json").read_text(encoding="utf-8"))["area_prediction"]
    assert record["areas"] == len(IN_SURVEY)
    assert record["sd"] == pytest.approx(0.6, abs=0.3)
    assert record["coefficients"][0]["term"] == "(intercept)"
    models = [json.loads((made / name / "model.json").read_text(encoding="utf-8")) for name in ("on", "off")]
    own = ("checksum", "fingerprint")
    assert {k: v for k, v in models[0].items() if k not in own} == {k: v for k, v in models[1].items() if k not in own}


def test_the_sheet_names_the_part_of_the_area(made):
    results = read_results(made / "on")
    own = results.contributions[results.contributions["determinant"] == "(area)"]
    code = own.loc[own["contribution"].abs().idxmax(), "area_code"]
    content = sheet_content(results, code, translator("en"))
    assert "What the survey itself says of this area" in json.dumps(content["factors"])
