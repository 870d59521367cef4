"""The Mexican marginalisation index as published: indicators, references, bins of the grades."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from riskmodel.study import Indicator

COLUMNS = ("ANALF", "SBASC", "OVSDE", "OVSEE", "OVSAE", "OVPT", "VHAC", "PL.5000", "PO2SM")
BINS = {2015: 546, 2020: 21}
GRADES = {"Muy bajo": 1, "Bajo": 2, "Medio": 3, "Alto": 4, "Muy alto": 5}
# What the distance of an area without any deprivation is, as the published index and its normalised form say.
IDEAL = {2015: 54.44590711, 2020: 63.86263597}
# Published distances are taken from the worst values of 2010, 2015 and 2020, and 2010's are not at hand: only their weighted
# sum shows in each year's index. These are one set of values, none under the worst of 2015 and 2020, with both sums.
REFERENCES = {
    "ANALF": 79.36052284196772, "SBASC": 91.65, "OVSDE": 79.43, "OVSEE": 69.44330211463337, "OVSAE": 98.88,
    "OVPT": 76.59, "VHAC": 82.74, "PL.5000": 100.0, "PO2SM": 100.0,
}  # fmt: skip


def table(data: Path, year: int) -> pd.DataFrame:
    """The published table, with area_code and indicators under their names."""
    read = pd.read_csv(data / "reference" / "conapo_imm" / f"IMM_{year}.csv", dtype={"CVE_ENT": str, "CVE_MUN": str})
    named = {c: name(c) for c in COLUMNS}
    return read.rename(columns={**named, "CVE_MUN": "area_code", "CVE_ENT": "parent_code"})


def name(column: str) -> str:
    """Name of an indicator in a study."""
    return column.lower().replace(".", "_")


def indicators(references: dict[str, float]) -> tuple[Indicator, ...]:
    """The nine deprivations, best at 0 %."""
    return tuple(
        Indicator(name=name(c), column=c, dimension="marginalisation", best=0.0, reference=references.get(c))
        for c in COLUMNS
    )
