"""Ask for the boundaries: the file, its layer, the code of the area, and whatever the map itself leaves open.

A question stands on the screen only where the map is doubtful, or where it was answered before.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from geodata.describe import BoundaryFacts
from pages.common import cached, show
from pages.common.ask import column, file
from pages.common.words import _, current
from riskmodel.study import Boundaries

JOIN = " + "


def boundaries(now: Boundaries | None, files: Sequence[str], folder: Path, country: str) -> Boundaries | None:
    """The map, with what a file says about itself beside what is asked."""
    chosen = file(_("File of boundaries"), files, now.file if now else "", "boundaries_file")
    if not chosen:
        return None
    kept = now if now and now.file == chosen else None
    facts = cached.map_facts(folder / chosen, "", country)
    layer = kept.layer if kept else ""
    if layer or (facts.question and facts.question.code == "boundaries_which_layer"):
        layer = column(_("Layer of the areas"), facts.layers, layer, "boundaries_layer")
        facts = cached.map_facts(folder / chosen, layer, country)
    left, right = st.columns(2)
    with left:
        code = _code(kept, facts)
    source = right.text_input(_("Source"), now.source if now else "", key="boundaries_source")
    crs = _system(kept, facts)
    axes = _axes(kept, facts)
    told = {"file": chosen, "layer": layer, "area_code": code or "?", "source": source, "crs": crs, "axes": axes}
    made = bool(kept) and code not in {c.name for c in facts.columns}  # by a reading: mended, or found by name
    unsaid = facts.question is not None and made and facts.question.code == "boundaries_no_code_found"
    if facts.question and not crs and not axes and not unsaid:
        show.problems([facts.question])
    return Boundaries(**(kept.model_dump() if kept else {}) | told)


def _code(kept: Boundaries | None, facts: BoundaryFacts) -> str | tuple[str, ...]:
    """The column of the code, the likeliest first chosen; several joined columns are one choice."""
    joined = [g.columns for g in facts.codes if len(g.columns) > 1]
    if kept and not isinstance(kept.area_code, str) and kept.area_code not in joined:
        joined.append(kept.area_code)
    options = [*(c.name for c in facts.columns), *(JOIN.join(columns) for columns in joined)]
    value = ""
    if kept and kept.area_code != "?":
        value = kept.area_code if isinstance(kept.area_code, str) else JOIN.join(kept.area_code)
    elif facts.codes and facts.codes[0].certainty != "ask":
        value = facts.codes[0].columns[0]
    code = column(_("Code of the area"), options, value, "boundaries_code", optional=not value)
    guess = next((g for g in facts.codes if JOIN.join(g.columns) == code), None)
    if guess is not None:
        st.caption(show.escape(current()(guess.reason, **guess.values)))
    return next((columns for columns in joined if JOIN.join(columns) == code), code)


def _system(kept: Boundaries | None, facts: BoundaryFacts) -> str:
    """The system of the coordinates, asked where the map says none that can be."""
    value = kept.crs if kept else ""
    if not facts.crs_candidates and not value:
        return ""
    named = {c.crs: f"{' / '.join(c.places[:3])} · {c.name} ({c.crs})" for c in facts.crs_candidates}
    options = ["", *named, *([value] if value and value not in named else [])]
    nothing = _("As the map says") if facts.crs and not facts.crs_candidates else _("Not known yet")
    chosen = st.selectbox(
        _("In which system are the coordinates?"),
        options,
        index=options.index(value),
        key="boundaries_crs",
        format_func=lambda crs: named.get(crs, crs) or nothing,
        accept_new_options=True,
        help=_("The office that made the map knows it. Another one can be written here, for example EPSG:4326."),
    )
    return str(chosen or "")


def _axes(kept: Boundaries | None, facts: BoundaryFacts) -> str | None:
    """Which of the two numbers of a coordinate comes first, asked where the map lies in the sea."""
    value = kept.axes if kept else None
    if value is None and not any(p.code == "boundaries_axes_exchanged" for p in facts.problems):
        return None
    words = {"latitude_longitude": _("Yes, exchange them"), "longitude_latitude": _("No, the map is right as it is")}
    return st.radio(
        _("Are latitude and longitude exchanged?"),
        list(words),
        index=list(words).index(value) if value else None,
        format_func=words.__getitem__,
        key="boundaries_axes",
        horizontal=True,
    )
