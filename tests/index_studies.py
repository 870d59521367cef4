"""Index studies of Mexico 2020 and Colombia 2018, as text of their study files, and the published classes of their units.

Indicators follow the dimensions of the template as far as the tables go, chosen and directed before any comparison; weights are
equal. Neither table counts child labour: the published classes of the risk model are all there is to hold the index against.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

MEXICO = (
    ("primary", "pct_primario", "laboral"),
    ("precarious", "empleo_precario_pct", "laboral"),
    ("no_social_security", "car_segsoc_pct", "laboral"),
    ("indigenous", "pct_hli", "étnica"),
    ("dependency", "dep_ratio", "demográfica"),
    ("small_localities", "loc_peq_pct", "demográfica"),
    ("school_lag", "rezago_educ_pct", "rezago educativo"),
    ("illiteracy", "analf_pct", "educación de personas adultas"),
    ("no_basic_school", "sin_basica_pct", "educación de personas adultas"),
)
COLOMBIA = (
    ("informal", "trabajo_informal", "laboral"),
    ("dependency", "desempleo_larga_duracion", "demográfica"),  # the census table holds the dependency rate there
    ("out_of_school", "inasistencia_escolar", "educación de niñas, niños y adolescentes"),
    ("school_lag", "rezago_escolar", "educación de niñas, niños y adolescentes"),
    ("early_childhood", "barreras_primera_infancia", "educación de niñas, niños y adolescentes"),
    ("illiteracy", "analfabetismo", "educación de personas adultas"),
    ("low_schooling", "bajo_logro_educativo", "educación de personas adultas"),
)
TABLES = {
    "mexico": ("mexico/municipios_2020_indicadores.csv.gz", "cvegeo", "nom_mun", "cve_ent", "nom_ent", MEXICO),
    "colombia": ("colombia/dane_mpm_censal_2018_municipios.csv", "cod_dane", "municipio", "departamento", "", COLOMBIA),
}

# Classes of the Colombian application (DNP, 26 November 2019): 1 low, 2 medium, 3 high; other departments were not in it.
COLOMBIAN_CLASSES = {
    **dict.fromkeys(["Chocó", "Atlántico", "Bogotá, d.c.", "Bolívar", "Boyacá", "Caldas", "Cauca", "Cesar", "Cundinamarca",
                     "Magdalena", "Meta", "Sucre"], 1),
    **dict.fromkeys(["Antioquia", "Caquetá", "Córdoba", "Huila", "La guajira", "Norte de santander", "Quindio", "Risaralda",
                     "Valle del cauca"], 2),
    **dict.fromkeys(["Nariño", "Santander", "Tolima"], 3),
}  # fmt: skip
CLASSES = {"bajo": 1, "medio": 2, "alto": 3}


def index_study(data: Path, country: str) -> str:
    """Text of study.toml; the file of the shared data is named by its place."""
    path, code, name, parent_code, parent_name, rows = TABLES[country]
    columns = {"area_code": code, "area_name": name, "parent_code": parent_code, "parent_name": parent_name}
    named = "\n".join(f'{key} = "{column}"' for key, column in columns.items() if column)
    parts = [
        f'[study]\nname = "{country}"\nlanguage = "es"\nmethod = "vulnerability_index"\n',
        '[outcome]\nname = "Vulnerabilidad al trabajo infantil"\ndefinition = "Condiciones del territorio"\n',
        f'[areas]\nfile = "{(data / path).resolve().as_posix()}"\n{named}\n',
        *(f'[[indicator]]\nname = "{n}"\ncolumn = "{c}"\ndimension = "{d}"\nunit = "%"\n' for n, c, d in rows),
    ]
    return "\n".join(parts)


def mexican_classes(data: Path) -> pd.DataFrame:
    """nivel ("entidad", "municipio"), codigo, level (1 to 3) of the published classes."""
    table = pd.read_csv(data / "mirti_published" / "mirti_mexico_clases.csv", dtype={"codigo": str})
    return table.assign(level=table["riesgo_mirti"].map(CLASSES))[["nivel", "codigo", "level"]]
