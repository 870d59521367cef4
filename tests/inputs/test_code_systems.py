"""Official code systems: Brazil's check digit against published codes, the form of the others."""

import pandas as pd
import pytest

from riskmodel.inputs.code_systems import CHECK_DIGIT_EXCEPTIONS, SYSTEMS, check_digit, rule_of


@pytest.mark.parametrize(
    "code",
    # as IBGE publishes them: capitals of states and a few others
    ["3550308", "3304557", "3106200", "5300108", "2927408", "1302603", "2111300", "4314902", "1100205", "2704302"],
)
def test_check_digits_of_published_codes(code):
    assert check_digit(code[:6]) == code[6]


def test_the_rule_by_hand():
    """São Paulo 355030: 3·1 5·2=10→1 5·1 0·2 3·1 0·2 → 3+1+5+0+3+0 = 12, so 8."""
    assert check_digit("355030") == "8"


@pytest.mark.parametrize("six", sorted(CHECK_DIGIT_EXCEPTIONS))
def test_the_nine_exceptions_do_not_follow_the_rule(six):
    """Bom Princípio do Piauí 2201919 would be 2201911 by the rule; all nine are published otherwise."""
    total = sum(sum(map(int, str(int(d) * (1 + i % 2)))) for i, d in enumerate(six))
    assert check_digit(six) != str((10 - total % 10) % 10)


def test_one_wrong_digit_is_seen():
    """Changing any one of the first six digits, or the last, changes the check digit."""
    for at in range(7):
        for digit in "0123456789":
            wrong = "3550308"[:at] + digit + "3550308"[at + 1 :]
            assert (check_digit(wrong[:6]) == wrong[6]) == (wrong == "3550308")


def test_codes_that_conform():
    codes = pd.Series(["05001", "5001", "06001", "0500A", None], dtype="string")
    assert SYSTEMS["co_municipality"].conforms(codes).to_list() == [True, False, False, False, False]


def test_first_levels_have_the_width_of_the_rule():
    for rule in SYSTEMS.values():
        assert all(len(code) == rule.widths[0] for code in rule.first), rule.system
        assert rule.first, rule.system
        assert rule.units >= len(rule.first), rule.system


def test_the_rule_a_study_names():
    assert rule_of("pe_district").widths == (2, 2, 2)
    assert rule_of("general", (3, 2)).length == 5
    with pytest.raises(KeyError):
        rule_of("atlantis")


@pytest.mark.data
def test_all_published_check_digits_of_brazil(shared_data):
    table = pd.read_csv(
        shared_data / "brazil/atlas_adh2013_municipios_2010.csv.gz", dtype="string", usecols=["codmun7"]
    )
    assert SYSTEMS["br_municipality"].conforms(table["codmun7"]).all()
