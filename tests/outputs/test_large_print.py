"""Large print: no letter under 18 points, nothing of the first page left out."""

import pytest

from riskmodel.outputs.book_content import Chapter, Entry, back_content, front_content
from riskmodel.outputs.sheet import created_at, draw_content, make_sheet, make_unit_sheet
from riskmodel.outputs.sheet_content import sheet_content
from tests.outputs.cases import LONG_NAME, make_results
from tests.outputs.pdf_reading import check_quality, opened, words_of
from tests.outputs.test_sheet import picture


def sizes(pdf: bytes) -> set[float]:
    """Size of every piece of text on the page, in points."""
    found = set()

    def visit(text, _current, matrix, _font, size):
        if text.strip():
            found.add(round(abs(size * matrix[3]), 1))

    for page in opened(pdf).pages:
        page.extract_text(visitor_text=visit)
    return found


def test_no_letter_is_small_and_none_in_the_usual_print_is_as_large(model_results, t):
    large = make_sheet(model_results, "001", t, picture(), large_print=True, second_page=True)
    assert min(sizes(large)) >= 18
    assert min(sizes(make_sheet(model_results, "001", t, picture()))) < 10


@pytest.mark.parametrize("code", ["001", "002", "003"])
@pytest.mark.parametrize("method", ["risk_model", "vulnerability_index", "given_risk"])
def test_nothing_is_cut(method, code, t):
    results = make_results(method)
    content = sheet_content(results, code, t)
    pdf = make_sheet(results, code, t, picture(), large_print=True)
    assert 2 <= len(opened(pdf).pages) <= 6
    words = words_of(pdf).replace(" ", "")
    wanted = [content["headline"], content["caution"], *(note["text"][-30:] for note in content["notes"])]
    wanted += [row["label"] for row in content["profile"]["rows"]]
    wanted += [row["label"] for part in (content["factors"] or {"lists": []})["lists"] for row in part["rows"]]
    wanted += [r["cells"][0] for b in (content["groups"] or {"blocks": []})["blocks"] for r in b["rows"]]
    assert [w for w in wanted if "".join(w.split()) not in words] == []
    assert "Page1of" in words


def test_quality_is_that_of_the_usual_print(model_results, t):
    name = "Fact sheet: San José de Ñandú. Riesgo de trabajo infantil"
    check_quality(make_sheet(model_results, "001", t, picture(), large_print=True), "en", name)


def test_a_parent_unit_in_large_print_lists_all(model_results, t):
    pdf = make_unit_sheet(model_results, "D1", t, picture(), large_print=True)
    inside = model_results.areas.query("parent_code == 'D1'")
    assert len(inside) == 20
    words = words_of(pdf)
    assert all(name in words for name in inside["area_name"] if name != LONG_NAME)
    assert min(sizes(pdf)) >= 18


def test_cover_contents_and_index_of_a_book_are_large_too(model_results, t):
    chapters = [Chapter("D1", 1, 20), Chapter(LONG_NAME, 9, 3)]
    front = front_content(model_results, t, chapters, "", 23, 12)
    back = back_content(model_results, t, [Entry("001", LONG_NAME, "D1", 3)], 12, False)
    for content in (front, back):
        drawn = [
            draw_content(content | {"large_print": large}, picture(), created_at(model_results))[0]
            for large in (True, False)
        ]
        assert min(sizes(drawn[0])) >= 18
        assert min(sizes(drawn[1])) < 12
