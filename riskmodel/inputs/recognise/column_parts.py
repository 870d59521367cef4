"""Find columns that hold two things, columns whose blanks repeat the cell above, and tables that are stacked.

Each finding is made from the cells of one column beside the codes of the areas, never from its name alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from riskmodel.inputs.codes import canonical
from riskmodel.inputs.reading_parts import FORMS
from riskmodel.inputs.recognise.cells import YEAR, is_total_name, plain
from riskmodel.study_reading import Split, SplitForm

# "2010-2020", "2020-05-01", "01/05/2020": no bounds.
YEARS_OR_DATE = r"\d{4}\s*[-–]\s*\d{2,4}|\d{4}-\d\d?-\d\d?.*|\d\d?[-/.]\d\d?[-/.]\d{2,4}.*"

# A form is believed where so many cells have it.
FITS = 0.9
MOST_PARENTS = 120
MOST_STACKED = 80
YEAR_NAMES = frozenset(
    ("ano", "anio", "year", "periodo", "period", "annee", "anos", "gestion", "vigencia", "fecha", "mes", "ejercicio")
)


@dataclass(frozen=True)
class Stacked:
    """Several tables one under the other: `column` tells them apart, `values` are what it holds, likeliest first."""

    column: str
    values: tuple[str, ...]
    years: bool


def find_split(table: pd.DataFrame, column: str, taken: Sequence[str], name_forms: bool) -> Split | None:
    """The form a text column has in nearly every cell, if that cuts it into two things.

    `name_forms`: whether the column may be cut into name and parent (it holds names of areas).
    """
    present = table[column].dropna()
    if len(present) < 3:
        return None
    for form in FORMS:
        if form != "lower-upper" and not name_forms:
            continue
        parts = present.str.extract(FORMS[form])
        fits = parts[0].notna()
        share = float(fits.mean())
        if form == "lower-upper":
            if share >= 0.5 and _ranges(parts[fits]) and not present[fits].str.fullmatch(YEARS_OR_DATE).any():
                return Split(column=column, into=(f"{column} lower", f"{column} upper"), form=form)
            continue
        if share >= FITS and _is_pair(form, parts[fits], int(fits.sum())):
            into = ("area_code", "area_name") if form == "code name" else ("area_name", "parent_name")
            if not set(into) & set(taken):
                return Split(column=column, into=into, form=form)
    return None


def _ranges(parts: pd.DataFrame) -> bool:
    """Whether the first number is never above the second."""
    numbers = parts.apply(lambda c: pd.to_numeric(c.str.replace(",", "."), errors="coerce"))
    return bool((numbers[0] <= numbers[1]).mean() > 0.95)


def _is_pair(form: SplitForm, parts: pd.DataFrame, count: int) -> bool:
    """A parent has few different names beside many areas; codes are different in every row."""
    if form == "code name":
        return bool(parts[0].nunique() > 0.98 * count and parts[0].str.len().nunique() <= 2)
    parents = parts[1].nunique()
    short = bool(parts[1].str.len().median() <= 4)
    return parents <= MOST_PARENTS and parts[0].nunique() > 0.5 * count and (parents < 0.5 * count or short)


def find_fill_down(table: pd.DataFrame) -> list[str]:
    """Columns of merged cells: filled in the first row, blank where the value stays the same, each value once."""
    found = []
    used = table[table.notna().any(axis=1)]
    full = used.notna().mean()
    for column in used.columns:
        if not 0.01 < full[column] < 0.6 or (full > 0.95).sum() < 1:
            continue
        present = used[column].dropna()
        once = present.nunique() == len(present)
        if once and len(present) >= 2 and pd.notna(used[column].iloc[0]) and len(present) <= 0.5 * len(used):
            texts = present.str.len()
            if texts.median() <= 40 and not present.str.match(r"^\d+[.,]\d|^\d{7,}$").any():
                found.append(str(column))
        else:
            break  # merged cells stand on the left
    return found


def find_stacked(table: pd.DataFrame, key: pd.Series) -> Stacked | None:
    """Whether areas stand once per year, or once per category, of one column.

    `key` : codes or names of the areas, by row.
    """
    rows = key.dropna()
    if len(rows) < 10 or not rows.duplicated().mean() > 0.3:
        return None
    candidates = []
    for column in table.columns:
        values = canonical(table[column]).loc[rows.index]
        distinct = values.dropna().unique()
        if not 2 <= len(distinct) <= MOST_STACKED or len(distinct) > 0.5 * len(rows) or values.isna().mean() > 0.02:
            continue
        if pd.DataFrame({"key": rows, "value": values}).duplicated().mean() > 0.002:
            continue
        years = all(YEAR.fullmatch(str(v)) for v in distinct) or plain(str(column)) in YEAR_NAMES
        candidates.append(Stacked(str(column), ordered_values([str(v) for v in distinct], years), years))
    return max(candidates, key=lambda s: (s.years, -len(s.values)), default=None)


def ordered_values(values: list[str], years: bool) -> tuple[str, ...]:
    """Years from the last; of categories the total first."""
    if years:
        return tuple(sorted(values, reverse=True))
    return tuple(sorted(values, key=lambda v: (not is_total_name(v), v)))
