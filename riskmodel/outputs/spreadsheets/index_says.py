"""What each sheet of the index workbook says about itself: what is done there, and what may be changed.

Two or three sentences a sheet, under its title.
"""

from __future__ import annotations

from riskmodel.i18n import Translator
from riskmodel.outputs.spreadsheets.plan import Plan


def says(plan: Plan, sheet: str) -> list[str]:
    """The sentences of one sheet."""
    t = plan.t
    match sheet:
        case "indicators":
            return [*_weights(plan), t("Yellow cells may be changed: the whole workbook follows.")]
        case "data":
            return [
                t("One row per area, ordered by parent unit. A cell without a value is a gap, never zero."),
                t(
                    "Yellow cells may be changed. Please do not sort, insert or delete rows: the same area stands on the same row of every sheet."
                ),
            ]
        case "medians":
            return [t("The median of the areas of the unit that have a value. It fills the gaps of the others.")]
        case "complete":
            return [
                t("A gap takes the median of its parent unit, else of the country; filled cells are orange."),
                t(
                    "An area that lacks too many indicators of a dimension is left out: its row stays empty from here on."
                ),
            ]
        case "normalised":
            return _normalised(plan)
        case "dimensions":
            return [t("Sum of the normalised indicators of the dimension, each times its weight in the dimension.")]
        case "index":
            return [
                t("Index: sum of the dimensions, each times its weight. Rank: one more than the areas with a higher index. Level: by the limits on the sheet “{sheet}”.", sheet=plan.names["levels"]),
                t("Blue columns are what Mirador computed. Without changes the column “Change of the index” is zero."),
            ]  # fmt: skip
        case "levels":
            return [
                _levels(plan),
                t("An area on a limit belongs to the lower level. An area without score has no level."),
            ]
        case "parents":
            return [
                t(
                    "Mean of the areas, weighted by children where every scored area has a number of children; else the simple mean."
                )
            ]
        case "contributions":
            return [
                t("Weight of the indicator times how far the area lies from the mean of the country. The parts of an area add up to its gap."),
                t("Above zero the indicator raises the index of the area against the country, below zero it lowers it. These are associations, not causes."),
            ]  # fmt: skip
        case _:
            return []


def _weights(plan: Plan) -> list[str]:
    t = plan.t
    if plan.study.index.weights == "given":
        return [t("The weights are those the study declares. Only their proportions matter.")]
    return [t("Every dimension weighs the same, and every indicator the same within its dimension.")]


def _normalised(plan: Plan) -> list[str]:
    t = plan.t
    return [
        t("0 is the lowest value of the country and 100 the highest: 100 × (value − lowest) / (highest − lowest)."),
        t("An indicator that lowers the index (direction -1) is turned round: 100 less that."),
    ]


def _levels(plan: Plan) -> str:
    t: Translator = plan.t
    rule = plan.study.levels.rule
    if rule == "quantile":
        return t("Levels with about the same number of areas: the limits are quantiles of the index, by formula.")
    if rule == "equal_width":
        return t("Levels of equal width between the lowest and the highest index, by formula.")
    if rule == "fixed":
        return t("The limits are those the study fixes. They may be changed.")
    return t(
        "The limits are natural breaks (Fisher–Jenks), which no formula finds: they come from Mirador and stay when the index changes. For new limits run the study again."
    )
