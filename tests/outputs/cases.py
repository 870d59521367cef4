"""Hand-made results of the three routes, small enough to check by eye."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from riskmodel.i18n import Translator
from riskmodel.results import AREA_COLUMNS, Results
from riskmodel.study import Study

LONG_NAME = "Villa Nueva de la Santísima Trinidad y San José de los Remedios del Río Ñandubay"
LABELS = {
    "branch": "Rama de actividad de la jefatura del hogar",
    "attends": "Asistencia a la escuela",
    "rural": "Área urbana o rural",
    "sex": "Sexo",
    "age": "Edad",
    "language": "Lengua materna",
    "water": "Agua por red pública",
}


def study_of(method: str, synthetic: bool = True) -> Study:
    """A study whose declarations the sheet prints."""
    indicators = [
        ("agriculture", "Ocupados en agricultura", "%", 1), ("informal", "Ocupados sin contrato", "%", 1),
        ("indigenous", "Población indígena", "%", 1), ("poverty", "Hogares con necesidades básicas insatisfechas", "%", 1),
        ("out_of_school", "Fuera de la escuela, 6 a 14 años", "%", 1), ("schooling", "Años de escolaridad de las personas adultas", "años", -1),
        ("crowding", "Hacinamiento", "%", 1), ("hdi", "Índice de desarrollo humano", "", -1),
    ]  # fmt: skip
    data: dict[str, Any] = {
        "study": {
            "name": "Riesgo de trabajo infantil", "method": method, "country": "República de Nácar",
            "area_kind": "municipio", "synthetic": synthetic, "seed": 1,
        },
        "outcome": {
            "name": "Trabajo infantil, 5 a 17 años", "definition": "Trabajó o tenía empleo en la semana de referencia",
            "source": "Encuesta de hogares", "year": 2024, "age": {"column": "edad", "min": 5, "max": 17},
        },
        "areas": {"file": "a.csv", "area_code": "codigo", "source": "Registro de municipios", "year": 2018},
        "indicator": [
            {"name": n, "label": label, "unit": u, "direction": d, "source": "Censo nacional", "year": 2018}
            for n, label, u, d in indicators
        ],
    }  # fmt: skip
    if method == "risk_model":
        data["survey"] = {"file": "s.csv", "year": 2024, "source": "Encuesta de hogares", "weight": "w"}
        data["population"] = {
            "file": "p.parquet", "year": 2018, "source": "Censo nacional", "area_code": "mun",
            "groups": ["sexo", "area", "grupo_edad"],
        }  # fmt: skip
        data["determinant"] = [
            {"name": n, "label": label, "survey": {"column": {"sex": "sexo", "rural": "area"}.get(n, n)}}
            for n, label in LABELS.items()
        ]
    if method == "given_risk":
        data["given_risk"] = {"risk": "r"}
    return Study.model_validate(data)


def make_results(method: str = "risk_model", k: int = 3, synthetic: bool = True, n: int = 60) -> Results:
    """`n` areas in 3 parents. "001" is typical, "002" has a long name, "003" no estimate, "004" low, "005" high."""
    index = method == "vulnerability_index"
    rng = np.random.default_rng(7)
    areas = pd.DataFrame({"area_code": [f"{i:03d}" for i in range(1, n + 1)]})
    areas["area_name"] = [f"San Marcos {i}" for i in range(1, n + 1)]
    areas.loc[[0, 1, 3, 4], "area_name"] = ["San José de Ñandú", LONG_NAME, "Ciudad Colón", "Alto Yaqué"]
    areas["parent_code"] = [f"D{i % 3}" for i in range(n)]
    areas["parent_name"] = areas["parent_code"].map({"D0": "Costa Alta", "D1": "Sierra del Norte", "D2": "Valle"})
    areas["children"] = rng.integers(800, 30_000, n).astype(float)
    areas.loc[0, "children"] = 10_870.0
    risk = 0.04 + 0.16 * rng.beta(2, 4, n)
    risk[[0, 1, 3, 4]] = 0.114, 0.098, 0.004, 0.31
    risk[2] = np.nan
    half = 1.96 * 0.012
    if index:
        areas["index"] = 20 + 150 * risk
    else:
        areas["area_risk"] = risk
        areas["expected_count"] = risk * areas["children"]
    if method == "risk_model":
        areas["se"] = 0.012
        areas["ci_lower"] = np.clip(risk - half, 0.0021, None)
        areas["ci_upper"] = risk + half
        areas.loc[3, "ci_upper"] = 0.009
        areas["expected_count_lower"] = areas["ci_lower"] * areas["children"]
        areas["expected_count_upper"] = areas["ci_upper"] * areas["children"]
        areas["level_probability"] = 0.934
        areas["unscored_share"] = 0.01
    areas = areas.reindex(columns=list(AREA_COLUMNS))
    values = areas["index" if index else "area_risk"]
    cuts = values.quantile(np.linspace(0, 1, k + 1)[1:-1]).to_numpy()
    level = pd.array(np.searchsorted(cuts, values.fillna(0)) + 1, dtype="Int8")
    level[2] = pd.NA
    areas["level"] = areas["level_parent"] = level
    areas["rank"] = values.rank(ascending=False, method="min").astype("Int64")
    if method == "risk_model":
        areas["rank_lower"] = (areas["rank"] - 5).clip(1)
        areas["rank_upper"] = (areas["rank"] + 7).clip(upper=n - 1)
    return Results(
        areas=areas, parents=_upper(areas, "parent_code"), national=_upper(areas.assign(all=""), "all"),
        groups=_groups() if method == "risk_model" else pd.DataFrame(), coefficients=pd.DataFrame(),
        harmonisation=pd.DataFrame(), contributions=_contributions(method), priorities=pd.DataFrame(),
        indicators=_indicators(areas), index_scores=pd.DataFrame(), problems=pd.DataFrame(),
        manifest=_manifest(method, areas, values, k, synthetic),
    )  # fmt: skip


def _upper(areas: pd.DataFrame, by: str) -> pd.DataFrame:
    rows = []
    for code, part in areas.groupby(by):
        row = dict.fromkeys(("area_risk", "se", "ci_lower", "ci_upper", "expected_count", "index"), np.nan)
        row |= {
            "area_code": code,
            "area_name": "" if by == "all" else part["parent_name"].iloc[0],
            "children": part["children"].sum(),
        }
        for measure in ("area_risk", "index"):
            known = part[part[measure].notna()]
            if len(known):
                row[measure] = np.average(known[measure], weights=known["children"])
        rows.append(row)
    return pd.DataFrame(rows)


def _groups() -> pd.DataFrame:
    rows = [
        ("001", "sexo", "Niñas", 5300, 0.081), ("001", "sexo", "Niños", 5570, 0.145),
        ("001", "area", "Urbana", 6100, 0.07), ("001", "area", "Rural", 4770, 0.17),
        ("001", "grupo_edad", "5 a 11", 5900, 0.05), ("001", "grupo_edad", "12 a 14", 2500, 0.14),
        ("001", "grupo_edad", "15 a 17", 2470, 0.242),
    ]  # fmt: skip
    rows += [("", g, c, 1e6, r * 0.8) for _, g, c, _, r in rows]
    rows += [
        ("002", g, c, 20 if c == "Rural" else n, np.nan if c == "Rural" else r) for a, g, c, n, r in rows if a == "001"
    ]
    frame = pd.DataFrame(rows, columns=["area_code", "group", "category", "children", "area_risk"])
    frame["ci_lower"], frame["ci_upper"] = frame["area_risk"] - 0.02, frame["area_risk"] + 0.02
    return frame


def _contributions(method: str) -> pd.DataFrame:
    if method == "given_risk":
        return pd.DataFrame(columns=["area_code", "determinant", "contribution", "role"])
    if method == "vulnerability_index":
        parts = {
            "agriculture": 3.1,
            "poverty": 2.2,
            "indigenous": 1.4,
            "out_of_school": 0.9,
            "informal": 0.7,
            "crowding": 0.2,
            "schooling": -1.9,
            "hdi": -1.1,
        }
    else:
        parts = {
            "branch": 0.021,
            "attends": 0.0141,
            "rural": 0.008,
            "language": 0.0002,
            "sex": -0.0006,
            "age": -0.0042,
            "water": -0.0076,
        }
    rows = [(c, d, v, "risk" if v > 0 else "protective") for c in ("001", "002") for d, v in parts.items()]
    return pd.DataFrame(rows, columns=["area_code", "determinant", "contribution", "role"])


def _indicators(areas: pd.DataFrame) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"area_code": areas["area_code"]})
    for name in ("agriculture", "informal", "indigenous", "poverty", "out_of_school", "crowding"):
        frame[name] = rng.uniform(2, 80, len(areas))
    frame["schooling"] = rng.uniform(4, 12, len(areas))
    frame["hdi"] = rng.uniform(0.5, 0.8, len(areas))
    frame.loc[0, ["agriculture", "informal"]] = 34.25, np.nan
    return frame


def _manifest(method: str, areas: pd.DataFrame, values: pd.Series, k: int, synthetic: bool) -> dict[str, Any]:
    scale = 1 if method == "vulnerability_index" else 100
    levels = []
    for level in range(1, k + 1):
        inside = areas["level"].eq(level).fillna(False).to_numpy(bool)
        low, high = values[inside].min(), values[inside].max()
        levels.append(
            {"level": level, "lower": low, "upper": high, "printed_lower": round(low * scale, 1),
             "printed_upper": round(high * scale, 1), "areas": int(inside.sum()), "children": float(areas["children"][inside].sum())}
        )  # fmt: skip
    return {
        "product": "Mirador", "version": "0.1.0", "method": method, "fingerprint": "a1b2c3d4e5f6",
        "created": "2026-11-22T10:00:00+00:00", "study": study_of(method, synthetic).model_dump(mode="json"),
        "levels": levels, "breaks": [entry["upper"] for entry in levels], "gvf": 0.83, "k": k,
        "interval": {"risk_model": "coefficients"}.get(method, "none"), "areas": len(areas), "synthetic": synthetic,
        "years": {"survey": 2024, "population": 2018} if method == "risk_model" else {"areas": 2018},
    }  # fmt: skip


class Stretched(Translator):
    """English a third longer in every sentence, as a translation may be: layouts must hold."""

    def __call__(self, message: str, **values: object) -> str:
        text = super().__call__(message, **values)
        return text + " " + ("lorem ipsum dolor sit amet " * 20)[: len(text) * 3 // 10] if text else ""

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        text = super().plural(one, many, count, **values)
        return text + " " + "lorem ipsum dolor sit amet"[: len(text) * 3 // 10]
