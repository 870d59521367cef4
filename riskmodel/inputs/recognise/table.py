"""Guesses about a table under its header: totals, states among municipalities, codes, marks, columns of two things.

Each round applies what was found so far, so that the next looks at a cleaner table.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.grid import Grid
from riskmodel.inputs.reading_parts import LEADERS, NOTE_MARK
from riskmodel.inputs.recognise.cells import MISSING, NUMBER, TEXT, form_of
from riskmodel.inputs.recognise.code_columns import (
    CodeColumn,
    area_code_of,
    code_columns,
    joined_widths,
    parent_column,
    parent_written,
    two_part_code,
)
from riskmodel.inputs.recognise.code_columns import (
    written as codes_written,
)
from riskmodel.inputs.recognise.column_parts import find_fill_down, find_split
from riskmodel.inputs.recognise.found import Certainty, Guess, with_value
from riskmodel.inputs.recognise.joined import official_pair
from riskmodel.inputs.recognise.marked_numbers import marked_guesses
from riskmodel.inputs.recognise.marks import marks_of, written
from riskmodel.inputs.recognise.table_levels import level_guesses
from riskmodel.inputs.recognise.table_stacks import stack_guesses
from riskmodel.problems import Where
from riskmodel.study_reading import Codes, Marks, Reading

SHOWN = 20
# More different codes than a table of areas has.
MOST_AREAS = 100_000


def table_guesses(grid: Grid, reading: Reading, found: list[Guess], where: Where) -> tuple[list[Guess], Reading]:
    """The guesses so far with those about the table, and the reading with all that are sure or likely."""
    guesses = list(found)

    def add(new: list[Guess]) -> None:
        nonlocal reading
        guesses.extend(new)
        for guess in new:
            if guess.key and guess.certainty != "ask":
                reading = with_value(reading, guess.key, guess.value)

    table = apply_reading(grid, reading).table
    if filled := _fill_down(table, where):
        add(filled)
        table = apply_reading(grid, reading).table
    if marked := marked_guesses(table, where):
        add(marked)
        table = apply_reading(grid, reading).table
    whole = table  # totals too show how numbers are written
    forms = kinds(table)
    codes = code_columns(table)
    area = area_code_of(codes, table)
    if levels := level_guesses(table, forms, codes, area, reading, where):
        add(levels)
        table = apply_reading(grid, reading).table
        forms = {c: form for c, form in forms.items() if c in table}  # one that only totals had is gone
        codes = code_columns(table)
        area = area_code_of(codes, table)
    splits = _splits(table, forms, where)
    add(splits)
    add(_note_marks(table, forms, reading, where))
    add(_numbers(table, whole, forms, codes, area, where))
    if any(g.code == "split_code" for g in splits):
        table = apply_reading(grid, reading).table
        codes = code_columns(table)
        area = area_code_of(codes, table)
    add(_codes(table, codes, area, where))
    add(stack_guesses(table, forms, codes, area, where))
    return guesses, reading


def kinds(table: pd.DataFrame) -> dict[str, int]:
    """NUMBER or TEXT of every column by most of its cells; MISSING for a column without any."""
    found: dict[str, int] = {}
    for column in table.columns:
        forms = [form_of(t) for t in table[column].dropna().unique()[:500]]
        numbers, texts = forms.count(NUMBER), forms.count(TEXT)
        found[str(column)] = MISSING if not numbers + texts else (NUMBER if numbers > texts else TEXT)
    return found


def _of(forms: dict[str, int], kind: int) -> list[str]:
    return [column for column, form in forms.items() if form == kind]


def _fill_down(table: pd.DataFrame, where: Where) -> list[Guess]:
    return [
        Guess("fill_down", "likely", replace(where, column=c), {"count": int(table[c].isna().sum())}, "fill_down", c)
        for c in find_fill_down(table)
    ]


def _splits(table: pd.DataFrame, forms: dict[str, int], where: Where) -> list[Guess]:
    """Columns of two things. Names are only looked for where rows are areas: a column of mostly different texts."""
    found: list[Guess] = []
    taken = list(map(str, table.columns))
    for column in _of(forms, TEXT):
        present = table[column].dropna()
        names = present.nunique() > 0.5 * len(present) and len(present) <= MOST_AREAS
        split = find_split(table, column, taken, names)
        if split is None:
            continue
        taken += split.into
        values = {"first": split.into[0], "second": split.into[1], "example": str(present.iloc[0])[:60]}
        code = {"lower-upper": "split_range", "code name": "split_code"}.get(split.form, "split_name")
        certainty: Certainty = "likely" if code == "split_range" else "sure"
        found.append(Guess(code, certainty, replace(where, column=column), values, "split", split))
    return found


def _note_marks(table: pd.DataFrame, forms: dict[str, int], reading: Reading, where: Where) -> list[Guess]:
    """Columns of names some of which have the mark of a note behind them."""
    found: list[Guess] = []
    for column in _of(forms, TEXT):
        present = table[column].dropna()
        marked = present.str.contains(NOTE_MARK, regex=True)
        led = present.str.contains(LEADERS, regex=True)
        if led.mean() > 0.5 and column not in reading.tidy:
            led_by: dict[str, object] = {"count": int(led.sum()), "example": str(present[led].iloc[0])[:60]}
            found.append(Guess("leaders", "sure", replace(where, column=column), led_by, "tidy", column))
            continue
        names = present.nunique() > 0.5 * len(present) and len(present) <= MOST_AREAS
        if names and 0 < marked.mean() <= 0.3 and column not in reading.tidy:
            example = str(present[marked].iloc[0])[:60]
            values: dict[str, object] = {"count": int(marked.sum()), "example": example}
            found.append(Guess("note_marks", "likely", replace(where, column=column), values, "tidy", column))
    return found


def _numbers(
    table: pd.DataFrame,
    everything: pd.DataFrame,
    forms: dict[str, int],
    codes: list[CodeColumn],
    area: CodeColumn | None,
    where: Where,
) -> list[Guess]:
    """Marks of the columns of numbers; a table of typed numbers has none."""
    named = {c.name for c in codes if c.named or c is area}
    numeric = [c for c in _of(forms, NUMBER) if c not in named]
    how = written(everything, numeric)
    found: list[Guess] = []
    damaged = [w.column for w in how if w.damaged]
    for column in damaged:
        example = str(table[column].dropna().iloc[0])
        whole = Marks(columns=(column,), decimal=",", thousands=".")
        at = replace(where, column=column)
        found.append(Guess("numbers_damaged", "ask", at, {"example": example}, "marks", None, (None, whole)))
    for w in (w for w in how if w.mixed):
        found.append(Guess("marks_mixed", "ask", replace(where, column=w.column), {"decimal": w.decimal}))
    proved, settled, asked = marks_of(how)
    for marks, code in [(m, "marks") for m in proved] + [(m, "marks_settled") for m in settled]:
        columns = list(marks.columns)
        before = next(
            (str(t) for t in table[columns[0]].dropna() if marks.decimal in t or (marks.thousands or "\0") in t), ""
        )
        values: dict[str, object] = {
            "count": len(columns), "columns": columns[:5], "decimal": marks.decimal, "example": before,
            "thousands": marks.thousands,
        }  # fmt: skip
        if code == "marks":
            code = "marks_comma" if marks.decimal == "," else "marks_thousands" if marks.thousands else "marks_percent"
            if marks.thousands and marks.decimal not in before:  # the example shows thousands only
                code = "marks_thousands"
        certainty: Certainty = "likely" if code == "marks_settled" else "sure"
        at = replace(where, column=columns[0] if len(columns) == 1 else "")
        found.append(Guess(code, certainty, at, values, "marks", marks))
    for column in asked:
        text = next(str(t) for t in table[column].dropna() if "." in t or "," in t)
        mark = "." if "." in text else ","
        other = "," if mark == "." else "."
        as_thousands = Marks(columns=(column,), decimal=other, thousands=mark)
        as_decimal = Marks(columns=(column,), decimal=mark)
        values = {"example": text, "whole": text.replace(mark, ""), "mark": mark}
        at = replace(where, column=column)
        found.append(Guess("marks_doubtful", "ask", at, values, "marks", as_decimal, (as_decimal, as_thousands)))
    for w in (w for w in how if w.percent):
        found.append(Guess("percent", "sure", replace(where, column=w.column)))
    return found


def _codes(table: pd.DataFrame, codes: list[CodeColumn], area: CodeColumn | None, where: Where) -> list[Guess]:
    """What the codes of the areas lack: zeros, or their other half in another column."""
    pair = two_part_code(codes, table) if area is None else official_pair(codes, area)
    if area is None or pair is not None:
        if pair is None:
            return []
        parent, own = pair
        widths = joined_widths(parent, own)
        part = Codes(into="area_code", columns=(parent.name, own.name), widths=widths)
        values: dict[str, object] = {"first": parent.name, "second": own.name, "digits": sum(widths)}
        return [Guess("codes_joined", "likely", replace(where, column=own.name), values, "codes", part)]
    found: list[Guess] = []
    above = parent_column(codes, area)
    whole = codes_written(area, above)
    for column in codes:
        if column is area and not column.named and len(text := table[column.name].dropna()) < 100:
            continue  # so few rows of numbers of two lengths may be amounts
        of_parent = column is above and whole.parent > 0
        if column is not area and not of_parent and not (column.named and column.unique < 0.9 and column.width == 2):
            continue
        how = whole if column is area else parent_written(column, whole) if of_parent else codes_written(column)
        text = table[column.name].dropna()
        dirty = not text.str.fullmatch(r"\d+").all()
        if not (how.lost or (dirty and column is area)):
            continue
        into = column.name if not column.name.startswith("column_") else "area_code"
        part = Codes(into=into, columns=(column.name,), widths=(how.width,), system=how.system)
        values = {"digits": how.width, "count": how.lost, "example": str(text.iloc[0]).strip()}
        code = "codes_zeros" if how.lost else "codes_cleaned"
        found.append(
            Guess(
                code,
                how.certainty if how.lost else "sure",
                replace(where, column=column.name),
                values,
                "codes",
                part,
            )
        )
    return found
