"""What the workbook of the index holds and where: the same area stands on the same row of every sheet.

Areas are ordered by parent unit, so that a unit is one block of rows and its median is a plain range.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from riskmodel.i18n import Translator
from riskmodel.index.availability import Filled, fill
from riskmodel.index.treat import RECORD_COLUMNS, Treated
from riskmodel.outputs.spreadsheets.style import sheet_names
from riskmodel.results import Results
from riskmodel.study import Indicator, Study

# Rows and columns from zero: heads stand here on every sheet of areas, and areas begin one row below.
HEAD = 11
FIRST = HEAD + 1
# Columns of every sheet of areas: code, name, parent unit, a column of the sheet's own, then indicators or dimensions.
CODE, NAME, UNIT, OWN, START = range(5)
# Rows above the head of the normalised indicators.
NORMAL_SD, NORMAL_DIMENSION, NORMAL_WEIGHT, NORMAL_DIRECTION, NORMAL_LOW, NORMAL_HIGH, NORMAL_ZERO, NORMAL_HUNDRED = (
    range(3, 11)
)
# Columns of the sheet of indicators that only some ways need: best value, worst value or reference, own share (DP2).
BEST, WORST, FACTOR = 11, 12, 13


@dataclass(frozen=True)
class Block:
    """Areas of one parent unit: rows `first` to `last` of every sheet of areas."""

    code: str
    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Plan:
    """Everything the sheets are written from. `areas` is in the order of the rows, by area_code."""

    results: Results
    study: Study
    t: Translator
    names: dict[str, str]  # name of each sheet
    indicators: tuple[Indicator, ...]
    areas: pd.DataFrame  # area_name, parent_code, parent_name, children, index, rank, level
    raw: pd.DataFrame  # (n_areas, n_indicators)
    blocks: tuple[Block, ...]

    @property
    def last(self) -> int:
        """The last row of areas."""
        return FIRST + len(self.areas) - 1

    @property
    def end(self) -> int:
        """The column after the last indicator."""
        return START + len(self.indicators)

    @cached_property
    def dimensions(self) -> list[str]:
        """Declared names of the dimensions, in order."""
        return list(dict.fromkeys(i.dimension for i in self.indicators))

    @cached_property
    def dimension_labels(self) -> list[str]:
        """Their names as the sheets show them: never empty, and different even for a program that ignores case."""
        return sheet_like_names([d or self.t("All indicators") for d in self.dimensions])

    def label_of(self, dimension: str) -> str:
        """The name of a dimension on the sheets."""
        return self.dimension_labels[self.dimensions.index(dimension)]

    @cached_property
    def unit_row(self) -> dict[str, int]:
        """Row of each parent unit on the sheets of parent units."""
        return {block.code: FIRST + i for i, block in enumerate(self.blocks)}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Number format of each indicator: as many decimals as fit it."""
        return {str(name): _kind(self.raw[name]) for name in self.raw.columns}

    @cached_property
    def filled(self) -> Filled:
        """Which areas are scored, and their values with the gaps filled."""
        return fill(self.raw, self.indicators, self.areas["parent_code"])

    @property
    def method(self) -> str:
        """How the index is made: `mean`, `dp2` or `percentile_rank`."""
        return self.study.index.method

    @property
    def normalisation(self) -> str:
        """How indicators come to one scale; only `mean` has ways."""
        return self.study.index.normalisation

    @property
    def within(self) -> str:
        """Mean of the indicators of a dimension."""
        return self.study.index.within if self.method == "mean" else "arithmetic"

    @property
    def between(self) -> str:
        """Mean of the dimensions."""
        return self.study.index.between if self.method == "mean" else "arithmetic"

    @property
    def declared_weights(self) -> bool:
        """Whether a person gave the weights, so that they may be changed."""
        return self.method == "mean" and self.study.index.weights in ("equal", "given")

    @property
    def sums_weights(self) -> bool:
        """Whether a dimension weighs what its indicators weigh together."""
        return self.method != "mean" or self.study.index.weights in ("entropy", "workshop", "estimated")

    @cached_property
    def weights(self) -> pd.DataFrame:
        """Weights as the index used them, by indicator in the order of the columns."""
        table = pd.DataFrame(self.results.diagnostics["index_weights"]).set_index("indicator")
        return table.loc[[i.name for i in self.indicators]]

    @cached_property
    def points(self) -> pd.DataFrame:
        """By indicator: dimension, and `own`, its weight to the scale the sheet shows."""
        declared = {i.name: i.weight for i in self.indicators}
        own = self.weights["weight"]
        if self.declared_weights:
            own = pd.Series({n: declared[n] if self.study.index.weights == "given" else 1.0 for n in own.index})
        elif self.method == "percentile_rank":
            own = pd.Series(1.0, own.index)
        elif self.method == "dp2":
            own = own * float(self.results.diagnostics["index_method"]["dp2"]["ideal"])
        elif not self.sums_weights:
            own = self.weights["weight_in_dimension"]
        return pd.DataFrame({"dimension": self.weights["dimension"], "own": own})

    @cached_property
    def dimension_points(self) -> dict[str, float]:
        """Weight of each dimension, where it is not the sum of its indicators'."""
        settings = self.study.index
        if self.declared_weights:
            given = settings.dimension_weights if settings.weights == "given" else {}
            return {d: given.get(d, 1.0) for d in self.dimensions}
        share = self.weights.groupby("dimension", sort=False)["dimension_weight"].first()
        return {str(name): float(value) for name, value in share.items()}

    def declared(self, indicator: Indicator, column: int) -> float | None:
        """What the study declares for the columns of best value, reference and own share; None where nothing."""
        if self.method == "dp2":
            if column == FACTOR:
                return float(self.results.diagnostics["index_method"]["dp2"]["factor"][indicator.name])
            worst = indicator.reference if indicator.reference is not None else indicator.worst
            return indicator.best if column == BEST else worst
        if self.normalisation == "reference":
            return indicator.reference
        return indicator.best if column == BEST else indicator.worst

    @property
    def is_treated(self) -> bool:
        """Whether the study treats extreme values."""
        return self.method == "mean" and self.study.index.treatment != "none"

    @cached_property
    def treated(self) -> Treated:
        """The data after treatment, and what was done."""
        rows = {row["indicator"]: row for row in self.results.diagnostics["index_treatment"]}
        record = pd.DataFrame([rows[i.name] for i in self.indicators], columns=RECORD_COLUMNS)
        numbers = [c for c in RECORD_COLUMNS if c not in ("indicator", "treatment")]
        record[numbers] = record[numbers].astype(float)
        return Treated(Treated(self.raw, record).apply(self.raw), record)

    @property
    def observed_sheet(self) -> str:
        """The sheet from which lowest, highest, mean and ranks are taken."""
        return "treated_data" if self.is_treated else "data"

    @property
    def observed(self) -> pd.DataFrame:
        """What stands on it."""
        return self.treated.values if self.is_treated else self.raw

    @property
    def complete_sheet(self) -> str:
        """The sheet whose values are normalised."""
        return "treated" if self.is_treated else "complete"

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Normalised indicators, dimensions and index, by area_code in the order of the rows."""
        return self.results.index_scores.set_index("area_code").reindex(self.areas.index)

    def column(self, row: int, column: int) -> str:
        """All areas of a column, rows and column fixed: `$E$13:$E$42`; `row` is where it begins."""
        letter = xl_col_to_name(column)
        return f"${letter}${row + 1}:${letter}${self.last + 1}"

    def indicator_row(self, row: int, fixed_row: bool = True) -> str:
        """All indicators of a row: `$E$5:$R$5`, or `$E13:$R13`."""
        mark = "$" if fixed_row else ""
        return f"${xl_col_to_name(START)}{mark}{row + 1}:${xl_col_to_name(self.end - 1)}{mark}{row + 1}"

    def block_of(self, column: int, block: Block) -> str:
        """The areas of a parent unit in a column: `E$13:E$42`."""
        letter = xl_col_to_name(column)
        return f"{letter}${block.first + 1}:{letter}${block.last + 1}"


def make_plan(results: Results, t: Translator) -> Plan:
    """The plan of a finished run of the index."""
    study = Study.model_validate(results.manifest["study"])
    columns = ["area_name", "parent_code", "parent_name", "children", "index", "rank", "level"]
    table = results.areas.set_index("area_code")[columns]
    order = table.assign(
        none=table["parent_code"].isna(), unit=table["parent_code"].fillna(""), code=table.index
    ).sort_values(["none", "unit", "code"], kind="stable")
    areas = table.loc[order.index]
    raw = (
        results.indicators.set_index("area_code").reindex(areas.index)[[i.name for i in study.indicator]].astype(float)
    )
    indicators = tuple(sorted(study.indicator, key=lambda i: _first(study.indicator, i)))
    return Plan(
        results=results,
        study=study,
        t=t,
        names=_names(t),
        indicators=indicators,
        areas=areas,
        raw=raw[[i.name for i in indicators]],
        blocks=_blocks(areas),
    )


def _first(indicators: tuple[Indicator, ...], one: Indicator) -> int:
    """Place of the first indicator of the same dimension: indicators of a dimension stand side by side."""
    return next(place for place, other in enumerate(indicators) if other.dimension == one.dimension)


def _blocks(areas: pd.DataFrame) -> tuple[Block, ...]:
    found = []
    place = pd.Series(np.arange(FIRST, FIRST + len(areas)), areas.index)
    known = areas[areas["parent_code"].notna()]
    for code, inside in known.groupby("parent_code", sort=True):
        rows = place[inside.index]
        found.append(Block(str(code), str(inside["parent_name"].iloc[0]), int(rows.min()), int(rows.max())))
    return tuple(found)


def _kind(values: pd.Series) -> str:
    known = values.dropna()
    if (known == known.round()).all():
        return "count"
    return "number3" if known.abs().max() <= 2 else "number"


def _names(t: Translator) -> dict[str, str]:
    wanted = {
        "read_me": t("Read me"),
        "indicators": t("Indicators"),
        "data": t("Data"),
        "medians": t("Medians"),
        "complete": t("Complete"),
        "treated_data": t("Treated data"),
        "treated": t("Treated"),
        "normalised": t("Normalised"),
        "dimensions": t("Dimensions"),
        "index": t("Index"),
        "levels": t("Levels"),
        "parents": t("Parent units"),
        "contributions": t("Contributions"),
    }
    return dict(zip(wanted, sheet_names(list(wanted.values())), strict=True))


def sheet_like_names(labels: list[str]) -> list[str]:
    """Labels of which no two are alike when case is ignored; the second of a pair gets a number."""
    taken: list[str] = []
    for label in labels:
        tried, number = label, 2
        while tried.casefold() in {other.casefold() for other in taken}:
            tried, number = f"{label} ({number})", number + 1
        taken.append(tried)
    return taken
