"""The fit agrees with R survey::svyglm on a simulated survey with a hard design.

The reference files are made by `tests/reference/survey_logit.R` (versions in `survey_versions.csv`).
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.study import Determinant, LonelyPsu, Rule
from riskmodel.survey.design import SurveyDesign
from riskmodel.survey.logit import SurveyModel, fit_survey_model

REFERENCE = Path(__file__).parent.parent / "reference"
DETERMINANTS = [
    Determinant(name="sex", survey=Rule(column="sex"), reference="mujer"),
    Determinant(name="zone", survey=Rule(column="zone"), reference="urbana"),
    Determinant(name="age", kind="numeric", survey=Rule(column="age")),
    Determinant(name="income", kind="numeric", survey=Rule(column="income")),
]
R_NAMES = {
    "(Intercept)": "(intercept)",
    "sexhombre": "sex=hombre",
    "zonedispersa": "zone=dispersa",
    "zonerural": "zone=rural",
    "age": "age",
    "income": "income",
}
RULES: dict[str, LonelyPsu] = {
    "domain_adjust": "adjust",
    "domain_average": "average",
    "domain_certainty": "certainty",
    "domain_remove": "remove",
}
CASES = ["strata_psu", "domain", "weights_only", "psu_only", *RULES]


def survey() -> pd.DataFrame:
    frame = pd.read_csv(REFERENCE / "survey_data.csv", dtype={"stratum": "string", "psu": "string"})
    frame["sex"] = frame["sex"].astype("string")
    frame["zone"] = frame["zone"].astype("string")
    return frame.astype({"outcome": float, "age": float})


def fitted(case: str) -> SurveyModel:
    """The fit that R's `case` names."""
    frame = survey()
    everyone = pd.Series(True, frame.index)
    several = ~frame["stratum"].isin(["e6", "e8"])
    frame["in_domain"] = {"strata_psu": several, "domain": several & (frame["age"] >= 5)}.get(
        case, frame["age"] >= 5 if case in RULES else everyone
    )
    if case in ("weights_only", "psu_only"):
        frame["psu"] = frame["stratum"] + "." + frame["psu"] if case == "psu_only" else frame.index.astype("string")
        frame["stratum"] = ""
    return fit_survey_model(frame, DETERMINANTS, RULES.get(case, "fail"))


def assert_same(reference: pd.DataFrame, case: str) -> float:
    """Compare one case to a relative 1e-7; gives the largest relative difference met."""
    want = reference[reference["case"] == case].set_index("term").rename(index=R_NAMES)
    model = fitted(case)
    got = model.coefficients().set_index("term").loc[want.index]
    assert model.df == want["df"].iloc[0]
    assert model.n_obs == want["n"].iloc[0]
    apart = pd.concat([(got[c] / want[c] - 1).abs() for c in ("coef", "se")]).max()
    assert apart < 1e-7
    return float(apart)


@pytest.mark.parametrize("case", CASES)
def test_coefficients_and_errors_agree_with_svyglm(case):
    assert_same(pd.read_csv(REFERENCE / "survey_logit.csv"), case)


def test_whole_covariance_agrees_with_svyglm():
    want = pd.read_csv(REFERENCE / "survey_covariance.csv", index_col=0).rename(index=R_NAMES, columns=R_NAMES)
    got = fitted("domain_adjust").cov.loc[want.index, want.columns]
    scale = np.sqrt(np.outer(np.diag(want), np.diag(want)))
    assert np.abs((got - want) / scale).to_numpy().max() < 1e-7


def test_archer_lemeshow_agrees_with_svyby_of_the_residuals():
    want = pd.read_csv(REFERENCE / "survey_fit_test.csv").iloc[0]
    got = fitted("domain").diagnostics["archer_lemeshow"]
    assert (got["df1"], got["df2"]) == (want["df1"], want["df2"])
    assert got["f"] == pytest.approx(want["f"], rel=1e-6)
    assert got["p_value"] == pytest.approx(want["p"], rel=1e-6)


def test_empty_psus_stay_in_the_design():
    """Filtering the rows instead of naming a domain forgets the empty PSUs and gives other errors than R."""
    frame = survey()
    filtered = frame[~frame["stratum"].isin(["e6", "e8"]) & (frame["age"] >= 5)].reset_index(drop=True)
    assert SurveyDesign.from_frame(filtered).n_psu < SurveyDesign.from_frame(frame).n_psu
    with_rule = fit_survey_model(filtered, DETERMINANTS, "adjust")
    assert np.abs(with_rule.se / fitted("domain").se - 1).max() > 1e-3


@pytest.mark.bench
def test_r_still_gives_the_reference(tmp_path):
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    done = subprocess.run(["Rscript", str(REFERENCE / "survey_logit.R"), str(tmp_path)], capture_output=True, text=True)
    if "there is no package" in done.stderr:
        pytest.skip("R has no package survey")
    assert done.returncode == 0, done.stderr
    fresh = pd.read_csv(tmp_path / "survey_logit.csv")
    apart = max(assert_same(fresh, case) for case in CASES)
    print(f"largest relative difference with R: {apart:.1e}")
