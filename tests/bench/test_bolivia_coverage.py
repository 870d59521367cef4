"""How often the truth of the 11 cantons of Pando lies inside its interval, over 200 drawn surveys.

Run by `make bench`, prints its figures.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.areas.uncertainty import logit_interval, own_error
from riskmodel.inputs.survey import read_survey
from riskmodel.population.microdata import score_population
from riskmodel.problems import InputProblems
from riskmodel.survey.area_effect import area_variance
from riskmodel.survey.logit import fit_survey_model
from tests.bench.measure import report
from tests.bolivia_survey import CENSUS_FILE, SURVEY_FILE, bolivia_study, draw_survey, prepared_census

pytestmark = [pytest.mark.bench, pytest.mark.data]
SURVEYS = 200


def test_intervals_of_cantons_over_many_surveys(shared_data: Path, tmp_path: Path):
    census, study = prepared_census(shared_data), bolivia_study()
    census.to_parquet(tmp_path / CENSUS_FILE, index=False)
    truth = census.groupby(census["cod_canton"].astype(str))["trabaja"].mean()
    nation, rows = float(census["trabaja"].mean()), []
    for seed in range(SURVEYS):
        draw_survey(census, seed).to_csv(tmp_path / SURVEY_FILE, index=False)
        frame, _ = read_survey(study, tmp_path)
        try:
            model = fit_survey_model(frame, study.determinant)
        except InputProblems:  # a category without a working child: the program asks for the penalty
            continue
        scores = score_population(study, tmp_path, model, scratch=tmp_path)
        variance = area_variance(frame, model).variance
        areas = scores.areas.set_index("area_code").loc[truth.index]
        whole = np.hypot(areas["se"], own_error(areas["slope"], variance or 0.0))
        inside = {"both": logit_interval(areas["area_risk"], whole)}
        inside["coefficients"] = logit_interval(areas["area_risk"], areas["se"])
        row = {name: (lower <= truth) & (truth <= upper) for name, (lower, upper) in inside.items()}
        told = scores.national
        lower, upper = logit_interval(pd.Series([told["area_risk"]]), pd.Series([told["se"]]))
        found = {name: float(covered.mean()) for name, covered in row.items()}
        found["department"] = float(lower.iloc[0] <= nation <= upper.iloc[0])
        rows.append(found | {f"canton {code}": float(yes) for code, yes in row["both"].items()})
    table = pd.DataFrame(rows)
    shares = [(name, f"{100 * value:.1f} %") for name, value in table.mean().items()]
    report(f"Pando, truth inside its interval, {len(table)} surveys fitted of {SURVEYS}", shares)
    assert len(table) > 0.9 * SURVEYS
    assert table["both"].mean() > 0.88
    assert table["coefficients"].mean() < 0.6
