"""Columns that a reading makes are told in words; a name of the file is never altered."""

from riskmodel.i18n import translator
from riskmodel.inputs.changes import Change
from riskmodel.inputs.say_columns import made_columns, say_made, say_nameless
from riskmodel.inputs.say_reading import say_examples
from riskmodel.study_reading import Codes, Headings, Reading, Split

EN = translator("en")


def test_made_columns_are_those_the_file_does_not_have():
    reading = Reading(
        file="a.csv",
        headings=(Headings(column="nome", into="parent_name", rows=(3,)),),
        split=(Split(column="lugar", into=("area_name", "uf"), form="name (parent)"),),
        codes=(Codes(into="COD", columns=("COD",), widths=(5,)), Codes(into="area_code", columns=("d", "m"))),
    )
    assert made_columns(reading) == {"parent_name", "area_name", "uf", "area_code"}
    assert made_columns(None) == frozenset()


def test_names_that_were_made_are_put_into_words_and_others_kept():
    assert say_made("area_name", EN) == "name of the area"
    assert say_made("IC lower", EN) == "IC: lower bound"
    assert say_made("Borderlower", EN) == "Borderlower"
    assert say_nameless("column_2", EN) == "number 2, without a name"
    assert say_nameless("column_b", EN) == "column_b"


def test_the_zero_that_keeps_a_point_is_not_shown():
    change = Change("marks", "x", 2, (), (("0,604", "0.6040"), ("1,20", "1.20")))
    assert say_examples(change, EN) == "0,604 → 0.604 · 1,20 → 1.20"
    renamed = Change("renamed", "area_name", 1, (), (("column_2", "area_name"),))
    assert say_examples(renamed, EN) == "number 2, without a name → name of the area"
