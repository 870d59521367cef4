"""The portable model, `model.json`: what the file holds, as frozen types.

It holds coefficients, rules and shares, never a row of the survey, the code of an area or the place of a file.
`riskmodel/model_schema.json` is the published JSON schema, made from these types and those of the area model
(`areamodel.portable_schema`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from riskmodel.study import ComputedOutcome, DeterminantGroup, DeterminantKind, Name, ProductionBoundary, Rule

FORMAT = "mirador-model"
VERSION = 3

# Versions that are read. The first had neither splines nor interactions; the second no kind, for there was one only.
READ = (1, 2, 3)

Proportion = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class Piece(BaseModel):
    """A part of the file: unknown keys are errors, numbers are finite, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class ModelAge(Piece):
    min: int = Field(ge=0, le=120)
    max: int = Field(ge=0, le=120)
    population_column: str = Field("", description="Column of age in the population the model was first applied to.")


class ModelOutcome(Piece):
    name: Name
    definition: Name
    source: str
    year: int | None
    boundary: ProductionBoundary
    computed: ComputedOutcome | None = Field(
        None, description="How it was computed; null where the survey held it ready."
    )
    age: ModelAge | None = Field(description="Ages the model is for; null where the survey held only these children.")


class ModelSource(Piece):
    source: str
    year: int


class ModelDeterminant(Piece):
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: str
    group: DeterminantGroup
    kind: DeterminantKind
    categories: tuple[str, ...] = Field(description="Categories of the model, the reference first; empty for a number.")
    knots: tuple[float, ...] = Field(
        (),
        max_length=7,
        description="All knots of the natural cubic spline of a number, rising; empty for a straight line.",
    )
    shares: dict[str, Proportion] = Field(description="Weighted share of every category in the survey.")
    survey: Rule = Field(description="How the survey's column became the determinant.")
    population: Rule = Field(description="How a population's column becomes it, unless a study says otherwise.")


class ModelTerm(Piece):
    term: Name
    determinant: str = Field(description="Empty for the intercept; both of an interaction, with a colon.")
    category: str = Field(
        description="Empty for the intercept and for a numeric determinant; of an interaction, its categories."
    )
    coef: float = Field(description="Log-odds per unit, or against the reference.")
    ame: float | None = Field(
        description="Average marginal effect in the survey, a proportion; null where a term has none of its own."
    )
    ame_se: float | None


class ModelAreaEffect(Piece):
    """Variance of area effects on the logit scale; null where the survey could not tell it."""

    variance: Annotated[float, Field(gt=0)] | None
    unadjusted: Annotated[float, Field(ge=0)] | None
    areas: Count
    rows: Count
    psus_per_area: float | None
    design_effect: float | None


class PortableModel(Piece):
    """A fitted model that another office can apply to its own population."""

    format: Literal["mirador-model"]
    version: Literal[1, 2, 3] = Field(description="Version of this format, not of the program.")
    kind: Literal["risk_model"] = Field("risk_model", description="Method the model belongs to; new in version 3.")
    program: str = Field(description="Program that wrote the file, with its version.")
    fingerprint: str = Field(description="Fingerprint of the run that fitted the model.")
    checksum: str = Field(description="SHA-256 of everything else in the file, keys sorted.")
    study: Name
    country: str
    synthetic: bool
    outcome: ModelOutcome
    survey: ModelSource
    population: ModelSource = Field(description="Population of the run that fitted the model.")
    determinants: tuple[ModelDeterminant, ...] = Field(min_length=1)
    interactions: tuple[tuple[str, str], ...] = Field(
        (), description="Pairs of determinants whose terms are multiplied."
    )
    terms: tuple[ModelTerm, ...] = Field(min_length=2, description="In order, the intercept first.")
    covariance: tuple[tuple[float, ...], ...] = Field(description="Of the coefficients, in the order of `terms`.")
    df: int = Field(description="Degrees of freedom of the design; 0 or less: no intervals of coefficients.")
    n_obs: Count
    n_positive: Count
    prevalence: Proportion
    area_effect: ModelAreaEffect
    diagnostics: dict[str, JsonValue] = Field(description="How the model fits the survey; see docs/study-file.md.")


def schema() -> dict[str, Any]:
    """The JSON schema (2020-12) of a survey model."""
    made = PortableModel.model_json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Mirador portable model"}
    return head | {key: value for key, value in made.items() if key != "title"}
