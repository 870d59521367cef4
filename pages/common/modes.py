"""The modes of the map, each a plain function of a `Subject`: level, risk, number, certainty, main factor, indicator, two at once.

What a study does not know it is not asked: `available` of `pages/common/paints.py` offers a mode only where it says something.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.paint import Legend, LegendEntry, Square, round_sizes
from pages.common.looks import (
    VALUES,
    Look,
    Subject,
    areas_note,
    classed_look,
    decimals_of,
    keyed_look,
    no_data_entry,
    ramp_look,
)
from pages.common.words import _, current, plural
from riskmodel.areas.levels import classify
from riskmodel.colours import BIVARIATE_COLOURS, level_colours
from riskmodel.outputs.map_key import map_key
from riskmodel.outputs.words import level_names

FIRM, SURE = 0.8, 0.95
# From nothing certain to almost sure: neither a risk nor an index.
CERTAINTY = ("#E4ECE9", "#A9C9C7", "#5B9AA0", "#0B5C66")


def level(subject: Subject) -> Look:
    """Levels in the country."""
    return _levels(subject, "level")


def level_parent(subject: Subject) -> Look:
    """Levels within the parent unit, each unit with limits of its own."""
    return _levels(subject, "level_parent")


def _levels(subject: Subject, column: str) -> Look:
    t, names, areas = current(), level_names(subject.k, current()), subject.areas
    entries = []
    for entry in reversed(subject.results.manifest["levels"]):
        number = int(entry["level"])
        # within the parent unit every unit has its own limits, so there is no one range to print
        own = column == "level_parent"
        limits = "" if own else f"{t.number(entry['printed_lower'], 1)} – {t.number(entry['printed_upper'], 1)}"
        inside = (areas[column] == number).fillna(False).astype(bool)
        entries.append(LegendEntry(names[number - 1], number, "level", limits, areas_note(subject, inside)))
    entries += no_data_entry(areas[column])
    doubtful = frozenset(areas.index[areas["level_probability"] < FIRM]) if column == "level" else frozenset()
    if doubtful:
        counted = plural("{count} area", "{count} areas", len(doubtful))
        entries.append(LegendEntry(_doubt(subject), kind="uncertain", note=counted))
    note = _("Compared only with areas of the same parent unit.") if column == "level_parent" else ""
    named = areas[column].map(lambda v: _("No data") if pd.isna(v) else names[int(v) - 1]).astype("string")
    return Look(
        marks=areas[column],
        colours=level_colours(subject.k, subject.results.measure),
        legend=Legend(subject.title, tuple(entries), subject.unit, note),
        table=pd.DataFrame({_("Level"): named}),
        uncertain=doubtful,
    )


def risk(subject: Subject) -> Look:
    """The measure itself on a continuous scale."""
    colours = level_colours(5, subject.results.measure)
    return ramp_look(subject.measured, colours, subject.title, subject.unit)


def expected_count(subject: Subject) -> Look:
    """Circles by number of children, coloured by level."""
    t, base = current(), _levels(subject, "level")
    most = float(subject.areas["expected_count"].max())
    sizes = tuple((number / most, t.number(number)) for number in round_sizes(most))
    entries = tuple(entry for entry in base.legend.entries if entry.kind != "uncertain")
    legend = Legend(
        _("Expected number of children"),
        entries,
        _("Circle area: expected number of children."),
        _("Colour: {measure}, {unit}.", measure=subject.title, unit=subject.unit),
        sizes=sizes,
    )
    counted = subject.areas["expected_count"].round()
    return Look(
        base.marks,
        base.colours,
        legend,
        table=pd.DataFrame({_("Expected number"): counted}),
        circles=subject.areas["expected_count"],
    )


def certainty(subject: Subject) -> Look:
    """How sure the level of an area is, in four classes of its probability."""
    t, probability = current(), subject.areas["level_probability"].astype(float)
    # a probability of exactly 0.8 is firm and of 0.95 almost sure: limits belong to the class above
    classes = pd.Series(np.searchsorted((0.5, FIRM, SURE), probability, side="right") + 1, probability.index)
    marks = classes.astype("Int8").where(probability.notna())
    index = subject.results.measure == "index"
    words = (
        (4, _("Almost always") if index else _("Almost sure"), _("{low} or more", low=t.percent(SURE, 0))),
        (3, _("Firm"), f"{t.percent(FIRM, 0)} – {t.percent(SURE, 0)}"),
        (2, _("Not firm"), f"{t.percent(0.5, 0)} – {t.percent(FIRM, 0)}"),
        (1, _("Could be another level"), _("less than {high}", high=t.percent(0.5, 0))),
    )
    entries = [
        LegendEntry(label, n, "level", limits, areas_note(subject, (marks == n).fillna(False).astype(bool)))
        for n, label, limits in words
    ]
    said = probability.map(lambda v: _("No data") if pd.isna(v) else t.percent(v, 0))
    title, column, unit = (
        _("Certainty of the level"), _("Certainty of the level, %"), _("probability that the level is the right one"),
    )  # fmt: skip
    if index:
        title, column = _("Level kept under other choices"), _("Level kept under other choices, %")
        unit = _("of the indices built with other choices give the same level; this is not a sampling error")
    return Look(
        marks=marks,
        colours=CERTAINTY,
        legend=Legend(
            title,
            (*entries, *no_data_entry(probability)),
            unit,
            _("Dots: the level is not firm."),
        ),
        lines={title: said},
        table=pd.DataFrame({column: probability * 100}),
        uncertain=frozenset(probability.index[probability < FIRM]),
    )


def place_between(lower: int, upper: int, measure: str) -> str:
    """The interval of a place, in brackets, with what it comes from where that is not an error."""
    t = current()
    between = {"lower": t.number(lower), "upper": t.number(upper)}
    if measure == "index":
        return _("(between {lower} and {upper} under other choices of the index)", **between)
    return _("(between {lower} and {upper})", **between)


def _doubt(subject: Subject) -> str:
    if subject.results.measure == "index":
        return _("Level not firm under other choices")
    return _("Level not firm")


def factor(subject: Subject) -> Look:
    """The main factor of each area, as on the Determinants screen and on paper."""
    return keyed_look(
        subject,
        map_key(subject.study, subject.results, "main_factor", current()),
        _("Main factor"),
        _("the determinant that adds most to the value of the area, against the country"),
        _("Associated with the value; not its cause."),
    )


def indicator(subject: Subject, name: str) -> Look:
    """One indicator of the study in natural breaks."""
    told = next(i for i in subject.study.indicator if i.name == name)
    values = subject.results.indicators.set_index("area_code")[name].astype(float).reindex(subject.areas.index)
    unit = ", ".join(str(part) for part in (told.unit, told.year) if part)
    return classed_look(subject, values, told.label or told.name, unit, colours=VALUES)


def bivariate(subject: Subject) -> Look:
    """Thirds of areas by the measure and by the number of children, together."""
    t, measured, counted = current(), subject.measured, subject.counted
    up, over = (classify(values, "quantile", 3).label for values in (measured, counted))
    marks = (3 * (up.astype("Int8") - 1) + over.astype("Int8")).astype("Int8")
    number = _("more children expected") if subject.areas["expected_count"].notna().any() else _("more children")
    risky = _("higher index") if subject.results.measure == "index" else _("higher risk")
    words = {
        9: _("High, and many children"),
        7: _("High, few children"),
        3: _("Low, but many children"),
        1: _("Low, and few children"),
    }
    corners = tuple(
        (n, f"{label}: {plural('{count} area', '{count} areas', int((marks == n).sum()))}")
        for n, label in words.items()
    )
    return Look(
        marks=marks,
        colours=BIVARIATE_COLOURS,
        legend=Legend(
            _("{measure} and number of children", measure=subject.title),
            no_data_entry(marks),
            _("Each in three groups with equally many areas."),
            square=Square(over=number, up=risky, corners=corners),
        ),
        table=pd.DataFrame(
            {
                subject.title: measured.round(decimals_of(measured)),
                _("Number of children"): counted.round(),
                _("Group"): marks.map(lambda v: "" if pd.isna(v) else _group(int(v))).astype("string"),
            }
        ),
        lines={_("Group"): marks.map(lambda v: _("No data") if pd.isna(v) else _group(int(v)))},
        about=t("Dark areas have both: a high value and many children."),
    )


def _group(mark: int) -> str:
    """A colour of the square in words."""
    up, over = divmod(mark - 1, 3)
    names = (_("low"), _("medium"), _("high"))
    few = (_("few children"), _("a medium number of children"), _("many children"))
    return _("{level}, {number}", level=names[up], number=few[over])
