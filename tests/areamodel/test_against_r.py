"""The area model against R: arcsine scale, bias-corrected rates, drawn worlds, zero variances, parent units, collinearity.

`area_model.R` writes the formulas out with whole matrices; effects of parent units are lme4's. emdi takes g1 for the
variance of the bias correction and this program the whole error, so both are compared.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.areamodel.compute import compute_area_model
from riskmodel.areamodel.fay_herriot import fit_area_model
from riskmodel.areamodel.mse import bootstrap_mse
from riskmodel.areamodel.parent_effect import fit_parent_model
from riskmodel.areamodel.predict import predict_areas
from riskmodel.areamodel.prepare import inflation
from riskmodel.areamodel.scales import Scale
from riskmodel.inputs.direct_errors import smoothed_sizes
from riskmodel.study import AreaModel, Indicator
from tests.survey.test_against_r import REFERENCE

X = ["x1", "x2", "x3"]


@pytest.fixture(scope="module")
def data() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "area_model_data.csv")


@pytest.fixture(scope="module")
def areas() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "area_model.csv")


@pytest.fixture(scope="module")
def figures() -> pd.Series:
    return pd.read_csv(REFERENCE / "area_model_figures.csv").set_index("figure")["value"]


def on_scale(data: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    value, variance = Scale("arcsine").forward(data["p"].to_numpy(), data["n"].to_numpy(float))
    return pd.Series(value), pd.Series(variance)


def test_arcsine_estimates_and_errors(data, areas, figures):
    fit = fit_area_model(*on_scale(data), data[X])
    assert fit.variance == pytest.approx(figures["s2"], rel=1e-9)
    np.testing.assert_allclose(fit.coef, [figures[f"b{i}"] for i in range(4)], rtol=1e-9)
    np.testing.assert_allclose(fit.se, [figures[f"se{i}"] for i in range(4)], rtol=1e-9)
    np.testing.assert_allclose(fit.estimates["estimate"], areas["eblup"], rtol=1e-9)
    np.testing.assert_allclose(fit.estimates["g1"], areas["g1"], rtol=1e-9)
    np.testing.assert_allclose(fit.estimates["mse"], areas["mse"], rtol=1e-9)


def test_the_bias_corrected_rate_is_the_integral(areas):
    scale = Scale("arcsine")
    for variance, rate in (("g1", "rate_g1"), ("mse", "rate_mse")):
        found = scale.mean(areas["eblup"].to_numpy(), areas[variance].to_numpy())
        np.testing.assert_allclose(found, areas[rate], atol=2e-6)
    assert (areas["rate_mse"] - areas["rate_g1"]).abs().max() < 3e-4


def test_the_whole_program_gives_these_rates(data, areas):
    table = data.assign(
        area_code=[f"{i:02d}" for i in range(len(data))], parent_code=pd.array([pd.NA] * len(data), dtype="string"),
        children=1000.0, direct=data["p"], direct_n=data["n"].astype(float),
    )  # fmt: skip
    settings = AreaModel(rate="p", n="n", parent_effect=False, benchmark=False)
    result = compute_area_model(table, [Indicator(name=name) for name in X], settings, 1)
    np.testing.assert_allclose(result.areas["area_risk"], areas["rate_mse"], atol=2e-6)
    factors = result.diagnostics["vif"]
    assert list(factors) == sorted(factors, key=factors.get, reverse=True)


def test_errors_from_drawn_worlds(data, areas):
    """4,000 worlds in R, 1,000 here: each area within chance, their mean within 3 %; of the rate by its slope."""
    y, psi = on_scale(data)
    drawn = bootstrap_mse(predict_areas(y, psi, data[X], None), psi, data[X], None, 1000, 5)
    ratio = drawn / areas["boot_scale"]
    assert ratio.mean() == pytest.approx(1, abs=0.03)
    assert ratio.between(0.8, 1.25).all()
    scale = Scale("arcsine")
    lower, upper = scale.interval(areas["eblup"].to_numpy(), drawn.to_numpy())
    of_rate = ((upper - lower) / (2 * 1.959964)) ** 2 / areas["boot_rate"]
    assert of_rate.mean() == pytest.approx(1, abs=0.1)


def test_where_the_likelihood_falls_from_zero_the_adjusted_one_does_not(data, figures):
    _, psi = on_scale(data)
    flat = 0.3 + 0.05 * data["x1"] + 0.5 * np.sqrt(psi) * np.tile([-1, 1], len(data) // 2)
    assert figures["flat_reml"] == 0
    assert fit_area_model(flat, psi, data[X]).variance == 0
    fit = fit_area_model(flat, psi, data[X], "adjusted")
    assert fit.variance == pytest.approx(figures["flat_adjusted"], rel=1e-7)
    np.testing.assert_allclose(fit.coef, [figures[f"flat_b{i}"] for i in range(4)], rtol=1e-8)
    found = predict_areas(flat, psi, data[X], None)
    assert found.adjusted
    assert found.variance == pytest.approx(figures["flat_adjusted"], rel=1e-7)


def test_effects_of_parent_units_are_those_of_lme4(data, figures):
    """With equal sampling variances the residual variance of lme4 is σ² + ψ."""
    y, _ = on_scale(data)
    equal = 0.002
    fit = fit_parent_model(y, pd.Series(equal, y.index), data[X], data["unit"].map("{:02d}".format))
    assert fit.variance + equal == pytest.approx(figures["parent_residual"], rel=1e-5)
    assert fit.parent_variance == pytest.approx(figures["parent_variance"], rel=1e-4)
    np.testing.assert_allclose(fit.coef, [figures[f"parent_b{i}"] for i in range(4)], rtol=1e-5)
    np.testing.assert_allclose(fit.se, [figures[f"parent_se{i}"] for i in range(4)], rtol=1e-5)
    np.testing.assert_allclose(
        fit.parent_effect, [figures[f"parent_effect{i}"] for i in range(1, 11)], rtol=1e-4, atol=1e-6
    )


def test_variance_inflation_factors(data, figures):
    found = inflation(data[X])
    np.testing.assert_allclose(found[X], [figures[f"vif{i}"] for i in (1, 2, 3)], rtol=1e-10)
    assert found.index[0] == found.idxmax()


def test_smoothed_errors_are_those_of_the_regression(data, areas):
    size = (data["p"] * (1 - data["p"]) / data["se"] ** 2).where(data["se"] > 0)
    np.testing.assert_allclose(smoothed_sizes(size, data["n"]), areas["smoothed_n"], rtol=1e-9)
