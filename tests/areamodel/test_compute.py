"""The area model from the table of areas to estimates: coverage, sums, choice of indicators, what is said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.areamodel.compute import compute_area_model
from riskmodel.areas.table import Estimates, build_tables
from riskmodel.decisions.contributions import contributions_of_area_model
from riskmodel.i18n import say, translator
from riskmodel.problems import InputProblems
from riskmodel.study import Indicator, Levels
from tests.areamodel.world import SETTINGS, indicators, world


def settings(**changes):
    return SETTINGS.model_copy(update=changes)


def computed(table, given=SETTINGS, count=3):
    return compute_area_model(table, indicators(count), given, seed=1)


def tables(result, table):
    areas = result.areas.merge(table[["area_code", "children"]], on="area_code")
    estimates = Estimates(areas, result.gradient, result.cov, result.own_se)
    return build_tables(estimates, table, "area_risk", Levels(), 1)


def said(result) -> dict[str, str]:
    return {p.code: say(p, translator("en")).what for p in result.problems}


@pytest.mark.parametrize("scale", ["arcsine", "logit"])
def test_intervals_hold_the_truth(scale):
    """Over 25 worlds of 240 areas the 95 % intervals hold 93–97 % of the true rates, with and without a direct rate."""
    held = {True: [], False: []}
    for seed in range(25):
        table, truth = world(seed, on=scale)
        areas = computed(table, settings(scale=scale)).areas.set_index("area_code")
        inside = truth.between(areas["ci_lower"], areas["ci_upper"])
        known = table.set_index("area_code")["direct"].notna()
        for sampled in held:
            held[sampled] += inside[known == sampled].tolist()
    assert 0.93 < np.mean(held[True]) < 0.97
    assert 0.93 < np.mean(held[False]) < 0.97


def test_estimates_are_nearer_the_truth_than_direct_rates_or_indicators_alone():
    table, truth = world(3)
    result = computed(table, settings(benchmark=False))
    beside = result.direct.set_index("area_code")
    known = beside["in_sample"]

    def miss(column):
        return float(((beside[column] - truth)[known] ** 2).mean())

    assert miss("area_risk") < miss("direct")
    assert miss("area_risk") < miss("synthetic_risk")
    assert beside["direct_weight"][known].between(0.01, 0.99).all()
    assert (beside["direct_weight"][~known] == 0).all()
    assert (beside["direct_lower"] <= beside["direct"])[known].all()
    assert (beside["direct_upper"] >= beside["direct"])[known].all()


def test_the_benchmark_makes_both_figures_of_the_country_one():
    table, _ = world(4)
    beside = computed(table).direct.set_index("area_code")
    children = table.set_index("area_code")["children"][beside["in_sample"]]
    direct = np.average(beside["direct"][beside["in_sample"]], weights=children)
    assert np.average(beside["area_risk"][beside["in_sample"]], weights=children) == pytest.approx(direct, rel=1e-9)
    apart = computed(table, settings(benchmark=False)).direct.set_index("area_code")["area_risk"]
    assert np.average(apart[beside["in_sample"]], weights=children) != pytest.approx(direct, rel=1e-5)


def test_the_country_is_the_weighted_mean_and_contributions_add_up():
    table, _ = world(5)
    result = computed(table)
    made = tables(result, table)
    risk = made.areas.set_index("area_code")["area_risk"]
    national = float(made.national["area_risk"].iloc[0])
    assert national == pytest.approx(np.average(risk, weights=table.set_index("area_code")["children"][risk.index]))
    parts = contributions_of_area_model(result.carried, risk, national)
    total = parts.groupby("area_code")["contribution"].sum()
    np.testing.assert_allclose(total, (risk - national)[total.index], atol=1e-12)
    assert set(parts["determinant"]) == {"x0", "x1", "x2", "(parent)", "(own)"}


def test_intervals_of_the_tables_are_those_of_the_model():
    table, _ = world(6)
    result = computed(table)
    made = tables(result, table).areas.set_index("area_code")
    own = result.areas.set_index("area_code")
    np.testing.assert_allclose(made["ci_upper"], own["ci_upper"].loc[made.index])
    half = (own["ci_upper"] - own["ci_lower"]) / (2 * 1.959964)
    np.testing.assert_allclose(made["se"], half.loc[made.index], rtol=1e-6)


def test_an_unseen_parent_unit_has_a_wider_error_shared_by_its_areas():
    """Twelve areas of a unit without direct rates: their mean is hardly surer than one of them."""
    table, _ = world(7, unit_sd=0.08)
    unseen = table["parent_code"] == "u00"
    table.loc[unseen, ["direct", "direct_n"]] = np.nan
    made = tables(computed(table), table)
    own = made.areas.set_index("area_code")["se"][table.loc[unseen, "area_code"]].mean()
    others = made.areas.set_index("area_code")["se"][table.loc[~unseen & table["direct"].isna(), "area_code"]].mean()
    assert own > 1.2 * others
    unit = made.parents.set_index("area_code")["se"]["u00"]
    assert unit > 0.6 * own


def test_errors_by_bootstrap_agree_with_the_formula():
    """200 drawn worlds: each area within chance (a tenth, relative), their mean within 5 %."""
    table, _ = world(8, areas=120)
    plain, drawn = computed(table), computed(table, settings(bootstrap=200))
    ratio = (tables(drawn, table).areas["se"] / tables(plain, table).areas["se"]) ** 2
    assert ratio.mean() == pytest.approx(1, abs=0.05)
    assert ratio.between(0.6, 1.5).mean() > 0.97
    assert drawn.diagnostics["errors"] == "bootstrap"
    again = computed(table, settings(bootstrap=200))
    pd.testing.assert_frame_equal(drawn.areas, again.areas)


def test_the_lasso_finds_the_indicators_that_matter():
    table, _ = world(9, areas=400, count=30)
    result = computed(table, settings(selection="lasso"), count=30)
    chosen = result.diagnostics["chosen"]
    assert {"x0", "x1", "x2"} <= set(chosen["indicators"])
    assert len(chosen["indicators"]) < 25
    assert chosen["error"] < 0.8 * chosen["error_without_indicators"]
    assert chosen["by_parent"]
    assert "30 indicators the program kept" in said(result)["area_model_chosen"]


def test_named_indicators_alone_enter():
    table, _ = world(9)
    result = computed(table, settings(indicators=("x2", "x0")))
    assert result.coefficients["determinant"].tolist() == ["", "x0", "x2"]


def test_indicators_that_say_nothing_may_all_be_left_out():
    table, _ = world(1)
    noise = np.random.default_rng(2).normal(size=(len(table), 3))
    table[["x0", "x1", "x2"]] = noise
    result = computed(table.assign(direct=0.2 + 0 * table["direct"]), settings(selection="lasso"))
    assert result.areas["area_risk"].between(0.1, 0.3).all()


def test_coefficients_are_told_in_points_for_a_standard_deviation():
    """The truth moves by 0.05 on the scale; a rate of about sin²0.35 by 0.05 · sin 0.7 = 3.2 points."""
    table, _ = world(10, areas=2000, without=0.1)
    found = computed(table).coefficients.set_index("determinant")
    assert found.loc["x0", "ame"] == pytest.approx(0.05 * np.sin(0.7), rel=0.15)
    assert found.loc["x0", "ame_se"] < 0.003


def test_shuffled_rows_change_nothing():
    table, _ = world(11)
    shuffled = table.sample(frac=1, random_state=3)
    a = computed(table).areas.set_index("area_code")["area_risk"]
    b = computed(shuffled).areas.set_index("area_code")["area_risk"]
    np.testing.assert_allclose(a, b[a.index], rtol=1e-6)


def test_the_same_indicator_twice_enters_once():
    table, _ = world(12)
    result = computed(table.assign(x3=-2 * table["x0"] + 7), count=4)
    assert len(result.diagnostics["collinear"]) == 1
    assert "One indicator was left out" in said(result)["area_model_collinear"]


def test_an_indicator_that_varies_only_without_direct_rates_is_left_out():
    table, _ = world(12)
    result = computed(table.assign(x3=table["direct"].isna() * np.arange(len(table))), count=4)
    assert result.diagnostics["collinear"] == ["x3"]


def test_a_direction_the_direct_rates_contradict_is_asked_about():
    table, _ = world(13)
    named = [Indicator(name="x0", label="Zero", direction=-1), Indicator(name="x1")]
    result = compute_area_model(table, named, SETTINGS, 1)
    assert "Zero" in said(result)["area_model_direction"]
    assert "area_model_direction" not in said(compute_area_model(table, indicators(2), SETTINGS, 1))


def test_fewer_areas_than_indicators_need_is_an_error():
    table, _ = world(14, areas=30, without=0.5)
    with pytest.raises(InputProblems) as error:
        computed(table.assign(**{f"x{i}": np.random.default_rng(i).normal(size=30) for i in range(20)}), count=20)
    problem = error.value.problems[0]
    assert problem.code == "area_model_few_areas"
    assert "too few for" in say(problem, translator("en")).what


def test_without_spread_a_small_one_is_allowed_for():
    """Direct rates nearer to each other than chance would put them; with and without parent units."""
    table, _ = world(15)
    flat = table.assign(direct=0.2 + 0 * table["direct"])
    for parent_effect in (True, False):
        result = computed(flat, settings(parent_effect=parent_effect))
        assert "small difference" in said(result)["area_model_adjusted"]
        assert result.diagnostics["own_variance"] > 0
        assert (result.areas["ci_upper"] > result.areas["ci_lower"]).all()


def test_few_parent_units_have_no_effect_of_their_own():
    table, _ = world(16, units=4)
    result = computed(table)
    assert "fewer than 8" in said(result)["area_model_no_parent_effect"]
    assert result.diagnostics["parent_variance"] is None


def test_parent_units_of_one_area_each_are_not_told_from_areas():
    table, truth = world(17, areas=120, units=120)
    result = computed(table)
    assert result.diagnostics["parent_variance"] is None
    areas = result.areas.set_index("area_code")
    assert truth.between(areas["ci_lower"], areas["ci_upper"]).mean() > 0.9


def test_rates_of_zero_and_one_are_estimated_inside():
    table, _ = world(18)
    known = table.index[table["direct"].notna()]
    table.loc[known[0], ["direct", "direct_n"]] = 0.0, 5.0
    table.loc[known[1], ["direct", "direct_n"]] = 1.0, 5.0
    for scale in ("arcsine", "logit"):
        risk = computed(table, settings(scale=scale)).areas.set_index("area_code")["area_risk"]
        assert 0 < risk.iloc[known[0]] < 0.5
        assert 0 < risk.iloc[known[1]] < 0.9


def test_far_beyond_the_end_of_the_scale_the_interval_holds_the_estimate():
    table, _ = world(19)
    absent = table.index[table["direct"].isna()][0]
    table.loc[absent, ["x0", "x1", "x2"]] = -20.0
    row = computed(table).areas.iloc[absent]
    assert 0 <= row["ci_lower"] <= row["area_risk"] <= row["ci_upper"] <= 1


def test_no_children_no_benchmark():
    table, _ = world(20)
    result = computed(table.assign(children=np.nan))
    assert "could not be brought into line" in said(result)["area_model_no_benchmark"]


def test_areas_that_lack_indicators_have_no_estimate_and_filled_ones_a_note():
    table, _ = world(21)
    table.loc[0, ["x0", "x1"]] = np.nan
    result = computed(table)
    assert pd.isna(result.areas.loc[0, "area_risk"])
    assert "too_few_indicators" in result.areas.loc[0, "notes"]
    assert "One area has no estimate" in said(result)["area_model_areas_lacking"]
    assert tables(result, table).areas["area_risk"].isna().sum() == 1
    four, _ = world(21, count=4)
    four.loc[3, "x3"] = np.nan
    filled = computed(four, count=4)
    assert "indicators_imputed" in filled.areas.loc[3, "notes"]
    assert "In one area" in said(filled)["area_model_imputed"]


def test_areas_without_direct_rate_carry_a_note():
    table, _ = world(22)
    notes = computed(table).areas["notes"]
    assert (notes.str.contains("synthetic_only") == table["direct"].isna()).all()


def test_direct_against_model_by_hand():
    """Brown's sum over areas with a direct rate, θ̂ (1 − θ̂) / n and the estimate's own error below the line."""
    table, _ = world(23)
    result = computed(table)
    beside = result.direct.set_index("area_code")
    known = beside["in_sample"]
    se = tables(result, table).areas.set_index("area_code")["se"]
    risk = beside["area_risk"]
    variance = risk * (1 - risk) / beside["direct_n"] + se**2
    agreement = result.diagnostics["agreement"]
    assert agreement["brown"] == pytest.approx(((beside["direct"] - risk) ** 2 / variance)[known].sum(), rel=1e-6)
    assert agreement["df"] == known.sum()
    assert agreement["cv_model_median"] < agreement["cv_direct_median"]
