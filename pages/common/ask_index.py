"""How the index is made: method, scale, extreme values, weights, means; one plain sentence for each choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from pages.common import cached
from pages.common.ask import column, file
from pages.common.words import _, current
from riskmodel.outputs import index_words
from riskmodel.study import IndexSettings, Workshop


def methods() -> dict[str, tuple[str, str]]:
    """Name and sentence of each method."""
    return index_words.methods(current())


def normalisations() -> dict[str, tuple[str, str]]:
    """Name and sentence of each normalisation."""
    return index_words.normalisations(current())


def weightings() -> dict[str, tuple[str, str]]:
    """Name and sentence of each way of weighting."""
    return index_words.weightings(current())


def treatments() -> dict[str, tuple[str, str]]:
    """Name and sentence of each treatment of extreme values."""
    return index_words.treatments(current())


def means() -> dict[str, tuple[str, str]]:
    """Name and sentence of each mean."""
    return index_words.means(current())


def index_settings(
    now: IndexSettings,
    dimensions: Sequence[str],
    columns: Sequence[str],
    tables: Sequence[str],
    folder: Path,
    observed: bool,
) -> IndexSettings:
    """The settings as chosen; what the method does not use goes back to its default.

    observed : the study declares a rate to compare with
    """
    name = st.text_input(_("Title of the index"), now.name, key="index_name")
    method = _choice(_("How the index is made"), methods(), now.method, "index_method")
    if method != "mean":
        return IndexSettings(name=name, method=method)  # type: ignore[arg-type]
    left, right = st.columns(2)
    with left:
        normalisation = _choice(
            _("Scale of the indicators"), normalisations(), now.normalisation, "index_normalisation"
        )
        treatment = "none"
        if normalisation != "goalposts":
            treatment = _choice(_("Extreme values"), treatments(), now.treatment, "index_treatment")
    with right:
        weights = _choice(_("Weights"), weightings(), now.weights, "index_weights")
        between_weights, workshop, rate, unit = {}, now.workshop, now.rate, now.rate_unit
        if weights == "given":
            between_weights = _dimension_weights(now.dimension_weights, dimensions)
        elif weights == "workshop":
            workshop = _workshop(now.workshop, tables, folder)
        elif weights == "estimated":
            rate, unit = _rate(now, columns, observed)
    within_column, between_column = st.columns(2)
    with within_column:
        within = _choice(_("Mean within a dimension"), means(), now.within, "index_within")
    with between_column:
        between = _choice(_("Mean of the dimensions"), means(), now.between, "index_between")
    return IndexSettings(
        name=name, method="mean", treatment=treatment, normalisation=normalisation, weights=weights, within=within, between=between,
        dimension_weights=between_weights, workshop=workshop if weights == "workshop" else None,
        rate=rate if weights == "estimated" else "", rate_unit=unit if weights == "estimated" else "proportion",
    )  # type: ignore[arg-type] # fmt: skip


def _choice(label: str, names: Mapping[str, tuple[str, str]], now: str, key: str) -> str:
    """A select box, with the sentence of what is chosen under it."""
    titles = {k: title for k, (title, _sentence) in names.items()}
    chosen: str = st.selectbox(label, list(titles), list(titles).index(now), format_func=titles.__getitem__, key=key)
    st.caption(names[chosen][1])
    return chosen


def _dimension_weights(now: Mapping[str, float], dimensions: Sequence[str]) -> dict[str, float]:
    """Weights between dimensions; none where all are the same."""
    if len(dimensions) < 2:
        return {}
    found = {
        d: float(
            st.number_input(
                _("Weight of “{dimension}”", dimension=d), 0.01, 1000.0, now.get(d, 1.0), key=f"index_dimension_{d}"
            )
        )
        for d in dimensions
    }
    return {} if len(set(found.values())) == 1 else found


def _workshop(now: Workshop | None, tables: Sequence[str], folder: Path) -> Workshop | None:
    """The table of points: a row per person, or a row per person and indicator."""
    chosen = file(_("Table of points"), tables, now.file if now else "", "index_points_file")
    if not chosen:
        st.caption(_("A row per person and a column per indicator, headed by its name or label."))
        return None
    shapes = {"wide": _("One row per person"), "long": _("One row per person and indicator")}
    is_long = bool(now and now.indicator)
    shape = st.radio(
        _("The table has"), list(shapes), int(is_long), format_func=shapes.__getitem__, key="index_points_shape"
    )
    if shape == "wide":
        return Workshop(file=chosen, sheet=now.sheet if now else "")
    names = cached.columns(folder / chosen)
    return Workshop(
        file=chosen,
        sheet=now.sheet if now else "",
        participant=column(_("Column of the person"), names, now.participant if now else "", "index_points_person"),
        indicator=column(_("Column of the indicator"), names, now.indicator if now else "", "index_points_indicator"),
        points=column(_("Column of the points"), names, now.points if now else "", "index_points_points"),
    )


def _rate(now: IndexSettings, columns: Sequence[str], observed: bool) -> tuple[str, str]:
    """The rate weights are estimated on, and its unit."""
    rate = column(_("Column of the earlier rate"), columns, now.rate, "index_rate")
    units = {"proportion": _("Proportion, 0 to 1"), "percent": _("Percent, 0 to 100")}
    unit = now.rate_unit
    if rate:
        unit = st.radio(
            _("The rate is written as"), list(units), list(units).index(unit), format_func=units.__getitem__, key="index_unit"
        )  # fmt: skip
    elif observed:
        st.warning(
            _("Without a column the observed rate is used. The comparison with it then proves nothing, and says so.")
        )
    else:
        st.info(_("Name the column, or declare an observed rate below."))
    return rate, unit
