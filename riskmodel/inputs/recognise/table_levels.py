"""Guesses about rows of a table that are no areas: totals, units above with a code, without a name, or known by their sum.

Each finding looks at what the ones before it left; in a table of persons, where no code is an area's own, only totals are found.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from riskmodel.inputs.reading_codes import clean_codes
from riskmodel.inputs.recognise.cells import NUMBER, TEXT
from riskmodel.inputs.recognise.code_columns import CodeColumn
from riskmodel.inputs.recognise.found import Certainty, Guess
from riskmodel.inputs.recognise.levels import (
    Parents,
    Referred,
    find_parents,
    find_referred,
    find_subtotals,
    find_totals,
)
from riskmodel.inputs.recognise.sums import (
    begins_as_total,
    find_codeless_sums,
    find_level_words,
    find_nameless,
    find_sums,
    of_persons,
)
from riskmodel.problems import Where
from riskmodel.study_reading import Headings, Keep, Reading, row_ranges

SHOWN = 20
# A column of names has so many different ones.
NAMES = 0.6


def level_guesses(
    table: pd.DataFrame,
    forms: dict[str, int],
    codes: list[CodeColumn],
    area: CodeColumn | None,
    reading: Reading,
    where: Where,
) -> list[Guess]:
    """Rows of totals and of units above.

    forms : NUMBER or TEXT of every column; codes, area : its columns of codes, and the one with those of the areas.
    """
    found: list[Guess] = []
    texts = [c for c, form in forms.items() if form == TEXT]
    code = area.name if area else next((c.name for c in codes if c.unique > 0.9 and c.named), "")
    codelike = {k.name for k in codes if k.named or k.name == code}
    amounts = [c for c, form in forms.items() if form == NUMBER and c not in codelike]
    totals = find_totals(table, code, [t for t in texts if t != code], amounts)
    if totals:
        rows = tuple(label + 2 for label in totals.labels)
        values: dict[str, object] = {"count": len(rows), "name": totals.name}
        certainty: Certainty = "sure" if totals.proved else "likely"
        found.append(
            Guess("totals", certainty, replace(where, rows=rows[:SHOWN]), values, "leave_out", row_ranges(rows))
        )
        table = table.drop(index=list(totals.labels))
    names = [t for t in texts if t != code]
    name = max(names, key=lambda t: table[t].nunique(), default="")
    if name and (labels := find_subtotals(table, name)):
        found.append(_left_out("subtotals", table, labels, name, where))
        table = table.drop(index=list(labels))
    if not name or reading.headings:
        return found
    if of_persons(list(table.columns)):
        parents = find_parents(table, area.name, name) if area else None
        return found + (_parents(table, parents, where) if parents else [])
    if bare := find_nameless(table, code if area is None or area.named else "", name, amounts):
        found.append(_nameless(table, bare, [t for t in names if t != name], where))
        table = table.drop(index=list(bare))
    if code and (labels := find_codeless_sums(table, clean_codes(table[code]), amounts)):
        found.append(_left_out("sums_left_out", table, labels, name, where))
        table = table.drop(index=list(labels))
    if code and (referred := find_referred(table, code)):
        return [*found, _referred(table, referred, name, code, where)]
    parents = find_parents(table, code, name) if code else None
    if parents:
        return found + _parents(table, parents, where)
    if labels := find_level_words(table, name):
        return [*found, _headed("parents_words", table, labels, name, where)]
    return found + _sums(table, name, amounts, where)


def _nameless(table: pd.DataFrame, labels: tuple[int, ...], others: list[str], where: Where) -> Guess:
    """Rows with figures that have no name of an area."""
    rows = tuple(label + 2 for label in labels)
    texts = [str(v) for v in table.loc[list(labels), others].to_numpy(object).ravel() if isinstance(v, str)]
    said = next((t for t in texts if begins_as_total(t)), texts[0] if texts else "")
    values: dict[str, object] = {"count": len(rows), "name": said[:60]}
    at = replace(where, rows=rows[:SHOWN])
    return Guess("rows_nameless", "likely", at, values, "leave_out", row_ranges(rows))


def _parents(table: pd.DataFrame, parents: Parents, where: Where) -> list[Guess]:
    rows = tuple(label + 2 for label in parents.labels)
    first = str(table.at[parents.labels[0], parents.name_column])
    values: dict[str, object] = {"count": len(rows), "first": first, "column": parents.code_column}
    at = replace(where, rows=rows[:SHOWN])
    if not parents.in_order or "parent_name" in table:
        return [Guess("parents_left_out", "sure", at, values, "leave_out", row_ranges(rows))]
    part = Headings(column=parents.name_column, into="parent_name", rows=row_ranges(rows))
    return [Guess("parents_headings", "sure", at, values | {"into": part.into}, "headings", part)]


def _referred(table: pd.DataFrame, referred: Referred, name: str, code: str, where: Where) -> Guess:
    """Units above in a hierarchy: left out where they are one level, else asked by the column that tells the levels apart."""
    depth = referred.depth[table[code].notna()]
    for column in table.columns if depth.nunique() > 2 else ():
        levels = table.loc[depth.index, column].groupby(depth).unique()
        if column not in (name, code) and all(len(v) == 1 and isinstance(v[0], str) for v in levels):
            choices = tuple(Keep(column=str(column), values=(str(v[0]),)) for v in levels)
            values: dict[str, object] = {"count": len(choices), "values": [c.values[0] for c in choices]}
            at = replace(where, column=str(column))
            return Guess("stacked", "ask", at, values, "keep", choices[0], choices)
    return _left_out("parents_referred", table, referred.labels, name, where)


def _sums(table: pd.DataFrame, name: str, amounts: list[str], where: Where) -> list[Guess]:
    """Rows that are sums of those below them head these; rows that are sums of those above them are left out."""
    present = table[name].dropna()
    if present.nunique() < NAMES * len(present):
        return []
    sums = find_sums(table, name, amounts)
    if sums is None:
        return []
    if not sums.above or len(sums.labels) == 1 or "parent_name" in table:
        return [_left_out("sums_left_out", table, sums.labels, name, where)]
    return [_headed("sums_headings", table, sums.labels, name, where)]


def _left_out(code: str, table: pd.DataFrame, labels: tuple[int, ...], name: str, where: Where) -> Guess:
    rows = tuple(label + 2 for label in labels)
    values: dict[str, object] = {"count": len(rows), "first": str(table.at[labels[0], name])}
    return Guess(code, "likely", replace(where, rows=rows[:SHOWN]), values, "leave_out", row_ranges(rows))


def _headed(code: str, table: pd.DataFrame, labels: tuple[int, ...], name: str, where: Where) -> Guess:
    """Rows that head those below them; a column that holds the unit above already stays, and they are left out."""
    guess = _left_out(code, table, labels, name, where)
    part = Headings(column=name, into="parent_name", rows=row_ranges(label + 2 for label in labels))
    return replace(guess, values={**guess.values, "into": part.into}, key="headings", value=part)
