"""Reports as offices lay them out: the reading proposed makes the table a person sees in them."""

from __future__ import annotations

import io
from dataclasses import dataclass

import openpyxl
import pandas as pd
import pytest

from riskmodel.i18n import translator
from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.grid import read_grid
from riskmodel.inputs.recognise.files import recognise
from riskmodel.inputs.say_reading import say_change, say_choice, say_guess

NAMES = ["Alba", "Bruma", "Cima", "Duna", "Estero", "Faro", "Garza", "Horno", "Isla", "Junco", "Loma", "Musgo"]


@dataclass(frozen=True)
class Layout:
    """A file and what a person sees in it: names of the columns, first and last row, rows, what is asked."""

    content: str | list[list[object]]
    columns: list[str]
    first: list[object]
    last: list[object]
    rows: int = 12
    asks: tuple[str, ...] = ()


def lines(form: str, numbers: range = range(12)) -> str:
    return "".join(form.format(i=i, name=NAMES[i], code=f"{1001 + i}") + "\n" for i in numbers)


LAYOUTS = {
    "two rows of names, total and source below": Layout(
        [["Cuadro 3. Población por sexo"], [], ["Código", "Municipio", "Población", None, None, "Tasa"], [None, None, "Total", "Hombres", "Mujeres", "%"]]
        + [[f"{1001 + i}", n, 1000 + i * 7, 500 + i * 3, 500 + i * 4, 12.5 + i] for i, n in enumerate(NAMES)]
        + [[None, "Total", sum(1000 + i * 7 for i in range(12)), None, None, 13.0], ["Fuente: INE. Censo 2018."]],
        ["Código", "Municipio", "Población Total", "Población Hombres", "Población Mujeres", "Tasa %"],
        ["1001", "Alba", "1000", "500", "500", "12.5"], ["1012", "Musgo", "1077", "533", "544", "23.5"],
    ),
    "years as names of columns": Layout(
        [["Tasa por departamento"], ["Departamento", 2010, 2011, 2012]] + [[n, 10.5 + i, 11.2, 9.1] for i, n in enumerate(NAMES)],
        ["Departamento", "2010", "2011", "2012"], ["Alba", "10.5", "11.2", "9.1"], ["Musgo", "21.5", "11.2", "9.1"],
    ),
    "provinces alone in a row": Layout(
        [["Provincia / Cantón", "Población"], ["Azuay"], ["Cuenca", 5000], ["Girón", 400], ["Bolívar"], ["Guaranda", 700], ["Caluma", 250], ["Cañar"], ["Azogues", 900], ["Déleg", 100]],
        # with two columns a province alone in its row cannot be told from a municipality without a figure: nothing is lost
        ["Provincia / Cantón", "Población"], ["Azuay", None], ["Déleg", "100"], 9,
    ),
    "provinces alone in a row of three columns": Layout(
        [["Provincia / Cantón", "Población", "Viviendas"], ["Azuay"], ["Cuenca", 5000, 1], ["Girón", 400, 2], ["Paute", 1, 2], ["Bolívar"], ["Guaranda", 700, 3], ["Chillanes", 1, 2], ["Caluma", 250, 4], ["Cañar"], ["Azogues", 900, 5], ["Biblián", 1, 2], ["Déleg", 100, 6]],
        ["Provincia / Cantón", "Población", "Viviendas", "parent_name"], ["Cuenca", "5000", "1", "Azuay"], ["Déleg", "100", "6", "Cañar"], 9,
    ),
    "code and name in one cell": Layout(
        "População residente\nPeríodo: 2010\n\"Município\";\"População\"\n" + "".join(f"\"{110001 + i * 3} {n}\";{1000 + i * 311}\n" for i, n in enumerate(NAMES)) + "\"Total\";32526\nFonte: IBGE; Censos\n",
        ["Município", "População", "area_code", "area_name"], ["110001 Alba", "1000", "110001", "Alba"], ["110034 Musgo", "4421", "110034", "Musgo"],
    ),
    "columns counted below their names, decimal comma": Layout(
        "cod;nombre;a;b\n(1);(2);(3);(4)\n" + lines("{code};{name};{i};{i},5"),
        ["cod", "nombre", "a", "b"], ["1001", "Alba", "0", "0.5"], ["1012", "Musgo", "11", "11.5"],
    ),
    "blanks for thousands and percent signs": Layout(
        "codigo;nombre;pob;pct\n" + lines("{code};{name};1{i} 345;{i},5 %"),
        ["codigo", "nombre", "pob", "pct"], ["1001", "Alba", "10345", "0.5"], ["1012", "Musgo", "111345", "11.5"],
    ),
    "a mark that could be either": Layout(
        "codigo;nombre;pob\n" + lines("{code};{name};1{i}.345"),
        ["codigo", "nombre", "pob"], ["1001", "Alba", "10.345"], ["1012", "Musgo", "111.345"], asks=("marks_doubtful",),
    ),
    "the same mark where another column settles it": Layout(
        "codigo;nombre;pob;pct\n" + lines("{code};{name};1{i}.345;{i},5"),
        ["codigo", "nombre", "pob", "pct"], ["1001", "Alba", "10345", "0.5"], ["1012", "Musgo", "111345", "11.5"],
    ),
    "indented under regions under a total": Layout(
        "Ámbito;Total;Trabajan\nTotal nacional;7800;780\n  Región Norte;3300;330\n" + lines("    {name};1{i}00;10", range(3)) + "  Región Sur;4500;450\n" + lines("    {name};1{i}00;10", range(3, 6)),
        ["Ámbito", "Total", "Trabajan", "parent_name"], ["Alba", "1000", "10", "Región Norte"], ["Faro", "1500", "10", "Región Sur"], 6,
    ),
    "joined cells on the left": Layout(
        [["Departamento", "Municipio", "Casos"]] + [["Norte" if i == 0 else "Sur" if i == 6 else None, n, i + 3] for i, n in enumerate(NAMES)],
        ["Departamento", "Municipio", "Casos"], ["Norte", "Alba", "3"], ["Sur", "Musgo", "14"],
    ),
    "states by codes that end in zeros": Layout(
        "CVE,NOM,POB\n" + "".join(f"{s:02d}000,Estado {s},{s * 6000}\n" + "".join(f"{s:02d}{k:03d},{n} {s},{s * 1000}\n" for k, n in enumerate(NAMES[:6], 1)) for s in range(1, 6)),
        ["CVE", "NOM", "POB", "parent_name"], ["01001", "Alba 1", "1000", "Estado 1"], ["05006", "Faro 5", "5000", "Estado 5"], 30,
    ),
    "three rows between a title and a source with commas": Layout(
        "Tasa por región, 2020\n\nRegión,Tasa\nNorte,12.5\nSur,13.1\nEste,9.9\n\nFuente: Encuesta, 2020, cálculos propios\n",
        ["Región", "Tasa"], ["Norte", "12.5"], ["Este", "9.9"], 3,
    ),
    "marks of notes behind names": Layout(
        "Código,Municipio,Casos\n" + lines("{code},{name} 1/,{i}", range(3, 4)) + lines("{code},{name},{i}", range(4, 12)) + "1/ Incluye zonas rurales.\n* Estimado, provisional\n",
        ["Código", "Municipio", "Casos"], ["1004", "Duna", "3"], ["1012", "Musgo", "11"], 9,
    ),
    "an empty column on the left": Layout(
        ",,\n,Departamento,Tasa\n" + lines(",{name},{i}.5"), ["Departamento", "Tasa"], ["Alba", "0.5"], ["Musgo", "11.5"],
    ),
    "a municipality called like a country and one like a source": Layout(
        "codigo,nombre,pob\n" + lines("{code},{name},{i}", range(6)) + "1021,Colombia,7\n1022,Fuente de Oro,8\n",
        ["codigo", "nombre", "pob"], ["1001", "Alba", "0"], ["1022", "Fuente de Oro", "8"], 8,
    ),
    "words only": Layout(
        "variable;descripcion\nedad;Edad en años\nsexo;Sexo de la persona\nfex;Factor de expansión\n",
        ["variable", "descripcion"], ["edad", "Edad en años"], ["fex", "Factor de expansión"], 3,
    ),
    "one column": Layout("codigo\n05001\n05002\n05003\n", ["codigo"], ["05001"], ["05003"], 3),
    "one row": Layout("a,b\n1,2\n", ["a", "b"], ["1", "2"], ["1", "2"], 1),
    "years one under the other": Layout(
        "año,codigo,tasa\n" + "".join(f"{y},{1001 + i},{i}.5\n" for y in (2018, 2019) for i in range(12)),
        ["año", "codigo", "tasa"], ["2018", "1001", "0.5"], ["2019", "1012", "11.5"], 24, ("stacked_years",),
    ),
}  # fmt: skip


def written(tmp_path, content):
    path = tmp_path / "informe.dat"
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8")
        return path
    book = openpyxl.Workbook()
    for row in content:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(buffer.getvalue())
    return path


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_the_proposed_reading_makes_the_table(tmp_path, layout):
    path = written(tmp_path, layout.content)
    found = recognise(path)
    assert found.problems == ()
    table = apply_reading(read_grid(path, found.sheet), found.reading).table
    rows = [[None if pd.isna(v) else v for v in row] for row in table.to_numpy(object)]
    assert list(found.columns) == table.columns.to_list() == layout.columns
    assert (rows[0], rows[-1], len(rows), found.rows) == (layout.first, layout.last, layout.rows, layout.rows)
    assert tuple(g.code for g in found.questions) == layout.asks


def test_every_finding_and_change_of_these_is_worded(tmp_path):
    t = translator("en")
    for layout in LAYOUTS.values():
        path = written(tmp_path, layout.content)
        found = recognise(path)
        said = [say_guess(guess, t) for guess in found.guesses]
        assert all(s.what and s.reason for s in said)
        assert "{" not in "".join(map(str, said))
        assert all(s.question for s, g in zip(said, found.guesses, strict=True) if g.certainty == "ask")
        assert all(say_choice(g, a, t) for g in found.questions for a in g.alternatives)
        changes = apply_reading(read_grid(path, found.sheet), found.reading).changes
        assert all(say_change(c, t) for c in changes)


def test_an_answer_goes_into_the_reading(tmp_path):
    path = written(tmp_path, LAYOUTS["a mark that could be either"].content)
    found = recognise(path)
    question = found.questions[0]
    as_thousands = next(a for a in question.alternatives if a.thousands)
    answered = found.answered(question, as_thousands)
    assert answered.questions == ()
    assert apply_reading(read_grid(path), answered.reading).table["pob"].iloc[0] == "10345"
    assert found.answered(question, None).reading == found.reading  # no mending needed


def test_several_sheets_of_like_size_are_a_question(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Índice de cuadros"])
    for year in ("2018", "2019"):
        sheet = book.create_sheet(year)
        for row in [["cod", "mun"], *([f"{1001 + i}", n] for i, n in enumerate(NAMES))]:
            sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    found = recognise(tmp_path / "t.xlsx")
    assert (found.questions[0].code, found.sheet, found.questions[0].alternatives) == ("sheet", "2018", ("2019",))
    assert recognise(tmp_path / "t.xlsx", "2019").reading.sheet == "2019"


def test_long_files_are_recognised_from_parts(tmp_path):
    path = tmp_path / "t.csv"
    body = "".join(f"{1 + i % 9};{i % 18};{i},25\n" for i in range(40_000))
    path.write_text("Encuesta 2020\n\nsexo;edad;fex\n" + body + "\nFuente: INE\n", encoding="utf-8")
    found = recognise(path)
    assert found.reading.header == (3,)
    assert found.reading.leave_out == (40_005,)
    table = apply_reading(read_grid(path), found.reading).table
    assert (len(table), table["fex"].iloc[-1]) == (40_000, "39999.25")


def test_numbers_a_spreadsheet_destroyed_are_asked_never_mended(tmp_path):
    """2001.4693005 became 20.014.693.005; the sums of a town in pesos are honest though as long."""
    path = tmp_path / "t.csv"
    path.write_text(
        "id;FEX_C\n" + "".join(f"{i};{20 + i}.014.693.{i:03d}\n" for i in range(100, 180)), encoding="utf-8"
    )
    found = recognise(path)
    assert [g.code for g in found.questions] == ["numbers_damaged"]
    assert found.reading.marks == ()
    honest = "".join(
        f"{1001 + i};{'1' * (i % 4 + 1)}.345.678\n" if i % 4 < 3 else f"{1001 + i};345.678\n" for i in range(40)
    )
    path.write_text("codigo;presupuesto\n" + honest, encoding="utf-8")
    assert [g.code for g in recognise(path).questions] == []
