"""The municipal table of the demonstration country as an office would send it, to try how a file is recognised.

Titles above and a source below, a total row, codes without their zeros, decimal commas and thousands points, Windows letters.
The values are those of `municipios.csv`; like everything of the country they are synthetic, and the file says so.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

SOURCE, NAME = "municipios.csv", "municipios_como_llega.csv"

# Column of `municipios.csv`, what it is called here, and its decimals (None: text).
COLUMNS: tuple[tuple[str, str, int | None], ...] = (
    ("codigo", "Código", None),
    ("municipio", "Municipio", None),
    ("departamento", "Departamento", None),
    ("poblacion", "Población total", 0),
    ("pob_5_17", "Población de 5 a 17 años", 0),
    ("ocupacion_agropecuaria", "Ocupación agropecuaria (%)", 1),
    ("inasistencia_12_17", "Inasistencia escolar, 12 a 17 años (%)", 1),
    ("pobreza_nbi", "Pobreza por NBI (%)", 1),
)
TITLES = ("ALMARANDA (país inventado): DATOS SINTÉTICOS", "Indicadores municipales, 2023", "")
FOOT = ("", "Fuente: oficina de estadística inventada. Datos sintéticos de un país que no existe.")


def write_as_sent(source: Path, folder: Path) -> Path:
    """Write the table into `folder` from `municipios.csv` in `source`; gives its path. The same source gives the same bytes."""
    table = pd.read_csv(source / SOURCE, dtype={"codigo": str})
    columns = {title: _shown(table[name], decimals) for name, title, decimals in COLUMNS}
    columns["Código"] = [code.lstrip("0") for code in table["codigo"]]
    rows = [list(columns), *map(list, zip(*columns.values(), strict=True)), _total(table)]
    lines = [*TITLES, *(";".join(row) for row in rows), *FOOT]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    path.write_bytes("\r\n".join([*lines, ""]).encode("cp1252"))
    return path


def _shown(values: pd.Series, decimals: int | None) -> list[str]:
    if decimals is None:
        return [str(v) for v in values]
    return ["" if pd.isna(v) else _number(float(v), decimals) for v in values]


def _number(value: float, decimals: int) -> str:
    """A number with thousands points and a decimal comma."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def _total(table: pd.DataFrame) -> list[str]:
    """The row of the country: sums of people, and nothing for the rates."""
    sums = {name: _number(float(table[name].sum()), 0) for name in ("poblacion", "pob_5_17")}
    return ["", "TOTAL DEL PAÍS", *(sums.get(name, "") for name, _, _ in COLUMNS[2:])]
