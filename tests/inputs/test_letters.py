"""Letters spoiled on the way: taken back where that is certain, left where it is not, told where they are lost."""

from __future__ import annotations

import pandas as pd
import pytest

from riskmodel.i18n import translator
from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.encodings import encoding_of
from riskmodel.inputs.grid import read_grid
from riskmodel.inputs.letters import WAYS, taken_back
from riskmodel.inputs.reading_preview import preview
from riskmodel.inputs.recognise.answers import answered
from riskmodel.inputs.recognise.files import recognise
from riskmodel.inputs.say_reading import say_change, say_choice, say_guess
from riskmodel.inputs.undo_reading import without
from riskmodel.study_reading import Reading

NAMES = [
    "Nariño",
    "São João",
    "Bogotá",
    "CÓRDOBA",
    "Íquira",
    "Ángulo",
    "Güepsa",
    "Pasto",
    "NARIÑO",
    "Peñón",
    "Três Rios",
    "Açu",
]


def spoiled(text: str, way: str = "cp1252") -> str:
    """A text as a program shows it that takes its UTF-8 for another encoding, the outside value of these tests."""
    made = ""
    for byte in text.encode():
        try:
            made += bytes([byte]).decode(way)
        except UnicodeDecodeError:
            made += chr(byte)
    return made


def table(names, head="municipio"):
    return f"codigo,{head},tasa\n" + "".join(f"{5001 + i},{n},{i + 0.5}\n" for i, n in enumerate(names))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", [*NAMES, "Nº 5"])
def test_a_spoiled_name_is_the_right_one_again(way, name):
    assert taken_back(spoiled(name, way), way) == name
    assert taken_back(spoiled(spoiled(name)), "cp1252") == name


@pytest.mark.parametrize("name", [*NAMES, "IRMÃ”", "“AMANHÃ”", "MARANHÃO – SP", "Ângela", "L’Île", "Maçã…", "Ãlamo"])
@pytest.mark.parametrize("way", WAYS)
def test_a_right_name_is_never_touched(name, way):
    assert taken_back(name, way) == name


def test_a_spoiled_file_is_put_right_with_its_header_and_can_be_taken_back(write):
    names = [spoiled(n) for n in NAMES]
    path = write("t.csv", "\ufeff" + table(names, spoiled("población")))
    found = recognise(path)
    guess = next(g for g in found.guesses if g.code == "letters_twice")
    assert (guess.certainty, guess.value, guess.values["count"]) == ("sure", "cp1252", 12)
    assert found.columns == ("codigo", "población", "tasa")
    grid = read_grid(path)
    applied = apply_reading(grid, found.reading)
    assert applied.table["población"].to_list() == NAMES
    change = next(c for c in applied.changes if c.kind == "letters")
    assert change.count == 12
    assert ("Ã±", "ñ") in change.examples
    shown = preview(grid, found.reading, applied.table)
    assert shown.read[0].changed == (False, True, False)
    assert shown.original[1].cells[1] == spoiled("Nariño")
    plain = without(found.reading.model_copy(update={"tidy": ("población",)}), change)
    assert plain == Reading(file="t.csv")
    assert apply_reading(grid, plain).table.columns[1] == spoiled("población")
    for language in ("es", "en"):
        t = translator(language)
        assert "{" not in f"{say_change(change, t)} {say_guess(guess, t)}"


def test_right_rows_of_a_mixed_file_stay_and_what_is_doubtful_is_asked(write):
    names = [spoiled(n) if i % 2 else n for i, n in enumerate(NAMES)] + [spoiled("CAJICÓ"), "IRMÃ"]
    path = write("t.csv", table(names))
    found = recognise(path)
    (doubt,) = found.questions
    assert (doubt.code, doubt.where.rows) == ("letters_doubtful", (14,))
    assert any(g.code == "letters_twice_some" for g in found.guesses)
    kept = apply_reading(read_grid(path), found.reading).table["municipio"]
    assert kept.to_list() == [*NAMES, spoiled("CAJICÓ"), "IRMÃ"]
    yes = answered(found.reading, doubt, "mend")
    assert apply_reading(read_grid(path), yes).table["municipio"].to_list() == [*NAMES, "CAJICÓ", "IRMÃ"]
    words = [say_choice(doubt, value, translator("en")) for value in ("mend", "leave")]
    assert words == ["Yes, put them right", "No, leave them as they are"]


def test_signs_that_could_be_right_are_left_where_nothing_else_is_spoiled(write):
    path = write("t.csv", table(["IRMÃ”", "AMANHÃ“", "Pasto"]))
    found = recognise(path)
    assert not [g for g in found.guesses if g.code.startswith("letters")]
    assert found.reading.is_plain


@pytest.mark.parametrize("sign", ["?", "\ufffd"])
def test_lost_letters_are_told_with_their_rows_and_nothing_is_made_up(write, sign):
    path = write("t.csv", table([n.encode("ascii", "replace").decode().replace("?", sign) for n in NAMES]))
    found = recognise(path)
    (lost,) = found.questions
    assert (lost.code, lost.key) == ("letters_lost", "")
    assert lost.where.rows[:2] == (2, 3)
    assert found.reading.is_plain
    assert "not in it any more" in str(say_guess(lost, translator("en")))


def test_questions_and_addresses_have_lost_no_letter(write):
    texts = ["¿Sabe leer?", "Sabe ler?", "http://x.org/a?b=1", "si?", "Pasto", "What is it? Yes"]
    found = recognise(write("t.csv", table(texts, "texto")))
    assert not found.questions


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize(
    "name", [*NAMES[:4], "PERÚ", "Ibagué", "Constitución", "Avaré", "Maranhão", "D’Ávila", "VALENÇA"]
)
def test_one_name_is_enough_to_know_an_old_encoding(encoding, name):
    try:
        raw = f"1;{name};3\n".encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("the encoding has no such letter")
    assert raw.decode(encoding_of(raw)) == f"1;{name};3\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_utf16_is_read_with_and_without_its_mark(write, encoding):
    path = write("t.csv", table(NAMES), encoding)
    table_read = apply_reading(read_grid(path), recognise(path).reading).table
    assert table_read["municipio"].to_list() == NAMES


def test_letters_spoiled_in_another_container_are_put_right_too(tmp_path):
    path = tmp_path / "t.xlsx"
    pd.DataFrame({"codigo": range(12), "municipio": [spoiled(n) for n in NAMES]}).to_excel(path, index=False)
    found = recognise(path)
    assert apply_reading(read_grid(path), found.reading).table["municipio"].to_list() == NAMES


def test_a_word_without_end_is_passed_once():
    """It is looked for accents in one pass: trying every beginning of it took half a minute."""
    raw = b"a" * 200_000 + " Bogot\u00e1 ".encode("cp1252")
    assert encoding_of(raw) == "cp1252"
