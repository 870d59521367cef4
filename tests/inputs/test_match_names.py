"""Names of a table and those of a register: joined, proposed, left on either side."""

import pandas as pd
import pytest

from riskmodel.inputs.match_names import Confirmed, match_names

REGISTER = pd.DataFrame(
    [
        ("0101", "Santa Rosa de Copán", "01", "Copán"),
        ("0102", "Dulce Nombre", "01", "Copán"),
        ("0103", "Nueva Arcadia", "01", "Copán"),
        ("0201", "La Paz", "02", "La Paz"),
        ("0202", "Santa Ana", "02", "La Paz"),
        ("0203", "Santiago de Puringla", "02", "La Paz"),
        ("0301", "Santa Ana", "03", "Francisco Morazán"),
        ("0302", "San Ignacio", "03", "Francisco Morazán"),
        ("0303", "Distrito Central", "03", "Francisco Morazán"),
    ],
    columns=["area_code", "area_name", "parent", "parent_name"],
).astype("string")


def table(*rows):
    return pd.DataFrame(rows, columns=["name", "parent"] if len(rows[0]) == 2 else ["name"]).astype("string")


def codes(found):
    return dict(zip(found.matched["name"], found.matched["area_code"], strict=True))


def test_the_same_name_in_the_same_parent_is_joined():
    found = match_names(
        table(("SANTA ANA", "La Paz"), ("Santa Ana", "FRANCISCO MORAZAN"), ("Sta. Rosa Copán", "1")), REGISTER
    )
    assert found.matched["area_code"].to_list() == ["0202", "0301", "0101"]
    assert found.matched["how"].to_list() == ["same", "same", "form"]
    assert found.codes.to_list() == ["0202", "0301", "0101"]
    assert len(found.unused) == 6


def test_a_near_name_is_proposed_with_the_next_best_and_not_joined():
    found = match_names(table(("Santiago Purringla", "La Paz"), ("Xochitl", "La Paz")), REGISTER)
    assert found.matched.empty
    assert found.codes.isna().all()
    best = found.proposed.iloc[0]
    assert (best["area_code"], best["rank"], best["why"]) == ("0203", 1, "near")
    assert 0.8 < best["score"] < 1
    assert best["next_score"] < best["score"]
    assert found.unmatched["name"].to_list() == ["Xochitl"]
    assert len(found.unused) == len(REGISTER)


def test_a_name_that_carries_its_parent():
    found = match_names(
        table(("Santa Ana (La Paz)",), ("Santa Ana - Francisco Morazán",), ("Dulce Nombre, Copán",)), REGISTER
    )
    assert found.matched["area_code"].to_list() == ["0202", "0301", "0102"]


def test_a_name_of_two_parents_is_asked_without_one():
    """Santa Ana is in two departments; San Ignacio in one only."""
    found = match_names(table(("Santa Ana",), ("San Ignacio",)), REGISTER)
    assert codes(found) == {"San Ignacio": "0302"}
    assert found.matched["how"].to_list() == ["country"]
    assert set(found.proposed["area_code"]) == {"0202", "0301"}
    assert set(found.proposed["why"]) == {"no_parent"}


def test_without_a_parent_another_writing_is_only_proposed():
    found = match_names(
        table(
            ("Sta. Rosa de Copán",),
        ),
        REGISTER,
    )
    assert found.matched.empty
    assert found.proposed.iloc[0]["area_code"] == "0101"


def test_a_name_in_another_parent_is_only_proposed():
    found = match_names(table(("San Ignacio", "Copán"), ("Dulce Nombre", "Copán")), REGISTER)
    assert codes(found) == {"Dulce Nombre": "0102"}
    assert found.proposed[["area_code", "why"]].to_numpy().tolist() == [["0302", "other_parent"]]


def test_a_parent_nobody_knows_joins_nothing():
    found = match_names(
        table(
            ("San Ignacio", "Atlantis"),
        ),
        REGISTER,
    )
    assert found.matched.empty
    assert found.proposed.iloc[0]["why"] == "unknown_parent"


def test_a_parent_of_another_name_is_found_by_its_areas():
    """Three of three areas of "F. M." are Francisco Morazán's."""
    rows = table(("Santa Ana", "F. M."), ("San Ignacio", "F. M."), ("Distrito Central", "F. M."))
    assert match_names(rows, REGISTER).matched["area_code"].to_list() == ["0301", "0302", "0303"]


def test_two_rows_of_one_name_are_two_places_and_asked():
    found = match_names(table(("Santa Ana", "La Paz"), ("Santa Ana", "La Paz"), ("Dulce Nombre", "Copán"), ("Nueva Arcadia", "Copán"), ("San Ignacio", "Francisco Morazán")), REGISTER)  # fmt: skip
    assert "Santa Ana" not in codes(found)
    assert found.proposed.iloc[0][["area_code", "why"]].to_list() == ["0202", "twice"]


def test_a_table_of_years_has_each_place_more_than_once():
    rows = [(name, parent) for _ in range(3) for name, parent in (("Santa Ana", "La Paz"), ("Dulce Nombre", "Copán"))]
    found = match_names(table(*rows), REGISTER)
    assert len(found.matched) == 2
    assert found.codes.to_list() == ["0202", "0102"] * 3


def test_two_areas_of_one_form_join_nothing():
    """With "El Carmen" and "Carmen" in one parent, "Carmen" is the second, "Los Carmen" none of them by itself."""
    register = pd.DataFrame({"area_code": ["1", "2"], "area_name": ["El Carmen", "Carmen"], "parent": ["9", "9"]})
    found = match_names(table(("Carmen", "9"), ("Los Carmen", "9")), register)
    assert codes(found) == {"Carmen": "2"}
    assert found.proposed["name"].unique().tolist() == ["Los Carmen"]


def test_what_a_person_confirmed_is_taken_and_what_they_refused_is_left():
    rows = table(("Purringla", "La Paz"), ("Aldea Bonita", "Copán"))
    found = match_names(
        rows, REGISTER, [Confirmed("purringla", "LA PAZ", "0203"), Confirmed("Aldea Bonita", "Copán", "")]
    )
    assert codes(found) == {"Purringla": "0203"}
    assert found.matched["how"].to_list() == ["confirmed"]
    assert found.unmatched[["name", "why"]].to_numpy().tolist() == [["Aldea Bonita", "confirmed_none"]]


def test_a_confirmed_code_that_the_register_lacks_is_told(only):
    found = match_names(
        table(
            ("Purringla", "La Paz"),
        ),
        REGISTER,
        [Confirmed("Purringla", "La Paz", "9999")],
    )
    assert only(found.problems, "names_confirmed_unknown").values["codes"] == ["9999"]


def test_one_code_for_two_places_is_told(only):
    both = [Confirmed("A", "La Paz", "0203"), Confirmed("B", "La Paz", "0203")]
    found = match_names(table(("A", "La Paz"), ("B", "La Paz")), REGISTER, both)
    assert only(found.problems, "names_one_code_two_places").values["codes"] == ["0203"]


def test_a_code_twice_in_the_register_is_told(only):
    found = match_names(
        table(
            ("San Ignacio", "3"),
        ),
        pd.concat([REGISTER, REGISTER.tail(1)]),
    )
    assert only(found.problems, "names_register_twice").values["codes"] == ["0303"]


def test_every_place_and_every_area_is_in_one_table():
    rows = table(
        ("Santa Ana", "La Paz"), ("Santiago Purringla", "La Paz"), ("Xochitl", "Copán"), ("San Ignacio", "Copán")
    )
    found = match_names(rows, REGISTER)
    told = [*found.matched["place"], *found.proposed["place"].unique(), *found.unmatched["place"]]
    assert sorted(told) == sorted(found.places.unique())
    assert sorted([*found.matched["area_code"], *found.unused["area_code"]]) == REGISTER["area_code"].to_list()


def test_blank_names_have_no_place():
    found = match_names(table((None, "La Paz"), (" ", "La Paz"), ("La Paz", "La Paz")), REGISTER)
    assert found.places.isna().to_list() == [True, True, False]
    assert found.codes.to_list()[2] == "0201"


def test_the_register_may_have_only_codes_for_parents():
    """ "MG" and the state code 31 are the same to IBGE; codes with check digits tell that this is Brazil."""
    register = pd.DataFrame(
        {
            "area_code": ["3106200", "3104007", "3303302", "3304557", "3550308"],
            "area_name": ["Belo Horizonte", "Araxá", "Niterói", "Rio de Janeiro", "São Paulo"],
            "parent": ["31", "31", "33", "33", "35"],
        }
    )
    found = match_names(table(("Araxá (MG)",), ("Niterói (RJ)",), ("São Paulo (SP)",)), register)
    assert found.matched["area_code"].to_list() == ["3104007", "3303302", "3550308"]


def test_rows_in_another_order_give_the_same_codes():
    rows = table(
        ("Santa Ana", "La Paz"),
        ("Sta. Rosa Copán", "Copán"),
        ("San Ignacio", "Francisco Morazán"),
        ("Purringla", "La Paz"),
    )
    turned = rows.iloc[::-1]
    assert match_names(rows, REGISTER).codes.equals(match_names(turned, REGISTER).codes.sort_index())


@pytest.mark.parametrize("rows", [[], [("", "")]])
def test_an_empty_table(rows):
    found = match_names(pd.DataFrame(rows, columns=["name", "parent"], dtype="string"), REGISTER)
    assert len(found.unused) == len(REGISTER)
    assert found.matched.empty
