"""Find the PSUs the model hangs on: how far coefficients would move without one of them.

Only units of several children are named: a unit that is a dwelling or a person would point to a family.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from riskmodel.survey.design import Floats
from riskmodel.survey.newton import inverse_information
from riskmodel.survey.sample import FitSample

SHOWN = 10
LEAST_CHILDREN = 5
CANDIDATES = 50


def influential_psus(
    frame: pd.DataFrame, sample: FitSample, coef: pd.Series, se: pd.Series
) -> list[dict[str, str | float]]:
    """The ten PSUs of five children or more whose removal would move a coefficient the most, largest first.

    The move is one Newton step from the fitted coefficients on the rows that stay: −(J − J_i)⁻¹ u_i, J_i and u_i being
    information and score of the PSU, over the coefficient's standard error. It is taken for the 50 PSUs that are largest
    to first order (−J⁻¹ u_i).

    Parameters
    ----------
    frame : DataFrame
        The survey frame, for the codes of `psu` and `stratum`.
    coef, se : Series, by term

    Returns
    -------
    list of dict
        `psu`, `stratum` ("" without strata), `term` that moves the most and its `change` in standard errors. Empty where
        no PSU has five children used.

    References
    ----------
    Pregibon (1981), Annals of Statistics 9, 705–724 (one-step removal in logistic regression).
    """
    psu, x, weight = sample.psu, sample.x, sample.weight
    present, children = np.unique(psu, return_counts=True)
    present = present[children >= LEAST_CHILDREN]
    if not len(present):
        return []
    p = sample.risk(coef)
    residual = weight * (sample.y - p)
    scores = np.column_stack([np.bincount(psu, x[:, j] * residual, sample.design.n_psu) for j in range(x.shape[1])])
    bread, scale = inverse_information(x, weight, p), se.to_numpy()
    first_order = np.abs(scores[present] @ bread @ sample.unit.T / scale).max(axis=1)
    candidates = present[np.argsort(-first_order, kind="stable")[:CANDIDATES]]
    information = np.linalg.inv(bread)
    moves = {}
    for unit in candidates:
        inside = psu == unit
        own = (x[inside] * (weight * p * (1 - p))[inside][:, None]).T @ x[inside]
        moves[int(unit)] = -sample.unit @ _solved(information - own, scores[unit]) / scale
    return _largest(frame, sample, moves, list(coef.index))


def _solved(matrix: Floats, vector: Floats) -> Floats:
    """A step; the least one where the PSU alone tells about a coefficient."""
    return np.asarray(np.linalg.lstsq(matrix, vector, rcond=1e-10)[0], dtype=np.float64)


def _largest(
    frame: pd.DataFrame, sample: FitSample, moves: dict[int, Floats], terms: list[str]
) -> list[dict[str, str | float]]:
    """Rows of the table, largest move first."""
    rows: list[dict[str, str | float]] = []
    for unit in sorted(moves, key=lambda u: (-np.abs(moves[u]).max(), u))[:SHOWN]:
        first = int(np.flatnonzero(sample.design.psu == unit)[0])
        term = int(np.abs(moves[unit]).argmax())
        rows.append(
            {
                "psu": _code(frame, "psu", first),
                "stratum": _code(frame, "stratum", first),
                "term": terms[term],
                "change": float(moves[unit][term]),
            }
        )
    return rows


def _code(frame: pd.DataFrame, column: str, row: int) -> str:
    value = frame[column].iloc[row] if column in frame else ""
    return "" if pd.isna(value) else str(value)
