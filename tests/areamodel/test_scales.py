"""The scales against closed forms and numerical integration."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from riskmodel.areamodel.scales import Scale

RATES = np.array([0.02, 0.3, 0.77])


@pytest.mark.parametrize("name", ["arcsine", "logit"])
def test_the_way_back_undoes_the_way_there(name):
    n = np.full(3, 1e9)
    value, _ = Scale(name).forward(RATES, n)
    np.testing.assert_allclose(Scale(name).inverse(value), RATES, rtol=1e-6)


def test_variances_are_those_written_down():
    """asin √0.25 = π/6 and 1/(4 · 50); the logit of (0.25 · 50 + ½)/51."""
    value, variance = Scale("arcsine").forward(np.array([0.25]), np.array([50.0]))
    assert value[0] == pytest.approx(np.pi / 6)
    assert variance[0] == pytest.approx(0.005)
    value, variance = Scale("logit").forward(np.array([0.25]), np.array([50.0]))
    assert value[0] == pytest.approx(np.log(13 / 38))
    assert variance[0] == pytest.approx(51**2 / (50 * 13 * 38))


@pytest.mark.parametrize("name", ["arcsine", "logit"])
def test_rates_of_zero_and_one_stay_finite(name):
    value, variance = Scale(name).forward(np.array([0.0, 1.0]), np.array([20.0, 20.0]))
    assert np.isfinite(value).all()
    assert (variance > 0).all()


@pytest.mark.parametrize("name", ["arcsine", "logit"])
@pytest.mark.parametrize("value", [0.3, 0.8])
def test_the_mean_is_that_of_the_curve(name, value):
    scale, variance = Scale(name), 0.01
    inside, _ = quad(
        lambda v: float(scale.inverse(np.array([v]))[0]) * norm.pdf(v, value, np.sqrt(variance)), value - 1, value + 1
    )
    assert scale.mean(np.array([value]), np.array([variance]))[0] == pytest.approx(inside, rel=1e-5)


def test_the_mean_of_a_squared_sine_has_a_closed_form():
    """E sin²X = (1 − exp(−2v) cos 2m) / 2 for X normal, away from the ends."""
    m, v = 0.6, 0.005
    mean = Scale("arcsine").mean(np.array([m]), np.array([v]))[0]
    assert mean == pytest.approx((1 - np.exp(-2 * v) * np.cos(2 * m)) / 2, rel=1e-9)


@pytest.mark.parametrize("name", ["arcsine", "logit"])
def test_the_slope_is_the_derivative(name):
    scale, value = Scale(name), np.array([0.2, 0.7])
    step = 1e-6
    difference = (scale.inverse(value + step) - scale.inverse(value - step)) / (2 * step)
    np.testing.assert_allclose(scale.slope(value), difference, rtol=1e-6)


def test_beyond_the_ends_a_rate_is_zero_or_one():
    scale = Scale("arcsine")
    np.testing.assert_array_equal(scale.inverse(np.array([-0.2, 2.0])), [0, 1])
    lower, upper = scale.interval(np.array([0.05]), np.array([0.01]))
    assert lower[0] == 0
    assert upper[0] > 0.05**2
