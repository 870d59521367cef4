"""Columns of a population that groups are made of: by a rule of their own, or as they stand.

A child whose value the rule does not name is in no category; it is counted in the totals and told of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from riskmodel.inputs.numbers import MISSING_MARKS
from riskmodel.population.recode import clean_text, recode
from riskmodel.problems import MISSING_CATEGORY, Problem, Where
from riskmodel.study import Determinant, Group, Rule, Study
from riskmodel.study_groups import group_list

MOST_GROUP_CATEGORIES = 200


@dataclass(frozen=True)
class GroupColumn:
    """A column of the scored rows; with `labels` it holds positions in them."""

    name: str
    labels: tuple[str, ...] = ()
    column: str = ""  # of the file, for messages

    def words(self, values: pd.Series) -> pd.Series:
        """Categories as text; "" where not stated."""
        if self.labels:
            text = values.map(dict(enumerate(self.labels)))
        elif pd.api.types.is_numeric_dtype(values):
            text = values.map(lambda number: f"{number:g}", na_action="ignore")
        else:
            text = values
        words = text.astype("string").fillna("").astype(str)
        # A missing mark, a missing value and the model's category of the missing are all "not stated".
        return words.mask(words.str.lower().isin({*MISSING_MARKS, MISSING_CATEGORY}), "")


def group_columns(
    rows: ir.Table, study: Study, own: Callable[[str], str], where: Where
) -> tuple[ir.Table, dict[str, GroupColumn], list[Problem]]:
    """The rows with one more column for each group that is no determinant of the model, and which it is.

    own : name, among the rows, of a column of the file.
    """
    columns: dict[str, GroupColumn] = {}
    problems: list[Problem] = []
    for i, group in enumerate(g for g in group_list(study) if g.population is not None):
        rule, name = group.population, f"group_{i}"
        assert rule is not None
        if rule.map is None and rule.bands is None:
            rows = clean_text(rows, own(rule.column), name)
            columns[group.name] = GroupColumn(name, column=rule.column)
            continue
        rows, labels, found = _by_rule(rows, group, rule.model_copy(update={"column": own(rule.column)}), name, where)
        columns[group.name] = GroupColumn(name, labels, rule.column)
        problems += found
    return rows, columns, problems


def check_few(scored: ir.Table, groups: Mapping[str, Sequence[GroupColumn]], where: Where) -> list[Problem]:
    """A group has few categories; more are codes of persons or numbers without bands."""
    problems = []
    for name, columns in groups.items():
        count = 1
        for column in columns:
            count *= int(scored[column.name].nunique().to_pandas())
        if count > MOST_GROUP_CATEGORIES:
            values = {"group": name, "most": MOST_GROUP_CATEGORIES}
            at = Where(where.file, column=columns[0].column or name)
            problems.append(Problem("population_group_too_many", at, values))
    return problems


def _by_rule(
    rows: ir.Table, group: Group, rule: Rule, name: str, where: Where
) -> tuple[ir.Table, tuple[str, ...], list[Problem]]:
    """Positions of the rule's categories in the column `name`; how many children it leaves out."""
    assert group.population is not None
    labels = tuple(rule.bands) if rule.bands is not None else tuple(dict.fromkeys((rule.map or {}).values()))
    made = recode(rows, Determinant.model_construct(name="group", kind="categorical", survey=rule, population=rule,
                                                    reference=""), labels, where)  # fmt: skip
    at = Where(where.file, column=group.population.column)
    problems = [Problem(p.code, at, {**p.values, "determinant": group.name}) for p in made.problems if p.is_error]
    outside = sum(int(str(p.values.get("count", 0))) for p in made.problems if not p.is_error)
    if outside:
        values = {"group": group.label or group.name, "count": outside}
        problems.append(Problem("population_group_outside", at, values, "warning"))
    return rows.mutate(**{name: made.value}), labels, problems
