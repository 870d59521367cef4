"""What a study declares about children: the outcome, the survey, the population, determinants and groups.

`riskmodel.study` is the way in; it holds these beside the tables of areas.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Method = Literal["risk_model", "area_model", "vulnerability_index", "given_risk"]
Estimation = Literal["ml", "firth"]
AreaEstimate = Literal["synthetic", "prediction"]
LonelyPsu = Literal["adjust", "average", "certainty", "remove", "fail"]
ReplicateType = Literal["JK1", "JKn", "BRR", "Fay", "bootstrap"]
PopulationKind = Literal["microdata", "cells", "margins"]
BreakRuleName = Literal["natural_breaks", "quantile", "equal_width", "dalenius_hodges", "fixed"]

ProductionBoundary = Literal["sna", "general"]
BlankHours = Literal["unknown", "zero"]
MissingRule = Literal["auto", "drop", "category"]
DeterminantGroup = Literal["child", "head", "household", "dwelling", "territory"]
DeterminantKind = Literal["categorical", "numeric"]

# Bins that "dalenius_hodges" counts values in, where a study names no number.
BINS = 50

MOST_KNOTS = 5  # inner knots of a spline

Name = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """A table of the study file: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StudyInfo(Part):
    name: Name
    language: Literal["es", "en", "pt", "fr"] = "es"
    method: Method
    seed: int = 1
    country: str = ""
    area_kind: str = ""
    synthetic: bool = False


class AgeRange(Part):
    column: str = ""
    population_column: str = ""
    min: int = Field(ge=0, le=120)
    max: int = Field(ge=0, le=120)

    @model_validator(mode="after")
    def _ordered(self) -> AgeRange:
        if self.min > self.max:
            raise ValueError("age_min_above_max")
        return self


class OutcomeBand(Part):
    """Hours in the week from which a child of these ages is in child labour; None: hours of that kind do not count."""

    min: int = Field(ge=0, le=120)
    max: int = Field(ge=0, le=120)
    hours: float | None = Field(None, gt=0, le=168)
    chores: float | None = Field(None, gt=0, le=168)

    @model_validator(mode="after")
    def _ordered(self) -> OutcomeBand:
        if self.min > self.max:
            raise ValueError("age_min_above_max")
        return self


# SDG indicator 8.7.1: hours of economic activity, and of household chores in the general production boundary.
SDG_BANDS = (
    OutcomeBand(min=5, max=11, hours=1, chores=21),
    OutcomeBand(min=12, max=14, hours=14, chores=21),
    OutcomeBand(min=15, max=17, hours=43),
)


class ComputedOutcome(Part):
    """The outcome from hours, hazardous work and chores; see `inputs.outcome`. Hours of several columns are added."""

    hours: tuple[Name, ...] = Field(min_length=1)
    hours_blank: BlankHours = "unknown"
    worked: str = ""
    worked_values: tuple[str, ...] = ()
    hazardous: str = ""
    hazardous_values: tuple[str, ...] = ()
    chores: tuple[Name, ...] = ()
    chores_blank: BlankHours = "unknown"
    band: tuple[OutcomeBand, ...] = Field(SDG_BANDS, min_length=1)

    @field_validator("hours", "worked_values", "hazardous_values", "chores", mode="before")
    @classmethod
    def _one_or_many(cls, given: object) -> object:
        many = (given,) if isinstance(given, (str, int)) else given
        return tuple(str(v) if isinstance(v, int) else v for v in many) if isinstance(many, (list, tuple)) else many

    @model_validator(mode="after")
    def _ages_once(self) -> ComputedOutcome:
        bands = sorted(self.band, key=lambda band: band.min)
        if any(after.min <= before.max for before, after in pairwise(bands)):
            raise ValueError("outcome_bands_overlap")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the survey it is made from, once each."""
        named = (*self.hours, self.worked, self.hazardous, *self.chores)
        return tuple(dict.fromkeys(column for column in named if column))


class Outcome(Part):
    name: Name
    definition: Name
    source: str = ""
    year: int | None = None
    boundary: ProductionBoundary = "sna"
    column: str = ""
    computed: ComputedOutcome | None = None
    age: AgeRange | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Outcome:
        if self.column and self.computed is not None:
            raise ValueError("outcome_column_and_computed")
        return self


class Replicates(Part):
    """Replicate weights in place of linearisation; `scale` and `rscales` follow the type where they are not given."""

    columns: tuple[Name, ...] = Field(min_length=1)
    type: ReplicateType
    rho: float | None = Field(None, ge=0, lt=1)
    scale: float | None = Field(None, gt=0)
    rscales: tuple[Annotated[float, Field(ge=0)], ...] = ()
    combined: bool = True
    mse: bool = False

    @field_validator("columns", "rscales", mode="before")
    @classmethod
    def _one_or_many(cls, given: object) -> object:
        return (given,) if isinstance(given, (str, int, float)) else given

    @model_validator(mode="after")
    def _fits_type(self) -> Replicates:
        if (self.type == "Fay") != (self.rho is not None):
            raise ValueError("replicates_rho")
        if self.type in ("BRR", "Fay") and self.scale is not None:
            raise ValueError("replicates_scale")
        if self.type == "JKn" and self.combined and not self.rscales:
            raise ValueError("replicates_rscales")
        return self


class Survey(Part):
    file: Name
    sheet: str = ""
    year: int
    source: str = ""
    weight: str = ""
    stratum: str = ""
    psu: str = ""
    ssu: str = ""
    fpc: str = ""
    fpc2: str = ""
    lonely_psu: LonelyPsu = "adjust"
    replicates: Replicates | None = None
    area_code: str = ""
    area_estimate: AreaEstimate = "synthetic"
    domain: str = ""
    benchmark: bool = True
    estimation: Estimation = "ml"
    selection: bool = False


class AppliedModel(Part):
    """A model fitted elsewhere, in place of a survey or of measured rates. `parents`: of area models only."""

    file: Name
    parents: bool = True


class Population(Part):
    file: Name
    kind: PopulationKind = "microdata"
    year: int
    source: str = ""
    area_code: Name
    weight: str = ""
    count: str = ""
    determinant: str = ""
    category: str = ""
    groups: tuple[str, ...] = ()
    coverage: float = Field(1.0, gt=0, le=1)
    tolerance: float = Field(0.05, ge=0, le=1)

    @model_validator(mode="after")
    def _columns_of_its_kind(self) -> Population:
        if self.kind != "microdata" and self.weight:
            raise ValueError("weight_only_for_microdata")
        if self.kind == "microdata" and self.count:
            raise ValueError("count_not_for_microdata")
        if self.kind != "margins" and (self.determinant or self.category):
            raise ValueError("columns_only_for_margins")
        if self.kind == "cells" and not self.count:
            raise ValueError("cells_need_count")
        if self.kind == "margins" and len({bool(c) for c in (self.count, self.determinant, self.category)}) > 1:
            raise ValueError("margins_need_three_columns")
        return self


class Rule(Part):
    """How a column becomes a determinant: values kept, mapped, or numbers cut into inclusive bands."""

    column: Name
    map: dict[str, str] | None = None
    bands: dict[str, tuple[float, float]] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Rule:
        if self.map is not None and self.bands is not None:
            raise ValueError("map_and_bands")
        return self


class Spline(Part):
    """A number followed in a curve: by its inner knots, or by how many coefficients the curve may have."""

    knots: tuple[float, ...] = ()
    df: int | None = Field(None, ge=2, le=6)
    boundary: tuple[float, float] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Spline:
        if bool(self.knots) == (self.df is not None):
            raise ValueError("spline_knots_or_df")
        every = [*self.knots] if self.boundary is None else [self.boundary[0], *self.knots, self.boundary[1]]
        if any(a >= b for a, b in pairwise(every)) or len(self.knots) > MOST_KNOTS:
            raise ValueError("spline_knots_order")
        return self


class Determinant(Part):
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: str = ""
    group: DeterminantGroup = "child"
    kind: DeterminantKind = "categorical"
    survey: Rule
    population: Rule | None = None
    reference: str = ""
    missing: MissingRule = "auto"
    in_model: bool = True
    spline: Spline | None = None

    @model_validator(mode="after")
    def _spline_of_a_number(self) -> Determinant:
        if self.spline is not None and self.kind != "numeric":
            raise ValueError("spline_not_numeric")
        return self

    @model_validator(mode="before")
    @classmethod
    def _population_alone(cls, given: Any) -> Any:
        """With a model from a file only the population's rule matters; it then stands for both."""
        if isinstance(given, dict) and "survey" not in given and "population" in given:
            return given | {"survey": given["population"]}
        return given

    @model_validator(mode="after")
    def _missing_fits_kind(self) -> Determinant:
        if self.kind == "numeric" and self.missing == "category":
            raise ValueError("missing_category_numeric")
        return self

    @property
    def population_rule(self) -> Rule:
        """The rule for a population of children; the survey's where none is given. See `Study.population_rule`."""
        return self.population or self.survey


class Interaction(Part):
    """Two determinants whose association with the outcome depends on each other."""

    determinants: tuple[Name, Name]

    @model_validator(mode="after")
    def _two(self) -> Interaction:
        if self.determinants[0] == self.determinants[1]:
            raise ValueError("interaction_with_itself")
        return self


class Group(Part):
    """A breakdown beside the total: a determinant by its name, a column by a rule, or two other groups crossed."""

    name: Name
    label: str = ""
    population: Rule | None = None
    cross: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _one_kind(self) -> Group:
        if self.cross and (self.population is not None or len(set(self.cross)) != 2 or len(self.cross) != 2):
            raise ValueError("group_cross_two")
        return self
