"""What a study declares about reading one file: where its table stands and how its cells are written.

The file itself is never changed. Rows are those the file shows (the first is 1); columns go by their name in the header after
`rename`. Parts are applied in the order of the fields below, so a later one may name a column that an earlier one made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from riskmodel.study_children import Name, Part

Decimal = Literal[".", ","]
Thousands = Literal["", ".", ",", " ", "'"]
SplitForm = Literal["name (parent)", "name - parent", "name/parent", "name, parent", "code name", "lower-upper"]

# Encodings UTF-8 may have been taken for: Windows, Mac, DOS.
Letters = Literal["", "cp1252", "mac_roman", "cp850", "cp437"]

ROW_RANGE = re.compile(r"([1-9]\d*)-([1-9]\d*)")

RowNumber = Annotated[int, Field(ge=1)]


class FixedColumn(Part):
    """A column of a text without marks between its columns, by its place in the line; the first sign is 1."""

    name: str = ""  # "": the header of the file tells it
    start: RowNumber
    width: int = Field(0, ge=0, le=10_000)  # 0: up to the next column, or to the end of the line
    decimals: int = Field(0, ge=0, le=20)  # last digits that are decimals where no mark is written: 00125 is 1.25


class Headings(Part):
    """Rows that head the rows below them (a state above its municipalities): the text of `column` goes into `into`.

    The heading rows themselves are left out.
    """

    column: Name
    into: Name
    rows: tuple[RowNumber | str, ...]

    _rows = field_validator("rows")(lambda given: checked_rows(given))


class Split(Part):
    """One column that holds two things, cut into two new ones; the column itself stays.

    "name (parent)" cuts "Abaeté (MG)", and so do the forms with other marks; "code name" cuts "310020 Abaeté"; "lower-upper"
    cuts "IC=(7,2-11,6)". `into` is in the order of the form.
    """

    column: Name
    into: tuple[Name, Name]
    form: SplitForm = "name (parent)"


class Marks(Part):
    """How the numbers of some columns are written. A percent sign is always taken off ("12,5 %" is 12.5)."""

    columns: tuple[Name, ...]
    decimal: Decimal = "."
    thousands: Thousands = ""

    @model_validator(mode="after")
    def _differ(self) -> Marks:
        if self.decimal == self.thousands:
            raise ValueError("reading_marks_same")
        return self


class Keep(Part):
    """Rows kept of a table that stacks several tables: those whose `column` holds one of `values`."""

    column: Name
    values: tuple[Name, ...]

    @field_validator("values", mode="before")
    @classmethod
    def _one_or_many(cls, given: object) -> object:
        return (given,) if isinstance(given, str) else given


class Codes(Part):
    """A column of codes, made of one column or of several joined in their order.

    Of each cell: a formula is read as its text, blanks and marks inside are taken off, ".0" of a spreadsheet too, then zeros
    are given back up to the width of its column. Codes of `recode` are then changed, all at once, so that two may be exchanged.
    `into` may be the name of the column itself.
    """

    into: Name
    columns: tuple[Name, ...]
    widths: tuple[Annotated[int, Field(ge=0, le=20)], ...] = ()  # digits of each column; 0 or none: as they are
    drop_last: int = Field(0, ge=0, le=3)  # check digits taken off the end
    drop_first: int = Field(0, ge=0, le=5)  # letters before a code, such as those of the country
    keep_first: int = Field(0, ge=0, le=20)  # digits kept of the code of a smaller unit; 0: all
    system: str = ""  # name of the official system, such as "co_municipality"; its rule is then used
    recode: dict[str, Name] = {}  # noqa: RUF012 (pydantic copies it); finished code -> code that a person says it has

    @field_validator("columns", mode="before")
    @classmethod
    def _one_or_many(cls, given: object) -> object:
        return (given,) if isinstance(given, str) else given

    @model_validator(mode="after")
    def _widths_fit(self) -> Codes:
        if self.widths and len(self.widths) != len(self.columns):
            raise ValueError("reading_widths_do_not_fit")
        return self


class Register(Part):
    """The table that tells which code has which name; a `[[reading]]` of its own may say how it is read."""

    file: Name
    sheet: str = ""
    area_code: Name
    area_name: Name
    parent: str = ""  # column with the name or the code of the parent


class Match(Part):
    """A match a person confirmed. `code` "" means: this name is none of the register's."""

    name: Name
    parent: str = ""
    code: str = ""


class CodesByName(Part):
    """Codes of a table that has only names, taken from a register; equal names at once, near ones only when confirmed."""

    into: Name = "area_code"
    column: Name
    parent: str = ""  # column of this table with the parent's name or code
    official: Register
    confirmed: tuple[Match, ...] = ()


class Reading(Part):
    """How one file (or one sheet of a workbook) is read. Everything left out is as if nothing were declared."""

    file: Name
    sheet: str = ""
    encoding: str = ""  # "": found in the file
    delimiter: str = Field("", max_length=2)  # "": found in the file; "  ": two or more blanks; " ": one or more
    columns: tuple[FixedColumn, ...] = ()  # of a text of fixed width; with names it has no header
    letters: Letters = ""  # what letters that were written twice ("NariÃ±o") were taken for; they are taken back
    doubtful_letters: Literal["", "mend", "leave"] = ""  # those that might be right as they stand
    rows: int = Field(0, ge=0)  # rows the file had when its rows were named; another number is a problem. 0: not known
    header: tuple[RowNumber, ...] = ()  # rows of the header, joined; (): the first row. Rows above it are left out
    leave_out: tuple[RowNumber | str, ...] = ()  # rows, or ranges such as "2470-2480"
    rename: dict[str, Name] = {}  # noqa: RUF012 (pydantic copies it)
    headings: tuple[Headings, ...] = ()
    tidy: tuple[Name, ...] = ()  # columns whose bullets and note marks ("• ", "1/") are taken off
    fill_down: tuple[Name, ...] = ()  # columns whose blank cells repeat the cell above (merged cells)
    keep: tuple[Keep, ...] = ()
    split: tuple[Split, ...] = ()
    marks: tuple[Marks, ...] = ()
    codes: tuple[Codes, ...] = ()
    names: tuple[CodesByName, ...] = ()

    _rows = field_validator("leave_out")(lambda given: checked_rows(given))

    @field_validator("delimiter")
    @classmethod
    def _one_sign_or_blanks(cls, given: str) -> str:
        if len(given) > 1 and given.strip():
            raise ValueError("reading_delimiter")
        return given

    @model_validator(mode="after")
    def _columns_fit(self) -> Reading:
        names = [c.name for c in self.columns if c.name]
        if names and (len(names) < len(self.columns) or len(set(names)) < len(names) or self.header):
            raise ValueError("reading_columns")
        return self

    @property
    def header_rows(self) -> tuple[int, ...]:
        """Rows of the header: the first where none is named; none where the places of the columns have names."""
        return () if self.columns and self.columns[0].name else self.header or (1,)

    @property
    def is_plain(self) -> bool:
        """Whether it declares nothing beyond file and sheet."""
        return self == Reading(file=self.file, sheet=self.sheet)


def row_numbers(rows: tuple[int | str, ...]) -> tuple[int, ...]:
    """Rows and ranges as single row numbers, in order, once each."""
    found: set[int] = set()
    for row in rows:
        first, last = (row, row) if isinstance(row, int) else map(int, row.split("-"))
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def row_ranges(rows: Iterable[int]) -> tuple[int | str, ...]:
    """The shortest way to write rows: single numbers, and ranges of three or more."""
    written: list[int | str] = []
    ordered = sorted(set(rows))
    start = 0
    for i in range(1, len(ordered) + 1):
        if i == len(ordered) or ordered[i] != ordered[i - 1] + 1:
            run = ordered[start:i]
            written += [f"{run[0]}-{run[-1]}"] if len(run) > 2 else run
            start = i
    return tuple(written)


def checked_rows(given: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Ranges are "first-last" with first <= last; raises `ValueError`."""
    for row in given:
        if isinstance(row, str):
            ends = ROW_RANGE.fullmatch(row)
            if not ends or int(ends[1]) > int(ends[2]) or int(ends[2]) > 20_000_000:
                raise ValueError("reading_rows")
    return given
