"""The vulnerability index: hand calculations, its rules, and Brazil."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.decisions.contributions import contributions_of_index
from riskmodel.i18n import say, translator
from riskmodel.index.compute import IndexResult, compute_index
from riskmodel.problems import InputProblems
from riskmodel.study import IndexSettings, Indicator
from tests.brazil_study import INDICATORS, derived_table

EQUAL = IndexSettings()


def indicator(name: str, dimension: str = "one", direction: int = 1, weight: float = 1.0) -> Indicator:
    return Indicator(name=name, dimension=dimension, direction=direction, weight=weight)  # type: ignore[arg-type]


def country(**columns: list[float]) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    return pd.DataFrame({"area_code": [f"{i:02d}" for i in range(n)], **columns})


def index_of(result: IndexResult) -> list[float]:
    return result.scores["index"].to_list()


def codes(error: pytest.ExceptionInfo[InputProblems]) -> list[str]:
    return [p.code for p in error.value.problems]


# --- the index by hand --------------------------------------------------------------------------------------------------

AREAS = country(x=[0.0, 5.0, 10.0], y=[4.0, 2.0, 0.0], z=[1.0, 3.0, 2.0])
DECLARED = (indicator("x"), indicator("y", direction=-1), indicator("z", "two"))


def test_equal_weights_by_hand():
    """x: 0, 50, 100; y turned: 0, 50, 100; z: 0, 100, 50. Dimensions (0, 50, 100) and (0, 100, 50), halves."""
    result = compute_index(AREAS, DECLARED, EQUAL)
    assert index_of(result) == pytest.approx([0, 75, 75])
    assert result.scores["y"].to_list() == pytest.approx([0, 50, 100])
    assert result.scores["dim:one"].to_list() == pytest.approx([0, 50, 100])
    assert result.scores["dim:two"].to_list() == pytest.approx([0, 100, 50])
    assert dict(result.effective_weights) == pytest.approx({"x": 0.25, "y": 0.25, "z": 0.5})
    assert result.scores["notes"].to_list() == ["", "", ""]
    assert result.problems == ()


def test_given_weights_by_hand():
    """Within "one" 3 : 1, between 1 : 3 → 0.1875, 0.0625, 0.75; second area 50 · 0.25 + 100 · 0.75."""
    declared = (indicator("x", weight=3), indicator("y", direction=-1, weight=1), indicator("z", "two", weight=9))
    result = compute_index(AREAS, declared, IndexSettings(weights="given", dimension_weights={"one": 1, "two": 3}))
    assert dict(result.effective_weights) == pytest.approx({"x": 0.1875, "y": 0.0625, "z": 0.75})
    assert index_of(result) == pytest.approx([0, 87.5, 62.5])
    between_equal = compute_index(AREAS, declared, IndexSettings(weights="given"))
    assert dict(between_equal.effective_weights) == pytest.approx({"x": 0.375, "y": 0.125, "z": 0.5})
    ignored = compute_index(AREAS, declared, EQUAL)
    assert index_of(ignored) == pytest.approx([0, 75, 75])


def test_the_index_is_not_stretched():
    result = compute_index(
        country(x=[0, 1, 2], y=[2, 1, 0], z=[0, 4, 1]), (indicator("x"), indicator("y"), indicator("z", "two")), EQUAL
    )
    assert min(index_of(result)) == pytest.approx(25)
    assert max(index_of(result)) == pytest.approx(75)


def test_unit_of_an_indicator_and_order_of_areas_change_nothing():
    whole = compute_index(AREAS, DECLARED, EQUAL)
    other = AREAS.assign(x=AREAS["x"] * 1000 + 7).iloc[::-1]
    again = compute_index(other, DECLARED, EQUAL).scores.sort_values("area_code")
    assert again["index"].to_list() == pytest.approx(index_of(whole))


def test_coherence_lists_the_pairs_of_a_dimension():
    result = compute_index(AREAS.assign(v=[1.0, 9.0, 2.0]), (*DECLARED, indicator("v")), EQUAL)
    pairs = {(c["indicator"], c["other"]): c for c in result.coherence}
    assert set(pairs) == {("x", "y"), ("x", "v"), ("y", "v")}
    assert pairs["x", "y"]["pearson"] == pytest.approx(1)
    assert pairs["x", "v"]["spearman"] == pytest.approx(0.5)


# --- missing values -------------------------------------------------------------------------------------------------------


def test_an_area_under_seventy_percent_of_a_dimension_has_no_score():
    """Of three indicators two are 67 %: too few. Of four, three are 75 %: enough."""
    nan = np.nan
    three = country(a=[1, 2, nan, 4], b=[1, 2, 3, 5], c=[2, 1, 3, 0])
    result = compute_index(three, tuple(indicator(n) for n in "abc"), EQUAL)
    assert np.isnan(index_of(result)[2])
    assert result.scores.loc[2, ["a", "b", "c", "dim:one"]].isna().all()
    assert result.scores["notes"].to_list() == ["", "", "too_few_indicators", ""]
    assert [(p.code, p.values["count"], p.severity) for p in result.problems] == [
        ("index_areas_without_score", 1, "warning")
    ]
    four = compute_index(three.assign(d=[0.0, 1.0, 2.0, 3.0]), tuple(indicator(n) for n in "abcd"), EQUAL)
    assert not np.isnan(index_of(four)[2])


def test_one_dimension_short_is_enough_to_have_no_score_and_exactly_seventy_percent_is_not_short():
    names = [f"i{n}" for n in range(10)]
    areas = country(**{n: [0.0, 1.0, 2.0] for n in names}, other=[0.0, 1.0, np.nan])
    areas.loc[1, names[:3]] = np.nan
    result = compute_index(areas, (*(indicator(n) for n in names), indicator("other", "two")), EQUAL)
    assert np.isnan(index_of(result)).tolist() == [False, False, True]


def test_missing_values_take_the_median_of_the_parent_unit_else_of_the_country():
    """Parent A has x = 0, 2, 10 → 2 for its fourth area; parent B has no x at all → country's median of 0, 2, 10."""
    nan = np.nan
    areas = country(x=[0, 2, 10, nan, nan], u=[1, 2, 3, 4, 5], v=[1, 2, 3, 4, 5], w=[1, 2, 3, 4, 5])
    areas["parent_code"] = pd.array(["A", "A", "A", "A", "B"], dtype="string")
    areas.loc[0, "x"] = 0.0
    result = compute_index(areas, tuple(indicator(n) for n in "xuvw"), EQUAL)
    assert result.scores["x"].to_list() == pytest.approx([0, 20, 100, 20, 20])
    assert result.scores["notes"].to_list() == ["", "", "", "indicators_imputed", "indicators_imputed"]
    assert result.imputed.to_dict("list") == {"area_code": ["03", "04"], "indicator": ["x", "x"]}
    assert [(p.code, p.values["count"], p.severity) for p in result.problems] == [("index_values_imputed", 2, "note")]
    skewed = areas.assign(x=[0.0, 2.0, 10.0, nan, 100.0])
    own = compute_index(skewed, tuple(indicator(n) for n in "xuvw"), EQUAL).scores["x"]
    assert own[3] == pytest.approx(2)  # median of its unit (2), not of the country (6), on a scale of 100


# --- what cannot be computed ------------------------------------------------------------------------------------------------


def test_every_wrong_indicator_is_named_at_once():
    areas = country(flat=[3.0, 3.0, np.nan], none=[np.nan] * 3, index=[1.0, 2.0, 3.0], good=[1.0, 2.0, 3.0])
    with pytest.raises(InputProblems) as error:
        compute_index(areas, tuple(indicator(n) for n in ("flat", "none", "index", "good")), EQUAL)
    assert codes(error) == ["index_indicator_constant", "index_indicator_empty", "index_name_reserved"]
    assert "flat" in say(error.value.problems[0], translator("en")).what


def test_weights_of_dimensions_must_match():
    with pytest.raises(InputProblems) as error:
        compute_index(AREAS, DECLARED, IndexSettings(weights="given", dimension_weights={"one": 1, "tow": 1}))
    assert codes(error) == ["index_dimension_without_weight", "index_weight_without_dimension"]


def test_nobody_can_be_scored():
    nan = np.nan
    with pytest.raises(InputProblems) as error:
        compute_index(country(a=[1, nan, 2, nan], b=[nan, 1, nan, 2]), (indicator("a"), indicator("b")), EQUAL)
    assert codes(error) == ["index_no_area_scored"]


# --- Brazil -----------------------------------------------------------------------------------------------------------------


@pytest.mark.data
def test_brazil_in_seconds_and_going_with_the_measured_rate(shared_data: Path):
    """14 indicators in five dimensions, equal weights, chosen before looking at the measured rate.

    Spearman with the census's own rate of work at 10–15 years is 0.31. Farm work alone has 0.50: the ethnic and
    education dimensions go with poverty, which in Brazil does not go with child labour. An honest figure, not a target.
    """
    areas, measured = brazil_areas(shared_data)
    declared = tuple(Indicator(name=n, column=c, dimension=d, direction=s) for n, c, _, d, s, _ in INDICATORS)  # type: ignore[arg-type]
    start = time.perf_counter()
    result = compute_index(areas, declared, EQUAL)
    contributions = contributions_of_index(result, areas)
    assert time.perf_counter() - start < 5
    index = result.scores.set_index("area_code")["index"]
    assert len(index) == 5565
    assert index.notna().all()
    assert index.rank().corr(measured.rank()) == pytest.approx(0.305, abs=0.005)
    country_index = np.average(index, weights=areas["children"])
    sums = contributions.groupby("area_code")["contribution"].sum()
    assert sums.to_numpy() == pytest.approx((index - country_index).reindex(sums.index).to_numpy(), abs=1e-10)


def brazil_areas(data: Path) -> tuple[pd.DataFrame, pd.Series]:
    """Areas with indicators and children, and the measured rate by area_code."""
    folder = data / "brazil"
    atlas = pd.read_csv(folder / "atlas_adh2013_municipios_2010.csv.gz", dtype={"codmun7": str, "uf": str})
    measured = pd.read_csv(folder / "municipios_2010_trabalho_infantil.csv.gz", dtype={"cod_ibge": str})
    joined = (
        atlas.set_index("codmun7")
        .join(measured.set_index("cod_ibge")[["ti_10a15_den", "ti_10a15_pct"]])
        .join(derived_table(data).set_index("cod_ibge"))
    )
    areas = pd.DataFrame({name: joined[column].astype(float) for name, column, *_ in INDICATORS})
    areas = areas.assign(parent_code=joined["uf"], children=joined["ti_10a15_den"].astype(float))
    return areas.rename_axis("area_code").reset_index(), joined["ti_10a15_pct"].rename_axis("area_code")
