"""The population agrees with the survey's own estimates by domain; areas, groups and errors follow."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.areas.benchmark import record_of, target_of
from riskmodel.population.benchmark import Target
from riskmodel.population.microdata import PopulationScores, score_population
from riskmodel.survey.benchmark import DirectEstimates, direct_estimates, direct_name
from tests.population.world import by_hand, determinants_of, fitted, people, study_of, survey_frame

PARENT = {f"0{a + 1:02d}": "NORTE" if a < 4 else "SUR" if a < 9 else "ESTE" for a in range(12)}


@pytest.fixture(scope="module")
def direct() -> DirectEstimates:
    table = people(4000, seed=1)
    frame = survey_frame(table).assign(domain=table["area"].map(PARENT))
    return direct_estimates(frame, fitted())


@pytest.fixture(scope="module")
def population() -> pd.DataFrame:
    table = people(6000, seed=5)
    table["sexo"] = table["sexo"].astype("Int64").mask((table.index % 7 == 0) & (table["area"] < "004"))  # unscored
    return table


@pytest.fixture(scope="module")
def target(direct) -> Target:
    names = pd.DataFrame({"area_code": list(PARENT), "parent_code": list(PARENT.values())})
    made = target_of(direct, names)
    assert made is not None
    assert sorted(made.direct.index) == ["ESTE", "NORTE", "SUR"]
    return made


def scored(folder, population, target: Target | None) -> PopulationScores:
    population.to_parquet(folder / "censo.parquet", index=False)
    return score_population(study_of("censo.parquet"), folder, fitted(), scratch=folder / "s", target=target)


@pytest.fixture(scope="module")
def both(tmp_path_factory, population, target) -> tuple[PopulationScores, PopulationScores]:
    folder = tmp_path_factory.mktemp("benchmark")
    return scored(folder, population, None), scored(folder, population, target)


def means(scores: PopulationScores) -> pd.Series:
    areas = scores.areas.assign(domain=scores.areas["area_code"].map(PARENT))
    return areas.groupby("domain").apply(lambda a: np.average(a["area_risk"], weights=a["children"]))


def test_every_domain_has_the_survey_s_own_figure(both, target):
    _, after = both
    pd.testing.assert_series_equal(means(after).sort_index(), target.direct.sort_index(), rtol=1e-10, check_names=False)


def test_a_shift_is_the_same_for_every_child_of_a_domain(both, population):
    """By hand: the shift added to every child's log-odds gives the area's risk."""
    _, after = both
    shift = after.benchmark.table.set_index("domain")["shift"]
    children = population[population["edad"].between(5, 17) & population["sexo"].notna()]
    model = fitted()
    eta = model.terms.matrix(pd.DataFrame(determinants_of(children))) @ model.coef.to_numpy()
    p = 1 / (1 + np.exp(-(eta + children["area"].map(PARENT).map(shift))))
    by_area = (p * children["factor"]).groupby(children["area"]).sum() / children["factor"].groupby(
        children["area"]
    ).sum()
    np.testing.assert_allclose(after.areas.set_index("area_code")["area_risk"], by_area.sort_index(), rtol=1e-10)


def test_the_figures_before_are_those_of_the_model(both, population):
    before, after = both
    np.testing.assert_allclose(after.benchmark.before, before.areas["area_risk"], rtol=1e-12)
    np.testing.assert_allclose(
        after.benchmark.table.set_index("domain")["model"].sort_index(), means(before), rtol=1e-10
    )


def test_groups_add_up_to_their_area(both):
    _, after = both
    sex = after.groups[
        (after.groups["group"] == "sex") & (after.groups["category"] != "") & (after.groups["area_code"] != "")
    ]
    total = (sex["area_risk"] * sex["children"]).groupby(sex["area_code"]).sum() / sex.groupby("area_code")[
        "children"
    ].sum()
    np.testing.assert_allclose(total, after.areas.set_index("area_code")["area_risk"], rtol=1e-9)


def test_the_error_of_a_domain_is_that_of_its_direct_estimate(both, direct):
    """The coefficients no longer matter for the mean of a domain: g'Vg of its areas is var(R)."""
    _, after = both
    cov = after.benchmark.cov
    se = direct.table.set_index("domain")["se"]
    for domain, areas in after.areas.groupby(after.areas["area_code"].map(PARENT)):
        share = areas["children"] / areas["children"].sum()
        g = share.to_numpy() @ after.gradient.loc[areas["area_code"], cov.columns].to_numpy()
        assert np.sqrt(g @ cov.to_numpy() @ g) == pytest.approx(se[domain], rel=1e-8)


def test_gradients_are_derivatives(both, tmp_path, population, target):
    """By differences: a coefficient moved with the target held, and the target moved with the coefficients held."""
    _, after = both
    step = 1e-5
    moved = Target(target.domain_of, target.direct + step * (target.direct.index == "SUR"), target.cov)
    again = scored(tmp_path, population, moved)
    slope = (again.areas["area_risk"] - after.areas["area_risk"]) / step
    np.testing.assert_allclose(slope, after.gradient[direct_name("SUR")], atol=1e-3)
    model = fitted()
    coef = model.coef.copy()
    coef["zone=rural"] += step
    other = type(model)(**{**vars(model), "coef": coef})
    study = study_of("censo.parquet")
    again = score_population(study, tmp_path, other, scratch=tmp_path / "s2", target=target)
    slope = (again.areas["area_risk"] - after.areas["area_risk"]) / step
    np.testing.assert_allclose(slope, after.gradient["zone=rural"], atol=1e-5)


def test_an_area_outside_every_domain_keeps_the_model_s_risk(tmp_path, population, target):
    part = Target(target.domain_of[target.domain_of == "SUR"], target.direct[["SUR"]], target.cov)
    after = scored(tmp_path, population, part).areas.set_index("area_code")
    alone = by_hand(population.dropna(subset=["sexo"]), fitted()).set_index("area_code")
    outside = [code for code, domain in PARENT.items() if domain != "SUR"]
    np.testing.assert_allclose(after.loc[outside, "area_risk"], alone.loc[outside, "area_risk"], rtol=1e-10)
    np.testing.assert_allclose(after.loc[outside, "se"], alone.loc[outside, "se"], rtol=1e-6)


def test_what_is_told_of_the_shifts(both, direct, target):
    _, after = both
    records, problems = record_of(direct, after.benchmark)
    assert [r["domain"] for r in records] == ["ESTE", "NORTE", "SUR"]
    assert {p.code for p in problems} <= {"benchmark_large_shift"}
    far = DirectEstimates(direct.table.assign(reliable=[False, True, True]), direct.cov)
    table = after.benchmark.table.query("domain == 'SUR'").assign(shift=-0.6)
    _, problems = record_of(far, type(after.benchmark)(**{**vars(after.benchmark), "table": table}))
    assert [p.code for p in problems] == ["benchmark_large_shift", "benchmark_unreliable", "benchmark_unplaced"]
    assert [p.severity for p in problems] == ["warning", "note", "warning"]
