"""Recompute a workbook with LibreOffice, from its formulas alone.

The values that were written beside the formulas are taken out first, so nothing can pass by being read back.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

FORMULA_CELL = re.compile(rb"<c ([^>]*)>(<f>.*?</f>)<v>.*?</v></c>|<c ([^>]*)>(<f>.*?</f>)<v ?/></c>", re.DOTALL)

Sheets = dict[str, dict[str, object]]


def soffice() -> str:
    """The program; the test is skipped where it is not installed."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice (soffice) is not installed: formulas cannot be recomputed here")
    return found


def without_values(path: Path, out: Path) -> int:
    """Copy a workbook with the values of its formulas taken out; gives how many there were."""
    count = 0
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                data, found = FORMULA_CELL.subn(_bare, data)
                count += found
                assert len(re.findall(rb"<f>", data)) == found
                assert not re.search(rb"</f><v", data)
            new.writestr(item.filename, data)
    return count


def _bare(match: re.Match[bytes]) -> bytes:
    attributes, formula = (match[1], match[2]) if match[1] is not None else (match[3], match[4])
    return b"<c " + re.sub(rb' t="\w+"', b"", attributes) + b">" + formula + b"</c>"


def recomputed(paths: Sequence[Path], scratch: Path) -> dict[str, Sheets]:
    """Values of every sheet by cell, as LibreOffice computes them, by file name; one start of it for all files."""
    program = soffice()
    bare, out = scratch / "bare", scratch / "again"
    bare.mkdir(exist_ok=True)
    for path in paths:
        assert without_values(path, bare / path.name) > 0
    profile = (scratch / "profile").as_uri()
    subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(out), *(str(bare / path.name) for path in paths)],
        check=True, capture_output=True, timeout=900,
    )  # fmt: skip
    return {path.name: cell_values(out / path.name) for path in paths}


def cell_values(path: Path) -> Sheets:
    """What a program that only reads would show."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")
        }
        for sheet in book
    }


def different(one: Sheets, other: Sheets, tolerance: float = 1e-9) -> list[str]:
    """Cells in which two workbooks do not agree: numbers to `tolerance` (relative above 1), all else exactly."""
    assert list(one) == list(other)
    found = []
    for sheet, cells in one.items():
        for cell in sorted(set(cells) | set(other[sheet])):
            a, b = cells.get(cell), other[sheet].get(cell)
            numbers = isinstance(a, (int, float)) and isinstance(b, (int, float))
            if not (abs(a - b) <= tolerance * max(1.0, abs(a)) if numbers else a == b):  # type: ignore[operator]
                found.append(f"{sheet}!{cell}: {a!r} and {b!r}")
    return found
