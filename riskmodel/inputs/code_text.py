"""Read one cell of a code column as the code its author meant: formulas, quotes, blanks, marks and ".0" taken off.

A cell whose digits are lost is told, never guessed: "1,1E+06" and "5.1" (05100 or 05001?) stay as they are.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from riskmodel.inputs.area_codes import EXPONENT

TextKind = Literal["code_formula_read", "code_quotes", "code_blanks", "code_decimals", "code_marks"]
Fault = Literal["", "area_code_exponent", "code_formula", "code_decimal"]

QUOTES = "'\"`´‘’“”"
UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
JOINING = re.compile(r"=\s*(?:CONCATENAR|CONCATENATE|CONCAT|UNIRCADENAS)\s*\((.*)\)", re.IGNORECASE | re.DOTALL)
FIXED_WIDTH = re.compile(r'(?:TEXTO?|TEXTE)\(\s*"?(\d+)"?\s*[,;]\s*"(0+)"\s*\)', re.IGNORECASE)
PIECE = re.compile(r'\s*(?:"([^"]*)"|(\d*))\s*')
WHOLE = re.compile(r"(\d+)[.,]0+")
THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
PARTS = re.compile(r"\s*[-–/_.,]\s*|\s+")


class CodeText(NamedTuple):
    """A cell read: the code, what was done to it, and what cannot be read ("" when all was)."""

    code: str
    kinds: tuple[TextKind, ...] = ()
    fault: Fault = ""


def read_code(cell: str, widths: tuple[int, ...] = (), thousands: bool = False) -> CodeText:
    """A cell of a code column as text.

    Parameters
    ----------
    cell : str
        As the file has it.
    widths : tuple of int
        Digits of each level, so that "5-1" is 05001 where they are (2, 3); empty when unknown.
    thousands : bool
        Whether the column writes thousands with a mark, so that "5.000" is 5000 and not 5 (`has_thousands`).
    """
    if cell.isascii() and cell.isdigit():
        return CodeText(cell)  # nearly all cells
    kinds: list[TextKind] = []
    text = UNSEEN.sub("", cell).strip()
    if text.startswith("="):
        value = formula_text(text)
        if value is None:
            return CodeText(text, (), "code_formula")
        text = value.strip()
        kinds.append("code_formula_read")
    bare = text.strip(QUOTES).strip()
    if bare != text:
        text = bare
        kinds.append("code_quotes")
    if UNSEEN.search(cell) or (cell.strip() != cell and "code_formula_read" not in kinds):
        kinds.append("code_blanks")
    if re.fullmatch(EXPONENT, text):
        return CodeText(text, tuple(kinds), "area_code_exponent")
    whole = WHOLE.fullmatch(text)
    if whole and not (thousands and THOUSANDS.fullmatch(text)):
        return CodeText(whole[1], (*kinds, "code_decimals"))
    return _joined(text, widths, kinds)


def has_thousands(cells: list[str]) -> bool:
    """Whether some cell of a column is written with a mark of thousands that no ".0" explains ("5.001")."""
    return any(THOUSANDS.fullmatch(cell.strip()) and not WHOLE.fullmatch(cell.strip()) for cell in cells)


def formula_text(formula: str) -> str | None:
    """What a spreadsheet would show for a formula that only joins fixed texts and numbers; None for any other.

    As a spreadsheet does, a number without quotes loses its leading zeros: =CONCATENAR(0,01) is "01", ="05001" is 05001.
    """
    body = formula.strip()
    joining = JOINING.fullmatch(body)
    inside = joining[1] if joining else body[1:]
    inside = FIXED_WIDTH.sub(lambda found: f'"{found[1].zfill(len(found[2]))}"', inside)
    pieces = re.split(r"[,;]" if joining else "&", inside)
    shown = []
    for piece in pieces:
        found = PIECE.fullmatch(piece)
        if found is None:
            return None
        quoted, number = found.groups()
        shown.append(quoted if quoted is not None else (str(int(number)) if number else ""))
    return "".join(shown)


def _joined(text: str, widths: tuple[int, ...], kinds: list[TextKind]) -> CodeText:
    """A code written in parts ("05-001", " 01 001 ", "5.001") as one; letters and marks of other codes stay."""
    parts = PARTS.split(text)
    if len(parts) == 1 or not all(part.isdecimal() and part.isascii() for part in parts):
        return CodeText(text, tuple(kinds))
    marks = {mark.strip() for mark in PARTS.findall(text)}
    kind: TextKind = "code_blanks" if marks == {""} else "code_marks"
    if kind not in kinds:
        kinds.append(kind)
    fit = len(parts) == len(widths) and all(len(p) <= w for p, w in zip(parts, widths, strict=True))
    if marks & {".", ","}:
        # a number whose last zeros a spreadsheet dropped looks the same as a short part
        full = fit and all(len(p) == w for p, w in zip(parts[1:], widths[1:], strict=True))
        if not (full or THOUSANDS.fullmatch(text)):
            return CodeText(text, (), "code_decimal")
    if fit:
        parts = [part.zfill(width) for part, width in zip(parts, widths, strict=True)]
    return CodeText("".join(parts), tuple(kinds))
