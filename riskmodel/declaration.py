"""What the study counts as child labour, in words: definition, thresholds, boundary, ages, how the outcome was made.

Printed wherever the outcome is. The text a person wrote comes first and as it stands; the rest follows from the settings,
so it cannot say other hours than those used.
"""

from __future__ import annotations

from riskmodel.i18n import Translator
from riskmodel.study import ComputedOutcome, Outcome, OutcomeBand, Study


def declaration(study: Study, t: Translator) -> str:
    """The whole declaration as one paragraph, with source and year."""
    return " ".join(part for part in (what_counts(study, t), _source(study, t)) if part)


def what_counts(study: Study, t: Translator) -> str:
    """The declaration without source and year, which stand elsewhere on screens and sheets."""
    outcome = study.outcome
    sentences = [in_short(study, t)]
    if study.study.method == "risk_model":
        if outcome.boundary == "general":
            sentences.append(t("Production boundary: general, household chores included."))
        else:
            sentences.append(t("Production boundary: economic activity, without household chores (SNA)."))
    if outcome.age:
        sentences.append(t("Ages {min} to {max}.", min=outcome.age.min, max=outcome.age.max))
    if outcome.computed:
        columns = ", ".join(outcome.computed.columns)
        sentences.append(t("Computed by this program from the columns {columns} of the survey.", columns=columns))
        sentences += _blanks(outcome.computed, outcome.boundary == "general", t)
    elif outcome.column:
        sentences.append(t("Taken as it stands in the column {column} of the survey.", column=outcome.column))
    return " ".join(sentences)


def in_short(study: Study, t: Translator) -> str:
    """Name, definition and thresholds: for the foot of a sheet."""
    outcome = study.outcome
    said = t("{name}: {definition}.", name=outcome.name, definition=outcome.definition.rstrip(". "))
    if outcome.computed is None:
        return said
    return " ".join([said, *_thresholds(outcome, outcome.computed, t)])


def _thresholds(outcome: Outcome, computed: ComputedOutcome, t: Translator) -> list[str]:
    """One sentence for every age band the study reaches, and one for hazardous work."""
    with_chores = outcome.boundary == "general" and bool(computed.chores)
    age = outcome.age
    reached = [b for b in computed.band if age is None or (b.min <= age.max and age.min <= b.max)]
    said = [_band(band, with_chores, t) for band in sorted(reached, key=lambda band: band.min)]
    if computed.hazardous:
        said.append(t("Hazardous work counts at every age."))
    return [sentence for sentence in said if sentence]


def _band(band: OutcomeBand, with_chores: bool, t: Translator) -> str:
    chores = band.chores if with_chores else None
    ages = {"min": band.min, "max": band.max}
    if band.hours is not None and chores is not None:
        return t(
            "From {min} to {max} years: {hours} h or more of work in the week, or {chores} h or more of household chores.",
            **ages,
            hours=_hours(band.hours, t),
            chores=_hours(chores, t),
        )
    if band.hours is not None:
        return t(
            "From {min} to {max} years: {hours} h or more of work in the week.", **ages, hours=_hours(band.hours, t)
        )
    if chores is not None:
        return t(
            "From {min} to {max} years: {chores} h or more of household chores in the week.",
            **ages,
            chores=_hours(chores, t),
        )
    return ""


def _hours(hours: float, t: Translator) -> str:
    return t.number(hours, 0 if float(hours).is_integer() else 1)


def _blanks(computed: ComputedOutcome, general: bool, t: Translator) -> list[str]:
    """What a blank cell was taken for, where the study says it means no hours."""
    said = []
    if computed.hours_blank == "zero":
        said.append(t("A blank in the hours of work counts as none."))
    if general and computed.chores and computed.chores_blank == "zero":
        said.append(t("A blank in the hours of chores counts as none."))
    return said


def _source(study: Study, t: Translator) -> str:
    source = study.outcome.source or (study.survey.source if study.survey else "")
    year = study.outcome.year or (study.survey.year if study.survey else None)
    if source and year:
        return t("Source: {source} ({year}).", source=source, year=year)
    if source:
        return t("Source: {source}.", source=source)
    return t("Year: {year}.", year=year) if year else ""
