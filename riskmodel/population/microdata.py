"""Score a population of one row per child, or per cell of like children, and add it up to areas, groups and the country.

Only sums leave the engine. A child without a determinant the model needs is not scored; it is counted in its area and
told of in a warning, so nobody disappears silently.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import ibis.expr.types as ir
import pandas as pd

from riskmodel.i18n import N_
from riskmodel.population.benchmark import Benchmark, Target, benchmark
from riskmodel.population.cells import Cells
from riskmodel.population.engine import Engine, EngineSettings, open_engine
from riskmodel.population.group_columns import GroupColumn, check_few
from riskmodel.population.groups import GroupTables, group_tables, together
from riskmodel.population.prediction import Prediction, predict
from riskmodel.population.profiles import count_profiles
from riskmodel.population.raked import RakedProfiles
from riskmodel.population.recode import Recoded
from riskmodel.population.rows import MOSTLY_UNSCORED, population_rows, recoded_of
from riskmodel.population.scoring import (
    SUMS,
    children_sum,
    coded_rows,
    largest,
    scored_rows,
    with_error,
)
from riskmodel.population.term_columns import determinant_column
from riskmodel.problems import InputProblems, Problem, Where, raise_errors
from riskmodel.progress import Progress, quiet
from riskmodel.study import Study
from riskmodel.study_groups import CROSS, group_list
from riskmodel.survey.logit import SurveyModel
from riskmodel.survey.mixed import MixedLogit
from riskmodel.survey.terms import INTERCEPT


@dataclass(frozen=True)
class PopulationScores:
    """A scored population. `children` are sums of weights (counts where there is none); proportions are 0–1.

    areas : area_code, children, scored, area_risk, se, unscored_share, slope (Σ v p (1 − p) / Σ v); by area_code.
    gradient : indexed by area_code, one column per term: d(area_risk)/d(coef); with a benchmark also one per direct
        estimate.
    groups : area_code ("" is the country), group, category ("" is not stated), children, area_risk, se.
    parent_groups : the same by the code of the parent unit.
    gaps : unit, area_code, group, category, against, gap, se; see `groups.GroupTables`.
    national : children, scored, area_risk, se.
    national_gradient : by term.
    profiles : profile and one column per determinant; numbers binned to at most 40 values.
    area_profiles : area_code, profile, weight; scored children only. For margins, the same behind methods.
    shares : determinant, category, share among the children who have the determinant; categories only.

    raking : results.RAKING_COLUMNS, one row per area; empty but for margins.

    `se` is the delta-method error of the coefficients alone, on the scale of the risk.
    """

    areas: pd.DataFrame
    gradient: pd.DataFrame
    groups: pd.DataFrame
    national: dict[str, float]
    national_gradient: pd.Series
    profiles: pd.DataFrame
    area_profiles: pd.DataFrame | RakedProfiles
    shares: pd.DataFrame
    problems: tuple[Problem, ...]
    benchmark: Benchmark | None = None
    prediction: Prediction | None = None  # where risks are predictions with the effects of the survey's areas
    raking: pd.DataFrame = field(default_factory=pd.DataFrame)
    parent_groups: pd.DataFrame = field(default_factory=pd.DataFrame)
    gaps: pd.DataFrame = field(default_factory=pd.DataFrame)


def score_population(
    study: Study,
    folder: Path,
    model: SurveyModel,
    progress: Progress = quiet,
    scratch: Path | None = None,
    settings: EngineSettings | None = None,
    target: Target | None = None,
    parents: pd.Series | None = None,
    mixed: MixedLogit | None = None,
) -> PopulationScores:
    """Apply a fitted model to every child of the study's population file: microdata, or cells.

    Parameters
    ----------
    study : Study
        With a population table. `outcome.age` limits the children by its `population_column`, else its `column`; cells
        without such a column are of children of the declared ages.
    folder : Path
        Where the study's files are.
    progress : callable
        Called with a step and the share of this work done before it; may raise to stop.
    scratch : Path, optional
        Folder for temporary files, which are deleted; the system's if absent.
    target : Target, optional
        Direct estimates of the survey that the population is to agree with.
    parents : Series, optional
        Parent unit by area_code, to report groups by.
    mixed : MixedLogit, optional
        What the survey says of each area; `model` then holds its coefficients. Not together with `target`.

    Returns
    -------
    PopulationScores
        Its problems are warnings: categories the survey never had, missing values, children left out.

    Raises
    ------
    InputProblems
        The file is absent, cannot be read or lacks columns; weights are not above zero; no children in the age range;
        a column cannot hold its determinant; more than half of the children cannot be scored.

    References
    ----------
    Delta method: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, section 5.5.
    """
    assert study.population is not None  # the study was checked
    where = Where(Path(study.population.file).name)
    try:
        return _score(study, folder, model, progress, scratch, settings, where, target, parents, mixed)
    except (duckdb.ConversionException, duckdb.InvalidInputException) as error:
        raise InputProblems([Problem("population_not_readable", where)]) from error


def _score(
    study: Study,
    folder: Path,
    model: SurveyModel,
    progress: Progress,
    scratch: Path | None,
    settings: EngineSettings | None,
    where: Where,
    target: Target | None,
    parents: pd.Series | None,
    mixed: MixedLogit | None,
) -> PopulationScores:
    """The steps of `score_population`, inside an engine that is closed and emptied at the end."""
    assert study.population is not None
    with open_engine(scratch, settings) as engine:
        progress(N_("Opening the population file"), 0.0)
        rows, columns, problems = population_rows(engine, study, folder, where)
        progress(N_("Reading the determinants of the population"), 0.15)
        recoded = [
            recoded_of(rows, study, name, model.terms.categories.get(name, ()), where)
            for name in model.terms.determinants
        ]
        problems += [p for r in recoded for p in r.problems]
        raise_errors(problems)
        progress(N_("Scoring every child"), 0.30)
        coded = engine.store(coded_rows(rows, recoded, [c.name for c in columns.values()]))
        scored = engine.seen(scored_rows(coded, model))
        columns |= {
            r.determinant.name: GroupColumn(determinant_column(i), r.labels)
            for i, r in enumerate(recoded)
            if r.determinant.name not in columns
        }
        groups = {g.name: [columns[name] for name in g.cross or (g.name,)] for g in group_list(study)}
        problems += check_few(coded, groups, where)
        raise_errors(problems)
        return _add_up(engine, scored, recoded, groups, model, problems, where, progress, target, parents, mixed)


def _add_up(
    engine: Engine,
    scored: ir.Table,
    recoded: list[Recoded],
    groups: dict[str, list[GroupColumn]],
    model: SurveyModel,
    problems: list[Problem],
    where: Where,
    progress: Progress,
    target: Target | None,
    parents: pd.Series | None,
    mixed: MixedLogit | None,
) -> PopulationScores:
    """All sums of the scored rows."""
    progress(N_("Adding up areas"), 0.50)
    terms, size = model.terms, largest(scored, model.terms)
    shifted: Benchmark | Prediction | None = None
    if mixed is not None:
        scored, shifted = predict(engine, scored, mixed, size)
    elif target is not None and len(target.direct):
        scored, shifted = benchmark(engine, scored, model, target, size)
    names = shifted.names if shifted else tuple(terms.names)
    cov = shifted.cov if shifted else model.cov
    cells = Cells.of(scored, groups, terms, size)
    sums = cells.by([])
    slope = sums[INTERCEPT] / sums["scored"].where(sums["scored"] > 0)
    sums = shifted.linearise(sums) if shifted else sums
    country = sums[[*SUMS, *names]].sum().to_frame().T
    unscored = 1 - float(country["scored"].iloc[0] / country["children"].iloc[0])
    if unscored > MOSTLY_UNSCORED:
        problems.append(Problem("population_mostly_unscored", where, {"percent": round(100 * unscored, 1)}))
    raise_errors(problems)
    risk, gradient = with_error(sums, model, names, cov)
    areas = pd.concat([sums[["area_code", "children", "scored"]], risk], axis=1)
    areas["unscored_share"] = 1 - areas["scored"] / areas["children"]
    areas["slope"] = slope
    national, national_gradient = with_error(country, model, names, cov)
    progress(N_("Adding up groups"), 0.60)
    found = together([_group(cells, name, columns, model, shifted, parents) for name, columns in groups.items()])
    progress(N_("Counting combinations of determinants"), 0.75)
    profiles, area_profiles = count_profiles(scored, terms, size)
    progress(N_("Comparing categories"), 0.95)
    return PopulationScores(
        areas=areas,
        gradient=gradient.set_index(areas["area_code"]),
        groups=found.cells,
        parent_groups=found.parents,
        gaps=found.gaps,
        national={
            "children": float(country["children"].iloc[0]),
            "scored": float(country["scored"].iloc[0]),
            "area_risk": float(national["area_risk"].iloc[0]),
            "se": float(national["se"].iloc[0]),
        },
        national_gradient=national_gradient.iloc[0].rename("gradient"),
        profiles=profiles,
        area_profiles=area_profiles,
        shares=_shares(scored, recoded, model, size),
        problems=tuple(problems),
        benchmark=shifted if isinstance(shifted, Benchmark) else None,
        prediction=shifted if isinstance(shifted, Prediction) else None,
    )


def _group(
    cells: Cells,
    name: str,
    columns: list[GroupColumn],
    model: SurveyModel,
    shifted: Benchmark | Prediction | None,
    parents: pd.Series | None,
) -> GroupTables:
    """One group, of one column or two crossed, for areas, parent units and the country."""
    sums = cells.by([c.name for c in columns])
    parts = [column.words(sums.pop(column.name)) for column in columns]
    sums["category"] = parts[0] if len(parts) == 1 else parts[0] + CROSS + parts[1]
    names, cov = (shifted.names, shifted.cov) if shifted else (tuple(model.terms.names), model.cov)
    sums = shifted.linearise(sums) if shifted else sums
    return group_tables(sums, name, model, names, cov, parents, paired=len(parts) == 1)


def _shares(scored: ir.Table, recoded: list[Recoded], model: SurveyModel, size: pd.Series) -> pd.DataFrame:
    """Weighted share of every category among the children who have the determinant."""
    named = {
        f"share_{i}_{code}": (one, code, scored[determinant_column(i)] == code)
        for i, one in enumerate(recoded)
        if not model.terms.is_numeric(one.determinant.name)
        for code in range(len(one.labels))
    }
    if not named:
        return pd.DataFrame(columns=["determinant", "category", "share"])
    sums = {name: children_sum(scored.weight, size, where=inside) for name, (_, _, inside) in named.items()}
    row = scored.agg(**sums).to_pandas().iloc[0].astype(float)
    table = pd.DataFrame(
        [
            (one.determinant.name, one.labels[code], row[name])
            for name, (one, code, _) in named.items()
            if row[name] > 0
        ],
        columns=["determinant", "category", "share"],
    )
    table["share"] /= table.groupby("determinant")["share"].transform("sum")
    return table.sort_values(["determinant", "category"], ignore_index=True)
