"""The slides: what stands on them, that it can be edited, and that every picture, table and chart has its text."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from pptx import Presentation

from riskmodel.i18n import translator
from riskmodel.outputs.sheet_notes import caution
from riskmodel.outputs.slides.content import slides_content
from riskmodel.outputs.slides.deck import HEIGHT, WIDTH, slides_pptx
from tests.outputs.cases import make_results
from tests.outputs.test_sheet import picture

CREATED = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
ROUTES = ("risk_model", "vulnerability_index", "given_risk")


def deck_of(results, language, with_map=True):
    t = translator(language)
    data = slides_pptx(slides_content(results, t, with_map), picture() if with_map else None, language, CREATED)
    return Presentation(io.BytesIO(data))


@pytest.mark.parametrize("route", ROUTES)
def test_each_slide_has_title_notes_with_the_caution_and_stays_within_its_bounds(route):
    deck, t = deck_of(make_results(route), "fr"), translator("fr")
    assert 8 <= len(deck.slides) <= 11
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert len(set(titles)) == len(titles)
    for slide in deck.slides:
        assert slide.shapes.title.text
        assert slide.notes_slide.notes_text_frame.text.endswith(caution(t))
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= WIDTH
            assert shape.top + shape.height <= HEIGHT
            if shape.has_table or shape.has_chart or shape.shape_type == 13:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0]


def test_tables_and_charts_hold_the_numbers_of_the_results():
    results, t = make_results("risk_model"), translator("en")
    deck = deck_of(results, "en")
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 2
    boys = dict(zip(charts[1].plots[0].categories, charts[1].series[0].values, strict=True))
    country = results.groups[(results.groups["area_code"] == "") & (results.groups["category"] == "Niños")]
    assert next(v for n, v in boys.items() if n.endswith("Niños")) == round(100 * country["area_risk"].iloc[0], 1)
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    first = results.areas.dropna(subset=["rank"]).sort_values(["rank", "area_code"]).iloc[0]
    rows = [[cell.text for cell in row.cells] for row in tables[1].rows]
    assert len(rows) == 11
    assert rows[1][1:4] == [first["area_name"], first["parent_name"], t.percent(first["area_risk"])]
    assert [cell.text for cell in tables[2].rows[1].cells][1:] == ["", "", ""]  # to be filled in


def test_a_part_that_is_no_determinant_has_its_words():
    results = make_results("risk_model")
    table = results.contributions.assign(determinant="(smooth)", contribution=0.01, role="risk")
    chart = slides_content(replace(results, contributions=table), translator("en"))[3]["chart"]
    assert chart["names"][0] == "Curves and combinations of the indicators"


def test_what_is_not_known_has_no_slide():
    titles = [slide.shapes.title.text for slide in deck_of(make_results("given_risk"), "en", with_map=False).slides]
    assert "Where?" not in titles
    assert "Who? Groups of children in the country" not in titles
    assert "Against a measured rate" not in titles


def test_language_is_set_on_the_words():
    deck = deck_of(make_results("risk_model"), "es")
    assert deck.core_properties.language == "es-419"
    runs = [run for slide in deck.slides for run in slide.shapes.title._element.xpath(".//a:rPr/@lang")]
    assert set(runs) == {"es-419"}
