"""The municipal table: about twenty indicators in the five dimensions of the vulnerability index, and services.

Most are counted from the people themselves; what the people do not carry (migrants, electricity, …) follows the
municipality's poverty with some noise. A few values are missing, as they always are.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from demo.noise import Floats
from demo.people import People

MISSING = {"trabajo_no_remunerado": 7, "migrantes": 2, "abandono_escolar": 2, "sin_internet": 3}  # municipalities


def municipal_table(people: People, places: pd.DataFrame, seed: np.random.SeedSequence) -> pd.DataFrame:
    """One row per municipality; shares in percent with one decimal."""
    rng = np.random.default_rng(seed)
    h, m = people.households, len(places)
    of_home = h["municipality"]
    of_person = of_home[people.household]
    child = people.is_child
    poverty, rural = places["poverty"].to_numpy(), 1 - places["urban"].to_numpy()

    def homes(value: np.ndarray) -> Floats:
        return 100 * np.bincount(of_home, value, m) / np.bincount(of_home, minlength=m)

    def persons(value: np.ndarray, among: np.ndarray) -> Floats:
        return 100 * np.bincount(of_person[among], value[among], m) / np.bincount(of_person[among], minlength=m)

    def modelled(base: float, by_poverty: float, by_rural: float, spread: float) -> Floats:
        return 100 / (1 + np.exp(-(base + by_poverty * poverty + by_rural * rural + rng.normal(0, spread, m))))

    children = np.bincount(of_person[child], minlength=m)
    teens = child & (people.edad >= 12)
    out_of_school = persons(1 - people.asiste, teens)
    years = np.bincount(of_home, h["anios"], m) / np.bincount(of_home, minlength=m)
    share_of_children = 100 * children / places["people"].to_numpy()
    table = pd.DataFrame({
        "codigo": places["area_code"],
        "municipio": places["area_name"],
        "cod_departamento": places["parent_code"],
        "departamento": places["parent_name"],
        "poblacion": places["people"].round().astype(int),
        "pob_5_17": children,
        "superficie_km2": places["km2"],
        "altitud_m": places["altitude"].round().astype(int),
        "horas_capital": places["hours"],
        "ocupacion_agropecuaria": homes(h["rama"] == 1),
        "sin_seguridad_social": homes(h["formal"] == 0),
        "trabajo_no_remunerado": modelled(-2.6, 0.35, 0.9, 0.25),
        "desempleo": modelled(-2.7, 0.12, -0.5, 0.22),
        "poblacion_indigena": homes(h["etnia"] == 1),
        "poblacion_afrodescendiente": homes(h["etnia"] == 2),
        "migrantes": modelled(-3.6, -0.35, -0.3, 0.55),
        "proporcion_5_17": share_of_children,
        "dependencia": 38 + 0.9 * share_of_children + 4 * rural + rng.normal(0, 2, m),
        "inasistencia_12_17": out_of_school,
        "abandono_escolar": 1 + 0.28 * out_of_school * np.exp(rng.normal(0, 0.18, m)),
        "rezago_escolar": modelled(-1.9, 0.40, 0.25, 0.2),
        "jefes_sin_primaria": homes(h["anios"] < 6),
        "escolaridad_media": years,
        "sin_agua_tuberia": homes(h["agua"] == 0),
        "hacinamiento": homes(h["pers_dorm"] > 3),
        "sin_electricidad": modelled(-3.6, 0.75, 0.9, 0.3),
        "sin_internet": modelled(0.2, 0.75, 0.8, 0.25),
        "pobreza_nbi": modelled(-1.2, 0.75, 0.35, 0.15),
    })  # fmt: skip
    small = 1 / places["people"].to_numpy()
    for column, count in MISSING.items():
        table.loc[rng.choice(m, count, replace=False, p=small / small.sum()), column] = np.nan
    return table.round(1)


def truth_table(people: People, places: pd.DataFrame) -> pd.DataFrame:
    """True risk (mean probability of the children), municipal effect, and the children who work."""
    child = people.is_child
    where, m = people.of("municipality")[child], len(places)
    total = np.bincount(where, minlength=m)
    return pd.DataFrame({
        "codigo": places["area_code"],
        "riesgo_verdadero": np.round(np.bincount(where, people.risk[child], m) / total, 5),
        "efecto_municipal": np.round(people.effect, 4),
        "casos": np.bincount(where, people.works[child], m).astype(int),
        "total": total,
    })  # fmt: skip


def published_table(truth: pd.DataFrame, seed: np.random.SeedSequence) -> pd.DataFrame:
    """What a ministry might have published: risk and standard error in percent, three municipalities without."""
    rng = np.random.default_rng(seed)
    risk = truth["riesgo_verdadero"].to_numpy()
    spread = 0.12 + 4 / np.sqrt(truth["total"].to_numpy())  # standard error on the logit scale
    drawn = 1 / (1 + np.exp(-(np.log(risk / (1 - risk)) + rng.normal(0, spread))))
    table = pd.DataFrame({
        "codigo": truth["codigo"],
        "riesgo_pct": np.round(100 * drawn, 1),
        "error_estandar_pct": np.round(100 * drawn * (1 - drawn) * spread, 2),
    })  # fmt: skip
    table.loc[rng.choice(len(table), 3, replace=False), ["riesgo_pct", "error_estandar_pct"]] = np.nan
    return table
