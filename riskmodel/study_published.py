"""What a study declares about totals somebody else has published, to hold its own against them.

They never enter an estimate: reconciliation compares and changes nothing.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from riskmodel.study_children import Part


class PublishedTotal(Part):
    """Published totals by parent unit, for the country, or both, of one thing the study counts."""

    of: Literal["children", "column", "survey"] = "children"
    column: str = ""
    label: str = ""
    file: str = ""
    sheet: str = ""
    parent_code: str = ""
    total: str = ""
    country_code: str = ""
    totals: dict[str, Annotated[float, Field(ge=0)]] = {}  # noqa: RUF012 (pydantic copies it)
    country: float | None = Field(None, ge=0)
    times: float = Field(1.0, gt=0)
    tolerance: float = Field(0.02, ge=0, le=1)
    year: int | None = None
    source: str = ""

    @model_validator(mode="after")
    def _whole(self) -> PublishedTotal:
        if not (self.file or self.totals or self.country is not None):
            raise ValueError("published_nothing")
        if self.file and not (self.parent_code and self.total):
            raise ValueError("published_columns")
        if (self.of == "column") != bool(self.column):
            raise ValueError("published_column")
        return self

    @property
    def measure(self) -> str:
        """What is counted, as the table of results names it: the column, or "children" or "survey"."""
        return self.column or self.of

    @property
    def by_parent(self) -> bool:
        """Whether totals of parent units are given, not only of the country."""
        return bool(self.file or self.totals)
