"""What a study declares about its indicators and how the index is made of them.

`riskmodel.study` is the way in; it holds these beside the other parts.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from riskmodel.study_children import Name, Part

IndexMethod = Literal["mean", "dp2", "percentile_rank"]
Treatment = Literal["none", "winsorise", "log"]
Normalisation = Literal["min_max", "goalposts", "z_score", "rank", "reference"]
Weighting = Literal["equal", "given", "principal_component", "entropy", "workshop", "estimated"]
Mean = Literal["arithmetic", "geometric", "geometric_strength"]


class Indicator(Part):
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    column: str = ""
    label: str = ""
    dimension: str = ""
    direction: Literal[1, -1] = 1
    weight: float = Field(1.0, gt=0)
    unit: str = ""
    source: str = ""
    year: int | None = None
    best: float | None = None
    worst: float | None = None
    reference: float | None = None

    @property
    def source_column(self) -> str:
        return self.column or self.name

    @property
    def shown(self) -> str:
        """What a person reads: the label, else the name."""
        return self.label or self.name


class Workshop(Part):
    """A table of the points people gave to indicators: a row per person, or a row per person and indicator."""

    file: Name
    sheet: str = ""
    participant: str = ""
    indicator: str = ""
    points: str = ""


class IndexSettings(Part):
    name: str = ""
    method: IndexMethod = "mean"
    treatment: Treatment = "none"
    normalisation: Normalisation = "min_max"
    weights: Weighting = "equal"
    dimension_weights: dict[str, Annotated[float, Field(gt=0)]] = {}  # noqa: RUF012 (pydantic copies it)
    within: Mean = "arithmetic"
    between: Mean = "arithmetic"
    workshop: Workshop | None = None
    rate: str = ""
    rate_unit: Literal["proportion", "percent"] = "proportion"
    robustness: int = Field(5_000, ge=0, le=20_000)
