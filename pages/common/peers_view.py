"""Areas most like the selected one, those with a clearly lower value marked: whom to learn from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.common import show, state
from pages.common.words import _, current
from riskmodel.results import Results
from riskmodel.study import Study


def peers(study: Study, results: Results, code: str) -> None:
    """The most similar areas, among all or of the same size; first those where the value is clearly lower."""
    found = results.peers
    if len(found):
        found = found[found["area_code"] == code]
    st.subheader(_("Areas like this one"), anchor=False)
    if found.empty:
        st.caption(_("Likeness needs determinants or indicators, and an estimate for the area."))
        return
    t = current()
    names = results.areas.set_index("area_code")
    lower = found[found["scope"] == "lower"]
    if lower.empty:
        st.markdown(_("None of the areas most like this one has a clearly lower value."))
    else:
        named = ", ".join(f"**{show.escape(str(names.loc[c, 'area_name']))}**" for c in lower["peer_code"].head(3))
        st.markdown(
            t.plural(
                "Among the quarter of areas most like this one, {names} has a clearly lower value: worth asking what is done there.",
                "Among the quarter of areas most like this one, {names} have clearly lower values: worth asking what is done there.",
                min(3, len(lower)),
                names=named,
            )
        )
    scopes = {
        "all": _("Most similar"),
        "same_size": _("Most similar of the same size"),
        "lower": _("Similar with a lower value"),
    }
    present = [scope for scope in scopes if (found["scope"] == scope).any()]
    scope = st.pills(
        _("Show"), present, default=present[-1] if present[-1] == "lower" else "all",
        format_func=scopes.__getitem__, key="peers_scope",
    ) or "all"  # fmt: skip
    part = found[found["scope"] == scope]
    rows = pd.DataFrame(
        {
            _("Area"): [_place(names.loc[c]) for c in part["peer_code"]],
            _("Place by likeness"): [t.number(order) for order in part["order"]],
            _value_title(results): [_value(names.loc[c], results) for c in part["peer_code"]],
            _("Children"): [t.number(names.loc[c, "children"]) for c in part["peer_code"]],
            _("Clearly lower"): [_("yes") if lower else "" for lower in part["lower"]],
        }
    )
    chosen = show.table(rows, left=[_("Area")], key=f"peers_{code}_{scope}", select=True)
    if chosen:
        state.put("compared_area", str(part["peer_code"].iloc[chosen[0]]))
        st.caption(_("Kept for comparison: open “Two areas side by side”."))
    st.caption(_explained(results, code, names, t))
    show.download_table(found, f"peers_{code}")


def _explained(results: Results, code: str, names: pd.DataFrame, t: object) -> str:
    said = _(
        "This area: {value}. Likeness is measured on determinants and indicators, never on the value itself. Clearly lower: at least a fifth lower, and by more than chance where the error is known.",
        value=_value(names.loc[code], results),
    )
    if results.manifest["method"] == "given_risk":
        return said
    return said + " " + _(
        "Here the value is worked out from the same figures, so like areas have like values; what the model does not know of an area may make more difference."
    )  # fmt: skip


def _place(row: pd.Series) -> str:
    return str(row["area_name"]) if pd.isna(row["parent_name"]) else f"{row['area_name']} · {row['parent_name']}"


def _value_title(results: Results) -> str:
    return _("Index") if results.measure == "index" else _("Risk")


def _value(row: pd.Series, results: Results) -> str:
    t = current()
    return t.number(row["index"], 1) if results.measure == "index" else t.percent(row["area_risk"])
