"""The table of areas: everyone stays, upper units are weighted, errors travel."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.areas.table import Estimates, build_tables
from riskmodel.areas.uncertainty import own_error
from riskmodel.results import AREA_COLUMNS
from riskmodel.study import Levels

NAMES = pd.DataFrame(
    {
        "area_code": ["01", "02", "03", "04"],
        "area_name": ["Alta", "Baja", "Costa", "Dique"],
        "parent_code": ["A", "A", "B", "B"],
        "parent_name": ["Norte", "Norte", "Sur", "Sur"],
        "children": [100.0, 300.0, 600.0, 50.0],
    }
)
GIVEN = pd.DataFrame({"area_code": ["01", "02", "03"], "area_risk": [0.20, 0.10, 0.05], "se": [0.02, 0.01, 0.01]})


def tables(estimates=None, names=NAMES, measure="area_risk"):
    return build_tables(estimates or Estimates(GIVEN), names, measure, Levels(), seed=1)


def test_columns_are_those_of_the_design():
    assert tuple(tables().areas.columns) == AREA_COLUMNS


def test_country_is_weighted_by_children_not_a_mean_of_means():
    """(100·0.20 + 300·0.10 + 600·0.05) / 1000 = 0.08; the mean of the three is 0.1167. Area 04 has no estimate."""
    national = tables().national.iloc[0]
    assert national["area_risk"] == pytest.approx(0.08)
    assert national["children"] == 1050
    assert national["expected_count"] == pytest.approx(80)


def test_independent_errors_add_up_in_the_country():
    """√((0.1·0.02)² + (0.3·0.01)² + (0.6·0.01)²) = 0.007."""
    assert tables().national["se"].iloc[0] == pytest.approx(0.007)


def test_parents_add_up_to_the_country():
    made = tables()
    assert made.parents["area_code"].tolist() == ["A", "B"]
    assert made.parents["expected_count"].sum() == pytest.approx(made.national["expected_count"].iloc[0])
    assert made.parents["areas"].sum() == 4


def test_an_area_without_estimate_stays_without_level_and_is_never_zero():
    row = tables().areas.set_index("area_code").loc["04"]
    assert pd.isna(row["area_risk"])
    assert pd.isna(row["level"])
    assert pd.isna(row["rank"])
    assert pd.isna(row["expected_count"])
    assert row["notes"] == "no_estimate"


def test_an_area_of_the_population_without_a_name_stays_and_says_so():
    extra = pd.concat([GIVEN, pd.DataFrame({"area_code": ["99"], "area_risk": [0.3], "se": [0.03]})])
    row = tables(Estimates(extra)).areas.set_index("area_code").loc["99"]
    assert row["area_name"] == "99"
    assert row["notes"] == "not_in_areas_table"
    assert row["rank"] == 1


def test_intervals_are_on_the_logit_scale():
    """logit 0.2 ± 1.96·0.02/(0.2·0.8) gives 0.1637 and 0.2421."""
    row = tables().areas.set_index("area_code").loc["01"]
    assert (row["ci_lower"], row["ci_upper"]) == pytest.approx((0.16366, 0.24210), abs=1e-4)


def test_model_error_is_shared_between_areas():
    """One coefficient moves all areas together, so the country's error is not that of independent areas."""
    gradient = pd.DataFrame({"(intercept)": [0.16, 0.09, 0.0475]}, index=["01", "02", "03"])
    cov = pd.DataFrame([[0.01]], index=["(intercept)"], columns=["(intercept)"])
    estimates = GIVEN.assign(se=0.1 * gradient["(intercept)"].to_numpy(), children=[100.0, 300.0, 600.0])
    made = tables(Estimates(estimates, gradient, cov))
    assert made.national["se"].iloc[0] == pytest.approx(0.1 * (0.1 * 0.16 + 0.3 * 0.09 + 0.6 * 0.0475))
    assert made.areas["level_probability"].notna().sum() == 3


def test_legend_counts_areas_and_children():
    made = tables()
    assert sum(entry["areas"] for entry in made.legend) == 3
    assert sum(entry["children"] for entry in made.legend) == 1000
    assert [e["printed_lower"] for e in made.legend] == sorted(e["printed_lower"] for e in made.legend)


def test_index_has_no_risk_no_interval_and_no_count():
    index = pd.DataFrame({"area_code": ["01", "02", "03"], "index": [40.0, 20.0, 10.0]})
    made = tables(Estimates(index), measure="index")
    assert made.areas[["area_risk", "se", "ci_lower", "expected_count", "level_probability"]].isna().all(axis=None)
    assert made.national["index"].iloc[0] == pytest.approx((100 * 40 + 300 * 20 + 600 * 10) / 1000)


def test_order_of_rows_changes_nothing():
    shuffled = tables(Estimates(GIVEN.sample(frac=1, random_state=3)), NAMES.sample(frac=1, random_state=4))
    pd.testing.assert_frame_equal(shuffled.areas, tables().areas)


def test_without_children_the_country_has_no_rate():
    made = tables(names=NAMES.drop(columns="children"))
    assert np.isnan(made.national["area_risk"].iloc[0])
    assert made.areas["expected_count"].isna().all()


def test_what_an_area_has_of_its_own_widens_it_and_averages_out_in_the_country():
    """σ = 0.25 on the logit scale beside one shared coefficient of error 0.1, slopes r (1 − r).

    Area 01: √((0.1·0.16)² + (0.25·0.16)²) = 0.043081. Country: shared 0.1·(0.1·0.16 + 0.3·0.09 + 0.6·0.0475) = 0.00715;
    own 0.25·√((0.1·0.16)² + (0.3·0.09)² + (0.6·0.0475)²) = 0.010597; together 0.012784.
    """
    slope = pd.Series([0.16, 0.09, 0.0475], index=["01", "02", "03"])
    gradient = slope.to_frame("(intercept)")
    cov = pd.DataFrame([[0.01]], index=gradient.columns, columns=gradient.columns)
    areas = GIVEN.assign(se=0.1 * slope.to_numpy(), children=[100.0, 300.0, 600.0])
    with_own = tables(Estimates(areas, gradient, cov, own_error(slope, 0.25**2).sample(frac=1, random_state=1)))
    alone = tables(Estimates(areas, gradient, cov))
    row = with_own.areas.set_index("area_code").loc["01"]
    assert row["se"] == pytest.approx(0.043081, abs=1e-6)
    assert row["ci_lower"] < alone.areas["ci_lower"].iloc[0]
    assert row["expected_count_upper"] == pytest.approx(100 * row["ci_upper"])
    assert with_own.national["se"].iloc[0] == pytest.approx(0.012784, abs=1e-6)
    assert with_own.areas["area_risk"].equals(alone.areas["area_risk"])
    assert pd.isna(with_own.areas.set_index("area_code").loc["04", "se"])


def test_ranks_move_only_by_what_areas_do_not_share():
    slope = pd.Series([0.16, 0.09, 0.0475], index=["01", "02", "03"])
    gradient = slope.to_frame("(intercept)")
    cov = pd.DataFrame([[0.01]], index=gradient.columns, columns=gradient.columns)
    for own, moves in ((None, False), (own_error(slope, 1.0), True)):
        areas = tables(Estimates(GIVEN.assign(se=0.01), gradient, cov, own)).areas
        assert ((areas["rank_upper"] > areas["rank_lower"]).any()) == moves
