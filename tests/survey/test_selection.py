"""The proposal: Wald tests, elimination and variance inflation against R; flags and the L1 path on cases with a truth.

The reference files are made by `tests/reference/selection.R`.
"""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from riskmodel.survey.backward import eliminate, wald_tests
from riskmodel.survey.logit import fit_survey_model
from riskmodel.survey.sample import FitSample
from riskmodel.survey.screening import inflation
from riskmodel.survey.selection import propose
from tests.survey.test_against_r import DETERMINANTS as IN_R
from tests.survey.test_against_r import REFERENCE, survey
from tests.survey.test_logit import DETERMINANTS, category, numeric, simulated

CANDIDATES = [*IN_R, category("third", "0"), category("parity", "0"), numeric("near")]


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    """The case "domain" of the reference, with three determinants that say nothing more."""
    found = survey()
    row = np.arange(len(found))
    found["third"] = pd.Series((row % 3).astype(str), dtype="string")
    found["parity"] = pd.Series((row % 2).astype(str), dtype="string")
    found["near"] = found["age"] + (row % 7) / 4
    found["in_domain"] = ~found["stratum"].isin(["e6", "e8"]) & (found["age"] >= 5) & found["zone"].notna()
    return found


def test_wald_tests_and_elimination_agree_with_regtermtest(frame):
    want = pd.read_csv(REFERENCE / "selection_wald.csv")
    left, removed = list(CANDIDATES), []
    for _, step in want.groupby("step"):
        model = fit_survey_model(frame, left, "fail")
        got = wald_tests(model).loc[step["determinant"]]
        assert got["wald_f"].to_numpy() == pytest.approx(step["f"].to_numpy(), rel=1e-6)
        assert got["p_value"].to_numpy() == pytest.approx(step["p"].to_numpy(), rel=1e-6)
        assert got["df"].to_list() == step["df"].to_list()
        assert model.df == step["ddf"].iloc[0]
        worst = step.set_index("determinant")["p"].idxmax()
        removed.append(worst)
        left = [d for d in left if d.name != worst]
    last = want[want["step"] == want["step"].max()]
    found = eliminate(frame, CANDIDATES, fit_survey_model(frame, CANDIDATES, "fail"), "fail")
    assert list(found.kept) == last["determinant"].to_list() == ["zone", "age"]
    assert [step["determinant"] for step in found.removed] == removed[:-1]


def test_variance_inflation_agrees_with_car(frame):
    want = pd.read_csv(REFERENCE / "selection_gvif.csv").set_index("determinant")
    sample = FitSample.of(frame, fit_survey_model(frame, CANDIDATES, "fail").terms)
    got = inflation(sample.x, sample.weight, fit_survey_model(frame, CANDIDATES, "fail").terms)
    assert got.to_numpy() == pytest.approx(want.loc[got.index, "gvif"].to_numpy(), rel=1e-6)


def test_the_proposal_names_what_repeats_and_keeps_the_record(frame):
    candidates = [*CANDIDATES[:-1], numeric("near").model_copy(update={"in_model": False})]
    found = propose(frame, candidates, "fail", seed=1)
    rows = {row["determinant"]: row for row in found["table"]}
    assert rows["age"]["flags"] == rows["near"]["flags"] == ["collinear"]
    assert (rows["near"]["taken"], rows["age"]["taken"]) == (False, True)
    assert found["candidates"] == [d.name for d in CANDIDATES]
    assert found["taken"] == [d.name for d in CANDIDATES[:-1]]
    assert found["backward"] == ["zone", "age"]
    assert [name for name, row in rows.items() if row["kept_by_backward"]] == found["backward"]
    assert [name for name, row in rows.items() if row["kept_by_l1"]] == found["l1"]
    json.dumps(found, allow_nan=False)


def test_the_path_keeps_what_matters_and_drops_most_noise():
    data = simulated(4000)
    rng = np.random.default_rng(5)
    noise = [category(f"noise{i}") for i in range(8)]
    for one in noise:
        data[one.name] = pd.Series(rng.choice(list("ab"), len(data)), dtype="string")
    found = propose(data, [*DETERMINANTS, *noise])
    assert {"sex", "zone", "age"} <= set(found["l1"])
    assert len(found["l1"]) <= 5
    assert {"sex", "zone", "age"} <= set(found["backward"])
    assert propose(data, [*DETERMINANTS, *noise]) == found


def test_thin_determinants_are_flagged():
    data = simulated(2000)
    data["rare"] = pd.Series("no", data.index, dtype="string")
    data.loc[:19, "rare"] = "yes"
    data.loc[:19, "outcome"] = [1.0] * 3 + [0.0] * 17
    data["same"] = pd.Series("one", data.index, dtype="string")
    found = propose(data, [*DETERMINANTS, category("rare", "no"), category("same")])
    rows = {row["determinant"]: row for row in found["table"]}
    assert rows["rare"]["flags"] == ["near_constant", "few_positive", "rare_category"]
    assert rows["same"]["flags"] == ["near_constant"]
    assert rows["same"]["wald_f"] is None
    assert rows["sex"]["flags"] == []
    assert found["hindered_by"] == []


def test_a_model_that_cannot_be_fitted_still_gives_flags_and_its_reason():
    data = simulated(2000)
    data["never"] = pd.Series(np.where(data.index % 4 == 0, "yes", "no"), dtype="string")
    data.loc[data["never"] == "yes", "outcome"] = 0.0
    found = propose(data, [*DETERMINANTS, category("never", "no")])
    assert found["hindered_by"] == ["model_category_none_positive"]
    assert found["backward"] is None
    assert "never" in found["l1"]
    assert found["table"][3]["flags"] == ["few_positive", "rare_category"]
