"""Which codes of a file may be changed, and a changed code in the reading of its file."""

from __future__ import annotations

import pandas as pd
import pytest

from riskmodel.i18n import translator
from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.compared_files import FilesCompared, area_list, distinct_recodings, parent_digits
from riskmodel.inputs.grid import read_grid
from riskmodel.inputs.recoding import with_recoding
from riskmodel.inputs.say_reading import say_change
from riskmodel.inputs.undo_reading import without
from riskmodel.problems import Where
from riskmodel.study_edit import with_codes_of
from riskmodel.study_reading import Codes, Reading


def listed(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["area_code", "area_name", "parent"]).astype("string")


def test_changed_and_exchanged_codes_are_proposed():
    first = listed(
        ("11", "Alto", "A"), ("12", "Bajo", "A"), ("13", "Miel", "A"), ("14", "Sal", "A"), ("15", "Sol", "A")
    )
    second = listed(
        ("11", "Alto", "A"), ("22", "Bajo", "A"), ("13", "Sal", "A"), ("14", "Miel", "A"), ("15", "Sol", "A")
    )
    pair = FilesCompared(Where("a.csv"), Where("b.csv"), first, second)
    assert pair.recodings == {"12": "22", "13": "14", "14": "13"}


def test_a_code_is_never_given_to_two_areas():
    """7 would become 8, which another area has and keeps; 1 and 2 would both become 9."""
    assert distinct_recodings({"7": "8", "1": "9", "2": "9", "3": "4", "4": "3"}, ["1", "2", "3", "4", "7", "8"]) == {
        "3": "4",
        "4": "3",
    }


def test_the_parent_of_codes_comes_from_their_system():
    codes = pd.Series([f"{state:02d}{m:03d}" for state in range(1, 33) for m in range(1, 80)], dtype="string")
    assert parent_digits(codes) == 2
    assert parent_digits(pd.Series(["a", "b"], dtype="string")) == 0


def test_areas_of_a_table_stand_once():
    table = pd.DataFrame({"c": ["1", "1", None], "n": ["Uno", "Uno", "Sin"]}, dtype="string")
    assert area_list(table, "c", "n", "").to_dict("list") == {"area_code": ["1"], "area_name": ["Uno"]}


@pytest.fixture(scope="module")
def grid(tmp_path_factory):
    path = tmp_path_factory.mktemp("recode") / "t.csv"
    path.write_text("cod,lugar\n5001,Uno\n5002,Dos\n11001,Tres\n", encoding="utf-8")
    return read_grid(path)


def test_codes_are_changed_after_their_zeros_are_back_all_at_once_and_taken_back(grid):
    reading = Reading(file="t.csv", codes=(Codes(into="cod", columns=("cod",), widths=(5,)),))
    recoded = with_recoding(reading, "cod", {"05001": "05002", "05002": "05001"})
    applied = apply_reading(grid, recoded)
    assert applied.table["cod"].to_list() == ["05002", "05001", "11001"]
    done = next(c for c in applied.changes if c.kind == "recoded")
    assert (done.count, done.examples[0]) == (2, ("05001", "05002"))
    assert say_change(done, translator("en")) == "2 codes were changed to those the areas have in the other file."
    assert without(recoded, done) == reading


def test_a_code_that_is_not_there_is_told(grid):
    reading = with_recoding(Reading(file="t.csv"), "cod", {"99999": "1"})
    (problem,) = apply_reading(grid, reading).problems
    assert (problem.code, problem.severity, problem.values["codes"]) == ("recode_absent", "warning", ["99999"])


def test_a_code_changed_twice_goes_from_first_to_last():
    once = with_recoding(Reading(file="t.csv"), "cod", {"1": "2"})
    assert with_recoding(once, "cod", {"2": "3", "7": "8"}).codes[0].recode == {"1": "3", "7": "8"}
    assert with_recoding(once, "cod", {"2": "1"}).codes[0].recode == {}


def test_a_study_file_keeps_its_comments():
    text = '# mine\n[study]\nname = "x" # why\n\n[[reading]]\nfile = "a.csv"\nheader = [3]\n'
    readings = [
        with_recoding(Reading(file="a.csv", header=(3,)), "c", {"01": "02"}),
        with_recoding(Reading(file="b.xlsx", sheet="S"), "c", {"1": "2"}),
    ]
    changed = with_codes_of(text, readings)
    assert changed.startswith('# mine\n[study]\nname = "x" # why\n')
    import tomllib

    told = tomllib.loads(changed)["reading"]
    assert [Reading.model_validate(r) for r in told] == readings
