"""Totals of a study beside published ones, in words: how far apart the country is, how many units agree, which is furthest.

A difference under half a thousandth is called none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from riskmodel.i18n import Translator

NONE = 0.0005


def measure_name(row: Any, t: Translator) -> str:
    """What is counted."""
    if row.label:
        return str(row.label)
    return {"children": t("children"), "survey": t("children by the weights of the survey")}.get(
        row.measure, row.measure
    )


def difference_sentence(row: Any, t: Translator) -> str:
    """One row of `reconciliation.csv`; "" where one side is unknown.

    Parameters
    ----------
    row : named tuple of the table's columns
    """
    if pd.isna(row.share):
        return ""
    name = t("the country") if row.parent_code == "" else str(row.parent_name)
    told = {"name": name, "percent": t.percent(abs(row.share)), "ours": t.number(row.ours), "published": t.number(row.published)}  # fmt: skip
    if row.measure == "children" and not row.label:
        if abs(row.share) < NONE:
            return t("The files count as many children as were published for {name}: {ours}.", **told)
        if row.share < 0:
            return t("The files count {percent} fewer children than were published for {name}: {ours} against {published}.", **told)  # fmt: skip
        return t("The files count {percent} more children than were published for {name}: {ours} against {published}.", **told)  # fmt: skip
    told["label"] = measure_name(row, t)
    if abs(row.share) < NONE:
        return t("{label}: the files have what was published for {name}, {ours}.", **told)
    if row.share < 0:
        return t("{label}: the files have {percent} less than was published for {name}: {ours} against {published}.", **told)  # fmt: skip
    return t("{label}: the files have {percent} more than was published for {name}: {ours} against {published}.", **told)  # fmt: skip


def summary_sentences(table: pd.DataFrame, t: Translator) -> list[str]:
    """For each published total: the country, how many parent units agree, and the one furthest apart."""
    return [sentence for _, part in _measures(table) for sentence in _of_one(part, t) if sentence]


def _measures(table: pd.DataFrame) -> Iterator[tuple[Any, pd.DataFrame]]:
    return iter(table.groupby(["measure", "label"], sort=False, dropna=False))


def _of_one(part: pd.DataFrame, t: Translator) -> list[str]:
    rows: list[Any] = list(part.itertuples(index=False))
    said = [difference_sentence(row, t) for row in rows if row.parent_code == ""]
    compared = [row for row in rows if row.parent_code != "" and not pd.isna(row.share)]
    if not compared:
        return said
    agree = sum(bool(row.within) for row in compared)
    said.append(
        t(
            "{label}: {agree} of {compared} parent units agree with the published totals to within {tolerance}.",
            label=measure_name(compared[0], t), agree=t.number(agree), compared=t.number(len(compared)),
            tolerance=t.percent(compared[0].tolerance),
        )
    )  # fmt: skip
    worst = max(compared, key=lambda row: abs(row.share))
    return [*said, difference_sentence(worst, t)] if abs(worst.share) >= NONE else said


def rows_in_words(table: pd.DataFrame, t: Translator) -> list[list[str]]:
    """Unit, what, ours, published, difference and its share, whether within the tolerance; one row per row."""
    rows: list[Any] = list(table.itertuples(index=False))
    return [
        [
            t("the country") if row.parent_code == "" else str(row.parent_name), measure_name(row, t),
            t.number(row.ours), t.number(row.published), t.number(row.difference), t.percent(row.share),
            "—" if pd.isna(row.within) else t("yes") if row.within else t("no"),
        ]
        for row in rows
    ]  # fmt: skip


def heads(t: Translator) -> list[str]:
    """The heads of `rows_in_words`."""
    return [t("Unit"), t("What"), t("In the files"), t("Published"), t("Difference"), t("Difference, %"), t("Within tolerance")]  # fmt: skip


def sources(table: pd.DataFrame) -> str:
    """Who published, and when."""
    years = [f"{source}, {year}" if not pd.isna(year) else str(source) for source, year in zip(table["source"], table["year"], strict=True)]  # fmt: skip
    return "; ".join(dict.fromkeys(found for found in years if found))
