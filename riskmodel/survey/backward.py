"""Test determinants by design-based Wald tests, and take out one after the other those that show no association.

Every step uses the same children, so models are compared on one sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from riskmodel.study import Determinant, Estimation, Interaction, LonelyPsu
from riskmodel.survey.logit import SurveyModel, fit_survey_model
from riskmodel.survey.terms import WITH

ALPHA = 0.05


@dataclass(frozen=True)
class Elimination:
    """What backward elimination kept, and what it took out, in order."""

    kept: tuple[str, ...]
    removed: tuple[dict[str, str | float], ...]  # determinant, wald_f, p_value when it went


def wald_tests(model: SurveyModel) -> pd.DataFrame:
    """Design-based Wald test of each determinant and interaction: all its own coefficients are zero.

    The coefficients of a determinant in an interaction speak of the other's reference (or zero), so its test says little.

    F = b' V⁻¹ b / q on q and `model.df` degrees of freedom, q the number of its terms.

    Returns
    -------
    DataFrame indexed by determinant, an interaction as "sex:age"
        `wald_f`, `df` (q), `p_value`; F and p missing without degrees of freedom.
    """
    rows = []
    coef, cov = model.coef.to_numpy(), model.cov.to_numpy()
    for name in model.terms.effects:
        own = model.terms.of(name)
        b, v = coef[own], cov[np.ix_(own, own)]
        f = (
            float(b @ np.linalg.solve(v, b)) / len(own)
            if model.df > 0 and np.linalg.matrix_rank(v) == len(own)
            else np.nan
        )
        rows.append((name, f, len(own), float(stats.f.sf(f, len(own), model.df)) if model.df > 0 else np.nan))
    return pd.DataFrame(rows, columns=["determinant", "wald_f", "df", "p_value"]).set_index("determinant")


def eliminate(
    frame: pd.DataFrame,
    determinants: Sequence[Determinant],
    model: SurveyModel,
    lonely_psu: LonelyPsu,
    alpha: float = ALPHA,
    estimation: Estimation = "ml",
    interactions: Sequence[Interaction] = (),
) -> Elimination:
    """Take out the determinant or interaction with the largest p-value while one is above `alpha`, and fit again.

    A determinant stays as long as an interaction needs it: interactions go first.

    frame : the survey frame; the outcome missing in rows that lack a candidate. model : the fit with all candidates.
    """
    left, pairs = list(determinants), list(interactions)
    removed: list[dict[str, str | float]] = []
    while left:
        needed = {name for pair in model.terms.interactions for name in pair}
        tests = wald_tests(model).drop(index=list(needed))
        if tests["p_value"].isna().any() or tests["p_value"].max() <= alpha:
            break
        worst = str(tests["p_value"].idxmax())
        position = tests.index.get_loc(worst)
        f, p = float(tests["wald_f"].to_numpy()[position]), float(tests["p_value"].to_numpy()[position])
        removed.append({"determinant": worst, "wald_f": f, "p_value": p})
        left = [d for d in left if d.name != worst]
        pairs = [pair for pair in pairs if WITH.join(pair.determinants) != worst]
        if left:
            model = fit_survey_model(frame, left, lonely_psu, estimation=estimation, interactions=pairs)
    names = (*(d.name for d in left), *(WITH.join(pair.determinants) for pair in pairs))
    return Elimination(names, tuple(removed))
