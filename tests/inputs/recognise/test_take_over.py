"""A proposal taken over: empty parts are filled, filled ones stay unless they are named; answers replace each other."""

from __future__ import annotations

import pytest

from riskmodel.inputs.recognise.answers import answer_in, answered, options_of
from riskmodel.inputs.recognise.found import Guess
from riskmodel.inputs.recognise.proposal import Proposal
from riskmodel.inputs.recognise.propose_areas import _abbreviates
from riskmodel.inputs.recognise.take_over import taken_over, would_replace
from riskmodel.study import Areas, Boundaries, Indicator, Outcome, Study, StudyInfo
from riskmodel.study_reading import Keep, Reading

NEW = Outcome(name="Trabajo infantil", definition="Por declarar")
AREAS = Areas(file="a.csv", area_code="cod")
INDICATORS = (Indicator(name="agro"),)


def study(**parts: object) -> Study:
    info = StudyInfo(name="Mi estudio", method="risk_model", language="es", seed=7)
    return Study(study=info, outcome=parts.pop("outcome", NEW), **parts)


PROPOSAL = Proposal(
    Study(
        study=StudyInfo(name="Propuesto", method="vulnerability_index", language="es"),
        outcome=Outcome(name="Vulnerabilidad", definition="Índice de 1 indicador"),
        areas=AREAS,
        indicator=INDICATORS,
        boundaries=Boundaries(file="m.geojson", area_code="id"),
        reading=(Reading(file="a.csv", header=(3,)),),
    ),
    (),
)


def test_an_empty_study_takes_everything_and_keeps_its_name_and_seed():
    made = taken_over(study(), PROPOSAL, untouched=(NEW,))
    assert (made.study.name, made.study.seed, made.study.method) == ("Mi estudio", 7, "vulnerability_index")
    assert (made.areas, made.indicator, made.boundaries) == (AREAS, INDICATORS, PROPOSAL.study.boundaries)
    assert made.outcome == PROPOSAL.study.outcome
    assert made.reading == PROPOSAL.study.reading


def test_filled_parts_stay_unless_they_are_named():
    mine = Areas(file="mia.csv", area_code="codigo")
    written = Outcome(name="Trabajo", definition="Trabajó una hora o más")
    own = Reading(file="mia.csv", header=(2,))
    begun = study(areas=mine, outcome=written, reading=(own, Reading(file="a.csv")))
    assert would_replace(begun, PROPOSAL, (NEW,)) == ("method", "areas", "outcome")
    made = taken_over(begun, PROPOSAL, untouched=(NEW,))
    assert (made.areas, made.outcome, made.study.method) == (mine, written, "risk_model")
    assert made.indicator == INDICATORS
    assert made.reading == (own, *PROPOSAL.study.reading)
    assert taken_over(begun, PROPOSAL, ("areas",), (NEW,)).areas == AREAS


def test_another_answer_takes_the_place_of_the_first():
    options = (Keep(column="anio", values=("2020",)), Keep(column="anio", values=("2019",)))
    guess = Guess("stacked_years", "ask", key="keep", value=options[0], alternatives=options)
    other = Keep(column="sexo", values=("T",))
    reading = Reading(file="a.csv", keep=(other,))
    assert options_of(guess) == options
    assert answer_in(reading, guess) is None
    first = answered(reading, guess, options[0])
    assert answer_in(first, guess) == options[0]
    second = answered(first, guess, options[1])
    assert second.keep == (other, options[1])


@pytest.mark.parametrize(("short", "full", "fits"), [("mg", "minas gerais", True), ("ant", "antioquia", True), ("mg", "goiás", False), ("sp", "espírito santo", False), ("minas", "minas gerais", False)])  # fmt: skip
def test_a_few_letters_stand_for_a_parent(short, full, fits):
    assert _abbreviates(short, full) is fits
