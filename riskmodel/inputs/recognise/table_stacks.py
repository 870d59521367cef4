"""Guesses about tables that hold several tables of the same areas: which of them is wanted is for a person to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from riskmodel.inputs.reading_codes import clean_codes
from riskmodel.inputs.recognise import vocabulary as words
from riskmodel.inputs.recognise.cells import NUMBER, TEXT, is_total_name
from riskmodel.inputs.recognise.code_columns import CodeColumn
from riskmodel.inputs.recognise.column_parts import Stacked, find_stacked
from riskmodel.inputs.recognise.facts import plain_name
from riskmodel.inputs.recognise.found import Guess
from riskmodel.inputs.recognise.stacks import find_levels, find_stacks, name_key
from riskmodel.inputs.recognise.vocabulary import is_word
from riskmodel.problems import Where
from riskmodel.study_reading import Keep

# Codes of the questions about the first and the second column of categories.
CATEGORIES = ("stacked", "stacked_also")


def stack_guesses(
    table: pd.DataFrame, forms: Mapping[str, int], codes: list[CodeColumn], area: CodeColumn | None, where: Where
) -> list[Guess]:
    """Questions about years, categories and levels that stand one under the other."""
    texts = [c for c, form in forms.items() if form == TEXT and c in table]
    if area is None or (not area.named and area.unique > 0.98):  # numbers that are all different may be amounts
        area = _by_its_name(codes)
    own = area is not None and area.name in table
    if own and area is not None:
        single = find_stacked(table.drop(columns=area.name), clean_codes(table[area.name]))
        if single is not None:
            return [_keep(single, "stacked", where)]
    levels = find_levels(table, texts)
    if levels is not None:
        column, total, count = levels
        part = Keep(column=column, values=(total,))
        values = {"count": count, "name": total}
        return [Guess("levels_mixed", "ask", replace(where, column=column), values, "keep", part, (part, None))]
    key = clean_codes(table[area.name]) if own and area is not None else name_key(table, texts)
    if key is None:
        return []
    amounts = [c for c, form in forms.items() if form == NUMBER and c in table and (area is None or c != area.name)]
    amounts = [c for c in amounts if table[c].nunique() > 80]
    if not own and (single := find_stacked(table, key)) and any(map(is_total_name, single.values)):
        return [_keep(single, "stacked", where)]
    return _several(find_stacks(table, key, amounts), where)


def _by_its_name(codes: list[CodeColumn]) -> CodeColumn | None:
    """A column of codes that stand in many rows each, known by its name alone."""
    named = [c for c in codes if c.width >= 4 and is_word(words.OFFICIAL_CODE, plain_name(c.name))]
    return max(named, key=lambda c: c.unique, default=None)


def _several(found: tuple[Stacked, ...], where: Where) -> list[Guess]:
    """One question for years, one for each column of categories."""
    codes = iter(CATEGORIES)
    return [_keep(s, "stacked" if s.years else next(codes, CATEGORIES[-1]), where) for s in found]


def _keep(stacked: Stacked, code: str, where: Where) -> Guess:
    choices = tuple(Keep(column=stacked.column, values=(v,)) for v in stacked.values)
    values = {"count": len(stacked.values), "values": list(stacked.values[:12])}
    named = "stacked_years" if stacked.years else code
    return Guess(named, "ask", replace(where, column=stacked.column), values, "keep", choices[0], choices)
