"""Many fact sheets at once: choose which, draw them in the background, save the zip.

Sheets are drawn into the run's own folder: what is finished stays when the work is cancelled, and is not drawn again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.common import cached, jobs
from pages.common.show import problems as show_problems
from pages.common.words import _, current
from riskmodel.outputs.sheet_style import SheetStyle
from riskmodel.results import Results
from sheet_batch import stamp, write_batch

ALL, WITHIN, PICKED, PARENTS = "all", "within", "picked", "parents"


@dataclass(frozen=True)
class Choice:
    """Which sheets; as `write_batch` takes them."""

    codes: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    national: bool = False
    count: int = 0


def show(results: Results, study_id: str, left: DeltaGenerator, language: str, style: SheetStyle) -> None:
    """Choice, progress and download."""
    key = f"sheets_{study_id}"
    with left:
        choice = _asked(results)
    out = (
        cached.workspace().folder(study_id) / "runs" / str(cached.run(study_id)) / "sheets"
        / folder_of(language, style)
    )  # fmt: skip
    archive = out / f"{mark_of(results, language, style, choice)}.zip"
    if is_going_on(key, _("The sheets are ready.")):
        return
    if archive.exists():
        st.download_button(
            _("Save the zip ({size} MB)", size=current().number(archive.stat().st_size / 1e6, 1)), archive.read_bytes,
            file_name=f"sheets_{language}.zip", mime="application/zip", type="primary", icon=":material/download:",
            key="sheets_zip",
        )  # fmt: skip
        return
    label = current().plural("Draw {count} sheet", "Draw {count} sheets", choice.count)
    if st.button(label, type="primary", key="sheets_draw", disabled=not choice.count):
        folder = out.parent.parent
        jobs.start(
            key,
            lambda progress: write_batch(
                folder, language, choice.codes, choice.parents, out, progress, style.photocopy, choice.within, archive,
                choice.national, style.large_print, style.second_page,
            ),
        )  # fmt: skip
        st.rerun()
    st.caption(_("Sheets that are finished stay when you cancel, and are not drawn again."))


def mark_of(results: Results, language: str, style: SheetStyle, choice: object) -> str:
    """Name of the file that holds a choice: another one when results, settings or templates are others."""
    return hashlib.sha256(repr((stamp(results, language, style), choice)).encode()).hexdigest()[:16]


def is_going_on(key: str, ready: str) -> bool:
    """Whether sheets are being drawn; shows how far it is, or what it has to say once it is over."""
    job = jobs.get(key)
    if job and not job.finished:
        jobs.show(key)
        return True
    if done := jobs.take(key):
        told(done, ready)
    return False


def folder_of(language: str, style: SheetStyle) -> str:
    """Sheets of each style have a folder of their own, since their files have the same names."""
    marks = (style.photocopy, "photocopy"), (style.large_print, "large"), (not style.second_page, "one_page")
    return "_".join([language, *(name for on, name in marks if on)])


def _asked(results: Results) -> Choice:
    """Which sheets."""
    total = len(results.areas)
    names = {ALL: _("All areas"), PICKED: _("Areas I choose")}
    if len(results.parents):
        names |= {WITHIN: _("All areas of one parent unit"), PARENTS: _("The country and all parent units")}
    kind = st.selectbox(_("Which sheets?"), list(names), format_func=names.__getitem__, key="sheets_which")
    if kind == PARENTS:
        units = tuple(results.parents["area_code"])
        return Choice(parents=units, national=True, count=len(units) + 1)
    if kind == WITHIN:
        units = dict(results.parents.sort_values("area_name")[["area_code", "area_name"]].itertuples(index=False))
        unit = st.selectbox(_("Parent unit"), list(units), format_func=units.__getitem__, key="sheets_parent")
        return Choice(within=(unit,), count=int((results.areas["parent_code"] == unit).sum()))
    if kind == PICKED:
        places = dict(results.areas.sort_values("area_name")[["area_code", "area_name"]].itertuples(index=False))
        parents = results.areas.set_index("area_code")["parent_name"].fillna("").to_dict()
        shown = {code: f"{name} · {parents[code]}" if parents[code] else name for code, name in places.items()}
        codes = st.multiselect(_("Areas"), list(shown), format_func=shown.__getitem__, key="sheets_areas")
        return Choice(codes=tuple(codes), count=len(codes))
    return Choice(count=total)


def told(done: jobs.Job, ready: str) -> None:
    """What a finished piece of work has to say."""
    if done.was_cancelled:
        st.info(_("The drawing was cancelled. What was finished stays."))
    elif done.failed:
        st.error(
            _("The drawing stopped because of a fault in the program. What was finished stays; the terminal says more.")
        )
    elif done.problems:
        show_problems(done.problems)
    else:
        st.success(ready)
