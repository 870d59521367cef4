"""Propose which determinants to keep. The analyst decides; the proposal and what was taken are kept side by side.

No determinant enters or leaves the model here: `in_model` of the study file does that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from riskmodel.problems import InputProblems
from riskmodel.study import Determinant, Estimation, Interaction, LonelyPsu
from riskmodel.survey.backward import ALPHA, eliminate, wald_tests
from riskmodel.survey.design import SurveyDesign
from riskmodel.survey.gram import one_thread
from riskmodel.survey.lasso import l1_path
from riskmodel.survey.logit import fit_survey_model
from riskmodel.survey.sample import FitSample
from riskmodel.survey.screening import NEAR_CONSTANT_FLAG, constant, flags, inflation
from riskmodel.survey.terms import WITH, terms_of


@one_thread
def propose(
    frame: pd.DataFrame,
    determinants: Sequence[Determinant],
    lonely_psu: LonelyPsu = "adjust",
    seed: int = 1,
    estimation: Estimation = "ml",
    interactions: Sequence[Interaction] = (),
) -> dict[str, Any]:
    """A proposal from the survey, for `diagnostics.json`.

    Parameters
    ----------
    frame : DataFrame
        The survey frame with every candidate.
    determinants : sequence of Determinant
        The candidates: all that are declared, in the model or not.
    interactions : sequence of Interaction
        Candidates too, named as "sex:age" among the determinants; taken where both determinants are.
    seed : int
        Of the folds of the L1 path.

    Returns
    -------
    dict
        `alpha`; `candidates` and `taken` (those with `in_model`), names; `backward` and `l1`, names proposed, None
        where it could not be done; `removed`, the steps of the elimination; `hindered_by`, codes of the problems that
        kept the full model from being fitted; `table`, one row per candidate with `determinant`, `gvif`, `wald_f`,
        `df`, `p_value`, `kept_by_backward`, `kept_by_l1`, `flags`, `taken`.
    """
    names = [d.name for d in determinants]
    used = SurveyDesign.from_frame(frame).in_domain & frame[["outcome", *names]].notna().all(axis=1).to_numpy()
    same = frame.assign(outcome=frame["outcome"].where(used))  # one sample for every step
    rows = same.loc[used]
    without = constant(rows, determinants)
    varying = [d for d in determinants if d.name not in without]
    pairs = [i for i in interactions if not set(i.determinants) & set(without)]
    terms, problems = terms_of(rows, varying, rows["weight"].to_numpy(dtype=float), pairs)
    inside = [d.name for d in determinants if d.in_model]
    names += [WITH.join(i.determinants) for i in pairs]
    taken = [*inside, *(WITH.join(i.determinants) for i in pairs if set(i.determinants) <= set(inside))]
    empty = {"alpha": ALPHA, "candidates": names, "taken": taken}
    empty |= {"backward": None, "l1": None, "removed": [], "hindered_by": [p.code for p in problems]}
    table = pd.DataFrame(index=pd.Index(names, name="determinant"), columns=["gvif", "wald_f", "df", "p_value"])
    flagged = {name: [NEAR_CONSTANT_FLAG] for name in without}
    if problems or not varying or not 0 < rows["outcome"].sum() < len(rows):
        return empty | {"table": _rows(table, flagged, empty)}
    sample = FitSample.of(same, terms)
    table["gvif"] = inflation(sample.x, sample.weight, terms)
    flagged |= flags(rows, sample.weight, terms, table["gvif"].astype(float))
    record = empty | {"l1": list(l1_path(sample, terms, seed).kept)}
    try:
        model = fit_survey_model(same, varying, lonely_psu, estimation=estimation, interactions=pairs)
        found = eliminate(same, varying, model, lonely_psu, estimation=estimation, interactions=pairs)
    except InputProblems as error:
        record["hindered_by"] = sorted({p.code for p in error.problems if p.is_error})
        return record | {"table": _rows(table, flagged, record)}
    table.update(wald_tests(model))
    record |= {"backward": list(found.kept), "removed": list(found.removed)}
    return record | {"table": _rows(table, flagged, record)}


def _rows(table: pd.DataFrame, flagged: dict[str, list[str]], record: dict[str, Any]) -> list[dict[str, Any]]:
    """The table as plain values: missing and infinite are None."""
    rows: list[dict[str, Any]] = []
    for name, *figures in table.itertuples():
        row: dict[str, Any] = {"determinant": name}
        row |= {column: _plain(value) for column, value in zip(table.columns, figures, strict=True)}
        for way in ("backward", "l1"):
            row[f"kept_by_{way}"] = None if record[way] is None else name in record[way]
        rows.append(row | {"flags": flagged.get(str(name), []), "taken": name in record["taken"]})
    return rows


def _plain(value: Any) -> float | None:
    return None if pd.isna(value) or value in (float("inf"), float("-inf")) else float(value)
