"""What the parts of the Data screen work on: the study being prepared, its folder, and one way to save.

A part asks and gives changes; only `Desk.save` writes, so a refused change leaves the study as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from geodata.source import KINDS
from pages.common import cached, show, state
from pages.common.words import _
from riskmodel.inputs.recognise.contents import contents_of
from riskmodel.problems import InputProblems
from riskmodel.study import Study
from riskmodel.study_file import FILE_NAME

# Endings that may also be a table's: the content decides.
EITHER = (".zip", ".csv", ".json", ".tab", ".parquet")
MAP_ENDINGS = tuple(ending for ending in KINDS if ending not in EITHER)

# Parts that a study may do without: they stay closed until opened.
OPTIONAL = ("boundaries", "indicator", "interaction", "group", "observed", "published_total")


@dataclass(frozen=True)
class Desk:
    """The open study as it is saved now."""

    study_id: str
    study: Study

    @property
    def folder(self) -> Path:
        return cached.workspace().folder(self.study_id)

    def files(self) -> list[str]:
        """Names of the files a person brought."""
        return sorted(
            p.name for p in self.folder.iterdir() if p.is_file() and p.name != FILE_NAME and not p.name.startswith(".")
        )

    def waiting(self) -> list[str]:
        """Files that the study does not use, or not yet."""
        used = {*self.study.files(), *made_files(self.study)}
        return [name for name in self.files() if name not in used]

    def tables(self) -> list[str]:
        return [f for f in self.files() if not self._is_map(f)]

    def maps(self) -> list[str]:
        return [f for f in self.files() if self._is_map(f)]

    def _is_map(self, name: str) -> bool:
        """By the ending, also of a map that is damaged; else by the content."""
        if name.lower().endswith(MAP_ENDINGS):
            return True
        path = self.folder / name
        stamp = path.stat()
        return _contents(str(path), stamp.st_mtime, stamp.st_size) in ("map", "model")

    def columns(self, name: str) -> list[str]:
        """Columns of a file of the study, with those of tables joined to it."""
        source = getattr(self.study, name)
        if source is None:
            return []
        found = cached.columns(self.folder / source.file)
        for joined in getattr(source, "join", ()):
            found = [*found, *(c for c in cached.columns(self.folder / joined.file) if c not in found)]
        return found

    def part(self, title: str, key: str, asked: Callable[[], Mapping[str, object]]) -> None:
        """One part of the study in an expander, with its own save; open by itself once no file waits for a proposal."""
        now = getattr(self.study, key)
        asked_now = not now and key not in OPTIONAL and bool(self.files()) and not self.waiting()
        with st.expander(title, expanded=asked_now, icon=":material/check:" if now else None):
            changes = asked()
            changed = any(getattr(self.study, name) != value for name, value in changes.items())
            if st.button(
                _("Save"), key=f"save_{key}", type="primary" if changed else "secondary", disabled=not changed
            ):
                self.save(self.study.model_copy(update=dict(changes)))

    def save(self, study: Study, said: str = "") -> None:
        """Store the study; a file outside its folder is refused in words."""
        save(self.study_id, study, said)


@st.cache_resource(max_entries=96, show_spinner=False)
def _contents(path: str, modified: float, size: int) -> str:
    return contents_of(Path(path))


def save(study_id: str, study: Study, said: str = "") -> None:
    """Store a study and draw the screen again; what cannot be stored is refused in words."""
    try:
        cached.workspace().save_study(study_id, study)
    except InputProblems as error:
        show.problems(error.problems)
        return
    state.flash(said or _("Saved."))
    st.rerun()


def made_files(study: Study) -> set[str]:
    """Files that are made of points: of them nothing is recognised or proposed."""
    return {name for points in study.points for name in points.written}
