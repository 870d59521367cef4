"""The method report of every route: what it says, that it leaves out what is not there, its PDF and its page."""

from __future__ import annotations

import datetime as dt
import html.parser
import io
from dataclasses import replace

import pypdf
import pytest

from documents import agreement_chart, report_pictures
from riskmodel.i18n import translator
from riskmodel.outputs.chart_drawing import chart_png
from riskmodel.outputs.report.content import AGREEMENT, MAP, report_content
from riskmodel.outputs.report.page import html_report
from riskmodel.outputs.report.pdf import draw_report
from riskmodel.study_file import read_study
from tests.area_study import write_area_study
from tests.outputs.cases import make_results
from tests.outputs.index_studies import run_way
from tests.outputs.test_sheet import alternatives, picture
from tests.small_study import write_study_with_domains
from workflow import run_to

CREATED = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
ROUTES = ("survey", "area", "index", "given")
# Codes of files and settings that no reader should meet outside the study file.
CODES = (
    "risk_model", "area_model", "vulnerability_index", "given_risk", "natural_breaks", "min_max", "area_risk",
    "ci_lower", "coefficients_and_areas", "(intercept)", "(missing)", "{", "**",
)  # fmt: skip


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """One finished run of each route."""
    home = tmp_path_factory.mktemp("report")
    survey = write_study_with_domains(home / "survey", language="en")
    area = write_area_study(home / "area", language="en")
    text = area.read_text("utf-8")
    observed = (
        '\n[observed]\ncases = "trabajan"\ntotal = "encuestados"\nn = "encuestados"\nlabel = "Censo"\nyear = 2020\n'
    )
    area.write_text(text + observed, "utf-8")
    made = {"index": run_way(home / "index"), "given": make_results("given_risk")}
    for name, path in (("survey", survey), ("area", area)):
        (home / f"{name}-out").mkdir()
        made[name] = run_to(read_study(path), path.parent, home / f"{name}-out")
    return made


def words_of(content, code=False):
    """Every text of a content; without the study file unless asked."""
    found = [content["title"], content["caution"], content["imprint"], *content["notices"]]
    for part in content["sections"]:
        found.append(part["title"])
        for block in part["blocks"]:
            if block["kind"] == "code" and not code:
                continue
            found += [block.get("text", ""), block.get("title", ""), block.get("note", ""), *block.get("items", ())]
            found += block.get("columns", [])
            found += [cell for row in block.get("rows", ()) for cell in row]
    return found


def titles(content):
    return [part["title"] for part in content["sections"]]


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_has_its_parts_and_no_codes(route, runs):
    content = report_content(runs[route], translator("en"))
    for always in (
        "For everyone: the study on one page",
        "What was measured",
        "Levels and their rule",
        "Limits",
        "To make the same again",
    ):
        assert always in titles(content)
    own = {
        "survey": {"Survey compared with population", "How well does the model tell?", "Do model and survey agree by region?"},
        "area": {"Against a measured rate"},
        "index": {"The recipe of the index", "How much hangs on the choices"},
        "given": set(),
    }  # fmt: skip
    every = set().union(*own.values())
    assert every & set(titles(content)) == own[route]
    assert ("The model as a table" in titles(content)) == (route in ("survey", "area"))
    for words in words_of(content):
        assert isinstance(words, str)
        assert not [code for code in CODES if code in words], words
        assert words not in ("nan", "None", "<NA>", "True", "False")


@pytest.mark.parametrize("route", ROUTES)
def test_the_numbers_are_those_of_the_results(route, runs):
    results, t = runs[route], translator("en")
    text = " ".join(words_of(report_content(results, t), code=True))
    assert results.manifest["fingerprint"] in text
    for file in results.manifest.get("inputs", ()):
        assert file["sha256"] in text
    for level in results.manifest["levels"]:
        assert f"{t.number(level['printed_lower'], 1)} – {t.number(level['printed_upper'], 1)}" in text
    if route == "survey":
        row = results.coefficients[results.coefficients["term"] != "(intercept)"].iloc[0]
        assert f"{t.number(row['ci_lower'], 2)} – {t.number(row['ci_upper'], 2)}" in text
        assert t.number(results.diagnostics["auc"], 3) in text
    if route == "index":
        assert t.number(100 * max(results.diagnostics["effective_weights"].values()), 1) in text
    if route == "area":
        assert t.number(results.agreement["spearman"], 3) in text


def opened(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def spanish(runs):
    """The report of the area model in Spanish with both pictures."""
    results, t = runs["area"], translator("es")
    pictures = {MAP: picture(), AGREEMENT: chart_png(agreement_chart(results, t), 60)}
    content = report_content(results, t, tuple(pictures))
    pdf, warnings = draw_report(content, pictures, CREATED)
    assert warnings == []
    return content, pictures, pdf


def test_the_pdf_is_tagged_with_headings_language_and_words(spanish):
    content, _, pdf = spanish
    root = opened(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("es")
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert opened(pdf).metadata.title == content["title"]
    tags = list(kinds(root["/StructTreeRoot"]))
    assert tags.count("/H1") == 1
    assert tags.count("/H2") >= len(content["sections"])
    assert tags.count("/Table") == sum(b["kind"] == "table" for s in content["sections"] for b in s["blocks"])
    assert tags.count("/TH") > 10
    assert len([alt for alt in alternatives(root["/StructTreeRoot"]) if alt]) >= 2
    text = " ".join(" ".join(page.extract_text() for page in opened(pdf).pages).replace("\xa0", " ").split())
    for part in content["sections"]:
        assert part["title"] in text
    assert content["imprint"].replace("\xa0", " ") in text
    assert opened(pdf).outline


def kinds(node):
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for child in node:
            yield from kinds(child)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from kinds(node["/K"])


class Page(html.parser.HTMLParser):
    """Tags and addresses of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.addresses, self.lang = [], [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        values = dict(attrs)
        self.lang = values.get("lang", self.lang) if tag == "html" else self.lang
        self.addresses += [values[name] for name in ("src", "href") if name in values]


def test_the_page_stands_alone(spanish):
    content, pictures, _ = spanish
    text = html_report(content, pictures).decode()
    page = Page()
    page.feed(text)
    assert page.lang == "es"
    assert page.tags.count("h1") == 1
    assert page.tags.count("h2") == len(content["sections"]) + 1  # and the contents
    assert page.tags.count("img") == 2
    assert all(address.startswith(("#part-", "data:image/png")) for address in page.addresses)
    assert "script" not in page.tags
    assert "url(" not in text


def test_names_are_text_and_never_markup(runs):
    results = runs["given"]
    study = results.manifest["study"]
    named = study | {"study": study["study"] | {"name": '<img src=x> #panic("x") $a$ & *b*'}}
    content = report_content(replace(results, manifest=results.manifest | {"study": named}), translator("en"))
    assert "<img" not in html_report(content, {}).decode()
    pdf, _ = draw_report(content, {}, CREATED)
    assert '<img src=x> #panic("x") $a$ & *b*' in " ".join(opened(pdf).pages[0].extract_text().split())


def test_nothing_that_can_be_known_is_left_out_gracefully(runs):
    """No estimate anywhere, no years, no sources: still a report."""
    results = runs["given"]
    bare = replace(
        results, national=results.national.iloc[:0], manifest=results.manifest | {"years": {}, "versions": {}}
    )
    content = report_content(bare, translator("fr"))
    assert draw_report(content, {}, CREATED)[1] == []


def test_the_file_of_another_place_is_named_without_its_folder(runs):
    results = runs["given"]
    study = results.manifest["study"]
    away = study | {"areas": study["areas"] | {"file": "/home/ana/datos/municipios.csv"}}
    content = report_content(replace(results, manifest=results.manifest | {"study": away}), translator("en"))
    text = " ".join(words_of(content, code=True))
    assert 'file = "municipios.csv"' in text
    assert "/home/ana" not in text


def test_pictures_are_those_the_run_has(runs):
    assert list(report_pictures(runs["area"], None, translator("en"))) == [AGREEMENT]
    assert report_pictures(runs["given"], None, translator("en")) == {}
