"""The portable area model: what its `model.json` holds, as frozen types, and the JSON schema of model files of every kind.

It holds coefficients, effects of parent units and ranges of indicators, never the rate or the code of an area. With a
smooth effect it holds the standardised indicators of the areas that span it, without their codes.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, TypeAdapter

from riskmodel.study import Name
from riskmodel.survey.model_schema import Count, ModelOutcome, Piece, PortableModel, Proportion

Positive = Annotated[float, Field(gt=0)]


class ModelMeasure(Piece):
    """What the model was fitted on."""

    source: str
    year: int | None


class ModelIndicator(Piece):
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    column: Name = Field(description="Column of the table it was read from.")
    label: str
    dimension: str
    direction: Literal[1, -1]
    unit: str
    source: str
    year: int | None
    mean: float = Field(description="Taken off its values before they enter the model.")
    sd: Positive = Field(description="What is left is divided by this.")
    lowest: float = Field(description="Lowest value among the areas with a measured rate.")
    highest: float
    coef: float = Field(description="For one standard deviation, on the model's scale.")


class ModelParent(Piece):
    """A parent unit of the fitted areas and its predicted effect on the scale."""

    code: Name
    name: str
    effect: float


class ModelSmooth(Piece):
    """A smooth effect: kernel exp(−curvature · |z − centre|² / p) times `transform` times `effect`."""

    curvature: Positive
    centres: tuple[tuple[float, ...], ...] = Field(min_length=1, description="Standardised indicators, without codes.")
    transform: tuple[tuple[float, ...], ...] = Field(description="A row for each centre.")
    effect: tuple[float, ...] = Field(description="An effect for each column of `transform`.")


class PortableAreaModel(Piece):
    """A fitted area model that can be applied to another year or territory."""

    format: Literal["mirador-model"]
    version: Literal[3] = Field(description="Version of this format, not of the program.")
    kind: Literal["area_model"] = Field(description="Method the model belongs to.")
    program: str = Field(description="Program that wrote the file, with its version.")
    fingerprint: str = Field(description="Fingerprint of the run that fitted the model.")
    checksum: str = Field(description="SHA-256 of everything else in the file, keys sorted.")
    study: Name
    country: str
    synthetic: bool
    outcome: ModelOutcome
    measured: ModelMeasure = Field(description="Source and year of the measured rates.")
    areas: ModelMeasure = Field(description="Source and year of the table of areas.")
    scale: Literal["arcsine", "logit"]
    indicators: tuple[ModelIndicator, ...]
    intercept: float
    shift: float = Field(description="Benchmark on the scale, added to every estimate; 0 where there is none.")
    area_variance: Positive = Field(description="Variance of what is each area's own, on the scale.")
    parent_variance: Annotated[float, Field(ge=0)] | None = Field(
        description="Variance of what areas of a parent unit have in common; null where that was not estimated."
    )
    parents: tuple[ModelParent, ...]
    smooth: ModelSmooth | None
    covariance: tuple[tuple[float, ...], ...] = Field(
        description="Joint error of intercept, coefficients, effects of parents and of the smooth function, in order."
    )
    n_areas: Count = Field(description="Areas with a measured rate the model was fitted on.")
    measured_rate: Proportion = Field(description="Mean of their measured rates, by children where these are known.")
    diagnostics: dict[str, JsonValue] = Field(description="How the model fits; see docs/study-file.md.")


def published_schema() -> dict[str, Any]:
    """The JSON schema (2020-12) of `model.json`, published as `riskmodel/model_schema.json`: one of the kinds."""
    made = TypeAdapter(PortableModel | PortableAreaModel).json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Mirador portable model"}
    return head | {("oneOf" if key == "anyOf" else key): value for key, value in made.items()}
