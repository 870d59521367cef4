"""The study: what a person declares, as frozen settings. `study_file` reads, checks and writes it.

Every key is documented in `docs/study-file.md`. An unknown or wrong key is a problem with its place, never ignored:
a misspelt weight column must not give an unweighted map.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from riskmodel.study_children import (
    BINS,
    MOST_KNOTS,
    SDG_BANDS,
    AgeRange,
    AppliedModel,
    AreaEstimate,
    BlankHours,
    BreakRuleName,
    ComputedOutcome,
    Determinant,
    DeterminantGroup,
    DeterminantKind,
    Estimation,
    Group,
    Interaction,
    LonelyPsu,
    Method,
    MissingRule,
    Name,
    Outcome,
    OutcomeBand,
    Part,
    Population,
    PopulationKind,
    ProductionBoundary,
    Replicates,
    ReplicateType,
    Rule,
    Spline,
    StudyInfo,
    Survey,
)
from riskmodel.study_index import (
    IndexMethod,
    IndexSettings,
    Indicator,
    Mean,
    Normalisation,
    Treatment,
    Weighting,
    Workshop,
)
from riskmodel.study_office import Office
from riskmodel.study_points import Points
from riskmodel.study_published import PublishedTotal
from riskmodel.study_reading import Reading

__all__ = [
    "MOST_KNOTS",
    "SDG_BANDS",
    "AgeRange",
    "AppliedModel",
    "AreaEstimate",
    "AreaModel",
    "Areas",
    "BlankHours",
    "Boundaries",
    "BreakRuleName",
    "ComputedOutcome",
    "Criterion",
    "Determinant",
    "DeterminantGroup",
    "DeterminantKind",
    "Estimation",
    "GivenRisk",
    "Group",
    "IndexMethod",
    "IndexSettings",
    "Indicator",
    "Interaction",
    "Levels",
    "LonelyPsu",
    "Mean",
    "Method",
    "MissingRule",
    "Name",
    "Normalisation",
    "Observed",
    "Office",
    "Outcome",
    "OutcomeBand",
    "Part",
    "Population",
    "PopulationKind",
    "Privacy",
    "ProductionBoundary",
    "PublishedTotal",
    "Reading",
    "ReplicateType",
    "Replicates",
    "Rule",
    "Spline",
    "Study",
    "StudyInfo",
    "Survey",
    "TableJoin",
    "Treatment",
    "Weighting",
    "Workshop",
]


class TableJoin(Part):
    file: Name
    sheet: str = ""
    area_code: Name


class Areas(Part):
    file: Name
    sheet: str = ""
    area_code: Name
    area_name: str = ""
    parent_code: str = ""
    parent_name: str = ""
    children: str = ""
    year: int | None = None
    source: str = ""
    join: tuple[TableJoin, ...] = ()


class GivenRisk(Part):
    risk: Name
    se: str = ""
    scale: Literal["proportion", "percent"] = "proportion"


class AreaModel(Part):
    """Direct rates of some or all areas: cases and totals, or a rate with its error or its number of children."""

    cases: str = ""
    total: str = ""
    rate: str = ""
    se: str = ""
    n: str = ""
    unit: Literal["proportion", "percent"] = "proportion"
    design_effect: float = Field(1.0, ge=0.1, le=50)
    sampled: float = Field(0.0, ge=0, lt=1)
    sampled_column: str = ""
    scale: Literal["arcsine", "logit"] = "arcsine"
    parent_effect: bool = True
    smooth: bool = False
    indicators: tuple[Name, ...] = ()
    selection: Literal["all", "lasso"] = "all"
    errors: Literal["given", "smoothed"] = "given"
    bootstrap: int = Field(0, ge=0, le=2000)
    benchmark: bool = True

    @field_validator("indicators", mode="before")
    @classmethod
    def _one_or_many(cls, given: object) -> object:
        return (given,) if isinstance(given, str) else given

    @model_validator(mode="after")
    def _one_measure(self) -> AreaModel:
        counted, rated = bool(self.cases and self.total), bool(self.rate and (self.se or self.n))
        if counted == rated or ((self.cases or self.total) and (self.rate or self.se or self.n)):
            raise ValueError("area_model_measure")
        if self.sampled and self.sampled_column:
            raise ValueError("area_model_sampled_twice")
        if self.errors == "smoothed" and not self.se:
            raise ValueError("area_model_nothing_to_smooth")
        if self.smooth and self.bootstrap:
            raise ValueError("area_model_smooth_bootstrap")
        return self


class Observed(Part):
    """A rate measured in some other way, to hold the results against: cases and totals, or a rate."""

    label: str = ""
    cases: str = ""
    total: str = ""
    rate: str = ""
    unit: Literal["proportion", "percent"] = "proportion"
    n: str = ""
    se: str = ""
    design_effect: float = Field(1.0, ge=0.1, le=50)
    year: int | None = None
    source: str = ""

    @model_validator(mode="after")
    def _one_measure(self) -> Observed:
        if bool(self.cases and self.total) == bool(self.rate) or (self.rate and (self.cases or self.total)):
            raise ValueError("observed_measure")
        if self.n and self.se:
            raise ValueError("observed_two_errors")
        return self


class Boundaries(Part):
    file: Name
    layer: str = ""
    area_code: Name | tuple[Name, ...]
    source: str = ""
    crs: str = ""
    encoding: str = ""
    axes: Literal["longitude_latitude", "latitude_longitude"] | None = None


class Levels(Part):
    rule: BreakRuleName = "natural_breaks"
    k: int = Field(3, ge=3, le=5)
    scope: Literal["national", "parent"] = "national"
    cuts: tuple[float, ...] = ()
    bins: int = Field(BINS, ge=10, le=10_000)

    @model_validator(mode="after")
    def _cuts_fit(self) -> Levels:
        if self.rule == "fixed" and (len(self.cuts) != self.k - 1 or list(self.cuts) != sorted(set(self.cuts))):
            raise ValueError("cuts_do_not_fit")
        return self


class Criterion(Part):
    column: Name
    weight: float = Field(1.0, gt=0)
    direction: Literal[1, -1] = 1
    label: str = ""


class Privacy(Part):
    min_count: int = Field(10, ge=0)
    min_children: int = Field(30, ge=0)


class Study(Part):
    """A whole study. Paths of files are relative to the folder of the study file."""

    study: StudyInfo
    outcome: Outcome
    survey: Survey | None = None
    model: AppliedModel | None = None
    population: Population | None = None
    determinant: tuple[Determinant, ...] = ()
    interaction: tuple[Interaction, ...] = ()
    group: tuple[Group, ...] = ()
    areas: Areas | None = None
    indicator: tuple[Indicator, ...] = ()
    index: IndexSettings = IndexSettings()
    given_risk: GivenRisk | None = None
    area_model: AreaModel | None = None
    observed: Observed | None = None
    boundaries: Boundaries | None = None
    levels: Levels = Levels()
    criterion: tuple[Criterion, ...] = ()
    privacy: Privacy = Privacy()
    published_total: tuple[PublishedTotal, ...] = ()
    reading: tuple[Reading, ...] = ()
    points: tuple[Points, ...] = ()
    office: Office = Office()

    def reading_of(self, file: str, sheet: str = "") -> Reading | None:
        """How a file of the study is to be read; None where nothing is declared. One without a sheet serves them all."""
        declared = [r for r in self.reading if r.file == file and r.sheet in (sheet, "")]
        return max(declared, key=lambda r: r.sheet == sheet, default=None)

    def population_rule(self, determinant: Determinant) -> Rule:
        """How the population's column becomes a determinant.

        Where none is given: the survey's rule for microdata; cells and margins use the names of determinant and categories.
        """
        if determinant.population is None and self.population is not None and self.population.kind != "microdata":
            return Rule(column=determinant.name)
        return determinant.population_rule

    def with_population_rules(self) -> tuple[Determinant, ...]:
        """The determinants, each with the rule that is used for the population written out."""
        return tuple(d.model_copy(update={"population": self.population_rule(d)}) for d in self.determinant)

    def files(self) -> tuple[str, ...]:
        """Every input the study names, in order, once each."""
        named = [p.file for p in (self.survey, self.model, self.population, self.areas, self.boundaries) if p]
        named += [j.file for j in self.areas.join] if self.areas else []
        named += [p.file for p in self.published_total if p.file]
        named += [self.index.workshop.file] if self.index.workshop else []
        named += [p.file for p in self.points]
        named += [n.official.file for r in self.reading if r.file in named for n in r.names]
        named += [self.office.logo] if self.office.logo else []
        return tuple(dict.fromkeys(named))
