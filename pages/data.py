"""Data screen: bring files, say what their columns mean, check, run."""

from __future__ import annotations

import streamlit as st

from pages.common import ask_model, ask_office, cached, show
from pages.common.data import area_parts, child_parts
from pages.common.data.as_text import edit_text, study_as_text
from pages.common.data.desk import Desk
from pages.common.data.files import the_files
from pages.common.data.next_step import say_next
from pages.common.data.proposed import proposed
from pages.common.data.run_bar import run_bar
from pages.common.words import _
from riskmodel.areamodel.portable_schema import PortableAreaModel
from riskmodel.problems import InputProblems
from riskmodel.study import Study
from riskmodel.study_file import FILE_NAME
from riskmodel.survey.model_schema import PortableModel

show.heading(_("Are my files right?"), _("Bring the files, say what their columns mean, check them and run the study."))
study_id = show.need_study()


def main() -> None:
    """Draw the screen, top to bottom in the order of the work."""
    study = the_study()
    desk = Desk(study_id, study)
    show.synthetic(study)
    with st.container():  # its own place: what it shows must not shift, and so close, the parts below
        step = st.container()
        run_bar(desk)
    with st.container():
        the_files(desk)
        offered = proposed(desk)
    say_next(step, desk, offered)
    st.subheader(_("What the columns mean"), anchor=False)
    method = study.study.method
    from_file = method in ("risk_model", "area_model") and ask_model.from_file(study)
    model = child_parts.model_from_file(desk) if from_file else None
    fitted_here = method == "risk_model" and not from_file
    if fitted_here:
        child_parts.survey(desk)
    if method == "risk_model":
        child_parts.population(desk, model)
    if isinstance(model, PortableModel):
        child_parts.model_columns(desk, model)
    if not from_file:
        child_parts.definition(desk)
    if fitted_here:
        child_parts.determinants(desk)
    if method == "risk_model":
        child_parts.groups(desk)
    area_parts.areas(desk)
    if method == "given_risk":
        area_parts.given_risk(desk)
    if isinstance(model, PortableAreaModel):
        area_parts.model_indicators(desk, model)
    else:
        area_parts.indicators(desk)
    if method == "area_model" and not from_file:
        area_parts.area_model(desk)
    area_parts.observed(desk)
    area_parts.published(desk)
    area_parts.boundaries(desk)
    area_parts.levels(desk)
    ask_office.office_part(study, study_id)
    study_as_text(desk)


def the_study() -> Study:
    """The study being prepared; a broken file can still be mended as text."""
    try:
        return cached.workspace().study(study_id, complete=False)
    except InputProblems as error:
        show.problems(error.problems)
        text = (cached.workspace().folder(study_id) / FILE_NAME).read_text(encoding="utf-8", errors="replace")
        edit_text(study_id, text)
        st.stop()


main()
