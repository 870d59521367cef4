"""The Brazilian study of 2010, as the text of its study file and one small derived table.

Indicators follow the dimensions that published applications of the index name (labour, ethnic, demographic, education
of children, education of adults). Weights are equal and nothing is fitted to the measured rate, but how columns of the
Atlas go with that rate was known when they were chosen: the agreement between the two is no blind test.

| dimension | indicator | direction | why |
|---|---|---|---|
| labour | farm work, own-account work, unpaid work | + | family farms and family businesses are where most children work |
| labour | formal jobs | − | named as protective: social security of the head |
| ethnic | indigenous; black or brown | + | shares named in Chile, Costa Rica and Mexico |
| demographic | dependency ratio; rural population | + | named in Costa Rica and Jamaica |
| education of children | net attendance 6–17 | − | attendance is the salient protective factor |
| education of children | 2 or more years behind, 6–17; children 4–5 out of school | + | repetition and lack of places |
| education of adults | adults who cannot read; homes where nobody finished primary | + | low schooling of head and spouse |
| education of adults | schooling of adults | − | the same, positively |

Poverty is left out: in these data it does not go with child labour (Spearman +0.04).
The Atlas has no ethnic or rural share, so `write_brazil` derives them: population by colour or race from the RIPSA
table (preta and parda; indígena), rural from the Atlas' counts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pandas as pd

Method = Literal["vulnerability_index", "given_risk"]

DERIVED = "derivados.csv"
ATLAS = "Atlas do Desenvolvimento Humano no Brasil 2013 (PNUD, Ipea, FJP), Censo 2010"
RIPSA = "IBGE, Censo 2010, tabulado por DATASUS/RIPSA"

# name, column, label, dimension, direction, source
INDICATORS = (
    ("agriculture", "p_agro", "Ocupados en el sector agropecuario", "laboral", 1, ATLAS),
    ("own_account", "cpr", "Trabajadores por cuenta propia", "laboral", 1, ATLAS),
    ("unpaid", "ren0", "Ocupados sin ingreso del trabajo", "laboral", 1, ATLAS),
    ("formal", "p_formal", "Ocupados con empleo formal", "laboral", -1, ATLAS),
    ("indigenous", "pct_indigena", "Población indígena", "étnica", 1, RIPSA),
    ("afro", "pct_afro", "Población negra o parda", "étnica", 1, RIPSA),
    ("dependency", "razdep", "Razón de dependencia", "demográfica", 1, ATLAS),
    ("rural", "pct_rural", "Población rural", "demográfica", 1, ATLAS),
    ("attendance", "t_flbas", "Asistencia neta a la educación básica, 6 a 17 años", "educación de niños", -1, ATLAS),
    ("school_lag", "t_atraso_2_basico", "Dos o más años de atraso escolar, 6 a 17 años", "educación de niños", 1, ATLAS),
    ("out_of_preschool", "t_fora4a5", "Niños de 4 y 5 años fuera de la escuela", "educación de niños", 1, ATLAS),
    ("illiteracy", "t_analf18m", "Analfabetismo, 18 años o más", "educación de adultos", 1, ATLAS),
    ("no_primary_home", "t_fundin_todos", "Personas en hogares donde nadie terminó la primaria", "educación de adultos", 1, ATLAS),
    ("adult_schooling", "i_escolaridade", "Subíndice de escolaridad de adultos (0 a 1)", "educación de adultos", -1, ATLAS),
)  # fmt: skip


def brazil_study(data: Path, method: Method) -> str:
    """Text of study.toml. Files of the shared data are named by their place; `derivados.csv` is beside the study."""
    brazil = (data / "brazil").resolve().as_posix()
    name = {
        "vulnerability_index": "Brasil 2010: vulnerabilidad al trabajo infantil",
        "given_risk": "Brasil 2010: trabajo infantil medido por el censo, 10 a 15 años",
    }[method]
    parts = [
        f"""[study]
name = "{name}"
language = "es"
method = "{method}"
seed = 2010
country = "Brasil"
area_kind = "municipio"

[outcome]
name = "Trabajo infantil, 10 a 15 años"
definition = "Residentes de 10 a 15 años que trabajaban o buscaban trabajo en la semana de referencia"
source = "{RIPSA}"
year = 2010

[areas]
file = "{brazil}/atlas_adh2013_municipios_2010.csv.gz"
area_code = "codmun7"
area_name = "municipio"
parent_code = "uf"
parent_name = "ufn"
children = "ti_10a15_den"
year = 2010
source = "{ATLAS}"

[[areas.join]]
file = "{brazil}/municipios_2010_trabalho_infantil.csv.gz"
area_code = "cod_ibge"

[[areas.join]]
file = "{DERIVED}"
area_code = "cod_ibge"

[boundaries]
file = "{brazil}/municipios_br.geojson"
area_code = "cod_ibge"
source = "IBGE, malla municipal"
""",
        *(_indicator(*row) for row in INDICATORS),
    ]
    if method == "given_risk":
        parts.append('[given_risk]\nrisk = "ti_10a15_pct"\nscale = "percent"\n')
    else:
        parts.append('[index]\nname = "Índice de vulnerabilidad al trabajo infantil"\nweights = "equal"\n')
    return "\n".join(parts)


def write_brazil(data: Path, folder: Path, method: Method) -> Path:
    """Write study.toml and the derived table into `folder`; gives the path of study.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    derived_table(data).to_csv(folder / DERIVED, index=False)
    study = folder / "study.toml"
    study.write_text(brazil_study(data, method), encoding="utf-8")
    return study


def derived_table(data: Path) -> pd.DataFrame:
    """cod_ibge, pct_indigena, pct_afro, pct_rural (0–100) of 5,565 municipalities."""
    race = pd.read_csv(data / "brazil/datasus_rendabr_2010_por_raca.csv.gz", dtype={"MUNCOD": str, "CORRACA": str})
    people = race.pivot_table(index="MUNCOD", columns="CORRACA", values="DENRENDA", aggfunc="sum", fill_value=0)
    share = 100 * people.div(people.sum(axis=1), axis=0)
    atlas = pd.read_csv(
        data / "brazil/atlas_adh2013_municipios_2010.csv.gz",
        dtype={"codmun7": str, "codmun6": str},
        usecols=["codmun7", "codmun6", "pesorur", "pesotot"],
    )
    return pd.DataFrame(
        {
            "cod_ibge": atlas["codmun7"],
            "pct_indigena": atlas["codmun6"].map(share["5"]).round(3),
            "pct_afro": atlas["codmun6"].map(share["2"] + share["4"]).round(3),
            "pct_rural": (100 * atlas["pesorur"] / atlas["pesotot"]).round(3),
        }
    )


def _indicator(name: str, column: str, label: str, dimension: str, direction: int, source: str) -> str:
    return f"""[[indicator]]
name = "{name}"
column = "{column}"
label = "{label}"
dimension = "{dimension}"
direction = {direction}
unit = "{"" if column == "i_escolaridade" else "%"}"
source = "{source}"
year = 2010
"""
