"""The rows a model was fitted on, ready for the figures that need them again.

It holds persons' data and lives only while a figure is computed; no result keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.survey.design import Bools, Floats, Ints, SurveyDesign
from riskmodel.survey.newton import logistic, standardising
from riskmodel.survey.terms import Terms


@dataclass(frozen=True)
class FitSample:
    """What `fit_survey_model` saw: n rows of the survey, m of them used."""

    design: SurveyDesign
    used: Bools  # (n,)
    x: Floats  # (m, p + 1) numeric columns centred and scaled
    unit: Floats  # (p + 1, p + 1) coefficients in questionnaire units are `unit` times those of `x`
    y: Floats  # (m,)
    weight: Floats  # (m,)

    @classmethod
    def of(cls, frame: pd.DataFrame, terms: Terms) -> FitSample:
        """The rows of the survey frame with the outcome and every determinant of `terms`."""
        design = SurveyDesign.from_frame(frame)
        used = design.in_domain & frame[["outcome", *terms.determinants]].notna().all(axis=1).to_numpy()
        rows, weight = frame.loc[used], design.weight[used]
        raw = terms.matrix(rows)
        unit = standardising(raw, weight)
        return cls(design, used, raw @ unit, unit, rows["outcome"].to_numpy(dtype=float), weight)

    @property
    def psu(self) -> Ints:
        """PSU of each row used, shape (m,)."""
        return self.design.psu[self.used]

    def risk(self, coef: pd.Series) -> Floats:
        """Risk of each row used from coefficients in questionnaire units, shape (m,)."""
        return logistic(self.x @ np.linalg.solve(self.unit, coef.to_numpy()))

    @property
    def degrees_of_freedom(self) -> int:
        """PSUs − strata with a row used."""
        return self.design.degrees_of_freedom(self.used)
