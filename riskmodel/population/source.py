"""Score the population of a study, of whatever kind it is.

Only margins need the survey beside its model: the combinations of determinants are the survey's.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from riskmodel.population.benchmark import Target
from riskmodel.population.margins import score_margins
from riskmodel.population.microdata import PopulationScores, score_population
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.progress import Progress, quiet
from riskmodel.study import Study
from riskmodel.survey.logit import SurveyModel
from riskmodel.survey.mixed import MixedLogit


def score_source(
    study: Study,
    folder: Path,
    model: SurveyModel,
    frame: pd.DataFrame | None,
    progress: Progress = quiet,
    scratch: Path | None = None,
    target: Target | None = None,
    parents: pd.Series | None = None,
    mixed: MixedLogit | None = None,
) -> PopulationScores:
    """`score_population` or `score_margins`, by the kind of the study's population.

    `parents`: parent unit by area_code, to report groups by.
    `mixed`: what the survey says of each area; its coefficients then take the place of those of `model`.
    `target`: direct estimates to agree with; a study asks for none with margins. `frame` is the survey as `read_survey` gives it; None where only its model is at hand, which margins cannot do with.

    Raises
    ------
    InputProblems
        What those raise; margins without a survey.
    """
    assert study.population is not None  # the study was checked
    if mixed is not None:
        model = replace(model, coef=mixed.coef, cov=mixed.cov.loc[model.terms.names, model.terms.names])
    if study.population.kind != "margins":
        return score_population(study, folder, model, progress, scratch, target=target, parents=parents, mixed=mixed)
    if frame is None:
        where = Where(Path(study.population.file).name, key="population.kind")
        raise InputProblems([Problem("population_margins_need_survey", where)])
    return score_margins(study, folder, model, frame, progress, parents, mixed)
