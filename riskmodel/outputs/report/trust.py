"""What the interval covers, how levels are made, and what the results cannot say."""

from __future__ import annotations

from riskmodel.i18n import Translator
from riskmodel.outputs.reconciliation_words import heads, rows_in_words, sources, summary_sentences
from riskmodel.outputs.report.blocks import Block, points, section, table, text
from riskmodel.outputs.report.front import levels_table
from riskmodel.outputs.sheet_notes import caution, notes
from riskmodel.outputs.words import present
from riskmodel.results import Results
from riskmodel.study import Study

FLAG_UNSCORED = 0.20
MOST_UNITS = 40


def uncertainty_section(results: Results, study: Study, t: Translator) -> Block | None:
    """What the interval covers, how wide it is, and children without a risk of their own."""
    said = {note["label"]: note["text"] for note in notes(results, study, [], t)}
    return section(t("How sure, and what the interval covers"), [text(said.get(t("Interval"), "")), text(typical_width(results, t)), text(_unscored(results, t))])  # fmt: skip


def typical_width(results: Results, t: Translator) -> str:
    """Half the width of a typical interval."""
    areas = results.areas.dropna(subset=["ci_lower", "ci_upper", "area_risk"])
    if areas.empty:
        return ""
    half = float((areas["ci_upper"].astype(float) - areas["ci_lower"].astype(float)).median()) / 2
    return t("In a typical territory the interval reaches {points} percentage points to either side.", points=t.number(100 * half, 1))  # fmt: skip


def _unscored(results: Results, t: Translator) -> str:
    """Territories where many children lack a determinant."""
    share = results.areas["unscored_share"].dropna().astype(float)
    if not (share > 0).any():
        return ""
    many = int((share > FLAG_UNSCORED).sum())
    if not many:
        return t(
            "Children who lack data the model needs have no risk of their own. In no territory are they more than 20% of the children."
        )
    return t.plural(
        "Children who lack data the model needs have no risk of their own. In {count} territory they are more than 20% of the children; it is marked.",
        "Children who lack data the model needs have no risk of their own. In {count} territories they are more than 20% of the children; these are marked.",
        many,
    )


def totals_section(results: Results, t: Translator) -> Block | None:
    """Totals of the files beside published ones; None where the study names none."""
    found = results.reconciliation
    if found.empty:
        return None
    rows = rows_in_words(found, t)
    left = len(rows) - MOST_UNITS
    note = t.plural("{count} more is in reconciliation.csv.", "{count} more are in reconciliation.csv.", left) if left > 0 else ""  # fmt: skip
    source = sources(found)
    return section(
        t("Against published totals"),
        [
            points(summary_sentences(found, t)),
            table(
                t("Totals of the files and published totals"), heads(t), rows[:MOST_UNITS], left=2, wide=2, note=note
            ),
            text(t("Published by: {source}.", source=source)) if source else None,
            text(t("Nothing was changed to make the totals agree.")),
        ],
    )


def levels_section(results: Results, study: Study, t: Translator) -> Block | None:
    """The rule of the levels and what it gave."""
    said = {note["label"]: note["text"] for note in notes(results, study, [], t)}
    without = int(results.areas[results.measure].isna().sum())
    return section(
        t("Levels and their rule"),
        [
            text(said.get(t("Levels"), "")),
            levels_table(results, t),
            text(t("A territory on a limit belongs to the lower level; one without an estimate has none. A limit is a convention, not a threshold of harm.")),
            text(t.plural("{count} territory has no estimate and no level.", "{count} territories have no estimate and no level.", without)) if without else None,
        ],
    )  # fmt: skip


def limits_section(results: Results, study: Study, t: Translator) -> Block | None:
    """What a reader must not take the results for."""
    risk_model, age = study.study.method == "risk_model", _gap_of_years(results)
    return section(
        t("Limits"),
        [
            points(
                [
                    caution(t),
                    t("Determinants and indicators are associated with child labour. Nothing here shows a cause."),
                    t("A link between a determinant and child labour that differs between regions is averaged over the country.") if risk_model else "",
                    t("What the population source does not ask cannot be used, however important it is.") if risk_model else "",
                    t("The sources are {years} years apart: what changed between them is not in the estimates.", years=t.number(age)) if age >= 2 else "",
                    t("An index says where conditions are worse. How many children work it cannot say.") if results.measure == "index" else "",
                    t("Levels are a convention, and another rule would draw other limits."),
                ]
            )
        ],
    )  # fmt: skip


def _gap_of_years(results: Results) -> int:
    """Years between the oldest and the newest source."""
    years = [found for year in results.manifest.get("years", {}).values() if (found := present(year)) is not None]
    return int(max(years) - min(years)) if years else 0
