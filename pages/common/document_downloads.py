"""Documents about the whole run on the Downloads screen, made at the click."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from documents import write_report, write_slides
from pages.common import cached
from pages.common.words import _
from riskmodel.outputs.report import REPORT_HTML, REPORT_PDF
from riskmodel.outputs.slides import SLIDES


def report(folder: Path) -> None:
    """The method report of the run in `folder`, as PDF and as one page for a browser."""
    st.subheader(_("Method report"), anchor=False)
    command = "`python cli.py report RESULTS`"
    st.caption(_("Made at the click, in the language of the study; a large country takes some seconds. The same from a terminal: {command}", command=command))  # fmt: skip

    def made(name: str) -> bytes:
        with tempfile.TemporaryDirectory(dir=cached.workspace().home) as scratch:
            return write_report(folder, out=Path(scratch), only=name)[0].read_bytes()

    title, button = st.columns([3, 2], vertical_alignment="center")
    title.markdown(_("What a reviewer needs to repeat and judge the study, with a first page for everyone"))
    with button.container(horizontal=True, horizontal_alignment="right"):
        for label, name, mime in (("PDF", REPORT_PDF, "application/pdf"), ("HTML", REPORT_HTML, "text/html")):
            st.download_button(
                label, data=partial(made, name), file_name=name, mime=mime, key=name, help=name, on_click="ignore"
            )


def slides(folder: Path) -> None:
    """The slides of the run in `folder`."""
    st.subheader(_("Slides for a workshop"), anchor=False)
    command = "`python cli.py slides RESULTS`"
    st.caption(_("Made at the click, in the language of the study; a large country takes some seconds. The same from a terminal: {command}", command=command))  # fmt: skip

    def made() -> bytes:
        with tempfile.TemporaryDirectory(dir=cached.workspace().home) as scratch:
            return write_slides(folder, out=Path(scratch))[0].read_bytes()

    title, button = st.columns([3, 2], vertical_alignment="center")
    title.markdown(_("Map, list, factors, groups and a table of decisions, to be edited by whoever leads the meeting"))
    with button.container(horizontal=True, horizontal_alignment="right"):
        st.download_button(
            "PPTX",
            data=made,
            file_name=SLIDES,
            mime="application/vnd.openxmlformats-officedocument.presentationml.presentation",
            key=SLIDES,
            help=SLIDES,
            on_click="ignore",
        )
