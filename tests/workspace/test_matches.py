"""Confirmed matches of names are remembered for any register that gives the code the same name."""

import pandas as pd
import pytest

from riskmodel.inputs.match_names import Confirmed, match_names
from riskmodel.workspace import Workspace
from riskmodel.workspace_matches import forget_matches, recall_matches, remember_matches

REGISTER = pd.DataFrame({"area_code": ["05101", "15189"], "area_name": ["Ciudad Bolívar", "Ciénega"], "parent_name": ["Antioquia", "Boyacá"]})  # fmt: skip
BOLIVAR = Confirmed("Bolívar", "Antioquia", "05101")


@pytest.fixture
def engine(tmp_path):
    return Workspace(tmp_path).engine


def test_a_match_is_offered_again_with_certainty(engine, tmp_path):
    assert remember_matches(engine, [BOLIVAR], REGISTER) == 1
    again = Workspace(tmp_path).engine  # a new start
    table = pd.DataFrame({"name": ["BOLIVAR"], "parent": ["antioquia"]})
    assert match_names(table, REGISTER).matched.empty
    found = match_names(table, REGISTER, recall_matches(again, REGISTER))
    assert found.matched[["area_code", "how"]].to_numpy().tolist() == [["05101", "confirmed"]]


def test_the_register_of_another_year_or_writing_still_knows_it(engine):
    remember_matches(engine, [BOLIVAR], REGISTER)
    later = pd.DataFrame({"area_code": ["05101", "05102"], "area_name": ["CIUDAD BOLIVAR", "Nueva"]})
    assert recall_matches(engine, later) == [Confirmed("bolivar", "antioquia", "05101")]


def test_another_country_does_not(engine):
    remember_matches(engine, [BOLIVAR], REGISTER)
    assert recall_matches(engine, pd.DataFrame({"area_code": ["05101"], "area_name": ["Alajuela"]})) == []


def test_a_later_answer_takes_the_place_of_an_earlier_one(engine):
    remember_matches(engine, [BOLIVAR], REGISTER)
    remember_matches(engine, [BOLIVAR._replace(area_code="15189")], REGISTER)
    assert [c.area_code for c in recall_matches(engine, REGISTER)] == ["15189"]


def test_what_the_register_does_not_know_is_not_kept(engine):
    assert remember_matches(engine, [Confirmed("X", "", "999"), Confirmed("Y", "", "")], REGISTER) == 0
    assert recall_matches(engine, REGISTER) == []


def test_all_is_forgotten_when_asked(engine):
    remember_matches(engine, [BOLIVAR], REGISTER)
    forget_matches(engine)
    assert recall_matches(engine, REGISTER) == []
