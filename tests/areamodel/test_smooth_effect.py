"""The smooth effect: one block of parents is the parent model, the kernel is the kernel, and a curve is found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.areamodel.parent_effect import fit_parent_model
from riskmodel.areamodel.smooth_effect import fit_mixed_model, fit_smooth_model, kernel_basis, membership


def world(seed: int, curve: float, areas: int = 400):
    """Areas with two indicators; the truth, parents' effects aside, bends with the first by `curve`."""
    rng = np.random.default_rng(seed)
    x = pd.DataFrame(rng.normal(size=(areas, 2)), columns=["a", "b"])
    parent = pd.Series(rng.integers(0, 12, areas)).map("{:02d}".format)
    effect = pd.Series(rng.normal(0, 0.05, 12), [f"{i:02d}" for i in range(12)])
    truth = 0.4 + 0.05 * x["a"] + curve * np.sin(2 * x["a"])
    psi = pd.Series(rng.uniform(0.0005, 0.002, areas))
    y = truth + parent.map(effect) + rng.normal(0, 0.03, areas) + rng.normal(0, np.sqrt(psi))
    return y, psi, x, parent, truth


def test_with_parents_alone_it_is_the_parent_model():
    y, psi, x, parent, _ = world(1, 0.0)
    one = fit_parent_model(y, psi, x, parent)
    other = fit_mixed_model(y, psi, x, [membership(parent)])
    assert other.variance == pytest.approx(one.variance, rel=1e-3)
    assert other.block_variances[0] == pytest.approx(one.parent_variance, rel=1e-3)
    assert other.coef.to_numpy() == pytest.approx(one.coef.to_numpy(), rel=1e-4)
    assert other.cov == pytest.approx(one.cov.to_numpy(), rel=2e-3, abs=1e-9)


def test_likelihood_is_that_of_the_definition():
    """−½ (log|V| + log|X'V⁻¹X| + r'V⁻¹r), with V written out in full."""
    y, psi, x, parent, _ = world(2, 0.05, 60)
    blocks = [membership(parent), kernel_basis(x, 0.5, 1, 20).columns]
    found = fit_mixed_model(y, psi, x, blocks)
    v = np.diag(psi + found.variance) + sum(t * z @ z.T for t, z in zip(found.block_variances, blocks, strict=True))
    design = np.column_stack([np.ones(60), x])
    inverse = np.linalg.inv(v)
    middle = design.T @ inverse @ design
    beta = np.linalg.solve(middle, design.T @ inverse @ y)
    r = y - design @ beta
    expected = -0.5 * (np.linalg.slogdet(v)[1] + np.linalg.slogdet(middle)[1] + r @ inverse @ r)
    assert found.log_likelihood == pytest.approx(float(expected), rel=1e-8)
    assert found.coef.to_numpy() == pytest.approx(beta, rel=1e-6)


def test_spanned_by_all_areas_the_kernel_is_exact():
    x = pd.DataFrame(np.random.default_rng(3).normal(size=(40, 3)))
    found = kernel_basis(x, 0.7, 1, 40).columns
    distance = ((x.to_numpy()[:, None] - x.to_numpy()[None]) ** 2).sum(axis=2)
    assert found @ found.T == pytest.approx(np.exp(-0.7 * distance / 3), abs=1e-6)


def test_a_curve_is_followed_into_parents_never_seen():
    """Root mean square away from the truth in left-out parents: the smooth effect at least halves it."""
    y, psi, x, parent, truth = world(4, 0.1)
    out = parent.isin(["00", "01", "02"])
    plain = fit_parent_model(y[~out], psi[~out], x[~out], parent[~out])
    straight = np.column_stack([np.ones(out.sum()), x[out]]) @ plain.coef.to_numpy()
    fit, basis = fit_smooth_model(
        y.mask(out), psi.mask(out), x, parent.mask(out), [kernel_basis(x, c, 1) for c in (0.4, 1.0)]
    )
    p, parents = len(fit.coef), 9
    bent = (
        np.column_stack([np.ones(out.sum()), x[out]]) @ fit.coef.to_numpy()
        + basis.columns[out] @ fit.effect[p + parents :]
    )
    off = [np.sqrt(np.mean((truth[out] - v) ** 2)) for v in (straight, bent)]
    assert off[1] < 0.5 * off[0]


def test_where_there_is_no_curve_its_variance_is_small():
    y, psi, x, parent, _ = world(5, 0.0)
    basis = kernel_basis(x, 0.4, 1)
    found = fit_mixed_model(y, psi, x, [membership(parent), basis.columns])
    carried = found.block_variances[1] * float(
        (basis.columns**2).sum(axis=1).mean() - (basis.columns.mean(axis=0) ** 2).sum()
    )
    assert carried < 0.02 * float(y.var())
