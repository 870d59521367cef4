"""Confirm matches of names on a screen: proposals to choose from, a search for the rest, both lists of what is left.

Nothing is kept here: what a person chose is given back, and what was chosen before stands in what the caller passes.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.common import show
from pages.common.words import _, current
from riskmodel.inputs.match_names import Confirmed, NameMatches
from riskmodel.inputs.name_forms import plain
from riskmodel.inputs.names import normal_case, shouts
from riskmodel.outputs.match_words import counts_sentences, how_words, place_words, why_words

PAGE = 8
# Rows of a list shown without scrolling, and the pixels they take.
ROWS, LIST_HEIGHT = 10, 440
LATER, NONE = "later", ""


def ask_matches(found: NameMatches, confirmed: Sequence[Confirmed], key: str) -> tuple[Confirmed, ...]:
    """Draw what came of matching names and ask about the rest.

    Parameters
    ----------
    found : NameMatches
        Of `match_names` with `confirmed`.
    confirmed : sequence of Confirmed
        What was confirmed so far, as the study has it.
    key : str
        Begins the keys of the widgets: one per table on a page.

    Returns
    -------
    tuple of Confirmed
        All that is confirmed now; the caller saves it where it differs from `confirmed`.
    """
    sentences = counts_sentences(found, current())
    st.markdown(f"**{sentences[0]}** " + " ".join(sentences[1:]))
    now = _proposals(found, tuple(confirmed), key)
    now = _search(found, now, key)
    _left(found, key)
    return _taken_back(found, now, key)


def _proposals(found: NameMatches, confirmed: tuple[Confirmed, ...], key: str) -> tuple[Confirmed, ...]:
    """Places with names like those of the list: one question each, some at a time."""
    places = list(found.proposed["place"].unique())
    if not places:
        return confirmed
    st.markdown(f"##### {_('Which area is it?')}")
    st.caption(_("Nothing is joined until you say so. What you leave for later stays without a code."))
    pages = -(-len(places) // PAGE)
    at = 1
    if pages > 1:
        at = int(st.number_input(_("Part of {count}", count=pages), 1, pages, key=f"{key}_page"))
    shown = places[(at - 1) * PAGE : at * PAGE]
    with st.form(f"{key}_form_{at}"):
        chosen = _questions(found.proposed, shown, key)
        saved = st.form_submit_button(_("Keep these answers"), type="primary", icon=":material/check:")
        first = st.form_submit_button(_("The first is right in all of these"), icon=":material/done_all:")
    if first:
        chosen = {
            place: str(found.proposed.loc[found.proposed["place"] == place, "area_code"].iloc[0]) for place in shown
        }
    if not (saved or first):
        return confirmed
    told = found.proposed.drop_duplicates("place").set_index("place")
    return _with(confirmed, [_told(told.loc[place], code) for place, code in chosen.items() if code != LATER])


def _questions(proposed: pd.DataFrame, places: Sequence[int], key: str) -> dict[int, str]:
    """The questions of one part, two beside each other where there is room; the answer of each place."""
    answers = {}
    for i in range(0, len(places), 2):
        for column, place in zip(st.columns(2), places[i : i + 2], strict=False):
            with column:
                answers[place] = _question(proposed[proposed["place"] == place], key)
    return answers


def _question(candidates: pd.DataFrame, key: str) -> str:
    """One place and its candidates; gives a code, "" for none of them, or LATER."""
    t, place = current(), candidates.iloc[0]
    words = {LATER: _("Later"), NONE: _("None of these")}
    for row in candidates.to_dict("records"):
        area = _area(row["area_name"], row["parent_name"])
        words[str(row["area_code"])] = _("{area} · {score} alike", area=area, score=t.percent(row["score"], 0))
    options = [*candidates["area_code"].astype(str), NONE, LATER]
    name = show.escape(place_words(str(place["name"]), str(place["parent"])))
    why = "" if place["why"] == "near" else f" · {why_words(str(place['why']), t)}"
    return str(
        st.radio(
            f"**{name}**{why}",
            options,
            index=len(options) - 1,
            format_func=words.__getitem__,
            key=f"{key}_{place['place']}_{plain(str(place['name']))}",
        )
    )


def _search(found: NameMatches, confirmed: tuple[Confirmed, ...], key: str) -> tuple[Confirmed, ...]:
    """Choose the area of any place that is left by searching the whole list of what is left there."""
    waiting = pd.concat([found.unmatched, found.proposed.drop_duplicates("place")])
    if waiting.empty or found.unused.empty:
        return confirmed
    rows = waiting.set_index("place")
    places = {int(place): place_words(str(row["name"]), str(row["parent"])) for place, row in rows.iterrows()}
    areas = {
        str(row["area_code"]): f"{_area(row['area_name'], row['parent_name'])} · {row['area_code']}"
        for row in found.unused.to_dict("records")
    }
    with st.expander(_("Find the area of a name yourself"), icon=":material/search:"):
        place = st.selectbox(
            _("Name in the table"), [*places], format_func=places.__getitem__, index=None,
            placeholder=_("Type a name"), key=f"{key}_place",
        )  # fmt: skip
        code = st.selectbox(
            _("Area of the list"), [*areas], format_func=areas.__getitem__, index=None,
            placeholder=_("Type a name or a code"), key=f"{key}_area",
        )  # fmt: skip
        if st.button(_("They are the same"), key=f"{key}_same", disabled=place is None or code is None):
            return _with(confirmed, [_told(rows.loc[place], str(code))])
    return confirmed


def _left(found: NameMatches, key: str) -> None:
    """Both lists of what has no match, side by side, with a search over both."""
    if found.unmatched.empty and found.unused.empty:
        return
    t = current()
    sought = plain(st.text_input(_("Search what is left"), key=f"{key}_sought", placeholder=_("Type a name")))
    one, other = st.columns(2)
    with one:
        st.markdown(f"**{_('Names of the table without a match')}** · {t.number(len(found.unmatched))}")
        rows = found.unmatched[_holds(found.unmatched["name"], sought)]
        frame = pd.DataFrame({_("Name"): rows["name"].to_list(), _("Parent unit"): rows["parent"].to_list()})
        if (found.unmatched["why"] != "nothing_near").any():
            frame[_("Why")] = [why_words(str(reason), t) for reason in rows["why"]]
        _list(frame, len(found.unmatched), f"{key}_unmatched")
    with other:
        st.markdown(f"**{_('Areas of the list without a match')}** · {t.number(len(found.unused))}")
        rows = found.unused[_holds(found.unused["area_name"], sought)]
        named = [rows["area_code"].to_list(), _shown(rows["area_name"]), _shown(rows["parent_name"])]
        frame = pd.DataFrame(dict(zip([_("Code"), _("Name"), _("Parent unit")], named, strict=True)))
        _list(frame, len(found.unused), f"{key}_unused")


def _list(frame: pd.DataFrame, count: int, key: str) -> None:
    """A list of what is left, a long one in a box of its own."""
    if count:
        with st.container(height=LIST_HEIGHT if len(frame) > ROWS else "content", border=False):
            show.table(frame, left=list(frame.columns), key=key)


def _taken_back(found: NameMatches, confirmed: tuple[Confirmed, ...], key: str) -> tuple[Confirmed, ...]:
    """What was joined, by how; what a person confirmed can be taken back."""
    t = current()
    if found.matched.empty and not confirmed:
        return confirmed
    with st.expander(_("What was joined"), icon=":material/link:"):
        counted = found.matched["how"].value_counts()
        st.markdown("\n".join(f"- {t.number(int(n))}: {how_words(str(how), t)}" for how, n in counted.items()))
        differ = found.matched[found.matched["how"] != "same"]
        if len(differ):
            frame = pd.DataFrame({
                _("Name in the table"): [place_words(str(n), str(p)) for n, p in zip(differ["name"], differ["parent"], strict=True)],
                _("Area of the list"): [_area(n, p) for n, p in zip(differ["area_name"], differ["parent_name"], strict=True)],
                _("Code"): differ["area_code"].to_list(),
                _("How"): [how_words(str(how), t) for how in differ["how"]],
            })  # fmt: skip
            show.table(frame, left=list(frame.columns), key=f"{key}_joined")
        if confirmed:
            names = [place_words(c.name, c.parent) + " → " + (c.area_code or _("None of these")) for c in confirmed]
            back = st.multiselect(
                _("Take back what you confirmed"), range(len(confirmed)), format_func=names.__getitem__,
                placeholder=_("Choose names"), key=f"{key}_back_{len(confirmed)}",
            )  # fmt: skip
            if back and st.button(_("Take back"), key=f"{key}_take_back"):
                return tuple(c for i, c in enumerate(confirmed) if i not in back)
    return confirmed


def _told(row: pd.Series, code: str) -> Confirmed:
    return Confirmed(str(row["name"]), str(row["parent"]), code)


def _with(confirmed: tuple[Confirmed, ...], new: Sequence[Confirmed]) -> tuple[Confirmed, ...]:
    """What was confirmed with what is new; an answer to the same name takes the place of the earlier one."""
    answered = {(plain(c.name), plain(c.parent)) for c in new}
    return (*(c for c in confirmed if (plain(c.name), plain(c.parent)) not in answered), *new)


def _holds(names: pd.Series, sought: str) -> pd.Series:
    return names.map(lambda name: sought in plain(str(name))).astype(bool)


def _shown(names: pd.Series) -> list[str]:
    text = names.astype("string").fillna("")
    return [str(name) for name in (normal_case(text) if shouts(text) else text)]


def _area(name: object, parent: object) -> str:
    return place_words(str(name), "" if pd.isna(parent) else str(parent))  # type: ignore[call-overload]
