"""What does not go together with the prediction of areas is refused, with the key."""

from __future__ import annotations

import pytest

from riskmodel.problems import InputProblems
from riskmodel.study_file import parse_study
from tests.small_study import STUDY

KEY = 'psu = "upm"\narea_code = "mun"\narea_estimate = "prediction"'


def refused(change: str) -> list[tuple[str, str]]:
    with pytest.raises(InputProblems) as found:
        parse_study(STUDY.format(language="es").replace('psu = "upm"', change))
    return [(p.code, p.where.key) for p in found.value.problems]


def test_prediction_is_accepted_and_written():
    study = parse_study(STUDY.format(language="es").replace('psu = "upm"', KEY))
    assert study.survey is not None
    assert study.survey.area_estimate == "prediction"


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ('estimation = "firth"', "survey.estimation"),
        ('replicates = { columns = ["r*"], type = "JK1" }', "survey.replicates"),
        ('domain = "dep"', "survey.domain"),
    ],
)
def test_what_does_not_go_together_is_refused(more, key):
    assert ("study_not_with_prediction", key) in refused(f"{KEY}\n{more}")


def test_domains_without_benchmark_are_no_obstacle():
    parse_study(STUDY.format(language="es").replace('psu = "upm"', f'{KEY}\ndomain = "dep"\nbenchmark = false'))


def test_it_needs_the_column_of_areas():
    assert refused('psu = "upm"\narea_estimate = "prediction"') == [("study_survey_needs", "survey.area_estimate")]
