"""How sheets are printed, and the content of each kind in that style.

One place decides: the batch, the screen and the command line ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from riskmodel.i18n import Translator
from riskmodel.outputs.national_content import national_content
from riskmodel.outputs.second_content import second_content
from riskmodel.outputs.second_ready import SecondReady, second_ready
from riskmodel.outputs.sheet_content import sheet_content
from riskmodel.outputs.sheet_ready import Ready, ready
from riskmodel.outputs.unit_content import unit_content
from riskmodel.results import Results


@dataclass(frozen=True)
class SheetStyle:
    """What a person chose."""

    photocopy: bool = False  # greys and patterns
    large_print: bool = False  # no letter under 18 points
    second_page: bool = True  # of the sheet of an area, where it has something to say


PLAIN = SheetStyle()


@dataclass(frozen=True)
class Shared:
    """What the sheets of one run share; made by `shared_of`."""

    own: Ready
    second: SecondReady | None


def shared_of(results: Results, style: SheetStyle) -> Shared:
    """What every sheet of these results in this style needs, worked out once."""
    own = ready(results)
    return Shared(own, second_ready(results, own) if style.second_page else None)


def area_sheet(
    results: Results, area_code: str, t: Translator, style: SheetStyle = PLAIN, shared: Shared | None = None
) -> dict[str, Any]:
    """Content of the sheet of one area, its second page with it; raises `InputProblems` (`area_unknown`)."""
    of_run = shared or shared_of(results, style)
    content = sheet_content(results, area_code, t, style.photocopy, of_run.own)
    content["second"] = second_content(results, area_code, t, of_run.second) if of_run.second else None
    if content["second"] and content["second"]["profile"]:
        content["more"] = t("More on the next page.")
    if not style.large_print:
        return content
    return _large(content, t) | {"template": "large"}


def unit_sheet(results: Results, parent_code: str, t: Translator, style: SheetStyle = PLAIN) -> dict[str, Any]:
    """Content of the sheet of one parent unit; raises `InputProblems` (`parent_unknown`)."""
    content = unit_content(results, parent_code, t, style.photocopy)
    return _large(content, t) if style.large_print else content


def national_sheet(results: Results, t: Translator, style: SheetStyle = PLAIN) -> dict[str, Any]:
    """Content of the sheet of the country."""
    content = national_content(results, t, style.photocopy)
    return _large(content, t) if style.large_print else content


def _large(content: dict[str, Any], t: Translator) -> dict[str, Any]:
    return content | {"large_print": True, "page": t("Page {page} of {pages}", page="{page}", pages="{pages}")}
