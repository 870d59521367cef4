"""What a spreadsheet says first: which study this is, what is measured, from when and from whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from riskmodel.declaration import in_short
from riskmodel.i18n import Translator
from riskmodel.outputs.spreadsheets.style import Book, Page
from riskmodel.results import Results
from riskmodel.study import Study

LABEL, WORDS = 0, 1
# Characters that fit on a line of the words, with some to spare.
WIDTH = 105


def first_page(book: Book, name: str, title: str, study: Study, t: Translator) -> tuple[Page, int]:
    """The sheet with its title, and the label of invented data where they are; the row to go on at."""
    page = book.page(name, title)
    page.widths({"A": 26, "B": 110})
    page.sheet.set_portrait()
    page.sheet.fit_to_pages(1, 1)
    row = 1
    if study.study.synthetic:
        page.text(row, LABEL, t("Invented data"), "warning")
        page.text(
            row, WORDS, t("Synthetic data for demonstration: every figure and place name is invented."), "warning"
        )
        row += 1
    return page, row + 1


def lines(page: Page, row: int, heading: str, said: Sequence[tuple[str, str]]) -> int:
    """A heading and a line for each label with words; gives the row after an empty one."""
    page.text(row, LABEL, heading, "heading")
    page.text(row, WORDS, "", "heading")
    for label, words in said:
        row += 1
        page.text(row, LABEL, label, "strong_top")
        page.text(row, WORDS, words, "wrap")
        page.tall(row, words, WIDTH)
    return row + 2


def about(results: Results, study: Study, t: Translator) -> list[tuple[str, str]]:
    """Country, definition, years, sources, and what made the file."""
    manifest = results.manifest
    years = {int(year) for year in manifest.get("years", {}).values()} | {i.year for i in study.indicator if i.year}
    sources = [i.source for i in study.indicator] + [
        part.source for part in (study.outcome, study.survey, study.population, study.areas) if part is not None
    ]
    day = dt.datetime.fromisoformat(str(manifest["created"])).date()
    found = [
        (t("Country"), study.study.country),
        (t("Definition"), in_short(study, t)),
        (t("Year"), ", ".join(str(year) for year in sorted(years)) or t("not declared")),
        (t("Sources"), "; ".join(dict.fromkeys(s for s in sources if s)) or t("not declared")),
        (t("Made by"), t("Study {fingerprint} · {product} {version} · {day}", fingerprint=manifest["fingerprint"],
                         product=manifest["product"], version=manifest["version"], day=t.date(day))),
    ]  # fmt: skip
    return [(label, words) for label, words in found if words]
