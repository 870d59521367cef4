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

    def sampling(self, value: Floats, n: Floats) -> Floats:
        """Sampling variance of a direct estimate where the true point on the scale is `value`.

        A variance from the direct rate itself is large where chance made the rate small: weights by it lean upward.
        """
        if self.name == "arcsine":
            return np.asarray(1 / (4 * n) + 0 * value)
        rate = expit(value)
        return np.asarray(1 / (n * rate * (1 - rate)))

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
