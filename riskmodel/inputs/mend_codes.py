"""Mend a column of area codes by the rule of its system, and say what was done to it.

Nothing ambiguous is done: where giving zeros back would make two rows one, both stay as they are and a problem says so. In a
table that stacks years the same area may be written both ways, once in each year; there it is the same code.
Missing stays missing; a code the rule does not know stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from riskmodel.inputs.code_systems import SYSTEMS, CodeRule, check_digit, general_rule
from riskmodel.inputs.code_text import CodeText, has_thousands, read_code
from riskmodel.problems import Problem, Where, spreadsheet_rows

EXAMPLES = 5
# Share of the areas with the same number of rows, from which a table has a row per area (and year).
REGULAR = 0.75
LOOKALIKES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1"})


@dataclass(frozen=True)
class CodeChange:
    """One kind of change: `count` cells, their first rows in the file, and examples before -> after.

    kind : "code_formula_read", "code_quotes", "code_blanks", "code_decimals", "code_marks", "zeros_given_back",
        "check_digit_added", "check_digit_dropped", "last_digits_dropped", "codes_joined"; of a proposal "letters_for_digits".
    """

    kind: str
    count: int
    rows: tuple[int, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class MendedCodes:
    """Codes as text with the index they came with, what was done, what is only proposed, and what is wrong."""

    codes: pd.Series
    changes: tuple[CodeChange, ...] = ()
    proposals: tuple[CodeChange, ...] = ()
    problems: tuple[Problem, ...] = ()


def mend_codes(
    codes: pd.Series, rule: CodeRule | None = None, where: Where | None = None, drop_last: int = 0
) -> MendedCodes:
    """Codes as their system writes them.

    Parameters
    ----------
    codes : Series
        Cells of one column, indexed so that the spreadsheet row is label + 2.
    rule : CodeRule, optional
        How the codes are to be written; without one only blanks, quotes, formulas and ".0" are mended.
    where : Where, optional
        File, sheet and column of the codes, for problems.
    drop_last : int
        Digits taken off the end of each code, whatever they are (where a study says so).

    Returns
    -------
    MendedCodes
        Problems: errors `area_code_exponent` (scientific notation), `code_formula`, `code_decimal`, `codes_collide`;
        warnings `code_check_digit`, `codes_other_form` (not of the rule: left as they are).
    """
    where = where or Where()
    text = codes.astype("string")
    cells = [str(cell) for cell in text.dropna().unique() if str(cell).strip()]
    thousands = has_thousands(cells)
    read = {cell: read_code(cell, rule.widths if rule else (), thousands) for cell in cells}
    told = _Told(text)
    for kind in dict.fromkeys(kind for found in read.values() for kind in found.kinds):
        told.add(kind, {cell: found.code for cell, found in read.items() if kind in found.kinds})
    final, problems = {cell: found.code for cell, found in read.items()}, _faults(read, told, where)
    whole = {cell: found.code for cell, found in read.items() if not found.fault}
    if drop_last:
        cut = {cell: code[:-drop_last] for cell, code in whole.items() if code.isdecimal() and len(code) > drop_last}
        told.add("last_digits_dropped", cut)
        whole, final = whole | cut, final | cut
    proposals: tuple[CodeChange, ...] = ()
    if rule is not None:
        by_rule, kinds, collided = _by_rule(whole, rule, {str(cell): int(n) for cell, n in text.value_counts().items()})
        for done, changed in kinds.items():
            told.add(done, changed, whole)
        final |= by_rule
        problems += _not_of_rule(whole | by_rule, collided, rule, told, where)
        proposals = _lookalikes(whole | by_rule, rule, told)
    mended = text.map(final).astype("string")
    return MendedCodes(mended, tuple(told.changes), proposals, tuple(problems))


def made_codes(
    columns: Sequence[pd.Series],
    widths: Sequence[int] = (),
    system: str = "",
    where: Where | None = None,
    drop_last: int = 0,
) -> MendedCodes:
    """The codes a study declares: one column or several joined, mended by the rule of `system` or of the widths alone.

    The one call for `[[reading]]` `codes`: its arguments are the keys of that table. `system` is a key of SYSTEMS; any other
    word leaves the widths to decide. Changes and problems are those of `join_columns` and `mend_codes`, in this order.
    """
    rule = SYSTEMS.get(system) or (general_rule((sum(widths) - drop_last,)) if widths and all(widths) else None)
    if len(columns) == 1:
        return mend_codes(columns[0], rule, where, drop_last)
    joined = join_columns(columns, widths or (0,) * len(columns), where)
    mended = mend_codes(joined.codes, rule, where, drop_last)
    return replace(mended, changes=joined.changes + mended.changes, problems=joined.problems + mended.problems)


def join_columns(columns: Sequence[pd.Series], widths: Sequence[int], where: Where | None = None) -> MendedCodes:
    """Codes written over two or three columns, each padded with zeros to its width, as one.

    `widths` has one entry per column, 0 to leave a column as it is. A row that lacks one part has no code.
    """
    parts = [mend_codes(column, None, where) for column in columns]
    padded = [_padded(part.codes, width) for part, width in zip(parts, widths, strict=True)]
    joined, before = padded[0], columns[0].astype("string").str.strip()
    for part, column in zip(padded[1:], columns[1:], strict=True):
        joined, before = joined + part, before + " + " + column.astype("string").str.strip()
    pairs = pd.DataFrame({"before": before, "after": joined}).dropna()
    shown = pairs.drop_duplicates().head(EXAMPLES).itertuples(index=False)
    examples = tuple((str(one), str(other)) for one, other in shown)
    told = CodeChange("codes_joined", len(pairs), spreadsheet_rows(pairs.index), examples)
    problems = tuple(problem for part in parts for problem in part.problems)
    return MendedCodes(joined, (told,) if len(columns) > 1 and len(pairs) else (), (), problems)


def _padded(codes: pd.Series, width: int) -> pd.Series:
    """Digits with zeros up to `width`; anything else as it is."""
    digits = codes.str.fullmatch(r"\d+").fillna(False).astype(bool)
    return codes.mask(digits, codes.str.zfill(width)) if width else codes


class _Told:
    """Gathers changes of one column, in the order they are done."""

    def __init__(self, text: pd.Series) -> None:
        self.text, self.changes = text, list[CodeChange]()

    def change(self, kind: str, changed: Mapping[str, str], before: Mapping[str, str] | None = None) -> CodeChange:
        """The change of the cells in `changed`; the examples show each cell after the steps before, if given."""
        rows = self.text.index[self.text.isin(list(changed))]
        shown = [((before or {}).get(cell, cell), code) for cell, code in changed.items()][:EXAMPLES]
        return CodeChange(kind, len(rows), spreadsheet_rows(rows), tuple(shown))

    def add(self, kind: str, changed: Mapping[str, str], before: Mapping[str, str] | None = None) -> None:
        if changed:
            self.changes.append(self.change(kind, changed, before))


def _problem(told: _Told, code: str, cells: Mapping[str, str], where: Where, error: bool, **values: object) -> Problem:
    """A problem of the cells in `cells`, with their rows and what they hold."""
    rows = told.text.index[told.text.isin(list(cells))]
    said = {"count": len(rows), "codes": list(cells.values())[:EXAMPLES]} | values
    return Problem(code, replace(where, rows=spreadsheet_rows(rows)), said, "error" if error else "warning")


def _faults(read: Mapping[str, CodeText], told: _Told, where: Where) -> list[Problem]:
    """Cells whose code cannot be known."""
    problems = []
    for fault, code in (
        ("area_code_exponent", "area_code_exponent"), ("code_formula", "code_formula"), ("code_decimal", "code_decimal"),
    ):  # fmt: skip
        cells = {cell: found.code for cell, found in read.items() if found.fault == fault}
        if cells:
            problems.append(_problem(told, code, cells, where, error=True))
    return problems


def _by_rule(
    codes: Mapping[str, str], rule: CodeRule, times: Mapping[str, int]
) -> tuple[dict[str, str], dict[str, dict[str, str]], dict[str, str]]:
    """Codes (by cell) mended by the rule, the same by kind of change, and those left because two would become one.

    `times` tells in how many rows each cell stands.
    """
    candidates: dict[str, tuple[str, str]] = {}
    for cell, code in codes.items():
        for kind, mend in _MENDS.items():
            mended = mend(code, rule)
            if mended:
                candidates[cell] = (kind, mended)
                break
    meet = _meeting(codes, candidates, times)
    kinds: dict[str, dict[str, str]] = defaultdict(dict)
    collided, mended_codes = {}, {}
    for cell, (kind, mended) in candidates.items():
        if mended in meet:
            collided[cell] = codes[cell]
        else:
            kinds[kind][cell] = mended_codes[cell] = mended
    return mended_codes, kinds, collided


def _meeting(codes: Mapping[str, str], candidates: Mapping[str, tuple[str, str]], times: Mapping[str, int]) -> set[str]:
    """Mended codes that two codes would become, in more rows than an area of this table has."""
    sources: dict[str, set[str]] = defaultdict(set)  # codes, blanks and quotes aside, that become one
    rows: dict[str, int] = defaultdict(int)
    for cell, code in codes.items():
        mended = candidates[cell][1] if cell in candidates else code
        sources[mended].add(code)
        rows[mended] += times.get(cell, 1)
    alone = pd.Series({code: rows[code] for code, written in sources.items() if len(written) == 1}, dtype="float64")
    usual = alone.mode().max() if len(alone) else 1
    if len(alone) and (alone == usual).mean() < REGULAR:
        return set()  # a table of persons or visits: any number of rows may share a code
    return {code for code, written in sources.items() if len(written) > 1 and rows[code] > usual}


def _zeros(code: str, rule: CodeRule) -> str:
    """The code with its lost zeros, "" when it lost none or the rule cannot tell."""
    missing = rule.length - len(code)
    if missing <= 0 or not (code.isdecimal() and code.isascii()):
        return ""
    padded = code.zfill(rule.length)
    if rule.first:
        # a check digit settles it; else the first level must exist
        known = padded[: rule.widths[0]] in rule.first
        return padded if known and (not rule.check_digit or padded[-1] == check_digit(padded[:6])) else ""
    possible = rule.length if len(rule.widths) == 1 else rule.widths[0]
    return padded if missing < possible else ""


def _check_digit_added(code: str, rule: CodeRule) -> str:
    fits = (
        rule.check_digit and len(code) == rule.length - 1 and code.isdecimal() and code[: rule.widths[0]] in rule.first
    )
    return code + check_digit(code) if fits else ""


def _check_digit_dropped(code: str, rule: CodeRule) -> str:
    fits = rule.system == "br_municipality_6" and len(code) == 7 and code.isdecimal()
    return code[:6] if fits and code[:2] in rule.first and check_digit(code[:6]) == code[6] else ""


_MENDS: Mapping[str, Callable[[str, CodeRule], str]] = {
    "check_digit_added": _check_digit_added,
    "check_digit_dropped": _check_digit_dropped,
    "zeros_given_back": _zeros,
}


def _not_of_rule(
    final: Mapping[str, str], collided: Mapping[str, str], rule: CodeRule, told: _Told, where: Where
) -> list[Problem]:
    """Codes left as they are: two would become one, a wrong check digit, or another form."""
    problems = []
    if collided:
        problems.append(_problem(told, "codes_collide", collided, where, error=True))
    codes = pd.Series(final, dtype="string")
    form = replace(rule, check_digit=False).conforms(codes)
    other = {c: v for c, v in codes[~form].items() if c not in collided}
    wrong = {c: v for c, v in codes[form & ~rule.conforms(codes)].items() if c not in collided}
    length = rule.length
    if other:
        problems.append(_problem(told, "codes_other_form", _text(other), where, error=False, length=length))
    if wrong:
        problems.append(_problem(told, "code_check_digit", _text(wrong), where, error=False))
    return problems


def _text(cells: Mapping[object, object]) -> dict[str, str]:
    return {str(cell): str(code) for cell, code in cells.items()}


def _lookalikes(final: Mapping[str, str], rule: CodeRule, told: _Told) -> tuple[CodeChange, ...]:
    """Codes that would be of the rule with 0 for the letter O and 1 for I or l; proposed, not done."""
    read = {cell: code.translate(LOOKALIKES) for cell, code in final.items() if any(c.isalpha() for c in code)}
    codes = pd.Series(read, dtype="string")
    found = {str(cell): str(code) for cell, code in codes[rule.conforms(codes)].items()} if len(codes) else {}
    return (told.change("letters_for_digits", found, final),) if found else ()
