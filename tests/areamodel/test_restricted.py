"""The restricted likelihood and its maximum: derivatives, zero variances, and worlds estimated as the data were."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.areamodel.fay_herriot import fit_area_model
from riskmodel.areamodel.mse import _estimated
from riskmodel.areamodel.predict import predict_areas
from riskmodel.areamodel.restricted import Equations, maximise


def data(seed: int, areas: int = 150, unit_sd: float = 0.1, own_sd: float = 0.08):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(areas, 2))
    group = np.arange(areas) % 15
    psi = rng.uniform(0.002, 0.01, areas)
    y = 0.4 + x @ [0.1, -0.05] + unit_sd * rng.normal(size=15)[group] + own_sd * rng.normal(size=areas)
    y = y + np.sqrt(psi) * rng.normal(size=areas)
    return y, psi, x, (group[:, None] == np.arange(15)).astype(float)


@pytest.fixture
def equations():
    y, psi, x, member = data(1)
    return Equations(y, psi, np.column_stack([np.ones(len(y)), x]), [member])


def test_the_gradient_is_the_derivative_of_the_value(equations):
    at, step = np.log([0.005, 0.02]), 1e-5
    gradient = equations.gradient(at, equations.solve(at))
    for i in range(2):
        ends = [at + sign * step * np.eye(2)[i] for sign in (1, -1)]
        up, down = (equations.value(e, equations.solve(e)) for e in ends)
        assert gradient[i] == pytest.approx((up - down) / (2 * step), rel=1e-5)


def test_no_variances_nearby_are_more_likely(equations):
    logs, solved = maximise(equations)
    best = equations.value(logs, solved)
    assert np.abs(equations.gradient(logs, solved)).max() < 1e-4
    for far in (0.02, 0.5):
        for way in ([1, 0], [0, 1], [1, 1], [1, -1]):
            for sign in (1, -1):
                near = logs + sign * far * np.array(way)
                assert equations.value(near, equations.solve(near)) > best


@pytest.mark.parametrize("start", [[-1.0, -1.0], [-12.0, -2.0], [-3.0, -12.0]])
def test_every_start_leads_to_the_same_maximum(equations, start):
    np.testing.assert_allclose(maximise(equations, np.array(start))[0], maximise(equations)[0], atol=1e-4)


def test_a_block_that_varies_no_more_than_chance_has_a_variance_of_zero():
    y, psi, x, member = data(2, unit_sd=0.0)
    equations = Equations(y, psi, np.column_stack([np.ones(len(y)), x]), [member])
    y = y - member @ (member.T @ y) / 10  # every unit has the same mean
    logs, _ = maximise(equations.with_direct(y))
    assert logs[1] < equations.lowest[1] + 1
    assert logs[0] > equations.lowest[0] + 5


def test_without_blocks_it_is_the_fay_herriot_model():
    y, psi, x, _ = data(3)
    model = fit_area_model(pd.Series(y), pd.Series(psi), pd.DataFrame(x), "reml")
    logs, solved = maximise(Equations(y, psi, np.column_stack([np.ones(len(y)), x]), []))
    assert np.exp(logs[0]) == pytest.approx(model.variance, rel=1e-6)
    np.testing.assert_allclose(solved.effect, model.coef, rtol=1e-7)


@pytest.mark.parametrize("with_parent", [True, False])
def test_a_drawn_world_is_estimated_as_the_data_are(with_parent):
    """Areas without a direct estimate and a unit without any are among them."""
    y, psi, x, member = data(4)
    known = (np.arange(len(y)) % 5 > 0) & (member[:, 3] == 0)
    index = [f"{i}" for i in range(len(y))]
    parent = pd.Series(member.argmax(axis=1), index).map("u{:02d}".format) if with_parent else None
    expected = predict_areas(
        pd.Series(np.where(known, y, np.nan), index), pd.Series(psi, index), pd.DataFrame(x, index), parent
    ).areas["estimate"]
    design = np.column_stack([np.ones(len(y)), x])
    equations = Equations(y[known], psi[known], design[known], [member[known]] if with_parent else [])
    every = np.column_stack([design, member]) if with_parent else design
    near = np.log([0.01, 0.01] if with_parent else [0.01])
    np.testing.assert_allclose(_estimated(equations, every, known, near), expected, atol=1e-7)
