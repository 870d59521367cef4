"""Make a column of codes as a reading declares it: clean each part, give back its zeros, join the parts.

A part that is no code ("--", "n.d.") gives no code: missing, never a made-up one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from riskmodel.inputs.changes import Change, cells_changed
from riskmodel.inputs.codes import canonical, trimmed
from riskmodel.study_reading import Codes

FORMULA = re.compile(r"^=\s*(?:[A-ZÇÃÕÁÉÍÓÚ.]+\s*\()?(.*?)\)?\s*$", re.IGNORECASE | re.DOTALL)
NO_CODE = re.compile(r"[^0-9A-Za-z]*")
# Marks that stand between the digits of a code, and those an office puts before one.
BETWEEN = r"(?<=[0-9A-Za-z])[\s.\-/' ]+(?=[0-9A-Za-z])|^['`]+"


def clean_codes(cells: pd.Series) -> pd.Series:
    """Text of codes: formulas read, outer and inner blanks and marks off, ".0" of a spreadsheet off, no code as missing."""
    text = trimmed(cells)
    formulas = text.str.startswith("=").fillna(False).to_numpy(bool)
    if formulas.any():
        text = text.mask(formulas, text.where(formulas).map(formula_text, na_action="ignore").astype("string"))
    text = canonical(text)
    text = text.str.replace(BETWEEN, "", regex=True)
    return text.mask(text.str.fullmatch(NO_CODE.pattern).fillna(False))


def formula_text(formula: str) -> str:
    """What a formula that only joins texts and numbers gives: "=CONCATENAR(0,01)" is "01"; a spreadsheet drops the zero."""
    inner = FORMULA.match(formula)
    if inner is None:
        return formula
    parts = re.findall(r'"([^"]*)"|([^",;&]+)', inner[1])
    return "".join(quoted or _as_number(bare) for quoted, bare in parts)


def _as_number(text: str) -> str:
    bare = text.strip()
    return str(int(bare)) if bare.isdigit() else bare


def make_codes(cells: Sequence[pd.Series], codes: Codes) -> tuple[pd.Series, list[Change]]:
    """The column of codes, and what was done to each part. Missing where any part is."""
    changes: list[Change] = []
    widths = codes.widths or (0,) * len(cells)
    parts: list[pd.Series] = []
    for part, width in zip(cells, widths, strict=True):
        shown = trimmed(part)
        cleaned = clean_codes(part)
        formula = shown.str.startswith("=").fillna(False)
        changes += cells_changed("formula_read", codes.into, shown.where(formula), cleaned.where(formula))
        changes += cells_changed("codes_cleaned", codes.into, shown.mask(formula), cleaned.mask(formula))
        padded = cleaned.str.zfill(width) if width else cleaned
        changes += cells_changed("zeros_given_back", codes.into, cleaned, padded, {"width": width})
        parts.append(padded)
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + part
    if len(parts) > 1:
        before = parts[0].fillna("")
        for part in parts[1:]:
            before = before + " + " + part.fillna("")
        changes += cells_changed("codes_joined", codes.into, before, whole)
    if codes.drop_last:
        shorter = whole.str.slice(0, -codes.drop_last)
        changes += cells_changed("check_digit_dropped", codes.into, whole, shorter, {"digits": codes.drop_last})
        whole = shorter
    return whole.astype("string"), changes
