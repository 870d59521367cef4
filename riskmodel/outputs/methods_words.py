"""Methods side by side, in sentences an official understands: how far they agree, and whom to trust when.

Runs are named by their letter; `**` marks what is bold on a screen. Limits of the words are those of
`riskmodel.outputs.agreement_words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from riskmodel.i18n import Translator
from riskmodel.outputs.agreement_words import FAIR, STRONG, WEAK


def method_name(method: str, t: Translator) -> str:
    """A route in few words."""
    names = {
        "risk_model": t("risk model"),
        "area_model": t("area model"),
        "vulnerability_index": t("vulnerability index"),
        "given_risk": t("published risk"),
    }
    return names[method]


def run_sentence(run: Mapping[str, Any], t: Translator) -> str:
    """A run behind its letter: study, method, year."""
    values = {"letter": run["run"], "name": run["name"], "method": method_name(run["method"], t)}
    if run["year"]:
        return t("**{letter}** · {name} ({method}, {year})", year=run["year"], **values)
    return t("**{letter}** · {name} ({method})", **values)


def pair_sentences(pair: Mapping[str, Any], t: Translator) -> list[str]:
    """Order, first areas, levels and disagreement of two runs."""
    return [_order(pair, t), _first_areas(pair, t), _levels(pair, t), disagreement_sentence(pair, t)]


def _order(pair: Mapping[str, Any], t: Translator) -> str:
    names = {"first": pair["first"], "second": pair["second"], "value": t.number(pair["spearman"], 2)}
    if pair["spearman"] >= STRONG:
        return t("**{first} and {second} put the areas in nearly the same order** (rank agreement {value}; 1 is the same order, 0 is no relation).", **names)  # fmt: skip
    if pair["spearman"] >= FAIR:
        return t("**{first} and {second} put the areas in much the same order, with exceptions** (rank agreement {value}; 1 is the same order, 0 is no relation).", **names)  # fmt: skip
    if pair["spearman"] >= WEAK:
        return t("**{first} and {second} agree on the order only in part** (rank agreement {value}; 1 is the same order, 0 is no relation).", **names)  # fmt: skip
    return t("**{first} and {second} do not agree on the order** (rank agreement {value}; 1 is the same order, 0 is no relation).", **names)  # fmt: skip


def _first_areas(pair: Mapping[str, Any], t: Translator) -> str:
    top = pair["top_tenth"]
    return t(
        "**Of the {count} areas that {first} puts first, {hits} are among the first {count} of {second}.** Choosing at random would find about {chance}.",
        count=t.number(top["areas"]), first=pair["first"], hits=t.number(top["hits"]), second=pair["second"],
        chance=t.number(top["areas"] ** 2 / pair["areas"], 0),
    )  # fmt: skip


def _levels(pair: Mapping[str, Any], t: Translator) -> str:
    part = pair["levels"] or pair["thirds"]
    values = {
        "same": t.number(part["same"] * 100, 0),
        "kappa": "—" if part["kappa"] is None else t.number(part["kappa"], 2),
        "lower": "—" if part["kappa"] is None else t.number(part["kappa_lower"], 2),
        "upper": "—" if part["kappa"] is None else t.number(part["kappa_upper"], 2),
    }
    if pair["levels"]:
        return t("**{same} of every 100 areas have the same level in both.** Agreement beyond chance (weighted kappa) is {kappa}, 95% interval {lower} to {upper}; 1 is full, 0 is chance.", **values)  # fmt: skip
    return t("**{same} of every 100 areas are in the same third of the country in both.** Agreement beyond chance (weighted kappa) is {kappa}, 95% interval {lower} to {upper}; 1 is full, 0 is chance.", **values)  # fmt: skip


def disagreement_sentence(pair: Mapping[str, Any], t: Translator) -> str:
    """How many areas stand far apart, and in how many the error of the places does not explain it."""
    far = t("**No area stands two levels or more apart.**")
    if pair["far_apart"]:
        far = t.plural("**{count} area stands two levels or more apart.**", "**{count} areas stand two levels or more apart.**", pair["far_apart"])  # fmt: skip
    if not pair["error_known"]:
        return far + " " + t("Neither run says how sure its places are, so chance cannot be told from disagreement.")
    beyond = t("Every difference of places may be chance: none is larger than the errors.")
    if pair["beyond_error"]:
        beyond = t.plural(
            "In {count} of {of} areas the places differ by more than their errors; elsewhere the difference may be chance.",
            "In {count} of {of} areas the places differ by more than their errors; elsewhere the difference may be chance.",
            pair["beyond_error"],
            of=t.number(pair["error_known"]),
        )
    if pair["exact"]:
        beyond += " " + t("The place of an area in {run} is taken as exact, since that run gives no interval.", run=pair["exact"][0])  # fmt: skip
    return f"{far} {beyond}"


def factors_sentence(pair: Mapping[str, Any], t: Translator) -> str:
    """Whether the reasons are the same; "" where one of the runs names none."""
    found = pair["factors"]
    if found is None:
        return ""
    if not found["areas"]:
        return t("The reasons cannot be counted against each other: the two runs do not know the same characteristics.")
    return t(
        "Of {of} areas whose main factor is known to both runs, {count} have the same one in both.",
        of=t.number(found["areas"]),
        count=t.number(found["same"]),
    )


def advice_sentence(advice: Mapping[str, Any], t: Translator) -> str:
    """One rule of whom to trust when; raises `KeyError` for a rule without words."""
    return _WORDS[advice["rule"]](_listed(advice["runs"], t), advice["values"], t)


def _listed(runs: Sequence[str], t: Translator) -> str:
    """A, B and C."""
    if len(runs) < 2:
        return "".join(runs)
    return t("{some} and {last}", some=", ".join(runs[:-1]), last=runs[-1])


Values = Mapping[str, Any]


def _number(runs: str, values: Values, t: Translator) -> str:
    return t("**For how many children:** {runs}. An index has no unit; it cannot say how many children work.", runs=runs)  # fmt: skip


def _no_number(runs: str, values: Values, t: Translator) -> str:
    return t("**For how many children:** none of these. An index has no unit; it cannot say how many children work.")


def _order_unknown(runs: str, values: Values, t: Translator) -> str:
    return t("**For the order:** none of these was held against a measured rate, so nothing here says which order is nearer the truth.")  # fmt: skip


def _rhos(values: Values, t: Translator) -> str:
    return ", ".join(f"{run} {t.number(rho, 2)}" for run, rho in values["spearman"].items())


def _order_best(runs: str, values: Values, t: Translator) -> str:
    return t("**For the order:** {runs}. Its order is nearest to the measured rate (rank agreement in the {count} areas that all can be held against: {rhos}), as far as that measure goes.", runs=runs, count=t.number(values["areas"]), rhos=_rhos(values, t))  # fmt: skip


def _order_same(runs: str, values: Values, t: Translator) -> str:
    return t("**For the order:** all alike. They are equally near to the measured rate (rank agreement: {rhos}).", rhos=_rhos(values, t))  # fmt: skip


def _order_not_alike(runs: str, values: Values, t: Translator) -> str:
    return t("**For the order:** not every run was held against the same measured rate (rank agreement: {rhos}), so it does not say which is nearer.", rhos=_rhos(values, t))  # fmt: skip


def _no_interval(runs: str, values: Values, t: Translator) -> str:
    return t("**For how sure it is:** no interval comes from {runs}; the figures look surer than they are.", runs=runs)  # fmt: skip


def _narrow_interval(runs: str, values: Values, t: Translator) -> str:
    return t("**For how sure it is:** the intervals of {runs} are too narrow: they leave out what the determinants do not explain about an area.", runs=runs)  # fmt: skip


def _widths(runs: str, values: Values, t: Translator) -> str:
    said = ", ".join(f"{run} {t.number(width * 100, 1)}" for run, width in values["widths"].items())
    return t("**For how sure it is:** the typical 95% interval spans, in percentage points: {widths}. A narrow one is worth more only where it has been shown to hold the measured rate.", widths=said)  # fmt: skip


def _measured(runs: str, values: Values, t: Translator) -> str:
    return t.plural("**Where children were asked** ({count} area): {runs} first, since what was found there is in its estimate.", "**Where children were asked** ({count} areas): {runs} first, since what was found there is in its estimate.", values["areas"], runs=runs)  # fmt: skip


def _unmeasured(runs: str, values: Values, t: Translator) -> str:
    return t.plural("**Where nobody was asked** ({count} area): {runs} knows the area only by its characteristics, as an index does. Where another run says otherwise, ask those who know the area.", "**Where nobody was asked** ({count} areas): {runs} knows the area only by its characteristics, as an index does. Where another run says otherwise, ask those who know the area.", values["areas"], runs=runs)  # fmt: skip


def _years(runs: str, values: Values, t: Translator) -> str:
    said = ", ".join(f"{run} {year}" for run, year in values["years"].items())
    return t("**For today:** {runs}, whose data are the newest ({years}). A part of the difference may be change between the years.", runs=runs, years=said)  # fmt: skip


def _definitions(runs: str, values: Values, t: Translator) -> str:
    return t("**What is counted:** {runs} do not count the same as child labour, so their figures differ for that reason too.", runs=runs)  # fmt: skip


def _coverage(runs: str, values: Values, t: Translator) -> str:
    return t("**Who is left out:** {runs} knows only {share} of the children.", runs=runs, share=t.percent(values["coverage"], 0))  # fmt: skip


def _imputed(runs: str, values: Values, t: Translator) -> str:
    return t.plural("**What is filled in:** in {count} area of {runs} an indicator was missing and the middle value of its region stands in. Trust another run there.", "**What is filled in:** in {count} areas of {runs} an indicator was missing and the middle value of their region stands in. Trust another run there.", values["areas"], runs=runs)  # fmt: skip


def _without(runs: str, values: Values, t: Translator) -> str:
    return t.plural("**What is missing:** {runs} says nothing about {count} area.", "**What is missing:** {runs} says nothing about {count} areas.", values["areas"], runs=runs)  # fmt: skip


def _firm(runs: str, values: Values, t: Translator) -> str:
    return t.plural("**Where to begin:** {count} area is in the highest third in every run. That does not hang on the choice of method.", "**Where to begin:** {count} areas are in the highest third in every run. That does not hang on the choice of method.", values["high_in_all"])  # fmt: skip


def _doubt(runs: str, values: Values, t: Translator) -> str:
    return t.plural("**Where to ask first:** {count} area stands two levels or more apart in {runs}. Decide nothing there by one map alone.", "**Where to ask first:** {count} areas stand two levels or more apart in {runs}. Decide nothing there by one map alone.", values["areas"], runs=runs)  # fmt: skip


_WORDS = {
    "number": _number,
    "no_number": _no_number,
    "order_unknown": _order_unknown,
    "order_best": _order_best,
    "order_same": _order_same,
    "order_not_alike": _order_not_alike,
    "no_interval": _no_interval,
    "narrow_interval": _narrow_interval,
    "widths": _widths,
    "measured": _measured,
    "unmeasured": _unmeasured,
    "years": _years,
    "definitions": _definitions,
    "coverage": _coverage,
    "imputed": _imputed,
    "without": _without,
    "firm": _firm,
    "doubt": _doubt,
}
