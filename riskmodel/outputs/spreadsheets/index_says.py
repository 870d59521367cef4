"""What each sheet of the index workbook says about itself: what is done there, and what may be changed.

Two or three sentences a sheet, under its title.
"""

from __future__ import annotations

from riskmodel.i18n import Translator
from riskmodel.outputs.spreadsheets.index_ends import follows
from riskmodel.outputs.spreadsheets.index_normalised import way
from riskmodel.outputs.spreadsheets.plan import Plan


def says(plan: Plan, sheet: str) -> list[str]:
    """The sentences of one sheet."""
    t = plan.t
    match sheet:
        case "indicators":
            return _weights(plan)
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
        case "treated_data":
            return [
                t("Only indicators with a very long tail are treated: bounds pull in their extreme values, or the logarithm is taken."),
                t("Which indicators, and the blue bounds, come from Mirador and stay when values change."),
            ]  # fmt: skip
        case "treated":
            return [
                t(
                    "The completed values, treated with the bounds of the sheet “{sheet}”.",
                    sheet=plan.names["treated_data"],
                )
            ]
        case "dimensions":
            return _dimensions(plan)
        case "index":
            return _index(plan)
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
            return _contributions(plan)
        case _:
            return []


def _weights(plan: Plan) -> list[str]:
    """Where the weights come from."""
    t = plan.t
    if plan.method == "dp2":
        return [
            t("Weight: how far the best value lies from the reference, in standard deviations, times the indicator's own share. That share (1 − R² on the indicators that enter before it) comes from Mirador and stays when values change."),
            t("Yellow cells may be changed: the whole workbook follows."),
        ]  # fmt: skip
    if plan.method == "percentile_rank":
        return [
            t("Every indicator counts once in the sum of ranks, so a dimension weighs as much as it has indicators. Weights are not used."),
            t("Directions may be changed: the whole workbook follows."),
        ]  # fmt: skip
    follow = t("Yellow cells may be changed: the whole workbook follows.")
    match plan.study.index.weights:
        case "equal":
            return [t("Every dimension weighs the same, and every indicator the same within its dimension."), follow]
        case "given":
            return [t("The weights are those the study declares. Only their proportions matter."), follow]
        case "principal_component":
            said = t(
                "The weights are squared loadings of the first principal component, computed by Mirador. They stay when values change; they may be overwritten."
            )
        case "entropy":
            said = t(
                "The weights follow from the entropy of the indicators, computed by Mirador. They stay when values change; they may be overwritten."
            )
        case "workshop":
            said = t("The weights are the mean points that people gave in the workshop. They may be overwritten.")
        case _:
            said = t(
                "The weights were estimated by Mirador on an earlier measured rate. They stay when values change; they may be overwritten."
            )
    return [said, follow]


def _normalised(plan: Plan) -> list[str]:
    t = plan.t
    line = t(
        "Score: 100 × (value − value that scores 0) / (value that scores 100 − value that scores 0). More is always more vulnerable."
    )
    match way(plan):
        case "min_max":
            return [
                line,
                t(
                    "0 and 100 are the lowest and the highest value of the country, turned round where the direction is -1."
                ),
            ]
        case "goalposts":
            return [line, t("0 and 100 are the values the study declares; beyond them a score is 0 or 100.")]
        case "z_score":
            return [line, t("50 is the mean of the country, and 10 points are one standard deviation.")]
        case "reference":
            return [
                line,
                t(
                    "50 is the reference of the study, else the median of the country; 0 or 100 is the value farthest from it."
                ),
            ]
        case "rank":
            return [
                t(
                    "Score: the place among the areas with a value, from 0 to 100; equal values share the mean of their places."
                )
            ]
        case "dp2":
            return [
                t("Score: 100 less the distance from the reference, as a share of the distance between the reference and the best value."),
                t("Without declared values these are the worst and the best of the country."),
            ]  # fmt: skip
        case _:
            return [
                t(
                    "Score: the share of the other areas that are less vulnerable, from 0 to 100; equal values share the lowest place."
                )
            ]


def _mean(plan: Plan, mean: str) -> str:
    """What kind of mean."""
    t = plan.t
    if mean == "geometric":
        return t("Geometric mean: a low score pulls it down. Scores under 1 count as 1.")
    if mean == "geometric_strength":
        return t(
            "100 less the geometric mean of what is missing to 100: a high score pulls it up. Scores above 99 count as 99."
        )
    return t("Arithmetic mean: the sum of the scores, each times its weight.")


def _dimensions(plan: Plan) -> list[str]:
    t = plan.t
    if plan.method == "percentile_rank":
        return [
            t("The percentile ranks of the dimension are added up; the dimension is the percentile rank of that sum.")
        ]
    return [
        t("Mean of the normalised indicators of the dimension."),
        _mean(plan, plan.within),
    ]


def _index(plan: Plan) -> list[str]:
    t = plan.t
    same = t("Blue columns are what Mirador computed. Without changes the column “Change of the index” is zero.")
    if plan.method == "percentile_rank":
        return [
            t(
                "The index is the percentile rank of the sum of all ranks. Rank: one more than the areas with a higher index."
            ),
            same,
        ]
    rank = t("Rank: one more than the areas with a higher index.")
    return [" ".join([t("Mean of the dimensions."), _mean(plan, plan.between), rank]), same]


def _contributions(plan: Plan) -> list[str]:
    t = plan.t
    signs = t(
        "Above zero the indicator raises the index of the area against the country, below zero it lowers it. These are associations, not causes."
    )
    if follows(plan):
        return [
            t(
                "Weight of the indicator times how far the area lies from the mean of the country. The parts of an area add up to its gap."
            ),
            signs,
        ]
    return [
        t(
            "With this kind of index the exact parts come from Mirador and stay when something is changed. The parts of an area add up to its gap."
        ),
        signs,
    ]


def _levels(plan: Plan) -> str:
    t: Translator = plan.t
    rule = plan.study.levels.rule
    if rule == "quantile":
        return t("Levels with about the same number of areas: the limits are quantiles of the index, by formula.")
    if rule == "equal_width":
        return t("Levels of equal width between the lowest and the highest index, by formula.")
    if rule == "dalenius_hodges":
        return t(
            "The limits are those of Dalenius and Hodges over {bins} bins: they come from Mirador and stay when the index changes. For new limits run the study again.",
            bins=t.number(plan.study.levels.bins),
        )
    if rule == "fixed":
        return t("The limits are those the study fixes. They may be changed.")
    return t(
        "The limits are natural breaks (Fisher–Jenks), which no formula finds: they come from Mirador and stay when the index changes. For new limits run the study again."
    )
