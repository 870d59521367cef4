"""Files as the programs write them that offices use: each becomes its table, or one clear sentence.

What LibreOffice writes is skipped where it is not installed; SAS and Stata 6 come from R (`tests/reference/statistical_files.R`).
"""

from __future__ import annotations

import datetime
import io
import shutil
import struct
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from intake import look_at
from riskmodel.i18n import say, translator
from riskmodel.inputs.recognise.sources import OtherSource, TableSource

REFERENCE = Path(__file__).parents[1] / "reference"
HEAD = ["codigo", "municipio", "pobreza_pct", "poblacion"]
NAMES = ["Nariño", "São João", "Bogotá", "Córdoba", "Ibagué", *(f"Pueblo {i}" for i in range(15))]
ROWS = [[f"{5001 + i:05d}", name, round(3.5 + i * 1.3, 1), 500 + i * 311] for i, name in enumerate(NAMES)]


def read(path: Path) -> TableSource:
    source = look_at(path)
    assert isinstance(source, TableSource), source
    return source


def check(path: Path, ascii_names: bool = False) -> TableSource:
    """The table of the file is that of `ROWS`."""
    source = read(path)
    table = source.table
    names = [n if not ascii_names else n.encode("ascii", "ignore").decode() for n in NAMES]
    assert table.iloc[:, 0].to_list() == [row[0] for row in ROWS]
    assert table.iloc[:, 1].to_list() == names
    assert table.iloc[:, 2].astype(float).to_list() == pytest.approx([row[2] for row in ROWS])
    assert table.iloc[:, 3].astype(float).to_list() == [row[3] for row in ROWS]
    return source


def book(path: Path, rows=ROWS, head=HEAD) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = "Datos"
    for row in [head, *rows]:
        made.active.append(row)
    made.save(path)
    return made


@pytest.mark.parametrize("version", [8, 10, 12, 13, 14, 15])
def test_stata_of_any_version(tmp_path, version):
    """Up to version 13 the file does not say how its letters are written: here they are UTF-8, and found so."""
    path = tmp_path / "a.dta"
    pyreadstat.write_dta(pd.DataFrame(ROWS, columns=HEAD), path, version=version)
    check(path)


def test_spss_portable_and_sas_transport(tmp_path):
    plain = [[row[0], row[1].encode("ascii", "ignore").decode(), *row[2:]] for row in ROWS]
    pyreadstat.write_por(pd.DataFrame(plain, columns=["CODIGO", "MUNI", "POBREZA", "POBLA"]), tmp_path / "a.por")
    check(tmp_path / "a.por", ascii_names=True)
    pyreadstat.write_xport(pd.DataFrame(ROWS, columns=["CODIGO", "MUNI", "POBREZA", "POBLA"]), tmp_path / "a.xpt")
    check(tmp_path / "a.xpt")


@pytest.mark.parametrize("name", ["areas_sas.sas7bdat.gz", "areas_sas_v8.xpt", "areas_stata_6.dta"])
def test_files_written_by_r(name):
    table = read(REFERENCE / name).table
    assert table.iloc[:, 0].to_list() == ["05001", "05002", "05003"]
    assert table.iloc[:, 1].to_list() == ["Nariño", "Bogotá", "Ibagué"]
    assert table.iloc[:, 2].fillna("").to_list() == ["1.5", "2", ""]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16"])
def test_text_and_web_pages_under_the_name_of_a_workbook(write, encoding):
    check(write("a.xls", "\r\n".join("\t".join(map(str, row)) for row in [HEAD, *ROWS]), encoding))
    page = (
        f"<html><head><meta charset='{encoding}'></head><body><p>Descarga</p><table border=1><tr>"
        + "".join(f"<th>{h}</th>" for h in HEAD)
        + "</tr>"
    )
    page += (
        "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
        + "</table></body></html>"
    )
    check(write("b.xls", page, encoding))


def test_of_several_sheets_the_one_shown_is_read_unless_only_hidden_ones_hold_tables(tmp_path):
    made = book(tmp_path / "a.xlsx")
    notes = made.create_sheet("Notas")
    for i in range(30):
        notes.append([f"Nota {i}: la fuente es el censo"])
    old = made.create_sheet("Viejo")
    old.sheet_state = "hidden"
    for row in [HEAD, *ROWS, *ROWS, *ROWS]:
        old.append(row)
    made.save(tmp_path / "a.xlsx")
    assert check(tmp_path / "a.xlsx").sheet == "Datos"
    made["Datos"].delete_rows(1, 100)
    made["Datos"].append(["Vea la hoja de datos"])
    made.save(tmp_path / "b.xlsx")
    assert read(tmp_path / "b.xlsx").sheet == "Viejo"


def test_joined_heads_numbers_as_text_dates_and_hidden_rows(tmp_path):
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (
        ["Cuadro 1. Pobreza por municipio"],
        [],
        ["Código", "Municipio", "Pobreza", None, "Fecha"],
        [None, None, "%", "Personas", None],
    ):
        sheet.append(row)
    for cells in ("C3:D3", "A3:A4", "B3:B4", "E3:E4"):
        sheet.merge_cells(cells)
    for i, row in enumerate(ROWS):
        sheet.append([row[0], row[1], str(row[2]).replace(".", ","), str(row[3]), datetime.date(2020, 1, 1 + i)])
    sheet.auto_filter.ref = "A4:E24"
    for i in range(10, 20):
        sheet.row_dimensions[i].hidden = True
    made.save(tmp_path / "a.xlsx")
    source = check(tmp_path / "a.xlsx")
    assert source.table.columns.to_list() == ["Código", "Municipio", "Pobreza %", "Pobreza Personas", "Fecha"]
    assert source.table["Fecha"].iloc[1] == "2020-01-02"


def test_formulas_whose_values_were_never_stored_are_told(tmp_path):
    book(tmp_path / "a.xlsx", [[*row, f"=D{i + 2}*2"] for i, row in enumerate(ROWS)], [*HEAD, "doble"])
    source = look_at(tmp_path / "a.xlsx")
    assert isinstance(source, OtherSource)
    assert [p.code for p in source.problems] == ["formula_without_value"]


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def record(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(body)
    return number + (bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])) + body


def xlsb(rows) -> bytes:
    """A binary workbook by the published description of its records ([MS-XLSB] 2.4)."""
    cells = b""
    for number, row in enumerate(rows):
        cells += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for column, value in enumerate(row):
            at = struct.pack("<II", column, 0)
            cells += record(6, at + wide(value)) if isinstance(value, str) else record(5, at + struct.pack("<d", value))
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    sheet = record(129) + record(148, size) + record(145) + cells + record(146) + record(130)
    listed = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Datos"))
        + record(144)
        + record(132)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{0}/{1}" Target="{2}"/></Relationships>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        archive.writestr("_rels/.rels", link.format(office, "officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/_rels/workbook.bin.rels", link.format(office, "worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/workbook.bin", listed)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return buffer.getvalue()


def test_a_binary_workbook(write):
    check(write("a.xlsb", xlsb([HEAD, *ROWS])))


@pytest.mark.parametrize(
    "parts",
    [{"encrypted-package": b"\1\2"}, {"content.xml": b"\1\2", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}],
)
def test_an_opendocument_sheet_under_a_password_is_told(write, parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, content in parts.items():
            archive.writestr(name, content)
    source = look_at(write("a.ods", buffer.getvalue()))
    assert isinstance(source, OtherSource)
    assert [p.code for p in source.problems] == ["workbook_password"]


@pytest.mark.bench
def test_what_libreoffice_writes_is_read_and_what_it_locks_is_told(tmp_path):
    office = shutil.which("soffice")
    python = Path("/usr/bin/python3")
    if (
        office is None
        or not python.exists()
        or subprocess.run([python, "-c", "import uno"], check=False, capture_output=True).returncode
    ):
        pytest.skip("LibreOffice and its Python are not installed")
    book(tmp_path / "a.xlsx")
    script = Path(__file__).parents[1] / "tools" / "office_files.py"
    subprocess.run(
        [python, script, office, tmp_path / "a.xlsx", tmp_path], check=False, capture_output=True, timeout=180
    )
    for ending in ("ods", "xls", "html"):
        check(tmp_path / f"open.{ending}")
    for ending in ("ods", "xls", "xlsx"):
        source = look_at(tmp_path / f"locked.{ending}")
        assert isinstance(source, OtherSource)
        assert [p.code for p in source.problems] == ["workbook_password"], ending
        assert "password" in str(say(source.problems[0], translator("en")))
