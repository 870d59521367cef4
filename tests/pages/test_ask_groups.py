"""Groups written in a table of the Data screen are those of the study file, and back."""

from __future__ import annotations

import pytest

from pages.common.ask_groups import categories_text, made, read_categories
from riskmodel.study import Group, Rule


@pytest.mark.parametrize(
    "rule",
    [
        Rule(column="edad", bands={"5-11": (5, 11), "12-14": (12, 14)}),
        Rule(column="edad", bands={"5 a 11 años": (5, 11), "jóvenes": (12, 17.5)}),
        Rule(column="sexo", map={"H": "hombre", "M": "mujer"}),
        Rule(column="etnia"),
    ],
)
def test_categories_written_as_text_are_the_same_rule(rule):
    assert read_categories(rule.column, categories_text(rule)) == rule


def test_dashes_commas_and_blanks_of_a_person_are_understood():
    assert read_categories("e", " 5–11 ;12 - 14; mayores = 15—17,5 ").bands == {
        "5–11": (5, 11), "12 - 14": (12, 14), "mayores": (15, 17.5),
    }  # fmt: skip


def row(label, source, categories="", cross=None, name=None):
    return {"label": label, "source": source, "categories": categories, "cross": cross, "name": name}


def test_rows_become_determinants_rules_and_crossings():
    found = made(
        [
            row("Sexo", "sex"),
            row("Edades", "EDAD", "5-11; 12-17"),
            row("Sexo y edad", "sex", cross="edades"),
            row(None, None),
        ],
        (),
        {"sex"},
        (),
    )
    assert found == (
        Group(name="sex", label="Sexo"),
        Group(
            name="edades", label="Edades", population=Rule(column="EDAD", bands={"5-11": (5, 11), "12-17": (12, 17)})
        ),
        Group(name="sexo_y_edad", label="Sexo y edad", cross=("sex", "edades")),
    )
    rows = [
        row(g.label or g.name, g.cross[0] if g.cross else g.population.column if g.population else g.name,
            categories_text(g.population), g.cross[1] if g.cross else None, g.name)
        for g in found
    ]  # fmt: skip
    assert made(rows, found, {"sex"}, ()) == found
