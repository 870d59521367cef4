"""Say by hand how a file is to be read: where its table stands, how its numbers are written, which columns hold the code.

Filled with what the study declares now; gives a reading and saves nothing. What is left blank is found in the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st
from pydantic import ValidationError

from pages.common.words import _
from riskmodel.inputs.grid import Grid
from riskmodel.inputs.letter_choices import LetterChoice
from riskmodel.study_reading import Codes, Marks, Reading

# The two ways of writing numbers that are asked for; other marks of a reading stay as they are.
COMMA = {"decimal": ",", "thousands": "."}
POINT = {"decimal": ".", "thousands": ","}

DELIMITERS = ("", ",", ";", "\t", "|", "^", " ", "  ")
ENCODINGS = ("", "utf-8", "cp1252", "cp850", "mac_roman", "utf-16")

ROWS = re.compile(r"(\d+)(?:\s*[-–—]\s*(\d+))?")


def reading(
    now: Reading, grid: Grid, columns: Sequence[str], key: str, letters: Sequence[LetterChoice] = ()
) -> Reading | None:
    """The reading as asked; None, with a word of why, while it cannot be one.

    columns : names of the table as `now` reads it.
    letters : the same words of the file in each encoding it may have; shown beside its name.
    """
    given: dict[str, object] = {"header": _header(now, key), "leave_out": _left_out(now, key)}
    if grid.container == "text":
        given |= _container(now, key, letters)
    given |= {"marks": _marks(now, columns, key), "codes": _codes(now, columns, key)}
    try:
        return Reading.model_validate(now.model_dump() | given)
    except ValidationError:
        st.warning(
            _("Rows are written as numbers with commas between them, and ranges with a dash: “6, 2470-2480”."),
            icon=":material/edit:",
        )
        return None


def _header(now: Reading, key: str) -> tuple[object, ...]:
    said = st.text_input(
        _("Row with the names of the columns"),
        ", ".join(map(str, now.header or (1,))),
        key=f"header_{key}",
        help=_(
            "As a spreadsheet numbers its rows, the first is 1. Two rows are joined: “5, 6”. Rows above are left out."
        ),
    )
    rows = _rows(said)
    return () if rows == (1,) else rows


def _left_out(now: Reading, key: str) -> tuple[object, ...]:
    return _rows(
        st.text_input(
            _("Rows to leave out: totals, notes"),
            ", ".join(map(str, now.leave_out)),
            key=f"leave_out_{key}",
            help=_("Numbers with commas between them, and ranges with a dash: “6, 2470-2480”."),
        )
    )


def _rows(text: str) -> tuple[object, ...]:
    """Rows and ranges as typed; what is neither is handed on and refused by the check of the reading."""
    found: list[object] = []
    for part in (p.strip() for p in re.split(r"[,;]", text)):
        match = ROWS.fullmatch(part)
        if match is None:
            found += [part] if part else []
        else:
            found.append(f"{match[1]}-{match[2]}" if match[2] else int(match[1]))
    return tuple(found)


def _container(now: Reading, key: str, choices: Sequence[LetterChoice]) -> dict[str, object]:
    """How a text file is cut into cells."""
    marks = {
        "": _("found in the file"),
        ",": _("comma"),
        ";": _("semicolon"),
        "\t": _("tab"),
        "|": _("vertical bar"),
        " ": _("one or more blanks"),
        "  ": _("two or more blanks"),
    }
    letters = {"": _("found in the file"), **encoding_words()}
    letters |= {c.encoding: f"{' · '.join(c.examples)} ({letters[c.encoding]})" for c in choices}
    left, right = st.columns(2)
    delimiters = [*DELIMITERS, *([now.delimiter] if now.delimiter not in DELIMITERS else [])]
    encodings = [*ENCODINGS, *([now.encoding] if now.encoding not in ENCODINGS else [])]
    return {
        "delimiter": left.selectbox(
            _("Mark between cells"),
            delimiters,
            delimiters.index(now.delimiter),
            key=f"delimiter_{key}",
            format_func=lambda d: marks.get(d, d),
        ),
        "encoding": right.selectbox(
            _("How letters are stored"),
            encodings,
            encodings.index(now.encoding),
            key=f"encoding_{key}",
            format_func=lambda e: letters.get(e, e),
            help=_("Change it when accents look wrong."),
        ),
    }


def encoding_words() -> dict[str, str]:
    """Encodings by the programs that write them."""
    return {
        "utf-8": "UTF-8",
        "cp1252": _("Windows, western languages (Latin-1)"),
        "cp850": _("old MS-DOS programs"),
        "mac_roman": _("old Macintosh programs"),
        "utf-16": "UTF-16",
    }


def _marks(now: Reading, columns: Sequence[str], key: str) -> tuple[Marks, ...]:
    """Columns by the way their numbers are written."""
    ways = {
        "comma": (_("Columns with numbers like 12,5 or 1.234,5"), COMMA),
        "point": (_("Columns with numbers like 1,234.5 or 12,000"), POINT),
    }
    others = [m for m in now.marks if m.decimal == m.thousands or _way(m) is None]
    taken = {c for m in others for c in m.columns}
    asked: list[Marks] = []
    for name, (label, marks) in ways.items():
        set_now = [c for m in now.marks if _way(m) == name for c in m.columns]
        options = [c for c in dict.fromkeys([*columns, *set_now]) if c not in taken]
        chosen = st.multiselect(label, options, set_now, key=f"marks_{name}_{key}")
        same = [m for m in now.marks if _way(m) == name]
        if chosen == set_now:
            asked += same
        elif chosen:
            asked.append(Marks(columns=tuple(chosen), **marks))  # type: ignore[arg-type]
    return (*others, *asked)


def _way(marks: Marks) -> str | None:
    if marks.decimal == "," and marks.thousands in ("", "."):
        return "comma"
    return "point" if marks.decimal == "." and marks.thousands in ("", ",") else None


def _codes(now: Reading, columns: Sequence[str], key: str) -> tuple[Codes, ...]:
    """The code of the area: one column, or several joined; further codes of the reading stay as they are."""
    first = now.codes[0] if now.codes else None
    options = list(dict.fromkeys([*columns, *(first.columns if first else ())]))
    chosen = st.multiselect(
        _("Columns of the code of the area, in their order"),
        options,
        first.columns if first else (),
        key=f"codes_{key}",
        help=_(
            "Only where a code must be mended or put together from several columns, as department and municipality."
        ),
    )
    if not chosen:
        return now.codes[1:]
    left, right = st.columns(2)
    widths = left.text_input(
        _("Digits of each, zeros at the beginning counted"),
        ", ".join(str(w) for w in first.widths) if first else "",
        key=f"widths_{key}",
        help=_("For example “2, 3”: department 5 and municipality 1 become 05001."),
    )
    dropped = right.number_input(
        _("Check digits to take off the end"), 0, 3, first.drop_last if first else 0, key=f"drop_{key}", step=1
    )
    into = first.into if first and first.columns == tuple(chosen) else chosen[0] if len(chosen) == 1 else "area_code"
    digits = tuple(int(w) for w in re.findall(r"\d+", widths))
    said = {"into": into, "columns": tuple(chosen), "widths": digits, "drop_last": int(dropped)}
    try:
        made = Codes(**((first.model_dump() if first else {}) | said))  # what is not asked here stays
    except ValidationError:
        st.warning(_("Write as many numbers of digits as there are columns of the code."), icon=":material/edit:")
        return now.codes
    return (made, *now.codes[1:])
