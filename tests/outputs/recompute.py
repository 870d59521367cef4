"""Recompute a workbook with LibreOffice, from its formulas alone.

The values that were written beside the formulas are taken out first, so nothing can pass by being read back.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
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


def recomputed(path: Path, scratch: Path) -> Sheets:
    """Values of every sheet by cell, as LibreOffice computes them; "" and errors are as it writes them."""
    program = soffice()
    bare, out = scratch / "bare" / path.name, scratch / "again"
    bare.parent.mkdir(exist_ok=True)
    assert without_values(path, bare) > 0
    profile = (scratch / "profile").as_uri()
    subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(out), str(bare)],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return cell_values(out / path.name)


def cell_values(path: Path) -> Sheets:
    """What a program that only reads would show."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")
        }
        for sheet in book
    }
