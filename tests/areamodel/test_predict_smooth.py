"""Estimates with a smooth effect are those of the covariance matrix written out, and their parts add up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.areamodel.predict import predict_areas
from riskmodel.areamodel.predict_smooth import SMOOTH_PART, predict_smooth
from riskmodel.areamodel.smooth_effect import fit_smooth_model, kernel_basis
from riskmodel.study import AreaModel
from tests.areamodel.test_smooth_effect import world


@pytest.fixture(scope="module")
def made():
    """Areas of unit 00 and every seventh other have no direct estimate."""
    y, psi, x, parent, truth = world(6, 0.1, 300)
    out = parent.eq("00") | (pd.Series(range(300)) % 7 == 0)
    return y.mask(out), psi.mask(out), x, parent, truth


@pytest.mark.parametrize("with_parent", [True, False])
def test_estimates_are_those_of_the_matrices(made, with_parent):
    """θ̂ = Xβ̂ + G_·k V⁻¹ (y − Xβ̂), and its error but that of the variances: dense matrices, nothing of Henderson."""
    y, psi, x, parent, _ = made
    known = y.notna().to_numpy()
    whose = parent if with_parent else None
    found = predict_smooth(y, psi, x, whose, 1)
    bases = [kernel_basis(x, c, 1) for c in (0.1, 0.2, 0.4)]
    fit, basis = fit_smooth_model(y, psi, x, None if whose is None else whose.where(y.notna()), bases)
    same = (parent.to_numpy()[:, None] == parent.to_numpy()[None]).astype(float)
    g = fit.block_variances[-1] * basis.columns @ basis.columns.T + fit.variance * np.eye(len(x))
    if with_parent:
        g += fit.block_variances[0] * same
    inverse = np.linalg.inv(g[np.ix_(known, known)] + np.diag(psi[known]))
    design = np.column_stack([np.ones(len(x)), x])
    q = np.linalg.inv(design[known].T @ inverse @ design[known])
    beta = q @ design[known].T @ inverse @ y[known]
    reach = g[:, known] @ inverse
    expected = design @ beta + reach @ (y[known] - design[known] @ beta)
    assert found.areas["estimate"].to_numpy() == pytest.approx(expected, abs=1e-6)
    rest = design - reach @ design[known]
    mse = np.diag(g) - np.einsum("ij,ij->i", reach, g[:, known]) + np.einsum("ij,jk,ik->i", rest, q, rest)
    assert found.areas["mse"].to_numpy()[~known] == pytest.approx(mse[~known], rel=1e-4)
    third = (found.areas["mse"] - mse)[known]
    assert (third > -1e-9).all()
    assert third.max() < 0.05 * float(mse[known].max())


def test_parts_add_up_to_the_estimate(made):
    y, psi, x, parent, _ = made
    found = predict_smooth(y, psi, x, parent, 1)
    total = found.coef.iloc[0] + found.parts.sum(axis=1)
    assert total.to_numpy() == pytest.approx(found.areas["estimate"].to_numpy(), abs=1e-10)
    assert found.smooth is not None
    assert found.smooth["sd"] == pytest.approx(found.parts[SMOOTH_PART].std(ddof=0))


def test_areas_without_a_direct_estimate_are_nearer_the_truth_and_covered(made):
    y, psi, x, parent, truth = made
    out = y.isna() & parent.ne("00")
    bent, straight = predict_smooth(y, psi, x, parent, 1).areas, predict_areas(y, psi, x, parent).areas
    misses = [float(((a["estimate"] - truth)[out] ** 2).mean()) for a in (bent, straight)]
    assert misses[0] < misses[1]


def test_smooth_and_drawn_worlds_exclude_each_other():
    with pytest.raises(ValueError, match="area_model_smooth_bootstrap"):
        AreaModel(rate="r", n="n", smooth=True, bootstrap=50)
