"""The area model with parent units, against the same sums written out with whole matrices."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from riskmodel.areamodel.parent_effect import fit_parent_model


@pytest.fixture(scope="module")
def world():
    rng = np.random.default_rng(7)
    n, units = 120, 12
    group = rng.integers(0, units, n)
    x = pd.DataFrame(rng.normal(size=(n, 2)), columns=["a", "b"])
    psi = pd.Series(rng.uniform(0.01, 0.04, n))
    y = 0.5 + x @ [0.1, 0.2] + rng.normal(size=units)[group] * 0.2 + rng.normal(size=n) * 0.15
    y = y + rng.normal(size=n) * np.sqrt(psi)
    return pd.Series(y), psi, x, pd.Series(group).map("u{:02d}".format)


def dense(logs, y, psi, x, group):
    """Restricted likelihood from V itself; coefficients and predicted effects by generalised least squares."""
    variance, of_parents = np.exp(logs)
    z = pd.get_dummies(group, dtype=float).to_numpy()
    design = np.column_stack([np.ones(len(y)), x])
    v = np.diag(psi + variance) + of_parents * z @ z.T
    inverse = np.linalg.inv(v)
    information = design.T @ inverse @ design
    beta = np.linalg.solve(information, design.T @ inverse @ y)
    r = y - design @ beta
    value = np.linalg.slogdet(v)[1] + np.linalg.slogdet(information)[1] + r @ inverse @ r
    return value, beta, np.linalg.inv(information), of_parents * z.T @ inverse @ r


def test_the_fit_is_the_one_of_the_whole_matrices(world):
    y, psi, x, group = world
    found = minimize(lambda logs: dense(logs, y, psi, x, group)[0], np.log([0.02, 0.02]), method="Nelder-Mead",
                     options={"xatol": 1e-9, "fatol": 1e-11, "maxiter": 4000})  # fmt: skip
    model = fit_parent_model(y, psi, x, group)
    np.testing.assert_allclose([model.variance, model.parent_variance], np.exp(found.x), rtol=1e-4)
    _, beta, cov, effect = dense(np.log([model.variance, model.parent_variance]), y, psi, x, group)
    np.testing.assert_allclose(model.coef, beta, rtol=1e-9)
    np.testing.assert_allclose(model.cov.iloc[:3, :3], cov, rtol=1e-9)
    np.testing.assert_allclose(model.parent_effect, effect, rtol=1e-8)
