"""Write slides as PPTX: titles, tables and charts stay what they are, so a facilitator can change them.

Charts and tables are native; only the map is a picture. Every one of them has a text in place for a screen reader.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Mm, Pt

from riskmodel.inputs.office import as_pixels
from riskmodel.outputs.slides.parts import ACCENT, INK, LOCALES, QUIET, add_chart, add_table, describe, dress

WIDTH, HEIGHT = Mm(338.7), Mm(190.5)  # 16:9
SIDE, FOOT = Mm(16), Mm(11)
TITLE_ONLY = 5
LETTERS = 85  # of a sentence at 20 points on one line
WHITE = RGBColor.from_string("FFFFFF")


def slides_pptx(slides: Sequence[dict[str, Any]], picture: bytes | None, language: str, created: dt.datetime) -> bytes:
    """The file. picture : the map as PNG, for the slide that asks for it."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    properties = deck.core_properties
    properties.title, properties.author, properties.language = slides[0]["title"], "Mirador", LOCALES[language]
    properties.created = properties.modified = created.replace(tzinfo=None)
    for number, content in enumerate(slides):
        slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
        if number == 0:
            _cover(slide, content, language)
        else:
            _stripe(slide, Mm(0), Mm(11), Mm(5), Mm(20))
            _title(slide, content["title"], Mm(9), Mm(24), 30, ACCENT, language)
            _body(slide, content, picture, language)
            _foot(slide, content["foot"], number + 1, language)
        slide.notes_slide.notes_text_frame.text = content["notes"]
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _cover(slide: Any, content: dict[str, Any], language: str) -> None:
    """Name of the study white on the accent, what it is below."""
    band = _stripe(slide, Mm(0), Mm(0), WIDTH, Mm(92))
    slide.shapes._spTree.remove(band._element)
    slide.shapes._spTree.insert(2, band._element)  # behind the title
    _title(slide, content["title"], Mm(32), Mm(52), 40, WHITE, language, MSO_ANCHOR.BOTTOM)
    if content["logo"]:
        _logo(slide, content["logo"])
    _lines(slide, content["lines"], Mm(102), HEIGHT - Mm(112), 22, language)


def _logo(slide: Any, logo: dict[str, Any]) -> None:
    """At the top right of the band; one made for white paper stands on white."""
    pixels = io.BytesIO(as_pixels(logo, f"#{WHITE}"))
    shape = slide.shapes.add_picture(pixels, SIDE, Mm(9), height=Mm(20))
    shape.left = Emu(WIDTH - SIDE - shape.width)
    describe(shape, logo["alt"])


def _body(slide: Any, content: dict[str, Any], picture: bytes | None, language: str) -> None:
    """Sentences, figures, then the table, the chart or the map in the room that is left."""
    top, bottom = int(Mm(38)), HEIGHT - FOOT - int(Mm(6))
    alone = not (content["table"] or content["chart"])
    if content["picture"] and picture:
        left = _picture(slide, picture, content["picture"], int(Mm(34)), bottom)
        if content["table"]:
            add_table(
                slide, content["table"], content["title"], (SIDE, top, left - SIDE - int(Mm(6)), bottom), language
            )
        return
    if content["lines"]:
        size = _size(content["lines"]) if alone else 20
        rows = sum(math.ceil(len(line) / LETTERS) for line in content["lines"])
        height = bottom - top if alone else int(Mm(9)) * rows + int(Mm(6))
        _lines(slide, content["lines"], top, height, size, language)
        top += height
    if content["figures"]:
        _figures(slide, content["figures"], top, language)
        top += int(Mm(38))
    if content["table"]:
        add_table(slide, content["table"], content["title"], (SIDE, top, WIDTH - 2 * SIDE, bottom), language)
    if content["chart"]:
        add_chart(slide, content["chart"], content["title"], (SIDE, top, WIDTH - 2 * SIDE, bottom))


def _size(lines: Sequence[str]) -> int:
    """Type size that leaves all sentences on the slide."""
    letters = sum(map(len, lines))
    return 26 if letters < 350 else 22 if letters < 650 else 18 if letters < 1000 else 15


def _title(
    slide: Any,
    words: str,
    top: int,
    height: int,
    size: int,
    colour: RGBColor,
    language: str,
    anchor: Any = MSO_ANCHOR.MIDDLE,
) -> None:
    shape = slide.shapes.title
    shape.left, shape.width, shape.top, shape.height = SIDE, WIDTH - 2 * SIDE, top, height
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.text = words
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    dress(frame.paragraphs[0], size if len(words) < 60 else size - 8, colour, language, bold=True)


def _lines(slide: Any, lines: Sequence[str], top: int, height: int, size: int, language: str) -> None:
    frame = slide.shapes.add_textbox(SIDE, top, WIDTH - 2 * SIDE, height).text_frame
    frame.word_wrap = True
    for i, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.text = line
        paragraph.space_after = Pt(size * 0.55)
        dress(paragraph, size, INK, language)


def _figures(slide: Any, figures: Sequence[dict[str, str]], top: int, language: str) -> None:
    """Numbers to be read from the back of the room, side by side."""
    gap = int(Mm(6))
    width = int((WIDTH - 2 * SIDE - gap * (len(figures) - 1)) / len(figures))
    for i, one in enumerate(figures):
        left = int(SIDE + i * (width + gap))
        _stripe(slide, left, top, width, Mm(1))
        frame = slide.shapes.add_textbox(left, top + Mm(2), width, Mm(32)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        frame.paragraphs[0].text = one["big"]
        dress(frame.paragraphs[0], 38, ACCENT, language, bold=True)
        label = frame.add_paragraph()
        label.text = one["label"]
        dress(label, 15, INK, language)


def _picture(slide: Any, picture: bytes, alt: str, top: int, bottom: int) -> int:
    """The map at the right, as large as the room lets it; gives its left edge."""
    shape = slide.shapes.add_picture(io.BytesIO(picture), SIDE, top, height=bottom - top)
    most = int(WIDTH * 0.62)
    if shape.width > most:
        shape.height, shape.width = int(shape.height * most / shape.width), most
    shape.left = Emu(WIDTH - SIDE - shape.width)
    describe(shape, alt)
    return int(shape.left)


def _foot(slide: Any, words: str, number: int, language: str) -> None:
    for left, width, text, align in (
        (SIDE, WIDTH - 2 * SIDE - Mm(20), words, PP_ALIGN.LEFT),
        (WIDTH - SIDE - Mm(18), Mm(18), str(number), PP_ALIGN.RIGHT),
    ):
        frame = slide.shapes.add_textbox(left, HEIGHT - FOOT, width, Mm(8)).text_frame
        frame.word_wrap = True
        frame.paragraphs[0].text = text
        frame.paragraphs[0].alignment = align
        dress(frame.paragraphs[0], 12, QUIET, language)


def _stripe(slide: Any, left: int, top: int, width: int, height: int) -> Any:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
    shape.fill.solid()
    shape.fill.fore_color.rgb = ACCENT
    shape.line.fill.background()
    shape.shadow.inherit = False
    return shape
