"""Many sheets: every one asked for, kept when it is as it would be drawn, and what is finished stays."""

import errno
import io
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pypdf
import pytest
from PIL import Image

import cli
import sheet_batch
from riskmodel.i18n import say, translator
from riskmodel.problems import InputProblems
from riskmodel.progress import Cancelled
from sheet_batch import write_batch
from tests.cli.test_cli import made  # noqa: F401

OFFICE = """[study]
name = "Office only"
language = "en"
method = "given_risk"

[outcome]
name = "Child labour"
definition = "Worked in the week"

[office]
name = "Ministry of Labour"
logo = "logo.png"
contact = ["Tel. 555 0100"]
web = "https://example.org"
thanks = "With the support of many."
"""


@pytest.fixture(scope="module")
def run(made) -> Path:  # noqa: F811
    return made / "out"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.pdf")}


def test_all_areas_of_a_parent_and_the_parent_in_one_zip(run, tmp_path):
    areas = pd.read_parquet(run / "areas.parquet")
    parent = areas["parent_code"].iloc[0]
    inside = areas[areas["parent_code"] == parent]
    asked = ["sheets", str(run), "--within", parent, "--parent", parent, "--out", str(tmp_path / "s")]
    assert cli.main([*asked, "--zip", str(tmp_path / "all.zip"), "--language", "en"]) == cli.DONE
    expected = {f"{code}.pdf" for code in inside["area_code"]} | {f"parent_{parent}.pdf"}
    assert names(tmp_path / "s") == expected
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        assert set(packed.namelist()) == expected
        for _, area in inside.iterrows():
            reader = pypdf.PdfReader(io.BytesIO(packed.read(f"{area['area_code']}.pdf")))
            assert len(reader.pages) == 2  # the second has priorities and the profile
            assert area["area_name"] in reader.pages[0].extract_text()
            assert "/StructTreeRoot" in reader.trailer["/Root"]


def test_a_cancelled_batch_goes_on_where_it_was(run, tmp_path):
    def stop_after_three(step: str, share: float) -> None:
        if len(names(tmp_path)) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_batch(run, "en", out=tmp_path, progress=stop_after_three)
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in names(tmp_path)}
    assert len(before) == 3
    batch = write_batch(run, "en", out=tmp_path)
    assert batch.kept == 3
    assert {path.name for path in batch.files} == names(tmp_path)
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in before} == before
    assert not list(tmp_path.glob(".part*"))


def test_another_language_is_drawn_again(run, tmp_path):
    code = pd.read_parquet(run / "areas.parquet")["area_code"].iloc[0]
    write_batch(run, "en", [code], out=tmp_path)
    first = (tmp_path / f"{code}.pdf").read_bytes()
    assert write_batch(run, "fr", [code], out=tmp_path).kept == 0
    assert (tmp_path / f"{code}.pdf").read_bytes() != first
    assert write_batch(run, "en", [code], out=tmp_path).kept == 0
    assert (tmp_path / f"{code}.pdf").read_bytes() == first


def test_a_full_disk_is_told_and_what_is_finished_stays(run, tmp_path, monkeypatch):
    write = sheet_batch._replace

    def full_after_two(path: Path, data: bytes) -> None:
        if len(names(tmp_path)) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, data)

    monkeypatch.setattr(sheet_batch, "_replace", full_after_two)
    with pytest.raises(InputProblems) as found:
        write_batch(run, "en", out=tmp_path)
    assert len(names(tmp_path)) == 2
    assert "2 fact sheets are finished and stay" in say(found.value.problems[0], translator("en")).what
    monkeypatch.undo()
    assert write_batch(run, "en", out=tmp_path).kept == 2


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"codes": ["XX"]}, "area_unknown"),
        ({"parents": ["XX"]}, "parent_unknown"),
        ({"within": ["XX"]}, "parent_unknown"),
    ],
)
def test_unknown_codes_are_told_before_anything_is_drawn(run, tmp_path, asked, code):
    with pytest.raises(InputProblems) as found:
        write_batch(run, "en", out=tmp_path / "s", **asked)
    assert [p.code for p in found.value.problems] == [code]
    assert not (tmp_path / "s").exists()


def test_the_country_in_large_print_with_the_office_of_a_study_file(run, tmp_path, capsys):
    folder = tmp_path / "run"
    shutil.copytree(run, folder)
    logo = Image.new("RGBA", (60, 20), (200, 0, 0, 255))
    logo.save(tmp_path / "logo.png")
    (tmp_path / "study.toml").write_text(OFFICE, encoding="utf-8")
    asked = ["sheets", str(folder), "--national", "--office", str(tmp_path), "--language", "en", "--out"]
    assert cli.main([*asked, str(tmp_path / "usual")]) == 0
    assert cli.main([*asked, str(tmp_path / "large"), "--large-print"]) == 0
    usual, large = (pypdf.PdfReader(tmp_path / name / "country.pdf") for name in ("usual", "large"))
    assert "Tel. 555 0100" in "".join(page.extract_text() for page in usual.pages)
    assert len(large.pages) > len(usual.pages)
    (tmp_path / "logo.png").write_bytes(b"no picture")
    capsys.readouterr()
    assert cli.main([*asked, str(tmp_path / "usual")]) == 1
    assert "no picture" in capsys.readouterr().err
