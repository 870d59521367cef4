"""Columns of surveys known by the labels their file has for them, and names of places known by what stands in them."""

from __future__ import annotations

import pandas as pd

from riskmodel.inputs.recognise.columns import column_guesses
from riskmodel.inputs.recognise.kind import table_kind


def text(columns: dict[str, list[object]]) -> pd.DataFrame:
    return pd.DataFrame({c: pd.Series([None if v is None else str(v) for v in vs], dtype="string") for c, vs in columns.items()})  # fmt: skip


N = 40
PERSONS = text({
    "v1": [i // 4 for i in range(N)], "q7": [i * 7 % 80 for i in range(N)], "q8": [1 + i % 2 for i in range(N)],
    "q9": [1 + i % 9 for i in range(N)], "peso": [100.5 + i for i in range(N)], "q12": [i % 60 for i in range(N)],
})  # fmt: skip
LABELS = {
    "v1": "Unidad primaria de muestreo", "q7": "¿Qué edad tiene en años cumplidos?", "q8": "Sexo",
    "q9": "Relación de parentesco con el jefe", "q12": "Edad de la madre",
}  # fmt: skip


def test_a_label_says_what_a_name_does_not():
    found = column_guesses(PERSONS, LABELS)
    roles = {g.role: g.column for g in found.guesses}
    assert found.persons
    assert (roles["age"], roles["sex"], roles["kinship"], roles["psu"]) == ("q7", "q8", "q9", "v1")
    assert {g.reason for g in found.guesses if g.column in ("q7", "q9", "v1")} == {"label"}


def test_values_that_cannot_be_ages_are_none_whatever_the_label():
    wrong = PERSONS.assign(q7=PERSONS["peso"].astype("float").mul(1000).astype("string"))
    roles = {g.column: g.role for g in column_guesses(wrong, {**LABELS, "q12": ""}).guesses}
    assert roles["q7"] != "age"


def test_the_one_column_of_names_beside_figures_holds_the_areas():
    names = [f"Lugar {chr(65 + i)}" for i in range(12)]
    table = text({"Etiquetas de fila": names, "Suma de casos": list(range(12)), "Suma de visitas": list(range(12, 24))})
    found = column_guesses(table)
    assert found.places.column("area_name") == "Etiquetas de fila"
    assert table_kind(table, found).kind == "areas"


def test_names_of_measures_are_no_areas():
    """A table that lies on its side: areas are its columns."""
    measures = [
        "Población que trabaja",
        "Tasa de trabajo",
        "Porcentaje rural",
        "Analfabetas",
        "Total",
        "Tasa de abandono",
    ]
    table = text(
        {"Concepto": measures, **{n: list(range(6)) for n in ("Alba", "Bruma", "Cima", "Duna", "Estero", "Faro")}}
    )
    assert table_kind(table, column_guesses(table)).kind == "unknown"


def test_names_that_repeat_in_several_provinces_still_have_their_province():
    names = ["Capital", "Colón", "Loma", "Duna", "Faro", "Cima"]
    rows = [(p, n) for k, p in enumerate(("Norte", "Sur", "Este")) for n in (*names[:3], f"{names[3 + k]} Alta")]
    table = text({"PROVINCIA": [p for p, _ in rows], "DEPARTAMENTO": [d for _, d in rows], "CASOS": list(range(12))})
    places = column_guesses(table).places
    assert (places.column("area_name"), places.column("parent_name"), places.per_area) == (
        "DEPARTAMENTO",
        "PROVINCIA",
        True,
    )


def test_words_stuck_together_and_little_words_are_read():
    table = text({
        "codmpio": [f"{5001 + i}" for i in range(12)], "nommpio": [f"Lugar {i}" for i in range(12)],
        "Clave de la entidad federativa": [str(5 + i // 6) for i in range(12)], "tasa": [1.5 * i for i in range(12)],
    })  # fmt: skip
    places = column_guesses(table).places
    assert (places.column("area_code"), places.column("area_name")) == ("codmpio", "nommpio")
    assert places.column("parent_code") == "Clave de la entidad federativa"


def test_long_codes_of_census_sectors_are_codes():
    table = text({
        "Cod_setor": [f"2800100050000{i:02d}" for i in range(30)], "Cod_municipio": [f"28001{i // 10:02d}" for i in range(30)],
        "V001": [40 + i for i in range(30)],
    })  # fmt: skip
    assert column_guesses(table).places.column("area_code") == "Cod_setor"
