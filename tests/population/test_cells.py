"""Counts per combination give what the children behind them give; what is wrong with counts is told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from riskmodel.population.microdata import PopulationScores, score_population
from riskmodel.problems import InputProblems
from riskmodel.study import Rule, Study
from tests.population.world import DETERMINANTS, fitted, people, scored, study_of
from tests.tools.problems import codes, worded

CENSUS = people(6000, seed=2)
BY = ["area", "sexo", "zona", "grado", "edad", "etnia"]
CELLS = CENSUS.groupby(BY, as_index=False)["factor"].sum().rename(columns={"factor": "n"})


def cells_study(file: str) -> Study:
    study = study_of(file, kind="cells", weight="", count="n")
    return study.model_copy(
        update={"determinant": tuple(d.model_copy(update={"population": d.survey}) for d in DETERMINANTS)}
    )


def scored_cells(folder, table: pd.DataFrame, name: str = "celdas.csv") -> PopulationScores:
    table.to_csv(folder / name, index=False)
    return score_population(cells_study(name), folder, fitted(), scratch=folder / "scratch")


def test_cells_give_the_same_as_the_children_behind_them(tmp_path):
    want, got = scored(tmp_path, CENSUS), scored_cells(tmp_path, CELLS)
    for table in ("areas", "gradient", "groups", "profiles", "area_profiles", "shares"):
        assert_frame_equal(getattr(got, table), getattr(want, table), rtol=1e-11)
    assert got.national == pytest.approx(want.national, rel=1e-12)
    assert not got.problems


def test_cells_may_use_the_names_of_determinants_and_hold_no_age(tmp_path):
    """Without a rule the column is the determinant's name; without a column of the age all are of the declared ages."""
    children = CENSUS[CENSUS["edad"].between(5, 17)]
    own = pd.DataFrame({d.name: d.survey.column for d in DETERMINANTS}, index=[0])
    named = children.rename(columns={"sexo": "sex", "zona": "zone", "grado": "school"}).assign(age=children["edad"])
    named["sex"] = named["sex"].map({1: "hombre", 2: "mujer"})
    named["school"] = np.select([named["school"] == 0, named["school"] <= 5], ["ninguno", "basico"], "mas")
    table = named.groupby(["area", *own.columns, "etnia"], as_index=False)["factor"].sum()
    table.rename(columns={"factor": "n"}).to_csv(tmp_path / "celdas.csv", index=False)
    study = study_of("celdas.csv", kind="cells", weight="", count="n")
    got, want = score_population(study, tmp_path, fitted()), scored(tmp_path, CENSUS)
    assert_frame_equal(got.areas, want.areas, rtol=1e-11)
    assert_frame_equal(got.groups, want.groups, rtol=1e-11)


def test_empty_cells_change_nothing(tmp_path):
    empty = CELLS.iloc[:50].assign(n=0, zona="nunca vista")
    got = scored_cells(tmp_path, pd.concat([CELLS, empty]))
    assert_frame_equal(got.areas, scored_cells(tmp_path, CELLS).areas)
    assert not got.problems


def test_unknown_categories_are_told_with_the_children_they_hold(tmp_path):
    """Not with the number of rows."""
    strange = CELLS.assign(zona=CELLS["zona"].where(CELLS.index % 10 != 0, "dispersa"))
    got = scored_cells(tmp_path, strange)
    (problem,) = got.problems
    children = int(strange.loc[(strange["zona"] == "dispersa") & strange["edad"].between(5, 17), "n"].sum())
    assert (problem.code, problem.values["count"]) == ("population_unknown_categories", children)
    assert (got.areas["children"] - got.areas["scored"]).sum() == children


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (CELLS.assign(n=CELLS["n"].where(CELLS.index != 3, -2)), "population_count_negative"),
        (CELLS.assign(n=CELLS["n"].astype(object).where(CELLS.index != 3, "muchos")), "population_count_not_number"),
        (CELLS.assign(n=CELLS["n"].where(CELLS.index != 3)), "population_count_not_number"),
        (CELLS.assign(n="1.200.000"), "population_number_marks"),
        (CELLS.drop(columns="n"), "column_missing"),
        (CELLS.drop(columns="zona"), "column_missing"),
        (CELLS.assign(n=0), "population_no_children"),
    ],
)
def test_bad_cells_are_told(tmp_path, table, code):
    with pytest.raises(InputProblems) as raised:
        scored_cells(tmp_path, table)
    assert code in codes(raised.value.problems)
    worded(raised.value.problems)


def test_a_rule_for_the_population_is_the_one_used(tmp_path):
    study = study_of("celdas.csv", kind="cells", weight="", count="n")
    given = DETERMINANTS[0].model_copy(update={"population": Rule(column="P01")})
    assert study.population_rule(given) == Rule(column="P01")
    assert study.population_rule(DETERMINANTS[0]) == Rule(column="sex")
    assert study_of("censo.csv").population_rule(DETERMINANTS[0]) == DETERMINANTS[0].survey
