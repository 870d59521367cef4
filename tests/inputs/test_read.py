"""Every way a file can come, and every way it can be wrong."""

import gzip
import hashlib
import io
import random
import zipfile
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from riskmodel.inputs.read import read_noted, read_table, sha256, sheet_names, table_columns
from riskmodel.problems import InputProblems

ROWS = [["código", "nombre", "tasa"], ["01", "Peñón", "1,5"], ["02", "São João", ""], ["03", "Ñuñoa", "12,25"]]
WANTED = pd.DataFrame(
    [["01", "Peñón", "1,5"], ["02", "São João", pd.NA], ["03", "Ñuñoa", "12,25"]], columns=ROWS[0], dtype="string"
)


def text(delimiter=";", end="\n", quote=False):
    cell = '"{}"'.format if quote else str
    return "".join(delimiter.join(map(cell, row)) + end for row in ROWS)


def workbook(rows, sheet="Hoja", **others):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for name, cells in others.items():
        for row in cells:
            (book[name] if name in book.sheetnames else book.create_sheet(name)).append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
def test_every_delimiter_and_encoding_gives_the_same_table(write, delimiter, encoding):
    path = write("t.csv", text(delimiter, quote=delimiter == ","), encoding)
    pd.testing.assert_frame_equal(read_table(path), WANTED, check_column_type=False)
    assert table_columns(path) == ROWS[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_gives_the_same_table(write, end):
    pd.testing.assert_frame_equal(read_table(write("t.txt", text(end=end))), WANTED, check_column_type=False)


def test_gzip_is_known_by_its_content(write):
    path = write("t.csv", gzip.compress(text().encode()))
    pd.testing.assert_frame_equal(read_table(path), WANTED, check_column_type=False)
    assert table_columns(path) == ROWS[0]


def test_workbook_gives_values_as_text(write):
    path = write("t.xlsx", workbook([["code", "n", "rate", "on"], ["01", 7, 0.25, True], ["02", None, 3.0, False]]))
    table = read_table(path)
    assert table.values.tolist() == [["01", "7", "0.25", "true"], ["02", pd.NA, "3", "false"]]
    assert set(table.dtypes.astype(str)) == {"string"}


def test_a_named_sheet_is_read_and_the_first_without_name(write):
    path = write("t.xls", workbook([["a"], [1]], Datos=[["b"], [2]]))
    assert sheet_names(path) == ["Hoja", "Datos"]
    assert read_table(path)["a"].to_list() == ["1"]
    assert read_table(path, "Datos")["b"].to_list() == ["2"]
    assert table_columns(path, "Datos") == ["b"]


def test_parquet_types_become_text(tmp_path):
    path = tmp_path / "t.parquet"
    frame = pd.DataFrame(
        {"code": ["01", " "], "n": pd.array([1, None], "Int64"), "x": [2.0, 1.234], "b": [True, False]}
    )
    frame["c"] = pd.Categorical(["u", None])
    frame["d"] = [Decimal("1.500"), None]
    frame["t"] = pd.to_datetime(["2020-01-02", None])
    frame["none"] = [None, None]
    frame.to_parquet(path)
    table = read_table(path)
    assert table["code"].to_list() == ["01", pd.NA]
    assert table["n"].to_list() == ["1", pd.NA]
    assert table["x"].to_list() == ["2", "1.2340"]
    assert table["b"].to_list() == ["true", "false"]
    assert table["c"].to_list() == ["u", pd.NA]
    assert table["d"].to_list() == ["1.5", pd.NA]
    assert table["t"].to_list() == ["2020-01-02", pd.NA]
    assert table["none"].isna().all()
    assert list(read_table(path, columns=["x", "code"]).columns) == ["x", "code"]
    assert table_columns(path) == list(frame.columns)


def test_row_labels_of_pandas_are_no_column(tmp_path):
    pd.DataFrame({"a": [1, 2]}, index=[5, 3]).to_parquet(tmp_path / "t.parquet")
    assert table_columns(tmp_path / "t.parquet") == ["a"]
    assert list(read_table(tmp_path / "t.parquet").columns) == ["a"]


def test_rows_keep_their_place(write):
    """A blank row between others keeps the rows below it where a spreadsheet shows them; blank rows at the end go."""
    table = read_table(write("t.csv", "a,b\n1,2\n\n3,4\n,\n\n"))
    assert table.index.to_list() == [0, 1, 2]
    assert table["a"].to_list() == ["1", pd.NA, "3"]


def test_quoted_cells_may_hold_delimiters_and_line_ends(write):
    table = read_table(write("t.csv", 'a,b\n"x, y","1\n2"\n"say ""hi""",3\n'))
    assert table.values.tolist() == [["x, y", "1\n2"], ['say "hi"', "3"]]


def test_decimal_commas_do_not_pass_for_delimiters(write):
    assert read_table(write("t.csv", "a;b\n1,5;2,5\n3,5;4,5\n")).shape == (2, 2)


def test_a_trailing_delimiter_is_no_column(write):
    assert read_table(write("t.csv", "a;b;\n1;2;\n3;4;\n")).columns.to_list() == ["a", "b"]
    assert read_table(write("t.csv", "a;b\n1;2;\n3;4;\n")).columns.to_list() == ["a", "b"]


def test_columns_of_a_long_file_come_from_its_beginning(write):
    body = '1,"x\ny",2\n' * 200_000
    assert table_columns(write("t.csv", "a,b,c\n" + body)) == ["a", "b", "c"]


def test_fingerprint_is_of_the_bytes(write):
    assert sha256(write("t.csv", b"abc")) == hashlib.sha256(b"abc").hexdigest()


def test_only_wanted_columns_in_the_order_wanted(write, only):
    path = write("t.csv", "a,b,c\n1,2,3\n")
    assert list(read_table(path, columns=["c", "a"]).columns) == ["c", "a"]
    problem = only(lambda: read_table(path, columns=["A ", "b"]), "column_missing")
    assert (problem.where.file, problem.where.column, problem.values["near"]) == ("t.csv", "A ", ["a"])


BAD = [
    ("vacío.csv", b"", "file_empty"),
    ("blank.csv", b" \n\r\n \n", "file_empty"),
    ("blank16.csv", "\n \n".encode("utf-16"), "file_empty"),
    ("t.xlsx", b"", "file_empty"),
    ("t.xlsx", workbook([]), "file_empty"),
    ("t.csv", b"a,b\n", "no_rows"),
    ("t.csv", b"a,b\n,\n ,\n", "no_rows"),
    ("t.xlsx", workbook([["a", "b"]]), "no_rows"),
    ("t.csv", bytes(range(256)) * 40, "not_text"),
    ("t.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_text"),
    ("t.csv", b"%PDF-1.7\n1 0 obj\n", "not_text"),
    ("t.csv", b'{"type": "FeatureCollection"}', "other_format"),
    ("t.xls", b"\n<html><table></table></html>", "page_without_table"),
    ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "workbook_damaged"),
    ("t.xlsx", workbook([["a"], [1]])[:-200], "workbook_damaged"),
    ("t.xlsx", zipped(**{"xl/workbook.xml": "<nonsense"}), "workbook_damaged"),
    ("t.zip", zipped(**{"a.pdf": "a"}), "zip_not_table"),
    ("t.zip", zipped(**{"a.csv": "a,b\n1,2", "b.csv": "a,b\n3,4"}), "zip_several_tables"),
    ("t.zip", zipped(**{"a.shp": "a"}), "zip_not_table"),
    ("t.csv", b"PAR1 and then nothing", "not_parquet"),
    ("t.csv.gz", gzip.compress(b"a,b\n1,2\n" * 9)[:-12], "gzip_damaged"),
    ("t.csv.gz", b"\x1f\x8bnonsense", "gzip_damaged"),
    ("t.csv", b'a,b\n1,"2\n3,4\n', "quotes_unbalanced"),
]


@pytest.mark.parametrize(("name", "content", "code"), BAD, ids=[f"{c}-{i}" for i, (_, _, c) in enumerate(BAD)])
def test_a_file_that_is_no_table_says_so(write, only, name, content, code):
    path = write(name, content)
    assert only(lambda: read_table(path), code).where.file == name


def test_a_file_that_is_not_there(tmp_path, only):
    for reader in (read_table, table_columns, sha256, sheet_names):
        assert only(lambda reader=reader: reader(tmp_path / "no.csv"), "file_not_found").where.file == "no.csv"
    only(lambda: read_table(tmp_path), "file_not_found")


def test_a_damaged_parquet(tmp_path, write, only):
    pd.DataFrame({"a": range(1000)}).to_parquet(tmp_path / "whole.parquet")
    path = write("cut.parquet", (tmp_path / "whole.parquet").read_bytes()[:800])
    only(lambda: read_table(path), "not_parquet")
    only(lambda: table_columns(path), "not_parquet")


def test_a_sheet_that_is_not_there_names_those_that_are(write, only):
    path = write("t.xlsx", workbook([["a"], [1]], Datos=[["b"], [2]]))
    assert only(lambda: read_table(path, "datos"), "sheet_missing").values["sheets"] == ["Hoja", "Datos"]


def test_a_formula_without_value_is_not_read_as_missing(write, only):
    path = write("t.xlsx", workbook([["a", "b"], [1, 2], [3, "=A2+A3"]]))
    problem = only(lambda: read_table(path), "formula_without_value")
    assert (problem.where.rows, problem.where.sheet, problem.values["count"]) == ((3,), "Hoja", 1)


def test_columns_of_the_same_name(write, only):
    problem = only(lambda: read_table(write("t.csv", "a,b, a \n1,2,3\n")), "column_twice")
    assert problem.where.column == "a"


def test_a_column_without_name_is_kept_and_told(write, only):
    table, notes = read_noted(write("t.csv", "a,,c\n1,2,3\n"))
    assert table.columns.to_list() == ["a", "column_2", "c"]
    assert only(notes, "column_without_name").severity == "warning"


@pytest.mark.parametrize(
    "content",
    ["Población total\n\nCenso de 2020\na;b;c\n1;2;3\n4;5;6\n7;8;9\n1;2;3\n4;5;6\n", ";;\n;;\na;b;c\n1;2;3\n"],
)
def test_titles_above_the_header(write, only, content):
    assert only(lambda: read_table(write("t.csv", content)), "title_rows").where.rows == (1,)


def test_longer_rows_are_told_by_number(write, only):
    path = write("t.csv", "a,b\n1,2\n3,4,5\n6,7\n8,9,1\n" + "1,2\n" * 9)
    problem = only(lambda: read_table(path), "ragged_rows")
    assert (problem.where.rows, problem.values["count"]) == ((3, 5), 2)


def test_notes_below_the_table_are_told_by_number(write, only):
    path = write("t.csv", "a,b,c\n1,2,3\n4,5,6\n\nFuente: INE\n")
    assert only(lambda: read_table(path), "note_rows").where.rows == (5,)


def test_shorter_rows_are_filled_with_missing_and_told(write, only):
    table, notes = read_noted(write("t.csv", "a,b,c\n1,2,3\n4,5\n"))
    assert table["c"].to_list() == ["3", pd.NA]
    problem = only(notes, "short_rows")
    assert (problem.severity, problem.where.rows) == ("warning", (3,))


def test_random_bytes_never_give_a_traceback(write):
    """Whatever the bytes, the answer is a table or a problem."""
    source = random.Random(1)
    for trial in range(200):
        content = bytes(source.choices(b',;"\n\r\t |a1\x00\xe9\xff=', k=source.randint(1, 60)))
        for reader in (read_table, table_columns):
            try:
                reader(write(f"t{trial}.csv", content))
            except InputProblems:
                continue
