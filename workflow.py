"""The steps both doors share: check a study, run it, write what it found.

The command line and the screens call these and nothing deeper, so what one can do the other can. Here statistics
(`riskmodel`) and geometry (`geodata`) meet; neither knows the other.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd
import ibis
import pandas as pd

from compared_areas import EXPLAINED, compared_in_study
from geodata.codes import match_codes, match_problems
from geodata.export import write_map_files
from geodata.neighbours import neighbour_pairs
from points_of_study import boundaries_of, make_points
from riskmodel.areas.reconcile import reconcile
from riskmodel.decisions.clusters import find_clusters
from riskmodel.i18n import N_, translator
from riskmodel.index.of_study import check_points
from riskmodel.inputs.area_codes import check_area_codes, check_survey_areas
from riskmodel.inputs.areas import read_areas
from riskmodel.inputs.compared_files import FilesCompared
from riskmodel.inputs.harmonise import harmonisation_table, survey_shares
from riskmodel.inputs.office import check_sources, read_office, write_office
from riskmodel.inputs.study_table import register_of
from riskmodel.inputs.survey import read_survey
from riskmodel.inputs.weights import check_totals
from riskmodel.outputs.report import REPORTS
from riskmodel.outputs.slides import SLIDES
from riskmodel.outputs.spreadsheets.index_book import WORKBOOK, write_index_workbook
from riskmodel.outputs.spreadsheets.results_book import RESULTS, write_results_book
from riskmodel.population.check import check_population, known_categories
from riskmodel.population.engine import as_text, open_engine
from riskmodel.problems import InputProblems, Problem, Where, problems_table, raise_errors
from riskmodel.progress import Progress, quiet
from riskmodel.results import Results, read_results, write_results
from riskmodel.run import run_study, set_up_model, study_applying
from riskmodel.study import Study
from riskmodel.study_file import FILE_NAME, check_study, read_study
from riskmodel.survey.model_file import shares_of
from riskmodel.survey.model_schema import PortableModel
from riskmodel.workspace import PART, Workspace

# What a run writes at the top of its folder; anything else found there is the person's own and is kept.
OWN_SUFFIXES = (".csv", ".parquet", ".json", ".gpkg", ".geojson")
OWN_FOLDERS = ("sheets", "figures", "validation")
OWN_FILES = (RESULTS, WORKBOOK, *REPORTS, SLIDES)


# What of a column of codes may be shown on screen: at least so many rows each, so long, so many.
CODE_LEAST, CODE_LENGTH, CODE_MOST = 3, 20, 60


@dataclass(frozen=True)
class CheckReport:
    """What `check` found: problems of every input, how many rows each table has, and how alike the sources are.

    `harmonisation` is as `harmonisation_table` gives it; empty without a survey (or model) and a population. `compared` are
    the tables and the map side by side where their areas differ.
    """

    problems: tuple[Problem, ...]
    rows: dict[str, int]
    harmonisation: pd.DataFrame = field(default_factory=pd.DataFrame)
    compared: tuple[FilesCompared, ...] = ()

    @property
    def ok(self) -> bool:
        return not any(p.is_error for p in self.problems)


def check_inputs(study: Study, folder: Path) -> CheckReport:
    """Read every input as a run would, and gather all problems; scores nobody, raises nothing for bad data."""
    problems: list[Problem] = []
    rows: dict[str, int] = {}
    try:
        problems += [p for made in make_points(study, folder) for p in made.problems]
    except InputProblems as error:
        problems += error.problems
    for name in study.files():
        if not (list(folder.glob(name)) if "*" in name else (folder / name).is_file()):
            problems.append(Problem("file_absent", Where(name)))
    problems += [*read_office(study, folder)[1], *check_sources(study)]
    applied = None
    try:
        study, applied, found = set_up_model(study, folder)
        problems += found
    except InputProblems as error:
        problems += error.problems
    areas = survey = None
    for part, read in (("areas", read_areas), ("survey", read_survey)):
        if getattr(study, part) is None:
            continue
        try:
            frame, found = read(study, folder)
        except InputProblems as error:
            problems += error.problems
            continue
        problems += found
        rows[part] = len(frame)
        if part == "areas":
            areas = frame
        else:
            survey = frame
    if study.study.method == "vulnerability_index":
        problems += check_points(study, folder)
    harmonisation = pd.DataFrame()
    if study.population is not None:
        of_children = applied if isinstance(applied, PortableModel) else None
        found, rows["population"], harmonisation = _check_population(study, folder, areas, survey, of_children)
        problems += found
    if study.boundaries is not None:
        try:
            shapes, found = boundaries_of(study, folder)
            problems += found
            rows["boundaries"] = len(shapes)
            if areas is not None:
                problems += _match(areas["area_code"], shapes, study)
        except InputProblems as error:
            problems += error.problems
    if areas is not None and study.areas is not None and study.published_total:
        # children of the population are summed by area only in a run
        counted = [p for p in study.published_total if p.of != "children" or study.areas.children]
        problems += reconcile(study.model_copy(update={"published_total": tuple(counted)}), folder, areas)[1]
    rows = {part: count for part, count in rows.items() if count}
    compared = compared_in_study(study, folder) if any(p.code in EXPLAINED for p in problems) else ()
    return CheckReport(tuple(_distinct(problems)), rows, harmonisation, compared)


def _check_population(
    study: Study, folder: Path, areas: pd.DataFrame | None, survey: pd.DataFrame | None, applied: PortableModel | None
) -> tuple[list[Problem], int, pd.DataFrame]:
    """Problems of the population by itself and beside the other sources, its rows, and the harmonisation table."""
    assert study.population is not None
    population = study.population
    in_model = study.model_copy(update={"determinant": tuple(d for d in study.determinant if d.in_model)})
    known: dict[str, tuple[str, ...]] | None = None
    if applied is not None:
        known, shares = {d.name: d.categories for d in applied.determinants}, shares_of(applied)
    elif survey is not None:
        known, shares = known_categories(survey, in_model), survey_shares(survey, in_model.determinant)
    checked = check_population(in_model, folder, known)
    problems, table = list(checked.problems), pd.DataFrame()
    if known is not None and len(checked.shares):
        table, found = harmonisation_table(shares, checked.shares, population.tolerance)
        problems += found
    if not checked.areas:
        return problems, checked.rows, table
    if areas is not None and study.areas is not None:
        problems += check_area_codes(checked.areas, areas["area_code"], population.file, study.areas.file)
    if survey is not None and study.survey is not None:
        if "area_code" in survey:
            codes = survey.loc[survey["area_code"] != "", "area_code"].unique()
            problems += check_survey_areas(checked.areas, map(str, codes), population.file, study.survey.file)
        if study.survey.weight:
            where = Where(Path(study.survey.file).name, study.survey.sheet, study.survey.weight)
            problems += check_totals(survey, checked.children, population.coverage, where)
    return problems, checked.rows, table


def run_to(
    study: Study, folder: Path, out: Path, progress: Progress = quiet, model_file: Path | None = None
) -> Results:
    """Run a study and write everything into the empty folder `out`.

    `model_file`: a portable model anywhere on disk, in place of the survey or of the model the study names.
    Raises `InputProblems` or `Cancelled`; then `out` holds nothing that counts as a run.
    """
    office, found = read_office(study, folder)
    raise_errors(found)
    located = [p for made in make_points(study, folder) for p in made.problems]
    shapes, problems = boundaries_of(study, folder) if study.boundaries else (None, [])
    with tempfile.TemporaryDirectory(prefix=PART, dir=out.parent) as scratch:
        results = replace(run_study(study, folder, Path(scratch), progress, model_file), office=office)
    if shapes is not None and study.boundaries is not None:
        problems = [*located, *problems, *_match(results.areas["area_code"], shapes, study)]
        results = replace(results, problems=pd.concat([results.problems, problems_table(problems)], ignore_index=True))
    if shapes is not None:
        progress(N_("Finding clusters of neighbouring areas"), 0.97)
        results = with_clusters(results, shapes)
    progress(N_("Writing the results"), 0.99)
    if shapes is not None:
        write_map_files(results.areas, shapes, out)
    write_results(results, out)  # last: the manifest marks a finished run
    return results


def set_office(run: Path, study: Study, folder: Path) -> None:
    """Put who publishes, as the study says now, on the sheets of a finished run; no number changes, so none is run.

    folder : of the study, where its logo is. Raises `InputProblems`.
    """
    if not (run / "manifest.json").exists():
        raise InputProblems([Problem("results_absent", Where(run.name))])
    office, problems = read_office(study, folder)
    raise_errors(problems)
    write_office(office, run)


def with_clusters(results: Results, shapes: gpd.GeoDataFrame) -> Results:
    """Results with the local Moran statistics of the mapped measure, neighbours being those of `shapes`."""
    values = results.areas.set_index("area_code")[results.measure]
    seed = int(results.manifest["study"]["study"]["seed"])
    return replace(results, clusters=find_clusters(values, neighbour_pairs(shapes), seed))


def read_study_for(model_file: Path, path: Path) -> Study:
    """Read a study to which a model from elsewhere is to be applied; raises `InputProblems`."""
    study = read_study(path, complete=False)
    study = study_applying(study, model_file)
    raise_errors(check_study(study, FILE_NAME if path.is_dir() else path.name))
    return study


def run_in_workspace(workspace: Workspace, study_id: str, progress: Progress = quiet) -> Results:
    """Run a study of the workspace; its previous run stays until this one is whole, and after it fails."""
    study = workspace.study(study_id)
    with workspace.new_run(study_id) as part:
        return run_to(study, workspace.folder(study_id), part, progress)


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """An empty folder that takes the place of `out` when the block ends well; files of the person's own are kept."""
    out.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=PART, dir=out.parent))
    part.chmod(0o755)
    old = part.with_name(part.name + "-old")
    try:
        yield part
        if out.exists():
            for kept in (
                p for p in out.iterdir() if p.suffix not in OWN_SUFFIXES and p.name not in (*OWN_FOLDERS, *OWN_FILES)
            ):
                shutil.move(kept, part / kept.name)
            os.replace(out, old)
        os.replace(part, out)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def write_spreadsheets(
    folder: Path, language: str = "", out: Path | None = None, progress: Progress = quiet, only: str = ""
) -> list[Path]:
    """Spreadsheets of a finished run: `results.xlsx`, and of an index `workbook.xlsx`; gives the files written.

    language : of the study when left out. only : the name of one of the two.
    Raises `InputProblems` when the folder holds no run, or when `only` asks for the workbook of a run that is no index.
    """
    if not (folder / "manifest.json").exists():
        raise InputProblems([Problem("results_absent", Where(folder.name))])
    results = read_results(folder)
    t = translator(language or results.manifest["study"]["study"]["language"])
    writers = {RESULTS: write_results_book, WORKBOOK: write_index_workbook}
    names = [only] if only else [RESULTS, *([WORKBOOK] if results.measure == "index" else [])]
    target, written = out or folder, []
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        part = target / (PART + name)
        try:
            writers[name](results, part, t, progress)
            os.replace(part, target / name)
        finally:
            part.unlink(missing_ok=True)
        written.append(target / name)
    return written


def codes_of(path: Path, column: str, study: Study | None = None) -> list[str]:
    """Distinct values of a column as a person may see them: short codes that several rows share, most frequent first.

    Rare or long values are left out, since they could point to a person; empty when the file cannot be read.
    """
    reading = study.reading_of(path.name) if study else None
    register = register_of(study, path.parent) if study else None
    try:
        with open_engine() as engine:
            values = as_text(engine.open(path.name, path.parent, {column: ""}, reading, register)[column]).name("code")
            counted = values.as_table().group_by("code").aggregate(n=lambda t: t.count())
            shared = counted.filter(lambda t: t.n >= CODE_LEAST).order_by([ibis.desc("n"), "code"])
            found = shared.limit(CODE_MOST).to_pandas()
    except InputProblems:
        return []
    return [code.strip() for code in found["code"].dropna() if len(code.strip()) <= CODE_LENGTH]


def _match(codes: pd.Series, shapes: gpd.GeoDataFrame, study: Study) -> list[Problem]:
    """How the codes of the table and of the map meet."""
    table = study.areas.file if study.areas else study.population.file if study.population else ""
    map_file = study.boundaries.file if study.boundaries else ""
    return match_problems(match_codes(codes, shapes["area_code"]), Where(table), Where(map_file))


def _distinct(problems: list[Problem]) -> list[Problem]:
    """Each problem once, in order; a file that is absent is named by more than one reader."""
    seen: dict[str, Problem] = {}
    for problem in problems:
        seen.setdefault(repr(problem), problem)
    return list(seen.values())
