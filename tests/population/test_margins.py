"""Totals of each determinant by area: they give back the risk where the survey's associations hold everywhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from riskmodel.population.margins import score_margins
from riskmodel.population.microdata import PopulationScores
from riskmodel.population.source import score_source
from riskmodel.problems import InputProblems
from riskmodel.study import Study
from tests.population.world import DETERMINANTS, determinants_of, fitted, people, scored, study_of, survey_frame
from tests.tools.problems import codes, worded

SURVEY = survey_frame(people(4000, seed=1))
NAMES = [d.name for d in DETERMINANTS]
LONG = {"determinant": "variable", "category": "categoria", "count": "n"}


def margins_study(file: str, **changes: object) -> Study:
    return study_of(file, **({"kind": "margins", "weight": "", "groups": ("sex", "age"), **LONG} | changes))


def long_table(children: pd.DataFrame) -> pd.DataFrame:
    """Totals of `children`: area, weight and one column per determinant."""
    parts = [
        children.groupby(["area", name], as_index=False)["weight"]
        .sum()
        .set_axis(["area", "categoria", "n"], axis=1)
        .assign(variable=name)
        for name in NAMES
    ]
    return pd.concat(parts, ignore_index=True).astype({"categoria": "string"})


def margins_of(folder: Path, table: pd.DataFrame, name: str = "totales.csv", **changes: object) -> PopulationScores:
    table.to_csv(folder / name, index=False)
    return score_margins(margins_study(name, **changes), folder, fitted(), SURVEY)


@pytest.fixture(scope="module")
def loglinear() -> pd.DataFrame:
    """Cells of 9 areas in which each area multiplies the survey's combinations by factors of its own."""
    rng = np.random.default_rng(5)
    inside = SURVEY[SURVEY["in_domain"]]
    seed = inside.groupby(NAMES, as_index=False)["weight"].sum()
    areas = []
    for area in range(9):
        share = seed["weight"].to_numpy(dtype=float)
        for name in NAMES:
            factor = {c: np.exp(rng.normal(0, 0.6)) for c in seed[name].unique()}
            share = share * seed[name].map(factor).to_numpy(dtype=float)
        areas.append(seed.assign(area=f"{area:02d}", weight=1000 * (area + 1) * share / share.sum()))
    return pd.concat(areas, ignore_index=True)


def test_areas_with_the_surveys_associations_get_their_true_risk(tmp_path, loglinear):
    got = margins_of(tmp_path, long_table(loglinear))
    p = fitted().terms.predict(loglinear, fitted().coef) * loglinear["weight"]
    want = p.groupby(loglinear["area"]).sum() / loglinear.groupby("area")["weight"].sum()
    assert got.areas["area_risk"].to_numpy() == pytest.approx(want.to_numpy(), rel=1e-6)
    assert got.areas["children"].to_numpy() == pytest.approx([1000 * k for k in range(1, 10)])
    assert got.national["area_risk"] == pytest.approx(p.sum() / loglinear["weight"].sum(), rel=1e-6)
    assert not got.problems
    assert got.raking["met"].all()
    assert (got.raking["gap"] <= 1e-8).all()
    assert got.raking["iterations"].between(2, 100).all()


def test_error_and_groups_are_those_of_the_children_behind(tmp_path, loglinear):
    got, x = margins_of(tmp_path, long_table(loglinear)), fitted().terms.matrix(loglinear)
    p = 1 / (1 + np.exp(-x @ fitted().coef.to_numpy()))
    weight = loglinear["weight"].to_numpy()
    first = (loglinear["area"] == "03").to_numpy()
    g = (weight * p * (1 - p))[first] @ x[first] / weight[first].sum()
    assert got.gradient.loc["03"].to_numpy() == pytest.approx(g, rel=1e-5)
    assert got.areas.set_index("area_code").loc["03", "se"] == pytest.approx(
        np.sqrt(g @ fitted().cov.to_numpy() @ g), rel=1e-5
    )
    boys = first & (loglinear["sex"] == "hombre").to_numpy()
    row = got.groups.query("area_code == '03' and group == 'sex' and category == 'hombre'").iloc[0]
    assert row["children"] == pytest.approx(weight[boys].sum())
    assert row["area_risk"] == pytest.approx((weight * p)[boys].sum() / weight[boys].sum(), rel=1e-5)
    assert set(got.groups.query("group == 'age'")["category"]) == {str(age) for age in range(5, 18)}
    country = got.groups[got.groups["area_code"] == ""]
    assert country.groupby("group")["children"].sum().to_numpy() == pytest.approx(got.national["children"])


def test_profiles_give_back_children_and_risk(tmp_path, loglinear):
    got = margins_of(tmp_path, long_table(loglinear))
    frame, risk = got.area_profiles.frame(), fitted().terms.predict(got.profiles, fitted().coef)
    assert frame.groupby("area_code")["weight"].sum().to_numpy() == pytest.approx(got.areas["scored"].to_numpy())
    mean = got.area_profiles.means(risk.to_frame("risk"))["risk"]
    assert mean.to_numpy() == pytest.approx(got.areas["area_risk"].to_numpy(), rel=1e-12)
    assert got.area_profiles.totals().to_numpy() == pytest.approx(
        frame.groupby("profile")["weight"].sum().reindex(got.profiles["profile"], fill_value=0).to_numpy()
    )


def test_shares_are_those_of_the_totals(tmp_path, loglinear):
    got = margins_of(tmp_path, long_table(loglinear)).shares.set_index(["determinant", "category"])["share"]
    boys = loglinear.loc[loglinear["sex"] == "hombre", "weight"].sum() / loglinear["weight"].sum()
    assert got["sex", "hombre"] == pytest.approx(boys)
    assert got.groupby("determinant").sum().to_numpy() == pytest.approx(1)


def test_a_wide_table_gives_the_same(tmp_path, loglinear):
    table = long_table(loglinear)
    wide = table.assign(name=table["variable"] + "=" + table["categoria"])
    wide = wide.pivot(index="area", columns="name", values="n").reset_index()
    want = margins_of(tmp_path, table)
    got = margins_of(tmp_path, wide, "ancho.csv", determinant="", category="", count="")
    assert_frame_equal(got.areas, want.areas)


def test_several_files_give_the_same(tmp_path, loglinear):
    table = long_table(loglinear)
    want = margins_of(tmp_path, table)
    (tmp_path / "partes").mkdir()
    for name, part in table.groupby("variable"):
        part.to_csv(tmp_path / "partes" / f"{name}.csv", index=False, sep=";", decimal=",")
    got = score_margins(margins_study("partes/*.csv"), tmp_path, fitted(), SURVEY)
    assert_frame_equal(got.areas, want.areas)


def test_margins_of_a_census_come_near_its_microdata(tmp_path):
    """Where zones differ between areas but the associations are alike, what the totals lose is small."""
    census = people(20_000, seed=2)
    children = census[census["edad"].between(5, 17)]
    table = pd.DataFrame({"area": children["area"], "weight": children["factor"], **determinants_of(children)})
    got, want = margins_of(tmp_path, long_table(table)), scored(tmp_path, census)
    assert got.areas["children"].to_list() == want.areas["children"].to_list()
    away = (got.areas["area_risk"] - want.areas["area_risk"]).abs()
    assert away.mean() < 0.003
    assert got.areas["area_risk"].corr(want.areas["area_risk"], method="spearman") > 0.9


def test_unknown_categories_are_not_scored(tmp_path, loglinear):
    """A tenth of an area in a category the survey never had: its share is unscored, the rest is raked as before."""
    table = long_table(loglinear)
    zone = (table["area"] == "03") & (table["variable"] == "zone")
    extra = table[zone].iloc[:1].assign(categoria="dispersa", n=table.loc[zone, "n"].sum() / 9)
    others = (table["area"] == "03") & ~zone
    grown = pd.concat([table.assign(n=table["n"].where(~others, table["n"] * 10 / 9)), extra])
    got, want = margins_of(tmp_path, grown), margins_of(tmp_path, table)
    row = got.areas.set_index("area_code").loc["03"]
    assert row["unscored_share"] == pytest.approx(0.1)
    assert row["area_risk"] == pytest.approx(want.areas.set_index("area_code").loc["03", "area_risk"], rel=1e-6)
    (problem,) = got.problems
    assert (problem.code, problem.severity) == ("population_unknown_categories", "warning")
    assert "dispersa" in str(problem.values["categories"])
    worded(got.problems)


def test_totals_that_disagree_are_told_and_scaled_to_the_first(tmp_path, loglinear):
    table = long_table(loglinear)
    ages = (table["area"] == "02") & (table["variable"] == "age")
    got = margins_of(tmp_path, table.assign(n=table["n"].where(~ages, table["n"] * 1.3)))
    (problem,) = got.problems
    assert problem.code == "population_margin_totals_differ"
    assert problem.values["areas"] == ["02"]
    assert problem.values["percent"] == 30.0
    assert_frame_equal(got.areas, margins_of(tmp_path, table).areas, rtol=1e-9)
    worded(got.problems)


def test_an_area_without_a_determinant_gets_no_estimate(tmp_path, loglinear):
    table = long_table(loglinear)
    got = margins_of(tmp_path, table[(table["area"] != "02") | (table["variable"] != "zone")])
    areas = got.areas.set_index("area_code")
    assert np.isnan(areas.loc["02", "area_risk"])
    assert areas.loc["02", "unscored_share"] == 1
    assert areas.loc["02", "children"] == pytest.approx(3000)
    assert areas.drop("02")["area_risk"].notna().all()
    (problem,) = got.problems
    assert (problem.code, problem.values["areas"]) == ("population_margin_areas_lacking", ["02"])
    unknown = table.assign(n=table["n"].where((table["area"] != "02") | (table["variable"] != "zone")))
    found = margins_of(tmp_path, unknown)
    assert codes(found.problems) == {"population_margin_areas_lacking", "population_count_missing"}
    assert_frame_equal(found.areas, got.areas)
    worded(found.problems)


def test_totals_that_cannot_be_met_are_named(tmp_path, loglinear):
    """The survey below never saw a rural boy, so an area of rural boys only cannot be made of its children."""
    table = long_table(loglinear)
    alone = {"sex": "hombre", "zone": "rural"}
    for name, category in alone.items():
        own = (table["area"] == "04") & (table["variable"] == name)
        total = table.loc[own, "n"].sum()
        table.loc[own, "n"] = np.where(table.loc[own, "categoria"] == category, 0.9 * total, 0.1 * total)
    table.to_csv(tmp_path / "totales.csv", index=False)
    survey = SURVEY[~((SURVEY["sex"] == "hombre") & (SURVEY["zone"] == "rural"))]
    got = score_margins(margins_study("totales.csv"), tmp_path, fitted(), survey)
    told = [p for p in got.problems if p.code == "population_margin_not_met"]
    assert "04" in told[0].values["areas"]
    assert not got.raking.set_index("area_code").loc["04", "met"]
    worded(got.problems)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda t: t.drop(columns="n"), "column_missing"),
        (lambda t: t.assign(n=t["n"].where(t.index != 2, -1)), "population_count_negative"),
        (lambda t: t.assign(n=t["n"].astype(object).where(t.index != 2, "muchos")), "not_a_number_quoted"),
        (lambda t: t[t["variable"] != "zone"], "population_margin_absent"),
        (lambda t: pd.concat([t, t.iloc[:1].assign(categoria="Total")]), "population_margin_total_rows"),
        (lambda t: pd.concat([t, t.iloc[:1]]), "population_margin_rows_twice"),
        (lambda t: t.assign(area=None), "population_no_rows"),
        (
            lambda t: t.assign(categoria=t["categoria"].where(t["variable"] != "zone", t["categoria"] + "x")),
            "population_mostly_unscored",
        ),
    ],
)
def test_bad_margins_are_told(tmp_path, loglinear, change, code):
    with pytest.raises(InputProblems) as raised:
        margins_of(tmp_path, change(long_table(loglinear)))
    assert code in codes(raised.value.problems)
    worded(raised.value.problems)


def test_a_wide_table_without_such_columns_is_told(tmp_path, loglinear):
    with pytest.raises(InputProblems) as raised:
        margins_of(tmp_path, long_table(loglinear), determinant="", category="", count="")
    assert codes(raised.value.problems) == {"population_margin_no_columns"}
    worded(raised.value.problems)


def test_other_totals_and_rows_without_area_are_left_out_and_told(tmp_path, loglinear):
    table = long_table(loglinear)
    more = pd.concat([table, table.iloc[:1].assign(variable="religion"), table.iloc[:1].assign(area=None)])
    got = margins_of(tmp_path, more)
    assert codes(got.problems) == {"population_margin_unused", "population_rows_without_area"}
    assert_frame_equal(got.areas, margins_of(tmp_path, table).areas)
    worded(got.problems)


def test_margins_need_the_survey(tmp_path, loglinear):
    long_table(loglinear).to_csv(tmp_path / "totales.csv", index=False)
    study = margins_study("totales.csv")
    with pytest.raises(InputProblems) as raised:
        score_source(study, tmp_path, fitted(), None)
    assert codes(raised.value.problems) == {"population_margins_need_survey"}
    worded(raised.value.problems)
    same = score_source(study, tmp_path, fitted(), SURVEY)
    assert_frame_equal(same.areas, score_margins(study, tmp_path, fitted(), SURVEY).areas)
