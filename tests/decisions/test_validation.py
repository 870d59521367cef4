"""Agreement with an observed rate, against figures worked out by hand and scikit-learn's kappa."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from riskmodel.decisions.validation import first_areas, level_table, validate, weighted_kappa
from riskmodel.results import VALIDATION_COLUMNS
from riskmodel.study import Levels

CODES = [f"{i:02d}" for i in range(1, 13)]
OBSERVED = [0.02, 0.04, 0.06, 0.08, 0.10, 0.12, 0.14, 0.16, 0.18, 0.20, 0.22, 0.24]
ESTIMATE = [0.04, 0.02, 0.06, 0.08, 0.10, 0.12, 0.14, 0.16, 0.18, 0.24, 0.20, 0.22]


def areas(**columns: list[float]) -> pd.DataFrame:
    table = pd.DataFrame({"area_code": CODES, "area_name": CODES, "area_risk": ESTIMATE, **columns})
    table["level"] = pd.array([1] * 4 + [2] * 4 + [3] * 4, "Int8")
    for end, shift in (("ci_lower", -0.01), ("ci_upper", 0.01)):
        table[end] = table.get(end, table["area_risk"] + shift)
    return table


def rates(n: float = np.nan) -> pd.DataFrame:
    return pd.DataFrame({"observed": OBSERVED, "observed_n": n}, pd.Index(CODES, name="area_code"))


def compared(table: pd.DataFrame, of: pd.DataFrame, measure: str = "area_risk", rule: str = "quantile"):
    found = validate(table, of, measure, Levels(rule=rule))
    assert found is not None
    return found


def test_correlation_bias_and_error_are_those_by_hand():
    """Ranks differ by 1, 1 at the low end and by 2, 1, 1 at the high one: ρ = 1 − 6 · 8 / (12 · 143).

    Differences are ±0.02 twice, +0.04, −0.02, −0.02: their sum is zero and their squares add up to 0.0032.
    """
    summary = compared(areas(), rates()).summary
    assert summary["spearman"] == pytest.approx(1 - 48 / 1716)
    assert summary["bias"] == pytest.approx(0, abs=1e-15)
    assert summary["rmse"] == pytest.approx(np.sqrt(0.0032 / 12))
    assert summary["pearson"] == pytest.approx(np.corrcoef(OBSERVED, ESTIMATE)[0, 1])


def test_coverage_counts_the_chance_in_the_observed_rate():
    """Five of 12 intervals of ±0.01 miss, by 0.02, 0.02, 0.04, 0.02, 0.02.

    With 1,000 children the chance is 1.96 √(e (1 − e) / 1000): 0.0121 at 0.04 (with the interval 0.0157: still missed),
    0.0087 at 0.02, 0.0265 at 0.24 (0.0283: missed, 0.04 away), 0.0248 at 0.20 and 0.0257 at 0.22 (0.0267 and 0.0276: held).
    """
    exact = compared(areas(), rates()).summary
    assert exact["coverage"] == pytest.approx(7 / 12)
    assert exact["coverage_with_error"] is None
    assert exact["areas_with_error"] == 0
    counted = compared(areas(), rates(1000.0))
    assert counted.summary["coverage"] == pytest.approx(7 / 12)
    assert counted.summary["coverage_with_error"] == pytest.approx(9 / 12)
    missed = counted.areas.loc[~counted.areas["inside_with_error"].astype(bool), "area_code"]
    assert missed.tolist() == ["01", "02", "10"]


def test_top_tenth_and_third_are_counted_in_areas():
    """A tenth of 12 is one area: the measure says 12, the estimate 10. A third is four: 9 to 12 in both."""
    summary = compared(areas(), rates()).summary
    assert summary["top_tenth"] == {"areas": 1, "hits": 0}
    assert summary["top_third"] == {"areas": 4, "hits": 4}


def test_equal_values_at_the_top_go_by_code_and_not_by_the_order_of_rows():
    values = pd.Series([0.5, 0.5, 0.5, 0.1], ["d", "a", "c", "b"])
    assert first_areas(values, 0.5) == ["a", "c"]


def test_levels_by_the_rule_and_by_thirds():
    found = compared(areas(), rates())
    assert found.summary["levels"]["table"] == [[4, 0, 0], [0, 4, 0], [0, 0, 4]]
    assert found.summary["levels"]["kappa"] == pytest.approx(1.0)
    assert found.summary["levels"]["rule"] == "quantile"
    assert found.summary["thirds"]["same"] == 1.0
    assert list(found.areas.columns) == list(VALIDATION_COLUMNS)


def test_kappa_of_a_table_by_hand():
    """Disagreement 0.2 · 1 + 0.1 · 2 = 0.4; by chance of margins (0.5, 0.3, 0.2) and (0.4, 0.3, 0.3) it is 0.88."""
    table = [[3, 1, 1], [1, 2, 0], [0, 0, 2]]
    assert weighted_kappa(table) == pytest.approx(1 - 0.4 / 0.88)


@pytest.mark.parametrize("k", [3, 4, 5])
def test_kappa_is_that_of_scikit_learn(k):
    rng = np.random.default_rng(k)
    first = rng.integers(1, k + 1, 400)
    second = np.clip(first + rng.integers(-1, 2, 400), 1, k)
    table = level_table(pd.Series(first, dtype="Int8"), pd.Series(second, dtype="Int8"), k)
    expected = cohen_kappa_score(first, second, weights="linear")
    assert weighted_kappa(table) == pytest.approx(expected, rel=1e-12)


def test_kappa_is_missing_where_everything_is_one_level():
    assert np.isnan(weighted_kappa([[5, 0, 0], [0, 0, 0], [0, 0, 0]]))


def test_areas_that_lack_one_of_the_two_are_left_out_and_counted():
    table, of = areas(), rates()
    table.loc[0, ["area_risk", "ci_lower", "ci_upper"]] = np.nan
    of.loc["02", "observed"] = np.nan
    found = compared(table, of)
    assert found.summary["areas"] == 10
    assert found.summary["areas_without"] == 2
    assert "01" not in set(found.areas["area_code"])


def test_fewer_than_ten_areas_are_not_compared():
    of = rates()
    of.loc[CODES[:3], "observed"] = np.nan
    assert validate(areas(), of, "area_risk", Levels()) is None


def test_an_index_is_compared_by_order_and_level_alone():
    table = areas().rename(columns={"area_risk": "index"})
    table["index"] *= 200
    summary = compared(table, rates(1000.0), "index").summary
    assert summary["spearman"] == pytest.approx(1 - 48 / 1716)
    assert summary["bias"] is summary["rmse"] is summary["coverage"] is summary["coverage_with_error"] is None
    assert summary["levels"]["kappa"] == pytest.approx(1.0)
    found = compared(table, rates(), "index").areas
    assert found["difference"].isna().all()


def test_cut_offs_of_an_index_are_not_those_of_a_rate():
    table = areas().rename(columns={"area_risk": "index"})
    found = validate(table, rates(), "index", Levels(rule="fixed", cuts=(0.1, 0.2)))
    assert found is not None
    assert found.summary["levels"] is None
    assert found.summary["thirds"]["kappa"] == pytest.approx(1.0)


def test_rank_differences_are_shares_of_the_order():
    found = compared(areas(), rates()).areas.set_index("area_code")["rank_difference"]
    assert found["10"] == pytest.approx(2 / 11)
    assert found["11"] == pytest.approx(-1 / 11)
    assert found["05"] == 0


def test_order_of_rows_changes_nothing():
    first = compared(areas(), rates(500.0))
    again = compared(areas().sample(frac=1, random_state=1), rates(500.0).sample(frac=1, random_state=2))
    assert again.summary == first.summary
    pd.testing.assert_frame_equal(again.areas, first.areas)
