"""Real files as offices published them: each gives the right table, or asks the one question a person must answer."""

from __future__ import annotations

import csv
import gzip

import pandas as pd
import pytest

from riskmodel.inputs.apply_reading import apply_reading
from riskmodel.inputs.codes import as_codes
from riskmodel.inputs.grid import read_grid
from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.recognise.files import recognise
from riskmodel.problems import Where

pytestmark = pytest.mark.data


@pytest.fixture
def messy(shared_data):
    return shared_data / "messy"


@pytest.fixture
def read(messy):
    """Recognition of a messy file and the table it makes."""

    def of(name):
        path = messy / name
        found = recognise(path)
        assert found.problems == ()
        return found, apply_reading(read_grid(path, found.sheet), found.reading).table

    return of


def asked(found):
    return [g.code for g in found.questions]


def total(column: pd.Series) -> float:
    numbers, problems = as_numbers(column, Where())
    assert not any(p.is_error for p in problems)
    return float(numbers.sum())


def test_brazil_atlas_without_its_total_row(read):
    """5,565 municipalities (the first row is Brazil, code --); São Paulo's index is 0.805."""
    found, table = read("br_atlas_idhm_2010_latin1.csv")
    assert (len(table), asked(found), found.reading.leave_out) == (5565, [], (2,))
    place = table.set_index("COD IBGE").loc["355030"]
    assert (place["area_name"], place["parent_name"], float(place["IDHM (2010)"])) == ("São Paulo", "SP", 0.805)
    assert table["parent_name"].nunique() == 27


def test_brazil_states_with_titles_notes_total_and_intervals_as_text(read):
    found, table = read("br_ripsa_trabalho_infantil_pnad2013_latin1.csv")
    assert (len(table), asked(found)) == (27, [])
    first = table.iloc[0]
    assert (first.iloc[0], first.iloc[1]) == ("Rondônia", "9.4")
    assert (first["Informações Estatísticas lower"], first["Informações Estatísticas upper"]) == ("7,2", "11,6")
    assert table.iloc[:, 0].tolist()[-1] == "Distrito Federal"
    assert table.iloc[3, 1] == "*"  # Roraima: a mark of missing data stays one


def test_brazil_register_in_an_old_workbook(read):
    found, table = read("br_ibge_dtb_2021_municipios.xls")
    assert (len(table), asked(found), found.reading.is_plain) == (5570, [], True)
    codes = table["Código Município Completo"]
    assert codes.str.fullmatch(r"\d{7}").all()
    assert codes.nunique() == 5570
    assert table["Município"].str.len().unique().tolist() == [5]  # zeros of text cells stay


def test_brazil_minas_with_names_only(read):
    found, table = read("br_mg_atlas_2010_sem_codigo.csv")
    assert (len(table), asked(found)) == (853, [])
    assert table["parent_name"].unique().tolist() == ["MG"]
    assert table["area_name"].iloc[0] == "Abadia dos Dourados"


def test_colombia_codes_get_their_zeros_back(read, shared_data):
    """All 1,102 codes are then those of the official list (a municipality may be abolished since)."""
    found, table = read("co_dane_codigos_sin_ceros.csv")
    assert (len(table), asked(found)) == (1102, [])
    assert table["municipioId"].str.fullmatch(r"\d{5}").all()
    official = set(
        as_codes(pd.read_csv(shared_data / "colombia/dane_mpm_censal_2018_municipios.csv", dtype=str)["cod_dane"])
    )
    assert table["municipioId"].isin(official).mean() > 0.98
    assert (table["municipioId"].str[:2] == table["departamentoId"]).all()


def test_colombia_ten_years_ask_which(read, messy):
    """11,219 rows of 2011 to 2020; each year has one row per municipality, its code written with or without the zero."""
    found, table = read("co_men_educacion_municipal_2011_2020.csv")
    assert (len(table), asked(found)) == (11_219, ["stacked_years"])
    question = found.questions[0]
    assert [k.values[0] for k in question.alternatives] == [str(y) for y in range(2020, 2010, -1)]
    reading = found.answered(question, question.alternatives[0]).reading
    kept = apply_reading(read_grid(messy / "co_men_educacion_municipal_2011_2020.csv"), reading).table
    assert kept["AÑO"].unique().tolist() == ["2020"]
    assert kept["CÓDIGO_MUNICIPIO"].is_unique
    assert kept["CÓDIGO_MUNICIPIO"].str.fullmatch(r"\d{5}").all()


def test_colombia_destroyed_weights_are_asked_and_the_right_ones_read(read):
    """SOURCES.md: "20.014.693.005" was 2001.4693005, which the file of dwellings still has."""
    found, table = read("co_ecv2021_bogota_personas_fexc_danado.csv")
    assert (len(table), asked(found), found.questions[0].where.column) == (7692, ["numbers_damaged"], "FEX_C")
    assert table["FEX_C"].iloc[0] == "20.014.693.005"
    dwellings, right = read("co_ecv2021_bogota_vivienda.csv")
    assert (len(right), asked(dwellings), right["FEX_C"].iloc[0]) == (2777, [], "2001.469301")


def test_mexico_population_with_formulas_titles_and_states(read):
    """INEGI: 126,014,024 inhabitants in 2,469 municipalities of 32 states."""
    found, table = read("mx_inegi_poblacion_2020_latin1.csv")
    assert (len(table), asked(found)) == (2469, [])
    assert total(table["Total"]) == 126_014_024
    assert total(table["Hombres"]) == 61_473_390
    assert table["area_code"].str.fullmatch(r"\d{5}").all()
    assert table["area_code"].is_unique
    assert table["parent_name"].nunique() == 32
    place = table.set_index("area_code").loc["09007"]
    assert (place["area_name"], place["parent_name"], place["Total"]) == ("Iztapalapa", "Ciudad de México", "1835486")


def test_mexico_report_with_bullets_and_states_mixed(read, messy):
    """The states of the report add up to their municipalities: checked for the third column."""
    found, table = read("mx_banxico_remesas_municipio.xls")
    assert asked(found) == []
    assert found.reading.header == (10,)
    assert table["parent_name"].nunique() == 32
    assert table.iloc[0].tolist()[:2] == ["Aguascalientes", "145.102371"]
    assert table["area_name"].iloc[-1] == "No identificado"
    states = found.reading.headings[0].rows
    cells = read_grid(messy / "mx_banxico_remesas_municipio.xls").cells
    heads = pd.to_numeric(cells.loc[[r - 1 for r in states], 2])
    assert pd.to_numeric(table["Jul-Sep 2025"]).sum() == pytest.approx(heads.sum(), rel=1e-6)


def test_boundaries_are_known_as_such_and_their_table_can_be_read(shared_data):
    names = ("ar_departamentos_sin_codigo.topojson", "br_maranhao_municipios_geometria_invalida.json", "co_narino_municipios_epsg9377_latin1.zip")  # fmt: skip
    assert [recognise(shared_data / "messy" / n).kind for n in names] == ["boundaries"] * 3
    grid = read_grid(shared_data / "messy" / names[2])
    assert (len(grid.cells), grid.container) == (65, "dbf")
    names = grid.cells.stack().astype(str)
    assert (names.str.contains("Ñ|Ú|Í|Á", regex=True).any(), names.str.contains("\ufffd").any()) == (True, False)


LEFT_OUT = {"atlas_adh2013_uf_br_2010.csv": 1}  # its first row is Brazil
TIDY = (
    "bolivia/censo1976_diccionario.csv", "mexico/municipios_2020_diccionario.csv", "mexico/municipios_2020_indicadores.csv.gz",
    "mirti_published/mirti_mexico_clases.csv", "reference/conapo_imm/IMM_2020.csv", "brazil/atlas_adh2013_uf_br_2010.csv",
    "brazil/atlas_siglas.csv", "colombia/dane_mpm_censal_2018_municipios.csv", "reference/sae_milk/milk.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", TIDY)
def test_tidy_tables_keep_every_row(shared_data, name):
    """Nothing is left out of a table that is in order, but for a row of the whole country (the larger ones: `make bench`)."""
    path = shared_data / name
    found = recognise(path)
    with (gzip.open if name.endswith("gz") else open)(path, "rt", encoding="utf-8", newline="") as handle:
        rows = sum(1 for _ in csv.reader(handle)) - 1
    assert found.rows == rows - LEFT_OUT.get(path.name, 0)
    assert (found.reading.header, asked(found)) == ((), [])
