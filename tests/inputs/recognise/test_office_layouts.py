"""Tables as officials type them: marks behind figures, subtotals, rates per 1,000, hierarchies, heads in two languages."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from intake import propose_from
from riskmodel.i18n import translator
from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.grid import read_grid
from riskmodel.inputs.recognise.columns import column_guesses
from riskmodel.inputs.recognise.facts import spoken_name
from riskmodel.inputs.recognise.files import recognise
from riskmodel.inputs.recognise.found import Recognition
from riskmodel.inputs.recognise.kind import table_kind
from riskmodel.inputs.recognise.marks import written
from riskmodel.inputs.say_reading import say_guess

NAMES = ["Alba", "Bruma", "Cima", "Duna", "Estero", "Faro", "Garza", "Horno", "Isla", "Junco", "Loma", "Musgo"]


def saved(folder: Path, lines: list[str], name: str = "t.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def codes_found(found: Recognition) -> set[str]:
    """Codes of the guesses, each of which has words in full."""
    for guess in found.guesses:
        said = say_guess(guess, translator("en"))
        assert said.what
        assert "{" not in str(said)
    return {g.code for g in found.guesses}


def column(path: Path, name: str) -> list[str]:
    return apply_reading(read_grid(path), recognise(path).reading).table[name].dropna().to_list()


@pytest.mark.parametrize("mark", ["p", " e", "*", "(1)", " (p)", "²"])
def test_a_mark_behind_a_figure_is_taken_off_and_told(tmp_path, mark):
    lines = [f"{101 + i},{n},-{i}.5{mark if i % 4 == 1 else ''}" for i, n in enumerate(NAMES)]
    path = saved(tmp_path, ["Código,Municipio,Cambio 2020", *lines])
    found = recognise(path)
    assert "number_marks" in codes_found(found)
    assert column(path, "Cambio 2020") == [f"-{i}.5" for i in range(len(NAMES))]


def test_letters_behind_codes_and_names_that_end_in_a_digit_stay(tmp_path):
    path = saved(tmp_path, ["Clave,Distrito,Casos", *(f"0{i}p,Zona {i} (1),{90 + i}" for i in range(10, 20))])
    assert column(path, "Clave") == [f"0{i}p" for i in range(10, 20)]
    assert column(path, "Distrito") == [f"Zona {i} (1)" for i in range(10, 20)]
    grades = saved(tmp_path, ["Distrito,Grado", *(f"{n},{i % 6 + 1}P" for i, n in enumerate(NAMES))], "u.csv")
    assert column(grades, "Grado") == [f"{i % 6 + 1}P" for i in range(len(NAMES))]


def test_several_marks_of_notes_behind_a_name_are_taken_off(tmp_path):
    marked = {1: " 1/", 4: " (1)(2)", 7: " 1/ 2/"}
    path = saved(tmp_path, ["Municipio,Casos", *(f"{n}{marked.get(i, '')},{70 + i * i}" for i, n in enumerate(NAMES))])
    assert column(path, "Municipio") == NAMES


def test_figures_written_with_words_are_asked_about(tmp_path):
    lines = [f"{n};{i},5 {'mil' if i % 3 else 'M'}" for i, n in enumerate(NAMES)]
    found = recognise(saved(tmp_path, ["Municipio;Población", *lines]))
    assert "numbers_worded" in codes_found(found)
    assert [g.where.column for g in found.questions] == ["Población"]


def test_numbers_that_are_only_a_bound_are_asked_about(tmp_path):
    lines = [f"{n};{'<5' if i % 5 == 2 else 7 + i}" for i, n in enumerate(NAMES)]
    found = recognise(saved(tmp_path, ["Municipio;NNA que trabajan", *lines]))
    assert "numbers_hidden" in codes_found(found)
    assert [g.where.rows for g in found.questions] == [(4, 9)]


def test_a_rate_in_two_scales_is_told(tmp_path):
    lines = [f"{1001 + i},{n},{f'0.0{i + 3}1' if i < 8 else f'{i}.7'}" for i, n in enumerate(NAMES)]
    assert "intake_scales_mixed" in proposed(saved(tmp_path, ["dane,nombre,tasa_ti", *lines]))[2]
    alike = [line if i < 8 else f"{1001 + i},{NAMES[i]},0.091" for i, line in enumerate(lines)]
    source, _, told = proposed(saved(tmp_path, ["dane,nombre,tasa_ti", *alike], "u.csv"))
    assert "intake_scales_mixed" not in told
    assert source.columns.column("area_code") == "dane"


def test_few_marked_figures_among_large_whole_ones_are_whole_too():
    def how(cells: list[str]) -> tuple[str, str]:
        found = written(pd.DataFrame({"Pob": cells}, dtype="string"), ["Pob"])[0]
        return found.thousands, found.doubtful

    large = [str(4000 + 997 * i) for i in range(20)]
    assert how([*large, "12.345"]) == (".", "")
    assert how([*large, "92.345"]) == ("", ".")  # larger than any other
    assert how([*(str(i) for i in range(20)), "12.345"]) == ("", ".")


def test_subtotals_and_averages_are_no_areas(tmp_path):
    lines = ["Municipio,Ocupados,Niños,Tasa"]
    for p, names in (("Norte", NAMES[:5]), ("Centro", NAMES[5:9]), ("Sur", NAMES[9:])):
        lines += [f"Provincia: {p},,,", *(f"{n},{i + 3},{90 + i},{i}.5" for i, n in enumerate(names))]
        lines += ["Subtotal provincia,31,470,9.1", ",,,"]
    path = saved(tmp_path, [*lines, "Total departamento,90,1200,9.1"])
    assert {"subtotals", "totals"} <= codes_found(recognise(path))
    assert column(path, "Municipio") == NAMES
    short = saved(tmp_path, ["Municipio,Tasa", *(f"{n},{i}.5" for i, n in enumerate(NAMES)), "Promedio,6.1"], "u.csv")
    assert column(short, "Municipio") == NAMES


def hierarchy(level: bool) -> list[str]:
    lines = ["CODIGO,NOMBRE,SUP" + (",NIV" if level else "")]
    for d in (1, 2, 3):
        lines.append(f"{d}0000,Unidad {d},0" + (",1" if level else ""))
        for m in range(1, 6):
            lines.append(f"{d}0{m}00,{NAMES[m]} {d},{d}0000" + (",2" if level else ""))
            lines += [f"{d}0{m}0{k},Sitio {d}{m}{k},{d}0{m}00,3" for k in (1, 2)] if level else []
    return lines


def test_levels_of_a_hierarchy_are_asked_and_one_level_above_is_left_out(tmp_path):
    found = recognise(saved(tmp_path, hierarchy(level=True)))
    codes_found(found)
    question = next(g for g in found.questions if g.where.column == "NIV")
    assert [c.values for c in question.alternatives] == [("1",), ("2",), ("3",)]
    path = saved(tmp_path, hierarchy(level=False), "u.csv")
    assert "parents_referred" in codes_found(recognise(path))
    assert len(column(path, "CODIGO")) == 15


def proposed(path: Path):
    sources, proposal = propose_from([path], translator("en"))
    return sources[0], proposal, {p.code for p in proposal.problems}


def test_child_labour_per_thousand_is_no_rate_in_percent_and_no_indicator(tmp_path):
    for head in ("tasa_ti_por_1000", "Trabajo infantil (‰)", "Tasa TI (x mil)"):
        lines = [f"{1001 + i},{n},{8 + 7.1 * i:.1f},{300 + 7 * i}" for i, n in enumerate(NAMES)]
        source, _, told = proposed(saved(tmp_path, [f"cod,municipio,{head},ninos", *lines]))
        assert "intake_per_thousand" in told, head
        assert not {g.role for g in source.columns.guesses if g.column == head} & {"rate", "risk", "indicator"}
        assert source.kind.reason != "kind_measured"


def test_a_survey_without_ages_says_so(tmp_path):
    lines = [
        f"{i},{'Hombre' if i % 2 else 'Mujer'},0{i % 9 + 1}/05/2009,{'Urbana' if i % 3 else 'Rural'},{100 + i % 40}.37"
        for i in range(300)
    ]
    path = saved(tmp_path, ["ID,SEXO,FECHA_NACIMIENTO,ZONA,FEXP", *lines])
    assert "intake_no_age" in proposed(path)[2]


def test_codes_of_persons_are_joined_where_departments_share_them_and_persons_are_no_dwellings(tmp_path):
    lines = [f"{i % 2 + 1},{i // 2 % 8 + 1},{i // 4 + 1},{i % 4 + 1},{i % 5}" for i in range(400)]
    source, _, _ = proposed(saved(tmp_path, ["DPTO,MUNIC,VIVIENDA,NPER,P24", *lines]))
    assert source.table["area_code"].nunique() == 16
    assert (source.kind.kind, source.kind.certainty) == ("census", "ask")


def test_measures_below_a_head_of_places_are_no_areas(tmp_path):
    rows = ["Población 5-17", "Ocupados 5-17", "Tasa de pobreza"]
    lines = [",".join([r, *(str(70 + 13 * k * (i + 1)) for k in range(12))]) for i, r in enumerate(rows)]
    assert proposed(saved(tmp_path, ["Municipio," + ",".join(NAMES), *lines]))[0].kind.certainty == "ask"


def test_heads_in_two_languages_names_of_two_kinds_and_units_between(tmp_path):
    assert spoken_name("Code / Código") == "codigo"
    assert spoken_name("Hombres / Total") == "hombres total"
    lines = [f"Municipio de {n},{5001 + i},{n},{'Comuna 1' if i < 6 else 'Comuna 2'}" for i, n in enumerate(NAMES)]
    source, _, _ = proposed(saved(tmp_path, ["Nombre oficial,Code / Código,Nombre común,Zona", *lines]))
    assert (source.columns.column("area_code"), source.columns.column("area_name")) == ("Code / Código", "Nombre común")
    lines = [f"{'Comuna 1' if i < 6 else 'Comuna 2'},{n},{70 + i * i},{9 + i}" for i, n in enumerate(NAMES)]
    source, _, _ = proposed(saved(tmp_path, ["Comuna,Barrio,NNA,Casos", *lines], "u.csv"))
    assert (source.columns.column("area_name"), source.columns.column("parent_name")) == ("Barrio", "Comuna")


def test_a_column_without_a_cell_is_no_fault() -> None:
    columns = {"x": NAMES, "ocupados": [f"{n},5" for n in range(12)], "vacía": [pd.NA] * 12}
    found = column_guesses(pd.DataFrame(columns, dtype="string"))
    assert found.column("area_name") == ""  # of two other columns only one holds figures


@pytest.mark.parametrize(("head", "kind"), [("FEX_C", "survey"), ("P10", "census")])
def test_persons_of_a_household_without_age_or_sex_are_a_survey_where_they_have_a_weight(head: str, kind: str) -> None:
    rows = [(f"72473{n // 3:02d}", str(n % 3 + 1), f"{488 + n}.435003", str(n % 2 + 1)) for n in range(60)]
    table = pd.DataFrame(rows, columns=["DIRECTORIO", "ORDEN", head, "P401"], dtype="string")
    assert table_kind(table, column_guesses(table)).kind == kind
