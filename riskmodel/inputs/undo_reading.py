"""Take one change back out of a reading: what is left out of it is read as the file has it.

Later parts that name a column which is then no longer made go with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from riskmodel.inputs.apply_reading import Change
from riskmodel.study_reading import Reading

# Parts that name columns, in the order they are applied.
PARTS = ("headings", "tidy", "fill_down", "keep", "split", "marks", "codes", "names")


def without(reading: Reading, change: Change) -> Reading:
    """The reading without the part that made `change`; the same reading where none of its parts did."""
    column = change.column
    match change.kind:
        case "above_header" | "header_joined":
            return _container_only(reading)
        case "cut":
            return Reading(file=reading.file, sheet=reading.sheet, encoding=reading.encoding)
        case "letters":
            return _without_letters(reading)
        case "decimals":
            told = {new: old for old, new in reading.rename.items()}
            whole = {told.get(column, column)}
            kept_columns = [c.model_copy(update={"decimals": 0}) if c.name in whole else c for c in reading.columns]
            return reading.model_copy(update={"columns": tuple(kept_columns)})
        case "left_out":
            return reading.model_copy(update={"leave_out": ()})
        case "renamed":
            kept = {old: new for old, new in reading.rename.items() if new != column}
            return _naming_only_present(reading.model_copy(update={"rename": kept}), {column})
        case "tidied":
            return _less(reading, "tidy", lambda c: c == column)
        case "filled_down":
            return _less(reading, "fill_down", lambda c: c == column)
        case "kept":
            return _less(reading, "keep", lambda k: k.column == column)
        case "headings":
            return _made_no_more(reading, "headings", lambda h: h.into == column)
        case "split":
            return _made_no_more(reading, "split", lambda s: s.column == column)
        case "marks":
            return _other_marks(reading, column)
        case "zeros_given_back":
            return _changed_codes(reading, column, {"widths": ()})
        case "check_digit_dropped":
            return _changed_codes(reading, column, {"drop_last": 0, "keep_first": 0})
        case "check_digit_added":
            return _changed_codes(reading, column, {"system": ""})
        case "recoded":
            return _changed_codes(reading, column, {"recode": {}})
        case "codes_joined" | "formula_read" | "codes_cleaned":
            return _made_no_more(reading, "codes", lambda c: c.into == column)
        case "codes_by_name":
            return _less(reading, "names", lambda n: n.into == column)
        case _:
            return reading


def _container_only(reading: Reading) -> Reading:
    """What says how the file is opened; rows and columns are named after a header that no longer holds."""
    kept = ("file", "sheet", "encoding", "delimiter", "columns", "letters", "doubtful_letters")
    return Reading(**{key: getattr(reading, key) for key in kept})


def _without_letters(reading: Reading) -> Reading:
    """Letters as they stand; parts that name a column by its right letters would find it no more."""
    plain = reading.model_copy(update={"letters": "", "doubtful_letters": ""})
    kept = {old: new for old, new in plain.rename.items() if old.isascii()}
    named = {name for key in PARTS for part in getattr(plain, key) for name in _needs(part) if not name.isascii()}
    made = {name for key in PARTS for part in getattr(plain, key) for name in _makes(part)}
    gone = {new for old, new in plain.rename.items() if old not in kept}
    return _naming_only_present(plain.model_copy(update={"rename": kept}), (named - made) | gone)


def _less(reading: Reading, key: str, gone: Any) -> Reading:
    return reading.model_copy(update={key: tuple(part for part in getattr(reading, key) if not gone(part))})


def _made_no_more(reading: Reading, key: str, gone: Any) -> Reading:
    """Without a part that makes columns; what names them later goes too."""
    made = {name for part in getattr(reading, key) if gone(part) for name in _makes(part)}
    return _naming_only_present(_less(reading, key, gone), made, after=key)


def _naming_only_present(reading: Reading, absent: Iterable[str], after: str = "") -> Reading:
    """Without the parts, from the one after `after` on, that name a column which is absent; what they made is absent too."""
    missing = set(absent)
    later = PARTS[PARTS.index(after) + 1 :] if after else PARTS
    changes: dict[str, object] = {}
    for key in later:
        kept = []
        for part in getattr(reading, key):
            if missing & set(_needs(part)):
                missing |= {name for name in _makes(part) if name not in _needs(part)}
            else:
                kept.append(part)
                missing -= set(_makes(part))
        changes[key] = tuple(kept)
    return reading.model_copy(update=changes)


def _needs(part: object) -> tuple[str, ...]:
    """Columns a part reads."""
    if isinstance(part, str):
        return (part,)
    columns = getattr(part, "columns", None) or (part.column,)  # type: ignore[attr-defined]
    return (*columns, *((parent,) if (parent := getattr(part, "parent", "")) else ()))


def _makes(part: object) -> tuple[str, ...]:
    """Columns a part makes; its own where it alters one."""
    into = getattr(part, "into", ())
    return (into,) if isinstance(into, str) else tuple(into)


def _other_marks(reading: Reading, column: str) -> Reading:
    """Marks of the other columns."""
    kept = [
        marks.model_copy(update={"columns": tuple(c for c in marks.columns if c != column)}) for marks in reading.marks
    ]
    return reading.model_copy(update={"marks": tuple(marks for marks in kept if marks.columns)})


def _changed_codes(reading: Reading, column: str, update: dict[str, object]) -> Reading:
    """The codes of a column made with less; a part that then says nothing is left out."""
    changed = [c.model_copy(update=update) if c.into == column else c for c in reading.codes]
    return reading.model_copy(update={"codes": tuple(changed)})
