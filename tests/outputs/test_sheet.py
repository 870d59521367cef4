"""The PDF: one tagged A4 page with its fonts, its words and no warning."""

import datetime as dt
import io
import struct
import zlib
from dataclasses import replace

import pypdf
import pytest

from riskmodel.outputs.sheet import draw_content, make_sheet
from riskmodel.outputs.sheet_content import sheet_content
from tests.outputs.cases import make_results

A4 = (595, 842)


def picture() -> bytes:
    """A grey PNG of 160 × 90."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 160, 90, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\x99" * 160 for _ in range(90)))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


def opened(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text(pdf: bytes) -> str:
    return " ".join(opened(pdf).pages[0].extract_text().replace("\xa0", " ").split())


@pytest.fixture(scope="module")
def typical(model_results, t):
    return make_sheet(model_results, "001", t, picture())


def test_one_a4_page(typical):
    pages = opened(typical).pages
    assert len(pages) == 1
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == A4


def test_words_are_searchable_with_their_accents(typical):
    words = text(typical)
    for expected in (
        "San José de Ñandú", "República de Nácar", "between 9 and 14 would be in child labour", "11.4%", "1,239",
        "Synthetic data", "Rama de actividad", "Asistencia a la escuela", "Niños", "Interval", "a1b2c3d4e5f6",
    ):  # fmt: skip
        assert expected in words


def test_tagged_titled_and_in_a_language(typical):
    pdf = opened(typical)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].startswith("en")
    assert pdf.metadata.title == "Fact sheet: San José de Ñandú. Riesgo de trabajo infantil"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_pictures_have_a_text_in_place(typical):
    found = list(alternatives(opened(typical).trailer["/Root"]["/StructTreeRoot"]))
    assert any("where San José de Ñandú lies" in alt for alt in found)
    assert any("11.4%" in alt for alt in found)


def alternatives(node):
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for child in node:
            yield from alternatives(child)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        if "/Alt" in node:
            yield str(node["/Alt"])
        if "/K" in node:
            yield from alternatives(node["/K"])


def test_fonts_are_embedded(typical):
    fonts = [f.get_object() for f in opened(typical).pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "SourceSansPro" in descriptor["/FontName"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.parametrize(
    ("map_given", "long_words"),
    [(True, False), (False, False), (True, True)],
    ids=["map", "no map", "a third longer"],
)
@pytest.mark.parametrize("code", ["001", "002", "003"])
@pytest.mark.parametrize(
    ("method", "k"), [("risk_model", 3), ("risk_model", 5), ("vulnerability_index", 5), ("given_risk", 4)]
)
def test_every_case_is_one_page_without_warnings(method, k, code, map_given, long_words, t, stretched):
    content = sheet_content(make_results(method, k), code, stretched if long_words else t)
    pdf, warnings = draw_content(content, picture() if map_given else None, dt.datetime.now(dt.UTC))
    assert warnings == []
    assert len(opened(pdf).pages) == 1
    words = text(pdf)
    assert "not about any child or family" in words
    assert "a1b2c3d4e5f6" in words  # the last line is on the page


def test_an_overfull_page_drops_rows_and_says_so(stretched):
    results = make_results()
    crowded = results.groups.assign(area_code="001", group=results.groups["group"] + results.groups.index.astype(str))
    pdf = make_sheet(replace(results, groups=crowded), "001", stretched, picture())
    assert len(opened(pdf).pages) == 1
    assert "More rows are in the tables of the study." in text(pdf)


def test_names_are_text_and_never_markup(model_results, t):
    areas = model_results.areas.copy()
    areas.loc[0, "area_name"] = '#panic("x") $a$ *b* <c> "d" \\'
    assert '#panic("x") $a$ *b* <c> "d" \\' in text(make_sheet(replace(model_results, areas=areas), "001", t))


def test_a_script_without_font_still_gives_a_sheet(model_results, t):
    areas = model_results.areas.copy()
    areas.loc[0, "area_name"] = "漢字"
    assert len(opened(make_sheet(replace(model_results, areas=areas), "001", t)).pages) == 1


def test_the_same_results_give_the_same_bytes(typical, model_results, t):
    assert make_sheet(model_results, "001", t, picture()) == typical
