"""Predictions of areas, groups and the country against plain numpy over every child, for each kind of population."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from riskmodel.population.margins import score_margins
from riskmodel.population.microdata import PopulationScores
from riskmodel.population.prediction import Curves, grid, nodes_of
from riskmodel.population.source import score_source
from riskmodel.survey.mixed import MixedLogit, fit_mixed_logit
from riskmodel.survey.quadrature import posterior
from tests.population.test_margins import SURVEY, long_table, margins_study
from tests.population.world import determinants_of, fitted, people, study_of, survey_frame

OUTSIDE = ("003", "011")  # areas the survey does not reach


@lru_cache
def mixed() -> MixedLogit:
    """Fitted to a survey of ten areas with effects of their own."""
    table = people(4000, seed=1)
    rng = np.random.default_rng(2)
    effect = pd.Series(rng.normal(0, 0.7, 12), sorted(table["area"].unique()))
    p = expit(-2.2 + 0.6 * (table["zona"] == "rural") + table["area"].map(effect))
    table["trabaja"] = (rng.random(len(table)) < p).astype(float)
    table = table[~table["area"].isin(OUTSIDE)].reset_index(drop=True)
    frame = survey_frame(table).assign(area_code=table["area"].astype("string"))
    return fit_mixed_logit(frame, fitted().terms, least_areas=5)


def by_hand(children: pd.DataFrame, weight: np.ndarray, model: MixedLogit) -> tuple[np.ndarray, np.ndarray]:
    """Risk of every child over the posterior of its area, and the same over u ~ N(0, sd²)."""
    eta = model.terms.matrix(children) @ model.coef.to_numpy()
    codes = pd.Index(sorted(children["area"].unique()))
    node, chance = nodes_of(model, codes)
    at = codes.get_indexer(children["area"])
    own = (chance[at] * expit(eta[:, None] + node[at])).sum(axis=1)
    z, v = np.polynomial.hermite_e.hermegauss(31)
    return own, expit(eta[:, None] + model.sd * z) @ (v / v.sum())


@pytest.fixture(scope="module")
def children() -> pd.DataFrame:
    table = people(5000, seed=7)
    inside = table[table["edad"].between(5, 17)].reset_index(drop=True)
    return inside.assign(**determinants_of(inside))


def scored(folder, table: pd.DataFrame, model: MixedLogit, **changes: object) -> PopulationScores:
    table.to_parquet(folder / "censo.parquet", index=False)
    study = study_of("censo.parquet", **changes)
    return score_source(study, folder, fitted(), None, scratch=folder / "scratch", mixed=model)


RAW = ["area", "sexo", "zona", "grado", "edad", "factor", "etnia"]


@pytest.fixture(scope="module")
def microdata(tmp_path_factory, children) -> PopulationScores:
    return scored(tmp_path_factory.mktemp("prediction"), children[RAW], mixed())


def mean_by(values: np.ndarray, weight: np.ndarray, by: pd.Series) -> pd.Series:
    return pd.Series(values * weight).groupby(by.to_numpy()).sum() / pd.Series(weight).groupby(by.to_numpy()).sum()


def test_areas_are_means_over_the_posterior(microdata, children):
    weight = children["factor"].to_numpy(dtype=float)
    own, prior = by_hand(children, weight, mixed())
    got = microdata.areas.set_index("area_code")["area_risk"]
    np.testing.assert_allclose(got, mean_by(own, weight, children["area"]), rtol=1e-9)
    table = microdata.prediction.table
    np.testing.assert_allclose(table["synthetic_risk"], mean_by(prior, weight, children["area"]), rtol=1e-6)
    assert list(table.index[~table["in_sample"]]) == list(OUTSIDE)
    np.testing.assert_allclose(got[list(OUTSIDE)], table.loc[list(OUTSIDE), "synthetic_risk"], rtol=1e-6)
    assert (table.loc[table["in_sample"], "children_asked"] > 100).all()
    assert (table.loc[list(OUTSIDE), "children_asked"] == 0).all()


def test_groups_share_the_effect_of_their_area(microdata, children):
    weight = children["factor"].to_numpy(dtype=float)
    own, _ = by_hand(children, weight, mixed())
    for name, column in (("sex", children["sex"]), ("etnia", children["etnia"].replace("", pd.NA).fillna(""))):
        got = microdata.groups[microdata.groups["group"] == name].set_index(["area_code", "category"])["area_risk"]
        want = mean_by(own, weight, children["area"] + "|" + column)
        for (code, category), risk in got.items():
            if code:
                assert risk == pytest.approx(want[f"{code}|{category}"], rel=1e-9)
        country = mean_by(own, weight, column)
        assert got[""].sort_index().to_numpy() == pytest.approx(country.sort_index().to_numpy(), rel=1e-9)


def test_the_gradient_moves_the_posterior_too(microdata, children):
    """By hand: every coefficient a little up and down, the posterior found again, the areas averaged again."""
    model, weight = mixed(), children["factor"].to_numpy(dtype=float)
    names = model.terms.names
    for j, name in enumerate(names):
        step = 1e-4
        risks = []
        for sign in (1, -1):
            coef = model.coef.copy()
            coef.iloc[j] += sign * step
            cells = model.sample.cells
            eta = cells.x @ np.linalg.solve(model.sample.unit, coef.to_numpy())
            again = replace(model, coef=coef, posterior=posterior(cells, eta, model.sd))
            risks.append(mean_by(by_hand(children, weight, again)[0], weight, children["area"]))
        want = (risks[0] - risks[1]) / (2 * step)
        np.testing.assert_allclose(microdata.gradient[name], want, rtol=1e-4, atol=1e-7)
    g = microdata.gradient[names].to_numpy()
    cov = model.cov.loc[names, names].to_numpy()
    np.testing.assert_allclose(microdata.areas["se"], np.sqrt(np.einsum("ij,jk,ik->i", g, cov, g)), rtol=1e-9)


def test_cells_give_the_same_as_their_children(tmp_path, children, microdata):
    keys = ["area", "sexo", "zona", "grado", "edad", "etnia"]
    cells = children.groupby(keys, as_index=False)["factor"].sum().rename(columns={"factor": "n"})
    rules = tuple(d.model_copy(update={"population": d.survey}) for d in study_of("x", kind="microdata").determinant)
    cells.to_parquet(tmp_path / "censo.parquet", index=False)
    study = study_of("censo.parquet", kind="cells", weight="", count="n").model_copy(update={"determinant": rules})
    got = score_source(study, tmp_path, fitted(), None, scratch=tmp_path / "s", mixed=mixed())
    np.testing.assert_allclose(got.areas["area_risk"], microdata.areas["area_risk"], rtol=1e-9)
    np.testing.assert_allclose(got.gradient, microdata.gradient, rtol=1e-6, atol=1e-9)


def test_margins_are_scored_with_the_posterior_of_their_area(tmp_path):
    """The same combinations as cells of children, by hand, from the raked profiles themselves."""
    inside = SURVEY[SURVEY["in_domain"]].reset_index(drop=True)
    rng = np.random.default_rng(3)
    inside["area"] = rng.choice(sorted({f"0{a + 1:02d}" for a in range(12)}), len(inside))
    long_table(inside).to_csv(tmp_path / "totales.csv", index=False)
    study = margins_study("totales.csv")
    got = score_source(study, tmp_path, fitted(), SURVEY, scratch=tmp_path, mixed=mixed())
    cells = got.area_profiles.frame().merge(got.profiles, on="profile").rename(columns={"area_code": "area"})
    weight = cells["weight"].to_numpy()
    own, _ = by_hand(cells, weight, mixed())
    np.testing.assert_allclose(got.areas["area_risk"], mean_by(own, weight, cells["area"]), rtol=1e-9)
    assert got.national["area_risk"] == pytest.approx(np.average(own, weights=weight), rel=1e-9)
    sexes = got.groups[(got.groups["group"] == "sex") & (got.groups["area_code"] != "")]
    want = mean_by(own, weight, cells["area"] + cells["sex"])
    np.testing.assert_allclose(sexes["area_risk"], want[sexes["area_code"] + sexes["category"]], rtol=1e-9)
    plain = score_margins(study, tmp_path, fitted(), SURVEY)
    assert list(got.groups.columns) == list(plain.groups.columns)
    assert list(got.areas.columns) == list(plain.areas.columns)
    assert got.areas["slope"].between(0.02, 0.25).all()


@pytest.mark.parametrize("sd", [0.05, 0.5, 1.5])
def test_curves_are_exact_between_their_points(sd):
    reach = 7 * sd
    points, rng = grid(reach), np.random.default_rng(1)
    eta, share = rng.normal(-2, 1, 50), rng.dirichlet(np.ones(50), 3)
    codes = pd.Index(["a", "b", "c"])
    curves = Curves.through(codes, share @ expit(eta[:, None] + points), reach)
    node = rng.uniform(-reach, reach, (3, 40))
    want = np.einsum("dk,kdq->dq", share, expit(eta[:, None, None] + node))
    np.testing.assert_allclose(curves.at(node), want, atol=2e-8)
    assert np.isnan(curves.of(pd.Index(["z", "a"])).at(node[:2])[0]).all()
