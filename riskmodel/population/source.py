"""Score the population of a study, of whatever kind it is.

Only margins need the survey beside its model: the combinations of determinants are the survey's.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from riskmodel.population.benchmark import Target
from riskmodel.population.margins import score_margins
from riskmodel.population.microdata import PopulationScores, score_population
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.progress import Progress, quiet
from riskmodel.study import Study
from riskmodel.survey.logit import SurveyModel


def score_source(
    study: Study,
    folder: Path,
    model: SurveyModel,
    frame: pd.DataFrame | None,
    progress: Progress = quiet,
    scratch: Path | None = None,
    target: Target | None = None,
    parents: pd.Series | None = None,
) -> PopulationScores:
    """`score_population` or `score_margins`, by the kind of the study's population.

    `parents`: parent unit by area_code, to report groups by.
    `target`: direct estimates to agree with; a study asks for none with margins. `frame` is the survey as `read_survey` gives it; None where only its model is at hand, which margins cannot do with.

    Raises
    ------
    InputProblems
        What those raise; margins without a survey.
    """
    assert study.population is not None  # the study was checked
    if study.population.kind != "margins":
        return score_population(study, folder, model, progress, scratch, target=target, parents=parents)
    if frame is None:
        where = Where(Path(study.population.file).name, key="population.kind")
        raise InputProblems([Problem("population_margins_need_survey", where)])
    return score_margins(study, folder, model, frame, progress, parents)
