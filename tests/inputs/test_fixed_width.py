"""Texts without a mark between their columns: aligned ones are cut, microdata wait for their dictionary."""

from __future__ import annotations

import openpyxl
import pytest
from pydantic import ValidationError

from intake import look_at, look_at_all
from riskmodel.i18n import say, translator
from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.containers.fixed_width import cut
from riskmodel.inputs.grid import grid_of, read_grid
from riskmodel.inputs.read import read_table, table_columns
from riskmodel.inputs.reading_preview import preview
from riskmodel.inputs.recognise.files import recognise
from riskmodel.inputs.recognise.layouts import fitting, layout_of_cells, layout_of_program, layouts_in
from riskmodel.inputs.recognise.sources import OtherSource, TableSource
from riskmodel.inputs.say_reading import say_change, say_guess
from riskmodel.inputs.undo_reading import without
from riskmodel.study_reading import FixedColumn, Reading

NAMES = [
    "San José de los Llanos",
    "Nariño",
    "La Unión",
    "Pueblo Bello",
    "El Peñol",
    "Ibagué",
    "Tres Ríos",
    "Alto",
    "Santa Fe",
    "Ñuñoa",
]

# Name, width and decimals of the variables of an invented survey of 40 signs a row.
VARIABLES = [
    ("ANO", 4, 0),
    ("UF", 2, 0),
    ("UPA", 9, 0),
    ("V2009", 3, 0),
    ("TRAB", 1, 0),
    ("PESO", 15, 8),
    ("VAZIO", 6, 0),
]


def micro(rows: int = 60) -> str:
    return "".join(
        f"2019{11 + i % 5}{100_000_000 + i // 4}{i % 90:03d}{i % 2 if i % 90 > 4 else ' '}{50_000_000_000 + i:015d}      \n"
        for i in range(rows)
    )


def layout() -> tuple[FixedColumn, ...]:
    found, start = [], 1
    for name, width, decimals in VARIABLES:
        found.append(FixedColumn(name=name, start=start, width=width, decimals=decimals))
        start += width
    return tuple(found)


def report(rule: str = "-" * 52) -> str:
    head = f"{'CODIGO':<8}{'MUNICIPIO':<24}{'POBREZA %':>10}{'POBLACION':>10}\n"
    rows = "".join(
        f"{5001 + i:05d}   {n:<24}{f'{i * 3.7:.1f}'.replace('.', ','):>10}{1000 * i + 7:>10}\n"
        for i, n in enumerate(NAMES)
    )
    return f"INSTITUTO DE ESTADÍSTICA\nPobreza por municipio, 2020\n\n{head}{rule}\n{rows}{rule}\nFuente: INE, Censo 2020\n"


@pytest.mark.parametrize("rule", ["-" * 52, "", "===== ======================== ======== =========="])
def test_a_report_aligned_with_blanks_becomes_its_table(write, rule):
    path = write("informe.txt", report(rule))
    found = recognise(path)
    guess = next(g for g in found.guesses if g.code == "columns_aligned")
    assert (guess.certainty, guess.values["count"]) == ("likely", 4)
    table = read_table(path, reading=found.reading)
    assert table.columns.to_list() == ["CODIGO", "MUNICIPIO", "POBREZA %", "POBLACION"]
    assert table["MUNICIPIO"].to_list() == NAMES
    assert table.iloc[3].to_list() == ["05004", "Pueblo Bello", "11.1", "3007"]
    assert grid_of(path, found.reading).cells.iloc[0].fillna("").to_list() == ["INSTITUTO DE ESTADÍSTICA", "", "", ""]
    assert table.index[0] + 2 == 6  # the first row of data as the file shows it


def test_thousands_with_blanks_stay_in_one_column_and_short_texts_too(write):
    rows = "".join(f"{n:<24}{f'{10 ** (i % 5) * 12 + i:,}'.replace(',', ' '):>12}{i:>4}\n" for i, n in enumerate(NAMES))
    path = write("t.txt", f"{'MUNICIPIO':<24}{'POBLACION':>12}{'N':>4}\n{rows}")
    table = read_table(path, reading=recognise(path).reading)
    assert table.columns.to_list() == ["MUNICIPIO", "POBLACION", "N"]
    assert table["POBLACION"].to_list() == [str(10 ** (i % 5) * 12 + i) for i in range(10)]


@pytest.mark.parametrize("mark", ["|", ";", "\t", "^", "~", "  ", " "])
def test_any_mark_between_cells_is_found_quoted_or_not(write, mark):
    names = [n if mark.strip() or len(mark) == 2 else n.replace(" ", "_") for n in NAMES]
    quoted = f'"Río {mark} Seco"' if mark.strip() else "Seco"
    rows = [["codigo", "municipio", "tasa", "poblacion"]]
    rows += [[f"{5001 + i:05d}", n, f"{i}.5", str(1000 + i * 7)] for i, n in enumerate([*names, quoted])]
    path = write("t.txt", "\n".join(mark.join(row) for row in rows))
    table = read_table(path, reading=recognise(path).reading)
    assert table.columns.to_list() == rows[0]
    assert table["municipio"].to_list() == [*names, quoted.strip('"')]
    assert table["poblacion"].iloc[-1] == "1070"


def test_a_list_of_names_and_an_ordinary_table_are_not_cut(write):
    texts = ["codigo,municipio\n1,San José\n2,La Unión\n3,El Alto\n", "municipio\nSan José\nLa Unión\nEl Alto\n",
             "a,b\n" + "1,\"x, y\"\n" * 5, "lugar,tasa\nCali 1,2.5\nCali 2,3.5\nCali 3,4.5\n"]  # fmt: skip
    for text in texts:
        assert not recognise(write("t.csv", text)).reading.columns


def test_microdata_without_their_dictionary_say_what_is_needed_and_show_no_row(write):
    path = write("PESSOAS.txt", micro())
    source = look_at(path)
    assert isinstance(source, OtherSource)
    (problem,) = source.problems
    assert (problem.code, problem.values["width"]) == ("fixed_width_unknown", 40)
    said = str(say(problem, translator("en")))
    assert "dictionary" in said
    assert "20191" not in said


SAS = (
    "data x; input\n"
    + "\n".join(
        f"@{c.start:05d} {c.name} {'' if c.decimals else '$'}{c.width}.{c.decimals or ''} /* {c.name} */"
        for c in layout()
    )
    + "\n;"
)
SPSS = (
    "DATA LIST FILE='x.txt' FIXED RECORDS=1 /\n  "
    + "\n  ".join(
        f"{c.name} {c.start}-{c.start + c.width - 1}{f' ({c.decimals})' if c.decimals else ''}" for c in layout()
    )
    + ".\nEXECUTE."
)
STATA = (
    "infile dictionary {\n"
    + "\n".join(
        f'_column({c.start}) {"double" if c.decimals else f"str{c.width}"} {c.name} %{c.width}{f".{c.decimals}f" if c.decimals else "s"} "x"'
        for c in layout()
    )
    + "\n}"
)
INFIX = "infix " + " ".join(f"str {c.name} {c.start}-{c.start + c.width - 1}" for c in layout()) + " using x.txt, clear"


@pytest.mark.parametrize(("program", "decimals"), [(SAS, 8), (SPSS, 8), (STATA, 8), (INFIX, 0)])
def test_programs_tell_the_places_of_columns(program, decimals):
    told = layout_of_program(program)
    assert [(c.name, c.start, c.width) for c in told] == [(c.name, c.start, c.width) for c in layout()]
    assert told[5].decimals == decimals


@pytest.mark.parametrize("text", ["", "codigo,nombre\n1,a\n", "data of @ 12 people", "@1 A 3.\n@2 B 4.\n"])
def test_what_is_no_program_tells_nothing(text):
    assert layout_of_program(text) == ()


def dictionary(path, header, row):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Dicionário de variáveis da pesquisa"])
    for line in header:
        sheet.append(line)
    sheet.append(["Parte 1 - Identificação"])
    for column in layout():
        sheet.append(row(column))
        sheet.append([None, None, None, None, None, "Não"])
    book.create_sheet("Notas").append(["Nota"])
    book.save(path)
    return path


DICTIONARIES = {
    "position and size": ([["Posição inicial", "Tamanho", "Código da variável", "Quesito", None, "Categorias"], [None, None, None, "nº", "descrição", None]],
        lambda c: [c.start, c.width, c.name, None, "Descrição da variável", "Sim"]),
    "from and to": ([["VAR", "NOME", "POSIÇÃO INICIAL", "POSIÇÃO FINAL", "INT", "DEC"]],
        lambda c: [c.name, "Nome longo", c.start, c.start + c.width - 1, c.width - c.decimals, c.decimals or None]),
    "width alone": ([["Campo", "Descripción", "Longitud", "Decimales"]], lambda c: [c.name, "Descripción larga", c.width, c.decimals]),
    "a range": ([["Variable", "Posición", "Etiqueta"]], lambda c: [c.name, f"{c.start}-{c.start + c.width - 1}", "Etiqueta larga"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", DICTIONARIES)
def test_a_table_of_variables_tells_the_places_of_columns(tmp_path, kind):
    header, row = DICTIONARIES[kind]
    (told,) = layouts_in([dictionary(tmp_path / "dicionario.xlsx", header, row)])
    assert [(c.name, c.start, c.width) for c in told] == [(c.name, c.start, c.width) for c in layout()]


def test_a_table_of_areas_tells_no_places(write):
    text = "codigo,nombre,posicion,largo\n05001,Abejorral,1,30\n05002,Cali,1,12\n"
    assert layout_of_cells(read_grid(write("t.csv", text)).cells) == ()


def test_microdata_dropped_with_their_dictionary_are_read(tmp_path, write):
    path, book = write("PESSOAS.txt", micro()), dictionary(tmp_path / "dicionario.xlsx", *DICTIONARIES["from and to"])
    source, explained = look_at_all([path, book])
    assert isinstance(source, TableSource)
    assert source.recognition is not None
    assert explained.kind.kind == "dictionary"
    assert source.reading is not None
    assert source.reading.columns == layout()
    assert len(source.table) == source.rows == 60
    assert source.table.loc[-1].fillna("").to_list() == ["2019", "11", "100000000", "000", "", "500.00000000", ""]
    guess = next(g for g in source.recognition.guesses if g.key == "columns")
    assert guess.certainty == "likely"
    applied = apply_reading(grid_of(path, source.reading), source.reading)
    assert [c.kind for c in applied.changes] == ["cut", "decimals"]
    assert applied.changes[1].rows[:2] == (1, 2)
    for language in ("es", "en"):
        assert "{" not in str(say_guess(guess, translator(language))) + say_change(
            applied.changes[0], translator(language)
        )
    shown = preview(grid_of(path, source.reading), source.reading, applied.table)
    assert shown.original[0].state == "data"
    assert without(source.reading, applied.changes[0]) == Reading(file=path.name)
    assert read_table(path, reading=without(source.reading, applied.changes[1]))["PESO"].iloc[0] == "000050000000000"


def test_only_the_columns_asked_for_are_cut(write):
    path, reading = write("PESSOAS.txt", micro()), Reading(file="PESSOAS.txt", columns=layout())
    assert table_columns(path, reading=reading) == [c.name for c in layout()]
    assert read_table(path, columns=["PESO", "UF"], reading=reading).iloc[0].to_list() == ["500.00000000", "11"]


def test_a_dictionary_of_another_file_is_not_taken(write):
    assert fitting([layout()], 40) == layout()
    assert fitting([layout()], 60) == ()
    path = write("PESSOAS.txt", "".join(line.rstrip() * 2 + "\n" for line in micro().splitlines()))
    assert isinstance(look_at(path, beside=[path, write("x.sas", SAS)]), OtherSource)


def test_lines_of_any_length_are_cut_by_signs_not_bytes():
    columns = (
        FixedColumn(name="a", start=1, width=3),
        FixedColumn(name="b", start=4, width=4),
        FixedColumn(name="c", start=8, width=2),
    )
    made = cut("ÑuñAbél12\nx\n\n 1 2222", columns)
    assert made.to_numpy(object, na_value=None).tolist() == [
        ["Ñuñ", "Abél", "12"],
        ["x", None, None],
        [None] * 3,
        ["1", "2222", None],
    ]


def test_fast_and_slow_cutting_give_the_same(write):
    """Lines of equal length go another way than uneven ones: a longer line at the end must change nothing above it."""
    text = micro(50).rstrip("\n").replace("      \n", "   x  \n")
    fast, slow = cut(text, layout()), cut(f"{text}é", layout())
    assert fast.iloc[:-1].equals(slow.iloc[:-1])


@pytest.mark.parametrize(
    "columns",
    [
        [{"name": "a", "start": 1}, {"start": 4}],
        [{"name": "a", "start": 1}, {"name": "a", "start": 4}],
        [{"name": "a", "start": 0}],
    ],
)
def test_columns_that_cannot_be_are_refused(columns):
    with pytest.raises(ValidationError):
        Reading(file="x.txt", columns=columns)
