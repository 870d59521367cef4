"""Give codes to a table that has only names, from a register: equal names at once, others only as a person confirmed.

A name that stands twice in the register under the same parent, or in none, gets no code; it is told.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pandas as pd

from riskmodel.inputs.changes import Change, cells_changed
from riskmodel.inputs.codes import as_codes, trimmed
from riskmodel.inputs.columns import missing_columns, rows_problem
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.study_reading import CodesByName

EXAMPLES = 5


def plain_name(name: str) -> str:
    """A name to be compared: small letters, no accents, single blanks, no marks."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.split())


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
    Series of codes with the index of the table; the change; warnings `names_without_code`.

    Raises
    ------
    InputProblems
        Table or register lacks a column.
    """
    official = rule.official
    own = [c for c in (rule.column, rule.parent) if c]
    theirs = [c for c in (official.area_code, official.area_name, official.parent) if c]
    at = Where(official.file, official.sheet)
    raise_errors([*missing_columns(own, table.columns, where), *missing_columns(theirs, register.columns, at)])
    known = _known(rule, register)
    names = trimmed(table[rule.column])
    within = bool(rule.parent and official.parent)
    parents = trimmed(table[rule.parent]) if within else pd.Series("", index=table.index, dtype="string")
    keys = list(zip(names.fillna("").map(plain_name), parents.fillna("").map(plain_name), strict=True))
    confirmed = {(plain_name(m.name), plain_name(m.parent) if within else ""): m.code for m in rule.confirmed}
    found = [confirmed[k] if k in confirmed else known.get(k, "") for k in keys]
    codes = pd.Series(found, index=table.index, dtype="string")
    codes = codes.mask(codes == "")
    lost = codes.isna() & names.notna() & ~pd.Series([k in confirmed for k in keys], index=table.index)
    problems = [
        replace(p, values={**p.values, "names": [str(n) for n in names[lost].unique()[:EXAMPLES]]})
        for p in rows_problem(lost, "names_without_code", replace(where, column=rule.column), severity="warning")
    ]
    return codes, cells_changed("codes_by_name", rule.into, names.where(codes.notna()), codes), problems


def _known(rule: CodesByName, register: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Code of every name that is the only one of its kind under its parent."""
    official = rule.official
    codes = as_codes(register[official.area_code])
    names = trimmed(register[official.area_name]).fillna("").map(plain_name)
    if rule.parent and official.parent:
        parents = trimmed(register[official.parent]).fillna("").map(plain_name)
    else:
        parents = pd.Series("", index=register.index)
    listed = pd.DataFrame({"name": names, "parent": parents, "code": codes}).dropna(subset=["code"])
    listed = listed[listed["name"] != ""].drop_duplicates()
    single = listed[~listed.duplicated(["name", "parent"], keep=False)]
    return {(str(n), str(p)): str(c) for n, p, c in single.itertuples(index=False)}
