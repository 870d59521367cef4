"""Fact sheets screen: one page about one area, seen here and saved as PDF."""

from __future__ import annotations

import streamlit as st

from pages.common import cached, show, state
from pages.common.words import _
from riskmodel.i18n import LANGUAGES
from workflow import sheet_of


def main() -> None:
    """Draw the screen."""
    show.heading(
        _("What does the mayor need on one page?"), _("One A4 page about one area, to print, photocopy and discuss.")
    )
    results = show.need_results()[1]
    study_id = state.study_id()
    left, right = st.columns([3, 1])
    with left:
        code = show.area_picker(results, "sheet_area")
    languages = list(LANGUAGES)
    language = right.selectbox(
        _("Language of the sheet"),
        languages,
        languages.index(state.language()),
        format_func=LANGUAGES.__getitem__,
        key="sheet_language",
    )
    if code is None:
        show.choose_area(results)
        return
    name = results.areas.set_index("area_code").loc[code, "area_name"]
    with st.spinner(_("Drawing the sheet")):
        pdf, picture = drawn(study_id, cached.run(study_id), code, language, state.appearance().photocopy)
    st.download_button(
        _("Save the sheet of {name} (PDF)", name=name), pdf, file_name=f"{code}_{language}.pdf", mime="application/pdf",
        type="primary", icon=":material/download:", key="sheet_download",
    )  # fmt: skip
    st.image(
        picture, width="stretch", caption=_("Fact sheet of {name}. The PDF can be read aloud and searched.", name=name)
    )


@st.cache_data(scope="session", max_entries=24, show_spinner=False)
def drawn(study_id: str, run_id: str, code: str, language: str, photocopy: bool) -> tuple[bytes, bytes]:
    """PDF and picture of a sheet; a finished run never changes."""
    return sheet_of(cached.results(study_id), code, language, cached.locator(study_id, photocopy), photocopy)


main()
