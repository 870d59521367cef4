"""The form of a reading keeps what it does not ask for."""

from __future__ import annotations

from pages.common import ask_reading
from riskmodel.study_reading import Codes, Reading


def test_codes_keep_what_the_form_does_not_ask() -> None:
    told = Codes(
        into="area_code", columns=("PCODE",), drop_first=2, keep_first=5, system="co_municipality", recode={"1": "2"}
    )
    now = Reading(file="mapa.csv", codes=(told,))
    assert ask_reading._codes(now, ["PCODE", "NAME"], "kept") == (told,)
