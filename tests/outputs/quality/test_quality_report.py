"""The quality report of one file: its PDF is tagged and says what was found, its page is whole and escaped, its table has every column."""

from __future__ import annotations

import datetime as dt
import html.parser
import io
import json

import pandas as pd
import pypdf
import pytest

from riskmodel.i18n import translator
from riskmodel.inputs.quality.profile import TABLE_COLUMNS
from riskmodel.inputs.quality.sketch import Bar
from riskmodel.outputs.quality import SUFFIXES
from riskmodel.outputs.quality.content import MOST_COLUMNS, quality_content
from riskmodel.outputs.quality.page import html_quality, sketch
from riskmodel.outputs.quality.pdf import draw_quality
from riskmodel.outputs.quality.words import heights
from riskmodel.outputs.quality.write import look_at, look_at_study, report_name, write_quality
from riskmodel.study_file import read_study
from tests.small_study import write_small_study

CREATED = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
LANGUAGES = ("en", "es", "fr", "pt")


@pytest.fixture(scope="module")
def looked(tmp_path_factory):
    """Forty areas with a lost zero, a coverage of 287 % and a column named in markup."""
    table = pd.DataFrame(
        {
            "codigo": [str(1001 + i) if i < 9 else f"{11000 + i}" for i in range(40)],
            "municipio": [f"Ñandú {i}" for i in range(40)],
            "cobertura": [287.0 if i == 3 else 60.5 + i for i in range(40)],
            "<b>zona</b>": ["urbana" if i % 3 else "rural" for i in range(40)],
        }
    )
    path = tmp_path_factory.mktemp("quality") / "educación.csv"
    table.to_csv(path, index=False)
    return look_at(path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_and_says_what_was_found(looked, language):
    content = quality_content(looked.profile, translator(language), CREATED, "Estudio", "ab12")
    pdf, warnings = draw_quality(content, CREATED)
    assert warnings == []
    assert pdf == draw_quality(content, CREATED)[0]
    opened = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(opened.pages) == 1
    root = opened.trailer["/Root"]
    assert root["/Lang"].startswith(language)
    assert root["/MarkInfo"]["/Marked"]
    said = " ".join(opened.pages[0].extract_text().split())
    for words in ("educación.csv", "cobertura", "287", "Estudio", "ab12"):
        assert words in said
    for heading in (part["title"] for part in content["parts"]):
        assert heading in said


def test_findings_stand_in_the_order_of_mending(looked):
    content = quality_content(looked.profile, translator("en"), CREATED)
    assert [part["severity"] for part in content["parts"]] == ["warning", "note"]
    first = content["parts"][0]["findings"]
    assert "lost their leading zero" in first[0]["what"]
    assert "287" in first[1]["what"]
    assert first[0]["where"].startswith("Column “codigo”, rows 2, 3")  # the name of the file stands above
    assert all(found["mend"] for part in content["parts"] for found in part["findings"])


def test_the_page_is_whole_and_escaped(looked):
    page = html_quality(quality_content(looked.profile, translator("es"), CREATED)).decode()
    assert "<b>zona</b>" not in page
    assert "&lt;b&gt;zona" in page
    assert "http" not in page.replace("http-equiv", "")
    open_tags: list[str] = []

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag not in ("meta", "br", "rect"):
                open_tags.append(tag)

        def handle_endtag(self, tag):
            if tag != "rect":
                assert open_tags.pop() == tag

    Reader().feed(page)
    assert open_tags == []


def test_a_withheld_bar_is_an_outline_and_tells_no_height():
    drawn = sketch([1.0, None, 0.0])
    assert drawn.count("<rect") == 3
    assert drawn.count('class="withheld"') == 1
    assert sketch([]) == ""


def test_bars_are_shares_of_the_highest(looked):
    zone = next(c for c in looked.profile.columns if "zona" in c.name)
    assert [bar.count for bar in zone.bars] == [26, 14]
    assert heights(zone) == [1.0, 14 / 26]
    assert heights(looked.profile.columns[1]) == []
    assert isinstance(zone.bars[0], Bar)


def test_every_form_is_written_and_holds_every_column(looked, tmp_path):
    written = write_quality(looked, tmp_path, translator("pt"), CREATED)
    assert [path.name for path in written] == [f"educación_quality{suffix}" for suffix in SUFFIXES]
    table = pd.read_csv(tmp_path / report_name(looked, ".csv"), encoding="utf-8-sig")
    assert list(table.columns) == list(TABLE_COLUMNS)
    assert table["filled_share"].tolist() == [1.0] * 4
    record = json.loads((tmp_path / report_name(looked, ".json")).read_text("utf-8"))
    assert [sum(bar["count"] for bar in c["bars"]) for c in record["columns"] if c["bars"]] == [40, 40]


def test_of_a_very_wide_table_the_columns_with_findings_are_printed(tmp_path):
    wide = pd.DataFrame({f"c{i}": range(30, 60) for i in range(MOST_COLUMNS + 20)})
    wide["pct_último"] = [500.0] + [10.5 + i for i in range(29)]
    wide["codigo"] = [f"{i:05d}" for i in range(30)]
    wide.to_csv(tmp_path / "w.csv", index=False)
    content = quality_content(look_at(tmp_path / "w.csv").profile, translator("en"), CREATED)
    assert len(content["columns"]["rows"]) == MOST_COLUMNS
    assert "pct_último" in [row["name"] for row in content["columns"]["rows"]]
    assert "22" in content["columns"]["more"]


def test_the_tables_of_a_study_are_known_by_their_roles(tmp_path):
    """A survey and a census are of persons, the table of municipalities is not; no sound table is accused."""
    path = write_small_study(tmp_path)
    found = {one.path.name: one for one in look_at_study(read_study(path), path.parent)}
    assert {name: one.profile.persons for name, one in found.items()} == {
        "encuesta.csv": True, "censo.csv": True, "municipios.csv": False,
    }  # fmt: skip
    roles = {c.name: c.role.kind for c in found["encuesta.csv"].profile.columns}
    assert (roles["factor"], roles["edad"], roles["trabaja"]) == ("weight", "age", "outcome")
    assert not [p for one in found.values() for p in one.profile.findings if p.is_error]


def test_a_file_that_is_no_table_is_told(tmp_path):
    (tmp_path / "x.csv").write_bytes(b"")
    looked = look_at(tmp_path / "x.csv")
    assert looked.profile is None
    assert [p.code for p in looked.problems] == ["file_empty"]
