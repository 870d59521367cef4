"""Points of a workshop: both shapes of the table, and what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskmodel.inputs.workshop import read_points
from riskmodel.problems import InputProblems
from riskmodel.study import Indicator, Workshop

DECLARED = (Indicator(name="a", label="Trabajo agrícola"), Indicator(name="b", column="p_b"))
LONG = Workshop(file="p.csv", participant="quien", indicator="indicador", points="puntos")


def read(folder: Path, text: str, workshop: Workshop | None = None):
    (folder / "p.csv").write_text(text, encoding="utf-8")
    return read_points(workshop or Workshop(file="p.csv"), DECLARED, folder)


def test_one_row_per_person_with_blanks_other_sums_and_one_who_gave_none(tmp_path: Path):
    points, told = read(tmp_path, "quien,Trabajo agrícola,p_b\nAna,70,30\nLuis,10,\nEva,0,0\n")
    assert points.to_dict("list") == {"a": [70, 10], "b": [30, 0]}
    assert [(p.code, p.values["count"], p.severity) for p in told] == [
        ("index_points_empty", 1, "warning"),
        ("index_points_scaled", 1, "note"),
    ]


def test_one_row_per_person_and_indicator(tmp_path: Path):
    text = "quien;indicador;puntos\nAna;a;60\nAna;b;40\nLuis;Trabajo agrícola;100\n"
    points, told = read(tmp_path, text, LONG)
    assert points.to_dict("list") == {"a": [60, 100], "b": [40, 0]}
    assert told == []


@pytest.mark.parametrize(
    ("text", "long", "code"),
    [
        ("a\n50\n", False, "index_points_no_indicator"),
        ("a,p_b\n-5,105\n", False, "index_points_negative"),
        ("a,p_b\n0,0\n", False, "index_points_nobody"),
        ("quien,indicador,puntos\nAna,c,50\n", True, "index_points_unknown"),
        ("quien,indicador\nAna,a\n", True, "column_missing"),
    ],
)
def test_what_is_wrong_is_said_without_naming_anybody(tmp_path: Path, text: str, long: bool, code: str):
    with pytest.raises(InputProblems) as error:
        read(tmp_path, text, LONG if long else None)
    assert [p.code for p in error.value.problems] == [code]
    assert "Ana" not in str(error.value.problems)


def test_half_of_the_columns_is_not_enough(tmp_path: Path):
    with pytest.raises(InputProblems) as error:
        read(tmp_path, "quien,indicador,puntos\nAna,a,1\n", Workshop(file="p.csv", indicator="indicador"))
    assert [p.code for p in error.value.problems] == ["index_points_columns"]
