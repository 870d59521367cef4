"""Estimate child labour by domain from the survey alone, for the model to be brought into line with.

Only a reliable estimate may move the model; the rule is declared here and printed with the results. Coefficients and
direct estimates come from the same children, so their errors are estimated together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.study import LonelyPsu
from riskmodel.survey.design import Bools, Floats, SurveyDesign
from riskmodel.survey.logit import SurveyModel
from riskmodel.survey.variance import covariance_of_totals

# A direct estimate may move the model from so many children in child labour, and with an error up to this share of it.
LEAST_POSITIVE = 50
MOST_CV = 0.20


@dataclass(frozen=True)
class DirectEstimates:
    """The survey's own estimates by domain.

    table : domain, n_obs, n_positive, direct, se, cv, reliable; sorted by domain. Proportions.
    cov : joint covariance of the coefficients (by term) and of the reliable direct estimates (by `direct_name`).
    """

    table: pd.DataFrame
    cov: pd.DataFrame


def direct_name(domain: str) -> str:
    """Name of a domain's direct estimate among the terms."""
    return f"(direct) {domain}"


def direct_estimates(frame: pd.DataFrame, model: SurveyModel, lonely_psu: LonelyPsu = "adjust") -> DirectEstimates:
    """Weighted share with the outcome in each domain, with its design-based error.

    The share is Σ w y / Σ w over the children of the age range whose outcome is known. Linearised values are
    w (y − share) / Σ w for a share, and J⁻¹ w (y − p) x for the coefficients; their PSU totals give one covariance.

    Parameters
    ----------
    frame : DataFrame
        As for `fit_survey_model`, with `domain` (text; "": in none).
    model : SurveyModel
        Fitted to `frame`.

    References
    ----------
    Binder (1983), International Statistical Review 51, 279–292.
    """
    design = SurveyDesign.from_frame(frame)
    answered = design.in_domain & frame["outcome"].notna().to_numpy()
    y = frame["outcome"].fillna(0).to_numpy(dtype=float)
    domain = frame["domain"].fillna("").astype(str).to_numpy()
    names = sorted(set(domain[answered]) - {""})
    rows, values = [], np.zeros((len(frame), len(names)))
    for j, name in enumerate(names):
        inside = answered & (domain == name)
        share = np.where(inside, design.weight, 0.0) / design.weight[inside].sum()
        direct = float(share @ y)
        values[:, j] = share * (y - direct)
        rows.append((name, int(inside.sum()), int(y[inside].sum()), direct))
    table = pd.DataFrame(rows, columns=["domain", "n_obs", "n_positive", "direct"])
    influence = _influence(frame, model, design)
    stacked = np.hstack([influence, values])
    cov = covariance_of_totals(stacked, answered, design, lonely_psu)
    table["se"] = np.sqrt(np.maximum(np.diag(cov)[len(model.coef) :], 0.0))
    table["cv"] = table["se"] / table["direct"].where(table["direct"] > 0)
    table["reliable"] = (table["n_positive"] >= LEAST_POSITIVE) & (table["cv"] <= MOST_CV) & (table["direct"] < 1)
    labels = [*model.terms.names, *map(direct_name, names)]
    kept = [*model.terms.names, *map(direct_name, table.loc[table["reliable"], "domain"])]
    return DirectEstimates(table, pd.DataFrame(cov, labels, labels).loc[kept, kept])


def _influence(frame: pd.DataFrame, model: SurveyModel, design: SurveyDesign) -> Floats:
    """Linearised values of the coefficients, (n, p + 1); zero in rows the model was not fitted on."""
    known = frame[["outcome", *model.terms.determinants]].notna().all(axis=1).to_numpy()
    used: Bools = design.in_domain & known
    rows, weight = frame.loc[used], design.weight[used]
    x = model.terms.matrix(rows)
    p = model.predict(rows).to_numpy(dtype=float)
    # Columns are brought to one size, so that income in pesos does not cost the inverse its digits.
    size = np.abs(x).max(axis=0)
    scaled = x / size
    information = scaled.T @ (scaled * (weight * p * (1 - p))[:, None])
    score = scaled * (weight * (rows["outcome"].to_numpy(dtype=float) - p))[:, None]
    out = np.zeros((len(frame), x.shape[1]))
    out[used] = np.linalg.solve(information, score.T).T / size
    return out
