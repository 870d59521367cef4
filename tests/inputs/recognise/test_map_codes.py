"""How codes of a map meet those of the table: zeros, letters, check digits, smaller units, and numbers that only count."""

from __future__ import annotations

import pandas as pd
import pytest

from riskmodel.inputs.reading_codes import make_codes
from riskmodel.inputs.recognise.columns import column_guesses
from riskmodel.inputs.recognise.map_codes import MapCode, letters_before, map_meeting, with_map_codes
from riskmodel.problems import Where

AREAS = frozenset(["05001", "05002", "05004", "08001", "11001"])


def met(codes, areas=AREAS, running=()):
    return map_meeting({"cod": frozenset(areas)}, {"map": frozenset(codes)}, frozenset(running))


def made(values, read):
    return make_codes([pd.Series(values, dtype="string")], read, Where())[0].tolist()


def test_codes_alike_need_nothing():
    meeting, read = met(AREAS)
    assert meeting.both == 5
    assert read is None


@pytest.mark.parametrize(
    ("values", "areas"),
    [
        (["5001", "5002", "5004", "8001", "11001"], AREAS),
        (["2100055", "2100105", "2100154"], ["210005", "210010", "210015"]),
        (["050010001", "050010002", "050020001", "080010001"], AREAS),
    ],
    ids=["zeros", "check digit", "smaller units"],
)
def test_what_is_done_to_the_codes_of_the_map_makes_them_meet(values, areas):
    meeting, read = met(values, areas)
    assert set(made(values, read)) <= set(areas)
    assert meeting.both == len(set(made(values, read)))


def test_a_number_that_counts_meets_only_where_all_its_numbers_do():
    provinces = [f"{i:02d}" for i in range(1, 25)]
    counted = [str(i) for i in range(24)]
    assert met(counted, provinces, running=["map"]) == (None, None)
    meeting, _ = met([*counted[1:], "24"], provinces, running=["map"])
    assert meeting.both == 24


def test_columns_of_programs_that_count_are_no_codes():
    table = pd.DataFrame({"id": ["1", "2", "3"], "NAME_1": ["Azuay", "Loja", "Napo"]}, dtype="string")
    _, columns, codes = with_map_codes(table, column_guesses(table), [MapCode(("id",), "ask", running=True)])
    assert columns.column("area_code") == ""
    assert codes.running == frozenset()


def test_letters_of_the_country_are_taken_off():
    values = pd.Series(["CO05001", "CO05002"], dtype="string")
    assert letters_before(values) == 2
    assert letters_before(pd.Series(["CO05001", "PE05002"])) == 0
    table = pd.DataFrame({"ADM2_PCODE": values})
    read = with_map_codes(table, column_guesses(table), [MapCode(("ADM2_PCODE",), "sure")])[2].made["ADM2_PCODE"]
    assert made(values, read) == ["05001", "05002"]
