"""Curves and interactions in the study file: written, read back, and refused where they mean nothing."""

from __future__ import annotations

import pytest

from riskmodel.problems import InputProblems
from riskmodel.study import Interaction, Spline
from riskmodel.study_file import parse_study, study_text

HEAD = """
[study]
name = "x"
method = "risk_model"
[outcome]
name = "x"
definition = "x"
column = "y"
[survey]
file = "s.csv"
year = 2024
[population]
file = "p.csv"
year = 2024
area_code = "a"
[[determinant]]
name = "sex"
survey = { column = "sex" }
[[determinant]]
name = "age"
kind = "numeric"
survey = { column = "age" }
"""


def test_curves_and_interactions_survive_writing_and_reading():
    study = parse_study(HEAD + 'spline = { knots = [8, 11, 14], boundary = [5, 17] }\n[[interaction]]\ndeterminants = ["sex", "age"]\n')  # fmt: skip
    assert study.determinant[1].spline == Spline(knots=(8, 11, 14), boundary=(5, 17))
    assert study.interaction == (Interaction(determinants=("sex", "age")),)
    assert parse_study(study_text(study)) == study


WRONG = {
    "both": ("spline = { knots = [8], df = 3 }", "study_spline_knots_or_df", "determinant.1.spline"),
    "neither": ("spline = { boundary = [5, 17] }", "study_spline_knots_or_df", "determinant.1.spline"),
    "order": ("spline = { knots = [11, 8] }", "study_spline_knots_order", "determinant.1.spline"),
    "outside": (
        "spline = { knots = [4, 8], boundary = [5, 17] }",
        "study_spline_knots_order",
        "determinant.1.spline",
    ),
    "many": ("spline = { knots = [6, 7, 8, 9, 10, 11] }", "study_spline_knots_order", "determinant.1.spline"),
    "unknown": (
        '[[interaction]]\ndeterminants = ["sex", "zone"]',
        "study_interaction_unknown",
        "interaction.0.determinants",
    ),
    "itself": ('[[interaction]]\ndeterminants = ["sex", "sex"]', "study_interaction_with_itself", "interaction.0"),
    "out": (
        'in_model = false\n[[interaction]]\ndeterminants = ["sex", "age"]',
        "study_interaction_not_in_model",
        "interaction.0.determinants",
    ),
    "twice": (
        '[[interaction]]\ndeterminants = ["sex", "age"]\n[[interaction]]\ndeterminants = ["age", "sex"]',
        "study_interaction_twice",
        "interaction.1.determinants",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_means_nothing_is_refused_with_its_key(case):
    text, code, key = WRONG[case]
    with pytest.raises(InputProblems) as caught:
        parse_study(HEAD + text + "\n")
    assert [(p.code, p.where.key) for p in caught.value.problems] == [(code, key)]


def test_a_curve_of_categories_is_refused():
    with pytest.raises(InputProblems) as caught:
        parse_study(HEAD.replace('kind = "numeric"\n', "") + "spline = { df = 3 }\n")
    assert [p.code for p in caught.value.problems] == ["study_spline_not_numeric"]
