"""Smooth the errors of direct rates: what a standard error says about an area's sample, told by its size.

A published error of a few children is itself uncertain, and that of a rate of zero or one is zero or absent. The line
through all areas stands in for those, or for every area where the study says so.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

# Areas with a usable error below which no line is fitted; their median stands in.
LEAST_AREAS = 10


def smoothed_sizes(size: pd.Series, counted: pd.Series) -> pd.Series:
    """Effective numbers of children from a generalised variance function, log n_eff = a + b log m.

    Parameters
    ----------
    size : Series, shape (n,)
        Effective number y (1 − y) / se² where a standard error gives one.
    counted : Series, shape (n,)
        Number m the rate rests on, or the children who live there; missing where not known.

    Returns
    -------
    Series, shape (n,)
        Missing where no area has a usable error. The median of n_eff where m is missing, or too few areas have both.

    References
    ----------
    Wolter (2007), Introduction to Variance Estimation, 2nd ed., chapter 7.
    """
    usable = size.where(size > 0)
    out = pd.Series(float(usable.median()) if usable.notna().any() else np.nan, size.index)
    m = np.log(counted.where(counted > 0))
    both = usable.notna() & m.notna()
    if both.sum() < LEAST_AREAS or m[both].nunique() < 2:
        return out
    slope, level = np.polyfit(m[both], np.log(usable[both]), 1)
    return out.mask(m.notna(), np.exp(level + slope * m))
