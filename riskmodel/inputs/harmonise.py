"""Make survey and population speak the same categories, and show how alike they are.

A value that no rule names becomes missing and is counted in a warning: it is never put into another category.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from riskmodel.inputs.codes import canonical
from riskmodel.inputs.numbers import as_numbers
from riskmodel.problems import MISSING_CATEGORY, Problem, Where, spreadsheet_rows
from riskmodel.study import Determinant, DeterminantKind, Rule

# A gap between the sources beyond this is a warning, unless the study says otherwise.
SHARE_TOLERANCE = 0.05

# A gap beyond this looks like codes that were read the wrong way round.
REVERSED = 0.40

# A code may stand in a message when it is short and common: then it is the study's vocabulary, not a person.
CODE_LENGTH = 20
CODE_TIMES = 3
CODES_SHOWN = 5

SHARE_COLUMNS = ["determinant", "category", "share"]
HARMONISATION_COLUMNS = ["determinant", "category", "survey_share", "population_share", "difference"]


def apply_rule(column: pd.Series, determinant_kind: DeterminantKind, rule: Rule) -> pd.Series:
    """A determinant from a text column.

    Returns
    -------
    Series with the index of `column`: categories (dtype "string", <NA> where the rule names none), or numbers
    (float64, NaN where unreadable) for a numeric determinant. Bands hold both their ends; the first that fits wins.
    """
    if rule.map is not None:
        keys = canonical(pd.Series(list(rule.map), dtype="string"))
        lookup = dict(zip(keys, rule.map.values(), strict=True))
        categories = canonical(column).map(lookup).astype("string")
    elif rule.bands is not None:
        numbers = as_numbers(column, Where())[0]
        inside = [numbers.between(low, high) for low, high in rule.bands.values()]
        chosen = np.select(inside, list(rule.bands), default="")
        categories = pd.Series(chosen, index=column.index, dtype="string").replace("", pd.NA)
    elif determinant_kind == "numeric":
        return as_numbers(column, Where())[0]
    else:
        return canonical(column)
    return as_numbers(categories, Where())[0] if determinant_kind == "numeric" else categories


def check_rule(column: pd.Series, determinant: Determinant, rule: Rule, where: Where) -> list[Problem]:
    """What a rule does not read of a column: letters where numbers are needed, values it does not name, bands that
    overlap. Give only the rows that count (the age range)."""
    problems = _check_bands(rule, where)
    named = pd.Series([*(rule.map or {}).values(), *(rule.bands or {})], dtype="string")
    if determinant.kind == "numeric" and as_numbers(named, where)[0].isna().any():
        return [*problems, Problem("rule_not_numbers", where, {"name": determinant.name})]
    if rule.map is None and (rule.bands is not None or determinant.kind == "numeric"):
        problems += as_numbers(column, where)[1]
        if any(p.is_error for p in problems):
            return problems
    if rule.map is None and rule.bands is None:
        return problems
    given = canonical(column)
    lost = column.index[(given.notna() & apply_rule(column, "categorical", rule).isna()).to_numpy(bool)]
    if rule.bands is not None:
        lost = lost.intersection(column.index[as_numbers(column, where)[0].notna().to_numpy(bool)])
    if len(lost):
        values = {"name": determinant.name, "count": len(lost)}
        at = replace(where, rows=spreadsheet_rows(lost))
        codes = _shown_codes(given.loc[lost]) if rule.map is not None else []
        if codes:
            problems.append(Problem("map_leaves_codes", at, values | {"codes": codes}, "warning"))
        else:
            code = "map_leaves_values" if rule.map is not None else "bands_leave_values"
            problems.append(Problem(code, at, values, "warning"))
    return problems


def survey_shares(frame: pd.DataFrame, determinants: Sequence[Determinant]) -> pd.DataFrame:
    """Weighted share of every category among the children in the age range who have the determinant.

    Parameters
    ----------
    frame : DataFrame
        As `read_survey` gives it.
    determinants : sequence of Determinant
        Numeric ones have no categories and no rows.

    Returns
    -------
    DataFrame with columns determinant, category, share (0–1, summing to 1 within a determinant).
    """
    inside = frame[frame["in_domain"]]
    parts = []
    for determinant in (d for d in determinants if d.kind == "categorical"):
        total = inside.groupby(inside[determinant.name], observed=True)["weight"].sum()
        share = total / total.sum()
        parts.append(
            pd.DataFrame({"determinant": determinant.name, "category": share.index, "share": share.to_numpy()})
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=SHARE_COLUMNS)


def harmonisation_table(
    survey_shares: pd.DataFrame, population_shares: pd.DataFrame, tolerance: float = SHARE_TOLERANCE
) -> tuple[pd.DataFrame, list[Problem]]:
    """Shares of both sources side by side, and where they differ.

    Parameters
    ----------
    survey_shares, population_shares : DataFrame
        Columns determinant, category, share (0–1).
    tolerance : float
        A gap beyond this is a warning; a proportion.

    Returns
    -------
    DataFrame
        determinant, category, survey_share, population_share, difference (survey − population). A category that one
        source lacks has the share 0 there; a determinant that one source lacks is missing there.
    list of Problem
        Warnings `category_only_in_survey`, `category_only_in_population`, `shares_differ` (beyond the tolerance);
        `shares_look_swapped` (two categories that have each other's share) and `shares_look_reversed` (more than 40
        points apart) in place of `shares_differ`.
    """
    keys = SHARE_COLUMNS[:2]
    both = survey_shares[SHARE_COLUMNS].merge(population_shares[SHARE_COLUMNS], on=keys, how="outer", sort=False)
    both.columns = pd.Index(HARMONISATION_COLUMNS[:4])
    sources = {"survey_share": survey_shares, "population_share": population_shares}
    for column, source in sources.items():
        known = both["determinant"].isin(source["determinant"])
        both[column] = both[column].astype("float64").mask(both[column].isna() & known, 0.0)
    both["difference"] = both["survey_share"] - both["population_share"]
    order = list(dict.fromkeys([*survey_shares["determinant"], *population_shares["determinant"]]))
    both["determinant"] = pd.Categorical(both["determinant"], order, ordered=True)
    table = both.sort_values(keys, ignore_index=True).astype({"determinant": "string", "category": "string"})
    both_known = table.dropna()
    swapped, problems = _swapped(both_known, tolerance)
    rest = both_known[~both_known.index.isin(swapped)].itertuples(index=False)
    problems += [p for row in rest if (p := _difference(row, tolerance)) is not None]
    return table, problems


def _swapped(table: pd.DataFrame, tolerance: float) -> tuple[list[int], list[Problem]]:
    """Pairs of categories of one determinant, each with about the share the other has in the other source.

    Gives their rows. Both differ beyond the tolerance as they stand, and lie within it (5 points at most) exchanged.
    """
    rows: list[int] = []
    problems = []
    near = min(tolerance, SHARE_TOLERANCE)
    for name, own in table.groupby("determinant", sort=False):
        apart = own[own["difference"].abs() > tolerance]
        survey, population = (dict(apart[column].items()) for column in ("survey_share", "population_share"))
        for first, second in itertools.combinations(map(int, apart.index), 2):
            crossed = (survey[first] - population[second], survey[second] - population[first])
            if first in rows or second in rows or max(abs(gap) for gap in crossed) > near:
                continue
            rows += [first, second]
            values = {"name": name, "first": apart["category"][first], "second": apart["category"][second]}
            values |= {"survey": _points(survey[first]), "population": _points(population[first])}
            values |= {"survey_second": _points(survey[second]), "population_second": _points(population[second])}
            problems.append(Problem("shares_look_swapped", values=values, severity="warning"))
    return rows, problems


def _difference(row: tuple[object, ...], tolerance: float) -> Problem | None:
    determinant, category, survey, population, difference = row
    values = {"name": determinant, "category": category, "survey": _points(survey), "population": _points(population)}
    if survey == 0 and population != 0:
        return Problem("category_only_in_population", values=values, severity="warning")
    if population == 0 and category == MISSING_CATEGORY:  # a population that lacks nobody's answer is no fault
        return None
    if population == 0 and survey != 0:
        return Problem("category_only_in_survey", values=values, severity="warning")
    gap = abs(float(str(difference)))
    if gap > REVERSED:
        return Problem("shares_look_reversed", values=values, severity="warning")
    if gap > tolerance:
        return Problem("shares_differ", values=values, severity="warning")
    return None


def _points(share: object) -> float:
    return round(100 * float(str(share)), 2)


def _check_bands(rule: Rule, where: Where) -> list[Problem]:
    """Bands run from low to high and do not share a value, their ends included."""
    if rule.bands is None:
        return []
    bands = sorted(rule.bands.items(), key=lambda item: item[1])
    problems = [Problem("band_upside_down", where, {"band": name}) for name, (low, high) in bands if low > high]
    for (name, (_, high)), (after, (low, _)) in itertools.pairwise(bands):
        if low <= high:
            problems.append(Problem("bands_overlap", where, {"band": name, "other": after}))
    return problems


def _shown_codes(values: pd.Series) -> list[str]:
    counts = values.value_counts()
    return [str(code) for code, times in counts.items() if times >= CODE_TIMES and len(str(code)) <= CODE_LENGTH][
        :CODES_SHOWN
    ]
