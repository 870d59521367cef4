"""Fact sheets screen: one page about one area, or the sheet of a parent unit, seen here and saved as PDF."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.common import books, cached, many_sheets, show, state
from pages.common.words import _
from riskmodel.i18n import LANGUAGES
from riskmodel.outputs.sheet_style import SheetStyle
from riskmodel.results import Results
from sheet_drawing import national_sheet_of, sheet_of, unit_sheet_of

AREA, PARENT, COUNTRY, MANY, BOOK = "area", "parent", "country", "many", "book"


def main() -> None:
    """Draw the screen."""
    show.heading(
        _("What does the mayor need on one page?"), _("One A4 page about one area, to print, photocopy and discuss.")
    )
    results = show.need_results()[1]
    study_id = state.study_id()
    kind = _kind(results)
    left, right = st.columns([3, 1])
    with right:
        language = _language(right)
        style = _style(kind)
    if kind == MANY:
        many_sheets.show(results, study_id, left, language, style)
        return
    if kind == BOOK:
        books.show(results, study_id, left, language, style)
        return
    with left:
        code = _chosen(results, kind)
    if code is None:
        show.choose_area(results)
        return
    name, file = _names(results, kind, code)
    with st.spinner(_("Drawing the sheet")):
        pdf, picture = drawn(study_id, cached.run(study_id), code, language, style, kind, cached.office_mark(study_id))
    st.download_button(
        _("Save the sheet of {name} (PDF)", name=name), pdf, file_name=f"{file}_{language}.pdf", mime="application/pdf",
        type="primary", icon=":material/download:", key="sheet_download",
    )  # fmt: skip
    st.image(
        picture, width="stretch", caption=_("Fact sheet of {name}. The PDF can be read aloud and searched.", name=name)
    )
    if kind != AREA or style.large_print or style.second_page:
        st.caption(_("This is the first page; the PDF has all of them."))


def _chosen(results: Results, kind: str) -> str | None:
    """Code of the area or parent unit; "" for the country."""
    if kind == COUNTRY:
        return ""
    return _parent(results) if kind == PARENT else show.area_picker(results, "sheet_area")


def _names(results: Results, kind: str, code: str) -> tuple[str, str]:
    """Name of the place, and of its file without language."""
    if kind == COUNTRY:
        settings = results.manifest["study"]["study"]
        return settings["country"] or settings["name"], "country"
    table = results.parents if kind == PARENT else results.areas
    return table.set_index("area_code").loc[code, "area_name"], f"{'parent_' if kind == PARENT else ''}{code}"


def _style(kind: str) -> SheetStyle:
    """How it is printed. The photocopy is chosen with the look of the screens."""
    large = st.checkbox(
        _("Large print"),
        key="sheet_large",
        help=_("Letters of at least 18 points, on more pages; nothing is left out."),
    )
    second = kind in (AREA, MANY, BOOK) and st.checkbox(
        _("Second page"), True, key="sheet_second",
        help=_("Priority, every group, territories alike and the whole profile, with lines to write decisions on."),
    )  # fmt: skip
    return SheetStyle(state.appearance().photocopy, large, second)


def _language(where: DeltaGenerator) -> str:
    """Language of the sheets."""
    languages = list(LANGUAGES)
    return where.selectbox(
        _("Language of the sheet"),
        languages,
        languages.index(state.language()),
        format_func=LANGUAGES.__getitem__,
        key="sheet_language",
    )


def _kind(results: Results) -> str:
    """What is drawn; a parent unit only where the study has them."""
    words = {
        AREA: _("One area"),
        PARENT: _("A parent unit, with the list of its areas"),
        COUNTRY: _("The country"),
        MANY: _("Many, in one zip"),
        BOOK: _("One book"),
    }
    kinds = [kind for kind in words if kind != PARENT or len(results.parents)]
    return st.radio(_("Sheet of"), kinds, format_func=words.__getitem__, horizontal=True, key="sheet_kind")


def _parent(results: Results) -> str:
    """A parent unit, by name."""
    names = dict(results.parents.sort_values("area_name")[["area_code", "area_name"]].itertuples(index=False))
    return st.selectbox(_("Parent unit"), list(names), format_func=names.__getitem__, key="sheet_parent")


@st.cache_data(scope="session", max_entries=24, show_spinner=False)
def drawn(
    study_id: str, run_id: str, code: str, language: str, style: SheetStyle, kind: str, office: str
) -> tuple[bytes, bytes]:
    """PDF and picture of a sheet; a finished run never changes, but for who publishes it (`office`)."""
    results, locator = cached.results(study_id), cached.locator(study_id, style.photocopy)
    if kind == COUNTRY:
        return national_sheet_of(results, language, locator, style)
    draw = unit_sheet_of if kind == PARENT else sheet_of
    return draw(results, code, language, locator, style)


main()
