"""A model with a category of the missing, applied to microdata, cells and margins, and from its file."""

import numpy as np
import pandas as pd
import pytest

from riskmodel.inputs.harmonise import survey_shares
from riskmodel.population.check import check_population, known_categories
from riskmodel.population.margins import score_margins
from riskmodel.population.microdata import score_population
from riskmodel.problems import MISSING_CATEGORY
from riskmodel.survey.logit import fit_survey_model
from tests.population.world import DETERMINANTS, people, study_of, survey_frame

TWO = DETERMINANTS[:2]


def world():
    """Survey and census in which every fifth has no zone, and those work more."""
    frames = []
    for seed, n in ((1, 6000), (2, 3000)):
        table = people(n, seed=seed)
        lost = np.arange(n) % 5 == 0
        table["trabaja"] = np.where(lost & (np.arange(n) % 2 == 0), 1.0, table["trabaja"])
        frames.append(table.assign(zona=table["zona"].where(~lost, "")))
    survey = survey_frame(frames[0])
    survey["zone"] = survey["zone"].replace("", pd.NA).fillna(MISSING_CATEGORY)
    return survey, frames[1], fit_survey_model(survey, TWO)


SURVEY, CENSUS, MODEL = world()


def study(file, **changes):
    return study_of(file, **changes).model_copy(update={"determinant": TWO})


def by_hand():
    """Mean risk of each area, each child without a zone in the category of the missing."""
    children = CENSUS[CENSUS["edad"].between(5, 17)]
    frame = pd.DataFrame(
        {"sex": children["sexo"].map({1: "hombre", 2: "mujer"}), "zone": children["zona"].replace("", MISSING_CATEGORY)}
    )
    risk = MODEL.predict(frame) * children["factor"]
    return (risk.groupby(children["area"]).sum() / children.groupby("area")["factor"].sum()).sort_index()


def test_the_category_has_a_coefficient_and_is_no_reference():
    assert f"zone={MISSING_CATEGORY}" in MODEL.coef
    alone = survey_frame(people(500, seed=3)).assign(zone=MISSING_CATEGORY)
    alone.loc[:99, "zone"] = "rural"
    zone = (TWO[1].model_copy(update={"reference": ""}),)
    assert fit_survey_model(alone, zone).terms.categories["zone"][0] == "rural"


def test_microdata(tmp_path):
    CENSUS.to_csv(tmp_path / "c.csv", index=False)
    scores = score_population(study("c.csv", groups=("zone",)), tmp_path, MODEL, scratch=tmp_path)
    np.testing.assert_allclose(scores.areas.set_index("area_code")["area_risk"], by_hand(), rtol=1e-12)
    assert (scores.areas["unscored_share"].abs() < 1e-12).all()
    told = next(p for p in scores.problems if p.code == "population_missing_category")
    assert told.values["count"] == int((CENSUS["edad"].between(5, 17) & (CENSUS["zona"] == "")).sum())
    assert "population_missing_values" not in {p.code for p in scores.problems}
    share = scores.shares.set_index(["determinant", "category"])["share"]
    assert share["zone", MISSING_CATEGORY] == pytest.approx(0.2, abs=0.03)
    assert set(scores.groups["category"]) == {"", "rural", "urbana"}  # "" is "not stated"
    not_stated = scores.groups[(scores.groups["category"] == "") & (scores.groups["area_code"] == "")]
    assert not_stated["area_risk"].notna().all()


def cells():
    inside = CENSUS[CENSUS["edad"].between(5, 17)]
    codes = inside.assign(sex=inside["sexo"].map({1: "hombre", 2: "mujer"}), zone=inside["zona"])
    return codes.groupby(["area", "sex", "zone"], as_index=False)["factor"].sum().rename(columns={"factor": "n"})


def test_cells_give_the_same(tmp_path):
    cells().to_csv(tmp_path / "c.csv", index=False)
    given = study("c.csv", kind="cells", count="n", weight="", groups=())
    scores = score_population(given, tmp_path, MODEL, scratch=tmp_path)
    np.testing.assert_allclose(scores.areas.set_index("area_code")["area_risk"], by_hand(), rtol=1e-12)


def test_margins_meet_the_totals_of_the_missing(tmp_path):
    """A code without a name among the totals is the model's category of the missing; raking meets every total."""
    long = pd.concat(
        cells().groupby(["area", name], as_index=False)["n"].sum().set_axis(["area", "category", "n"], axis=1).assign(
            determinant=name
        )
        for name in ("sex", "zone")
    )  # fmt: skip
    long.to_csv(tmp_path / "m.csv", index=False)
    changes = {"kind": "margins", "count": "n", "determinant": "determinant", "category": "category", "weight": ""}
    given = study("m.csv", groups=("zone",), **changes)
    scores = score_margins(given, tmp_path, MODEL, SURVEY)
    assert scores.areas["scored"].sum() == pytest.approx(scores.areas["children"].sum())
    share = scores.shares.set_index(["determinant", "category"])["share"]
    lost = cells().query("zone == ''")["n"].sum() / cells()["n"].sum()
    assert share["zone", MISSING_CATEGORY] == pytest.approx(lost)
    np.testing.assert_allclose(scores.areas.set_index("area_code")["area_risk"], by_hand(), rtol=0.02)
    assert (scores.groups["category"] == "").any()


def test_a_check_says_what_the_run_says(tmp_path):
    """The same shares and the same problems of the population, without scoring anybody."""
    CENSUS.assign(sexo=CENSUS["sexo"].replace(2, 9)).to_csv(tmp_path / "c.csv", index=False)
    given = study("c.csv", groups=())
    known = known_categories(SURVEY, given)
    assert known["zone"] == (MISSING_CATEGORY, "rural", "urbana")
    checked = check_population(given, tmp_path, known, tmp_path)
    run = score_population(given.model_copy(update={"determinant": TWO}), tmp_path, MODEL, scratch=tmp_path)
    assert {p.code for p in checked.problems} == {p.code for p in run.problems}
    assert checked.children == pytest.approx(run.national["children"])
    assert list(checked.areas) == run.areas["area_code"].to_list()
    both = checked.shares.merge(run.shares, on=["determinant", "category"])
    assert len(both) == len(run.shares) == len(checked.shares)
    np.testing.assert_allclose(both["share_x"], both["share_y"], rtol=1e-9)
    assert survey_shares(SURVEY, TWO)["category"].isin([MISSING_CATEGORY]).any()
