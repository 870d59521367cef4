"""Groups by rule and crossed, by parent unit, and the error of the gap between two categories."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from riskmodel.population.microdata import score_population
from riskmodel.problems import InputProblems
from riskmodel.study import Group, Rule
from tests.population.world import determinants_of, fitted, people, study_of

BANDS = {"5-11": (5, 11), "12-14": (12, 14), "15-17": (15, 17)}
GROUPS = (
    Group(name="band", label="Edades", population=Rule(column="edad", bands=BANDS)),
    Group(name="sex_band", cross=("sex", "band")),
)


def scored(folder, table, groups=GROUPS, parents=None, model=None, **changes):
    table.to_parquet(folder / "censo.parquet", index=False)
    study = study_of("censo.parquet", groups=("sex",), **changes).model_copy(update={"group": groups})
    return score_population(study, folder, model or fitted(), scratch=folder / "scratch", parents=parents)


@pytest.fixture(scope="module")
def census():
    return people(3000, seed=5)


@pytest.fixture(scope="module")
def usual(census, tmp_path_factory):
    """The census scored with the groups above."""
    return scored(tmp_path_factory.mktemp("usual"), census)


def risks(table, coef):
    """Children with weight, harmonised groups and risk under these coefficients, by plain numpy."""
    children = table[table["edad"].between(5, 17)].copy()
    x = fitted().terms.matrix(pd.DataFrame(determinants_of(children)))
    children["p"] = 1 / (1 + np.exp(-x @ coef))
    children["sex"] = children["sexo"].map({1: "hombre", 2: "mujer"})
    children["band"] = pd.cut(children["edad"], [4, 11, 14, 17], labels=list(BANDS)).astype(str)
    return children


def mean(part):
    return float(np.average(part["p"], weights=part["factor"]))


def test_bands_and_crossed_cells_are_those_of_a_plain_sum(census, usual):
    got = usual.groups
    children = risks(census, fitted().coef.to_numpy())
    local = got[got["area_code"] != ""]
    wanted = children.groupby(["area", "band"]).agg(n=("factor", "sum"))
    bands = local[local["group"] == "band"].set_index(["area_code", "category"])
    assert bands["children"].to_dict() == pytest.approx(wanted["n"].to_dict())
    crossed = got[(got["group"] == "sex_band") & (got["area_code"] == "")].set_index("category")
    assert len(crossed) == 6
    for (sex, band), part in children.groupby(["sex", "band"]):
        row = crossed.loc[f"{sex} × {band}"]
        assert row["children"] == pytest.approx(part["factor"].sum())
        assert row["area_risk"] == pytest.approx(mean(part), rel=1e-12)


@pytest.mark.parametrize("area", ["", "003"])
@pytest.mark.parametrize(("group", "one", "other"), [("sex", "hombre", "mujer"), ("band", "15-17", "5-11")])
def test_the_error_of_a_gap_is_that_of_a_numerical_derivative(census, usual, area, group, one, other):
    """d(gap)/d(coef) by central differences of the plain sums; the error is √(d'Vd), not that of two intervals."""
    gaps = usual.gaps

    def gap(coef):
        children = risks(census, coef)
        children = children if area == "" else children[children["area"] == area]
        return mean(children[children[group] == one]) - mean(children[children[group] == other])

    beta, h = fitted().coef.to_numpy(), 1e-5
    d = np.array([(gap(beta + h * e) - gap(beta - h * e)) / (2 * h) for e in np.eye(len(beta))])
    unit = "area" if area else "country"
    found = gaps[(gaps["unit"] == unit) & (gaps["area_code"] == area) & (gaps["group"] == group)]
    row = found[found["category"].isin([one, other]) & found["against"].isin([one, other])].iloc[0]
    sign = 1 if row["category"] == one else -1
    assert row["gap"] * sign == pytest.approx(gap(beta), rel=1e-9)
    assert row["se"] == pytest.approx(np.sqrt(d @ fitted().cov.to_numpy() @ d), rel=1e-6)
    cells = usual.groups
    cells = cells[(cells["area_code"] == area) & (cells["group"] == group)].set_index("category")
    assert row["se"] != pytest.approx(np.hypot(cells["se"][one], cells["se"][other]), rel=1e-3)


def test_parent_units_hold_the_children_of_their_areas(census, tmp_path):
    codes = sorted(census["area"].unique())
    parents = pd.Series(["A"] * 5 + ["B"] * (len(codes) - 6), codes[:-1])  # the last area has none
    got = scored(tmp_path, census, parents=parents)
    children = risks(census, fitted().coef.to_numpy())
    children["parent"] = children["area"].map(parents)
    for (parent, band), part in children.dropna(subset="parent").groupby(["parent", "band"]):
        table = got.parent_groups
        row = table[(table["area_code"] == parent) & (table["group"] == "band") & (table["category"] == band)].iloc[0]
        assert row["children"] == pytest.approx(part["factor"].sum())
        assert row["area_risk"] == pytest.approx(mean(part), rel=1e-12)
    assert set(got.gaps.loc[got.gaps["unit"] == "parent", "area_code"]) == {"A", "B"}


def test_children_outside_the_rule_are_told_and_in_no_category(census, tmp_path):
    rule = Rule(column="edad", bands={"5-11": (5, 11)})
    got = scored(tmp_path, census, groups=(Group(name="young", label="Niñez", population=rule),))
    problem = next(p for p in got.problems if p.code == "population_group_outside")
    older = census["edad"].between(12, 17).sum()
    assert (problem.values, problem.severity) == ({"group": "Niñez", "count": older}, "warning")
    country = got.groups[(got.groups["area_code"] == "") & (got.groups["group"] == "young")]
    assert set(country["category"]) == {"5-11", ""}
    assert country["children"].sum() == pytest.approx(got.national["children"])


def test_a_group_of_a_determinant_that_is_not_in_the_model_follows_its_rule(census, tmp_path):
    study = study_of("censo.parquet")
    aside = study.determinant[1].model_copy(update={
        "name": "etnia2", "in_model": False, "population": Rule(column="etnia", map={"a": "A", "b": "B"}),
    })  # fmt: skip
    census.to_parquet(tmp_path / "censo.parquet", index=False)
    study = study.model_copy(update={
        "determinant": (*study.determinant, aside),
        "population": study.population.model_copy(update={"groups": ("etnia2",)}),
    })  # fmt: skip
    got = score_population(study, tmp_path, fitted(), scratch=tmp_path / "scratch")
    assert set(got.groups["category"]) == {"A", "B", ""}


def test_too_many_crossed_cells_are_refused(census, tmp_path):
    groups = (Group(name="edad"), Group(name="grado"), Group(name="both", cross=("edad", "grado")))
    wide = census.assign(grado=np.arange(len(census)) % 40)
    with pytest.raises(InputProblems) as error:
        scored(tmp_path, wide, groups=groups)
    assert [p.code for p in error.value.problems if p.is_error] == ["population_group_too_many"]


def test_a_certain_model_has_certain_gaps(census, tmp_path):
    certain = replace(fitted(), cov=fitted().cov * 0)
    assert (scored(tmp_path, census, model=certain).gaps["se"] == 0).all()


def test_a_column_that_is_absent_is_told_where_the_study_names_it(census, tmp_path):
    groups = (Group(name="ok", population=Rule(column="edad")), Group(name="no", population=Rule(column="NO_ESTA")))
    with pytest.raises(InputProblems) as error:
        scored(tmp_path, census, groups=groups)
    [problem] = error.value.problems
    assert problem.where.key == "group.1"
