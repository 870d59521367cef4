"""The study file: what is accepted, and how a mistake is named."""

from __future__ import annotations

import pytest

from riskmodel.i18n import say, translator
from riskmodel.problems import InputProblems
from riskmodel.study_file import parse_study, read_study, study_text, write_study

GIVEN = """
[study]
name = "Prueba"
method = "given_risk"
[outcome]
name = "Trabajo infantil"
definition = "Trabajó al menos una hora"
[areas]
file = "municipios.csv"
area_code = "codigo"
[given_risk]
risk = "riesgo"
"""


def problems_of(text: str) -> list:
    with pytest.raises(InputProblems) as caught:
        parse_study(text)
    return list(caught.value.problems)


def test_a_study_survives_writing_and_reading(tmp_path):
    study = parse_study(GIVEN + '[[indicator]]\nname = "agro"\nlabel = "Agricultura"\nyear = 2018\n')
    write_study(study, tmp_path / "study.toml")
    assert read_study(tmp_path) == study
    assert "seed" not in study_text(study)  # defaults are left out, so a person reads what was chosen


def test_unknown_key_is_named_with_line_and_nearest_key():
    [problem] = problems_of(GIVEN.replace('area_code = "codigo"', 'area_code = "codigo"\nchildern = "n"'))
    assert (problem.code, problem.where.key, problem.where.line) == ("study_unknown_key", "areas.childern", 11)
    assert problem.values["near"] == "children"


def test_missing_key_wrong_choice_and_wrong_kind_are_all_told_at_once():
    text = GIVEN.replace('definition = "Trabajó al menos una hora"\n', "").replace('given_risk"', 'given"', 1)
    found = {p.code: p for p in problems_of(text + '[levels]\nk = "tres"\n')}
    assert found["study_missing_key"].where.key == "outcome.definition"
    assert found["study_wrong_choice"].values["given"] == "given"
    assert found["study_wrong_value"].where.key == "levels.k"


def test_not_toml_names_the_line():
    [problem] = problems_of('[study]\nname = "sin cerrar\n')
    assert (problem.code, problem.where.line) == ("study_not_toml", 2)


@pytest.mark.parametrize(
    ("method", "needed"),
    [
        ("risk_model", {"survey", "population", "determinant", "outcome.column"}),
        ("vulnerability_index", {"indicator"}),
    ],
)
def test_each_route_names_what_it_needs(method, needed):
    text = GIVEN.replace('method = "given_risk"', f'method = "{method}"')
    assert {p.where.key for p in problems_of(text)} == needed
    assert parse_study(text, complete=False).study.method == method  # one being prepared is still readable


def test_levels_that_cannot_be_are_refused():
    codes = {p.code for p in problems_of(GIVEN + '[levels]\nrule = "fixed"\ncuts = [0.2, 0.1]\n')}
    assert codes == {"study_cuts_do_not_fit"}
    assert {p.code for p in problems_of(GIVEN + '[levels]\nscope = "parent"\n')} == {"study_needs_parent"}


def test_criterion_must_exist_and_names_are_used_once():
    twice = '[[indicator]]\nname = "agro"\n' * 2
    assert {p.code for p in problems_of(GIVEN + twice)} == {"study_name_twice"}
    [problem] = problems_of(GIVEN + '[[criterion]]\ncolumn = "area_riks"\n')
    assert (problem.code, problem.values["near"]) == ("study_unknown_criterion", "area_risk")


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_problem_is_said_with_place_and_mend(language):
    for problem in problems_of(GIVEN.replace("[given_risk]", "[given_riks]")):
        said = say(problem, translator(language))
        assert said.what
        assert "study.toml" in said.where
        assert said.mend


@pytest.mark.parametrize("key", ['estimation = "firth"', "selection = true", 'domain = "region"'])
def test_what_replicate_weights_cannot_serve_is_refused(key):
    text = (
        GIVEN.replace("given_risk", "risk_model", 1)
        + f"""
[survey]
file = "e.csv"
year = 2024
weight = "w"
{key}
replicates = {{ columns = "r*", type = "JK1" }}
"""
    )
    found = [p for p in problems_of(text) if p.code == "study_not_with_replicates"]
    assert [p.where.key for p in found] == ["survey." + key.split()[0]]


def test_a_file_that_is_not_text_is_a_problem(tmp_path):
    (tmp_path / "study.toml").write_bytes(b"\xff\xfe\x00\x01\x80")
    with pytest.raises(InputProblems) as caught:
        read_study(tmp_path / "study.toml")
    assert caught.value.problems[0].code == "study_not_readable"


SURVEY = """
[survey]
file = "e.csv"
year = 2024
weight = "w"
"""


@pytest.mark.parametrize(
    ("given", "code", "key"),
    [
        ('ssu = "v"', "study_survey_needs", "survey.ssu"),
        ('psu = "u"\nssu = "v"\nfpc2 = "m"', "study_survey_needs", "survey.fpc2"),
        ('psu = "u"\nfpc = "n"\nfpc2 = "m"', "study_survey_needs", "survey.fpc2"),
        ('replicates = { columns = "r*", type = "Fay" }', "study_replicates_rho", "survey.replicates"),
        ('replicates = { columns = "r*", type = "BRR", rho = 0.5 }', "study_replicates_rho", "survey.replicates"),
        ('replicates = { columns = "r*", type = "BRR", scale = 0.1 }', "study_replicates_scale", "survey.replicates"),
        ('replicates = { columns = "r*", type = "JKn" }', "study_replicates_rscales", "survey.replicates"),
        ('replicates = { columns = "r*", type = "BRR3" }', "study_wrong_choice", "survey.replicates.type"),
        ('replicates = { columns = [], type = "BRR" }', "study_wrong_value", "survey.replicates.columns"),
    ],
)
def test_a_survey_design_that_does_not_fit_together_is_told(given, code, key):
    [problem] = problems_of(GIVEN + SURVEY + given + "\n")
    assert (problem.code, problem.where.key) == (code, key)
    said = say(problem, translator("en"))
    assert said.what
    assert "{" not in said.what + said.mend


def test_replicate_weights_survive_writing_and_reading():
    """One name and one factor may stand without brackets."""
    given = 'replicates = { columns = "r*", type = "JKn", rscales = 0.5, mse = true }\n'
    study = parse_study(GIVEN + SURVEY + given)
    assert study.survey is not None
    assert study.survey.replicates is not None
    assert (study.survey.replicates.columns, study.survey.replicates.rscales) == (("r*",), (0.5,))
    assert parse_study(study_text(study)) == study


def test_replicate_weights_need_the_weight_of_the_sample():
    survey = SURVEY.replace('weight = "w"', 'replicates = { columns = "r*", type = "JK1" }')
    [problem] = problems_of(GIVEN + survey)
    assert problem.values == {"key": "replicates", "needed": "weight"}


POPULATION = """
[population]
file = "totales.csv"
kind = "{kind}"
year = 2023
area_code = "cod"
{keys}
"""


@pytest.mark.parametrize(
    ("kind", "keys", "code"),
    [
        ("cells", "", "study_cells_need_count"),
        ("cells", 'count = "n"\nweight = "w"', "study_weight_only_for_microdata"),
        ("cells", 'count = "n"\ncategory = "c"', "study_columns_only_for_margins"),
        ("microdata", 'count = "n"', "study_count_not_for_microdata"),
        ("margins", 'count = "n"', "study_margins_need_three_columns"),
        ("margins", 'count = "n"\ndeterminant = "d"\ncategory = "c"\ngroups = ["etnia"]', "study_margins_group"),
        ("microdata", "coverage = 1.2", "study_wrong_value"),
    ],
)
def test_columns_that_do_not_fit_the_kind_of_population_are_told(kind, keys, code):
    [problem] = problems_of(GIVEN + POPULATION.format(kind=kind, keys=keys))
    assert problem.code == code
    assert problem.where.line >= 14  # the section or a key of it
    said = say(problem, translator("en"))
    assert said.what
    assert said.mend
