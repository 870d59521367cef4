"""Estimate how much areas differ beyond what the determinants explain: the variance of area effects, logit scale.

One Newton step per area, its sampling variance with the clustering of the survey in it, and what is left over between
areas. It sizes the interval; the areas' own effects are not used, the estimate stays synthetic.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from riskmodel.problems import Problem, Where
from riskmodel.survey.design import Floats, Ints, SurveyDesign
from riskmodel.survey.logit import SurveyModel

# Fewer areas say too little about a variance. From here on intervals with the adjusted one cover what they should, or more
# (`tests/survey/test_area_effect.py`).
LEAST_AREAS = 8

# Fewer PSUs beyond the first of each area say too little about clustering.
LEAST_PSU_DF = 30


@dataclass(frozen=True)
class AreaVariance:
    """What the survey's own areas say about area effects u ~ N(0, variance), independent between areas."""

    variance: float | None  # for intervals, logit scale; above zero. None: not estimated, `notes` say why
    unadjusted: float | None = None  # its restricted maximum likelihood estimate; may be zero
    areas: int = 0  # areas of the survey used
    rows: int = 0  # children used
    psus_per_area: float | None = None  # mean
    design_effect: float | None = None  # of an area's score within the area; None: not estimated, 1 was used
    notes: tuple[Problem, ...] = ()

    @property
    def sd(self) -> float | None:
        """Standard deviation of the area effects on the logit scale, as intervals use it."""
        return None if self.variance is None else float(np.sqrt(self.variance))

    def record(self) -> dict[str, float | int | None]:
        """The figures as plain numbers, for `diagnostics.json`."""
        return {
            "variance": self.variance,
            "variance_unadjusted": self.unadjusted,
            "sd": self.sd,
            "areas": self.areas,
            "rows": self.rows,
            "psus_per_area": self.psus_per_area,
            "design_effect": self.design_effect,
        }


def area_variance(frame: pd.DataFrame, model: SurveyModel) -> AreaVariance:
    """Variance of area effects from the rows a model was fitted on.

    For area d with residuals y − p:  û_d = Σ w (y − p) / Σ w p (1 − p), one Newton step of an intercept of its own, with
    sampling variance v_d = deff · Σ w² p (1 − p) / (Σ w p (1 − p))². σ² is that of restricted maximum likelihood for
    û_d ~ N(μ, v_d + σ²): with a_d = 1 / (v_d + σ²) and ū the mean weighted by a_d,
    Σ a_d² (û_d − ū)² = Σ a_d − Σ a_d² / Σ a_d, which holds on average whatever the shape of û; zero where the left side is
    below the right at σ² = 0. Intervals with this σ² would cover too little, as it is itself unsure. They use `variance`,
    the maximum of σ² times the likelihood: above σ² by about its squared standard error over σ², and never zero.

    deff is the spread of PSU scores around their area's mean over its binomial expectation, pooled over areas with two
    PSUs or more, so that what children of one PSU share is not taken for an effect of the area.

    The step is exact to first order in u. With a prevalence about 12 % and σ = 0.25 or 0.5 the mean estimate was within
    10 % of the truth (`tests/survey/test_area_effect.py`); for very rare outcomes its limit is exp(σ²) − 1, so there it
    errs towards wide intervals. The p are fitted to the same rows, which takes a little off the differences between areas;
    that matters only where determinants of areas are not few against the number of areas.

    Parameters
    ----------
    frame : DataFrame
        As for `fit_survey_model`, with `area_code` (text; "" or missing: the row is not used here). Any scale of weights.
    model : SurveyModel
        Fitted to `frame`.

    Returns
    -------
    AreaVariance
        Not estimated, with a warning among its notes, without `area_code` or with fewer than 8 areas.

    References
    ----------
    Binder (1983), International Statistical Review 51, 279–292 (scores and their linearised variance).
    Li & Lahiri (2010), Journal of Multivariate Analysis 101, 882–892 (adjusted likelihood).
    Patterson & Thompson (1971), Biometrika 58, 545–554 (restricted likelihood).
    Rao & Molina (2015), Small Area Estimation, 2nd ed., chapter 6 (area effects with known sampling variances).
    """
    place = Where(key="survey.area_code")
    if "area_code" not in frame:
        return AreaVariance(None, notes=(Problem("area_variance_no_column", place, severity="warning"),))
    design = SurveyDesign.from_frame(frame)
    used = design.in_domain & frame[["outcome", *model.terms.determinants]].notna().all(axis=1).to_numpy()
    placed = used & (frame["area_code"].fillna("") != "").to_numpy(dtype=bool)
    area, codes = pd.factorize(frame.loc[placed, "area_code"].astype("string"), sort=True)
    if len(codes) < LEAST_AREAS:
        values = {"count": len(codes), "wanted": LEAST_AREAS}
        few = Problem("area_variance_few_areas", place, values, "warning")
        return AreaVariance(None, areas=len(codes), rows=int(placed.sum()), notes=(few,))

    rows = frame.loc[placed]
    p = model.predict(rows).to_numpy(dtype=float)
    residual = rows["outcome"].to_numpy(dtype=float) - p
    scores = _Scores.of(residual, p, design.weight[placed], area.astype(np.int64), design.psu[placed])
    effect = scores.design_effect()
    sampling = (effect or 1.0) * scores.binomial / scores.information**2
    unadjusted = variance_between(scores.step, sampling)
    return AreaVariance(
        variance=variance_between(scores.step, sampling, adjusted=True),
        unadjusted=unadjusted,
        areas=len(codes),
        rows=len(rows),
        psus_per_area=len(scores.area_of) / len(codes),
        design_effect=effect,
        notes=_notes(unadjusted, effect, int((used & ~placed).sum()), place),
    )


def variance_between(estimate: Floats, sampling: Floats, adjusted: bool = False) -> float:
    """Variance between units beyond their sampling variances, by restricted maximum likelihood; zero at the least.

    `adjusted`: the likelihood is multiplied by the variance, so its maximum is above zero.

    Parameters
    ----------
    estimate, sampling : array, shape (n,)
        Estimate of each unit, at least 4, and its sampling variance, above zero.
    """

    def slope(variance: float) -> float:
        """Twice the derivative of the log-likelihood."""
        a = 1 / (sampling + variance)
        mean = np.average(estimate, weights=a)
        log_slope = a**2 @ (estimate - mean) ** 2 - a.sum() + a @ a / a.sum()
        return float(log_slope + 2 / variance if adjusted else log_slope)

    lower, upper = (1e-9 if adjusted else 0.0), 1.0
    if slope(lower) <= 0:
        return lower
    while slope(upper) > 0:
        upper *= 2
    return float(brentq(slope, lower, upper, xtol=1e-12, rtol=1e-10))


@dataclass(frozen=True)
class _Scores:
    """Sums of one survey by area (D,) and by PSU within area (m,); weights to any scale."""

    step: Floats  # (D,) û: one Newton step of an intercept for each area
    information: Floats  # (D,) Σ w p (1 − p)
    binomial: Floats  # (D,) Σ w² p (1 − p): variance of the score without clustering
    area_of: Ints  # (m,) area of each PSU
    psu_score: Floats  # (m,) Σ w (y − p)
    psu_information: Floats  # (m,)
    psu_binomial: Floats  # (m,)

    @classmethod
    def of(cls, residual: Floats, p: Floats, weight: Floats, area: Ints, psu: Ints) -> _Scores:
        pairs, position = np.unique(np.column_stack([area, psu]), axis=0, return_inverse=True)
        position = position.ravel()
        slope = weight * p * (1 - p)
        information = _sums(area, slope)
        return cls(
            step=_sums(area, weight * residual) / information,
            information=information,
            binomial=_sums(area, weight * slope),
            area_of=pairs[:, 0],
            psu_score=_sums(position, weight * residual),
            psu_information=_sums(position, slope),
            psu_binomial=_sums(position, weight * slope),
        )

    def design_effect(self) -> float | None:
        """Spread of PSU scores within areas over what independent children would give; None with too few PSUs.

        Each PSU counts by the mean binomial variance of those of its area, so areas with large weights do not decide
        alone. There is no floor at 1: rounding up what is chance would lower the variance between areas.
        """
        psus = np.bincount(self.area_of)
        if np.sum(psus - 1) < LEAST_PSU_DF:
            return None
        d = self.area_of
        part = self.psu_information / self.information[d]
        around_mean = self.psu_score - self.psu_information * self.step[d]
        expected = self.psu_binomial * (1 - 2 * part) + part**2 * self.binomial[d]
        kept = psus[d] > 1
        scale = (psus / self.binomial)[d][kept]
        return float((scale @ around_mean[kept] ** 2) / (scale @ expected[kept]))


def _sums(position: Ints, values: Floats) -> Floats:
    return np.asarray(np.bincount(position, values), dtype=np.float64)


def _notes(unadjusted: float, effect: float | None, without_area: int, place: Where) -> tuple[Problem, ...]:
    """What a reader of the intervals should know."""
    notes = []
    if without_area:
        notes.append(Problem("area_variance_rows_without_area", place, {"count": without_area}, "note"))
    if effect is None:
        notes.append(Problem("area_variance_few_psus", place, severity="note"))
    if unadjusted == 0:
        notes.append(Problem("area_variance_zero", place, severity="note"))
    return tuple(notes)
