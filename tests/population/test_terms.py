"""Curves and interactions in the population: the engine gives what the model gives row by row, for every kind of source."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.decisions.contributions import contributions_of_model
from riskmodel.inputs.harmonise import survey_shares
from riskmodel.population.margins import score_margins
from riskmodel.population.microdata import PopulationScores, score_population
from riskmodel.population.raked import RakedProfiles
from riskmodel.study import Interaction, Population, Spline, Study
from riskmodel.survey.area_effect import AreaVariance
from riskmodel.survey.logit import SurveyModel, fit_survey_model
from riskmodel.survey.model_file import portable_model, read_model, survey_model, write_model
from tests.population.world import DETERMINANTS, by_hand, determinants_of, people, study_of, survey_frame

CURVED = tuple(d.model_copy(update={"spline": Spline(df=3)}) if d.name == "age" else d for d in DETERMINANTS)
PAIRS = tuple(Interaction(determinants=p) for p in (("sex", "zone"), ("age", "sex"), ("school", "age")))
CENSUS = people(6000, seed=2)


def frame() -> pd.DataFrame:
    return survey_frame(people(6000, seed=1))


@lru_cache
def fitted() -> SurveyModel:
    return fit_survey_model(frame(), CURVED, interactions=PAIRS)


def study(file: str, **changes: object) -> Study:
    return study_of(file, **changes).model_copy(update={"determinant": CURVED, "interaction": PAIRS})


def scored(folder: Path, table: pd.DataFrame = CENSUS) -> PopulationScores:
    table.to_parquet(folder / "censo.parquet", index=False)
    return score_population(study("censo.parquet"), folder, fitted(), scratch=folder / "scratch")


def test_there_are_terms_of_every_kind():
    names = fitted().terms.names
    assert {"age", "age.s1", "age.s2", "sex=hombre:zone=rural", "age.s2:sex=hombre", "school=ninguno:age.s1"} <= set(
        names
    )


def test_children_are_scored_as_predict_does(tmp_path):
    got, want = scored(tmp_path), by_hand(CENSUS, fitted())
    for column in ("children", "area_risk", "se"):
        assert got.areas[column].to_numpy() == pytest.approx(want[column].to_numpy(), rel=1e-11)
    terms = fitted().terms.names
    assert got.gradient[terms].to_numpy() == pytest.approx(want[terms].to_numpy(), rel=1e-9)


def test_a_number_beyond_the_knots_and_a_missing_one(tmp_path):
    """Ages the survey never met go on in a straight line; a child without one of the two is unscored, not zero."""
    table = CENSUS.assign(zona=CENSUS["zona"].mask(CENSUS.index % 5 == 0))
    got = scored(tmp_path, table)
    children = table[table["edad"].between(5, 17)]
    known = children["zona"].notna()
    p = fitted().predict(pd.DataFrame(determinants_of(children)))
    weight = children["factor"]
    assert p.isna().equals(~known)
    assert got.national["area_risk"] == pytest.approx((p * weight)[known].sum() / weight[known].sum(), rel=1e-12)
    older = study("censo.parquet").model_copy(update={"outcome": study("c").outcome.model_copy(update={"age": None})})
    CENSUS.to_parquet(tmp_path / "censo.parquet", index=False)
    whole = score_population(older, tmp_path, fitted(), scratch=tmp_path / "s")
    p = fitted().predict(pd.DataFrame(determinants_of(CENSUS)))
    assert whole.national["area_risk"] == pytest.approx(np.average(p, weights=CENSUS["factor"]), rel=1e-12)


def test_cells_give_the_same_as_their_children(tmp_path):
    want = scored(tmp_path)
    children = CENSUS[CENSUS["edad"].between(5, 17)]
    cells = pd.DataFrame(determinants_of(children)).assign(area=children["area"], n=children["factor"])
    names = ["area", *(d.name for d in CURVED)]
    cells.groupby(names, as_index=False)["n"].sum().to_csv(tmp_path / "celdas.csv", index=False)
    population = Population(file="celdas.csv", kind="cells", year=2024, area_code="area", count="n")
    asked = study("censo.parquet").model_copy(update={"population": population})
    got = score_population(asked, tmp_path, fitted(), scratch=tmp_path / "c")
    for column in ("children", "area_risk", "se"):
        assert got.areas[column].to_numpy() == pytest.approx(want.areas[column].to_numpy(), rel=1e-11)


def raked(folder: Path) -> PopulationScores:
    children = CENSUS[CENSUS["edad"].between(5, 17)]
    values = pd.DataFrame(determinants_of(children)).assign(area=children["area"], n=children["factor"])
    parts = [
        values.groupby(["area", d.name])["n"].sum().rename_axis(["area", "categoria"]).reset_index().assign(variable=d.name)
        for d in CURVED
    ]  # fmt: skip
    pd.concat(parts).to_csv(folder / "margenes.csv", index=False)
    population = Population(
        file="margenes.csv", kind="margins", year=2024, area_code="area", determinant="variable", category="categoria",
        count="n",
    )  # fmt: skip
    asked = study("censo.parquet").model_copy(update={"population": population})
    return score_margins(asked, folder, fitted(), frame())


def test_margins_are_scored_as_predict_does_on_their_combinations(tmp_path):
    got = raked(tmp_path)
    assert isinstance(got.area_profiles, RakedProfiles)
    cells = got.area_profiles.frame().merge(got.profiles, on="profile")
    cells["p"] = fitted().predict(cells)
    risk = (cells["p"] * cells["weight"]).groupby(cells["area_code"]).sum() / cells.groupby("area_code")["weight"].sum()
    areas = got.areas.set_index("area_code")
    assert areas["area_risk"].to_numpy() == pytest.approx(risk[areas.index].to_numpy(), rel=1e-10)
    assert (areas["se"] > 0).all()


@pytest.mark.parametrize("kind", ["microdata", "margins"])
def test_contributions_add_up_to_the_gap_exactly(tmp_path, kind):
    got = scored(tmp_path) if kind == "microdata" else raked(tmp_path)
    risk = got.areas.set_index("area_code")["area_risk"]
    parts = contributions_of_model(
        fitted().coef, fitted().terms, got.profiles, got.area_profiles, risk, got.national["area_risk"]
    )
    assert set(parts["determinant"]) == {d.name for d in CURVED}
    gap = (risk - got.national["area_risk"]).to_dict()
    assert parts.groupby("area_code")["contribution"].sum().to_dict() == pytest.approx(gap, abs=1e-12)


def test_a_model_that_travelled_scores_the_same(tmp_path):
    """Knots and interactions are in the file; what is read scores as what was written."""
    shares = survey_shares(frame(), CURVED)
    made = portable_model(study("c"), fitted(), AreaVariance(None, None, 0, 0, None, None), shares, "abc", "test")
    write_model(made.model_dump(mode="json"), tmp_path / "model.json")
    read = read_model(tmp_path / "model.json")
    assert read.version == 3
    back = survey_model(read)
    assert back.terms == fitted().terms
    assert back.coefficients().equals(fitted().coefficients())
    CENSUS.to_parquet(tmp_path / "censo.parquet", index=False)
    asked = study("censo.parquet")
    got = score_population(asked, tmp_path, back, scratch=tmp_path / "a")
    pd.testing.assert_frame_equal(got.areas, scored(tmp_path).areas)
