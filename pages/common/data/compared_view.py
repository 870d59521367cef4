"""Files of a study side by side by their areas: what differs and what it may mean, both lists of what is left, codes to confirm.

Nothing is joined on a name by itself: a code is changed only when a person says that the area is the same, and the file's card
takes it back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st

from compared_areas import compared_in_study
from pages.common import show
from pages.common.data import recognised
from pages.common.data.desk import Desk
from pages.common.data.file_reading import declare
from pages.common.words import _, current, plural
from riskmodel.inputs.compared_files import FilesCompared
from riskmodel.inputs.recoding import with_recoding
from riskmodel.outputs.compare_files import compared_table
from riskmodel.outputs.compare_words import Finding, compared_title, findings, left_in, writing_sentence
from riskmodel.study import Study
from riskmodel.study_reading import Reading

EXAMPLES = 3
# Rows of a list shown without scrolling, and the pixels they take.
ROWS, LIST_HEIGHT = 6, 270
# Findings in which a code of the first file may be one of the second, the surest first.
SAME = ("recoded", "wrong", "moved", "like")

Declared = Callable[[str, str], Reading | None]


def side_by_side(desk: Desk, pairs: Sequence[FilesCompared], reading_of: Declared | None, key: str) -> None:
    """Draw every pair of files whose areas differ; one line says so where none does.

    reading_of : how the study will read a file (by file and sheet), into which a changed code goes; None: nothing is asked.
    """
    if not pairs:
        return
    t = current()
    made = [_made(_stamp(pair), pair) for pair in pairs]
    different = [pair for pair in made if not pair.found.same]
    st.markdown(f"##### {_('The areas of the files side by side')}")
    for pair in made:
        if pair not in different:
            said = _("Every area of one is in the other, with the same name.")
            st.markdown(f":material/check: {show.escape(compared_title(pair, t))} {said}")
    for position, pair in enumerate(different):
        _pair(desk, pair, reading_of, f"{key}_{position}")
    if different:
        show.download_table(
            compared_table(different, t), f"areas_compared_{key}", _("Download all areas that differ (CSV)")
        )


def of_study(desk: Desk) -> None:
    """The same for a study that is set up, on demand: its files are read for it."""
    study = desk.study
    if study.areas is None or not (study.boundaries or study.areas.join):
        return
    if st.toggle(
        _("Put the areas of the files side by side"),
        key=f"compare_{desk.study_id}",
        help=_("Shows areas that are in one file only, codes that changed and names that differ."),
    ):
        with st.container(border=True), st.spinner(_("Reading the files")):
            side_by_side(desk, _of_study(desk), study.reading_of, "study")


def _pair(desk: Desk, pair: FilesCompared, reading_of: Declared | None, key: str) -> None:
    """One pair: what differs in sentences, codes to confirm, both lists, names that differ."""
    t = current()
    found = findings(pair, t)
    st.markdown(f"**{show.escape(compared_title(pair, t))}**")
    lines = [f"- {show.escape(writing)}"] if (writing := writing_sentence(pair, t)) else []
    lines += [f"- {show.escape(finding.sentence)}{_examples(finding)}" for finding in found]
    st.markdown("\n".join(lines))
    if reading_of is not None:
        _confirm(desk, pair, found, reading_of, key)
    _lists(pair, key)
    for finding in found:
        if finding.kind == "renamed":
            with st.expander(plural("{count} name that differs", "{count} names that differ", len(finding.rows))):
                titles = {"code_first": _("Code"), "name_first": pair.first.file, "name_second": pair.second.file, "parent": _("Parent unit")}  # fmt: skip
                _list(finding.rows[list(titles)].rename(columns=titles))


def _examples(finding: Finding) -> str:
    """The first areas of a finding, on lines of their own; lists and names that differ stand below."""
    if finding.kind in ("only_first", "only_second", "renamed"):
        return ""
    shown = [show.escape(line) for line in finding.lines[:EXAMPLES]]
    if left := len(finding.lines) - len(shown):
        shown.append(plural("… and {count} more", "… and {count} more", left))
    return "".join(f"\n    - {line}" for line in shown)


def _confirm(desk: Desk, pair: FilesCompared, found: Sequence[Finding], reading_of: Declared, key: str) -> None:
    """Ask which codes are of the same area, and change those."""
    pairs = pair.less_likely | pair.recodings
    words: dict[str, str] = {}
    for finding in sorted((f for f in found if f.kind in SAME), key=lambda f: SAME.index(f.kind)):
        codes = map(str, finding.rows["code_first"])
        words |= {code: line for code, line in zip(codes, finding.lines, strict=True) if code in pairs}
    if not words:
        return
    chosen = st.multiselect(
        _("Which of these are the same area? Their code is then read as the one in “{file}”.", file=pair.second.file),
        list(words),
        key=f"same_{key}",
        format_func=words.__getitem__,
        placeholder=_("Choose areas"),
    )
    wanted: dict[str, str] = {}
    with st.container(horizontal=True):
        if st.button(
            _("Change the codes of these"), key=f"recode_{key}", disabled=not chosen, icon=":material/sync_alt:"
        ):
            wanted = {code: pairs[code] for code in chosen}
        count = len(pair.recodings)
        label = plural("Change the one with the same name", "Change the {count} with the same name", count)
        told = _("Same name and same parent unit. Names that are only alike stay as they are.")
        if count and st.button(label, key=f"recode_all_{key}", icon=":material/done_all:", help=told):
            wanted = dict(pair.recodings)
    if wanted:
        where = pair.first
        reading = reading_of(where.file, where.sheet) or Reading(file=where.file, sheet=where.sheet)
        declare(desk, where.file, with_recoding(reading, where.column, wanted))


def _lists(pair: FilesCompared, key: str) -> None:
    """Both lists of areas that are in one file only; beside each other where there is room."""
    t = current()
    sides = (("first", pair.first.file), ("second", pair.second.file))
    for column, (side, file) in zip(st.columns(2), sides, strict=True):
        rows = left_in(pair, t, side)  # type: ignore[arg-type]
        with column:
            st.markdown(f"**{show.escape(_('Only in {file}', file=file))}** · {t.number(len(rows))}")
            if rows.empty:
                st.caption(_("None"))
                continue
            titles = dict(zip(rows.columns, (_("Code"), _("Name"), _("Parent unit"), _("Note")), strict=True))
            filled = [c for c in rows.columns if (rows[c] != "").any()]
            _list(rows[filled].rename(columns=titles))


def _list(frame: pd.DataFrame) -> None:
    with st.container(height=LIST_HEIGHT if len(frame) > ROWS else "content", border=False):
        show.table(frame, left=list(frame.columns))


def _stamp(pair: FilesCompared) -> tuple[object, ...]:
    """What tells one comparison from another: the files and the content of both lists."""
    lists = (pair.areas_first, pair.areas_second)
    content = [int(pd.util.hash_pandas_object(areas, index=False).sum()) for areas in lists]
    return (repr(pair.first), repr(pair.second), *content, *(tuple(areas.columns) for areas in lists))


@st.cache_resource(max_entries=24, show_spinner=False, scope="session")
def _made(stamp: object, _pair: FilesCompared) -> FilesCompared:
    """The comparison, made once."""
    made = replace(_pair)
    assert made.found is not None and made.recodings is not None and made.less_likely is not None  # noqa: PT018
    return made


def _of_study(desk: Desk) -> Sequence[FilesCompared]:
    named = [file for file in desk.study.files() if (desk.folder / file).is_file()]
    stamps = tuple((file, recognised.changed(desk.folder / file)) for file in named)
    return _compared(str(desk.folder), desk.study.model_dump_json(), stamps, desk.study)


@st.cache_resource(max_entries=4, show_spinner=False, scope="session")
def _compared(folder: str, study: str, stamps: object, _study: Study) -> Sequence[FilesCompared]:
    return compared_in_study(_study, Path(folder))
