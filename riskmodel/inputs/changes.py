"""What was done to a table on the way from its file, as data, so that it can be shown beside the original.

Words are added on the way to a person (`riskmodel.inputs.say_reading`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from riskmodel.problems import spreadsheet_rows

ChangeKind = Literal[
    "letters", "cut", "decimals", "above_header", "header_joined", "name_twice", "left_out", "renamed", "headings", "tidied", "filled_down", "kept",
    "split", "marks", "codes_joined", "zeros_given_back", "formula_read", "check_digit_dropped", "codes_cleaned",
    "codes_by_name", "check_digit_added", "recoded",
]  # fmt: skip

EXAMPLES = 5


@dataclass(frozen=True)
class Change:
    """One kind of change to one column or to rows.

    column : column under its final name; "" when rows were left out.
    count : cells changed, or rows left out.
    rows : the first rows of the original file it happened to, as the file shows them; at most 20.
    examples : at most 5 different pairs before -> after; of areas only, empty for a table of persons.
    values : further named parts of its words.
    """

    kind: ChangeKind
    column: str = ""
    count: int = 0
    rows: tuple[int, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


def cells_changed(
    kind: ChangeKind, column: str, before: pd.Series, after: pd.Series, values: Mapping[str, object] | None = None
) -> list[Change]:
    """The change between two columns of text with the same index; none where they are equal."""
    same = (before == after).fillna(False).to_numpy(bool) | (before.isna() & after.isna()).to_numpy(bool)
    if same.all():
        return []
    changed = before.index[~same]
    pairs = pd.DataFrame({"before": before[~same].fillna(""), "after": after[~same].fillna("")}).drop_duplicates()
    shown = tuple((str(b), str(a)) for b, a in pairs.head(EXAMPLES).itertuples(index=False))
    return [Change(kind, column, len(changed), spreadsheet_rows(changed), shown, dict(values or {}))]
