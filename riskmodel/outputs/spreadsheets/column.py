"""What one column of the results is: its unit and its meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column: its unit and its meaning, as messages to translate; code words stand in backticks."""

    unit: str
    meaning: str
