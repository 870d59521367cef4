"""Layouts that offices publish and that hold more than one row per area: what is found by rule, what is asked, what is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import openpyxl
import pandas as pd
import pytest

from riskmodel.i18n import translator
from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.grid import read_grid
from riskmodel.inputs.recognise.answers import answer_in, answered
from riskmodel.inputs.recognise.files import recognise
from riskmodel.inputs.say_reading import say_choice, say_guess

NAMES = ["Alba", "Bruma", "Cima", "Duna", "Estero", "Faro", "Garza", "Horno", "Isla", "Junco", "Loma", "Musgo"]
COUNTS = [310, 47, 158, 92, 203, 71, 64, 139, 88, 251, 76, 45]
AREAS = [[f"{1001 + i}", n, c, c * 3] for i, (n, c) in enumerate(zip(NAMES, COUNTS, strict=True))]
HEAD = ["Código", "Municipio", "Casos", "Niños"]
HEAD_OF_YEARS = ["Código", "Municipio", "Año", "Niños", "Casos"]


@dataclass(frozen=True)
class Layout:
    """Rows of a sheet, and what a person sees in them: rows and names of the table, codes of findings, codes of questions."""

    rows: list[list[object]]
    count: int = 12
    first: dict[str, str] = field(default_factory=dict)
    found: str = ""
    asks: tuple[str, ...] = ()


def total(name: object, areas: list[list[object]], *before: object) -> list[object]:
    return [*before, name, *(sum(int(str(a[k])) for a in areas) for k in (-2, -1))]


def under(areas: list[list[object]], *columns: int) -> list[list[object]]:
    return [[a[c] for c in columns] for a in areas]


NORTH, SOUTH = AREAS[:5], AREAS[5:]
PLAIN_N, PLAIN_S = under(NORTH, 1, 2, 3), under(SOUTH, 1, 2, 3)

LAYOUTS = {
    "departments above their areas, known by their sums": Layout(
        [["Distrito", "Casos", "Niños"], total("Norte", PLAIN_N), *PLAIN_N, total("Sur", PLAIN_S), *PLAIN_S],
        first={"Distrito": "Alba", "parent_name": "Norte"}, found="sums_headings",
    ),
    "sums below their areas": Layout(
        [["Distrito", "Casos", "Niños"], *PLAIN_N, total("Zona norte", PLAIN_N), *PLAIN_S, total("Zona sur", PLAIN_S)],
        first={"Distrito": "Alba"}, found="sums_left_out",
    ),
    "the province before all its areas, without the word total": Layout(
        [["Distrito", "Casos", "Niños"], total("Provincia Grande", [*PLAIN_N, *PLAIN_S]), *PLAIN_N, *PLAIN_S],
        first={"Distrito": "Alba"}, found="sums_left_out",
    ),
    "persons are never added up": Layout(
        [["Nombre", "Sexo", "Edad"], *([f"Persona {i}", v % 2 + 1, v] for i, v in enumerate([60, 20, 40, 70, 50, 20, 55, 30, 25], 1))], count=9,
    ),
    "small figures that add up by chance are areas": Layout([["Distrito", "Casos"], *([n, v] for n, v in zip(NAMES, [3, 1, 2, 4, 3, 1, 5, 2, 3, 6, 1, 5], strict=True))]),
    "figures that do not add up are areas": Layout(
        [["Distrito", "Tasa"], *([n, f"{c / 10:.1f}"] for n, c in zip(NAMES, COUNTS, strict=True))],
    ),
    "equal figures are no sums": Layout([["Distrito", "Casos"], *([n, 7] for n in NAMES)]),
    "subtotals without code and name": Layout(
        [["Provincia", *HEAD], *(["Norte", *a] for a in NORTH), total(None, NORTH, "Subtotal Norte", None),
         *(["Sur", *a] for a in SOUTH), total(None, SOUTH, "Subtotal Sur", None)],
        first={"Código": "1001"}, found="rows_nameless",
    ),
    "a group of areas with a name and no code": Layout(
        [HEAD, total("Gran Ciudad", NORTH, None), *NORTH, total("Resto de la provincia", SOUTH, None), *SOUTH],
        first={"Código": "1001"}, found="sums_left_out",
    ),
    "an area whose code is lost stays": Layout([HEAD, *AREAS[:6], [None, *AREAS[6][1:]], *AREAS[7:]]),
    "the word of its unit before each name": Layout(
        [["Ámbito", "Casos", "Niños"], ["DEPARTAMENTO NORTE", 9, 9], *([f"DISTRITO {a[0]}", *a[1:]] for a in PLAIN_N),
         ["DEPARTAMENTO SUR", 9, 9], *([f"DISTRITO {a[0]}", *a[1:]] for a in PLAIN_S)],
        first={"Ámbito": "DISTRITO Alba", "parent_name": "DEPARTAMENTO NORTE"}, found="parents_words",
    ),
    "provinces by one digit, cantons by three": Layout(
        [HEAD, *(r for p in range(1, 5) for r in ([p, f"Provincia {p}", 1, 1], *([f"{p}0{k}", f"{NAMES[3 * (p - 1) + k - 1]}", 10 * p + k, 5] for k in range(1, 4))))],
        first={"Código": "101", "parent_name": "Provincia 1"}, found="parents_headings",
    ),
    "row numbers of one to three digits are no units": Layout([HEAD, *([i, n, 10 * i + 3, i] for i, n in enumerate(NAMES * 9, 1))], count=108),
    "names of columns again on each page": Layout(
        [["Listado"], HEAD, *AREAS[:4], [], ["Continuación del listado"], HEAD, *AREAS[4:8], [], ["Continuación del listado"], HEAD, *AREAS[8:]],
        first={"Código": "1001"}, found="header_again",
    ),
    "another table below": Layout(
        [["Tabla 1"], HEAD, *AREAS, [], ["Tabla 2. Cupos"], ["Código", "Municipio", "Cupos", "Plazas"], *AREAS], count=25, found="sections", asks=("tables_apart",),
    ),
    "a narrower table below the source of a table of years": Layout(
        [HEAD_OF_YEARS, *([a[0], a[1], y, 100 + 3 * k, 50 + k] for k, a in enumerate(AREAS) for y in (2019, 2020)), ["Fuente: censo"], [],
         ["Cuadro 2. Escuelas"], ["Código", "Municipio", "Escuelas"], *([a[0], a[1], 4 + k] for k, a in enumerate(AREAS)), ["Fuente: ministerio"]],
        count=37, found="sections", asks=("tables_apart", "stacked_years"),
    ),
    "one table for each area": Layout(
        [r for a in AREAS for r in ([f"AREA # {a[0]}", a[1]], ["Trabaja", "Casos", "Porcentaje"], ["Sí", a[2], 30], ["No", a[3], 70], [])],
        count=46, asks=("tables_apart",),
    ),
    "a legend of marks below the source": Layout(
        [HEAD, *AREAS[:5], ["1006", "Faro", "X", ".."], *AREAS[6:], ["Fuente: censo"], ["Símbolo", "Significado"], ["-", "Cero"], ["..", "No se aplica"], ["X", "Reservado"]],
        first={"Código": "1001"}, found="notes",
    ),
    "points that lead to the numbers": Layout(
        [["Distrito", "Casos", "Niños"], *([f"{a[0]}{'.' * 20}", *a[1:]] for a in [*PLAIN_N, *PLAIN_S])], first={"Distrito": "Alba"}, found="leaders",
    ),
    "three depths without a total": Layout(
        [["Ámbito", "Casos", "Niños"], ["NORTE", 1, 1], ["  Costa", 1, 1], *([f"    {a[0]}", *a[1:]] for a in PLAIN_N), ["SUR", 1, 1], ["  Sierra", 1, 1], *([f"    {a[0]}", *a[1:]] for a in PLAIN_S)],
        first={"Ámbito": "Alba", "parent_name": "Costa"}, found="headings_indent",
    ),
    "year and zone with its total": Layout(
        [["Código", "Municipio", "Año", "Zona", "Niños"], *([a[0], a[1], y, z, 100 * y % 97 + len(z) + k * 31] for k, a in enumerate(AREAS) for y in (2019, 2020) for z in ("Total", "Urbana", "Rural"))],
        count=72, asks=("stacked_years", "stacked"),
    ),
    "ages with their total by name": Layout(
        [["Entidad", "Municipio", "Edad", "Niños"], *(["Norte", a[1], g, 100 + 7 * k + len(g)] for k, a in enumerate(AREAS) for g in ("Total", "05-09 años", "10-14 años"))],
        count=36, asks=("stacked",),
    ),
    "totals beside their localities": Layout(
        [["Municipio", "Localidad", "Niños"], *([a[1], t, 10 + k] for k, a in enumerate(AREAS) for t in ("Total del municipio", *(f"Paraje {a[1]} {j}" for j in range(8))))],
        count=108, asks=("levels_mixed",),
    ),
}  # fmt: skip


def written(tmp_path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "informe.xlsx")
    return tmp_path / "informe.xlsx"


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_the_rows_of_areas_are_told_from_the_others(tmp_path, layout):
    path = written(tmp_path, layout.rows)
    found = recognise(path)
    table = apply_reading(read_grid(path), found.reading).table
    table = table[table.notna().any(axis=1)]
    assert tuple(g.code for g in found.questions) == layout.asks
    assert len(table) == layout.count
    assert {c: table[c].iloc[0] for c in layout.first} == layout.first
    rows = {g.code for g in found.guesses if g.key in ("leave_out", "headings", "tidy") and g.certainty != "ask"}
    assert (layout.found in rows) if layout.found else not rows
    t = translator("en")
    for guess in found.guesses:
        said = say_guess(guess, t)
        assert said.what
        assert "{" not in str(said)
        assert bool(said.question) == (guess.certainty == "ask")


def test_only_the_first_of_two_tables_is_read_once_a_person_says_so(tmp_path):
    path = written(tmp_path, LAYOUTS["another table below"].rows)
    found = recognise(path)
    question = found.questions[0]
    chosen = answered(found.reading, question, question.value)
    table = apply_reading(read_grid(path), chosen).table
    assert table["Casos"].dropna().to_list() == [str(c) for c in COUNTS]
    assert answer_in(chosen, question) == question.value
    assert answer_in(found.reading, question) is None
    assert [say_choice(question, v, translator("en")) for v in (question.value, None)] == [
        "Use only the first table",
        "Use all rows",
    ]


def test_the_totals_of_a_municipality_are_kept_alone_once_a_person_says_so(tmp_path):
    path = written(tmp_path, LAYOUTS["totals beside their localities"].rows)
    found = recognise(path)
    chosen = found.answered(found.questions[0], found.questions[0].value).reading
    assert apply_reading(read_grid(path), chosen).table["Municipio"].to_list() == NAMES


def test_totals_left_out_still_show_how_numbers_are_written(tmp_path):
    """4,154 may be four or four thousand; the total 3,405,813 beside it settles it."""
    lines = "".join(f'{n},"{c // 100 + 1},{c:03d}",{c}\n' for n, c in zip(NAMES, COUNTS, strict=True))
    path = tmp_path / "t.csv"
    path.write_text('Distrito,Población,Casos\nTotal,"3,405,813",1544\n' + lines, encoding="utf-8")
    found = recognise(path)
    assert found.questions == ()
    table = apply_reading(read_grid(path), found.reading).table
    assert pd.to_numeric(table["Población"]).to_list() == [1000 * (c // 100 + 1) + c for c in COUNTS]


def test_sheets_with_the_same_names_are_parts_of_one_table(tmp_path):
    book = openpyxl.Workbook()
    for title, rows in (("Norte", AREAS[:9]), ("Sur", AREAS[9:]), ("Notas", [["Definiciones de lo contado"]])):
        sheet = book.create_sheet(title)
        for row in [HEAD, *rows] if len(rows) > 1 else rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "t.xlsx")
    question = recognise(tmp_path / "t.xlsx").questions[0]
    assert (question.code, question.alternatives) == ("sheet", ("Sur",))


def test_the_state_and_the_rest_of_the_code_are_joined_where_the_check_digit_says_so(tmp_path):
    """IBGE: 12 and 00013 are 1200013, Acrelândia; 16 and 00303 are Macapá."""
    real = ["12 00013", "12 00054", "12 00104", "12 00138", "16 00105", "16 00204", "16 00303"]
    rows = [
        ["COD. UF", "COD. MUNIC", "NOME", "POP"],
        *([*c.split(), f"Nome {i}", 1000 + i] for i, c in enumerate(real)),
    ]
    path = written(tmp_path, rows)
    table = apply_reading(read_grid(path), recognise(path).reading).table
    assert table["area_code"].to_list() == [c.replace(" ", "") for c in real]
