"""Every kind of container gives the same cells; archives that are not honest are refused."""

import gzip
import io
import struct
import zipfile

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from riskmodel.inputs.containers import content
from riskmodel.inputs.grid import read_grid, sampled, sheets_of
from riskmodel.inputs.read import read_noted, read_table

CELLS = [["codigo", "municipio", "pct"], ["05001", "Medellín", "12,5"], ["05002", "Abejorral", None]]
TEXT = "codigo;municipio;pct\n05001;Medellín;12,5\n05002;Abejorral;\n"


def cells(path, **asked):
    grid = read_grid(path, **asked)
    return [[None if pd.isna(v) else v for v in row] for row in grid.cells.to_numpy(object)], grid


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "mac_roman", "utf-16", "utf-16-le"])
def test_any_encoding_gives_the_same_letters(write, encoding):
    text = TEXT + "".join(f"0{5003 + i};São João Núñez Ángulo;1,5\n" for i in range(30))
    found, grid = cells(write("t.csv", text, encoding))
    assert found[:3] == CELLS
    assert found[3][1] == "São João Núñez Ángulo"
    assert (grid.container, grid.delimiter) == ("text", ";")


def test_a_declared_encoding_wins_and_an_unknown_one_is_told(write, only):
    path = write("t.csv", "a;b\n1;ñ\n", "cp850")
    assert cells(path, encoding="cp850")[0][1][1] == "ñ"
    only(lambda: read_grid(path, encoding="latin-77"), "encoding_unknown")


def test_lines_in_two_encodings_are_read_line_by_line_and_told(write, only):
    raw = "a;b\n1;Medellín\n".encode() + "2;Bogotá\n3;Córdoba\n".encode("cp1252") + "4;Ibagué\n".encode()
    found, grid = cells(write("t.csv", raw))
    assert [row[1] for row in found[1:]] == ["Medellín", "Bogotá", "Córdoba", "Ibagué"]
    problem = only(grid.notes, "encoding_mixed")
    assert (problem.severity, problem.where.rows) == ("warning", (3, 4))
    assert only(read_noted(write("u.csv", raw))[1], "encoding_mixed").values["count"] == 2


def test_few_stray_bytes_are_left_out_and_told_many_tell_a_binary_file(write, only):
    text = "a;b\n" + "1;x\n" * 2000
    grid = read_grid(write("t.csv", text.replace("1;x", "1;\x00x", 1)))
    assert only(grid.notes, "control_characters").values["count"] == 1
    only(lambda: read_grid(write("u.csv", text.replace("x", "\x01"))), "not_text")


def test_rows_of_any_length_keep_their_place(write):
    found, grid = cells(write("t.csv", 'Título\n\na,b,c\n1,"x, y",3\n4,5\n\nFuente: INE, 2020\n'))
    assert [len(row) for row in found] == [3] * 7
    assert found[3] == ["1", "x, y", "3"]
    assert found[6] == ["Fuente: INE", " 2020", None]
    assert grid.rows == 7


def workbook_bytes(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_under_any_name_keeps_indents_and_blank_rows(write):
    raw = workbook_bytes(Uno=[["  Norte", 1.0], [], ["Alba", 2.5]], Dos=[["x"]])
    found, grid = cells(write("t.csv", raw))
    assert found == [["  Norte", "1"], [None, None], ["Alba", "2.5"]]
    assert (grid.container, grid.sheets, grid.sheet) == ("excel", ("Uno", "Dos"), "Uno")
    assert cells(write("t.xls", raw), sheet="Dos")[0] == [["x"]]
    assert sheets_of(write("t.bin", raw)) == ["Uno", "Dos"]


def test_a_formula_without_value_is_told_by_its_row(write, only):
    path = write("t.xls", workbook_bytes(Uno=[["a", "b"], [1, 2], [3, "=A2+A3"]]))
    assert only(lambda: read_grid(path), "formula_without_value").where.rows == (3,)


def test_a_web_page_under_the_name_of_a_workbook(write):
    page = (
        "<html><body><table><tr><td>menu</td></tr></table><table><tr><th rowspan=2>código</th><th colspan=2>Población</th></tr>"
        "<tr><th>H</th><th>M</th></tr><tr><td>01 </td><td>5&nbsp;000</td><td><b>7</b></td></tr></table></body></html>"
    )
    found, grid = cells(write("t.xls", page, "cp1252"))
    assert found == [["código", "Población", None], [None, "H", "M"], ["01", "5\u00a0000", "7"]]
    assert grid.container == "html"


def test_the_xml_of_old_spreadsheet_programs(write):
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    row = '<Row><Cell><Data ss:Type="String">a</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">1.5</Data></Cell></Row>'
    xml = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="Uno"><Table>{row}<Row ss:Index="3">'
    xml += "<Cell><Data>b</Data></Cell></Row></Table></Worksheet></Workbook>"
    found, grid = cells(write("t.xls", xml))
    assert found == [["a", None, "1.5"], [None, None, None], ["b", None, None]]
    assert grid.sheets == ("Uno",)


def test_spss_and_stata_keep_codes_and_give_labels(tmp_path):
    frame = pd.DataFrame({"sexo": [1.0, 2.0, None], "edad": [7.0, 8.5, 9.0], "dep": ["05", "08", "11"]})
    labels = {"sexo": {1: "Hombre", 2: "Mujer"}}
    titles = ["Sexo de la persona", "Edad", "Departamento"]
    pyreadstat.write_sav(frame, str(tmp_path / "t.sav"), column_labels=titles, variable_value_labels=labels)
    pyreadstat.write_dta(frame, str(tmp_path / "t.dta"), column_labels=titles, variable_value_labels=labels)
    for name, container in (("t.sav", "spss"), ("t.dta", "stata")):
        found, grid = cells(tmp_path / name)
        assert found == [["sexo", "edad", "dep"], ["1", "7", "05"], ["2", "8.5", "08"], [None, "9", "11"]]
        assert (grid.container, grid.named) == (container, True)
        assert grid.value_labels["sexo"] == {"1": "Hombre", "2": "Mujer"}
        assert grid.column_labels["edad"] == "Edad"
        assert read_table(tmp_path / name)["dep"].to_list() == ["05", "08", "11"]


def dbf_bytes(rows, encoding):
    """A dBase III table with a text and a number field; records begin with " ", deleted ones with "*"."""
    fields = [(b"NOMBRE", b"C", 12, 0), (b"POB", b"N", 8, 1)]
    head = struct.pack("<BBBBIHH20x", 3, 120, 5, 17, len(rows), 32 + 32 * 2 + 1, 21)
    for name, kind, width, decimals in fields:
        head += struct.pack("<11sc4xBB14x", name, kind, width, decimals)
    body = b"".join(mark + n.encode(encoding).ljust(12) + p.rjust(8).encode() for mark, n, p in rows)
    return head + b"\r" + body + b"\x1a"


def test_dbf_is_read_without_deleted_records(write):
    raw = dbf_bytes([(b" ", "Nariño", "1.5"), (b"*", "borrado", "9"), (b" ", "Túquerres", "")], "cp1252")
    found, grid = cells(write("t.dbf", raw))
    assert found == [["NOMBRE", "POB"], ["Nariño", "1.5"], ["Túquerres", None]]
    assert (grid.container, grid.encoding) == ("dbf", "cp1252")


def zipped(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name.replace("__", "/"), body)
    return buffer.getvalue()


def test_a_zip_with_one_table_is_that_table(write):
    raw = zipped(**{"datos__t.csv": TEXT, "leame.pdf": "x", "__MACOSX__._t.csv": "y"})
    assert cells(write("t.zip", raw))[0] == CELLS
    assert cells(write("t.csv.gz", gzip.compress(TEXT.encode())))[0] == CELLS
    assert cells(write("b.zip", zipped(**{"b.xlsx": workbook_bytes(Uno=CELLS)})))[0] == CELLS


def test_a_zip_with_several_tables_asks_which(write, only):
    path = write("t.zip", zipped(**{"a.csv": TEXT, "sub__b.csv": "x,y\n1,2\n"}))
    assert only(lambda: read_grid(path), "zip_several_tables").values["names"] == ["a.csv", "b.csv"]
    assert sheets_of(path) == ["a.csv", "b.csv"]
    assert cells(path, sheet="b.csv")[0] == [["x", "y"], ["1", "2"]]


def test_names_that_climb_out_of_a_zip_are_only_names(tmp_path, write):
    """A member named ../../x.csv is read from memory; nothing is written anywhere."""
    inner = tmp_path / "in"
    inner.mkdir()
    path = inner / "t.zip"
    path.write_bytes(zipped(**{"..__..__x.csv": TEXT}))
    before = sorted(tmp_path.rglob("*"))
    assert cells(path)[0] == CELLS
    assert sorted(tmp_path.rglob("*")) == before


def test_archives_that_unpack_beyond_measure_are_refused(write, only, monkeypatch):
    monkeypatch.setattr(content, "BOMB_FROM", 1_000_000)
    bomb = b"a,b\n" + b"0" * 5_000_000
    only(lambda: read_grid(write("t.zip", zipped(**{"t.csv": bomb}))), "zip_bomb")
    only(lambda: read_grid(write("t.csv.gz", gzip.compress(bomb))), "zip_bomb")
    only(lambda: read_grid(write("t.xlsx", zipped(**{"xl__workbook.xml": bomb}))), "zip_bomb")
    only(lambda: content.open_content(write("t.csv", b"a" * 3000), content.Where(), most=2000), "file_too_large")


def test_an_archive_inside_an_archive_and_one_with_a_password(write, only):
    only(lambda: read_grid(write("t.zip", zipped(**{"a.dat": zipped(**{"b.pdf": "x"})}))), "zip_not_table")
    raw = bytearray(zipped(**{"a.csv": TEXT}))
    raw[6] |= 1  # the flag that says encrypted, in both headers
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    only(lambda: read_grid(write("p.zip", bytes(raw))), "zip_password")


def test_too_many_columns_are_told(write, only):
    only(lambda: read_grid(write("t.csv", ",".join(f"c{i}" for i in range(10_000)) + "\n")), "too_many_columns")


def test_a_sample_keeps_the_places_of_its_rows(write):
    grid = sampled(read_grid(write("t.csv", "a\n" + "".join(f"{i}\n" for i in range(1, 1000)))), 30)
    assert (len(grid.cells), grid.rows, grid.whole) == (30, 1000, False)
    assert grid.cells.loc[999, 0] == "999"
