"""Fit a logistic regression to survey data by pseudo maximum likelihood.

Standard errors come from the design: linearisation over its sampling units, or a fit under each replicate weight. Rows
left out of the fit keep their place in the design.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from riskmodel.problems import InputProblems, Problem, raise_errors
from riskmodel.results import COEFFICIENT_COLUMNS
from riskmodel.study import Determinant, Estimation, Interaction, LonelyPsu, Replicates
from riskmodel.survey import checks, diagnostics
from riskmodel.survey.design import Bools, Floats, SurveyDesign
from riskmodel.survey.firth import no_surer_than_independent, penalised
from riskmodel.survey.gram import one_thread
from riskmodel.survey.newton import logistic, maximise, standardising
from riskmodel.survey.replicates import refit
from riskmodel.survey.terms import TIMES, WITH, Terms, terms_of
from riskmodel.survey.variance import covariance_of_totals


@dataclass(frozen=True)
class SurveyModel:
    """A fitted model: enough to score a population and to say how sure the coefficients are. Holds no person's data."""

    terms: Terms
    coef: pd.Series  # (p + 1,) log-odds per unit, by term
    cov: pd.DataFrame  # (p + 1, p + 1) design-based
    df: int  # PSUs − strata − p, or rank of the replicate weights − 1 − p; 0 or less: no intervals
    n_obs: int  # rows used
    n_positive: int  # rows used that have the outcome
    prevalence: float  # weighted share with the outcome among the rows used, 0–1
    marginal: pd.DataFrame  # term, ame, ame_se: proportions, one row per term but the intercept
    diagnostics: Mapping[str, Any] = field(default_factory=dict)  # JSON-able
    notes: tuple[Problem, ...] = ()  # what was done on the way: rows left out, thin support

    @property
    def se(self) -> pd.Series:
        """Standard error of each coefficient, by term."""
        return pd.Series(np.sqrt(np.diag(self.cov)), index=self.coef.index)

    def coefficients(self, level: float = 0.95) -> pd.DataFrame:
        """One row per term with the columns of `coefficients.csv`.

        `odds_ratio`, `ci_lower` and `ci_upper` are on the odds scale; `ame` and `ame_se` are proportions. Intervals and
        p-values follow Student's t with `df` degrees of freedom and are missing where there are none.
        """
        names = self.terms.names
        coef, se = self.coef[names].to_numpy(), self.se[names].to_numpy()
        table = self.terms.table
        t = stats.t.ppf((1 + level) / 2, self.df) if self.df > 0 else np.nan
        table["coef"], table["se"], table["odds_ratio"] = coef, se, np.exp(coef)
        table["ci_lower"], table["ci_upper"] = np.exp(coef - t * se), np.exp(coef + t * se)
        table["p_value"] = 2 * stats.t.sf(np.abs(coef / se), self.df) if self.df > 0 else np.nan
        return table.merge(self.marginal, on="term", how="left")[list(COEFFICIENT_COLUMNS)]

    def predict(self, frame: pd.DataFrame) -> pd.Series:
        """Probability of each row of a frame with one column per determinant; missing where one is missing or unknown."""
        return self.terms.predict(frame, self.coef)


@one_thread
def fit_survey_model(
    frame: pd.DataFrame,
    determinants: Sequence[Determinant],
    lonely_psu: LonelyPsu = "adjust",
    replicates: Replicates | None = None,
    estimation: Estimation = "ml",
    interactions: Sequence[Interaction] = (),
) -> SurveyModel:
    """Fit `logit(p) = α + x'β` to the children of a survey.

    Parameters
    ----------
    frame : DataFrame, one row per row of the survey file
        `outcome` (0, 1 or missing), `weight`, `stratum`, `psu`, `in_domain` and one column per determinant: text
        categories, or numbers in questionnaire units. Any scale of weights: only their ratios matter. Optional: `fpc`,
        `ssu`, `fpc2`, `replicate:…`; see `SurveyDesign.from_frame`.
    lonely_psu : str
        Rule for a stratum with one PSU, or a PSU with one second-stage unit; see `covariance_of_totals`.
    replicates : Replicates, optional
        What the columns `replicate:…` are. The model is then fitted under each, in place of linearisation.
    estimation : str
        "ml": pseudo maximum likelihood. "firth": with Firth's penalty (`firth.penalised`), for rare outcomes; a
        determinant that separates the outcome is then a warning and no error. Not with replicates: a study that asks
        for both is refused when it is read.
    interactions : sequence of Interaction
        Pairs of `determinants` whose products of terms are in the model too.

    Returns
    -------
    SurveyModel
        df = PSUs − strata − p, counted over PSUs and strata that hold a row used; rank − 1 − p with replicates.

    Raises
    ------
    InputProblems
        No row, no positive or no negative case; a determinant with one category; a category with only positive or only
        negative cases, or another complete separation; determinants that repeat each other; a reference nobody has;
        weights not positive; a lonely PSU under the rule "fail"; a replicate under which the model has no solution.

    References
    ----------
    Binder (1983), International Statistical Review 51, 279–292.
    Lumley & Scott (2017), Statistical Science 32, 265–278.
    """
    design = SurveyDesign.from_frame(frame, replicates)
    names = [d.name for d in determinants]
    used = design.in_domain & frame[["outcome", *names]].notna().all(axis=1).to_numpy()
    rows = frame.loc[used]
    y, weight = rows["outcome"].to_numpy(dtype=float), design.weight[used]
    notes = checks.check_missing(frame, determinants, design.in_domain)
    raise_errors([*notes, *checks.check_outcome(y)])
    terms, problems = terms_of(rows, determinants, weight, interactions)
    raise_errors([*notes, *problems])
    notes += checks.check_separated_categories(rows, terms, determinants, penalised=estimation == "firth")
    notes += checks.check_combinations(rows, terms, penalised=estimation == "firth")
    raise_errors(notes)

    x = terms.matrix(rows)
    unit = standardising(x, weight)
    z = x @ unit
    raise_errors([*notes, *checks.check_rank(z, weight, terms)])
    gamma, bread = _newton(z, y, weight, terms, estimation)
    p = logistic(z @ gamma)
    cov_gamma = _covariance(z, y, p, gamma, bread, used, design, lonely_psu, estimation)
    coef = pd.Series(unit @ gamma, index=terms.names, name="coef")
    cov = pd.DataFrame(unit @ cov_gamma @ unit.T, index=terms.names, columns=terms.names)
    df = design.degrees_of_freedom(used) - (x.shape[1] - 1)
    notes += checks.check_support(int(y.sum()), x.shape[1])
    notes += _no_degrees_of_freedom(df, design, used, x.shape[1])
    return SurveyModel(
        terms=terms,
        coef=coef,
        cov=cov,
        df=df,
        n_obs=len(y),
        n_positive=int(y.sum()),
        prevalence=float(np.average(y, weights=weight)),
        marginal=diagnostics.average_marginal_effects(x, weight, terms, coef, cov),
        diagnostics={"estimation": estimation} | _diagnostics(y, p, used, design, lonely_psu, terms, df),
        notes=tuple(notes),
    )


def _covariance(
    x: Floats,
    y: Floats,
    p: Floats,
    coef: Floats,
    bread: Floats,
    used: Bools,
    design: SurveyDesign,
    rule: LonelyPsu,
    way: Estimation,
) -> Floats:
    """Covariance of the coefficients, (p + 1, p + 1): linearised (Binder 1983), or from a fit under each replicate weight."""
    if design.replicates is not None:
        return design.replicates.covariance(refit(x, y, design.replicates.weight[used], coef), coef)
    weight = design.weight[used]
    score = np.zeros((len(used), x.shape[1]))
    score[used] = x * (weight * (y - p))[:, None]
    covariance = bread @ covariance_of_totals(score, used, design, rule) @ bread
    return no_surer_than_independent(covariance, x, weight, p, bread) if way == "firth" else covariance


def _no_degrees_of_freedom(df: int, design: SurveyDesign, used: Bools, n_terms: int) -> list[Problem]:
    if df >= 1:
        return []
    if design.replicates is not None:
        values = {"count": design.replicates.count, "terms": n_terms}
        return [Problem("model_no_degrees_of_freedom_replicates", values=values, severity="warning")]
    psus, strata = len(np.unique(design.psu[used])), len(np.unique(design.stratum[used]))
    values = {"count": psus, "strata": strata, "terms": n_terms}
    return [Problem("model_no_degrees_of_freedom", values=values, severity="warning")]


def _diagnostics(
    y: Floats, p: Floats, used: Bools, design: SurveyDesign, lonely_psu: LonelyPsu, terms: Terms, df: int
) -> dict[str, Any]:
    """How the model was fitted and how well it fits, as plain numbers and text."""
    weight = design.weight[used]
    return {
        "n_obs": len(y),
        "n_positive": int(y.sum()),
        "n_psu": None if design.replicates else len(np.unique(design.psu[used])),
        "n_strata": None if design.replicates else len(np.unique(design.stratum[used])),
        "design": design.record(),
        "df": df,
        "lonely_psu": lonely_psu,
        "references": terms.references,
        "prevalence": float(np.average(y, weights=weight)),
        **diagnostics.discrimination(y, p, weight),
        "classification": diagnostics.classification(y, p, weight, float(np.average(y, weights=weight))),
        "calibration": diagnostics.calibration(y, p, weight),
        "archer_lemeshow": diagnostics.archer_lemeshow(y, p, used, design, lonely_psu),
    }


def _newton(x: Floats, y: Floats, weight: Floats, terms: Terms, estimation: Estimation) -> tuple[Floats, Floats]:
    """Coefficients at which the weighted score, with Firth's penalty if asked for, is zero, and the inverse information there.

    Raises `InputProblems` where the likelihood has no maximum: determinants together separate the outcome.
    """
    found = penalised(x, y, weight) if estimation == "firth" else maximise(x, y, weight)
    if found.converged:
        return found.coef, found.bread
    moving = [terms.terms[i] for i in range(1, len(found.coef)) if abs(found.step[i]) > 0.1]
    names = list(dict.fromkeys(term.determinant.replace(WITH, TIMES) for term in moving)) or list(terms.effects)
    raise InputProblems([Problem("model_separation", values={"determinants": names})])
