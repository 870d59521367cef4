"""Give codes to a table that has only names, from a register: equal names at once, others only as a person confirmed.

The rules are in `match_names`; a row whose name finds no code has none, and that is told.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from riskmodel.inputs.changes import Change, cells_changed
from riskmodel.inputs.codes import trimmed
from riskmodel.inputs.columns import missing_columns, rows_problem
from riskmodel.inputs.match_names import Confirmed, NameMatches, match_names
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.study_reading import CodesByName

EXAMPLES = 5


def codes_by_name(
    table: pd.DataFrame, rule: CodesByName, register: pd.DataFrame, where: Where
) -> tuple[pd.Series, list[Change], list[Problem]]:
    """Codes of the rows of a table.

    Parameters
    ----------
    register : DataFrame of text
        The official list, with the columns `rule.official` names.

    Returns
    -------
    Series of codes with the index of the table; the change; warnings `names_without_code` and those of `match_names`.

    Raises
    ------
    InputProblems
        Table or register lacks a column.
    """
    matches = find_matches(table, rule, register, where)
    names = trimmed(table[rule.column])
    codes = matches.codes.reindex(table.index).astype("string")
    none = matches.unmatched.loc[matches.unmatched["why"] == "confirmed_none", "place"]
    lost = codes.isna() & names.notna() & ~matches.places.reindex(table.index).isin(none)
    problems = [
        replace(p, values={**p.values, "names": [str(n) for n in names[lost].unique()[:EXAMPLES]]})
        for p in rows_problem(lost, "names_without_code", replace(where, column=rule.column), severity="warning")
    ]
    change = cells_changed("codes_by_name", rule.into, names.where(codes.notna()), codes)
    return codes, change, [*matches.problems, *problems]


def find_matches(table: pd.DataFrame, rule: CodesByName, register: pd.DataFrame, where: Where) -> NameMatches:
    """How the names of a table meet those of the register, with what was confirmed so far; raises as `codes_by_name`."""
    official = rule.official
    own = [c for c in (rule.column, rule.parent) if c]
    theirs = [c for c in (official.area_code, official.area_name, official.parent) if c]
    at = Where(official.file, official.sheet)
    raise_errors([*missing_columns(own, table.columns, where), *missing_columns(theirs, register.columns, at)])
    ours = pd.DataFrame({"name": trimmed(table[rule.column])})
    if rule.parent:
        ours["parent"] = trimmed(table[rule.parent])
    listed = register[list(dict.fromkeys(theirs))].copy()
    columns = {official.area_code: "area_code", official.area_name: "area_name", official.parent: "parent"}
    listed = listed.rename(columns={k: v for k, v in columns.items() if k})
    confirmed = [Confirmed(m.name, m.parent, m.code) for m in rule.confirmed]
    return match_names(ours, listed, confirmed, at)
