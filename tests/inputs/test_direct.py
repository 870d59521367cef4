"""Direct rates of the area model: effective numbers by hand, and every problem made to speak."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from riskmodel.i18n import say, translator
from riskmodel.inputs.direct import PREFIX, check_direct, direct_columns, with_direct
from riskmodel.inputs.direct_errors import smoothed_sizes
from riskmodel.problems import Where
from riskmodel.study import AreaModel

COUNTED = AreaModel(cases="c", total="t")
RATED = AreaModel(rate="r", se="s")


def columns(settings: AreaModel, **values: list) -> dict[str, pd.Series]:
    return {PREFIX + key: pd.Series(values[key], dtype=float) for key in values}


def codes(settings: AreaModel, **values: list) -> set[str]:
    """Codes of the problems, each put into words on the way."""
    read = columns(settings, **values)
    found = check_direct(settings, read, dict.fromkeys(read, Where("a.csv")))
    for problem in found:
        assert "{" not in say(problem, translator("en")).what
    return {p.code for p in found}


def test_cases_and_totals_by_hand():
    """20 of 100 with a design effect of 2 count as 50; of a tenth interviewed, 50 / 0.9; no total, no rate."""
    frame = pd.DataFrame(columns(COUNTED, cases=[20, 3], total=[100, 0]))
    plain = with_direct(frame, COUNTED.model_copy(update={"design_effect": 2.0}))
    assert plain["direct"].iloc[0] == pytest.approx(0.2)
    assert plain["direct_n"].iloc[0] == pytest.approx(50)
    assert plain.iloc[1].isna().all()
    sampled = with_direct(frame, COUNTED.model_copy(update={"design_effect": 2.0, "sampled": 0.1}))
    assert sampled["direct_n"].iloc[0] == pytest.approx(100 * 0.1 / 2 / 0.9)


def test_an_area_where_nobody_was_interviewed_has_no_direct_rate():
    settings = AreaModel(cases="c", total="t", sampled_column="f")
    frame = pd.DataFrame(columns(settings, cases=[20, 20, 20], total=[100, 100, 100], sampled_column=[0.1, 0, np.nan]))
    made = with_direct(frame, settings)
    assert made["direct_n"].iloc[0] == pytest.approx(10 / 0.9)
    assert made["direct"].isna().tolist() == [False, True, True]


def test_a_standard_error_by_hand():
    """20 % with an error of 4 points: 0.2 · 0.8 / 0.04² = 100."""
    settings = AreaModel(rate="r", se="s", unit="percent")
    made = with_direct(pd.DataFrame(columns(settings, rate=[20], se=[4])), settings)
    assert made["direct"].iloc[0] == pytest.approx(0.2)
    assert made["direct_n"].iloc[0] == pytest.approx(100)


def test_errors_that_lie_on_a_line_are_smoothed_to_it():
    """n_eff = m / 1.6 everywhere: the line gives it back, also where the error is absent."""
    m = pd.Series(np.linspace(50, 900, 12))
    size = (m / 1.6).mask(m.index == 4)
    np.testing.assert_allclose(smoothed_sizes(size, m), m / 1.6, rtol=1e-9)


def test_few_errors_give_their_median():
    size = pd.Series([40.0, 60.0, 80.0, np.nan])
    assert smoothed_sizes(size, pd.Series([1.0, 2.0, 3.0, 4.0])).tolist() == [60.0] * 4
    assert smoothed_sizes(size * np.nan, size).isna().all()


def test_a_rate_of_zero_takes_the_error_of_its_size_and_says_so():
    rng = np.random.default_rng(1)
    n = rng.integers(50, 500, 20).astype(float)
    rate = np.full(20, 0.1)
    rate[3], se = 0.0, np.sqrt(0.09 / (n / 1.5))
    se[3], se[5] = 0.0, np.nan
    settings = AreaModel(rate="r", se="s", n="n")
    made = with_direct(pd.DataFrame(columns(settings, rate=rate, se=se, n=n)), settings)
    np.testing.assert_allclose(made["direct_n"], n / 1.5, rtol=1e-6)
    assert codes(settings, rate=rate, se=se, n=n) == {"direct_error_smoothed"}


def test_smoothed_errors_replace_those_given():
    n = pd.Series(np.linspace(50, 500, 20))
    rate, noise = pd.Series(np.full(20, 0.1)), np.where(np.arange(20) % 2, 0.7, 1 / 0.7)
    settings = AreaModel(rate="r", se="s", n="n", errors="smoothed")
    made = with_direct(pd.DataFrame(columns(settings, rate=rate, se=np.sqrt(0.09 / n) * noise, n=n)), settings)
    assert np.abs(np.log(made["direct_n"] / n)).max() < 0.5 * np.log(1 / 0.7**2)


@pytest.mark.parametrize(
    ("settings", "values", "code"),
    [
        (COUNTED, {"cases": [-1, 2], "total": [10, 10]}, "direct_negative"),
        (COUNTED, {"cases": [11, 2], "total": [10, 10]}, "direct_cases_above_total"),
        (COUNTED, {"cases": [0, 2], "total": [0, 10]}, "direct_total_zero"),
        (COUNTED, {"cases": [0, 0], "total": [0, 0]}, "direct_empty"),
        (RATED, {"rate": [12, 0.3], "se": [0.1, 0.1]}, "direct_in_percent"),
        (RATED, {"rate": [-0.1, 0.3], "se": [0.1, 0.1]}, "direct_outside"),
        (RATED, {"rate": [0.1, 0.3], "se": [-0.1, 0.1]}, "direct_negative"),
        (RATED, {"rate": [np.nan, np.nan], "se": [0.1, 0.1]}, "direct_empty"),
        (RATED, {"rate": [0.0, 0.3], "se": [0.0, 0.1]}, "direct_error_smoothed"),
        (RATED.model_copy(update={"unit": "percent"}), {"rate": [0.1, 0.3], "se": [0.1, 0.1]}, "direct_in_proportion"),
        (RATED.model_copy(update={"unit": "percent"}), {"rate": [101, 30], "se": [1, 1]}, "direct_outside"),
        (
            COUNTED.model_copy(update={"sampled_column": "f"}),
            {"cases": [1, 2], "total": [10, 10], "sampled_column": [1.0, 0.1]},
            "direct_sampled_outside",
        ),
    ],
)
def test_what_cannot_be_is_named(settings, values, code):
    assert code in codes(settings, **values)


def test_rates_as_they_should_be_are_silent():
    assert codes(COUNTED, cases=[0, 10, np.nan], total=[10, 10, np.nan]) == set()
    assert codes(RATED, rate=[0.1, 0.2], se=[0.01, 0.02]) == set()


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"cases": "c"}, "area_model_measure"),
        ({"rate": "r"}, "area_model_measure"),
        ({"cases": "c", "total": "t", "rate": "r", "se": "s"}, "area_model_measure"),
        ({"cases": "c", "total": "t", "sampled": 0.1, "sampled_column": "f"}, "area_model_sampled_twice"),
        ({"rate": "r", "n": "n", "errors": "smoothed"}, "area_model_nothing_to_smooth"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(keys, code):
    with pytest.raises(ValidationError, match=code):
        AreaModel(**keys)


def test_columns_carry_a_name_no_indicator_can_have():
    assert direct_columns(COUNTED) == {"area_model.cases": "c", "area_model.total": "t"}
