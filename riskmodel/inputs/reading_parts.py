"""The single steps of a reading on a table of text: headings, splits, marks of numbers, and the like.

Each takes the table and gives a new one with what it changed; the table given is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from riskmodel.inputs.changes import Change, cells_changed
from riskmodel.inputs.codes import canonical
from riskmodel.problems import spreadsheet_rows
from riskmodel.study_reading import Headings, Keep, Marks, Split, SplitForm, row_numbers

NUMBER = r"[+-]?\d+(?:[.,]\d+)?"

# The two parts each form cuts a text into.
FORMS: Mapping[SplitForm, str] = {
    "name (parent)": r"^(.+?)\s*\(([^()]+)\)$",
    "name - parent": r"^(.+?)\s+[-–—]\s+([^-–—]+)$",
    "name/parent": r"^([^/]+?)\s*/\s*([^/]+)$",
    "name, parent": r"^(.+?)\s*,\s*([^,]+)$",
    "code name": r"^(\d[\d.]*\d|\d)\s*[-–—:.]?\s+(\D.*)$",
    "lower-upper": rf"^.*?({NUMBER})\s*(?:[-–—;]|a|to|à|e)\s*({NUMBER})\D*$",
}

BULLET = r"^[\s•●⚬◦○▪■□▫►▶‣⁃·∙»>*\-–—_+]+(?=\w)"
NOTE_MARK = r"(?<=[^\W\d])(?:\s*(?:\d{1,2}/|\(\d{1,2}\)|\(?\*+\)?|[¹²³⁴⁵⁶⁷⁸⁹]+))+\s*$"

# A number, and one with the mark of a note or of a provisional or estimated figure behind it: "2.1*", "77.005p", "12 (1)".
BARE_NUMBER = r"[+\-−]?\d+(?:[.,'’ \u00a0\u202f]\d+)*\s*%?"
MARKED_NUMBER = rf"({BARE_NUMBER})\s*(?:\(?\*+\)?|\(\d{{1,2}}\)|\(?[perPER]\)?|/?[perPER]/?|[¹²³⁴⁵⁶⁷⁸⁹]+)"

LEADERS = r"\s*(?:\.(?:\s*\.){2,}|…[\s.…]*)\s*$"  # points that lead the eye to the numbers

THREE_DECIMALS = r"^([+-]?\d{1,3}\.\d{3})$"


def with_headings(table: pd.DataFrame, headings: Headings) -> tuple[pd.DataFrame, list[Change]]:
    """The text of heading rows in a column of its own beside the rows below them."""
    places = [row - 2 for row in row_numbers(headings.rows)]
    is_heading = pd.Series(table.index.isin(places), index=table.index)
    heads = table[headings.column].where(is_heading).ffill().where(table.notna().any(axis=1))
    told = table.loc[is_heading, headings.column]
    kept = table.assign(**{headings.into: heads.astype("string")})[~is_heading]
    examples = tuple((str(text), headings.into) for text in told.dropna().head(5))
    change = Change(
        "headings", headings.into, len(told), spreadsheet_rows(told.index), examples, {"from": headings.column}
    )
    return kept, [change]


def mostly_numbers(column: pd.Series) -> bool:
    """Whether most filled cells are numbers, marks of notes behind them aside."""
    present = column.dropna().str.strip()
    return bool(present.str.fullmatch(f"{BARE_NUMBER}|{MARKED_NUMBER}").mean() > 0.5) if len(present) else False


def tidied(table: pd.DataFrame, column: str) -> tuple[pd.DataFrame, list[Change]]:
    """A column without bullets before its texts, and without leading points and marks of notes behind them."""
    before = table[column]
    if mostly_numbers(before):
        after = before.str.replace(rf"^\s*{MARKED_NUMBER}\s*$", r"\1", regex=True).str.strip()
        return table.assign(**{column: after}), cells_changed("tidied", column, before, after)
    after = before.str.replace(BULLET, "", regex=True).str.replace(LEADERS, "", regex=True)
    after = after.str.replace(NOTE_MARK, "", regex=True).str.strip()
    after = after.mask((after == "").fillna(False), before)
    return table.assign(**{column: after}), cells_changed("tidied", column, before, after)


def filled_down(table: pd.DataFrame, column: str) -> tuple[pd.DataFrame, list[Change]]:
    """Blank cells of rows that hold something take the cell above."""
    before = table[column]
    used = table.notna().any(axis=1)
    after = before.ffill().where(used, before)
    return table.assign(**{column: after}), cells_changed("filled_down", column, before, after)


def kept_rows(table: pd.DataFrame, keep: Keep) -> tuple[pd.DataFrame, list[Change]]:
    """The rows whose column holds one of the values."""
    wanted = canonical(table[keep.column]).isin(list(keep.values)).fillna(False).to_numpy(bool)
    dropped = table.index[~wanted]
    values = {"values": list(keep.values), "kept": int(wanted.sum())}
    return table[wanted], [Change("kept", keep.column, len(dropped), spreadsheet_rows(dropped), (), values)]


def with_split(table: pd.DataFrame, split: Split) -> tuple[pd.DataFrame, list[Change]]:
    """Two new columns; where the form does not fit, a name stays whole and a range is missing."""
    before = table[split.column]
    parts = before.str.extract(FORMS[split.form])
    first, second = parts[0].str.strip(), parts[1].str.strip()
    if split.form not in ("lower-upper", "code name"):
        first = first.fillna(before)
    new = {split.into[0]: first.astype("string"), split.into[1]: second.astype("string")}
    fits = parts[0].notna()
    shown = before[fits].drop_duplicates().head(5)
    examples = tuple((str(before[i]), f"{first[i]} | {second[i]}") for i in shown.index)
    values = {"first": split.into[0], "second": split.into[1], "others": int((~fits & before.notna()).sum())}
    change = Change("split", split.column, int(fits.sum()), spreadsheet_rows(before.index[fits]), examples, values)
    return table.assign(**new), [change]


def with_marks(table: pd.DataFrame, marks: Marks) -> tuple[pd.DataFrame, list[Change]]:
    """Numbers written with a decimal point and nothing else; a cell that is no such number stays as it is."""
    changes: list[Change] = []
    new: dict[str, pd.Series] = {}
    for column in marks.columns:
        before = table[column]
        after = plain_numbers(before, marks.decimal, marks.thousands)
        new[column] = after
        changes += cells_changed(
            "marks", column, before, after, {"decimal": marks.decimal, "thousands": marks.thousands}
        )
    return table.assign(**new), changes


def with_decimals(table: pd.DataFrame, column: str, decimals: int) -> tuple[pd.DataFrame, list[Change]]:
    """A column of digits whose last ones are decimals, with the point written: with two of them, 00125 is 1.25."""
    before = table[column]
    cells = pa.array(before.array)
    digits = pc.match_substring_regex(cells, r"^[+-]?\d+$")
    filled = pc.replace_substring_regex(cells, r"^([+-]?)(\d+)$", r"\1" + "0" * decimals + r"\2")
    pointed = pc.replace_substring_regex(filled, rf"^([+-]?)0*(\d+)(\d{{{decimals}}})$", r"\1\2.\3")
    made = pc.if_else(digits, pointed, cells)
    after = pd.Series(pd.array(made.to_pandas(), dtype="string"), index=before.index, name=column)
    return table.assign(**{column: after}), cells_changed("decimals", column, before, after, {"decimals": decimals})


def plain_numbers(column: pd.Series, decimal: str, thousands: str) -> pd.Series:
    """Texts that are numbers under these marks, with a point; a zero more where a point could be taken for thousands."""
    places, distinct = pd.factorize(column)  # -1 for missing; a text that comes often is written once
    texts = pd.Series(distinct, dtype="string")
    bare = texts.str.replace(r"\s*%$", "", regex=True) if texts.str.endswith("%").any() else texts
    d = re.escape(decimal)
    groups = {" ": r"[\s\x{00a0}\x{202f}]", "'": "['’]"}
    group = groups.get(thousands, re.escape(thousands))
    whole = rf"(?:\d+|\d{{1,3}}(?:{group}\d{{3}})+)" if thousands else r"\d+"
    form = rf"^[+-]?(?:{whole}(?:{d}\d*)?|{d}\d+)(?:[eE][+-]?\d+)?$"
    cells = pa.array(bare.array)
    plain = pc.replace_substring_regex(cells, group, "") if thousands else cells
    plain = pc.replace_substring(plain, decimal, ".")
    plain = pc.replace_substring_regex(plain, THREE_DECIMALS, r"\10")  # group 1 and a zero
    made = pc.if_else(pc.match_substring_regex(cells, form), plain, pa.array(texts.array))
    words = pd.array(made.to_pandas(), dtype="string")
    return pd.Series(words.take(places, allow_fill=True), index=column.index, dtype="string", name=column.name)
