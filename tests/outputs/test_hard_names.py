"""Sheets of places and studies as they come: long, right-to-left and emoji names, nothing known, an office with a logo."""

import datetime as dt
import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from riskmodel.inputs.office import read_logo
from riskmodel.outputs.report.content import report_content
from riskmodel.outputs.report.page import html_report
from riskmodel.outputs.report.pdf import draw_report
from riskmodel.outputs.sheet import make_national_sheet, make_sheet, make_unit_sheet
from riskmodel.outputs.sheet_content import sheet_content
from riskmodel.outputs.slides.content import slides_content
from riskmodel.outputs.slides.deck import slides_pptx
from riskmodel.problems import Where
from tests.inputs.test_office import SVG, drawn_on_nothing
from tests.outputs.cases import LONG_NAME, make_results
from tests.outputs.pdf_reading import alternatives, check_quality, opened, words_of
from tests.outputs.test_sheet import picture


def named(name: str):
    results = make_results()
    areas = results.areas.assign(area_name=results.areas["area_name"].where(results.areas.index != 0, name))
    return replace(results, areas=areas)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (LONG_NAME, LONG_NAME),
        ("القاهرة", "القاهرة"),
        ("ירושלים", "ירושלים"),
        ("Αθήνα · Київ", "Αθήνα · Київ"),
        ("San Marcos 🏔️ del Norte 👧🏽", "San Marcos del Norte"),
        ("🏝️", ""),
        ("A\u0301ndale", "Ándale"),
    ],
    ids=["80 letters", "Arabic", "Hebrew", "Greek and Cyrillic", "emoji", "only emoji", "combining"],
)
def test_a_name_in_any_script_is_a_sheet_of_quality(name, shown, t):
    reader = opened(make_sheet(named(name), "001", t, picture()))
    assert len(reader.pages) == 1
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()
    title = str(reader.metadata.title)
    assert " ".join(shown.split()) in " ".join(title.replace("A\u0301", "Á").split()) or shown == ""


def test_hard_names_on_the_sheets_of_larger_units(t):
    results = named("القاهرة 🏔️")
    parents = results.parents.assign(area_name=["Costa 🏝️", "ירושלים", LONG_NAME])
    hard = replace(results, parents=parents)
    for pdf in (make_unit_sheet(hard, "D0", t, picture()), make_national_sheet(hard, t, picture())):
        assert b"<pdfuaid:part>1</pdfuaid:part>" in opened(pdf).trailer["/Root"]["/Metadata"].get_data()
        assert LONG_NAME in words_of(pdf) or "Costa" in words_of(pdf)


def test_an_area_without_children_says_so(t):
    results = make_results()
    areas = results.areas.copy()
    areas.loc[0, ["children", "expected_count", "expected_count_lower", "expected_count_upper"]] = 0.0
    areas.loc[0, ["area_risk", "ci_lower", "ci_upper"]] = np.nan
    areas.loc[0, "level"] = pd.NA
    empty = replace(results, areas=areas)
    content = sheet_content(empty, "001", t)
    assert "No children of these ages are counted here." in content["notices"]
    assert content["number"] is None
    assert len(opened(make_sheet(empty, "001", t, None)).pages) == 1


def test_thirty_factors_are_summed_beyond_those_shown(t):
    results = make_results()
    many = pd.DataFrame(
        [("001", f"factor_{i}", 0.03 - i * 0.002, "risk") for i in range(30)],
        columns=["area_code", "determinant", "contribution", "role"],
    )
    content = sheet_content(replace(results, contributions=many), "001", t)
    risk, protective = content["factors"]["lists"]
    assert len(risk["rows"]) == len(protective["rows"]) == 5
    assert risk["more"][5] == "10 others: +11.0"  # 2.0 + 1.8 + … + 0.2 points
    assert len(opened(make_sheet(replace(results, contributions=many), "001", t, picture())).pages) == 1


def test_no_source_prints_that_none_is_declared(t):
    results = make_results()
    study = {**results.manifest["study"], "indicator": []}
    for part in ("outcome", "survey", "population", "areas"):
        study[part] = {**study[part], "source": ""}
    bare = replace(results, manifest={**results.manifest, "study": study})
    notes = {n["label"]: n["text"] for n in sheet_content(bare, "001", t)["notes"]}
    # a survey and a population stand there by their kind even where nobody named them
    assert notes["Sources"] == "survey (2024); population (2018)."
    given = make_results("given_risk")
    study = {**given.manifest["study"], "indicator": []}
    for part in ("outcome", "areas"):
        study[part] = {**study[part], "source": ""}
    notes = sheet_content(replace(given, manifest={**given.manifest, "study": study}), "001", t)["notes"]
    assert next(n["text"] for n in notes if n["label"] == "Sources").startswith("Not declared.")


@pytest.mark.parametrize(
    ("logo", "look"),
    [("png", {}), ("svg", {"photocopy": True}), ("", {"large_print": True})],
    ids=["colour", "photocopy", "large, no logo"],
)
def test_who_publishes_stands_on_every_sheet(logo, look, t):
    office = {"name": "Ministerio", "contact": ["Tel. 555 0100"], "web": "https://ejemplo.gob", "thanks": "Con apoyo."}
    data = {"png": drawn_on_nothing((200, 30, 30)), "svg": SVG}.get(logo)
    ready = read_logo(data, len(data), Where())[0] if data else None
    published = replace(make_results(), office=office | ({"logo": ready.record()} if ready else {}))
    sheets = {"San José de Ñandú": make_sheet(published, "001", t, picture(), **look)}
    if not look:
        sheets["Costa Alta"] = make_unit_sheet(published, "D0", t, picture())
        sheets["República de Nácar"] = make_national_sheet(published, t, picture())
    for name, pdf in sheets.items():
        check_quality(pdf, "en", f"Fact sheet: {name}. Riesgo de trabajo infantil")
        words = words_of(pdf)
        for expected in ("Ministerio", "Tel. 555 0100", "https://ejemplo.gob", "Con apoyo."):
            assert expected in words
        found = alternatives(opened(pdf).trailer["/Root"]["/StructTreeRoot"])
        assert ("Logo of Ministerio" in found) == bool(logo)
    assert look.get("large_print") or len(opened(sheets["San José de Ñandú"]).pages) == 1


@pytest.mark.parametrize("data", [drawn_on_nothing((255, 255, 255)), SVG], ids=["light png", "svg"])
def test_who_publishes_stands_on_report_and_slides(data, t):
    logo, _ = read_logo(data, len(data), Where())
    assert logo is not None
    office = {"name": "Ministerio <b>", "contact": ["Tel. 1"], "web": "https://x.org", "thanks": "Gracias"}
    published = replace(make_results("given_risk"), office=office | {"logo": logo.record()})
    content, created = report_content(published, t), dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    pdf, warnings = draw_report(content, {}, created)
    assert warnings == []
    assert "https://x.org" in words_of(pdf)
    assert "Logo of Ministerio <b>" in alternatives(opened(pdf).trailer["/Root"]["/StructTreeRoot"])
    page = html_report(content, {}).decode()
    assert "Ministerio &lt;b&gt;" in page
    assert page.count("data:image/") == 1
    deck = Presentation(io.BytesIO(slides_pptx(slides_content(published, t), None, "en", created)))
    first = deck.slides[0]
    assert sum(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in first.shapes) == 1
    assert any("Tel. 1" in shape.text_frame.text for shape in first.shapes if shape.has_text_frame)
