"""What a column can be, and a guess of it with its certainty and its reason.

A role is data; its words are in `recognise.words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from riskmodel.inputs.recognise.found import Certainty

Role = Literal[
    # places and time
    "area_code", "area_code_other", "area_name", "area_label", "parent_code", "parent_name", "country", "year", "period",
    "latitude", "longitude",
    # persons and samples
    "weight", "replicate", "stratum", "psu", "household", "person", "kinship", "age", "sex", "zone", "outcome", "outcome_codes",
    "identity",
    # measures
    "cases", "total", "rate", "risk", "se", "n", "children", "population", "indicator", "count", "category",
    # the rest
    "variable", "description", "number", "text", "constant", "empty",
]  # fmt: skip

# Why a column is taken for what it is: keys of `words.REASONS`.
Reason = Literal[
    "name", "name_and_values", "values", "unique", "nested", "determined", "pair", "constant", "empty", "rest", "identity_values",
    "system", "label",
]  # fmt: skip


@dataclass(frozen=True)
class ColumnGuess:
    """What one column seems to be. `alternatives` are other columns of the file that could have the role."""

    column: str
    role: Role
    certainty: Certainty
    reason: Reason
    alternatives: tuple[str, ...] = ()
