"""Every kind of design agrees with R survey on R's own data: the schools of California (api) and nhanes.

The rows come from R at run time; only R's coefficients and errors are kept here (`tests/reference/survey_api.R`).
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from riskmodel.study import Determinant, Replicates, Rule
from riskmodel.survey.logit import SurveyModel, fit_survey_model
from tests.survey.test_against_r import REFERENCE

WANTED = pd.read_csv(REFERENCE / "survey_api.csv")
REFERENCES = {"stype": "E", "race": "1", "agecat": "(0,19]", "sex": "1"}
NUMBERS = ("meals", "ell")
TEXT = dict.fromkeys(("stratum", "psu", "ssu", *REFERENCES), "string")


@pytest.fixture(scope="module")
def rows(tmp_path_factory) -> Path:
    """The rows of each case, and the coefficients that the R of this machine gives."""
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed: its data sets api and nhanes are read from it")
    folder = tmp_path_factory.mktemp("r")
    command = ["Rscript", str(REFERENCE / "survey_api.R"), str(folder), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if "there is no package" in done.stderr:
        pytest.skip("R has no package survey: its data sets api and nhanes are read from it")
    assert done.returncode == 0, done.stderr
    return folder


def fitted(folder: Path, case: str) -> SurveyModel:
    frame = pd.read_csv(folder / f"{case}.csv", dtype=TEXT)
    frame["in_domain"] = frame["in_domain"] == 1
    used = set(WANTED.loc[WANTED["case"] == case, "term"])
    names = [name for name in (*REFERENCES, *NUMBERS) if name in frame and any(t.startswith(name) for t in used)]
    determinants = [
        Determinant(name=name, kind="numeric", survey=Rule(column=name))
        if name in NUMBERS
        else Determinant(name=name, survey=Rule(column=name), reference=REFERENCES[name])
        for name in names
    ]
    told = folder / f"{case}.json"
    replicates = None
    if told.exists():
        given = json.loads(told.read_text())
        columns = tuple(c for c in frame if c.startswith("replicate:"))
        settings = {"type": given["type"]}
        if given["type"] == "Fay":
            settings["rho"] = given["rho"]
        if given["type"] not in ("BRR", "Fay"):  # the factors of these two follow from their type
            settings |= {"scale": given["scale"], "rscales": given["rscales"] if given["type"] == "JKn" else ()}
        replicates = Replicates(columns=columns, **settings)
    return fit_survey_model(frame, determinants, "fail", replicates)


def apart(folder: Path, case: str, wanted: pd.DataFrame) -> float:
    """Largest relative difference of coefficients and errors; also checks degrees of freedom and rows."""
    model = fitted(folder, case)
    want = wanted[wanted["case"] == case].set_index("term")
    ours = {"(Intercept)": "(intercept)"} | {
        f"{name}{category}": f"{name}={category}"
        for name, categories in model.terms.categories.items()
        for category in categories
    }
    want = want.rename(index=ours)
    got = model.coefficients().set_index("term").loc[want.index]
    assert len(want) == len(model.coef)
    assert model.df == want["df"].iloc[0]
    assert model.n_obs == want["n"].iloc[0]
    return float(pd.concat([(got[c] / want[c] - 1).abs() for c in ("coef", "se")]).max())


@pytest.mark.parametrize("case", WANTED["case"].unique())
def test_coefficients_and_errors_agree_with_svyglm(rows, case):
    kept = apart(rows, case, WANTED)
    fresh = apart(rows, case, pd.read_csv(rows / "survey_api.csv"))
    print(f"\n| {case} | {max(kept, fresh):.1e} |")
    assert max(kept, fresh) < 1e-7
