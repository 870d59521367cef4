"""The area model against published results: milk expenditure of 43 areas (Arora & Lahiri 1997)."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from riskmodel.areamodel.fay_herriot import AreaModel, fit_area_model

pytestmark = pytest.mark.data

METHODS = {"reml": "REML", "ml": "ML", "moments": "FH"}


@pytest.fixture
def milk(shared_data):
    return pd.read_csv(shared_data / "reference/sae_milk/milk.csv").set_index("SmallArea")


@pytest.fixture
def published(shared_data):
    return json.loads((shared_data / "reference/sae_milk/published_expected_samplics.json").read_text())["values"]


def fitted(milk: pd.DataFrame, method: str) -> AreaModel:
    regions = pd.get_dummies(milk["MajorArea"], prefix="region", dtype=float).iloc[:, 1:]
    return fit_area_model(milk["yi"], milk["SD"] ** 2, regions, method)


@pytest.mark.parametrize("method", METHODS)
def test_estimates_and_errors_are_the_published_ones(milk, published, method):
    model, name = fitted(milk, method), f"test_fay_herriot_{METHODS[method]}"
    np.testing.assert_allclose(model.estimates["estimate"], published[f"{name}_area_est"], rtol=2e-6)
    np.testing.assert_allclose(model.estimates["mse"], published[f"{name}_mse"], rtol=5e-6)
    if f"{name}_fixed_effect" in published:
        coef, se = published[f"{name}_fixed_effect"]
        np.testing.assert_allclose(model.coef, coef, rtol=3e-6)
        np.testing.assert_allclose(model.se, se, rtol=3e-6)


@pytest.mark.parametrize("method", ["reml", "ml"])
def test_the_first_fifteen_areas_are_those_of_emdi(milk, shared_data, method):
    """emdi's own tests fit 15 areas."""
    theirs = pd.read_csv(shared_data / f"reference/sae_milk/published_emdi_fh_{method}_sae.csv")
    model = fitted(milk.iloc[:15], method)
    assert model.variance == pytest.approx(theirs["variance"].iloc[0], rel=1e-5)
    np.testing.assert_allclose(model.estimates["estimate"], theirs["EBLUP"], rtol=1e-6)
    np.testing.assert_allclose(model.estimates["mse"], theirs["MSE"], rtol=1e-5)


def test_without_spread_between_areas_the_synthetic_estimate_stands(milk):
    """Direct estimates that lie on the line leave nothing for area effects: γ = 0, and "adjusted" stays above zero."""
    x = pd.DataFrame({"x": np.linspace(0, 1, 20)}, [f"a{i}" for i in range(20)])
    y, psi = 1 + 2 * x["x"], pd.Series(0.1, x.index)
    model = fit_area_model(y, psi, x, "reml")
    assert model.variance == 0
    np.testing.assert_allclose(model.estimates["estimate"], y, rtol=1e-12)
    assert fit_area_model(y, psi, x, "adjusted").variance > 0


def test_an_area_without_direct_estimate_is_synthetic_and_less_sure(milk):
    regions = pd.get_dummies(milk["MajorArea"], prefix="region", dtype=float).iloc[:, 1:]
    direct = (milk["yi"]).mask(milk.index == 3)
    model = fit_area_model(direct, milk["SD"] ** 2, regions, "reml")
    row = model.estimates.loc[3]
    assert not row["in_sample"]
    assert row["estimate"] == row["synthetic"] == pytest.approx(model.coef.iloc[0])
    assert row["mse"] == pytest.approx(model.variance + row["g2"])
