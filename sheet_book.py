"""Bind the fact sheets of a finished run into books, for both doors: the whole country, or a book for each parent unit.

A book is one tagged PDF: cover, how to read, contents, the sheet of the country, each parent unit followed by its areas,
and an index of names. It is written as it is drawn, so its memory is that of a few dozen sheets.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from riskmodel.i18n import N_, translator
from riskmodel.outputs.book_content import Chapter, Entry, alphabet, back_content, front_content
from riskmodel.outputs.pdf_join import Line, PdfJoin
from riskmodel.outputs.pdf_part import PdfPart
from riskmodel.outputs.sheet_desk import Drawn
from riskmodel.outputs.sheet_fit import draw_fitting
from riskmodel.outputs.sheet_style import PLAIN, SheetStyle
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.progress import Progress, quiet
from riskmodel.results import Results, read_results
from riskmodel.workspace import PART
from sheet_batch import JOURNAL, Batch, areas_of, journal_of, stamp, zip_files
from sheet_contents import SheetContents, sheet_contents

CHUNK = 24  # sheets of areas in one document: their fonts are shared, their memory is bounded
WORKERS = 2  # Typst draws outside Python's lock, so threads share the work
AHEAD = 3  # documents drawn before theirs is bound

UNIT, COUNTRY = "unit", "country"


@dataclass(frozen=True)
class _Section:
    """A parent unit with its areas; the country where `code` is empty and `kind` says so; areas without a unit else."""

    code: str
    name: str
    kind: str
    areas: tuple[tuple[str, str], ...] = ()  # code and name


@dataclass
class _Document:
    """Sheets being drawn, and the page their first was given."""

    entries: list[Entry]
    contents: list[dict[str, Any]]
    start: int
    pages: int  # as foreseen
    drawing: Future[tuple[Drawn, PdfPart]]


def write_book(
    folder: Path,
    language: str,
    file: Path,
    progress: Progress = quiet,
    style: SheetStyle = PLAIN,
    within: Iterable[str] = (),
) -> Path:
    """One book of all sheets of a run, or of some parent units (`within`); gives `file`.

    Raises
    ------
    InputProblems
        `results_absent`, `parent_unknown`; `disk_full`. Then, and when it is cancelled, no book is left.
    """
    results = _results(folder)
    wanted = list(within)
    areas_of(results, wanted)
    with _told_when_full(), sheet_contents(folder, results, translator(language), style) as contents:
        progress(N_("Drawing the book"), 0.0)
        _Book(contents, wanted).write(file, progress, 0.0, 1.0)
    return file


def write_books(
    folder: Path,
    language: str,
    out: Path,
    progress: Progress = quiet,
    style: SheetStyle = PLAIN,
    archive: Path | None = None,
) -> Batch:
    """A book for each parent unit, `book_CODE.pdf` in `out`, and a zip of them; what is finished stays, as for sheets.

    Raises `InputProblems`: `results_absent`, `parents_absent`, `disk_full`.
    """
    results = _results(folder)
    units = [str(code) for code in results.parents.get("area_code", [])]
    if not units:
        raise InputProblems([Problem("parents_absent")])
    out.mkdir(parents=True, exist_ok=True)
    mark = stamp(results, language, style)
    finished = journal_of(out, mark)
    files = {code: out / f"book_{code}.pdf" for code in units}
    todo = [code for code, file in files.items() if not (file.name in finished and file.exists())]
    sizes = results.areas["parent_code"].value_counts()
    total, done = max(int(sizes.sum()), 1), int(sum(sizes.get(code, 0) for code in units if code not in todo))
    with _told_when_full(), sheet_contents(folder, results, translator(language), style) as contents:
        for code in todo:
            share = int(sizes.get(code, 0)) / total
            _Book(contents, [code]).write(files[code], progress, done / total, share)
            with (out / JOURNAL).open("a", encoding="utf-8") as journal:
                journal.write(f"{mark}\t{files[code].name}\n")
            done += int(sizes.get(code, 0))
        if archive is not None:
            zip_files(list(files.values()), archive, progress)
    return Batch(list(files.values()), len(units) - len(todo))


class _Book:
    """One book being drawn."""

    def __init__(self, contents: SheetContents, within: list[str]) -> None:
        self.contents, self.within = contents, within
        self.results, self.t = contents.results, contents.t
        self.sections = _sections(self.results, within, self.t("Territories without a parent unit"))
        self.after = 1  # pages of the last sheet: what the next is foreseen to have
        self.entries: list[Entry] = []

    def write(self, file: Path, progress: Progress, begun: float, share: float) -> None:
        """Draw and bind; the file appears when it is whole."""
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(PART + file.name)
        total = max(sum(len(section.areas) for section in self.sections), 1)
        try:
            with part.open("wb") as out:
                join = PdfJoin(out)
                for document in self._drawn(join):
                    self._bind(join, document)
                    done = sum(entry.is_area for entry in self.entries)
                    progress(N_("Drawing the book"), begun + share * done / total * 0.98)
                self._finish(join, total)
            os.replace(part, file)
        finally:
            part.unlink(missing_ok=True)

    def _drawn(self, join: PdfJoin) -> Iterator[_Document]:
        """Documents in the order of the book; a few are drawn while the next contents are made."""
        waiting: list[_Document] = []
        with ThreadPoolExecutor(WORKERS) as pool:
            try:
                for entries, contents in self._planned():
                    ahead = sum(document.pages for document in waiting)
                    start = len(join.pages) + 1 + ahead
                    single = not entries[0].is_area
                    contents[0]["start"] = start
                    drawing = pool.submit(draw_fitting, self.contents.desk, contents, self.contents.created)
                    pages = len(drawing.result()[1].pages) if single else self.after * len(entries)
                    waiting.append(_Document(entries, contents, start, pages, drawing))
                    if len(waiting) > AHEAD:
                        yield waiting.pop(0)
                yield from waiting
            finally:
                for document in waiting:
                    document.drawing.cancel()

    def _planned(self) -> Iterator[tuple[list[Entry], list[dict[str, Any]]]]:
        """What each document holds: the sheet of a unit, or sheets of some of its areas."""
        size = 1 if self.contents.style.large_print else CHUNK
        for section in self.sections:
            if section.kind == COUNTRY:
                yield [Entry("", section.name, "", 0, is_area=False)], [self.contents.country()]
            elif section.kind == UNIT:
                yield [Entry(section.code, section.name, "", 0, is_area=False)], [self.contents.unit(section.code)]
            where = section.name if section.kind == UNIT and len(self.sections) > 1 else ""
            for at in range(0, len(section.areas), size):
                some = section.areas[at : at + size]
                yield (
                    [Entry(code, name, where, 0) for code, name in some],
                    [self.contents.area(code) for code, _ in some],
                )

    def _bind(self, join: PdfJoin, document: _Document) -> None:
        """Add a document; drawn again where a sheet before it took more pages than foreseen."""
        part = document.drawing.result()[1]
        start = len(join.pages) + 1
        if start != document.start:
            document.contents[0]["start"] = start
            part = draw_fitting(self.contents.desk, document.contents, self.contents.created)[1]
        first = join.add(part)
        for entry, line in zip(document.entries, part.bookmarks, strict=True):
            self.entries.append(Entry(entry.code, entry.name, entry.where, first + line.page, entry.is_area))
        if document.entries[0].is_area:
            self.after = len(part.pages) - part.bookmarks[-1].page

    def _finish(self, join: PdfJoin, total: int) -> None:
        contents, desk, style = self.contents, self.contents.desk, self.contents.style
        index_page = len(join.pages) + 1
        chapters, lines = self._chapters()
        only = " · ".join(s.name for s in self.sections) if 0 < len(self.within) <= 3 else ""
        letters = {"large_print": style.large_print}
        index = back_content(self.results, self.t, self.entries, index_page, style.photocopy) | letters
        back = desk.draw([desk.placed(index, None)], contents.created)
        join.add(PdfPart(back.pdf))
        front_map = contents.unit_map(self.within[0]) if len(self.within) == 1 else contents.country_map()
        first = front_content(self.results, self.t, chapters, only, total, index_page, style.photocopy) | letters
        front = desk.draw([desk.placed(first, front_map)], contents.created)
        part = PdfPart(front.pdf)
        join.add(part, is_front=True)
        cover = Line(part.bookmarks[0].text, 0)
        join.finish([cover, *lines, Line(self.t("Index of names"), index_page)])

    def _chapters(self) -> tuple[list[Chapter], list[Line]]:
        """Lines of the contents, and bookmarks: each parent unit with its areas below it."""
        chapters, lines, at = [], [], 0
        for section in self.sections:
            count = len(section.areas) + (section.kind in (COUNTRY, UNIT))
            mine = self.entries[at : at + count]
            at += count
            chapters.append(Chapter(section.name, mine[0].page, len(section.areas)))
            below = [Line(entry.name, entry.page) for entry in mine if entry.is_area]
            lines.append(Line(section.name, mine[0].page, below))
        return chapters, lines


def _sections(results: Results, within: list[str], without: str) -> list[_Section]:
    """The country, parent units by name, areas without one; of some units only those."""
    areas = results.areas
    inside: dict[str, list[tuple[str, str]]] = {}
    for code, name, parent in zip(areas["area_code"], areas["area_name"], areas["parent_code"].fillna(""), strict=True):
        inside.setdefault(str(parent), []).append((str(code), str(name)))
    ordered = {
        parent: tuple(sorted(found, key=lambda area: (alphabet(area[1]), area[0]))) for parent, found in inside.items()
    }
    units = [
        _Section(str(code), str(name), UNIT, ordered.pop(str(code), ()))
        for code, name in zip(results.parents.get("area_code", []), results.parents.get("area_name", []), strict=True)
        if not within or str(code) in within
    ]
    units.sort(key=lambda unit: (alphabet(unit.name), unit.code))
    if within:
        return units
    country = str(results.manifest["study"]["study"]["country"] or results.manifest["study"]["study"]["name"])
    others = tuple(area for found in ordered.values() for area in found)
    if not units:
        return [_Section("", country, COUNTRY, others)]
    return [_Section("", country, COUNTRY), *units, *([_Section("", without, "", others)] if others else [])]


def _results(folder: Path) -> Results:
    if not (folder / "manifest.json").exists():
        raise InputProblems([Problem("results_absent", Where(folder.name))])
    return read_results(folder)


class _told_when_full:  # noqa: N801 — read as a phrase in a `with`
    """A disk that fills up is told in words."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise InputProblems([Problem("book_disk_full")]) from error
