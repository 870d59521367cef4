"""Weighted means against the published Dominican case."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.areas.means import weighted_mean


def test_t6_the_country_is_the_weighted_mean_of_its_regions(dominican_regions: pd.DataFrame):
    """Published: 8.844 % weighted, 9.968 % as a mean of 158 municipalities.

    The ten printed regions (five decimals) give the first; their simple mean is another number again. The second needs
    the 158 values, which are not printed.
    """
    rates, children = dominican_regions["prevalence"], dominican_regions["children"]
    assert children.sum() == 2_317_966
    assert weighted_mean(rates, children) == pytest.approx(0.0884370, abs=5e-6)
    assert weighted_mean(rates) == pytest.approx(0.88283 / 10)


def test_by_hand_and_without_what_is_missing():
    values, weights = pd.Series([0.1, 0.3, np.nan]), pd.Series([300.0, 100.0, 50.0])
    assert weighted_mean(values, weights) == pytest.approx(0.15)
    assert weighted_mean(values, pd.Series([300.0, np.nan, 50.0])) == pytest.approx(0.2)  # a weight is missing: simple
    assert np.isnan(weighted_mean(pd.Series([np.nan])))
