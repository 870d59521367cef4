"""Finite population corrections, two stages and replicate weights agree with R survey.

The reference files are made by `tests/reference/survey_design.R` (versions in `survey_versions.csv`).
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from riskmodel.study import Determinant, LonelyPsu, Replicates, Rule
from riskmodel.survey.logit import SurveyModel, fit_survey_model

REFERENCE = Path(__file__).parent.parent / "reference"
DETERMINANTS = [
    Determinant(name="sex", survey=Rule(column="sex"), reference="mujer"),
    Determinant(name="zone", survey=Rule(column="zone"), reference="urbana"),
    Determinant(name="age", kind="numeric", survey=Rule(column="age")),
]
R_NAMES = {"(Intercept)": "(intercept)", "sexhombre": "sex=hombre", "zonerural": "zone=rural"}
RULES: tuple[LonelyPsu, ...] = ("adjust", "average", "certainty", "remove")
RSCALES = tuple(pd.read_csv(REFERENCE / "survey_design_rscales.csv")["rscales"])

# Strata left out of the domain, and whether only children of 5 or more are in it.
STAGES: dict[str, tuple[list[str], bool]] = {
    "fpc": (["s09", "s11"], False),
    "fpc_fraction": (["s09", "s11"], False),
    "fpc_domain": (["s09", "s11"], True),
    "two_stage": (["s09", "s11"], False),
    "two_stage_domain": (["s09", "s11"], True),
    "two_stage_no_fpc2": (["s09", "s11"], False),
    **{f"fpc_{rule}": ([], True) for rule in RULES},
    **{f"two_stage_{rule}": (["s11"] if rule == "average" else [], True) for rule in RULES},
}

# The columns of survey_design_factors.csv and what the study says of them.
REPLICATES: dict[str, tuple[str, dict[str, Any]]] = {
    "jk1": ("jk1", {"type": "JK1"}),
    "jk1_mse": ("jk1", {"type": "JK1", "mse": True}),
    "jk1_factors": ("jk1", {"type": "JK1", "combined": False}),
    "jkn": ("jkn", {"type": "JKn", "rscales": RSCALES}),
    "jkn_mse": ("jkn", {"type": "JKn", "rscales": RSCALES, "mse": True}),
    "jkn_factors": ("jkn", {"type": "JKn", "combined": False, "mse": True}),
    "brr": ("brr", {"type": "BRR"}),
    "brr_mse": ("brr", {"type": "BRR", "mse": True}),
    "fay": ("fay", {"type": "Fay", "rho": 0.3}),
    "fay_mse": ("fay", {"type": "Fay", "rho": 0.3, "mse": True}),
    "bootstrap": ("boot", {"type": "bootstrap"}),
    "bootstrap_mse": ("boot", {"type": "bootstrap", "mse": True}),
    "bootstrap_scale": ("boot", {"type": "bootstrap", "mse": True, "scale": 0.05}),
    "jkn_domain": ("jkn", {"type": "JKn", "rscales": RSCALES}),
    "bootstrap_domain": ("boot", {"type": "bootstrap", "mse": True}),
}


def survey() -> pd.DataFrame:
    text = dict.fromkeys(("stratum", "psu", "ssu", "sex", "zone"), "string")
    frame = pd.read_csv(REFERENCE / "survey_design_data.csv", dtype=text)
    return frame.astype({"outcome": float, "age": float, "psus": float, "ssus": float})


def stages(case: str) -> SurveyModel:
    frame = survey()
    outside, children = STAGES[case]
    frame["in_domain"] = ~frame["stratum"].isin(outside) & ((frame["age"] >= 5) | (not children))
    frame["fpc"] = frame["psus"]
    if case == "fpc_fraction":
        frame["fpc"] = frame.groupby("stratum")["psu"].transform("nunique") / frame["psus"]
    if case.startswith("two_stage"):
        frame["fpc2"] = frame["ssus"]
    else:
        frame = frame.drop(columns="ssu")
    if case == "two_stage_no_fpc2":
        frame = frame.drop(columns="fpc2")
    rule = next((r for r in RULES if case.endswith(r)), "fail")
    return fit_survey_model(frame, DETERMINANTS, rule)


def replicated(case: str) -> SurveyModel:
    name, settings = REPLICATES[case]
    frame = survey()
    frame = frame[frame["stratum"] <= "s08"].reset_index(drop=True)
    factors = pd.read_csv(REFERENCE / "survey_design_factors.csv", dtype={"stratum": "string", "psu": "string"})
    factors = frame[["stratum", "psu"]].merge(factors, how="left", on=["stratum", "psu"]).filter(regex=rf"^{name}\d")
    combined = settings.get("combined", True)
    weights = factors.mul(frame["weight"], axis=0) if combined else factors
    frame = frame.join(weights.set_axis([f"replicate:{i + 1}" for i in range(factors.shape[1])], axis=1))
    frame["in_domain"] = frame["age"] >= (5 if case.endswith("_domain") else 0)
    return fit_survey_model(
        frame.drop(columns=["stratum", "psu"]), DETERMINANTS, replicates=Replicates(columns=("w*",), **settings)
    )


def fitted(case: str) -> SurveyModel:
    return stages(case) if case in STAGES else replicated(case)


def apart(reference: pd.DataFrame, case: str) -> float:
    """The largest relative difference with R in coefficients and errors; df and rows must be the same."""
    want = reference[reference["case"] == case].set_index("term").rename(index=R_NAMES)
    model = fitted(case)
    got = model.coefficients().set_index("term").loc[want.index]
    assert model.df == want["df"].iloc[0]
    assert model.n_obs == want["n"].iloc[0]
    return float(pd.concat([(got[c] / want[c] - 1).abs() for c in ("coef", "se")]).max())


@pytest.mark.parametrize("case", [*STAGES, *REPLICATES])
def test_coefficients_and_errors_agree_with_svyglm(case):
    assert apart(pd.read_csv(REFERENCE / "survey_design.csv"), case) < 1e-7


def test_every_case_of_the_reference_is_compared():
    assert set(pd.read_csv(REFERENCE / "survey_design.csv")["case"]) == {*STAGES, *REPLICATES}


@pytest.mark.parametrize("case", ["two_stage_adjust", "jk1_mse"])
def test_archer_lemeshow_agrees_with_svyby_of_the_residuals(case):
    want = pd.read_csv(REFERENCE / "survey_design_fit_test.csv").set_index("case").loc[case]
    got = fitted(case).diagnostics["archer_lemeshow"]
    assert (got["df1"], got["df2"]) == (want["df1"], want["df2"])
    assert got["f"] == pytest.approx(want["f"], rel=1e-6)


@pytest.mark.bench
def test_r_still_gives_the_reference(tmp_path):
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    done = subprocess.run(
        ["Rscript", str(REFERENCE / "survey_design.R"), str(tmp_path)], capture_output=True, text=True
    )
    if "there is no package" in done.stderr:
        pytest.skip("R has no package survey")
    assert done.returncode == 0, done.stderr
    fresh = pd.read_csv(tmp_path / "survey_design.csv")
    furthest = max(apart(fresh, case) for case in [*STAGES, *REPLICATES])
    print(f"largest relative difference with R: {furthest:.1e}")
    assert furthest < 1e-7
    assert np.allclose(RSCALES, pd.read_csv(tmp_path / "survey_design_rscales.csv")["rscales"])
