"""Determinants that many children lack: a category of their own, or rows left out, as the study says."""

import numpy as np
import pandas as pd
import pytest

from riskmodel.inputs.missing import with_missing
from riskmodel.problems import MISSING_CATEGORY, Where
from riskmodel.study import Determinant, Rule


def case(missing_rows, n=100, kind="categorical", rule="auto", cases=(0, 1)):
    """`n` children in the age range, the first `missing_rows` without the determinant; `cases` alternate."""
    values = pd.Series(["a", "b"] * (n // 2), dtype="string").mask(np.arange(n) < missing_rows)
    if kind == "numeric":
        values = pd.Series(np.arange(n, dtype=float)).mask(np.arange(n) < missing_rows)
    outcome = pd.Series(np.resize(np.array(cases, dtype=float), n))
    determinant = Determinant(name="d", kind=kind, survey=Rule(column="c"), missing=rule)
    return with_missing(values, outcome, pd.Series(True, index=values.index), determinant, Where("e.csv"))


def test_over_five_percent_is_a_category(only):
    values, problems = case(6)
    assert (values == MISSING_CATEGORY).sum() == 6
    note = only(problems, "determinant_missing_category")
    assert (note.severity, note.values["count"], note.values["percent"]) == ("note", 6, 6.0)


def test_five_percent_is_left_out():
    values, problems = case(5)
    assert values.isna().sum() == 5
    assert problems == []


def test_the_study_decides(only):
    values, problems = case(30, rule="drop")
    assert values.isna().sum() == 30
    assert only(problems, "determinant_missing").severity == "warning"
    assert (case(1, rule="category")[0] == MISSING_CATEGORY).sum() == 1


def test_a_number_is_left_out_with_a_warning(only):
    values, problems = case(30, kind="numeric")
    assert values.isna().sum() == 30
    assert only(problems, "determinant_missing_number").severity == "warning"


def test_without_both_outcomes_there_is_no_category(only):
    values, problems = case(10, cases=[0] * 10 + [1] * 90)
    assert values.isna().sum() == 10
    assert only(problems, "determinant_missing_one_outcome").severity == "warning"


def test_only_children_used_count():
    """Missing outside the age range, or without an outcome, says nothing about those of the model."""
    values = pd.Series(["a", "b", None, None], dtype="string")
    inside, outcome = pd.Series([True, True, False, True]), pd.Series([0.0, 1.0, 1.0, np.nan])
    found, problems = with_missing(values, outcome, inside, Determinant(name="d", survey=Rule(column="c")), Where())
    assert found.isna().sum() == 2
    assert problems == []


def test_a_numeric_determinant_cannot_ask_for_a_category():
    with pytest.raises(ValueError, match="missing_category_numeric"):
        Determinant(name="d", kind="numeric", survey=Rule(column="c"), missing="category")
