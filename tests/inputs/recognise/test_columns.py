"""Columns by name and values: neither is enough alone, and a person's identity is never offered as anything else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.inputs.recognise.columns import column_guesses
from riskmodel.inputs.recognise.kind import table_kind

DRAW = np.random.default_rng(7)


def text(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({k: pd.Series(v).astype("string") for k, v in columns.items()})


def survey(rows: int = 400, **more: object) -> pd.DataFrame:
    """Persons of a sample; names of columns differ by office and are given by the tests."""
    base = {
        "FEX_C": np.round(DRAW.uniform(5, 900, rows), 3),
        "estrato": DRAW.integers(1, 40, rows),
        "upm": DRAW.integers(1, 90, rows),
        "edad": DRAW.integers(0, 90, rows),
        "sexo": DRAW.integers(1, 3, rows),
        "clase": DRAW.integers(1, 3, rows),
        "trabajo_infantil": DRAW.integers(0, 2, rows),
    }
    return text(**(base | more))


def roles(table: pd.DataFrame) -> dict[str, str]:
    return {g.column: g.role for g in column_guesses(table).guesses}


def test_a_survey_is_known_by_its_design():
    table = survey()
    found = roles(table)
    assert found == {
        "FEX_C": "weight", "estrato": "stratum", "upm": "psu", "edad": "age", "sexo": "sex", "clase": "zone",
        "trabajo_infantil": "outcome",
    }  # fmt: skip
    kind = table_kind(table, column_guesses(table))
    assert (kind.kind, kind.certainty) == ("survey", "sure")


@pytest.mark.parametrize(
    ("weight", "stratum", "psu", "age", "sex"),
    [
        ("V1028", "Estrato", "UPA", "V2009", "V2007"),  # Brazil
        ("factor07", "estrato", "conglome", "p208a", "p207"),  # Peru
        ("expr", "varstrat", "varunit", "edad", "sexo"),  # Chile
        ("hv005", "hv022", "hv021", "hv105", "hv104"),  # DHS
        ("fac_men", "est_dis", "upm", "eda", "sex"),  # Mexico
    ],
)
def test_official_names_of_surveys(weight, stratum, psu, age, sex):
    """Names as the household surveys of the region publish them."""
    table = survey().rename(columns={"FEX_C": weight, "estrato": stratum, "upm": psu, "edad": age, "sexo": sex})
    found = roles(table)
    assert [found[c] for c in (weight, stratum, psu, age, sex)] == ["weight", "stratum", "psu", "age", "sex"]


def test_a_name_alone_is_not_enough():
    """“peso” of a table of areas is no weight, and “edad” with values over 130 is no age."""
    areas = text(cod_mun=[f"{i:05d}" for i in range(1001, 1061)], municipio=[f"Lugar {i}" for i in range(60)],
                 peso=DRAW.integers(100, 9000, 60))  # fmt: skip
    assert roles(areas)["peso"] not in ("weight", "indicator")
    assert roles(survey(edad=DRAW.integers(200, 900, 400)))["edad"] != "age"


def test_a_census_has_no_weights():
    table = survey().drop(columns=["FEX_C", "estrato", "upm", "trabajo_infantil"])
    table["cod_mun"] = pd.Series(DRAW.integers(1001, 1030, 400)).astype("string").str.zfill(5)
    found = column_guesses(table)
    assert (table_kind(table, found).kind, found.column("area_code")) == ("census", "cod_mun")


def test_the_area_is_the_finest_unit_whatever_it_is_called():
    """A department is an area in Argentina and the parent of a municipality in Colombia."""
    argentina = text(provincia_id=[f"{i // 10 + 1:02d}" for i in range(60)], provincia=[f"Prov {i // 10}" for i in range(60)],
                     departamento_id=[f"{i // 10 + 1:02d}{i:03d}" for i in range(60)], departamento=[f"Depto {i}" for i in range(60)])  # fmt: skip
    found = column_guesses(argentina)
    assert [found.column(r) for r in ("area_code", "area_name", "parent_code", "parent_name")] == [
        "departamento_id", "departamento", "provincia_id", "provincia",
    ]  # fmt: skip
    colombia = text(cod_depto=[f"{i // 10 + 5:02d}" for i in range(60)], departamento=[f"Depto {i // 10}" for i in range(60)],
                    cod_mpio=[f"{i // 10 + 5:02d}{i:03d}" for i in range(60)], mpio=[f"Mun {i}" for i in range(60)])  # fmt: skip
    found = column_guesses(colombia)
    assert [found.column(r) for r in ("area_code", "area_name", "parent_code", "parent_name")] == [
        "cod_mpio", "mpio", "cod_depto", "departamento",
    ]  # fmt: skip
    assert found.guess("parent_code").reason == "nested"


def test_cases_and_total_are_proved_by_their_values():
    total = DRAW.integers(100, 900, 50)
    cases = (total * 0.1).astype(int)
    table = text(codigo=[f"{i:04d}" for i in range(50)], nombre=[f"Lugar {i}" for i in range(50)], ti_num=cases, ti_den=total,
                 ti_pct=np.round(100 * cases / total, 3), analfabetismo_pct=np.round(DRAW.uniform(1, 30, 50), 2))  # fmt: skip
    found = roles(table)
    assert (found["ti_num"], found["ti_den"], found["ti_pct"]) == ("cases", "total", "rate")
    assert found["analfabetismo_pct"] == "indicator"
    swapped = table.assign(ti_num=table["ti_den"], ti_den=table["ti_num"])
    assert "cases" not in roles(swapped).values()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("nombre_completo", [f"Ana María {i}" for i in range(400)]),
        ("CPF", [f"{i:03d}.{i:03d}.{i:03d}-{i % 100:02d}" for i in range(400)]),
        ("contacto", [f"persona{i}@correo.org" for i in range(400)]),
        ("dni", [str(40_000_000 + 7 * i) for i in range(400)]),
        ("nombre", [f"Juan {i}" for i in range(400)]),
    ],
)
def test_who_a_person_is_is_never_anything_else(name, values):
    assert roles(survey(**{name: values}))[name] == "identity"


def test_names_of_places_are_nobodys_names():
    table = text(
        codigo=[f"{i:05d}" for i in range(60)], nombre=[f"San José {i}" for i in range(60)], pob=range(500, 560)
    )
    assert roles(table)["nombre"] == "area_name"
