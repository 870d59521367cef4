"""Hold finished runs against something else, for both doors: a rate that was measured, or runs of other methods.

Nothing is estimated again and no run is changed: what comes of it is written into a folder of its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from figures import MapFigure
from geodata.pictures import PictureBase
from riskmodel.decisions.methods import MethodsAgreement
from riskmodel.decisions.validation import Validation, validate_results
from riskmodel.i18n import translator
from riskmodel.inputs.observed import LEAST_AREAS
from riskmodel.inputs.observed_file import ObservedFile, read_observed
from riskmodel.inputs.read import sha256
from riskmodel.outputs.methods_key import methods_key
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.results import Results, read_results, spreadsheet_safe
from riskmodel.study import Study
from sheet_drawing import locator_of


def run_folder(path: Path) -> Path:
    """Folder of a finished run: the one given, or in the folder of a study its results or its newest run.

    Raises `InputProblems` where there is none.
    """
    newest = sorted(path.glob("runs/[!.]*/manifest.json"), reverse=True)
    found = [p for p in (path / "manifest.json", path / "results" / "manifest.json", *newest) if p.is_file()]
    if not found:
        raise InputProblems([Problem("results_absent", Where(path.name))])
    return found[0].parent


def results_of(path: Path) -> Results:
    """Results of a finished run, or of the newest run of a study; raises `InputProblems` where there are none."""
    return read_results(run_folder(path))


@dataclass(frozen=True)
class Compared:
    """Results beside an observed rate: the agreement, and what was noticed in the table."""

    found: Validation
    notes: tuple[Problem, ...] = ()


def compare_observed(results: Results, source: ObservedFile | None) -> Compared:
    """Hold results against a table of observed rates; without one, what the run itself found.

    Raises `InputProblems`: a table that cannot be used, fewer than ten areas in common, or a run without a comparison.
    """
    if source is None:
        if not results.agreement:
            raise InputProblems([Problem("observed_absent")])
        return Compared(Validation(results.validation, dict(results.agreement)))
    rates, notes = read_observed(source, results.areas["area_code"])
    found = validate_results(results, source.columns, rates)
    if found is None:
        known = results.areas.loc[results.areas[results.measure].notna(), "area_code"]
        count = int(rates.loc[rates["area_code"].isin(known), "observed"].notna().sum())
        where = Where(source.path.name, source.sheet)
        raise InputProblems([Problem("observed_few", where, {"count": count, "wanted": LEAST_AREAS})])
    own: dict[str, Any] = {
        "fingerprint": results.manifest["fingerprint"],
        "file": source.path.name,
        "sha256": sha256(source.path),
        "columns": {"area_code": source.area_code, **source.columns.model_dump(exclude_defaults=True)},
    }
    return Compared(Validation(found.areas, found.summary | own), tuple(notes))


def write_validation(found: Validation, out: Path) -> list[Path]:
    """`validation.csv` and `validation.json` as a run writes them; gives the files."""
    return [*_write_table(found.areas, out / "validation.csv"), _write_record(found.summary, out / "validation.json")]


def write_methods(found: MethodsAgreement, folders: Sequence[Path], out: Path, language: str) -> list[Path]:
    """`methods.csv`, `methods.json`, and for every pair with boundaries a map of where they disagree; gives the files."""
    files = [*_write_table(found.areas, out / "methods.csv"), _write_record(found.summary, out / "methods.json")]
    drawn = [(folder, read_results(folder)) for folder in folders if (folder / "map.gpkg").exists()]
    if not drawn:
        return files
    folder, results = drawn[0]
    locator = locator_of(folder, results)
    assert locator is not None
    for pair in found.summary["pairs"]:
        figure = methods_figure(found, pair["first"], pair["second"], results, locator.base, language)
        path = out / f"map_methods_{pair['first']}_{pair['second']}.png"
        path.write_bytes(figure.png())
        files.append(path)
    return files


def methods_figure(
    found: MethodsAgreement, first: str, second: str, results: Results, base: PictureBase, language: str,
    selected: str = "", photocopy: bool = False,
) -> MapFigure:  # fmt: skip
    """The map of one pair for paper, on the shapes of one of the runs."""
    t = translator(language)
    key = methods_key(found.areas, first, second, results.areas["area_code"], t)
    study = Study.model_validate(results.manifest["study"])
    return MapFigure(study, results, base, key, t, selected, "photocopy" if photocopy else "light")


def _write_table(table: pd.DataFrame, path: Path) -> list[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    spreadsheet_safe(table).to_csv(path, index=False, encoding="utf-8-sig")
    return [path]


def _write_record(record: dict[str, Any], path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
