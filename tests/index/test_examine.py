"""What is told about a finished index: agrees with the index itself, leaves it alone, stays off where nothing is asked."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.areas.table import AreaTables, Estimates, build_tables, with_stability
from riskmodel.index.composite import composite, panel, scaled
from riskmodel.index.compute import IndexResult, compute_index
from riskmodel.index.examine import choices_of, examine, means_of
from riskmodel.results import INDEX_ROBUSTNESS_COLUMNS
from riskmodel.study import IndexSettings, Indicator, Levels

NAMES = ("a", "b", "c", "d", "e")


@pytest.fixture(scope="module")
def areas() -> pd.DataFrame:
    """Eighty areas, five indicators; one of a long tail, one area that cannot be scored."""
    rng = np.random.default_rng(11)
    table = pd.DataFrame(rng.uniform(1, 50, (80, 5)), columns=list(NAMES))
    table["e"] = rng.lognormal(1, 1.4, 80)
    table.loc[7, ["a", "b", "c"]] = np.nan
    return table.assign(area_code=[f"{i:03d}" for i in range(80)])


def computed(areas: pd.DataFrame, **settings: object) -> IndexResult:
    given = {"best": 0.0, "worst": 400.0} if settings.get("normalisation") == "goalposts" else {}
    declared = [Indicator(name=n, dimension=d, **given) for n, d in zip(NAMES, "xxxyy", strict=True)]  # type: ignore[arg-type]
    return compute_index(areas, declared, IndexSettings(**settings))  # type: ignore[arg-type]


def levels_of(result: IndexResult, areas: pd.DataFrame) -> AreaTables:
    return build_tables(Estimates(result.scores[["area_code", "index"]]), areas[["area_code"]], "index", Levels(), 1)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"within": "geometric", "between": "geometric_strength"},
        {"normalisation": "z_score", "weights": "entropy", "between": "geometric"},
        {"treatment": "winsorise", "normalisation": "rank"},
        {"method": "dp2"},
    ],
)
def test_what_is_drawn_is_the_index_itself_where_nothing_is_changed(areas, settings):
    """Matrix products of the study's own scale, weights and means give the index that `compute_index` gives."""
    steps = computed(areas, **settings).steps
    choices, _ = choices_of(steps)
    own, between = scaled(choices.own[None], choices.between[None], choices.dimension)
    table = panel(steps.normalised.to_numpy(float), choices.dimension)
    assert composite(table, own, between, *means_of(steps))[0] == pytest.approx(steps.index.to_numpy(float))


def test_every_area_with_a_score_is_told_and_no_other(areas):
    result = computed(areas)
    tables = levels_of(result, areas)
    level = tables.areas.set_index("area_code")["level"]
    told = examine(result.steps, level, 600, seed=3)
    assert list(told.index_robustness.columns) == list(INDEX_ROBUSTNESS_COLUMNS)
    assert "007" not in set(told.index_robustness["area_code"])
    assert len(told.index_robustness) == 79
    assert told.record["robustness"]["draws"] == 600
    assert told.record["robustness"]["normalisations"] == ["min_max", "z_score", "rank"]
    filled = with_stability(tables, told.index_robustness).areas.set_index("area_code")
    assert filled.loc["007", ["level_probability", "rank_lower", "rank_upper"]].isna().all()
    known = told.index_robustness.set_index("area_code")
    assert filled.loc[known.index, "level_probability"].to_list() == known["level_stability"].to_list()
    assert filled.loc[known.index, "rank"].to_list() == known["rank"].to_list()
    assert (filled.loc[known.index, "rank_lower"] <= filled.loc[known.index, "rank_upper"]).all()
    again = examine(result.steps, level, 600, seed=3)
    pd.testing.assert_frame_equal(told.index_robustness, again.index_robustness)
    pd.testing.assert_frame_equal(told.index_sensitivity, again.index_sensitivity)


def test_without_draws_the_rest_is_still_told(areas):
    result = computed(areas)
    tables = levels_of(result, areas)
    told = examine(result.steps, tables.areas.set_index("area_code")["level"], 0, seed=3)
    assert told.index_robustness.empty
    assert told.record == {}
    assert len(told.index_removed) == 5 + 2
    assert len(told.index_coherence) == 10 + 1
    assert told.index_importance["part"].to_list() == ["indicator"] * 5 + ["dimension"] * 2 + ["index"]
    assert with_stability(tables, told.index_robustness) is tables


def test_goalposts_never_meet_treated_values(areas):
    """They are in the unit of the raw values; a logarithm between 0 and 400 would put every area near 0."""
    steps = computed(areas, normalisation="goalposts").steps
    choices, ways = choices_of(steps)
    assert ways == ("min_max", "z_score", "rank", "goalposts")
    own = steps.normalised.to_numpy(np.float32)
    assert all(np.array_equal(choices.scores[t, 3], own) for t in range(3))
    assert not np.array_equal(choices.scores[0, 0], choices.scores[2, 0])


def test_an_indicator_a_treatment_would_flatten_stays_as_it_is(areas):
    """Four of eighty areas differ from 0: pulling them in would leave one value."""
    rare = areas.assign(e=[40.0, 50.0, 60.0, 70.0, *[0.0] * 76])
    choices, _ = choices_of(computed(rare).steps)
    assert np.isfinite(choices.scores).all()
