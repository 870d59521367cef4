"""Look at a population before a run: its columns, ages, areas, weights, and how far the rules read it. Nothing is scored.

What a check says is what the run would say of the same file, since both go through the same code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import ibis.expr.types as ir
import pandas as pd

from riskmodel.inputs.harmonise import SHARE_COLUMNS
from riskmodel.population.engine import open_engine
from riskmodel.population.margins_table import read_margins
from riskmodel.population.rows import population_rows, recoded_of
from riskmodel.problems import MISSING_CATEGORY, InputProblems, Problem, Where
from riskmodel.study import Study

# Categories of each determinant the model would have, the reference first or in any order.
Known = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class PopulationCheck:
    """What was found: rows (children, or cells and margins), area codes, and the weighted share of every category."""

    problems: tuple[Problem, ...]
    rows: int = 0
    children: float = 0.0  # by the weights or counts of the file
    areas: tuple[str, ...] = ()
    shares: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=SHARE_COLUMNS))


def known_categories(frame: pd.DataFrame, study: Study) -> dict[str, tuple[str, ...]]:
    """Categories of each categorical determinant among the children of the survey, as a model of it would have them."""
    inside = frame[frame["in_domain"].to_numpy(bool)]
    names = [d.name for d in study.determinant if d.kind == "categorical"]
    return {name: tuple(sorted(inside[name].dropna().astype(str).unique())) for name in names}


def check_population(study: Study, folder: Path, known: Known | None, scratch: Path | None = None) -> PopulationCheck:
    """Read what a run would read of the population, without scoring anybody.

    Parameters
    ----------
    study : Study
        With a population. Determinants that are out of the model are not looked at, as in a run.
    known : mapping, optional
        Categories of the survey or of the model by determinant. None where these could not be read: the rules are then
        not compared with them.

    Returns
    -------
    PopulationCheck
        Errors are in its problems; nothing is raised for bad data.
    """
    population = study.population
    assert population is not None
    study = study.model_copy(update={"determinant": tuple(d for d in study.determinant if d.in_model)})
    try:
        if population.kind == "margins":
            return _margins(study, folder, known)
        return _rows(study, folder, known, scratch)
    except InputProblems as error:
        return PopulationCheck(error.problems)
    except (duckdb.ConversionException, duckdb.InvalidInputException):
        return PopulationCheck((Problem("population_not_readable", Where(Path(population.file).name)),))


def _margins(study: Study, folder: Path, known: Known | None) -> PopulationCheck:
    margins = read_margins(study, folder)
    counts, parts = margins.counts, []
    for determinant in (d for d in study.determinant if d.kind == "categorical"):
        own = counts[counts["determinant"] == determinant.name]
        category = own["category"]
        if known and MISSING_CATEGORY in known.get(determinant.name, ()):
            category = category.fillna(MISSING_CATEGORY)
        total = own["count"].groupby(category.astype("string")).sum()
        parts.append(_share(determinant.name, total[total > 0]))
    first = counts[counts["determinant"] == study.determinant[0].name] if study.determinant else counts.head(0)
    codes = tuple(sorted({*map(str, counts["area_code"]), *map(str, margins.incomplete["area_code"])}))
    shares = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=SHARE_COLUMNS)
    return PopulationCheck(margins.problems, len(counts), float(first["count"].sum()), codes, shares)


def _rows(study: Study, folder: Path, known: Known | None, scratch: Path | None) -> PopulationCheck:
    """Children or cells."""
    assert study.population is not None
    where = Where(Path(study.population.file).name)
    with open_engine(scratch) as engine:
        rows, _, problems = population_rows(engine, study, folder, where)
        found = rows.agg(n=rows.count(), children=rows.weight.sum()).to_pandas().iloc[0]
        codes = rows.select("area_code").distinct().to_pandas()["area_code"].astype(str)
        parts = []
        for determinant in study.determinant if known is not None else ():
            assert known is not None
            recoded = recoded_of(rows, study, determinant.name, known.get(determinant.name, ()), where)
            problems += recoded.problems
            if determinant.kind == "categorical":
                parts.append(_share(determinant.name, _weights(rows, recoded.value, recoded.labels)))
    shares = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=SHARE_COLUMNS)
    children = float(found["children"] or 0)
    return PopulationCheck(tuple(problems), int(found["n"]), children, tuple(sorted(codes)), shares)


def _weights(rows: ir.Table, value: ir.Value, labels: tuple[str, ...]) -> pd.Series:
    """Weight of the children of each category, those without one left out."""
    coded = rows.select(code=value, weight=rows.weight).filter(lambda t: t.code.notnull())
    sums = coded.group_by("code").agg(total=lambda t: t.weight.sum()).to_pandas()
    return pd.Series(sums["total"].to_numpy(float), [labels[int(code)] for code in sums["code"]]).sort_index()


def _share(name: str, totals: pd.Series) -> pd.DataFrame:
    share = totals / totals.sum() if len(totals) else totals
    return pd.DataFrame({"determinant": name, "category": share.index.astype(str), "share": share.to_numpy(float)})
