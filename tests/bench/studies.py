"""Studies over the real data, with their files beside them: a workspace takes no file from outside its folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from riskmodel.workspace import Workspace
from tests.brazil_study import Method, brazil_study, write_brazil
from workflow import run_in_workspace

# name, column, label, dimension, direction
MEXICO = (
    ("primary_sector", "pct_primario", "Ocupados en el sector primario", "laboral", 1),
    ("no_social_security", "car_segsoc_pct", "Sin acceso a la seguridad social", "laboral", 1),
    ("indigenous", "pct_hli", "Hablantes de lengua indígena", "étnica", 1),
    ("dependency", "dep_ratio", "Razón de dependencia", "demográfica", 1),
    ("small_places", "loc_peq_pct", "Población en localidades de menos de 5.000 habitantes", "demográfica", 1),
    ("school_lag", "rezago_educ_pct", "Rezago educativo", "educación", 1),
    ("illiteracy", "analf_pct", "Población analfabeta", "educación", 1),
)


def write_brazil_with_files(data: Path, folder: Path, method: Method) -> Path:
    """`write_brazil` with every file copied into `folder`; gives the path of study.toml."""
    study = write_brazil(data, folder, method)
    text = brazil_study(data, method)
    outside = (data / "brazil").resolve().as_posix()
    for path in re.findall(rf'"{re.escape(outside)}/([^"]+)"', text):
        shutil.copyfile(data / "brazil" / path, folder / path)
    study.write_text(text.replace(f"{outside}/", ""), encoding="utf-8")
    return study


def write_mexico(data: Path, folder: Path) -> Path:
    """An index of seven indicators for the municipalities of Mexico, 2020; gives the path of study.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("municipios_2020_indicadores.csv.gz", "municipios_mx.geojson"):
        shutil.copyfile(data / "mexico" / name, folder / name)
    head = """[study]
name = "México 2020: vulnerabilidad al trabajo infantil"
language = "es"
method = "vulnerability_index"
seed = 2020
country = "México"
area_kind = "municipio"

[outcome]
name = "Vulnerabilidad al trabajo infantil"
definition = "Índice de siete indicadores municipales"
year = 2020

[areas]
file = "municipios_2020_indicadores.csv.gz"
area_code = "cvegeo"
area_name = "nom_mun"
parent_code = "cve_ent"
parent_name = "nom_ent"
year = 2020
source = "CONAPO, CONEVAL, INEGI"

[boundaries]
file = "municipios_mx.geojson"
area_code = "cvegeo"
source = "INEGI"

[index]
name = "Índice de vulnerabilidad"
weights = "equal"
"""
    indicators = [
        f'[[indicator]]\nname = "{name}"\ncolumn = "{column}"\nlabel = "{label}"\n'
        f'dimension = "{dimension}"\ndirection = {direction}\nunit = "%"\nyear = 2020\n'
        for name, column, label, dimension, direction in MEXICO
    ]
    study = folder / "study.toml"
    study.write_text("\n".join([head, *indicators]), encoding="utf-8")
    return study


def workspace_with(home: Path, study: Path) -> str:
    """A workspace in `home` with one study that has run; gives its id."""
    workspace = Workspace(home)
    study_id = workspace.adopt_folder(study.parent, study.name)
    run_in_workspace(workspace, study_id)
    return study_id
