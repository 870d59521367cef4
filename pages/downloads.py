"""Downloads screen: every table and map of the run, and the study as one file."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from pages.common import cached, document_downloads, show, state, takeaway
from pages.common.words import _
from riskmodel.archive import export_study
from workflow import RESULTS, WORKBOOK, write_spreadsheets


def file_words() -> dict[str, str]:
    """What each file of a run holds."""
    return {
        "areas": _("Areas: risk or index, interval, level, rank, expected number"),
        "parents": _("Parent units"),
        "national": _("The country"),
        "groups": _("Groups of children by area: sex, age and others"),
        "coefficients": _("Coefficients of the model"),
        "model": _("The model, for another office to apply to its own population"),
        "harmonisation": _("Survey compared with population"),
        "contributions": _("What sets each area apart, by determinant"),
        "priorities": _("Priority list"),
        "clusters": _("Clusters of neighbouring areas"),
        "profile": _("Profile of each level"),
        "peers": _("Areas alike"),
        "validation": _("Comparison with an observed rate"),
        "indicators": _("Indicators by area"),
        "index_scores": _("Scores by indicator and dimension"),
        "index_robustness": _("Places and levels under other choices of the index"),
        "index_sensitivity": _("Which choice of the index moves places"),
        "index_removed": _("The index without each indicator and dimension"),
        "index_importance": _("Weights of the index and what they come to"),
        "index_coherence": _("Correlations of the indicators"),
        "problems": _("What was found in the files"),
        "map": _("Areas with their boundaries"),
        "diagnostics": _("Quality of the model"),
        "manifest": _("Settings, fingerprints and versions: how to make the same again"),
    }


def _spreadsheets(folder: Path, index: bool) -> None:
    """Spreadsheets in the language of the study, made at the click."""
    st.subheader(_("Spreadsheets"), anchor=False)
    command = "`python cli.py spreadsheets RESULTS`"
    st.caption(_("Made at the click, in the language of the study; a large country takes some seconds. The same from a terminal: {command}", command=command))  # fmt: skip
    files = {RESULTS: _("All tables in one file, with a sheet that explains every column")}
    if index:
        files[WORKBOOK] = _("The index step by step, with live formulas: change a weight or a value and follow it")

    def made(name: str) -> bytes:
        with tempfile.TemporaryDirectory(dir=cached.workspace().home) as scratch:
            return write_spreadsheets(folder, out=Path(scratch), only=name)[0].read_bytes()

    for name, words in files.items():
        title, button = st.columns([3, 2], vertical_alignment="center")
        title.markdown(words)
        with button.container(horizontal=True, horizontal_alignment="right"):
            st.download_button(
                "XLSX",
                data=partial(made, name),
                file_name=name,
                mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                key=f"spreadsheet_{name}",
                help=name,
                on_click="ignore",
            )


def main() -> None:
    """Draw the screen."""
    show.heading(
        _("What can I take with me?"),
        _(
            "Everything this study produced. The CSV files open in a spreadsheet; docs/study-file.md explains each column."
        ),
    )
    study, results = show.need_results()
    study_id = state.study_id()
    folder = cached.workspace().last_run(study_id)
    words = file_words()
    stems = {path.stem for path in folder.iterdir() if path.is_file()}
    for stem in (s for s in words if s in stems):
        title, buttons = st.columns([3, 2], vertical_alignment="center")
        title.markdown(words[stem])
        with buttons.container(horizontal=True, horizontal_alignment="right"):
            for path in sorted(folder.glob(f"{stem}.*")):
                st.download_button(
                    f"{path.suffix[1:].upper()} · {show.size(path)}",
                    data=path.read_bytes,
                    file_name=path.name,
                    key=f"file_{path.name}",
                    help=path.name,
                    on_click="ignore",
                )
    _spreadsheets(folder, results.measure == "index")
    document_downloads.report(folder)
    document_downloads.slides(folder)
    if kinds := takeaway.kinds(results):
        st.subheader(_("Maps for print"), anchor=False)
        st.caption(
            _(
                "With key, scale, north and sources. The same from a terminal: {command}",
                command="`python cli.py figures RESULTS`",
            )
        )
        for kind, title in kinds.items():
            named, button = st.columns([3, 2], vertical_alignment="center")
            named.markdown(title)
            with button.container(horizontal=True, horizontal_alignment="right"):
                takeaway.map_downloads(results, kind)
    st.subheader(_("The study as one file"), anchor=False)
    st.write(
        _(
            "Opens on another machine with the same results. With the input files it may hold data about children: hand it only to those who may see them."
        )
    )
    with_inputs = st.checkbox(_("With the input files"), key="export_inputs")

    def packed() -> bytes:
        with tempfile.TemporaryDirectory(dir=cached.workspace().home) as scratch:
            return export_study(cached.workspace(), study_id, Path(scratch) / "study.zip", with_inputs).read_bytes()

    st.download_button(
        _("Export the study"),
        data=packed,
        file_name=f"{study_id}.zip",
        mime="application/zip",
        type="primary",
        icon=":material/archive:",
        key="export_study",
        on_click="ignore",
    )
    show.sources(study, results)


main()
