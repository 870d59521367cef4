"""Programmes and services of each municipality: more of them in towns and near the capital than where risk is high."""

from __future__ import annotations

import numpy as np
import pandas as pd

# Name, type, determinant it addresses, body, chance in an average municipality (logit), tilt by poverty, places per child.
OFFER = (
    ("Becas Sigo Estudiando", "educación", "asiste", "Ministerio de Educación", 0.6, 0.10, 0.050),
    ("Jornada escolar ampliada", "educación", "asiste", "Ministerio de Educación", -0.9, -0.75, 0.120),
    ("Escuela intercultural bilingüe", "educación", "etnia", "Ministerio de Educación", -1.8, 0.60, 0.080),
    ("Bono Familia en la Escuela", "transferencia", "asiste", "Secretaría de Bienestar", 0.2, 0.55, 0.150),
    ("Centro comunitario de cuidado", "cuidado", "edad", "Municipio", -1.1, -0.60, 0.025),
    ("Inspección del trabajo", "inspección", "formal_jefe", "Ministerio de Trabajo", -1.6, -0.95, 0.010),
    ("Empleo y oficios para personas adultas", "empleo", "rama_jefe", "Ministerio de Trabajo", -1.0, -0.55, 0.020),
    ("Alfabetización de personas adultas", "educación de adultos", "escolaridad_jefe", "Ministerio de Educación", -0.7, 0.25, 0.030),
    ("Extensión agrícola familiar", "producción", "rama_jefe", "Ministerio de Agricultura", -0.8, 0.35, 0.040),
    ("Adolescentes con futuro", "protección", "edad", "Consejo de la Niñez", -1.5, -0.45, 0.015),
)  # fmt: skip


def services_table(places: pd.DataFrame, children: pd.Series, seed: np.random.SeedSequence) -> pd.DataFrame:
    """One row per service offered in a municipality: `cod_mun`, `servicio`, `tipo`, `atiende`, `entidad`, `cupos`."""
    rng = np.random.default_rng(seed)
    poverty = places["poverty"].to_numpy()
    parts = []
    for name, kind, factor, body, base, tilt, per_child in OFFER:
        there = rng.random(len(places)) < 1 / (1 + np.exp(-(base + tilt * poverty)))
        capacity = np.maximum(
            5 * np.round(children.to_numpy() * per_child * rng.uniform(0.5, 1.5, len(places)) / 5), 10
        )
        parts.append(pd.DataFrame({
            "cod_mun": places["area_code"], "servicio": name, "tipo": kind, "atiende": factor, "entidad": body,
            "cupos": capacity.astype(int),
        })[there])  # fmt: skip
    return pd.concat(parts).sort_values(["cod_mun", "servicio"], kind="stable").reset_index(drop=True)
