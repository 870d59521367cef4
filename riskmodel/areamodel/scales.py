"""Carry rates to a scale on which their sampling variance is known, and bring estimates back.

Back-transformed means are those of the rate under the error of the estimate, not the rate of the mean: the sine and the
logistic are curved, and the plain inverse would be too low where rates are low.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import norm

Floats = NDArray[np.float64]
ScaleName = Literal["arcsine", "logit"]

# Points of Gauss–Hermite: the mean of a sine or logistic under a normal error is then exact to rounding.
NODES = 31


@dataclass(frozen=True)
class Scale:
    """A scale for rates; `lower` and `upper` bound what a rate can be on it."""

    name: ScaleName

    def forward(self, rate: Floats, n: Floats) -> tuple[Floats, Floats]:
        """Direct estimates on the scale and their sampling variances.

        arcsine: asin √y, 1 / 4n. logit: log (y n + ½) / (n − y n + ½), 1 / (n y (1 − y)) with y so shifted, which
        keeps a rate of 0 or 1 finite.

        Parameters
        ----------
        rate : array, proportions
        n : array, above zero
            Effective number of children the rate comes from: interviewed, over the design effect.
        """
        if self.name == "arcsine":
            return np.arcsin(np.sqrt(np.clip(rate, 0, 1))), 1 / (4 * n)
        shifted = (rate * n + 0.5) / (n + 1)
        return np.log(shifted / (1 - shifted)), 1 / (n * shifted * (1 - shifted))

    def inverse(self, value: Floats) -> Floats:
        """Rate of a point on the scale."""
        if self.name == "arcsine":
            return np.asarray(np.sin(np.clip(value, 0, np.pi / 2)) ** 2)
        return np.asarray(expit(value))

    def slope(self, value: Floats) -> Floats:
        """Derivative of the rate by the point on the scale; zero beyond the ends of the arcsine."""
        if self.name == "arcsine":
            return np.where((value > 0) & (value < np.pi / 2), np.sin(2 * value), 0.0)
        return np.asarray(expit(value) * expit(-value))

    def mean(self, value: Floats, variance: Floats) -> Floats:
        """Mean rate where the point on the scale is N(value, variance)."""
        nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
        points = value[:, None] + np.sqrt(variance)[:, None] * nodes
        return np.asarray(self.inverse(points) @ (weights / weights.sum()))

    def interval(self, value: Floats, mse: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
        """Interval of the rate: that on the scale, its ends brought back."""
        half = norm.ppf(0.5 + level / 2) * np.sqrt(mse)
        return self.inverse(value - half), self.inverse(value + half)


def effective_size(
    rate: Floats, se: Floats | None = None, n: Floats | None = None, design_effect: float = 1.0, share: float = 1.0
) -> Floats:
    """Effective number of children behind a rate.

    From its standard error y (1 − y) / se², or from the number interviewed n / (deff (1 − share)), `share` the part of
    the area's children who were interviewed: of a full count nothing is left to chance. Missing where neither is known.
    """
    if se is not None:
        with np.errstate(divide="ignore", invalid="ignore"):
            size = rate * (1 - rate) / se**2
        return np.where((se > 0) & (size > 0), size, np.nan)
    if n is None:
        raise ValueError("a standard error or a number of children is needed")
    return np.where(n > 0, n / design_effect / max(1 - share, 1e-9), np.nan)
