"""Numbers from text, whatever marks the office writes.

The decimal mark is settled once for a column by all its values together. A value that cannot be read under it is a
problem with its row, never a guess; a mark of missing data is missing, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from riskmodel.inputs.codes import trimmed
from riskmodel.problems import Problem, Where, spreadsheet_rows

EXAMPLES = 3

# What offices and programs write where there is no value.
MISSING_MARKS = frozenset(
    ["na", "n/a", "#n/a", "nan", "<na>", "null", "none", ".", "..", "...", "…", "-", "--", "—", "–", "*", "s/d", "n.d.", "nd", "s.i."]
)  # fmt: skip

SIGN = r"[+-]?"
PLAIN = SIGN + r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
ONE_GROUP = SIGN + r"[0-9]{1,3}[.,][0-9]{3}"


def as_numbers(column: pd.Series, where: Where, quote: bool = False) -> tuple[pd.Series, list[Problem]]:
    """Read a text column as numbers.

    Decimal comma or point and thousands marks are told apart by the values together: "1,5" or "1.234,5" prove a
    decimal comma, "1.5" or "1,234.5" a decimal point. Where every value fits both ("1.234"), whole numbers below 1,000
    without a mark beside them show thousands; else a point is taken as decimal and a comma as decimal; a warning says
    which. A percent sign is taken off: "12,5 %" is 12.5.

    Parameters
    ----------
    column : Series of text
        Its index labels are positions in the file, so the spreadsheet row is label + 2.
    where : Where
        File, sheet and column for the problems.
    quote : bool
        Whether up to three unreadable values may stand in a message. Only for tables that hold no persons.

    Returns
    -------
    Series of float64 with the index of `column`; NaN where blank, a mark of missing data or unreadable.
    list of Problem
        Errors `not_a_number`, `decimal_marks_mixed`; warnings `number_marks_doubtful`, `missing_marks`.
    """
    text = trimmed(column)
    distinct = pd.Series(text.dropna().unique(), dtype="string")
    numbers, doubtful, mixed = _read_distinct(distinct)
    marks = distinct[distinct.str.lower().isin(MISSING_MARKS).to_numpy(bool)]
    problems: list[Problem] = []

    def tell(code: str, tokens: Iterable[str], **values: object) -> Problem:
        rows = column.index[text.isin(list(tokens)).to_numpy(bool)]
        return Problem(code, replace(where, rows=spreadsheet_rows(rows)), {"count": len(rows), **values})

    bad = distinct[numbers.isna().to_numpy() & ~distinct.isin(marks).to_numpy(bool)]
    if mixed.any():
        problems.append(tell("decimal_marks_mixed", distinct[mixed]))
        bad = bad[~bad.isin(distinct[mixed]).to_numpy(bool)]
    if len(bad):
        examples = [str(token)[:20] for token in bad[:EXAMPLES]] if quote else []
        code = "not_a_number_quoted" if quote else "not_a_number"
        problems.append(tell(code, bad, examples=examples) if quote else tell(code, bad))
    if len(marks):
        problems.append(tell("missing_marks", marks).as_warning())
    if doubtful:
        grouped = distinct[distinct.str.contains(r"[.,]", regex=True).to_numpy(bool)]
        code = "number_marks_thousands" if doubtful == "thousands" else "number_marks_decimal"
        problems.append(tell(code, grouped).as_warning())
    lookup = pd.Series(numbers.to_numpy(float), index=pd.Index(distinct.to_numpy(object), dtype=object))
    values = text.astype(object).map(lookup).astype("float64")
    values.name = column.name
    return values, problems


def _read_distinct(tokens: pd.Series) -> tuple[pd.Series, str, np.ndarray]:
    """Numbers of distinct texts; how doubtful marks were taken ("" if none was); texts with the other decimal mark."""
    none = np.zeros(len(tokens), dtype=bool)
    if _plainly_points(tokens):
        return _plain(tokens), "", none
    bare = tokens.str.replace(r"\s*%$", "", regex=True)
    bare = bare.str.replace(r"(?<=[0-9])[\s'’](?=[0-9]{3}(?![0-9]))", "", regex=True)
    has_mark = bare.str.contains("[.,]", regex=True).to_numpy(bool)
    if not has_mark.any():
        return _plain(bare), "", none
    point = _proves(bare, "point")
    comma = _proves(bare, "comma")
    if point.sum() and comma.sum():
        # The rarer mark is told, not read: its values may lie by a factor of a thousand.
        decimal, other = (",", point) if comma.sum() > point.sum() else (".", comma)
        return _under(bare, decimal).mask(other), "", other
    if point.any():
        return _under(bare, "."), "", none
    if comma.any():
        return _under(bare, ","), "", none
    return _doubtful(bare, has_mark)


def _plainly_points(tokens: pd.Series) -> bool:
    """Whether all are numbers as programs write them, one of them with a point that is no thousands mark."""
    if not tokens.str.fullmatch(PLAIN).all():
        return False
    return bool((tokens.str.contains(".", regex=False) & ~tokens.str.fullmatch(ONE_GROUP)).any())


def _doubtful(bare: pd.Series, has_mark: np.ndarray) -> tuple[pd.Series, str, np.ndarray]:
    """Every mark stands before exactly three digits: thousands or decimals, by the values without a mark."""
    none = np.zeros(len(bare), dtype=bool)
    one_group = bare.str.fullmatch(ONE_GROUP).to_numpy(bool)
    if not one_group.any():  # marks, but no number with one
        return _plain(bare), "", none
    comma = one_group & bare.str.contains(",", regex=False).to_numpy(bool)
    if comma.any() and (one_group & ~comma).any():
        return _under(bare, ".").mask(comma), "", comma
    mark, other = (",", ".") if comma.any() else (".", ",")
    whole = pd.to_numeric(bare[~has_mark & bare.str.fullmatch(SIGN + r"[0-9]+").to_numpy(bool)]).abs()
    if len(whole) and bool((whole < 1000).all()):
        return _under(bare, other), "thousands", none
    return _under(bare, mark), "decimals", none


def _proves(bare: pd.Series, mark: str) -> np.ndarray:
    """Which texts can only be read with this decimal mark."""
    d, g = (r"\.", ",") if mark == "point" else (",", r"\.")
    not_three = rf"{SIGN}[0-9]*{d}(?:[0-9]{{0,2}}|[0-9]{{4,}})(?:[eE][+-]?[0-9]+)?"
    leading = rf"{SIGN}(?:0[0-9]*|[0-9]{{4,}}){d}[0-9]+"
    exponent = rf"{SIGN}[0-9]*{d}[0-9]*[eE][+-]?[0-9]+"
    with_groups = rf"{SIGN}[0-9]{{1,3}}(?:{g}[0-9]{{3}})+{d}[0-9]*"
    groups_only = rf"{SIGN}[0-9]{{1,3}}(?:{g}[0-9]{{3}}){{2,}}"
    pattern = "|".join((not_three, leading, exponent, with_groups, groups_only))
    return bare.str.fullmatch(f"(?=.*[0-9])(?:{pattern})").to_numpy(bool)


def _under(bare: pd.Series, decimal: str) -> pd.Series:
    """Numbers with this decimal mark and the other as thousands mark, which must stand before groups of three."""
    d, g = (r"\.", ",") if decimal == "." else (",", r"\.")
    form = rf"{SIGN}(?:[0-9]+|[0-9]{{1,3}}(?:{g}[0-9]{{3}})+)?(?:{d}[0-9]*)?(?:[eE][+-]?[0-9]+)?"
    fits = bare.str.fullmatch(form).to_numpy(bool)
    text = bare.where(fits)
    text = text.str.replace("," if decimal == "." else ".", "", regex=False).str.replace(decimal, ".", regex=False)
    return _plain(text)


def _plain(text: pd.Series) -> pd.Series:
    """Numbers written with a decimal point and no thousands marks; NaN for all else."""
    fits = text.str.fullmatch(PLAIN).fillna(False).to_numpy(bool)
    return pd.to_numeric(text.where(fits)).astype("float64")
