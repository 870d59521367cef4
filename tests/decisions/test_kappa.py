"""Weighted kappa and its interval against a published table."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from riskmodel.decisions.kappa import kappa_with_interval
from riskmodel.decisions.validation import weighted_kappa

# Two dermatologists on 88 patients (terrible, poor, marginal, clear): SAS/STAT User's Guide, FREQ procedure, skin condition
# data. Printed there: weighted kappa 0.5082, standard error 0.0655, 95 % limits 0.3798 and 0.6366.
SKIN = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]


def test_published_example():
    found = kappa_with_interval(SKIN)
    assert [round(v, 4) for v in (found.value, found.se, found.lower, found.upper)] == [0.5082, 0.0655, 0.3798, 0.6366]


def test_two_levels_by_hand():
    """Of 100, 40 and 30 agree. With two levels weights play no part: p_o = 0.7, p_e = 0.55 · 0.55 + 0.45 · 0.45 = 0.505.

    The bracket is w_ij (1 − p_e) − (w̄_i· + w̄_·j)(1 − p_o): 0.495 − 0.33, −0.3, −0.3, 0.495 − 0.27, each squared and
    weighted by 0.4, 0.15, 0.15, 0.3, less (0.7 · 0.505 − 2 · 0.505 + 0.7)².
    """
    spread = 0.4 * 0.165**2 + 0.3 * 0.3**2 + 0.3 * 0.225**2
    want = np.sqrt((spread - (0.3535 - 1.01 + 0.7) ** 2) / 100) / 0.495**2
    found = kappa_with_interval([[40, 15], [15, 30]])
    assert found.value == pytest.approx((0.7 - 0.505) / 0.495)
    assert found.se == pytest.approx(want)


@pytest.mark.parametrize("k", [3, 4, 5])
def test_value_is_that_of_scikit_learn_and_of_the_validation(k):
    rng = np.random.default_rng(k)
    first = rng.integers(0, k, 300)
    second = np.clip(first + rng.integers(-1, 2, 300), 0, k - 1)
    table = np.zeros((k, k))
    np.add.at(table, (first, second), 1)
    found = kappa_with_interval(table)
    assert found.value == pytest.approx(cohen_kappa_score(first, second, weights="linear"), rel=1e-12)
    assert found.value == pytest.approx(weighted_kappa(table), rel=1e-12)
    assert found.lower < found.value < found.upper


def test_standard_error_is_that_of_drawing_the_areas_again():
    """2,000 samples with replacement of 400 areas: their spread is the large-sample error, within a tenth."""
    rng = np.random.default_rng(3)
    table = np.array([[120, 40, 5], [30, 60, 25], [4, 26, 90]])
    drawn = rng.multinomial(400, table.ravel() / 400, 2000).reshape(-1, 3, 3)
    assert kappa_with_interval(table).se == pytest.approx(np.std([weighted_kappa(t) for t in drawn]), rel=0.1)


def test_missing_where_everything_is_one_level():
    assert np.isnan(kappa_with_interval([[5, 0, 0], [0, 0, 0], [0, 0, 0]]).value)
