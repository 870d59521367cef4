"""Every problem of the inputs has words, and a test that makes it speak."""

from pathlib import Path

from riskmodel.i18n.words import inputs, inputs_areas, inputs_survey

WORDS = inputs.WORDS | inputs_survey.WORDS | inputs_areas.WORDS
HERE = Path(__file__).parent
CODE = HERE.parents[1] / "riskmodel" / "inputs"


def test_every_code_with_words_is_made_to_speak_by_a_test():
    tests = "".join(p.read_text(encoding="utf-8") for p in HERE.rglob("test_*.py") if p.name != Path(__file__).name)
    silent = {code for code in WORDS if f'"{code}"' not in tests}
    assert silent == set()


def test_every_code_with_words_is_used():
    source = "".join(p.read_text(encoding="utf-8") for p in CODE.rglob("*.py")).replace('f"{part}_missing"', "")
    parts = {"stratum_missing", "psu_missing"}  # named by the part of the design
    assert {code for code in WORDS if f'"{code}"' not in source} == parts
