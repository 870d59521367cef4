"""The size of type that the first pages of a study share, found once instead of for each page.

Pages of one kind (with or without estimate, factors, groups) take the tightest fit that three of them need, spread over
the country. A page with more to say takes a tighter one; so a page is the same in a file of its own and in a book.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from riskmodel.outputs.pdf_part import PdfPart
from riskmodel.outputs.sheet_desk import Desk, Drawn
from riskmodel.outputs.sheet_ready import Ready
from riskmodel.results import Results

SAMPLE = 3
STEPS = 2  # a page that is too full two fits tighter is looked at closely

Kind = tuple[bool, bool, bool]


class Fits:
    """The fit of every first page of a study."""

    def __init__(
        self, results: Results, own: Ready, desk: Desk, placed_content: Callable[[str], dict[str, Any]]
    ) -> None:
        """`placed_content` gives the content of an area with its map on the desk."""
        self._desk, self._content = desk, placed_content
        known = results.areas[results.measure].notna()
        codes = results.areas["area_code"]
        self._kinds: dict[str, Kind] = {
            code: (has, code in own.contributions, code in own.groups) for code, has in zip(codes, known, strict=True)
        }
        self._found: dict[Kind, int] = {}

    def of(self, area_code: str) -> int:
        """Place in the template's list of fits."""
        kind = self._kinds[area_code]
        if kind not in self._found:
            codes = sorted(code for code, other in self._kinds.items() if other == kind)
            sample = dict.fromkeys(codes[len(codes) * (2 * i + 1) // (2 * SAMPLE)] for i in range(SAMPLE))
            contents = [self._content(code) | {"second": None} for code in sample]
            self._found[kind] = max(self._desk.fits(contents))
        return self._found[kind]


def draw_fitting(desk: Desk, contents: Sequence[dict[str, Any]], created: dt.datetime) -> tuple[Drawn, PdfPart]:
    """One PDF of contents with a `fit`, of which those too full are drawn with a tighter one."""
    first = [content.get("fit") for content in contents]
    while True:
        drawn = desk.draw(contents, created)
        part = PdfPart(drawn.pdf)
        full = too_full(part, contents)
        if not full:
            return drawn, part
        contents = [
            content | {"fit": content["fit"] + 1 if content["fit"] < (first[i] or 0) + STEPS else None}
            if i in full
            else content
            for i, content in enumerate(contents)
        ]


def too_full(part: PdfPart, contents: Sequence[dict[str, Any]]) -> set[int]:
    """Places of the sheets whose first page runs over to the next; a sheet without `fit` looked for its own."""
    sheets = part.bookmarks
    ends = [*(line.page for line in sheets[1:]), len(part.pages)]
    found = set()
    for i, (line, end, content) in enumerate(zip(sheets, ends, contents, strict=True)):
        if content.get("fit") is None:
            continue
        second = content.get("second")
        begins = next((b.page for b in line.below if second and b.text == second["title"]), end)
        if begins != line.page + 1:
            found.add(i)
    return found
