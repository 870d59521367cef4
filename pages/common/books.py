"""Books of fact sheets on screen: choose which, bind them in the background, save the PDF or the zip.

A book is written whole or not at all; of a book for each parent unit what is finished stays when the work is cancelled.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.common import cached, jobs
from pages.common.many_sheets import folder_of, is_going_on, mark_of
from pages.common.words import _, current
from riskmodel.outputs.sheet_style import SheetStyle
from riskmodel.progress import Progress
from riskmodel.results import Results
from sheet_book import write_book, write_books

ALL, ONE, EACH = "all", "one", "each"


@dataclass(frozen=True)
class Choice:
    """Which book: of everything, of one parent unit, or one for each."""

    kind: str = ALL
    unit: str = ""


def show(results: Results, study_id: str, left: DeltaGenerator, language: str, style: SheetStyle) -> None:
    """Choice, progress and download."""
    key = f"books_{study_id}"
    with left:
        choice = _asked(results)
    run = cached.workspace().folder(study_id) / "runs" / str(cached.run(study_id))
    out = run / "sheets" / f"{folder_of(language, style)}_books"
    file = out / f"{mark_of(results, language, style, choice)}.{'zip' if choice.kind == EACH else 'pdf'}"
    if is_going_on(key, _("The book is ready.")):
        return
    if file.exists():
        _download(file, choice, language)
        return
    label = _("Bind the books") if choice.kind == EACH else _("Bind the book")
    if st.button(label, type="primary", key="books_bind"):
        jobs.start(key, lambda progress: _bind(run, language, style, choice, file, progress))
        st.rerun()
    st.caption(_("Cover, how to read, contents, each parent unit followed by its areas, and an index of names."))


def _bind(run: Path, language: str, style: SheetStyle, choice: Choice, file: Path, progress: Progress) -> None:
    if choice.kind == EACH:
        write_books(run, language, file.parent, progress, style, file)
    else:
        write_book(run, language, file, progress, style, [choice.unit] if choice.unit else [])


def _download(file: Path, choice: Choice, language: str) -> None:
    size = current().number(file.stat().st_size / 1e6, 1)
    name = "_".join(filter(None, ("book", choice.unit, language)))
    is_zip = choice.kind == EACH
    st.download_button(
        _("Save the zip ({size} MB)", size=size) if is_zip else _("Save the book ({size} MB)", size=size),
        file.read_bytes, file_name=f"{name}{file.suffix}", mime="application/zip" if is_zip else "application/pdf",
        type="primary", icon=":material/download:", key="books_file",
    )  # fmt: skip


def _asked(results: Results) -> Choice:
    """Which book; there is no choice without parent units."""
    if results.parents.empty:
        return Choice()
    names = {
        ALL: _("All areas in one book"),
        ONE: _("A book of one parent unit"),
        EACH: _("A book for each parent unit, in one zip"),
    }
    kind = st.selectbox(_("Which book?"), list(names), format_func=names.__getitem__, key="books_which")
    if kind != ONE:
        return Choice(kind)
    units = dict(results.parents.sort_values("area_name")[["area_code", "area_name"]].itertuples(index=False))
    return Choice(ONE, st.selectbox(_("Parent unit"), list(units), format_func=units.__getitem__, key="books_parent"))
