"""Brazil 2010: the index made in every way, held against the rate the census measured."""

from __future__ import annotations

import pytest

from riskmodel.index.compute import compute_index
from riskmodel.study import IndexSettings, Indicator
from tests.bench import brazil_states as states
from tests.bench.measure import report
from tests.brazil_study import INDICATORS
from tests.index.test_compute import brazil_areas

pytestmark = [pytest.mark.bench, pytest.mark.data]

DECLARED = tuple(Indicator(name=n, column=c, dimension=d, direction=s) for n, c, _, d, s, _ in INDICATORS)  # type: ignore[arg-type]
WAYS = {
    "equal weights, min–max, arithmetic": IndexSettings(),
    "the same, extreme values pulled in": IndexSettings(treatment="winsorise"),
    "ranks": IndexSettings(normalisation="rank"),
    "geometric means": IndexSettings(within="geometric", between="geometric"),
    "geometric means of strengths": IndexSettings(within="geometric_strength", between="geometric_strength"),
    "principal component": IndexSettings(weights="principal_component"),
    "entropy": IndexSettings(weights="entropy"),
    "DP2": IndexSettings(method="dp2"),
    "percentile ranks": IndexSettings(method="percentile_rank"),
}


@pytest.fixture(scope="module")
def country(shared_data):
    areas, _ = brazil_areas(shared_data)
    return states.read_brazil(shared_data), areas


def told(brazil, name: str, made: states.Prediction) -> dict[str, float]:
    found = states.figures(brazil, made)
    report(name, [(f"{found['spearman']:.3f}", f"{found['kappa']:.3f}", f"{found['top_tenth']:.3f}")])
    return found


def test_every_way(country):
    brazil, areas = country
    for name, settings in WAYS.items():
        index = compute_index(areas, DECLARED, settings).steps.index
        told(brazil, name, states.Prediction(index.reindex(brazil.rate.index)))


def test_weights_estimated_on_the_other_states_and_on_the_same_rate(country):
    brazil, areas = country
    settings = IndexSettings(weights="estimated")

    def predict(out):
        index = compute_index(areas, DECLARED, settings, rate=brazil.rate.mask(out)).steps.index
        return states.Prediction(index.reindex(brazil.rate.index)[out])

    honest = told(brazil, "estimated on the other 26 states", states.state_by_state(brazil, predict))
    fitted = compute_index(areas, DECLARED, settings, rate=brazil.rate)
    same = told(brazil, "estimated on the same rate (proves nothing)", states.Prediction(fitted.steps.index))
    report("weights estimated on all states", [(n, f"{w:.2f}") for n, w in fitted.effective_weights.items() if w > 0])
    assert same["spearman"] > honest["spearman"]
