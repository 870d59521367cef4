"""Compare two runs over time and write what came of it, for both doors.

Like `workflow.py` a place where statistics and geometry meet. The comparison goes into a folder of its own: it belongs to
two runs and takes the place of neither.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.export import write_layer
from geodata.palette import Palette, palette
from geodata.pictures import PictureBase
from geodata.printed import PrintedMap, PrintedRow, printed_png, printed_svg
from riskmodel.decisions.change import Change, compare_runs
from riskmodel.decisions.change_codes import read_correspondences
from riskmodel.i18n import N_, Translator, translator
from riskmodel.outputs.change_key import by_area, change_key, within_chance
from riskmodel.outputs.picture_sources import picture_sources
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.progress import Progress, quiet
from riskmodel.results import Results, read_results, spreadsheet_safe
from riskmodel.study import Study
from riskmodel.study_file import read_study
from sheet_drawing import locator_of
from workflow import replacing, run_to

DOTS = "...."


def compare_folders(
    earlier: Path,
    later: Path,
    out: Path,
    language: str = "",
    codes: Path | None = None,
    limits: Sequence[float] = (),
    progress: Progress = quiet,
) -> Change:
    """Compare two folders of results (or two studies, which are run first) and write the comparison into `out`.

    Parameters
    ----------
    language : str
        Of the picture; that of the later study when "".
    codes : Path, optional
        Table of earlier and later codes.
    limits : sequence of float, optional
        Limits of levels as a person writes them: percent (risk) or points (index).

    Raises
    ------
    InputProblems
        The two cannot be compared, or one cannot be read; then `out` is as it was.
    """
    if (out / "manifest.json").exists():
        raise InputProblems([Problem("change_out_is_run", Where(out.name))])
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".part-", dir=out.parent) as scratch:
        first, second = (
            _results_folder(path, Path(scratch) / name, progress)
            for path, name in ((earlier, "earlier"), (later, "later"))
        )
        before, after = read_results(first), read_results(second)
        progress(N_("Comparing the two years"), 0.9)
        cuts = [limit if after.measure == "index" else limit / 100 for limit in limits]
        change = compare_runs(before, after, read_correspondences(codes) if codes else None, cuts)
        with replacing(out) as part:
            write_change(change, after, second, part, language or change.language)
    return change


def _results_folder(path: Path, scratch: Path, progress: Progress) -> Path:
    """The folder itself where it holds a run; a study is run into `scratch`."""
    if path.is_dir() and (path / "manifest.json").exists():
        return path
    if path.is_dir() and not (path / "study.toml").exists():
        raise InputProblems([Problem("results_absent", Where(path.name))])
    study = read_study(path)
    scratch.mkdir()
    run_to(study, path if path.is_dir() else path.parent, scratch, progress)
    return scratch


def write_change(change: Change, later: Results, later_folder: Path, out: Path, language: str) -> None:
    """Write tables, record, map file and pictures of a comparison into the empty folder `out`."""
    tables = {"change": change.areas, "transition": change.transition, "change_parents": change.parents}
    for name, table in tables.items():
        if table.empty:
            continue
        table.to_parquet(out / f"{name}.parquet", index=False)
        spreadsheet_safe(table).to_csv(out / f"{name}.csv", index=False, encoding="utf-8-sig")
    (out / "change.json").write_text(change_record(change), encoding="utf-8")
    locator = locator_of(later_folder, later)
    if locator is None:
        return
    shapes = gpd.read_file(later_folder / "map.gpkg", columns=["area_code"])
    write_layer(map_table(change), shapes, out / "change.gpkg")
    figure = change_map(change, later, locator.base, translator(language))
    (out / "figures").mkdir()
    (out / "figures" / "change.png").write_bytes(printed_png(locator.base, *figure))
    (out / "figures" / "change.svg").write_bytes(printed_svg(locator.base, *figure))


def change_record(change: Change) -> str:
    """`change.json`."""
    return json.dumps(change.summary, ensure_ascii=False, indent=1) + "\n"


def map_table(change: Change) -> pd.DataFrame:
    """One row per area of the later run with the figures of its territory."""
    table = by_area(change)
    return table.assign(territory=change.unit.to_numpy()).reset_index()


def change_map(change: Change, later: Results, base: PictureBase, t: Translator) -> tuple[PrintedMap, Palette]:
    """The map of change for paper: colours by size, dots where the change is within chance."""
    key, dotted = change_key(change, t), within_chance(change)
    own = {row.position: row for row in key.rows}
    colours = key.colours
    n = len(colours)
    position = key.position.astype("Int16")
    chance = position.index.isin(list(dotted)) & position.notna().to_numpy()
    position = position.mask(chance, position + n)
    rows = [PrintedRow(at, row.label, t.plural("{count} area", "{count} areas", row.areas)) for at, row in own.items()]
    if chance.any():
        middle = n + n // 2 + 1
        note = t.plural("{count} area", "{count} areas", int(chance.sum()))
        rows.append(PrintedRow(middle, t("Dots: within chance"), note))
    study = Study.model_validate(later.manifest["study"])
    printed = PrintedMap(
        title=f"{study.outcome.name if later.measure == 'area_risk' else study.index.name or t('Vulnerability index')}",
        subtitle=f"{key.title}, {key.subtitle}",
        rows=tuple(rows),
        colours=(*colours, *colours),
        position=position,
        sources=_sources(change, study, later, t),
        north=t("N"),
    )
    plain = palette(3, later.measure)  # type: ignore[arg-type]
    return printed, replace(plain, hatches=("",) * n + (DOTS,) * n)


def _sources(change: Change, study: Study, later: Results, t: Translator) -> str:
    """The line under the picture: what it is compared with, then the sources of the later run."""
    first = change.summary["earlier"]
    said = t("Compared with the results of {year} (fingerprint {fingerprint}).", year=first["year"], fingerprint=first["fingerprint"])  # fmt: skip
    return f"{said} {picture_sources(study, later, t)}"
