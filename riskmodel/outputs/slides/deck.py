"""Write slides as PPTX: titles, tables and charts stay what they are, so a facilitator can change them.

Charts and tables are native; only the map is a picture. Every one of them has a text in place for a screen reader.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Mm, Pt

from riskmodel.inputs.office import as_pixels

WIDTH, HEIGHT = Mm(338.7), Mm(190.5)  # 16:9
SIDE = Mm(16)
TITLE_ONLY = 5
ACCENT, INK, PALE, WHITE = (RGBColor.from_string(c) for c in ("0B5C66", "1F2A30", "EEF3F3", "FFFFFF"))
LOCALES = {"es": "es-419", "en": "en-US", "pt": "pt-BR", "fr": "fr-FR"}


def slides_pptx(slides: Sequence[dict[str, Any]], picture: bytes | None, language: str, created: dt.datetime) -> bytes:
    """The file. picture : the map as PNG, for the slide that asks for it."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    properties = deck.core_properties
    properties.title, properties.author, properties.language = slides[0]["title"], "Mirador", LOCALES[language]
    properties.created = properties.modified = created.replace(tzinfo=None)
    for number, content in enumerate(slides):
        slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
        _title(slide, content["title"], first=number == 0, language=language)
        top = int(Mm(92) if number == 0 else Mm(38))
        if content["lines"]:
            size = _size(content["lines"])
            short = bool(content["table"] or content["chart"])
            height = int(Mm(40)) if short else HEIGHT - top - int(Mm(12))
            _lines(slide, content["lines"], top, height, 18 if short else size, language)
            top += Mm(44) if short else height
        if content["table"]:
            _table(slide, content["table"], content["title"], top, language)
        if content["chart"]:
            _chart(slide, content["chart"], content["title"], top)
        if content["logo"]:
            _logo(slide, content["logo"])
        if content["picture"] and picture:
            shape = slide.shapes.add_picture(io.BytesIO(picture), SIDE, Mm(34), height=HEIGHT - Mm(40))
            shape.left = Emu(int((WIDTH - shape.width) / 2))
            _describe(shape, content["picture"])
        slide.notes_slide.notes_text_frame.text = content["notes"]
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _logo(slide: Any, logo: dict[str, Any]) -> None:
    """At the top right; one made for a dark ground stands on the colour of the sheets."""
    shape = slide.shapes.add_picture(io.BytesIO(as_pixels(logo)), SIDE, Mm(12), height=Mm(20))
    shape.left = Emu(WIDTH - SIDE - shape.width)
    _describe(shape, "Logo")
    if logo["is_light"]:
        shape.fill.solid()
        shape.fill.fore_color.rgb = ACCENT


def _size(lines: Sequence[str]) -> int:
    """Type size that leaves all sentences on the slide."""
    letters = sum(map(len, lines))
    return 26 if letters < 350 else 22 if letters < 650 else 18 if letters < 1000 else 15


def _title(slide: Any, words: str, first: bool, language: str) -> None:
    shape = slide.shapes.title
    shape.left, shape.width = SIDE, WIDTH - 2 * SIDE
    shape.top, shape.height = (Mm(34), Mm(50)) if first else (Mm(9), Mm(24))
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.BOTTOM if first else MSO_ANCHOR.MIDDLE
    frame.text = words
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    size = 40 if first else 30
    _dress(frame.paragraphs[0], size if len(words) < 60 else size - 8, ACCENT, language, bold=True)


def _lines(slide: Any, lines: Sequence[str], top: int, height: int, size: int, language: str) -> None:
    frame = slide.shapes.add_textbox(SIDE, top, WIDTH - 2 * SIDE, height).text_frame
    frame.word_wrap = True
    for i, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.text = line
        paragraph.space_after = Pt(size * 0.55)
        _dress(paragraph, size, INK, language)


def _table(slide: Any, table: dict[str, Any], title: str, top: int, language: str) -> None:
    rows, columns = len(table["rows"]) + 1, len(table["columns"])
    blank = not any(any(row[1:]) for row in table["rows"])  # to be filled in
    height = Mm(22) if blank else Mm(11)
    frame = slide.shapes.add_table(rows, columns, SIDE, top, WIDTH - 2 * SIDE, height * rows)
    _describe(frame, title)
    grid = frame.table
    longest = [max(len(table["columns"][i]) * 0.7, *(len(row[i]) for row in table["rows"]), 14) for i in range(columns)]
    if blank:
        longest = [30.0, *[28.0] * (columns - 1)]
    longest = [min(length, 60) for length in longest]
    for i, length in enumerate(longest):
        grid.columns[i].width = int((WIDTH - 2 * SIDE) * length / sum(longest))
    for i, row in enumerate([table["columns"], *table["rows"]]):
        grid.rows[i].height = height
        for j, words in enumerate(row):
            cell = grid.cell(i, j)
            cell.text, cell.vertical_anchor = words, MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = ACCENT if i == 0 else PALE if i % 2 else WHITE
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.LEFT if j < table["left"] else PP_ALIGN.RIGHT
            _dress(paragraph, 14, WHITE if i == 0 else INK, language, bold=i == 0)


def _chart(slide: Any, chart: dict[str, Any], title: str, top: int) -> None:
    """Bars across, the first on top, with their numbers."""
    data = CategoryChartData(number_format="0.0" if chart["decimals"] else "#,##0")
    data.categories = chart["names"]
    data.add_series(chart["unit"], chart["values"])
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, SIDE, top, WIDTH - 2 * SIDE, HEIGHT - top - Mm(10), data
    )
    _describe(
        frame, f"{title}: " + "; ".join(f"{n} {v:g}" for n, v in zip(chart["names"], chart["values"], strict=True))
    )
    drawn = frame.chart
    drawn.has_legend, drawn.has_title = False, True
    drawn.chart_title.text_frame.text = chart["unit"]
    drawn.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(16)
    drawn.font.size, drawn.font.color.rgb = Pt(14), INK
    drawn.category_axis.reverse_order = True
    drawn.category_axis.format.line.fill.background()
    drawn.value_axis.visible, drawn.value_axis.has_major_gridlines = False, False
    drawn.value_axis.minimum_scale = 0
    plot = drawn.plots[0]
    plot.gap_width, plot.has_data_labels = 45, True
    plot.data_labels.font.size, plot.data_labels.show_value = Pt(14), True
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = ACCENT


def _dress(paragraph: Any, size: int, colour: RGBColor, language: str, bold: bool = False) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
        run._r.get_or_add_rPr().set("lang", LOCALES[language])


def _describe(shape: Any, words: str) -> None:
    """Text in place of a picture, a table or a chart."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)
