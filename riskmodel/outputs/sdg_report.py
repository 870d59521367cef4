"""The SDG 8.7.1 table as a national report prints it: words, numbers of the reader's language, footnotes.

One file opens in any spreadsheet: title, heads, rows, and the notes beneath.
"""

from __future__ import annotations

import csv
import io

import pandas as pd

from riskmodel.i18n import Translator
from riskmodel.outputs.sdg_table import has_sdg_bands
from riskmodel.results import Results, spreadsheet_safe
from riskmodel.study import Study
from riskmodel.study_groups import crossings, group_label


def printed(table: pd.DataFrame, study: Study, crossed: str, t: Translator) -> pd.DataFrame:
    """One row per category of the second part, with number, proportion and both intervals under each category of the first."""
    down = crossings(study)[crossed][1]
    columns = list(dict.fromkeys(table["column"]))
    head = group_label(study, down)
    out = []
    for row in dict.fromkeys(table["row"]):
        line = {head: row or t("Total")}
        for column in columns:
            cell = table[(table["row"] == row) & (table["column"] == column)]
            name = column or t("Total")
            values = cell.iloc[0] if len(cell) else pd.Series(dtype=float)
            line[t("{category}: number", category=name)] = _count(values, study, t)
            line[t("{category}: number, 95% interval", category=name)] = _range(values, "number", 0, 1, t)
            line[t("{category}: %", category=name)] = _share(values, t)
            line[t("{category}: %, 95% interval", category=name)] = _range(values, "proportion", 1, 100, t)
        out.append(line)
    return pd.DataFrame(out)


def listed(table: pd.DataFrame, study: Study, crossed: str, t: Translator) -> pd.DataFrame:
    """The same, one row per cell: narrow enough for a screen."""
    across, down = (group_label(study, part) for part in crossings(study)[crossed])
    cells = [pd.Series(row) for row in table.to_dict("records")]
    return pd.DataFrame(
        {
            down: [row or t("Total") for row in table["row"]],
            across: [column or t("Total") for column in table["column"]],
            t("Number"): [_count(cell, study, t) for cell in cells],
            t("95% interval, number"): [_range(cell, "number", 0, 1, t) for cell in cells],
            t("Proportion, %"): [_share(cell, t) for cell in cells],
            t("95% interval, %"): [_range(cell, "proportion", 1, 100, t) for cell in cells],
        }
    )


def footnotes(study: Study, results: Results, crossed: str, place: str, t: Translator) -> list[str]:
    """What a national report must say beneath the table."""
    boundary = {
        "sna": t("Production boundary of the System of National Accounts: economic activities; household chores are not counted."),
        "general": t("General production boundary: economic activities and household chores."),
    }[study.outcome.boundary]  # fmt: skip
    years = results.manifest["years"]
    named = [
        t("survey {year}", year=years["survey"]) if "survey" in years else "",
        t("population {year}", year=years["population"]) if "population" in years else "",
    ]
    sources = [study.outcome.source, *(p.source for p in (study.survey, study.population) if p)]
    definition = study.outcome.definition.rstrip(".")
    notes = [
        t("Territory: {place}.", place=place),
        t("Indicator: {name}. Definition: {definition}.", name=study.outcome.name, definition=definition),
        boundary,
        t("Years: {years}.", years=", ".join(n for n in named if n)) if any(named) else "",
        t("Sources: {sources}.", sources="; ".join(dict.fromkeys(s for s in sources if s))) if any(sources) else "",
        t("Estimates of a model fitted to a survey and applied to the population, not a count. Numbers are expected numbers."),
        t("Intervals of 95 %. They do not cover all that is uncertain: see the method."),
        t("“< {count}”: an expected number under {count} is withheld. “—”: fewer than {children} children in the group, or withheld so that such a cell does not follow by subtraction.",
          count=t.number(study.privacy.min_count), children=t.number(study.privacy.min_children)),
        "" if has_sdg_bands(study, crossed)
        else t("Indicator 8.7.1 is asked for by sex and for the ages 5–11, 12–14 and 15–17; this table has other groups."),
        t("Synthetic data: this country, its people and its figures are invented.") if study.study.synthetic else "",
        t("Fingerprint {fingerprint}.", fingerprint=results.manifest["fingerprint"]),
    ]  # fmt: skip
    return [note for note in notes if note]


def report_csv(table: pd.DataFrame, title: str, notes: list[str], t: Translator) -> bytes:
    """The printed table as a spreadsheet of the reader's country opens it: `;` where the decimal mark is a comma."""
    decimal = t.locale.number_symbols["latn"]["decimal"]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if decimal == "," else ",", lineterminator="\r\n")
    writer.writerow([title])
    writer.writerow([])
    safe = spreadsheet_safe(table.astype("string"))
    writer.writerow(safe.columns)
    writer.writerows(safe.fillna("").to_numpy().tolist())
    writer.writerow([])
    for note in notes:
        writer.writerow([note])
    return out.getvalue().encode("utf-8-sig")


def _count(cell: pd.Series, study: Study, t: Translator) -> str:
    if cell.get("withheld") == "count":
        return t("< {count}", count=t.number(study.privacy.min_count))
    return t.number(cell.get("number"))


def _share(cell: pd.Series, t: Translator) -> str:
    value = cell.get("proportion")
    return t.number(None if value is None else value * 100, 1)


def _range(cell: pd.Series, name: str, decimals: int, scale: float, t: Translator) -> str:
    lower, upper = cell.get(f"{name}_lower"), cell.get(f"{name}_upper")
    if lower is None or pd.isna(lower) or upper is None:
        return t.number(None)
    return t("{lower} to {upper}", lower=t.number(lower * scale, decimals), upper=t.number(upper * scale, decimals))
