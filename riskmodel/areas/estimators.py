"""Set predictions beside synthetic estimates, with the errors of both kinds of area.

An area with children in the survey has the error of its prediction; any other may differ from like children elsewhere by
a whole effect of its own.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from riskmodel.population.prediction import Prediction
from riskmodel.progress import Progress, quiet
from riskmodel.results import ESTIMATOR_COLUMNS
from riskmodel.survey.mixed import MixedLogit
from riskmodel.survey.mixed_bootstrap import own_error_of, spread_of
from riskmodel.survey.quadrature import rule


def own_errors(mixed: MixedLogit, prediction: Prediction, seed: int, progress: Progress = quiet) -> pd.Series:
    """Error of each area's risk beside that of the coefficients, by area_code; proportions.

    Areas of the survey: root of the mean squared error of `own_error_of`. Others: spread of the mean risk over
    u ~ N(0, sd²). Both are taken on the logit scale, where intervals are made.
    """
    curves = prediction.curves
    inside = pd.Index(mixed.codes, name="area_code")
    known = inside[inside.isin(curves.codes)]
    own = curves.of(inside)
    found = own_error_of(mixed, lambda node: np.nan_to_num(own.at(node), nan=0.5), seed, progress=progress)
    z, v = rule(mixed.posterior.node.shape[1])
    risk = curves.at(np.broadcast_to(mixed.sd * z, (len(curves.codes), len(z))))
    out = pd.Series(np.sqrt(spread_of(risk, np.broadcast_to(v, risk.shape))), curves.codes)
    out[known] = pd.Series(np.sqrt(found.variance), inside)[known]
    return out


def estimators_table(predicted: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """One row per area of the results: the prediction used, and the synthetic estimate of the same model.

    Parameters
    ----------
    predicted : DataFrame
        By area_code: in_sample, children_asked, synthetic_risk, effect, effect_se. Empty where areas are not predicted.
    areas : DataFrame
        The table of areas.
    """
    if predicted.empty:
        return pd.DataFrame()
    table = areas[["area_code", "area_risk", "se"]].join(predicted, on="area_code")
    table["in_sample"] = table["in_sample"].astype("boolean")
    table["children_asked"] = table["children_asked"].astype("Int64")
    return table[list(ESTIMATOR_COLUMNS)]


def moved(estimators: pd.DataFrame) -> pd.Series:
    """Areas of the survey whose prediction is further from the synthetic estimate than its own standard error."""
    known = estimators[estimators["in_sample"].fillna(False).astype(bool) & estimators["area_risk"].notna()]
    return (known["area_risk"] - known["synthetic_risk"]).abs() > known["se"]
