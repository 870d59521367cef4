"""Two small runs of different years, made in memory through the route of a given risk or of the index."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from riskmodel.results import Results
from riskmodel.run import run_study
from riskmodel.study_file import parse_study

CODES = ["0101", "0102", "0103", "0201", "0202", "0203"]
CHILDREN = [1000, 2000, 1500, 800, 900, 3000]
EARLIER = [0.05, 0.08, 0.12, 0.06, 0.20, 0.10]
LATER = [0.06, 0.06, 0.21, 0.06, 0.11, 0.12]
SE = 0.012

STUDY = """[study]
name = "Study {year}"
language = "en"
method = "{method}"
country = "{country}"

[outcome]
name = "Child labour"
definition = "{definition}"
year = {year}
age = {{ min = {age}, max = 17 }}

[areas]
file = "areas.csv"
area_code = "code"
area_name = "name"
parent_code = "dep"
children = "kids"

{part}
{levels}
"""
GIVEN = '[given_risk]\nrisk = "risk"\nse = "se"\n'
INDEX = '[[indicator]]\nname = "farm"\ndimension = "work"\n\n[[indicator]]\nname = "school"\ndimension = "school"\n'


def table(
    values: list[float], codes: list[str] = CODES, children: list[int] = CHILDREN, se: float = SE
) -> pd.DataFrame:
    return pd.DataFrame({"code": codes, "name": [f"Place {c}" for c in codes], "dep": [c[:2] for c in codes],
                         "kids": children, "risk": values, "se": se})  # fmt: skip


def write(
    folder: Path,
    rows: pd.DataFrame,
    year: int,
    definition: str = "Worked in the week",
    age: int = 5,
    country: str = "",
    levels: str = "",
    method: str = "given_risk",
    part: str = GIVEN,
) -> Path:
    """The files of one year; gives the study file."""
    folder.mkdir(parents=True, exist_ok=True)
    rows.to_csv(folder / "areas.csv", index=False)
    text = STUDY.format(year=year, definition=definition, age=age, country=country, levels=levels, method=method, part=part)  # fmt: skip
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return folder / "study.toml"


def run(folder: Path, rows: pd.DataFrame, year: int, **changes: object) -> Results:
    """A finished run of one year."""
    path = write(folder / str(year), rows, year, **changes)  # type: ignore[arg-type]
    return run_study(parse_study(path.read_text(encoding="utf-8")), path.parent, folder)
