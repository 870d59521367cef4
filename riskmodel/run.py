"""Run a study: the order of steps from its files to its results.

Each route makes estimates by area its own way; everything after that table is the same for all.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from riskmodel.areamodel.applied import study_with_area_model
from riskmodel.areamodel.portable import portable_area_model, read_any_model
from riskmodel.areamodel.portable_schema import PortableAreaModel
from riskmodel.areas.estimators import estimators_table
from riskmodel.areas.reconcile import reconcile
from riskmodel.areas.suppress import suppress_areas
from riskmodel.areas.suppress_groups import GroupCells, suppress_group_cells
from riskmodel.areas.table import AreaTables, build_tables, with_stability
from riskmodel.decisions.peers import most_similar, peer_features
from riskmodel.decisions.priorities import priority_list
from riskmodel.decisions.profiles import level_profile
from riskmodel.decisions.validation import validate_study
from riskmodel.declaration import declaration
from riskmodel.i18n import N_, translator
from riskmodel.inputs.areas import read_areas
from riskmodel.inputs.read import sha256
from riskmodel.problems import InputProblems, Problem, Where, problems_table, raise_errors
from riskmodel.progress import Progress, quiet
from riskmodel.results import Results
from riskmodel.routes import (
    RouteResult,
    applied_area_model,
    area_model,
    given_risk,
    parent_of,
    risk_model,
    vulnerability_index,
)
from riskmodel.study import AppliedModel, Criterion, Study
from riskmodel.study_groups import crossings
from riskmodel.survey.applied import study_with_model
from riskmodel.survey.model_file import as_it_came, portable_model
from riskmodel.survey.model_schema import PortableModel

PRODUCT = "Mirador"
VERSION = "0.1.0"


def run_study(
    study: Study, folder: Path, scratch: Path, progress: Progress = quiet, model_file: Path | None = None
) -> Results:
    """Everything a study asks for, in memory.

    Parameters
    ----------
    study : Study
    folder : Path
        Where the study's files are.
    scratch : Path
        A folder of the caller's for temporary files; emptied by the caller.
    model_file : Path, optional
        A portable model anywhere on disk, to be applied in place of the one the study names.

    Raises
    ------
    InputProblems
        An input cannot be used; carries every problem found.
    Cancelled
        `progress` raised it.
    """
    started, clock = dt.datetime.now(dt.UTC), time.perf_counter()
    progress(N_("Reading the files"), 0.0)
    study = study_applying(study, model_file) if model_file is not None else study
    inputs = _fingerprints(study, folder, model_file)
    study, applied, problems = set_up_model(study, folder, model_file)
    names, found = read_areas(study, folder) if study.areas else (None, [])
    raise_errors([*problems, *found])
    route = _route(study, folder, scratch, names, progress, applied)
    problems = [*problems, *found, *route.problems]
    raise_errors(problems)

    progress(N_("Building the table of areas"), 0.80)
    measure = "index" if study.study.method == "vulnerability_index" else "area_risk"
    tables = build_tables(route.estimates, names, measure, study.levels, study.study.seed)
    if tables.areas[measure].notna().sum() == 0:
        raise InputProblems([*problems, Problem("no_area_has_estimate")])
    problems = [*problems, *tables.classes.notes]
    examined = route.examine(tables)
    tables = with_stability(tables, examined.index_robustness)
    progress(N_("Finding what sets each area apart"), 0.86)
    contributions = route.contributions(tables)
    progress(N_("Ordering the priorities"), 0.94)
    indicators = _indicators(study, names)
    progress(N_("Finding areas alike"), 0.95)
    features = peer_features(route.shares, indicators)
    areas, area_problems = suppress_areas(tables.areas, study.privacy)
    parents = suppress_areas(tables.parents, study.privacy)[0] if len(tables.parents) else tables.parents
    cells = _shown_groups(route, names, study)
    priorities = _priorities(study, tables.areas, areas, indicators)
    totals, found_totals = reconcile(study, folder, tables.areas) if study.published_total else (pd.DataFrame(), [])
    validated = validate_study(study, tables.areas, names, measure)
    results = Results(
        areas=areas,
        parents=parents,
        national=tables.national,
        groups=cells.groups,
        parent_groups=cells.parents,
        gaps=cells.gaps,
        coefficients=route.coefficients,
        harmonisation=route.harmonisation,
        contributions=contributions,
        priorities=priorities,
        indicators=indicators,
        index_scores=route.index_scores,
        problems=problems_table([*problems, *area_problems, *found_totals]),
        raking=route.raking,
        estimators=estimators_table(route.estimators, tables.areas),
        profile=level_profile(areas, route.shares, indicators, study.privacy),
        peers=most_similar(features, areas, measure),
        validation=validated.areas if validated else pd.DataFrame(),
        agreement=validated.summary if validated else {},
        reconciliation=totals,
        direct=route.direct,
        diagnostics={**route.diagnostics, **examined.record},
        **examined.tables(),
    )
    progress(N_("Finishing"), 0.97)
    manifest = _manifest(study, inputs, tables, route, applied, started, time.perf_counter() - clock)
    return replace(results, manifest=manifest, model=_portable(study, route, applied, names, manifest))


def _shown_groups(route: RouteResult, names: pd.DataFrame | None, study: Study) -> GroupCells:
    """Groups of areas and parent units, those with too few children left out."""
    cells = GroupCells(route.groups, route.parent_groups, route.gaps)
    return suppress_group_cells(cells, parent_of(names), crossings(study), study.privacy)


def study_applying(study: Study, model_file: Path) -> Study:
    """The study with a model from elsewhere in place of the one it names."""
    named = study.model or AppliedModel(file=model_file.name)
    return study.model_copy(update={"model": named.model_copy(update={"file": model_file.name})})


def set_up_model(
    study: Study, folder: Path, model_file: Path | None = None
) -> tuple[Study, PortableModel | PortableAreaModel | None, list[Problem]]:
    """The study as it runs, with the model from a file it asks for, if any. Raises `InputProblems` for a bad file."""
    if study.model is None:
        return study, None, []
    path = model_file or folder / study.model.file
    model = read_any_model(path)
    if model.kind != study.study.method:
        values = {"of_model": model.kind, "method": study.study.method}
        raise InputProblems([Problem("model_other_kind", Where(path.name), values)])
    if isinstance(model, PortableAreaModel):
        made, problems = study_with_area_model(study, model, study.model.file)
    else:
        made, problems = study_with_model(study, model, study.model.file)
    return made, model, problems


def _portable(
    study: Study,
    route: RouteResult,
    applied: PortableModel | PortableAreaModel | None,
    names: pd.DataFrame | None,
    manifest: dict[str, Any],
) -> dict[str, Any]:
    """The model of a run as its file holds it; one that came from a file goes on as it came."""
    origin = manifest["fingerprint"], f"{PRODUCT} {VERSION}"
    if isinstance(applied, PortableModel):
        return as_it_came(applied)
    if applied is not None:
        return applied.model_dump(mode="json")
    if route.area_fit is not None and names is not None:
        pairs = names[["parent_code", "parent_name"]].dropna().astype(str)
        called = {code: name for code, name in pairs.itertuples(index=False) if code != name}
        return portable_area_model(study, route.area_fit, dict(route.diagnostics), called, *origin).model_dump(
            mode="json"
        )
    if route.fitted is None:
        return {}
    fitted = route.fitted
    return portable_model(study, fitted.model, fitted.between, fitted.shares, *origin).model_dump(mode="json")


def _route(
    study: Study,
    folder: Path,
    scratch: Path,
    names: pd.DataFrame | None,
    progress: Progress,
    applied: PortableModel | PortableAreaModel | None,
) -> RouteResult:
    if isinstance(applied, PortableAreaModel):
        assert names is not None
        return applied_area_model(study, names, progress, applied)
    match study.study.method:
        case "risk_model":
            return risk_model(study, folder, scratch, names, progress, applied)
        case "vulnerability_index":
            assert names is not None  # the study was checked: this route has [areas]
            return vulnerability_index(study, folder, names, progress)
        case "area_model":
            assert names is not None
            return area_model(study, names, progress)
        case "given_risk":
            assert names is not None
            return given_risk(names)


def _indicators(study: Study, names: pd.DataFrame | None) -> pd.DataFrame:
    if names is None or not study.indicator:
        return pd.DataFrame()
    return names[["area_code", *(i.name for i in study.indicator)]].sort_values("area_code", ignore_index=True)


def _priorities(study: Study, areas: pd.DataFrame, shown: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """The list by the study's criteria. Small counts take part in the order but are not printed."""
    table = areas.merge(indicators, on="area_code", how="left") if len(indicators) else areas
    ordered = priority_list(table, study.criterion or default_criteria(study), study.study.seed)
    if "expected_count" in ordered:
        printed = shown.set_index("area_code")["expected_count"]
        ordered["expected_count"] = printed.reindex(ordered["area_code"]).to_numpy()
        ordered.loc[ordered["expected_count"].isna(), "expected_count__score"] = float("nan")
    return ordered


def default_criteria(study: Study) -> tuple[Criterion, ...]:
    """Risk and expected number in equal parts; the index alone where nothing is counted."""
    if study.study.method == "vulnerability_index":
        return (Criterion(column="index"),)
    counted = study.population is not None or (study.areas is not None and study.areas.children)
    columns = ("area_risk", "expected_count") if counted else ("area_risk",)
    return tuple(Criterion(column=c) for c in columns)


def _fingerprints(study: Study, folder: Path, model_file: Path | None = None) -> list[dict[str, object]]:
    """Name, size and SHA-256 of every input; a file that is absent is a problem."""
    found: list[dict[str, object]] = []
    problems: list[Problem] = []
    for name in study.files():
        paths = sorted(folder.glob(name)) if any(c in name for c in "*?[") else [folder / name]
        if model_file is not None and study.model is not None and name == study.model.file:
            paths = [model_file]
        existing = [p for p in paths if p.is_file()]
        if not existing:
            problems.append(Problem("file_absent", Where(name)))
        for path in existing:
            shown = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
            found.append({"file": shown, "bytes": path.stat().st_size, "sha256": sha256(path)})
    raise_errors(problems)
    return found


def _manifest(
    study: Study,
    inputs: list[dict[str, object]],
    tables: AreaTables,
    route: RouteResult,
    applied: PortableModel | PortableAreaModel | None,
    started: dt.datetime,
    seconds: float,
) -> dict[str, Any]:
    """Settings, inputs, versions and classes: what is needed to make the same tables again."""
    settings = study.model_dump(mode="json")
    versions = {
        name: importlib.metadata.version(name)
        for name in ("numpy", "pandas", "scipy", "duckdb", "ibis-framework", "esda", "libpysal")
    }
    # Who publishes changes no number: another telephone makes no other study.
    own = {name: part for name, part in settings.items() if name != "office"}
    read = [entry for entry in inputs if entry["file"] != study.office.logo]
    identity = json.dumps([VERSION, own, read], sort_keys=True, ensure_ascii=False)
    years = {
        "survey": study.survey.year
        if study.survey
        else applied.survey.year
        if isinstance(applied, PortableModel)
        else None,
        "population": study.population.year if study.population else None,
        "outcome": study.outcome.year,
        "areas": study.areas.year if study.areas else None,
    }
    return {
        "product": PRODUCT,
        "version": VERSION,
        "method": study.study.method,
        "definition": declaration(study, translator(study.study.language)),
        "fingerprint": hashlib.sha256(identity.encode()).hexdigest()[:12],
        "created": started.isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "synthetic": study.study.synthetic,
        "areas": len(tables.areas),
        "interval": route.interval,
        "k": len(tables.classes.breaks),
        "breaks": [float(b) for b in tables.classes.breaks],
        "gvf": None if pd.isna(tables.classes.gvf) else float(tables.classes.gvf),
        "levels": tables.legend,
        "coverage": study.population.coverage if study.population else None,
        "years": {name: year for name, year in years.items() if year},
        "inputs": inputs,
        "model": _origin(applied),
        "versions": versions,
        "study": settings,
    }


def _origin(applied: PortableModel | PortableAreaModel | None) -> dict[str, object] | None:
    """Where a model from a file comes from; None for a model fitted in this run, and for other methods."""
    if applied is None:
        return None
    measured = applied.measured if isinstance(applied, PortableAreaModel) else applied.survey
    return {
        "study": applied.study,
        "country": applied.country,
        "fingerprint": applied.fingerprint,
        "checksum": applied.checksum,
        "program": applied.program,
        "source": measured.source,
        "year": measured.year,
    }
