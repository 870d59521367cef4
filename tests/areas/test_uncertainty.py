"""Intervals and ranks: hand calculations, published figures, and what must be true of draws."""

from __future__ import annotations

import time
import tracemalloc

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit
from scipy.stats import norm

from riskmodel.areas.levels import classify
from riskmodel.areas.uncertainty import (
    count_interval,
    dispersion_interval,
    group_own_error,
    logit_interval,
    simulate_ranks,
)


def test_logit_interval_by_hand():
    """r = 0.2: logit −1.386294, error 0.04 / 0.16 = 0.25, half 0.489991; logistic of −1.876285 and −0.896304."""
    lower, upper = logit_interval(pd.Series([0.2], index=["a"]), pd.Series([0.04], index=["a"]))
    assert lower["a"] == pytest.approx(0.132816, abs=1e-6)
    assert upper["a"] == pytest.approx(0.289811, abs=1e-6)


def test_logit_interval_stays_inside_and_is_missing_where_the_error_is():
    lower, upper = logit_interval(pd.Series([0.01, 0.1, np.nan, 0.0, 1.0]), pd.Series([0.02, np.nan, 0.1, 0.1, 0.1]))
    assert 0 < lower[0] < 0.01 < upper[0] < 1
    assert lower[1:].isna().all()
    assert upper[1:].isna().all()


def test_no_error_no_width():
    lower, upper = logit_interval(pd.Series([0.3]), pd.Series([0.0]))
    assert (lower[0], upper[0]) == (pytest.approx(0.3), pytest.approx(0.3))


def test_count_interval_keeps_missing():
    lower, upper = count_interval(pd.Series([1000.0, np.nan]), pd.Series([0.1, 0.1]), pd.Series([0.2, 0.2]))
    assert (lower[0], upper[0]) == (100, 200)
    assert lower.isna()[1]
    assert upper.isna()[1]


def test_t4_published_counts_and_dispersion(dominican_municipalities: pd.DataFrame):
    rows = dominican_municipalities
    # The means are printed with six decimals: 0.063982 × 17,919 = 1,146.49 was 1,147 before they were cut.
    least, most = ((rows["mean"] + half) * rows["n"] for half in (-5e-7, 5e-7))
    assert (least.round() <= rows["children"]).all()
    assert (rows["children"] <= most.round()).all()
    assert ((rows["mean"] * rows["n"]).round() == rows["children"]).sum() == 19
    lower, upper = dispersion_interval(rows["mean"], rows["sd"], rows["n"])
    assert lower == pytest.approx(rows["lower"], abs=2e-6)
    assert upper == pytest.approx(rows["upper"], abs=2e-6)


def test_t10_boys_and_girls_differ_by_a_nearly_constant_odds_ratio(dominican_municipalities: pd.DataFrame):
    ratio = np.exp(logit(dominican_municipalities["boys"]) - logit(dominican_municipalities["girls"]))
    assert ratio.between(2.29, 2.75).all()
    assert ratio.median() == pytest.approx(2.46, abs=0.1)


# --- draws ------------------------------------------------------------------------------------------------------------


def areas(*values: float) -> pd.Series:
    return pd.Series(values, index=list("abcdefgh")[: len(values)], dtype=float)


def test_level_probability_of_independent_errors_is_that_of_the_normal_curve():
    """P(level kept) = Φ((logit cut − logit r) / error) for the lower area, and its mirror for the upper."""
    risk, se = areas(0.10, 0.20), areas(0.02, 0.05)
    error = se / (risk * (1 - risk))
    drawn = simulate_ranks(risk, [0.14, 0.2], seed=1, draws=20_000, se=se)
    z = (logit(0.14) - logit(risk)) / error
    assert drawn["level_probability"].to_list() == pytest.approx([norm.cdf(z["a"]), 1 - norm.cdf(z["b"])], abs=0.01)


def test_areas_that_share_the_coefficients_move_together():
    """With the intercept alone uncertain all logits shift alike, so no rank ever changes; independent errors mix them."""
    risk = areas(0.08, 0.09, 0.10, 0.11)
    slope = risk * (1 - risk)
    gradient = pd.DataFrame({"(intercept)": slope, "x": 0.0})
    cov = pd.DataFrame([[0.04, 0.0], [0.0, 0.01]], index=gradient.columns, columns=gradient.columns)
    together = simulate_ranks(risk, [0.095, 0.11], seed=1, gradient=gradient, cov=cov)
    assert together["rank_lower"].to_list() == together["rank_upper"].to_list() == [4, 3, 2, 1]
    apart = simulate_ranks(risk, [0.095, 0.11], seed=1, se=0.2 * slope)
    assert (apart["rank_lower"] < apart["rank_upper"]).all()
    # Each logit has the same standard deviation both ways, so the probabilities agree but for chance.
    assert together["level_probability"].to_list() == pytest.approx(apart["level_probability"].to_list(), abs=0.05)


def test_model_draws_have_the_spread_of_the_delta_method():
    rng = np.random.default_rng(4)
    root = rng.normal(size=(3, 3)) * 0.1
    terms = ["(intercept)", "x", "y"]
    cov = pd.DataFrame(root @ root.T, index=terms, columns=terms)
    risk = areas(0.2)
    gradient = pd.DataFrame([[0.16, 0.1, -0.05]], index=["a"], columns=terms)
    error = np.sqrt(gradient.loc["a"] @ cov @ gradient.loc["a"]) / 0.16
    cut = expit(logit(0.2) + error)  # one standard error above
    drawn = simulate_ranks(risk, [cut, 1.0], seed=2, draws=20_000, gradient=gradient[terms[::-1]], cov=cov)
    assert drawn["level_probability"]["a"] == pytest.approx(norm.cdf(1), abs=0.01)


def test_draws_add_what_an_area_has_of_its_own():
    """Shared error s and own error o on the logit scale: each level probability is that of √(s² + o²); ranks now move."""
    risk = areas(0.08, 0.10)
    slope = risk * (1 - risk)
    gradient = slope.to_frame("(intercept)")
    cov = pd.DataFrame([[0.04]], index=gradient.columns, columns=gradient.columns)
    cut = float(expit(logit(0.08) + np.hypot(0.2, 0.3)))
    drawn = simulate_ranks(risk, [cut, 0.3], seed=5, draws=20_000, gradient=gradient, cov=cov, own_se=0.3 * slope)
    assert drawn["level_probability"]["a"] == pytest.approx(norm.cdf(1), abs=0.01)
    assert (drawn["rank_lower"] < drawn["rank_upper"]).all()
    missing = simulate_ranks(risk, [cut, 0.3], seed=5, gradient=gradient, cov=cov, own_se=0.3 * slope.drop("b"))
    assert missing.loc["b"].isna().all()
    assert missing.loc["a"].notna().all()


def test_groups_move_with_their_area_and_average_out_in_the_country():
    """σ = 0.5. Own errors of girls 0.5·0.09 and 0.5·0.16, shares 1/4 and 3/4: √(0.01125² + 0.06²) = 0.061046."""
    groups = pd.DataFrame(
        {
            "area_code": ["", "a", "b", "", "a", "c"],
            "group": "sex",
            "category": ["girl", "girl", "girl", "boy", "boy", "boy"],
            "children": [400.0, 100.0, 300.0, 50.0, 50.0, 0.0],
            "area_risk": [0.175, 0.1, 0.2, 0.3, 0.3, np.nan],
        }
    )
    found = group_own_error(groups, 0.25)
    assert found.to_list()[:5] == pytest.approx([0.061046, 0.045, 0.08, 0.105, 0.105], abs=1e-6)
    assert np.isnan(found[5])
    shuffled = groups.sample(frac=1, random_state=2)
    pd.testing.assert_series_equal(group_own_error(shuffled, 0.25).sort_index(), found)


def test_singular_covariance_is_drawn():
    terms = ["(intercept)", "x"]
    cov = pd.DataFrame([[0.01, 0.01], [0.01, 0.01]], index=terms, columns=terms)
    gradient = pd.DataFrame({"(intercept)": areas(0.1, 0.1), "x": areas(0.0, 0.05)})
    drawn = simulate_ranks(areas(0.1, 0.11), [0.105, 0.11], seed=1, gradient=gradient, cov=cov)
    assert drawn["level_probability"].between(0.3, 0.99).all()


def test_equal_areas_tie_on_the_smallest_rank():
    risk = areas(0.3, 0.2, 0.1 + 0.1, 0.1)
    drawn = simulate_ranks(risk, [0.3], seed=1, se=risk * 0)
    assert drawn["rank_lower"].to_list() == drawn["rank_upper"].to_list() == [1, 2, 2, 4]
    assert drawn["level_probability"].to_list() == [1, 1, 1, 1]


def test_areas_without_estimate_or_error_are_missing_but_the_latter_still_take_a_rank():
    risk, se = areas(0.3, np.nan, 0.2, 0.0), areas(0.001, 0.01, np.nan, 0.01)
    drawn = simulate_ranks(risk, [0.25, 0.3], seed=1, se=se)
    assert drawn.index.to_list() == risk.index.to_list()
    assert drawn.loc[["b", "c", "d"]].isna().all(axis=None)
    assert drawn.loc["a", ["rank_lower", "rank_upper"]].to_list() == [1, 1]
    nobody = simulate_ranks(risk, [0.25, 0.3], seed=1, se=se * np.nan)
    assert nobody.isna().all(axis=None)
    assert simulate_ranks(risk, [], seed=1).isna().all(axis=None)


def test_the_seed_decides():
    risk, se = areas(0.1, 0.11, 0.12), areas(0.02, 0.02, 0.02)
    first, again, other = (simulate_ranks(risk, [0.105, 0.12], s, se=se)["level_probability"] for s in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


@pytest.mark.bench
def test_large_country_takes_seconds_and_little_memory():
    rng = np.random.default_rng(1)
    n, p = 5_600, 25
    risk = pd.Series(rng.beta(2, 20, n), index=[f"{i:05d}" for i in range(n)])
    terms = [f"t{i}" for i in range(p)]
    gradient = pd.DataFrame(rng.normal(size=(n, p)) * 0.01, index=risk.index, columns=terms)
    cov = pd.DataFrame(np.eye(p) * 0.01, index=terms, columns=terms)
    breaks = classify(risk, "natural_breaks", 3).breaks
    tracemalloc.start()
    start = time.perf_counter()
    simulate_ranks(risk, breaks, seed=1, gradient=gradient, cov=cov)
    seconds, (_, peak) = time.perf_counter() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 10
    assert peak < 200e6
