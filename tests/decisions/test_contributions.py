"""Contributions add up to the gap with the country, whichever route made the numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from riskmodel.decisions.contributions import contributions_of_index, contributions_of_model
from riskmodel.index.compute import compute_index
from riskmodel.results import CONTRIBUTION_COLUMNS
from riskmodel.study import IndexSettings, Indicator
from riskmodel.survey.terms import Terms

TERMS = Terms.made(["sex", "area", "age"], {"sex": ("girl", "boy"), "area": ("urban", "rural", "remote")})
COEF = pd.Series({"(intercept)": -4.0, "sex=boy": 0.8, "area=rural": 0.9, "area=remote": 1.4, "age": 0.1})
PROFILES = pd.DataFrame(
    [
        (sex, area, age)
        for sex in ("boy", "girl")
        for area in ("urban", "rural", "remote")
        for age in (6.0, 11.0, 16.0)
    ],
    columns=["sex", "area", "age"],
).rename_axis("profile").reset_index()  # fmt: skip


def small_country(seed: int = 1) -> tuple[pd.DataFrame, pd.Series, float]:
    """Profiles by area, risks by area, national risk; area "D" is the country in small."""
    rng = np.random.default_rng(seed)
    parts = [
        pd.DataFrame({"area_code": code, "profile": PROFILES["profile"], "weight": rng.integers(1, 50, len(PROFILES))})
        for code in "ABC"
    ]
    whole = pd.concat(parts).groupby("profile", as_index=False)["weight"].sum().assign(area_code="D")
    area_profiles = pd.concat([*parts, whole], ignore_index=True)
    p = expit(
        -4.0
        + 0.8 * (PROFILES["sex"] == "boy")
        + PROFILES["area"].map({"urban": 0, "rural": 0.9, "remote": 1.4})
        + 0.1 * PROFILES["age"]
    )
    expected = area_profiles["weight"] * area_profiles["profile"].map(p)
    risk = expected.groupby(area_profiles["area_code"]).sum() / area_profiles.groupby("area_code")["weight"].sum()
    return area_profiles, risk, float(expected.sum() / area_profiles["weight"].sum())


def of_model(area_profiles: pd.DataFrame, risk: pd.Series, national: float) -> pd.DataFrame:
    return contributions_of_model(COEF, TERMS, PROFILES, area_profiles, risk, national)


def test_contributions_of_a_model_add_up_and_have_roles():
    area_profiles, risk, national = small_country()
    table = of_model(area_profiles, risk, national)
    assert tuple(table.columns) == CONTRIBUTION_COLUMNS
    assert table["determinant"].nunique() == 3
    sums = table.groupby("area_code")["contribution"].sum()
    assert sums.to_dict() == pytest.approx((risk - national).to_dict(), abs=1e-15)
    assert (table.loc[table["contribution"] > 1e-12, "role"] == "risk").all()
    assert (table.loc[table["contribution"] < -1e-12, "role"] == "protective").all()
    assert table.groupby("area_code")["contribution"].apply(lambda c: c.is_monotonic_decreasing).all()


def test_an_area_made_like_the_country_has_no_contributions():
    area_profiles, risk, national = small_country()
    alike = of_model(area_profiles, risk, national).query("area_code == 'D'")
    assert alike["contribution"].to_list() == pytest.approx([0, 0, 0], abs=1e-7)


def test_an_area_of_boys_is_set_apart_by_sex_alone():
    """Same area and age as the country and independent of sex: the gap is sex's."""
    half = pd.DataFrame({"area_code": "A", "profile": PROFILES["profile"], "weight": 10.0})
    boys = half[PROFILES["sex"] == "boy"].assign(area_code="B")
    p = expit(
        -4.0
        + 0.8 * (PROFILES["sex"] == "boy")
        + PROFILES["area"].map({"urban": 0, "rural": 0.9, "remote": 1.4})
        + 0.1 * PROFILES["age"]
    )
    profiles = pd.concat([half, boys.assign(weight=1e-9)])
    risk = pd.Series({"B": p[PROFILES["sex"] == "boy"].mean()})
    table = contributions_of_model(COEF, TERMS, PROFILES, profiles, risk, float(p.mean())).set_index("determinant")
    assert table.loc["sex", "contribution"] == pytest.approx(risk["B"] - p.mean(), abs=1e-6)
    assert table.loc[["area", "age"], "contribution"].to_list() == pytest.approx([0, 0], abs=1e-6)


def test_what_binning_leaves_is_spread_by_size():
    area_profiles, risk, national = small_country()
    exact = of_model(area_profiles, risk, national).set_index(["area_code", "determinant"])["contribution"]
    moved = of_model(area_profiles, risk + 0.001, national).set_index(["area_code", "determinant"])["contribution"]
    assert moved.groupby("area_code").sum().to_dict() == pytest.approx((risk + 0.001 - national).to_dict(), abs=1e-15)
    size = exact.abs() / exact.abs().groupby("area_code").transform("sum")
    real = [c for c in exact.index if c[0] != "D"]
    assert (moved - exact)[real].to_list() == pytest.approx((0.001 * size)[real].to_list(), abs=1e-9)


def test_no_estimate_no_rows():
    area_profiles, risk, national = small_country()
    risk["A"] = np.nan
    assert set(of_model(area_profiles, risk, national)["area_code"]) == {"B", "C", "D"}
    assert of_model(area_profiles, risk * np.nan, national).empty


def test_contributions_of_an_index_by_hand():
    """Normalised x: 0, 50, 100; y turned: 100, 0, 50. Children 1, 1, 2: means 62.5 and 50. Weights 1/2."""
    indicators = (
        Indicator(name="x", dimension="one"),
        Indicator(name="y", dimension="two", direction=-1),
    )
    areas = pd.DataFrame(
        {"area_code": ["a", "b", "c"], "x": [1.0, 2.0, 3.0], "y": [10.0, 30.0, 20.0], "children": [1.0, 1.0, 2.0]}
    )
    result = compute_index(areas, indicators, IndexSettings())
    table = contributions_of_index(result, areas)
    found = table.set_index(["area_code", "determinant"])["contribution"].to_dict()
    assert found == pytest.approx(
        {("a", "x"): -31.25, ("a", "y"): 25, ("b", "x"): -6.25, ("b", "y"): -25, ("c", "x"): 18.75, ("c", "y"): 0}
    )
    assert table.query("area_code == 'c'")["role"].to_list() == ["risk", ""]
    assert table.query("area_code == 'a'")["determinant"].to_list() == ["y", "x"]
    simple = contributions_of_index(result, areas.drop(columns="children"))
    assert simple.groupby("area_code")["contribution"].sum()["a"] == pytest.approx(50 - 50)


def test_contributions_of_an_index_add_up_without_areas_that_have_no_score():
    rng = np.random.default_rng(2)
    names = [f"i{n}" for n in range(6)]
    areas = pd.DataFrame(rng.random((30, 6)), columns=names).assign(
        area_code=[f"{i:02d}" for i in range(30)], children=rng.integers(1, 900, 30).astype(float)
    )
    areas.loc[3, names[:4]] = np.nan
    areas.loc[4, "i5"] = np.nan
    indicators = tuple(Indicator(name=n, dimension="d" if n < "i1" else "e", weight=1 + i) for i, n in enumerate(names))
    result = compute_index(areas, indicators, IndexSettings(weights="given", dimension_weights={"d": 2, "e": 1}))
    index = result.scores.set_index("area_code")["index"].dropna()
    assert "03" not in index
    country = np.average(index, weights=areas.set_index("area_code")["children"][index.index])
    sums = contributions_of_index(result, areas).groupby("area_code")["contribution"].sum()
    assert sums.to_dict() == pytest.approx((index - country).to_dict(), abs=1e-12)
