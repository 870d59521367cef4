"""What was measured, from which sources and years, and how the estimate was made."""

from __future__ import annotations

from riskmodel.declaration import what_counts
from riskmodel.i18n import Translator
from riskmodel.outputs.report.blocks import Block, section, table, text
from riskmodel.outputs.sheet_notes import notes
from riskmodel.results import Results
from riskmodel.study import Study


def measured_sections(results: Results, study: Study, t: Translator) -> list[Block | None]:
    """Definition; sources and years; method."""
    said = {note["label"]: note["text"] for note in notes(results, study, [], t)}
    return [
        section(t("What was measured"), [text(what_counts(study, t))]),
        section(
            t("Sources and years"),
            [
                table(
                    t("Sources"), [t("What"), t("Source"), t("Year")], source_rows(results, study, t), left=3, wide=2
                ),
                _indicators(study, t),
                text(said.get(t("Coverage"), "")),
            ],
        ),
        section(t("How the estimate is made"), [text(said.get(t("Method"), "")), text(said.get(t("Model"), ""))]),
    ]


def source_rows(results: Results, study: Study, t: Translator) -> list[list[str]]:
    """What, source and year of everything the study stands on."""
    years = results.manifest.get("years", {})
    origin = results.manifest.get("model") or {}
    survey, population, areas, shapes, observed = (
        study.survey, study.population, study.areas, study.boundaries, study.observed
    )  # fmt: skip
    outcome_year = study.outcome.year or (survey.year if survey else None)
    rows = [(t("Child labour"), study.outcome.source or (survey.source if survey else ""), outcome_year)]
    if survey is not None:
        rows.append((t("Survey"), survey.source, survey.year))
    if origin:
        rows.append((t("Model, fitted elsewhere"), origin["source"], origin["year"]))
    if population is not None:
        rows.append((t("Population"), population.source, population.year))
    if areas is not None:
        rows.append((t("Table of territories"), areas.source, areas.year or years.get("areas")))
    if shapes is not None:
        rows.append((t("Boundaries"), shapes.source, None))
    if observed is not None:
        rows.append((t("Rate to compare with"), observed.source, observed.year))
    absent = t("not declared")
    return [[what, source or absent, str(year) if year else absent] for what, source, year in rows]


def _indicators(study: Study, t: Translator) -> Block | None:
    """Every indicator with unit, source and year."""
    rows = [
        [i.shown, i.unit or "—", i.source or t("not declared"), str(i.year) if i.year else t("not declared")]
        for i in study.indicator
    ]
    return table(t("Indicators"), [t("Indicator"), t("Unit"), t("Source"), t("Year")], rows, left=4, wide=3)
