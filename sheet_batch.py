"""Draw many fact sheets of a finished run, for both doors: areas, parent units, one file each and in a zip.

A sheet that was drawn with the same results, settings and templates is kept, so a batch that was stopped goes on where it
was; what is finished stays whatever happens.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from riskmodel.i18n import N_, Translator, translator
from riskmodel.outputs.pdf_part import PdfPart
from riskmodel.outputs.sheet_desk import TEMPLATES, Drawn
from riskmodel.outputs.sheet_fit import draw_fitting
from riskmodel.outputs.sheet_style import SheetStyle
from riskmodel.problems import InputProblems, Problem, Where, raise_errors
from riskmodel.progress import Progress, quiet
from riskmodel.results import Results, read_results
from riskmodel.workspace import PART
from sheet_contents import SheetContents, sheet_contents

JOURNAL = ".drawn"
WORKERS = 2  # Typst draws outside Python's lock, so threads share the work
AHEAD = 8  # contents made before their sheets are drawn: bounds the memory


@dataclass(frozen=True)
class Batch:
    """What a batch left: all its files, and how many of them were there before."""

    files: list[Path]
    kept: int


@dataclass(frozen=True)
class _Sheet:
    code: str
    is_unit: bool

    @property
    def file(self) -> str:
        if self == COUNTRY:
            return "country.pdf"
        return f"parent_{self.code}.pdf" if self.is_unit else f"{self.code}.pdf"


COUNTRY = _Sheet("", True)


def areas_of(results: Results, parents: Iterable[str]) -> list[str]:
    """Codes of all areas of some parent units; raises `InputProblems` for a code that is no parent unit."""
    wanted = list(parents)
    known = set(results.parents.get("area_code", []))
    raise_errors(Problem("parent_unknown", values={"parent_code": c}) for c in wanted if c not in known)
    return results.areas.loc[results.areas["parent_code"].isin(wanted), "area_code"].tolist()


def write_batch(
    folder: Path,
    language: str,
    codes: Iterable[str] = (),
    parents: Iterable[str] = (),
    out: Path | None = None,
    progress: Progress = quiet,
    photocopy: bool = False,
    within: Iterable[str] = (),
    archive: Path | None = None,
    national: bool = False,
    large_print: bool = False,
    second_page: bool = True,
) -> Batch:
    """Fact sheets of a finished run, one PDF each.

    Parameters
    ----------
    codes, parents : areas, and parent units, to draw a sheet of; all areas where nothing is asked for.
        The sheet of a parent unit is `parent_CODE.pdf`, since its code may also be that of an area.
    national : also the sheet of the country, `country.pdf`.
    photocopy, large_print, second_page : as in `SheetStyle`.
    within : parent units all of whose areas are drawn.
    out : folder of the sheets; `sheets` in the run's own when left out.
    archive : a zip of all of them, written when the last is drawn.

    Raises
    ------
    InputProblems
        `results_absent`, `area_unknown`, `parent_unknown`; `disk_full`, with what is finished left in place.
    """
    if not (folder / "manifest.json").exists():
        raise InputProblems([Problem("results_absent", Where(folder.name))])
    results = read_results(folder)
    style = SheetStyle(photocopy, large_print, second_page)
    sheets = _asked(results, list(codes), list(parents), list(within), national)
    target = out or folder / "sheets"
    done = 0
    try:
        target.mkdir(parents=True, exist_ok=True)
        mark = stamp(results, language, style)
        finished = journal_of(target, mark)
        todo = [sheet for sheet in sheets if not (sheet.file in finished and (target / sheet.file).exists())]
        kept = done = len(sheets) - len(todo)
        progress(N_("Drawing the fact sheets"), done / len(sheets))
        if todo:
            for sheet, pdf in _drawn(folder, results, todo, translator(language), style):
                _replace(target / sheet.file, pdf)
                with (target / JOURNAL).open("a", encoding="utf-8") as journal:
                    journal.write(f"{mark}\t{sheet.file}\n")
                done += 1
                progress(N_("Drawing the fact sheets"), done / len(sheets))
        files = [target / sheet.file for sheet in sheets]
        if archive is not None:
            zip_files(files, archive, progress)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise InputProblems([Problem("disk_full", values={"count": done})]) from error
    return Batch(files, kept)


def _asked(results: Results, codes: list[str], parents: list[str], within: list[str], national: bool) -> list[_Sheet]:
    """The sheets in order, once each: the country, parent units first, areas by parent so that neighbours share a map."""
    known, units = set(results.areas["area_code"]), set(results.parents.get("area_code", []))
    raise_errors(
        [Problem("area_unknown", values={"area_code": code}) for code in codes if code not in known]
        + [Problem("parent_unknown", values={"parent_code": code}) for code in parents if code not in units]
    )
    wanted = {*codes, *areas_of(results, within)}
    table = results.areas
    if wanted or parents or within or national:
        table = table[table["area_code"].isin(wanted)]
    ordered = table.assign(parent=table["parent_code"].fillna("")).sort_values("parent", kind="stable")
    return [
        *([COUNTRY] if national else []),
        *(_Sheet(code, True) for code in dict.fromkeys(parents)),
        *(_Sheet(code, False) for code in ordered["area_code"]),
    ]


def _drawn(
    folder: Path, results: Results, sheets: list[_Sheet], t: Translator, style: SheetStyle
) -> Iterator[tuple[_Sheet, bytes]]:
    """Sheets with their PDF, in order; a few are drawn while the next contents are made."""
    waiting: list[tuple[_Sheet, Future[tuple[Drawn, PdfPart]]]] = []
    with sheet_contents(folder, results, t, style) as contents, ThreadPoolExecutor(WORKERS) as pool:
        try:
            for sheet in sheets:
                content = _content(contents, sheet)
                waiting.append((sheet, pool.submit(draw_fitting, contents.desk, [content], contents.created)))
                if len(waiting) > AHEAD:
                    first, future = waiting.pop(0)
                    yield first, future.result()[0].pdf
            for sheet, future in waiting:
                yield sheet, future.result()[0].pdf
        finally:
            for _, future in waiting:
                future.cancel()


def _content(contents: SheetContents, sheet: _Sheet) -> dict[str, Any]:
    if sheet == COUNTRY:
        return contents.country()
    return contents.unit(sheet.code) if sheet.is_unit else contents.area(sheet.code)


def stamp(results: Results, language: str, style: SheetStyle) -> str:
    """What a sheet is made from besides its code."""
    templates = b"".join(path.read_bytes() for path in sorted(TEMPLATES.glob("*.typ")))
    manifest, office = results.manifest, json.dumps(dict(results.office), sort_keys=True)
    parts = (manifest["fingerprint"], manifest["created"], manifest["version"], language, repr(style), office)
    return hashlib.sha256("\n".join(map(str, parts)).encode() + templates).hexdigest()[:16]


def journal_of(target: Path, mark: str) -> set[str]:
    """Files whose last drawing had this mark."""
    last: dict[str, str] = {}
    if (target / JOURNAL).exists():
        for line in (target / JOURNAL).read_text(encoding="utf-8").splitlines():
            drawn, _, name = line.partition("\t")
            last[name] = drawn
    return {name for name, drawn in last.items() if drawn == mark}


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(PART + path.name)
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def zip_files(files: list[Path], archive: Path, progress: Progress) -> None:
    archive.parent.mkdir(parents=True, exist_ok=True)
    part = archive.with_name(PART + archive.name)
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for at, path in enumerate(files):
                progress(N_("Packing the fact sheets"), at / len(files))
                packed.write(path, path.name)
        os.replace(part, archive)
    finally:
        part.unlink(missing_ok=True)
