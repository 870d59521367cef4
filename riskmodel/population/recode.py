"""Turn a population column into a determinant of the model, as an expression the engine evaluates row by row.

Codes go through the same rule as in the survey. What the rule does not name, or the survey never had, gets no risk and
is counted: it is never taken for the reference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from riskmodel.inputs.codes import canonical
from riskmodel.inputs.harmonise import CODE_LENGTH, CODE_TIMES, CODES_SHOWN, apply_rule
from riskmodel.inputs.numbers import MISSING_MARKS, as_numbers
from riskmodel.population.engine import as_number, as_text
from riskmodel.problems import MISSING_CATEGORY, Problem, Where
from riskmodel.study import Determinant, Rule

# More values than this in a column of categories are names or numbers of persons.
MOST_VALUES = 1_000
# Numbers looked at to know whether their marks are plain.
NUMBERS_LOOKED_AT = 20_000
# Column of the children a row stands for, where rows are cells; the file's own columns have a prefix.
CELL_COUNT = "cell_count"


@dataclass(frozen=True)
class Recoded:
    """A determinant over the rows of the population.

    `value` is the position in `labels` for categories, the number itself for a numeric determinant; null where missing
    or unreadable. `labels` holds the model's categories, the reference first, then those the survey never had.
    """

    determinant: Determinant
    value: ir.Value
    labels: tuple[str, ...]
    problems: tuple[Problem, ...]


def recode(rows: ir.Table, determinant: Determinant, known: Sequence[str], where: Where) -> Recoded:
    """Read a determinant by its population rule; `known` are the model's categories, the reference first.

    The problems are warnings with counts of rows; an error only where the column cannot hold this determinant.
    """
    rule = determinant.population_rule
    column = rows[rule.column]
    if rule.map is None and rule.bands is None and determinant.kind == "numeric":
        problems = [*check_numbers(rows, rule.column, where), *_unreadable(rows, rule.column, determinant, where)]
        return Recoded(determinant, as_number(column), (), tuple(problems))
    if rule.bands is not None:
        pieces, counts, problems = _by_band(rows, rule, determinant, where)
    else:
        pieces, counts, problems = _by_value(rows, rule, determinant, where)
    if determinant.kind == "numeric":
        number = [(condition, float(as_numbers(pd.Series([label]), where)[0].iloc[0])) for condition, label in pieces]
        problems += unknown_categories(counts, {label for _, label in pieces}, determinant, where)
        return Recoded(determinant, _cases(number, "float64"), (), tuple(problems))
    named = sorted({label for _, label in pieces} - set(known))
    labels = (*known, *named)
    position = [(condition, labels.index(label)) for condition, label in pieces]
    value = _cases(position, "int16")
    if MISSING_CATEGORY in known:  # as in the survey: a value that is blank, or that the rule does not name
        value = value.fill_null(ibis.literal(labels.index(MISSING_CATEGORY), "int16"))
        placed = {label for _, label in pieces}
        unplaced = sum(n for label, n in counts.items() if label not in placed)
        counts = {label: n for label, n in counts.items() if label in placed} | {"": unplaced}
    problems += unknown_categories(counts, set(known), determinant, where)
    if MISSING_CATEGORY in known:
        problems = [_takes_missing(p) for p in problems]
    return Recoded(determinant, value, labels, tuple(problems))


def check_numbers(rows: ir.Table, name: str, where: Where) -> list[Problem]:
    """An error if a text column has thousands marks: the engine reads only a decimal comma or point."""
    column = rows[name]
    if not column.type().is_string():
        return []
    marked = rows.filter(column.re_search("[.,]")).select(text=column).distinct().order_by("text")
    text = marked.limit(NUMBERS_LOOKED_AT).to_pandas()["text"].astype("string")
    as_office, _ = as_numbers(text, where)
    as_engine = pd.to_numeric(text.str.strip().str.replace(",", "."), errors="coerce").astype("float64").to_numpy()
    if (as_office.notna().to_numpy() & (as_office.to_numpy() != as_engine)).any():
        return [Problem("population_number_marks", where)]
    return []


def how_many(rows: ir.Table, where: ir.BooleanValue | None = None) -> ir.Value:
    """Children in the rows: the sum of `CELL_COUNT` where rows are cells, else the number of rows."""
    if CELL_COUNT in rows.columns:
        return rows[CELL_COUNT].sum(where=where).fill_null(0).round().cast("int64")
    return rows.count(where=where)


def clean_text(rows: ir.Table, column: str, name: str) -> ir.Table:
    """Add the column `name`: the codes of `column` as text, as the readers of small files give them."""
    text = as_text(rows[column])
    rows = rows.mutate(**{name: text})
    if rows[column].type().is_integer():
        return rows
    distinct = rows.select(name).distinct().to_pandas()[name].astype("string").dropna()
    clean = canonical(distinct)
    changed = (clean.isna() | (clean != distinct)).to_numpy(dtype=bool)
    if not changed.any():
        return rows
    pairs = {"raw_code": distinct[changed].tolist(), "clean_code": clean[changed].to_numpy(object, na_value=None)}
    lookup = ibis.memtable(pd.DataFrame(pairs), schema=ibis.schema({"raw_code": "string", "clean_code": "string"}))
    joined = rows.left_join(lookup, rows[name] == lookup["raw_code"])
    cleaned = joined["raw_code"].isnull().ifelse(joined[name], joined["clean_code"])
    return joined.mutate(**{name: cleaned}).drop("raw_code", "clean_code")


def _by_value(
    rows: ir.Table, rule: Rule, determinant: Determinant, where: Where
) -> tuple[list[tuple[ir.BooleanValue, str]], dict[str, int], list[Problem]]:
    """Each category with the raw values that mean it, from the distinct values of the column.

    The counts are rows by category, by raw value where the rule names no category, and under "" where missing.
    """
    column = rows[rule.column]
    plain = column.type().is_integer() or column.type().is_string() or column.type().is_boolean()
    key = column if plain else as_text(column)
    found = rows.group_by(raw=key).agg(n=how_many(rows)).limit(MOST_VALUES + 1)
    values = found.mutate(text=as_text(found.raw)).to_pandas()
    if len(values) > MOST_VALUES:
        values_ = {"determinant": determinant.name, "most": MOST_VALUES}
        return [], {}, [Problem("population_too_many_categories", where, values_)]
    text = canonical(values["text"].astype("string"))
    label = apply_rule(text, "categorical", rule)
    counts = values["n"].groupby(label.fillna(text).fillna("").to_numpy(object)).sum().astype(int).to_dict()
    pieces = []
    for category in sorted(label.dropna().unique()):
        raws = values.loc[(label == category).fillna(False).to_numpy(bool), "raw"].tolist()
        pieces.append((key.isin(raws), str(category)))
    return pieces, counts, []


def _by_band(
    rows: ir.Table, rule: Rule, determinant: Determinant, where: Where
) -> tuple[list[tuple[ir.BooleanValue, str]], dict[str, int], list[Problem]]:
    """Each band with its condition; the first that holds a value wins. Counts as in `_by_value`, without raw values."""
    assert rule.bands is not None
    number = as_number(rows[rule.column])
    pieces = [(number.between(low, high), name) for name, (low, high) in rule.bands.items()]
    label = _cases([*pieces, (number.notnull(), "\0")], "string").fill_null("")
    found = rows.group_by(label=label).agg(n=how_many(rows)).to_pandas()
    counts = {str(k): int(n) for k, n in zip(found["label"], found["n"], strict=True)}
    problems = [*check_numbers(rows, rule.column, where), *_unreadable(rows, rule.column, determinant, where)]
    counts.pop("", None)  # told by `_unreadable`
    outside = counts.pop("\0", 0)
    if outside:
        values = {"determinant": determinant.name, "count": outside}
        problems.append(Problem("population_outside_bands", where, values, "warning"))
    return pieces, counts, problems


def unknown_categories(
    counts: Mapping[str, int], known: set[str], determinant: Determinant, where: Where
) -> list[Problem]:
    """Warnings for children whose category the model does not have, or that have none."""
    problems = []
    strange = {c: n for c, n in counts.items() if c not in known and c != "" and c.lower() not in MISSING_MARKS}
    missing = sum(n for c, n in counts.items() if c not in known) - sum(strange.values())
    if strange:
        common = sorted(strange.items(), key=lambda item: (-item[1], item[0]))
        shown = [f"{c} ({n})" for c, n in common if n >= CODE_TIMES and len(c) <= CODE_LENGTH][:CODES_SHOWN]
        values: dict[str, object] = {"determinant": determinant.name, "count": sum(strange.values())}
        if shown:
            values["categories"] = shown
        code = "population_unknown_categories" if shown else "population_unknown_values"
        problems.append(Problem(code, where, values, "warning"))
    if missing:
        problems.append(_missing(missing, determinant, where))
    return problems


def _unreadable(rows: ir.Table, column: str, determinant: Determinant, where: Where) -> list[Problem]:
    """Warnings for rows without a number: missing, or text that is none."""
    values = rows[column]
    text = as_text(values).strip().lower()
    absent = values.isnull() | text.isin(["", *sorted(MISSING_MARKS)])
    unread = as_number(values).isnull()
    found = rows.agg(missing=how_many(rows, unread & absent), strange=how_many(rows, unread & ~absent))
    found = found.to_pandas().iloc[0].fillna(0)
    problems = []
    if found["strange"]:
        told = {"determinant": determinant.name, "count": int(found["strange"])}
        problems.append(Problem("population_not_numbers", where, told, "warning"))
    if found["missing"]:
        problems.append(_missing(int(found["missing"]), determinant, where))
    return problems


def _takes_missing(problem: Problem) -> Problem:
    """Children without a value are scored where the model has a category for them."""
    if problem.code != "population_missing_values":
        return problem
    return Problem("population_missing_category", problem.where, problem.values, "note")


def _missing(count: int, determinant: Determinant, where: Where) -> Problem:
    return Problem("population_missing_values", where, {"determinant": determinant.name, "count": count}, "warning")


def _cases(pieces: Sequence[tuple[ir.BooleanValue, object]], kind: str) -> ir.Value:
    """The value of the first condition that holds; null where none does."""
    if not pieces:
        return ibis.null(kind)
    return ibis.cases(*[(condition, ibis.literal(value, kind)) for condition, value in pieces], else_=ibis.null(kind))
