"""Fit a logistic regression with a random intercept for each area of a survey: logit p = x'β + u, u ~ N(0, sd²).

Weights are scaled within areas, so every area counts as it would if its children were a simple sample; there are no
weights of areas in the file. The standard deviation is kept above zero, as a survey too small to see differences between
areas does not show that there are none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.problems import InputProblems, Problem, Where, raise_errors
from riskmodel.study import LonelyPsu
from riskmodel.survey.design import Floats, Ints, SurveyDesign
from riskmodel.survey.mixed_likelihood import scores, search
from riskmodel.survey.mixed_variance import sandwich, units_of
from riskmodel.survey.newton import maximise, standardising
from riskmodel.survey.quadrature import NODES, Cells, Posterior, group_cells, posterior, sums
from riskmodel.survey.terms import Terms

SD = "(sd)"  # name of the standard deviation beside the terms
PLACE = Where(key="survey.area_estimate")

# With fewer areas predictions were too sure of themselves (docs/benchmarks.md).
LEAST_AREAS = 20


@dataclass(frozen=True)
class Sample:
    """The rows a mixed model was fitted on, as its likelihood sees them. For one run; never written."""

    cells: Cells
    cell: Ints  # (n,) cell of each row
    weight: Floats  # (n,) scaled within areas
    unit: Floats  # (p, p) coefficients are `unit @` those of the cells' terms, which are centred and scaled


@dataclass(frozen=True)
class MixedLogit:
    """A fitted model and what the survey says of each of its areas."""

    terms: Terms
    coef: pd.Series  # (p,) log-odds per unit within an area, by term
    sd: float  # of the effects of areas, logit scale
    cov: pd.DataFrame  # (p + 1, p + 1) of the coefficients and "(sd)"; sandwich
    log_likelihood: float
    codes: tuple[str, ...]  # (D,) areas of the survey
    children: Ints  # (D,) rows used of each
    effective: Floats  # (D,) their scaled weights added up: how many independent children they count as
    posterior: Posterior  # at the estimates
    score: Floats  # (D, Q, p) Σ w (y − p) x at each node, by term: slope of the log-likelihood by the coefficients
    sample: Sample
    adjusted: bool
    design_effect: float
    notes: tuple[Problem, ...] = ()

    @property
    def effect(self) -> pd.DataFrame:
        """One row per area of the survey, by area_code: `effect` (log-odds, mean of the posterior), `effect_se`, `children`."""
        mean = (self.posterior.chance * self.posterior.node).sum(axis=1)
        second = (self.posterior.chance * self.posterior.node**2).sum(axis=1)
        se = np.sqrt(np.maximum(second - mean**2, 0.0))
        index = pd.Index(self.codes, name="area_code", dtype="string")
        return pd.DataFrame({"effect": mean, "effect_se": se, "children": self.children}, index=index)

    def record(self) -> dict[str, Any]:
        """The fit as plain numbers and text, for `diagnostics.json`."""
        se = np.sqrt(np.diag(self.cov))
        names = self.terms.names
        return {
            "sd": self.sd,
            "sd_se": float(se[-1]),
            "adjusted_likelihood": self.adjusted,
            "areas": len(self.codes),
            "rows": int(self.children.sum()),
            "effective_rows": float(self.effective.sum()),
            "design_effect": self.design_effect,
            "weights": "scaled within areas to their effective size (method 1); no weights of areas",
            "nodes": self.posterior.node.shape[1],
            "coefficients": [
                {"term": name, "coef": float(b), "se": float(s)}
                for name, b, s in zip(names, self.coef, se[:-1], strict=True)
            ],
        }


def fit_mixed_logit(
    frame: pd.DataFrame,
    terms: Terms,
    lonely_psu: LonelyPsu = "adjust",
    design_effect: float = 1.0,
    adjusted: bool = True,
    weighted: bool = True,
    points: int = NODES,
    least_areas: int = LEAST_AREAS,
) -> MixedLogit:
    """Maximise the marginal pseudo-likelihood by adaptive Gauss–Hermite quadrature.

    The weights of an area are multiplied by Σw / Σw² (method 1 of Pfeffermann et al. 1998), so that they add up to the
    number of independent children they are worth, and divided by `design_effect`, what children of one PSU share. A
    survey whose areas were drawn with unequal chances needs weights of areas for β to be that of the country; household
    surveys do not publish them, and every area counts once.

    `adjusted`: the likelihood is multiplied by sd², so its maximum is above zero (Li & Lahiri 2010). Without it sd may
    be 0, with a note.

    The covariance is the sandwich: inverse information on both sides of the spread of scores between areas, those that
    share a PSU taken together, within strata where no area reaches over several. Areas are the units, since the effect of
    an area is a random draw like its children.

    Parameters
    ----------
    frame : DataFrame
        As for `fit_survey_model`, with `area_code` (text; "" or missing: the row is not used).
    terms : Terms
        Of a model fitted to `frame`.
    design_effect : float
        Of an area's score within the area (`AreaVariance.design_effect`); below 1 counts as 1.
    points : int
        Nodes of the quadrature, 7 or more.

    Raises
    ------
    InputProblems
        No column of areas (`prediction_no_column`), fewer areas than `least_areas` (`prediction_few_areas`),
        determinants separate the outcome (`model_separation`), no maximum found (`prediction_not_converged`).

    References
    ----------
    Pfeffermann, Skinner, Holmes, Goldstein & Rasbash (1998), J. R. Statist. Soc. B 60, 23–40.
    Rabe-Hesketh & Skrondal (2006), J. R. Statist. Soc. A 169, 805–827.
    Pinheiro & Bates (1995), Journal of Computational and Graphical Statistics 4, 12–35.
    Li & Lahiri (2010), Journal of Multivariate Analysis 101, 882–892.
    """
    if points < 7:
        raise ValueError("at least 7 nodes")
    rows, area, codes, design_rows, without = _rows(frame, terms, least_areas)
    y = rows["outcome"].to_numpy(dtype=float)
    weight = scaled_within(rows["weight"].to_numpy(dtype=float) if weighted else np.ones(len(rows)), area)
    weight = weight / max(design_effect, 1.0)
    sample = _sample(terms.matrix(rows), y, weight, area)
    cells, unit = sample.cells, sample.unit
    gamma, sd, notes = _maximum(cells, _start(cells, terms), adjusted, points)
    found = posterior(cells, cells.x @ gamma, sd, points=points)
    natural = np.linalg.inv(unit)
    score = scores(cells, found) @ natural  # x = (x unit) unit⁻¹
    coef = pd.Series(unit @ gamma, index=terms.names, name="coef")
    cov = sandwich(cells, found, gamma, sd, unit, units_of(design_rows, area), lonely_psu)
    names = [*terms.names, SD]
    return MixedLogit(
        terms=terms,
        coef=coef,
        sd=sd,
        cov=pd.DataFrame(cov, names, names),
        log_likelihood=float(found.log_likelihood.sum()),
        codes=codes,
        children=np.bincount(area).astype(np.int64),
        effective=sums(area, weight, len(codes)),
        posterior=found,
        score=score,
        sample=sample,
        adjusted=adjusted,
        design_effect=max(design_effect, 1.0),
        notes=(*without, *notes),
    )


def scaled_within(weight: Floats, area: Ints) -> Floats:
    """Weights times Σw / Σw² of their area: they add up to its effective number of children, (Σw)² / Σw²."""
    factor = np.bincount(area, weight) / np.bincount(area, weight**2)
    return np.asarray(weight * factor[area], dtype=np.float64)


def refit(cells: Cells, start: Floats, adjusted: bool, points: int) -> tuple[Floats, float] | None:
    """Coefficients of the cells' terms and standard deviation near `start` (p + 1,), the last log sd; None without a maximum."""
    found = search(cells, start, adjusted, points)
    return None if found is None else (found[:-1], float(np.exp(found[-1])))


def marginal_coef(mixed: MixedLogit) -> pd.Series:
    """Coefficients of the mean risk over u, (p,) by term: those of one area are somewhat further from zero.

    β / √(1 + (16√3 / 15π)² sd²) (Zeger, Liang & Albert 1988, Biometrics 44, 1049–1060).
    """
    return mixed.coef / np.sqrt(1 + (16 * np.sqrt(3) / (15 * np.pi)) ** 2 * mixed.sd**2)


def _rows(
    frame: pd.DataFrame, terms: Terms, least_areas: int
) -> tuple[pd.DataFrame, Ints, tuple[str, ...], pd.DataFrame, list[Problem]]:
    """Rows used, their areas, the codes of these, the columns of the design, and a note on rows without area."""
    if "area_code" not in frame:
        raise_errors([Problem("prediction_no_column", PLACE)])
    design = SurveyDesign.from_frame(frame)
    used = design.in_domain & frame[["outcome", *terms.determinants]].notna().all(axis=1).to_numpy()
    placed = (frame["area_code"].fillna("") != "").to_numpy(dtype=bool)
    without = int((used & ~placed).sum())
    notes = [Problem("prediction_rows_without_area", PLACE, {"count": without}, "note")] if without else []
    used &= placed
    rows = frame.loc[used]
    area, codes = pd.factorize(rows["area_code"].astype("string"), sort=True)
    if len(codes) < least_areas:
        raise_errors([Problem("prediction_few_areas", PLACE, {"count": len(codes), "wanted": least_areas})])
    stages = pd.DataFrame({"stratum": design.stratum[used], "psu": design.psu[used]})
    return rows, area.astype(np.int64), tuple(map(str, codes)), stages, notes


def _sample(x: Floats, y: Floats, weight: Floats, area: Ints) -> Sample:
    unit = standardising(x, weight)
    cells, cell = group_cells(x @ unit, y, weight, area)
    return Sample(cells, cell, weight, unit)


def _start(cells: Cells, terms: Terms) -> Floats:
    """The fit without areas, and a first guess of log sd from one Newton step in each of them."""
    plain = maximise(cells.x, cells.positive / cells.total, cells.total)
    if not plain.converged:
        raise InputProblems([Problem("model_separation", PLACE, {"determinants": list(terms.determinants)})])
    excess, information = _excess(cells, plain.coef)
    variance = excess / (information @ information)
    return np.append(plain.coef, 0.5 * np.log(np.clip(variance, 0.01, 4.0)))


def _excess(cells: Cells, gamma: Floats) -> tuple[float, Floats]:
    """Twice the slope of the log-likelihood by sd² at zero, and Σ w p (1 − p) of each area."""
    p = 1 / (1 + np.exp(-cells.x @ gamma))
    information = cells.by_area(cells.total * p * (1 - p))
    step = cells.by_area(cells.positive - cells.total * p)
    return float(step @ step - information.sum()), information


def _maximum(cells: Cells, start: Floats, adjusted: bool, points: int) -> tuple[Floats, float, list[Problem]]:
    """Coefficients and standard deviation; 0 where the likelihood falls from there on."""
    if not adjusted and _excess(cells, start[:-1])[0] <= 0:
        return start[:-1], 0.0, [Problem("prediction_no_differences", PLACE, severity="note")]
    found = search(cells, start, adjusted, points)
    if found is None:
        raise InputProblems([Problem("prediction_not_converged", PLACE)])
    return found[:-1], float(np.exp(found[-1])), []
