"""Make a column of codes as a reading declares it, and tell what was done in the words of changes.

The rules themselves are in `mend_codes`; a cell that is no code ("--") gives no code: missing, never a made-up one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from riskmodel.inputs.changes import Change, ChangeKind
from riskmodel.inputs.codes import trimmed
from riskmodel.inputs.mend_codes import CodeChange, made_codes, mend_codes
from riskmodel.problems import Problem, Where
from riskmodel.study_reading import Codes

NO_CODE = re.compile(r"[^0-9A-Za-z=]*")

KINDS: Mapping[str, ChangeKind] = {
    "code_formula_read": "formula_read", "codes_joined": "codes_joined", "zeros_given_back": "zeros_given_back",
    "check_digit_dropped": "check_digit_dropped", "last_digits_dropped": "check_digit_dropped",
}  # fmt: skip


def clean_codes(cells: pd.Series) -> pd.Series:
    """Text of codes without knowing their system: formulas read, blanks, marks and ".0" off, no code as missing."""
    text = without_marks(cells)
    return text if text.str.fullmatch(r"[0-9]*").fillna(True).all() else mend_codes(text).codes


def without_marks(cells: pd.Series) -> pd.Series:
    """Cells of codes; what holds neither digit nor letter is missing."""
    text = trimmed(cells)
    return text.mask(text.str.fullmatch(NO_CODE.pattern).fillna(False))


def make_codes(cells: Sequence[pd.Series], codes: Codes, where: Where) -> tuple[pd.Series, list[Change], list[Problem]]:
    """The column of codes, what was done, and what is wrong (`mend_codes`)."""
    kept = [_cut(without_marks(column), codes) for column in cells]
    made = made_codes(kept, codes.widths, codes.system, where, codes.drop_last)
    return made.codes, [_change(c, codes) for c in made.changes], list(made.problems)


def _cut(cells: pd.Series, codes: Codes) -> pd.Series:
    """Codes without the letters before them, and as short as those of the areas."""
    if not codes.drop_first and not codes.keep_first:
        return cells
    cut = cells.str.strip().str[codes.drop_first :]
    return cut.str[: codes.keep_first] if codes.keep_first else cut


def _change(found: CodeChange, codes: Codes) -> Change:
    values = {"width": sum(codes.widths)} if found.kind == "zeros_given_back" else {}
    return Change(KINDS.get(found.kind, "codes_cleaned"), codes.into, found.count, found.rows, found.examples, values)
