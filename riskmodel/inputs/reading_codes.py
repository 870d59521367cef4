"""Make a column of codes as a reading declares it, and tell what was done in the words of changes.

The rules themselves are in `mend_codes`; a cell that is no code ("--") gives no code: missing, never a made-up one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from riskmodel.inputs.changes import EXAMPLES, Change, ChangeKind, cells_changed
from riskmodel.inputs.codes import trimmed
from riskmodel.inputs.mend_codes import CodeChange, made_codes, mend_codes
from riskmodel.problems import Problem, Where, spreadsheet_rows
from riskmodel.study_reading import Codes

NO_CODE = re.compile(r"[^0-9A-Za-z=]*")

KINDS: Mapping[str, ChangeKind] = {
    "code_formula_read": "formula_read", "codes_joined": "codes_joined", "zeros_given_back": "zeros_given_back",
    "check_digit_dropped": "check_digit_dropped", "last_digits_dropped": "check_digit_dropped",
    "check_digit_added": "check_digit_added",
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
    whole = [without_marks(column) for column in cells]
    kept = [_cut(column, codes) for column in whole]
    made = made_codes(kept, codes.widths, codes.system, where, codes.drop_last)
    cut = [c for before, after in zip(whole, kept, strict=True) if (c := _cut_change(before, after, codes)) is not None]
    changes, problems = [*cut, *(_change(c, codes) for c in made.changes)], list(made.problems)
    if not codes.recode:
        return made.codes, changes, problems
    recoded, done, found = _recoded(made.codes, codes, where)
    return recoded, [*changes, *done], [*problems, *found]


def _recoded(made: pd.Series, codes: Codes, where: Where) -> tuple[pd.Series, list[Change], list[Problem]]:
    """Codes that a person says are now others; one that no row has is told."""
    absent = [old for old in codes.recode if old not in set(made.dropna())]
    new = made.map(codes.recode).astype("string").fillna(made)
    values = {"count": len(absent), "codes": absent[:EXAMPLES]}
    problems = [Problem("recode_absent", where, values, "warning")] if absent else []
    return new, cells_changed("recoded", codes.into, made, new), problems


def _cut(cells: pd.Series, codes: Codes) -> pd.Series:
    """Codes without the letters before them, and as short as those of the areas."""
    if not codes.drop_first and not codes.keep_first:
        return cells
    cut = cells.str.strip().str[codes.drop_first :]
    return cut.str[: codes.keep_first] if codes.keep_first else cut


def _cut_change(before: pd.Series, after: pd.Series, codes: Codes) -> Change | None:
    """What was cut off, with examples; None where nothing was."""
    changed = (before != after).fillna(False)
    if not changed.any():
        return None
    shown = pd.DataFrame({"before": before[changed], "after": after[changed]}).drop_duplicates().head(EXAMPLES)
    kind: ChangeKind = "check_digit_dropped" if codes.keep_first else "codes_cleaned"
    examples = tuple((str(one), str(other)) for one, other in shown.itertuples(index=False))
    return Change(kind, codes.into, int(changed.sum()), spreadsheet_rows(before.index[changed]), examples)


def _change(found: CodeChange, codes: Codes) -> Change:
    values = {"width": sum(codes.widths)} if found.kind == "zeros_given_back" else {}
    return Change(KINDS.get(found.kind, "codes_cleaned"), codes.into, found.count, found.rows, found.examples, values)
