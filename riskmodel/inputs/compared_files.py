"""Two files of one study side by side, by the codes of their areas: which is which, and which codes of one may be changed.

What is compared are codes as they are read, so that a code proposed here is what the reading of the file writes. Nothing is
changed until a person says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from riskmodel.inputs.compare_codes import COLUMNS, CodesCompared, compare_codes
from riskmodel.inputs.recognise_codes import recognise_codes
from riskmodel.problems import Where


@dataclass(frozen=True, eq=False)
class FilesCompared:
    """Two lists of areas and where they stand.

    first, second : file, sheet and column of the codes; codes of the first are those a person may change.
    areas_first, areas_second : DataFrames with `area_code` as it is read, and `area_name` and `parent` where known.
    """

    first: Where
    second: Where
    areas_first: pd.DataFrame
    areas_second: pd.DataFrame

    @cached_property
    def found(self) -> CodesCompared:
        """The comparison; made when it is first asked for."""
        told = any(
            "parent" in areas and areas["parent"].notna().any() for areas in (self.areas_first, self.areas_second)
        )
        digits = 0 if told else parent_digits(self.areas_second["area_code"])
        return compare_codes(self.areas_first, self.areas_second, digits)

    @cached_property
    def recodings(self) -> dict[str, str]:
        """Codes of the first file with the code the second has for the same name in the same parent; one area each, then too."""
        pairs = dict(zip(self.found.recoded["first"], self.found.recoded["second"], strict=True))
        wrong = self.found.renamed.dropna(subset=["meant"])
        if self.found.writing == "same":
            pairs |= dict(zip(wrong["area_code"], wrong["meant"], strict=True))
        return distinct_recodings(pairs, self.areas_first["area_code"].dropna())

    @cached_property
    def less_likely(self) -> dict[str, str]:
        """Further codes that may be of one area, for less reason: to be looked at one by one."""
        alike = self.found.alike
        pairs = dict(zip(alike["first"], alike["second"], strict=True))
        return distinct_recodings(pairs, self.areas_first["area_code"].dropna())


def area_list(table: pd.DataFrame, code: str, name: str = "", parent: str = "") -> pd.DataFrame:
    """The areas of a table as `FilesCompared` takes them: one row per code, columns that are "" or absent left out."""
    named = dict(zip(COLUMNS, (code, name, parent), strict=True))
    there = {wanted: column for wanted, column in named.items() if column and column in table}
    areas = pd.DataFrame({wanted: table[column].astype("string") for wanted, column in there.items()})
    return areas.dropna(subset=["area_code"]).drop_duplicates("area_code").reset_index(drop=True)


def distinct_recodings(pairs: dict[str, str], codes: Iterable[object]) -> dict[str, str]:
    """Those of the new codes that no other area of the file has, once all of them are given."""
    held = set(map(str, codes))
    times = Counter(pairs.values())
    kept = {old: new for old, new in pairs.items() if times[new] == 1}
    while clash := [old for old, new in kept.items() if new in held and new not in kept]:
        kept = {old: new for old, new in kept.items() if old not in clash}
    return kept


def parent_digits(codes: pd.Series) -> int:
    """First digits of codes that are their parent's by their system; 0 where none is known."""
    rule = recognise_codes(codes).rule
    return rule.widths[0] if rule is not None and len(rule.widths) > 1 else 0
