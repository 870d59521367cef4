"""Area codes of two files side by side."""

import pandas as pd
import pytest

from riskmodel.inputs.area_codes import check_area_codes
from riskmodel.inputs.code_systems import check_digit
from riskmodel.inputs.compare_codes import compare_codes


def areas(*rows):
    return pd.DataFrame(rows, columns=["area_code", "area_name", "parent"][: len(rows[0])]).astype("string")


def test_zeros_lost_on_one_side():
    """Codes of departments from 11 on meet as they are; those of 05 and 08 do not."""
    full = [("05001",), ("05002",), ("08001",), ("11001",), ("27006",)]
    found = compare_codes(areas(*[(code.lstrip("0"),) for (code,) in full]), areas(*full))
    assert (found.writing, found.both, len(found.only_first), len(found.only_second)) == ("zeros_first", 5, 0, 0)
    assert compare_codes(areas(*full), areas(*[(c.lstrip("0"),) for (c,) in full])).writing == "zeros_second"


def test_a_check_digit_on_one_side(only):
    sixes = ["355030", "330455", "310620", "530010"]
    sevens = [six + check_digit(six) for six in sixes]
    found = compare_codes(areas(*[(c,) for c in sixes]), areas(*[(c,) for c in [*sevens, "4106902"]]))
    assert (found.writing, found.both) == ("check_digit_second", 4)
    assert found.only_second["area_code"].to_list() == ["4106902"]
    assert only(check_area_codes(sixes, sevens, "a.csv", "b.csv"), "area_codes_check_digit").is_error


def test_abolished_new_and_recoded_areas():
    earlier = areas(("101", "Alto", "1"), ("102", "Bajo", "1"), ("103", "Viejo", "1"), ("201", "Mar", "2"))
    later = areas(("101", "Alto", "1"), ("112", "BAJO", "1"), ("104", "Nuevo", "1"), ("201", "Mar", "2"))
    found = compare_codes(earlier, later)
    assert found.writing == "same"
    assert found.only_first["area_name"].to_list() == ["Bajo", "Viejo"]
    assert found.only_second["area_name"].to_list() == ["BAJO", "Nuevo"]
    assert found.recoded.to_numpy().tolist() == [["Bajo", "1", "102", "112"]]
    assert found.parents.loc["1"].to_list() == [3, 3, 1]
    assert found.parents.index[0] == "1"


def test_a_code_that_belongs_to_another_name():
    """The two codes are swapped in the first file; a third name is only written differently."""
    first = areas(("1", "San Miguel", "S"), ("2", "Miranda", "S"), ("3", "Sta. Ana", "S"), ("4", "Cúcuta", "S"))
    second = areas(
        ("1", "Miranda", "S"), ("2", "San Miguel", "S"), ("3", "Santa Ana", "S"), ("4", "San José de Cúcuta", "S")
    )
    found = compare_codes(first, second).renamed.set_index("area_code")
    assert found.loc["1", "meant"] == "2"
    assert found.loc["2", "meant"] == "1"
    assert "3" not in found.index
    assert pd.isna(found.loc["4", "meant"])


def test_codes_that_have_nothing_in_common():
    found = compare_codes(areas(("A",), ("B",)), areas(("1",), ("2",)))
    assert (found.writing, found.both) == ("different", 0)


def test_the_parents_of_nested_codes():
    found = compare_codes(areas(("01001",), ("02001",)), areas(("01001",), ("02001",), ("02002",)), parent_digits=2)
    assert found.parents.loc["02"].to_list() == [1, 2, 1]


@pytest.mark.data
def test_the_abolished_municipality_of_colombia(shared_data):
    """94663 Mapiripana is in the ministry's table and not in the census's; Guainía has nine areas there and eight here."""
    men = pd.read_csv(shared_data / "messy/co_men_educacion_municipal_2011_2020.csv", dtype="string", usecols=[1, 2, 4])
    census = pd.read_csv(shared_data / "colombia/dane_mpm_censal_2018_municipios.csv", dtype="string")
    men = men.set_axis(["area_code", "area_name", "parent"], axis=1).assign(
        area_code=lambda d: d["area_code"].str.zfill(5)
    )
    found = compare_codes(men, census.set_axis(["area_code", "parent", "area_name", *census.columns[3:]], axis=1))
    assert found.only_first.to_numpy().tolist() == [["94663", "Mapiripana", "Guainía"]]
    assert (found.both, len(found.only_second)) == (1121, 0)
    assert found.parents.iloc[0].to_list() == [9, 8, 8]


@pytest.mark.data
def test_municipalities_brazil_created_after_2010(shared_data):
    """The atlas of 2010 has 6 digits, the boundaries 7; one municipality of 2009 has no boundary of its own."""
    atlas = pd.read_csv(
        shared_data / "brazil/atlas_adh2013_municipios_2010.csv.gz", dtype="string", usecols=["codmun6", "codmun7"]
    )
    new = pd.Series(["1504752", "4212650", "4220000", "4314548", "5006275"])
    found = compare_codes(
        pd.DataFrame({"area_code": atlas["codmun6"]}),
        pd.DataFrame({"area_code": pd.concat([atlas["codmun7"], new])}),
        2,
    )
    assert (found.writing, found.both) == ("check_digit_second", 5565)
    assert found.only_second["area_code"].to_list() == new.to_list()


@pytest.mark.data
def test_wrong_codes_of_a_real_list_are_found(shared_data):
    """A list without zeros has seven wrong codes, such as 68306 for Girón (68307), and San Miguel and Miranda swapped."""
    told = pd.read_csv(shared_data / "messy/co_dane_codigos_sin_ceros.csv", dtype="string", usecols=[0, 1, 3])
    census = pd.read_csv(
        shared_data / "colombia/dane_mpm_censal_2018_municipios.csv", dtype="string", usecols=[0, 1, 2]
    )
    found = compare_codes(
        told.set_axis(["area_code", "area_name", "parent"], axis=1),
        census.set_axis(["area_code", "parent", "area_name"], axis=1),
    )
    assert (found.writing, found.both, len(found.recoded)) == ("zeros_first", 1093, 7)
    assert found.recoded.set_index("name").loc["Girón", ["first", "second"]].to_list() == ["68306", "68307"]
    swapped = found.renamed.dropna(subset=["meant"])[["area_code", "meant"]]
    assert sorted(map(tuple, swapped.to_numpy())) == [("68684", "68686"), ("68686", "68684")]


def test_units_of_codes_and_of_names_are_one_unit():
    """The first tells departments by code, the second by name; 9 Sur has no area in the first."""
    first = areas(("101", "Alto", "1"), ("102", "Bajo", "1"), ("201", "Mar", "2"))
    second = areas(
        ("101", "ALTO", "Norte"),
        ("112", "BAJO", "Norte"),
        ("201", "MAR", "Costa"),
        ("901", "A", "Sur"),
        ("902", "B", "Sur"),
    )
    found = compare_codes(first, second)
    assert found.recoded.to_numpy().tolist() == [["Bajo", "Norte", "102", "112"]]
    assert found.absent_first.to_dict() == {"Sur": 2}
    assert found.absent_second.empty
    assert compare_codes(second, first).absent_second.to_dict() == {"Sur": 2}


def test_a_file_without_parents_has_those_its_codes_tell():
    first = areas(("101", "Alto"), ("102", "Bajo"), ("201", "Mar"))
    second = areas(("101", "Alto", "Norte"), ("112", "Bajo", "Norte"), ("201", "Mar", "Costa"), ("202", "Sal", "Costa"))
    assert compare_codes(first, second).recoded.to_numpy().tolist() == [["Bajo", "Norte", "102", "112"]]


def test_a_new_region_and_names_almost_alike_are_told_with_less_reason():
    """A commune went from region 08 to the new 16; one name has a second one in brackets; two names are not alike."""
    first = areas(
        ("0801", "Alto", "08"),
        ("0802", "Chillán", "08"),
        ("0803", "Santa Bárbara (Iscuandé)", "08"),
        ("0804", "Uno", "08"),
    )
    second = areas(
        ("0801", "Alto", "08"), ("1601", "Chillán", "16"), ("0813", "Santa Bárbara", "08"), ("0814", "Otro", "08")
    )
    alike = compare_codes(first, second).alike
    assert alike[["first", "second", "why"]].to_numpy().tolist() == [
        ["0802", "1601", "parent"],
        ["0803", "0813", "name"],
    ]


def test_the_same_areas_differ_in_nothing():
    one = areas(("1", "San José", "A"), ("2", "Sta. Ana", "A"))
    assert compare_codes(one, areas(("1", "SAN JOSE", "A"), ("2", "Santa Ana", "A"))).same
