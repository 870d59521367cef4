"""The slides: what stands on them, that it can be edited, and that every picture, table and chart has its text."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pandas as pd
import pytest
from pptx import Presentation

from riskmodel.colours import level_colours
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
    rows = [[cell.text for cell in row.cells] for row in tables[2].rows]
    assert len(rows) == 11
    ends = (t.number(100 * first[end], 1) for end in ("ci_lower", "ci_upper"))
    risk = "{} ({} to {})".format(t.percent(first["area_risk"]), *ends)
    assert rows[1][1:4] == [first["area_name"], first["parent_name"], risk]
    assert [cell.text for cell in tables[3].rows[1].cells][1:] == ["", "", ""]  # to be filled in


def test_the_country_stands_in_large_figures_and_levels_in_their_colours():
    results, t = make_results("risk_model"), translator("en")
    results = replace(results, national=results.national.assign(ci_lower=0.081, ci_upper=0.113))
    deck = deck_of(results, "en")
    words = [shape.text_frame.text for shape in deck.slides[1].shapes if shape.has_text_frame]
    country = results.national.iloc[0]
    risk = next(text for text in words if text.startswith(t.percent(country["area_risk"])))
    assert "8.1% to 11.3%" in risk
    colours = level_colours(int(results.manifest["k"]))
    for slide in (deck.slides[1], deck.slides[2]):  # the levels, and the key beside the map
        table = next(shape.table for shape in slide.shapes if shape.has_table)
        painted = [f"#{row.cells[0].fill.fore_color.rgb}" for row in table.rows][1:]
        assert painted == [c.upper() for c in reversed(colours)]


def test_ages_stand_in_their_order():
    results = make_results("risk_model")
    ages = [("15 a 17", 0.2), ("5 a 11", 0.05), ("12 a 14", 0.1)]
    rows = [{"area_code": "", "group": "edad", "category": c, "children": 9e3, "area_risk": r} for c, r in ages]
    slides = slides_content(replace(results, groups=pd.DataFrame(rows)), translator("es"))
    chart = next(s["chart"] for s in slides if s["chart"] and s["chart"]["decimals"])
    assert [name.split(": ")[1] for name in chart["names"]] == ["5 a 11", "12 a 14", "15 a 17"]


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
