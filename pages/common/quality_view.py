"""The quality of one file on screen: what to mend first, then every column with its sketch, and the report to take away.

It needs nothing but the study, its folder and the name of a file, so that any screen can show it, for several files at once.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from pages.common import show
from pages.common.mapview import page_is_dark
from pages.common.words import _, current
from riskmodel.i18n import translator
from riskmodel.inputs.quality.roles import FileRoles
from riskmodel.inputs.read import sheet_names
from riskmodel.outputs.quality.content import quality_content
from riskmodel.outputs.quality.words import size_sentence, verdict
from riskmodel.outputs.quality.write import Looked, look_at, quality_bytes, report_name
from riskmodel.problems import InputProblems, Problem
from riskmodel.study import Study

STYLE = Path(__file__).parent / "quality_view.css"
# Columns of the content in the order of the screen: what a phone shows first is the name and the sketch.
ORDER = (0, 4, 5, 2, 3, 1)
FORMS = {"PDF": (".pdf", "application/pdf"), "HTML": (".html", "text/html"), "CSV": (".csv", "text/csv")}


def quality_part(study: Study, folder: Path, file: str, recognised: FileRoles | None = None) -> None:
    """The report of one file: findings, columns, downloads. recognised : what it is, where the study does not use it."""
    path = folder / file
    sheets = _sheets(str(path), path.stat().st_mtime)
    sheet = st.selectbox(_("Sheet"), sheets, key=f"quality_sheet_{file}") if len(sheets) > 1 else "".join(sheets)
    with st.spinner(_("Looking at the file")):
        looked = _looked(str(path), sheet or "", file, study, path.stat().st_mtime, recognised)
    profile = looked.profile
    if profile is None:
        show.problems(looked.problems)
        return
    t = current()
    st.markdown(f"**{show.escape(verdict(profile, t))}**")
    st.caption(show.escape(size_sentence(profile, t)))
    _findings(profile.told, file)
    content = quality_content(profile, t, dt.datetime.now(dt.UTC))
    columns = content["columns"]
    st.markdown(f"**{columns['title']}**")
    heads = "".join(f'<th scope="col">{escape(columns["heads"][i])}</th>' for i in ORDER)
    body = "".join(_row(row) for row in columns["rows"])
    label, dark = escape(columns["title"]), " dark" if page_is_dark() else ""
    st.html(
        f'<style>{STYLE.read_text(encoding="utf-8")}</style><div class="quality-table{dark}" role="region" tabindex="0" aria-label="{label}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    if columns["more"]:
        st.caption(columns["more"])
    for note in content["reading"]["notes"]:
        st.caption(show.escape(note))
    _downloads(looked, study, file)


def _findings(found: tuple[Problem, ...], file: str) -> None:
    """What must be mended and what to look at in the open; what is good to know folded away."""
    show.problems([p for p in found if p.severity != "note"])
    notes = [p for p in found if p.severity == "note"]
    if notes and st.toggle(_("Good to know ({count})", count=len(notes)), key=f"quality_notes_{file}"):
        show.problems(notes)


def _downloads(looked: Looked, study: Study, file: str) -> None:
    """The report as files, drawn at the click, in the language of the screen."""
    language, name = current().language, study.study.name

    def made(suffix: str) -> bytes:
        return quality_bytes(looked, suffix, translator(language), dt.datetime.now(dt.UTC), name)

    with st.container(horizontal=True):
        for label, (suffix, mime) in FORMS.items():
            st.download_button(
                _("Download the report ({form})", form=label),
                data=partial(made, suffix),
                file_name=report_name(looked, suffix),
                mime=mime,
                icon=":material/download:",
                key=f"quality_{label}_{file}",
                on_click="ignore",
            )


def _row(row: dict) -> str:
    kind = f' class="{row["mark"]}"' if row["mark"] else ""
    figures = "".join(f'<td class="figure">{escape(row[key])}</td>' for key in ("filled", "distinct"))
    words = f"<td>{escape(row['holds'])}</td>{figures}<td>{escape(row['meaning'])}</td>"
    return f'<tr{kind}><th scope="row">{escape(row["name"])}</th><td>{_sketch(row["bars"])}</td>{words}</tr>'


def _sketch(bars: list[float | None]) -> str:
    """Bars as boxes, since the page lets no drawing through; the words beside them say the same."""
    drawn = (
        '<span class="withheld"></span>' if bar is None else f'<span style="height:{max(100 * bar, 4 if bar else 0):.0f}%"></span>'
        for bar in bars
    )  # fmt: skip
    return f'<span class="bars" aria-hidden="true">{"".join(drawn)}</span>' if bars else ""


@st.cache_data(max_entries=64, show_spinner=False, scope="session")
def _sheets(path: str, changed: float) -> list[str]:
    try:
        return sheet_names(Path(path))
    except InputProblems:  # looking at the file says why
        return []


@st.cache_resource(
    max_entries=12, show_spinner=False, scope="session", hash_funcs={Study: Study.model_dump_json, FileRoles: repr}
)
def _looked(path: str, sheet: str, file: str, study: Study, changed: float, recognised: FileRoles | None) -> Looked:
    return look_at(Path(path), sheet, study, file, recognised=recognised)
