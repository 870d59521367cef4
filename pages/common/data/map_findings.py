"""What is found in a file of boundaries, and the question about it that only a person can answer.

An answer makes the file the map of the study, with its likeliest code; the part "Boundaries" below shows and changes it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from geodata.describe import BoundaryFacts, describe_boundaries
from geodata.systems import Candidate
from pages.common import show
from pages.common.data.desk import Desk
from pages.common.data.recognised import changed, first_layer
from pages.common.words import _, current
from riskmodel.i18n import say
from riskmodel.study import Boundaries, Study

SYSTEMS = ("boundaries_crs_which", "boundaries_crs_lies")
LAYERS = "boundaries_which_layer"
AXES = "boundaries_axes_exchanged"


def map_part(desk: Desk, name: str, unsaid: Collection[str] = ()) -> None:
    """System, what was mended in the shapes; and the question. Problems with the codes `unsaid` are not told."""
    with st.spinner(_("Looking at {name}: what it is, where its table begins, how it is written", name=name)):
        facts = facts_of(desk.folder / name, desk.study)
    if facts.crs_name and facts.count:  # where the file says nothing, a problem says so
        st.caption(show.escape(_system(facts)), help=show.escape(facts.crs) if facts.crs != facts.crs_name else None)
    question = facts.question
    told = [p for p in facts.problems if p is not question and p.code not in unsaid]
    show.problems([replace(p, where=replace(p.where, file="")) for p in told])  # the card names the file
    if question is None or question.code in unsaid:
        return
    mine = desk.study.boundaries is None or desk.study.boundaries.file == name
    if question.code in SYSTEMS and facts.crs_candidates and mine:
        _ask(desk, name, facts, "crs", {c.crs: _candidate(c) for c in facts.crs_candidates})
    elif question.code == LAYERS and facts.layers and mine:
        _ask(desk, name, facts, "layer", {layer: layer for layer in facts.layers})
    elif question.code == AXES and mine:
        answers = {
            "latitude_longitude": _("Yes, exchange them"),
            "longitude_latitude": _("No, the map is right as it is"),
        }
        _ask(desk, name, facts, "axes", answers)
    else:
        show.problems([replace(question, where=replace(question.where, file=""))])


def _system(facts: BoundaryFacts) -> str:
    """The system of the coordinates by its name, which helps who knows maps; nobody else has to act on it."""
    if facts.projected:
        return _("Coordinates in metres ({system}); they are turned into degrees for the map.", system=facts.crs_name)
    return _("Coordinates in degrees ({system}).", system=facts.crs_name)


def facts_of(path: Path, study: Study, **said: str) -> BoundaryFacts:
    """A file of boundaries as described with what the study says of it, and with `said` on top."""
    now = study.boundaries
    known = {"layer": now.layer, "crs": now.crs, "encoding": now.encoding, "axes": now.axes or ""} if now and now.file == path.name else {}  # fmt: skip
    told = {key: value for key, value in (known | said).items() if value}
    if "layer" in told and told["layer"] == first_layer(path):
        del told["layer"]  # the same as if nobody had said it, and described already
    answers = tuple(sorted(told.items()))
    return _facts(str(path), changed(path), study.study.country, answers)


@st.cache_resource(max_entries=24, show_spinner=False, scope="session")
def _facts(path: str, changed: tuple[float, int], country: str, answers: tuple[tuple[str, str], ...]) -> BoundaryFacts:
    return describe_boundaries(Path(path), country=country, **dict(answers))


def _candidate(candidate: Candidate) -> str:
    """A system by its name, with where it puts the map."""
    return f"{' / '.join(candidate.places[:3])} · {candidate.name} ({candidate.crs})"


def _ask(desk: Desk, name: str, facts: BoundaryFacts, key: str, answers: dict[str, str]) -> None:
    """One question as a choice; nothing is chosen before the person does."""
    assert facts.question is not None
    said = say(facts.question, current())
    st.markdown(f":material/help: **{show.escape(said.what)}**")
    chosen = st.radio(
        said.what,
        list(answers),
        None,
        format_func=answers.__getitem__,
        key=f"map_{key}_{name}",
        label_visibility="collapsed",
    )
    if chosen is None:
        return
    answer(desk, name, key, chosen)


def answer(desk: Desk, name: str, key: str, value: str) -> None:
    """Store one thing said about a map, which thereby is that of the study."""
    described = facts_of(desk.folder / name, desk.study, **{key: value})
    desk.save(desk.study.model_copy(update={"boundaries": _with(desk.study.boundaries, name, described, key, value)}))


def _with(now: Boundaries | None, name: str, facts: BoundaryFacts, key: str, value: str) -> Boundaries:
    """The boundaries of the study with one more thing said about them."""
    columns = facts.codes[0].columns if facts.codes else ("?",)
    code: str | tuple[str, ...] = columns[0] if len(columns) == 1 else tuple(columns)
    kept: dict[str, Any] = now.model_dump() if now else {}
    if kept.get("area_code", "?") == "?":
        kept["area_code"] = code
    return Boundaries(**kept | {"file": name, key: value})
