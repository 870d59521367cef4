"""The workspace: what is finished survives, what is not leaves nothing."""

from __future__ import annotations

import os
import zipfile

import pandas as pd
import pytest

from riskmodel.archive import export_study, import_study
from riskmodel.problems import InputProblems
from riskmodel.progress import Cancelled
from riskmodel.results import TABLES, Results, write_results
from riskmodel.study_file import parse_study
from riskmodel.workspace import Workspace, safe_name
from tests.small_study import write_small_study
from workflow import run_in_workspace

STUDY = parse_study("""
[study]
name = "Prueba de carpeta"
method = "given_risk"
[outcome]
name = "Trabajo infantil"
definition = "Trabajó"
[areas]
file = "municipios.csv"
area_code = "codigo"
[given_risk]
risk = "riesgo"
""")


def results(fingerprint: str = "abc") -> Results:
    tables = {name: pd.DataFrame() for name in TABLES}
    tables["areas"] = pd.DataFrame({"area_code": ["01"], "area_risk": [0.1]})
    return Results(**tables, manifest={"fingerprint": fingerprint, "method": "given_risk"})


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "home")


@pytest.fixture
def study_id(workspace):
    made = workspace.add_study(STUDY)
    workspace.add_file(made, "municipios.csv", b"codigo,riesgo\n01,0.1\n")
    return made


def finish(workspace, study_id, fingerprint="abc"):
    with workspace.new_run(study_id) as part:
        write_results(results(fingerprint), part)


def test_studies_and_runs_survive_a_restart(workspace, study_id):
    finish(workspace, study_id)
    again = Workspace(workspace.home)
    [record] = again.studies()
    assert (record.study_id, record.name) == (study_id, "Prueba de carpeta")
    assert record.last_run is not None
    assert again.study(study_id) == STUDY
    assert again.last_results(study_id).areas["area_code"].tolist() == ["01"]


def test_a_run_that_fails_leaves_the_one_before(workspace, study_id):
    finish(workspace, study_id, "first")

    def fail():
        with workspace.new_run(study_id) as part:
            (part / "areas.csv").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert workspace.last_results(study_id).manifest["fingerprint"] == "first"
    assert len(list((workspace.folder(study_id) / "runs").iterdir())) == 1


def test_a_killed_run_is_swept_at_the_next_start(workspace, study_id):
    dead = workspace.folder(study_id) / "runs" / ".part-999999999-x"
    alive = workspace.folder(study_id) / "runs" / f".part-{os.getpid()}-y"
    for part in (dead, alive):
        part.mkdir(parents=True)
    Workspace(workspace.home)
    assert not dead.exists()
    assert alive.exists()


def test_a_run_finished_just_before_a_stop_is_recorded(workspace, study_id):
    write_results(results(), workspace.folder(study_id) / "runs" / "20260101T000000-aaaaaa")
    [record] = Workspace(workspace.home).studies()
    assert record.last_run is not None


def test_delete_removes_the_files(workspace, study_id):
    finish(workspace, study_id)
    folder = workspace.folder(study_id)
    workspace.delete_study(study_id)
    assert not folder.exists()
    assert workspace.studies() == []
    assert Workspace(workspace.home).studies() == []
    assert not [p for p in workspace.home.rglob("*") if p.is_file() and b"Prueba de carpeta" in p.read_bytes()]


def test_a_study_travels_as_one_file(workspace, study_id, tmp_path):
    finish(workspace, study_id)
    archive = export_study(workspace, study_id, tmp_path / "study.zip")
    other = Workspace(tmp_path / "other")
    arrived = import_study(other, archive)
    assert other.study(arrived) == STUDY
    assert (other.folder(arrived) / "municipios.csv").read_bytes() == b"codigo,riesgo\n01,0.1\n"
    assert other.last_results(arrived).areas.equals(workspace.last_results(study_id).areas)


def test_export_without_inputs_holds_no_input(workspace, study_id, tmp_path):
    archive = export_study(workspace, study_id, tmp_path / "study.zip", with_inputs=False)
    assert zipfile.ZipFile(archive).namelist() == ["study.toml"]


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", "..\\evil.txt"])
def test_an_archive_that_leaves_its_folder_is_refused(workspace, tmp_path, name):
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("study.toml", "")
        archive.writestr(name, "x")
    with pytest.raises(InputProblems) as caught:
        import_study(workspace, path)
    assert caught.value.problems[0].code == "archive_not_study"
    assert workspace.studies() == []


def test_a_file_that_is_no_archive_is_refused(workspace, tmp_path):
    (tmp_path / "no.zip").write_bytes(b"not a zip")
    with pytest.raises(InputProblems):
        import_study(workspace, tmp_path / "no.zip")


@pytest.mark.parametrize("file", ["/etc/passwd", "../../other/municipios.csv"])
def test_a_study_cannot_name_files_outside_its_folder(workspace, study_id, file):
    outside = STUDY.model_copy(update={"areas": STUDY.areas.model_copy(update={"file": file})})
    with pytest.raises(InputProblems) as caught:
        workspace.save_study(study_id, outside)
    assert caught.value.problems[0].code == "path_outside"
    assert workspace.study(study_id) == STUDY


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("Población 2020.csv", "Poblacion_2020.csv"),
        ("../../x.csv", "x.csv"),
        ("C:\\datos\\a.xlsx", "a.xlsx"),
        ("....", "file"),
    ],
)
def test_uploaded_names_are_made_safe(given, stored):
    assert safe_name(given) == stored


def test_the_home_is_closed_to_others(workspace):
    assert workspace.home.stat().st_mode & 0o077 == 0


def test_a_cancelled_run_leaves_the_one_before(tmp_path):
    write_small_study(tmp_path / "files")
    workspace = Workspace(tmp_path / "home")
    study_id = workspace.adopt_folder(tmp_path / "files")
    run_in_workspace(workspace, study_id)
    first = workspace.runs(study_id)
    seen = []

    def stop_in_the_middle(step, share):
        seen.append(share)
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        run_in_workspace(workspace, study_id, stop_in_the_middle)
    assert seen == sorted(seen)
    assert workspace.runs(study_id) == first
    assert [p.name for p in (workspace.folder(study_id) / "runs").iterdir()] == first


def test_a_study_put_first_is_opened_first(workspace, study_id):
    other = workspace.add_study(workspace.study(study_id))
    assert workspace.studies()[0].study_id == other
    workspace.put_first(study_id)
    assert [record.study_id for record in workspace.studies()][:2] == [study_id, other]
