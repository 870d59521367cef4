"""Find the columns that hold codes of areas, and what their codes lack.

Which column holds codes is known by their form first and by its name second. How they are written, and whether zeros are lost,
`recognise_codes` decides; only where it cannot tell do the lengths alone speak, of one lost zero.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from riskmodel.inputs.code_systems import SYSTEMS
from riskmodel.inputs.reading_codes import clean_codes
from riskmodel.inputs.recognise import vocabulary as words
from riskmodel.inputs.recognise.cells import plain
from riskmodel.inputs.recognise.facts import plain_name
from riskmodel.inputs.recognise.vocabulary import is_word
from riskmodel.inputs.recognise_codes import Certainty, recognise_codes

CODE_NAME = re.compile(
    r"\b(?:cod\w*|clave|cve|cvegeo|ubigeo|divipola|geocod\w*|geocodigo|ibge|dane|inegi|indec|mpio ccdgo|ccdgo|dpto ccdgo|"
    r"cve ent|cve mun|munic?cod|muncod|codmun\w*|cvemun|cveent|ccnct|fips|id mun\w*|\w+ id|\w{4,}id|area code|geoid)\b"
)
AREA_NAME = re.compile(
    r"mun|mpio|mpal|geo|ubigeo|divipola|ibge|dane|distrito|comuna|canton|partido|area|lugar|localidad"
)
PARENT_NAME = re.compile(r"dep|dpto|ent|estado|uf\b|provincia|region|state|parent|prov")


@dataclass(frozen=True)
class CodeColumn:
    """A column that may hold codes of areas. `unique` is the share of different codes; `lengths` their digits -> rows."""

    name: str
    codes: pd.Series
    unique: float
    lengths: dict[int, int]
    named: bool

    @property
    def width(self) -> int:
        """Digits a code has as the file stands: the longest that is not rare."""
        often = [n for n, rows in self.lengths.items() if rows >= 0.02 * sum(self.lengths.values())]
        return max(often, default=max(self.lengths, default=0))

    @property
    def short(self) -> bool:
        """Whether, by their lengths alone, some codes are one digit short and none of these begins with a zero."""
        short = self.lengths.get(self.width - 1, 0)
        if not short or short + self.lengths.get(self.width, 0) < 0.95 * sum(self.lengths.values()):
            return False
        codes = self.codes.dropna()
        return not codes[codes.str.len() == self.width - 1].str.startswith("0").any()


@dataclass(frozen=True)
class Written:
    """How the codes of a column are to be written: digits, how many lack zeros, the system where it leaves no doubt.

    parent : digits of the unit above at the beginning; 0 not known.
    """

    width: int
    lost: int
    certainty: Certainty = "likely"
    system: str = ""
    parent: int = 0


def written(column: CodeColumn, above: CodeColumn | None = None) -> Written:
    """How the codes of a column are to be written, from the system they follow; `above` holds codes of the unit above."""
    found = recognise_codes(column.codes, parents=above.codes if above else None) if _may_lack(column) else None
    rule = found.rule if found else None
    # a system that is as sure as can be; else only what the parents' codes beside them prove
    if (
        found is None
        or rule is None
        or found.certainty == "ask"
        or (found.certainty != "sure" and len(rule.widths) < 2)
    ):
        return Written(column.width, column.lengths.get(column.width - 1, 0) if column.short else 0)
    lost = sum(rows for digits, rows in column.lengths.items() if digits < rule.length)
    if found.share == found.mended_share:
        lost = 0
    sure = found.certainty == "sure"
    system = rule.system if sure and rule.country else ""
    return Written(rule.length, lost, found.certainty, system, rule.widths[0] if len(rule.widths) > 1 else 0)


def _may_lack(column: CodeColumn) -> bool:
    """Whether codes of this form can lack zeros at all: of several lengths, or all one short of some system's."""
    if len(column.lengths) != 1:
        return True
    first = set(column.codes.dropna().str[:1])
    if "0" in first:
        return False
    heads = {f"0{digit}" for digit in first}
    return any(rule.length == column.width + 1 and heads <= rule.first for rule in SYSTEMS.values())


def parent_column(columns: list[CodeColumn], area: CodeColumn) -> CodeColumn | None:
    """The column of codes of the unit above, by its name and its few different codes."""
    fit = [
        c for c in columns
        if c is not area and c.named and c.unique < 0.9 and c.width <= 3 and PARENT_NAME.search(plain(c.name))
    ]  # fmt: skip
    return min(fit, key=lambda c: c.width, default=None)


def parent_written(column: CodeColumn, whole: Written) -> Written:
    """How codes of the unit above are to be written, from the codes of the areas that begin with them."""
    lost = sum(rows for digits, rows in column.lengths.items() if digits < whole.parent)
    return Written(whole.parent, lost, whole.certainty)


def joined_widths(parent: CodeColumn, own: CodeColumn) -> tuple[int, int]:
    """Digits of both parts of a code: those of the system the joined codes follow, else two and three."""
    codes = parent.codes.str.zfill(max(parent.width, 2)) + own.codes.str.zfill(own.width)
    found = recognise_codes(codes)  # without the parents: joined codes begin with them whatever their digits are
    if found.certainty == "sure" and found.rule is not None and len(found.rule.widths) == 2:
        first, second = found.rule.widths
        if first >= parent.width and second >= own.width:
            return first, second
    return max(parent.width, 2), max(own.width, 3)


def code_columns(table: pd.DataFrame) -> list[CodeColumn]:
    """Columns whose cells are whole numbers without marks, or codes in disguise, in the order of the table."""
    found = []
    for name in table.columns:
        column = table[name]
        present = column.dropna()
        if present.empty:
            continue
        head = present.head(2_000)
        if (
            head.str.contains(r"[,.%]\d*[1-9]|[^\W\d_]{4}", regex=True).mean() > 0.05
            and not head.str.startswith("=").any()
        ):
            continue
        codes = clean_codes(column)
        digits = codes.str.fullmatch(r"\d{1,12}").fillna(False)
        if digits.sum() < 0.85 * len(present):
            continue
        kept = codes.where(digits)
        values = kept.dropna()
        lengths = dict(Counter(map(len, values.tolist())))
        share = values.nunique() / max(len(values), 1)
        found.append(CodeColumn(str(name), kept, float(share), lengths, bool(CODE_NAME.search(plain(str(name))))))
    return found


def area_code_of(columns: list[CodeColumn], table: pd.DataFrame) -> CodeColumn | None:
    """The column with the codes of the areas: named so, or different in nearly every row and of an official length."""

    def worth(c: CodeColumn) -> tuple[float, ...]:
        text = plain(c.name)
        return (
            3 * c.named
            + 2 * bool(AREA_NAME.search(text))
            - 2 * bool(PARENT_NAME.search(text) and not AREA_NAME.search(text))
            + 2 * (c.unique > 0.95)
            + (c.width in (4, 5, 6, 7)),
            c.unique,
            c.width,
        )

    fit = [
        c
        for c in columns
        if c.width >= 4 and sum(c.lengths.values()) >= 2 and (c.named or (c.unique > 0.98 and c.width <= 7))
    ]
    fit = [c for c in fit if c.unique > 0.02 and (c.named or _looks_like_codes(c))]
    return max(fit, key=worth, default=None)


def _looks_like_codes(c: CodeColumn) -> bool:
    """Amounts spread over many lengths; codes have one or two."""
    rows = sum(c.lengths.values())
    return (c.lengths.get(c.width, 0) + c.lengths.get(c.width - 1, 0)) >= 0.97 * rows and rows >= 10 and c.width >= 5


def two_part_code(columns: list[CodeColumn], table: pd.DataFrame) -> tuple[CodeColumn, CodeColumn] | None:
    """Parent and area in two columns of which only both together tell the area apart."""
    parents = [c for c in columns if c.width in (1, 2) and c.named and 1 < c.codes.nunique() <= 60]
    areas = [c for c in columns if c.width <= 3 and c.named and c.codes.nunique() > 5]
    for parent in parents:
        for area in areas:
            if area.name == parent.name or area.unique > 0.9:
                continue
            pairs = pd.DataFrame({"p": parent.codes, "a": area.codes}).dropna()
            if len(pairs) > 10 and not pairs.duplicated().any():
                return parent, area
    return _two_parts_of_persons(columns)


def _two_parts_of_persons(columns: list[CodeColumn]) -> tuple[CodeColumn, CodeColumn] | None:
    """Parent and area by their names, where rows repeat and most codes of the area stand under several parents."""
    above = [c for c in columns if c.width <= 2 and _named(c, f"{words.UPPER}|{words.OFFICIAL_UPPER}")]
    below = [c for c in columns if c.width <= 3 and _named(c, f"{words.LOWER}|{words.OFFICIAL_CODE}")]
    if len(above) != 1 or len(below) != 1 or above[0].codes.nunique() < 2 or below[0].unique > 0.5:
        return None
    pairs = pd.DataFrame({"p": above[0].codes, "a": below[0].codes}).dropna().drop_duplicates()
    shared = pairs.groupby("a", observed=True).size() > 1
    return (above[0], below[0]) if len(shared) > 2 and shared.mean() >= 0.5 else None


def _named(column: CodeColumn, pattern: str) -> bool:
    return is_word(pattern, plain_name(column.name))
