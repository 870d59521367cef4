"""Error of empirical best predictions beyond that of the coefficients, by parametric bootstrap.

Surveys are drawn from the fitted model on the same children and fitted again. What that shows is how much the spread of
the posterior leaves out because the standard deviation of the effects is itself estimated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from riskmodel.i18n import N_
from riskmodel.progress import Progress, quiet
from riskmodel.survey.design import Floats
from riskmodel.survey.mixed import MixedLogit, refit
from riskmodel.survey.quadrature import Posterior, posterior, sums

DRAWS = 100
POINTS = 7  # of the refits, which move little from a known start


@dataclass(frozen=True)
class OwnError:
    """Errors of the areas of the survey, on the scale of the risk, the coefficients held."""

    variance: Floats  # (D,) mean squared error
    spread: Floats  # (D,) that of the posterior alone, see `spread_of`
    draws: int  # fits that reached a maximum
    sd: Floats  # (draws,) standard deviation found in each


def own_error_of(
    mixed: MixedLogit,
    risk_at: Callable[[Floats], Floats],
    seed: int,
    draws: int = DRAWS,
    progress: Progress = quiet,
) -> OwnError:
    """Mean squared error of E[θ | survey] for the mean risk θ of each area of the survey, at known coefficients.

    With g the error of the posterior mean θ̂ of θ (`spread_of`), and a star for what a drawn survey gives:
    g + (g − E g*) + E (θ̂(sd*) − θ̂(sd))²; where E g* > g the bias is taken off by the ratio g² / E g*, which stays above
    zero. The leading term g is not simulated, so 100 draws are enough.

    Parameters
    ----------
    risk_at : callable
        Mean risk of each area, (D, Q), at values of its effect, (D, Q).
    seed : int
        Of all draws.

    References
    ----------
    Jiang (2003), Journal of Statistical Planning and Inference 111, 117–127 (empirical best prediction for binary data).
    Butar & Lahiri (2003), Journal of Statistical Planning and Inference 112, 63–76 (the form of the error).
    González-Manteiga, Lombardía, Molina, Morales & Santamaría (2007), Computational Statistics & Data Analysis 51,
    2720–2733 (bootstrap for the logistic mixed model). Hobza & Morales (2016), Journal of Official Statistics 32,
    661–692. Rao & Molina (2015), Small Area Estimation, 2nd ed., section 9.5.
    """
    sample = mixed.sample
    cells = sample.cells
    gamma = np.linalg.solve(sample.unit, mixed.coef.to_numpy(dtype=float))
    eta = cells.x @ gamma
    start = np.append(gamma, np.log(max(mixed.sd, 1e-3)))
    rng = np.random.default_rng(seed)
    spread = _spread(mixed.posterior, risk_at)
    of_draws, moved, found_sd = np.zeros_like(spread), np.zeros_like(spread), []
    for draw in range(draws):
        progress(N_("Estimating the errors of the prediction"), draw / draws)
        effect = rng.normal(0, mixed.sd, len(cells.start))
        chance = 1 / (1 + np.exp(-(eta + effect[cells.area])[sample.cell]))
        outcome = rng.random(len(chance)) < chance
        positive = sums(sample.cell, sample.weight * outcome, len(cells.total))
        drawn = replace(cells, positive=positive)
        fitted = refit(drawn, start, mixed.adjusted, POINTS)
        if fitted is None:
            continue
        at_truth = posterior(drawn, eta, mixed.sd, effect)
        at_draw = posterior(drawn, eta, fitted[1], at_truth.mode)
        of_draws += _spread(at_draw, risk_at)
        moved += (_mean(at_draw, risk_at) - _mean(at_truth, risk_at)) ** 2
        found_sd.append(fitted[1])
    kept = len(found_sd)
    if not kept:
        return OwnError(spread, spread, 0, np.array([]))
    expected = of_draws / kept
    ratio = np.divide(spread, expected, out=np.ones_like(spread), where=expected > 0)
    leading = spread * np.where(ratio < 1, ratio, 2 - 1 / np.maximum(ratio, 1e-12))
    return OwnError(leading + moved / kept, spread, kept, np.array(found_sd))


def _mean(found: Posterior, risk_at: Callable[[Floats], Floats]) -> Floats:
    return np.asarray((found.chance * risk_at(found.node)).sum(axis=1), dtype=np.float64)


def _spread(found: Posterior, risk_at: Callable[[Floats], Floats]) -> Floats:
    return spread_of(risk_at(found.node), found.chance)


def spread_of(risk: Floats, chance: Floats) -> Floats:
    """Mean squared error of the mean of θ over its distribution, taken on the logit scale, where intervals are made.

    (r (1 − r))² · E (logit θ − logit r)², r = E θ. A distribution of logit θ that is even about its middle has its mean r
    above that middle where θ is rare; the variance of θ by the delta method would leave that out.

    Parameters
    ----------
    risk, chance : array, shape (D, Q)
        Values of θ and their probabilities.
    """
    inside = np.clip(risk, 1e-12, 1 - 1e-12)
    mean = (chance * inside).sum(axis=1, keepdims=True)
    away = np.log(inside / (1 - inside)) - np.log(mean / (1 - mean))
    return np.asarray((chance * (mean * (1 - mean) * away) ** 2).sum(axis=1), dtype=np.float64)
