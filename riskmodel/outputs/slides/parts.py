"""Tables and charts of a slide, native and so to be edited; the room they may fill is (left, top, width, bottom)."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Mm, Pt

ACCENT, INK, QUIET, PALE, WHITE = (RGBColor.from_string(c) for c in ("0B5C66", "1F2A30", "4A565D", "EEF3F3", "FFFFFF"))
LOCALES = {"es": "es-419", "en": "en-US", "pt": "pt-BR", "fr": "fr-FR"}
SWATCH = 12.0  # width of a column that shows the colour of a level, in letters

Room = tuple[int, int, int, int]


def add_table(slide: Any, table: dict[str, Any], title: str, room: Room, language: str) -> None:
    """A table with its head on the accent; `colours` paints a first, wordless column."""
    left, top, width, bottom = room
    colours = table.get("colours") or []
    columns = [*([""] if colours else []), *table["columns"]]
    rows = [[*([""] if colours else []), *row] for row in table["rows"]]
    first_number = table["left"] + bool(colours)
    blank = not colours and not any(any(row[1:]) for row in rows)  # to be filled in
    height = min(int((bottom - top) / (len(rows) + 1)), int(Mm(25) if blank else Mm(15)))
    size = 20 if blank or height > Mm(13) else 18 if height > Mm(11.5) else 15
    size = size if width > Mm(200) else min(size, 15)
    frame = slide.shapes.add_table(len(rows) + 1, len(columns), left, top, width, height * (len(rows) + 1))
    describe(frame, title)
    grid = frame.table
    shares = _widths(columns, rows, blank, bool(colours))
    for i, share in enumerate(shares):
        grid.columns[i].width = int(width * share / sum(shares))
    for i, row in enumerate([columns, *rows]):
        grid.rows[i].height = height
        for j, words in enumerate(row):
            cell = grid.cell(i, j)
            cell.text, cell.vertical_anchor = words, MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = ACCENT if i == 0 else PALE if i % 2 else WHITE
            if colours and i and not j:
                cell.fill.fore_color.rgb = RGBColor.from_string(colours[i - 1].removeprefix("#"))
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.LEFT if j < first_number else PP_ALIGN.RIGHT
            dress(paragraph, size - 2 if i == 0 else size, WHITE if i == 0 else INK, language, bold=i == 0)


def _widths(columns: list[str], rows: list[list[str]], blank: bool, painted: bool) -> list[float]:
    """How wide each column is beside the others, by its longest words."""
    if blank:
        return [32.0, *[26.0] * (len(columns) - 1)]
    # No wider than 60 letters, no narrower than the longest word, which must not be broken.
    cells = [[name, *(row[i] for row in rows)] for i, name in enumerate(columns)]
    words = [max((len(word) for text in column for word in text.split(" ")), default=0) + 3 for column in cells]
    texts = [max(len(column[0]) * 0.7, *map(len, column[1:])) for column in cells]
    wide = [max(word, min(text, 60)) for word, text in zip(words, texts, strict=True)]
    return [SWATCH / 2 if painted and i == 0 else length for i, length in enumerate(wide)]


def add_chart(slide: Any, chart: dict[str, Any], title: str, room: Room) -> None:
    """Bars across, the first on top, with their numbers."""
    left, top, width, bottom = room
    data = CategoryChartData(number_format="0.0" if chart["decimals"] else "#,##0")
    data.categories = chart["names"]
    data.add_series(chart["unit"], chart["values"])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, left, top, width, bottom - top, data)
    told = "; ".join(f"{n} {v:g}" for n, v in zip(chart["names"], chart["values"], strict=True))
    describe(frame, f"{title}: {told}")
    drawn = frame.chart
    drawn.has_legend, drawn.has_title = False, True
    drawn.chart_title.text_frame.text = chart["unit"]
    drawn.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(18)
    size = Pt(16 if len(chart["names"]) <= 8 else 14)  # every bar keeps its name
    drawn.font.size, drawn.font.color.rgb = size, INK
    drawn.category_axis.reverse_order = True
    drawn.category_axis.format.line.fill.background()
    drawn.value_axis.visible, drawn.value_axis.has_major_gridlines = False, False
    drawn.value_axis.minimum_scale = 0
    plot = drawn.plots[0]
    plot.gap_width, plot.has_data_labels = 45, True
    plot.data_labels.font.size, plot.data_labels.show_value = size, True
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = ACCENT


def dress(paragraph: Any, size: int, colour: RGBColor, language: str, bold: bool = False) -> None:
    """Size, colour and language of all words of a paragraph."""
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
        run._r.get_or_add_rPr().set("lang", LOCALES[language])


def describe(shape: Any, words: str) -> None:
    """Text in place of a picture, a table or a chart."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)
