"""Judge a fitted model on the survey it came from: ROC curve, cross-validation, influential sampling units.

Everything given back is plain numbers and codes of sampling units, small enough for `diagnostics.json`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from riskmodel.study import LonelyPsu
from riskmodel.survey.cross_validation import cross_validate
from riskmodel.survey.fit_errors import fit_errors
from riskmodel.survey.gram import one_thread
from riskmodel.survey.influence import influential_psus
from riskmodel.survey.logit import SurveyModel
from riskmodel.survey.roc import auc_with_interval, roc_points
from riskmodel.survey.sample import FitSample


@one_thread
def assess(frame: pd.DataFrame, model: SurveyModel, lonely_psu: LonelyPsu = "adjust", seed: int = 1) -> dict[str, Any]:
    """The figures of fit that need the rows again.

    Parameters
    ----------
    frame : DataFrame
        The survey frame `model` was fitted to.
    seed : int
        Of the folds of the cross-validation.

    Returns
    -------
    dict
        `auc_interval`, `fit_intervals`, `roc`, `cross_validation`, `influential_psus`: see `docs/study-file.md`, `diagnostics.json`.
    """
    sample = FitSample.of(frame, model.terms)
    p = sample.risk(model.coef)
    interval = auc_with_interval(sample.y, p, sample.used, sample.design, lonely_psu)
    return {
        "auc_interval": {name: interval[name] for name in ("se", "ci_lower", "ci_upper")},
        "fit_intervals": fit_errors(sample.y, p, sample.used, sample.design, lonely_psu),
        "roc": roc_points(sample.y, p, sample.weight),
        "cross_validation": cross_validate(sample, seed, model.diagnostics.get("estimation") == "firth"),
        "influential_psus": influential_psus(frame, sample, model.coef, model.se),
    }
