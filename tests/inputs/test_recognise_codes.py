"""Which system a column of codes follows."""

import pandas as pd
import pytest

from riskmodel.i18n import translator
from riskmodel.inputs.code_systems import COLOMBIA, check_digit
from riskmodel.inputs.recognise_codes import recognise_codes
from riskmodel.outputs.code_words import recognition_sentence

WHOLE_COLOMBIA = [f"{d}{i:03d}" for d in sorted(COLOMBIA) for i in range(1, 35)]  # 33 departments, 1,122 codes


def found(codes, **known):
    return recognise_codes(pd.Series(list(codes), dtype="string"), **known)


def test_a_whole_country_without_its_zeros():
    seen = found(code.lstrip("0") for code in WHOLE_COLOMBIA)
    assert (seen.rule.system, seen.certainty, seen.reason) == ("co_municipality", "sure", "whole_country")
    assert seen.share < seen.mended_share == 1.0


def test_a_check_digit_settles_it():
    codes = [six + check_digit(six) for six in ("355030", "350010", "350020", "350030", "350040", "350050")]
    seen = found(codes)
    assert (seen.rule.system, seen.certainty, seen.reason) == ("br_municipality", "sure", "check_digit")
    assert found([*codes[:-1], "3500504"]).rule.system != "br_municipality"


def test_the_other_file_settles_it():
    """Codes of Antioquia without zeros could be a code of four digits; the boundaries say they are 05001."""
    alone = found(["5001", "5002", "5004", "5021", "5030"])
    assert alone.certainty == "ask"
    assert "co_municipality" in [rule.system for rule in alone.alternatives]
    beside = found(["5001", "5002", "5004", "5021", "5030"], others=[*WHOLE_COLOMBIA, "05021", "05030"])
    assert (beside.certainty, beside.reason, beside.rule.length) == ("sure", "other_file", 5)


def test_six_digits_beside_seven():
    sevens = [six + check_digit(six) for six in (f"35{i:04d}" for i in range(10, 600, 10))]
    seen = found([code[:6] for code in sevens], others=sevens)
    assert (seen.rule.system, seen.certainty) == ("br_municipality", "sure")


def test_the_parents_settle_it():
    codes = ["5001", "5002", "5004", "11001", "27006", "8001"]
    seen = found(codes, parents=pd.Series(["5", "5", "5", "11", "27", "8"]))
    assert (seen.rule.widths, seen.certainty, seen.reason) == ((2, 3), "sure", "parents")


def test_the_country_of_the_study_helps():
    seen = found(["5001", "5002", "5004", "5021", "5030"], country="CO")
    assert (seen.rule.system, seen.certainty) == ("co_municipality", "likely")


def test_nested_text_of_no_known_country():
    codes = [f"{p}{i:02d}" for p in ("901", "902", "903", "904") for i in range(1, 20)]
    seen = found(codes, parents=pd.Series([code[:3] for code in codes]))
    assert (seen.rule.system, seen.rule.widths, seen.certainty) == ("general", (3, 2), "likely")


@pytest.mark.parametrize("codes", [["Abejorral", "Medellín"], [], [str(i) for i in range(1, 300)]])
def test_what_is_no_code(codes):
    seen = found(codes)
    assert (seen.rule, seen.certainty, seen.reason) == (None, "ask", "none")


def test_the_reason_is_a_sentence():
    t = translator("en")
    assert recognition_sentence(found(WHOLE_COLOMBIA), t) == (
        "The codes are DIVIPOLA (Colombia), 5 digits: 1,122 codes in 33 parent units, as many as the country has."
    )


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "column", "system", "reason"),
    [
        ("brazil/atlas_adh2013_municipios_2010.csv.gz", "codmun7", "br_municipality", "check_digit"),
        ("brazil/atlas_adh2013_municipios_2010.csv.gz", "codmun6", "br_municipality_6", "whole_country"),
        ("mexico/municipios_2020_indicadores.csv.gz", "cvegeo", "mx_municipality", "whole_country"),
        ("messy/co_dane_codigos_sin_ceros.csv", "municipioId", "co_municipality", "whole_country"),
        ("messy/co_men_educacion_municipal_2011_2020.csv", "CÓDIGO_MUNICIPIO", "co_municipality", "whole_country"),
    ],
)
def test_real_codes(shared_data, file, column, system, reason):
    seen = recognise_codes(pd.read_csv(shared_data / file, dtype="string", usecols=[column])[column])
    assert (seen.rule.system, seen.certainty, seen.reason, seen.mended_share) == (system, "sure", reason, 1.0)
