"""Every real file is recognised for what it is, and its code column is found."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from intake import look_at
from riskmodel.inputs.recognise.sources import OtherSource, Source

pytestmark = pytest.mark.data

# file: kind, column of the area code ("" where it has none)
FILES = {
    "bolivia/censo1976_diccionario.csv": ("dictionary", None),
    "bolivia/censo1976_pando_personas.csv.gz": ("census", "cod_canton"),
    "bolivia/censo1976_pando_viviendas.csv.gz": ("dwellings", ""),
    "brazil/atlas_adh2013_municipios_2010.csv.gz": ("areas", "codmun7"),
    "brazil/atlas_adh2013_uf_br_2010.csv": ("areas", "UF"),
    "brazil/atlas_siglas.csv": ("dictionary", None),
    "brazil/datasus_rendabr_2010_por_raca.csv.gz": ("cells", "MUNCOD"),
    "brazil/municipios_2010_trabalho_infantil.csv.gz": ("areas", "cod_ibge"),
    "brazil/municipios_br.topojson": ("boundaries", "cod_ibge"),
    "brazil/pnadc_2017t4_exemplo.csv.gz": ("survey", "UF"),
    "brazil/pnadc_2017t4_exemplo_dicionario.csv": ("dictionary", None),
    "colombia/dane_mpm_censal_2018_municipios.csv": ("areas", "cod_dane"),
    "colombia/dnp_brechas_territoriales_2024.csv": ("areas", "DIVIPOLA"),
    "colombia/ecv2019_ninos_5_11.csv.gz": ("survey", ""),
    "colombia/ecv2019_trabajo_infantil_diccionario.csv": ("dictionary", None),
    "colombia/ecv2019_trabajo_infantil_original.csv": ("survey", ""),
    "colombia/municipios_co.topojson": ("boundaries", "cod_dane"),
    "messy/ar_departamentos_sin_codigo.topojson": ("boundaries", None),
    "messy/br_atlas_idhm_2010_latin1.csv": ("areas", "COD IBGE"),
    "messy/br_ibge_dtb_2021_municipios.xls": ("register", "Código Município Completo"),
    "messy/br_maranhao_municipios_geometria_invalida.json": ("boundaries", "id"),
    "messy/br_mg_atlas_2010_sem_codigo.csv": ("areas", ""),
    "messy/br_ripsa_trabalho_infantil_pnad2013_latin1.csv": ("areas", ""),
    "messy/co_dane_codigos_sin_ceros.csv": ("register", "municipioId"),
    "messy/co_ecv2021_bogota_personas_fexc_danado.csv": ("survey", ""),
    "messy/co_ecv2021_bogota_vivienda.csv": ("dwellings", None),
    "messy/co_men_educacion_municipal_2011_2020.csv": ("areas_by_year", "CÓDIGO_MUNICIPIO"),
    "messy/co_narino_municipios_epsg9377_latin1.zip": ("boundaries", "MPIO_CDPMP"),
    "messy/mx_banxico_remesas_municipio.xls": ("areas", ""),
    "messy/mx_inegi_poblacion_2020_latin1.csv": ("areas", "area_code"),
    "mexico/municipios_2020_diccionario.csv": ("dictionary", None),
    "mexico/municipios_2020_indicadores.csv.gz": ("areas", "cvegeo"),
    "mexico/municipios_mx.topojson": ("boundaries", "cvegeo"),
    "mirti_published/mirti_mexico_clases.csv": ("register", "codigo"),
    "peru/distritos_pe.topojson": ("boundaries", "ubigeo"),
    "reference/conapo_imm/IMM_2015.csv": ("areas", "CVE_MUN"),
    "reference/conapo_imm/IMM_2020.csv": ("areas", "CVE_MUN"),
    "reference/sae_milk/milk.csv": ("areas", "SmallArea"),
}
# The other file of boundaries of a country holds the same table.
SAME = ("brazil/municipios_br.geojson", "colombia/municipios_co.geojson", "mexico/municipios_mx.geojson", "peru/distritos_pe.geojson")  # fmt: skip
NO_CODES = ("reference/sae_milk/published_emdi_fh_ml_sae.csv", "reference/sae_milk/published_emdi_fh_reml_sae.csv")
SETTINGS = ("reference/conapo_imm/expected.json", "reference/sae_milk/published_expected_samplics.json")


# Large files whose kind smaller ones of this list show too; `make bench` reads them.
SLOW = (
    "brazil/atlas_adh2013_municipios_2010.csv.gz", "brazil/atlas_adh2013_uf_br_2010.csv", "brazil/municipios_br.topojson",
    "colombia/dnp_brechas_territoriales_2024.csv", "colombia/ecv2019_trabajo_infantil_original.csv",
    "mexico/municipios_mx.topojson", "colombia/municipios_co.topojson", "reference/conapo_imm/IMM_2015.csv",
)  # fmt: skip


@cache
def looked_at(path: Path) -> Source:
    return look_at(path)


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.bench) if n in SLOW else n for n in FILES])
def test_every_file_is_what_it_is(shared_data, name):
    kind, code = FILES[name]
    found = looked_at(shared_data / name)
    assert not isinstance(found, OtherSource)
    assert found.kind.kind == kind
    if code is not None:
        assert found.columns.column("area_code") == code


@pytest.mark.parametrize("name", NO_CODES)
def test_a_table_without_areas_or_persons_is_not_forced_into_a_kind(shared_data, name):
    found = looked_at(shared_data / name)
    assert (found.kind.kind, found.kind.certainty) == ("unknown", "ask")


def test_no_file_is_left_out_of_this_list(shared_data):
    known = {*FILES, *SAME, *NO_CODES, *SETTINGS}
    there = {p.relative_to(shared_data).as_posix() for p in shared_data.glob("*/**/*") if p.is_file()}
    assert {n for n in there if not n.endswith("SOURCES.md")} <= known


def test_roles_of_real_surveys(shared_data):
    brazil = looked_at(shared_data / "brazil/pnadc_2017t4_exemplo.csv.gz").columns
    # V1028 is the weight with the last calibration, V1027 the one before it
    assert [brazil.column(r) for r in ("weight", "stratum", "psu", "age", "sex", "zone")] == [
        "V1028", "Estrato", "UPA", "V2009", "V2007", "V1022",
    ]  # fmt: skip
    colombia = looked_at(shared_data / "colombia/ecv2019_ninos_5_11.csv.gz").columns
    assert [colombia.column(r) for r in ("weight", "age", "household")] == ["FEX_C", "edad", "DIRECTORIO"]
    assert "ti_amplio" in colombia.columns("outcome")


def test_a_measured_rate_is_found_with_its_counts(shared_data):
    found = looked_at(shared_data / "brazil/municipios_2010_trabalho_infantil.csv.gz").columns
    assert (found.column("cases"), found.column("total"), found.column("rate")) == (
        "ti_10a15_num", "ti_10a15_den", "ti_10a15_pct",
    )  # fmt: skip
    assert "ti_10a15_pct" not in found.columns("indicator")
