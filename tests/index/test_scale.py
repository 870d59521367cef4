"""Treatment of tails, normalisation and means: by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kurtosis, skew

from riskmodel.index.aggregate import mean_of
from riskmodel.index.compute import compute_index
from riskmodel.index.normalise import normalise
from riskmodel.index.treat import treat
from riskmodel.problems import InputProblems
from riskmodel.study import IndexSettings, Indicator

X = pd.DataFrame({"x": [0.0, 2.0, 4.0, 10.0]})


def scored(way: str, direction: int = 1, **given: float) -> list[float]:
    indicator = Indicator(name="x", direction=direction, **given)  # type: ignore[arg-type]
    return normalise(X, X, (indicator,), way)["x"].to_list()  # type: ignore[arg-type]


def test_each_normalisation_by_hand():
    """Mean 4, sd √14 of the population; median 3, farthest from it 10, 7 away."""
    assert scored("min_max") == pytest.approx([0, 20, 40, 100])
    assert scored("goalposts", best=2.0, worst=6.0) == pytest.approx([0, 0, 50, 100])
    assert scored("goalposts", direction=-1, best=6.0, worst=2.0) == pytest.approx([100, 100, 50, 0])
    z = (np.array([0, 2, 4, 10]) - 4) / np.sqrt(14)
    assert scored("z_score") == pytest.approx(50 + 10 * z)
    assert scored("rank") == pytest.approx([0, 100 / 3, 200 / 3, 100])
    assert scored("reference") == pytest.approx(50 + 50 * (np.array([0, 2, 4, 10]) - 3) / 7)
    assert scored("reference", reference=4.0) == pytest.approx([50 - 100 / 3, 50 - 50 / 3, 50, 100])


@pytest.mark.parametrize("way", ["min_max", "z_score", "rank", "reference"])
def test_a_turned_indicator_is_the_mirror_image(way: str):
    assert scored(way, direction=-1) == pytest.approx([100 - s for s in scored(way)])


def test_equal_values_share_their_rank():
    table = pd.DataFrame({"x": [1.0, 5.0, 5.0, 9.0]})
    assert normalise(table, table, (Indicator(name="x"),), "rank")["x"].to_list() == pytest.approx([0, 50, 50, 100])


@pytest.mark.parametrize(
    ("given", "code"),
    [({}, "index_goalposts_absent"), ({"best": 9.0, "worst": 1.0}, "index_goalposts_turned")],
)
def test_goalposts_absent_or_turned(given: dict[str, float], code: str):
    with pytest.raises(InputProblems) as error:
        compute_index(
            X.assign(area_code=list("wxyz")),
            (Indicator(name="x", **given),),  # type: ignore[arg-type]
            IndexSettings(normalisation="goalposts"),
        )
    assert [p.code for p in error.value.problems] == [code]


def test_means_by_hand():
    scores, half = np.array([[10.0, 90.0]]), np.array([0.5, 0.5])
    assert mean_of(scores, half, "arithmetic")[0] == pytest.approx(50)
    assert mean_of(scores, half, "geometric")[0] == pytest.approx(30)
    assert mean_of(scores, half, "geometric_strength")[0] == pytest.approx(70)
    assert mean_of(np.array([[0.0, 100.0]]), half, "geometric")[0] == pytest.approx(10)  # zero counts as one point
    assert mean_of(np.array([[0.0, 100.0]]), half, "geometric_strength")[0] == pytest.approx(90)


def test_extreme_values_are_pulled_in_one_by_one_until_the_shape_is_usual():
    """Of 1..100 with two far values, pulling one leaves a long tail, pulling both does not."""
    values = pd.DataFrame({"x": [*np.arange(1.0, 99.0), 900.0, 1000.0], "even": np.arange(100.0)})
    one = np.minimum(values["x"], 900)
    assert skew(one, bias=False) > 2
    assert kurtosis(one, bias=False) > 3.5
    treated = treat(values, "winsorise")
    record = treated.record.set_index("indicator")
    assert (record["treatment"]["x"], record["pulled"]["x"], record["upper"]["x"]) == ("winsorise", 2, 98)
    assert treated.values["x"].max() == 98
    assert record["treatment"]["even"] == "none"
    assert record["skewness"]["x"] == pytest.approx(skew(values["x"], bias=False))
    low = treat(-values[["x"]], "winsorise")
    assert low.values["x"].to_list() == (-treated.values["x"]).to_list()


def test_a_tail_that_is_too_long_is_logged_and_turned_for_a_tail_to_the_left():
    rng = np.random.default_rng(5)
    values = pd.DataFrame({"x": np.exp(3 * rng.normal(size=400)) + 7})
    treated = treat(values, "winsorise")
    assert treated.record["treatment"].to_list() == ["log"]
    spread = np.ptp(values["x"])
    expected = np.log(values["x"] - values["x"].min() + 0.01 * spread)
    assert treated.values["x"].to_numpy() == pytest.approx(expected.to_numpy())
    assert (treat(-values, "log").values["x"].to_numpy()) == pytest.approx(-expected.to_numpy())


def test_what_was_treated_is_told_and_goalposts_do_without():
    values = pd.DataFrame({"x": [*np.arange(1.0, 99.0), 900.0, 1000.0]}).assign(area_code=[str(i) for i in range(100)])
    result = compute_index(values, (Indicator(name="x"),), IndexSettings(treatment="winsorise"))
    assert [(p.code, p.values["count"]) for p in result.problems] == [("index_winsorised", 2)]
    assert result.scores["x"].iloc[-3:].to_list() == pytest.approx([100, 100, 100])
    assert result.steps.observed["x"].max() == 1000
    posts = IndexSettings(treatment="log", normalisation="goalposts")
    with pytest.raises(InputProblems) as error:
        compute_index(values, (Indicator(name="x", best=0.0, worst=9.0),), posts)
    assert [p.code for p in error.value.problems] == ["index_treatment_with_goalposts"]

    treated = treat(pd.DataFrame({"a": np.r_[np.zeros(97), [1.0, 2.0, 50.0]]}), "winsorise")
    assert treated.record["treatment"].tolist() == ["log"]
    assert treated.values["a"].nunique() == 4
