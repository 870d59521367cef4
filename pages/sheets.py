"""Fact sheets screen: one page about one area, or the sheet of a parent unit, seen here and saved as PDF."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.common import cached, many_sheets, show, state
from pages.common.words import _
from riskmodel.i18n import LANGUAGES
from riskmodel.results import Results
from workflow import sheet_of, unit_sheet_of

AREA, PARENT, MANY = "area", "parent", "many"


def main() -> None:
    """Draw the screen."""
    show.heading(
        _("What does the mayor need on one page?"), _("One A4 page about one area, to print, photocopy and discuss.")
    )
    results = show.need_results()[1]
    study_id = state.study_id()
    kind = _kind(results)
    left, right = st.columns([3, 1])
    if kind == MANY:
        many_sheets.show(results, study_id, left, _language(right))
        return
    with left:
        code = _parent(results) if kind == PARENT else show.area_picker(results, "sheet_area")
    language = _language(right)
    if code is None:
        show.choose_area(results)
        return
    table = results.parents if kind == PARENT else results.areas
    name = table.set_index("area_code").loc[code, "area_name"]
    with st.spinner(_("Drawing the sheet")):
        pdf, picture = drawn(study_id, cached.run(study_id), code, language, state.appearance().photocopy, kind)
    st.download_button(
        _("Save the sheet of {name} (PDF)", name=name), pdf,
        file_name=f"{'parent_' if kind == PARENT else ''}{code}_{language}.pdf", mime="application/pdf",
        type="primary", icon=":material/download:", key="sheet_download",
    )  # fmt: skip
    st.image(
        picture, width="stretch", caption=_("Fact sheet of {name}. The PDF can be read aloud and searched.", name=name)
    )
    if kind == PARENT:
        st.caption(_("This is the first page; the PDF has all of them."))


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
    words = {AREA: _("One area"), PARENT: _("A parent unit, with the list of its areas"), MANY: _("Many, in one zip")}
    kinds = [AREA, MANY] if results.parents.empty else list(words)
    return st.radio(_("Sheet of"), kinds, format_func=words.__getitem__, horizontal=True, key="sheet_kind")


def _parent(results: Results) -> str:
    """A parent unit, by name."""
    names = dict(results.parents.sort_values("area_name")[["area_code", "area_name"]].itertuples(index=False))
    return st.selectbox(_("Parent unit"), list(names), format_func=names.__getitem__, key="sheet_parent")


@st.cache_data(scope="session", max_entries=24, show_spinner=False)
def drawn(study_id: str, run_id: str, code: str, language: str, photocopy: bool, kind: str) -> tuple[bytes, bytes]:
    """PDF and picture of a sheet; a finished run never changes."""
    draw = unit_sheet_of if kind == PARENT else sheet_of
    return draw(cached.results(study_id), code, language, cached.locator(study_id, photocopy), photocopy)


main()
