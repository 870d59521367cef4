"""Hold the totals of a study against published ones, by parent unit and for the country.

Nothing is changed: the table says how far apart they are, and what is beyond the tolerance is a warning. Where the population
covers a share of the children, that share of the published total is what the study should count.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from riskmodel.inputs.published import COUNTRY, own_counts, read_published
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.results import RECONCILIATION_COLUMNS
from riskmodel.study import Study
from riskmodel.study_published import PublishedTotal

CODES_SHOWN = 5


def reconcile(study: Study, folder: Path, areas: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """Every published total of a study beside its own.

    Parameters
    ----------
    areas : DataFrame
        area_code, parent_code, parent_name, children; one row per area.

    Returns
    -------
    DataFrame
        Columns `RECONCILIATION_COLUMNS`: the country first, then parent units that either side knows.
    list of Problem
        Warnings; a published table that cannot be read is one too, since no estimate needs it.
    """
    tables, problems = [], []
    for asked in study.published_total:
        try:
            published, found = read_published(asked, study, folder)
            own = own_counts(asked, study, folder, areas)
        except InputProblems as error:
            problems += [p.as_warning() for p in error.problems]
            continue
        table = compare_totals(asked, study, own, published, areas)
        tables.append(table)
        known = {*own.index.dropna(), *areas["parent_code"].dropna()}
        problems += [*found, *_problems(asked, study, table, known)]
    whole = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(RECONCILIATION_COLUMNS))
    return whole, problems


def compare_totals(
    asked: PublishedTotal, study: Study, own: pd.Series, published: pd.Series, areas: pd.DataFrame
) -> pd.DataFrame:
    """One published total: a row for the country (if it was published) and for each parent unit.

    own : counts indexed by code of the parent unit; missing codes count for the country only.
    published : totals by code, "" the country.
    """
    by_parent = own[own.index.notna()].groupby(level=0).sum(min_count=1)
    ours = pd.concat([pd.Series({COUNTRY: own.sum(min_count=1)}), by_parent])
    codes = [COUNTRY] if COUNTRY in published.index else []
    if asked.by_parent:
        codes += sorted({*by_parent.index, *published.index} - {COUNTRY})
    names = areas.dropna(subset=["parent_code"]).drop_duplicates("parent_code").set_index("parent_code")["parent_name"]
    table = pd.DataFrame(
        {
            "measure": asked.measure,
            "label": asked.label,
            "parent_code": pd.array(codes, dtype="string"),
            "parent_name": pd.array([names.get(c, c or None) for c in codes], dtype="string"),
            "ours": ours.reindex(codes).to_numpy(float),
            "published": published.reindex(codes).to_numpy(float),
        }
    )
    small = table["ours"] < study.privacy.min_children
    table["ours"] = table["ours"].mask(small)
    table["difference"] = table["ours"] - table["published"]
    table["share"] = table["difference"] / table["published"].replace(0, np.nan)
    covered = study.population.coverage if study.population and asked.of == "children" else 1.0
    expected = table["published"] * covered
    within = (table["ours"] - expected).abs() <= asked.tolerance * expected
    table["within"] = within.astype("boolean").mask(table["difference"].isna())
    table["tolerance"] = asked.tolerance
    table["year"] = pd.array([asked.year] * len(table), dtype="Int64")
    table["source"] = asked.source
    return table[list(RECONCILIATION_COLUMNS)]


def _problems(asked: PublishedTotal, study: Study, table: pd.DataFrame, known: set[str]) -> list[Problem]:
    """Warnings of one published total. `known`: codes of the parent units of the study."""
    where = Where(Path(asked.file).name if asked.file else "", asked.sheet, asked.total, key="published_total")
    label = asked.label or asked.column or _counted_in(asked, study)
    problems: list[Problem] = []
    if table["ours"].isna().all():
        return [Problem("published_not_counted", where, {"label": label}, "warning")]
    apart = table[~table["within"].fillna(True).to_numpy(bool)]
    country, units = apart[apart["parent_code"] == COUNTRY], apart[apart["parent_code"] != COUNTRY]
    for row in country.to_dict("records"):
        code = "published_country_more" if row["difference"] > 0 else "published_country_less"
        values = {"label": label, "percent": abs(100 * row["share"]), **_both(row)}
        problems.append(Problem(code, where, values, "warning"))
    if len(units):
        worst = (
            units.assign(far=units["share"].abs().fillna(np.inf)).sort_values("far", kind="stable").iloc[-1].to_dict()
        )
        compared = int((table["within"].notna() & (table["parent_code"] != COUNTRY)).sum())
        told = {"count": len(units), "of": compared, "label": label, "tolerance": _percent(asked.tolerance)}
        values = {**told, "name": str(worst["parent_name"]), **_both(worst)}
        problems.append(Problem("published_differs", where, values, "warning"))
    of_study = table["parent_code"].isin([COUNTRY, *known])
    only, without = table[~of_study], table[of_study & table["published"].isna()]
    for code, rows in (("published_unit_unknown", only), ("published_unit_absent", without)):
        if len(rows):
            shown = rows["parent_code" if code == "published_unit_unknown" else "parent_name"].head(CODES_SHOWN)
            problems.append(Problem(code, where, {"count": len(rows), "label": label, "codes": list(map(str, shown))}, "warning"))  # fmt: skip
    return problems


def _counted_in(asked: PublishedTotal, study: Study) -> str:
    """The column, else the file, that a total without a name of its own is counted in."""
    if asked.of == "survey":
        return Path(study.survey.file).name if study.survey else ""
    if study.population is not None:
        return Path(study.population.file).name
    return study.areas.children if study.areas else ""


def _both(row: Mapping[Any, Any]) -> dict[str, int]:
    return {"ours": round(row["ours"]), "published": round(row["published"])}


def _percent(share: float) -> float | int:
    """A proportion in percent, whole where it is whole."""
    percent = round(100 * share, 2)
    return int(percent) if percent == int(percent) else percent
