"""The change between two runs in words, for screen, terminal and picture.

Says "more than chance" only where the errors are known, and never why something changed.
"""

from __future__ import annotations

from typing import Any

from riskmodel.i18n import Translator


def headline(summary: dict[str, Any], t: Translator) -> list[str]:
    """The country, who entered and left the high level, and in how many areas the change is more than chance."""
    return [
        s
        for s in (
            _country(summary, t),
            _count(summary, t),
            _moves(summary, t),
            _chance(summary, t),
            _parents(summary, t),
        )
        if s
    ]


def caution(summary: dict[str, Any], t: Translator) -> list[str]:
    """How levels and errors were made, and what the comparison does not say."""
    first, second = summary["earlier"]["year"], summary["later"]["year"]
    if summary["levels"]["from"] == "declared":
        levels = t("Both years are put into levels by the limits given: {limits}.", limits=_limits(summary, t))
    else:
        levels = t("Both years are put into levels by the limits of {year}.", year=first)
    errors = {
        "unknown": "",
        "independent": t("The errors of {first} and {second} are taken as independent. What an area keeps from one year to the other makes the true error smaller.", first=first, second=second),
        "shared_model": t("Both years use one model, so their errors go partly together: intervals of the change are too wide rather than too narrow."),
    }[summary["errors"]]  # fmt: skip
    control = ""
    if summary["beyond_chance"]["tested"]:
        control = t("“More than chance” allows for the number of areas tested ({control}): about one in twenty of the areas named would be there by chance alone.", control=summary["beyond_chance"]["control"])  # fmt: skip
    return [s for s in (levels, errors, control, t("It shows that something changed, not why.")) if s]


def value(summary: dict[str, Any], number: float | None, t: Translator) -> str:
    """A value of the measure: percent, or index points."""
    return t.number(number, 1) if summary["measure"] == "index" else t.percent(number)


def points(summary: dict[str, Any], number: float | None, t: Translator) -> str:
    """A change of the measure in points, with its sign."""
    if number is not None and summary["measure"] == "index":
        number = number / 100
    return t.points(number)


def unit(summary: dict[str, Any], t: Translator) -> str:
    """What a change is counted in."""
    return t("index points") if summary["measure"] == "index" else t("percentage points")


def _limits(summary: dict[str, Any], t: Translator) -> str:
    return ", ".join(value(summary, cut, t) for cut in summary["levels"]["breaks"])


def _country(summary: dict[str, Any], t: Translator) -> str:
    found, index = summary["national"], summary["measure"] == "index"
    if found["change"] is None:
        return ""
    said = {
        "first": summary["earlier"]["year"], "second": summary["later"]["year"],
        "before": value(summary, found["earlier"], t), "after": value(summary, found["later"], t),
        "change": points(summary, found["change"], t),
        "lower": points(summary, found["ci_lower"], t), "upper": points(summary, found["ci_upper"], t),
    }  # fmt: skip
    if index:
        return t("In {second} the index of the country was {after}; in {first} it was {before}. The change is {change} points of 100.", **said)  # fmt: skip
    if found["se"] is None:
        return t("In {second} the risk in the country was {after}; in {first} it was {before}. The change is {change} percentage points.", **said)  # fmt: skip
    if found["ci_lower"] <= 0 <= found["ci_upper"]:
        return t("In {second} the risk in the country was {after}; in {first} it was {before}. The change is {change} percentage points (95% interval {lower} to {upper}): it may be chance.", **said)  # fmt: skip
    return t("In {second} the risk in the country was {after}; in {first} it was {before}. The change is {change} percentage points (95% interval {lower} to {upper}): more than chance.", **said)  # fmt: skip


def _count(summary: dict[str, Any], t: Translator) -> str:
    change = summary["national"]["expected_change"]
    if change is None or round(change) == 0:
        return ""
    if change > 0:
        return t("The expected number of children is higher by about {count}.", count=t.number(change))
    return t("The expected number of children is lower by about {count}.", count=t.number(-change))


def _moves(summary: dict[str, Any], t: Translator) -> str:
    if summary["entered"] == summary["left"] == 0:
        return t("No area entered the high level and none left it.")
    entered = t.plural("{count} area entered the high level.", "{count} areas entered the high level.", summary["entered"])  # fmt: skip
    left = t.plural("{count} area left the high level.", "{count} areas left the high level.", summary["left"])
    return f"{entered} {left}"


def _chance(summary: dict[str, Any], t: Translator) -> str:
    found = summary["beyond_chance"]
    if not found["tested"]:
        return t("These results carry no error, so it cannot be told whether the change of an area is more than chance.")  # fmt: skip
    both = found["rose"] + found["fell"]
    said = {"tested": t.number(found["tested"]), "rose": t.number(found["rose"]), "fell": t.number(found["fell"])}
    if not both:
        return t("In none of the {tested} areas compared can the change be told from chance.", **said)
    return t.plural(
        "In {count} of {tested} areas the change is more than chance: {rose} rose, {fell} fell.",
        "In {count} of {tested} areas the change is more than chance: {rose} rose, {fell} fell.",
        both,
        **said,
    )


def _parents(summary: dict[str, Any], t: Translator) -> str:
    found = summary["parents"]
    if not found["tested"]:
        return ""
    said = {"tested": t.number(found["tested"]), "rose": t.number(found["rose"]), "fell": t.number(found["fell"])}
    both = found["rose"] + found["fell"]
    if not both:
        return t("Nor in any of the {tested} parent units.", **said) if _none(summary) else t("In none of the {tested} parent units can the change be told from chance.", **said)  # fmt: skip
    return t.plural(
        "In {count} of {tested} parent units the change is more than chance: {rose} rose, {fell} fell.",
        "In {count} of {tested} parent units the change is more than chance: {rose} rose, {fell} fell.",
        both,
        **said,
    )


def _none(summary: dict[str, Any]) -> bool:
    found = summary["beyond_chance"]
    return bool(found["tested"]) and found["rose"] + found["fell"] == 0
