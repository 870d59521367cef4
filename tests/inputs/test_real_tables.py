"""The real tables beside the project: all tidy ones load, every messy one loads or says why not."""

import pytest

from riskmodel.i18n import say, translator
from riskmodel.inputs.numbers import as_numbers
from riskmodel.inputs.preview import describe_columns
from riskmodel.inputs.read import read_noted, table_columns
from riskmodel.problems import InputProblems, Where

TIDY = ("brazil", "mexico", "colombia", "bolivia", "mirti_published", "peru", "reference")

# Rows and columns as SOURCES.md of each folder states them.
SHAPES = {
    "censo1976_pando_personas.csv.gz": (34_493, 24),
    "censo1976_pando_viviendas.csv.gz": (6_969, 35),
    "municipios_2020_indicadores.csv.gz": (2_469, 49),
    "atlas_adh2013_municipios_2010.csv.gz": (5_565, 125),
    "atlas_siglas.csv": (237, 4),
    "ecv2019_trabajo_infantil_original.csv": (31_451, 42),
    "dane_mpm_censal_2018_municipios.csv": (1_121, 18),
}

MESSY = {
    "br_atlas_idhm_2010_latin1.csv": 5_566,
    "br_mg_atlas_2010_sem_codigo.csv": 853,
    "co_dane_codigos_sin_ceros.csv": 1_102,
    "co_ecv2021_bogota_personas_fexc_danado.csv": 7_692,
    "co_ecv2021_bogota_vivienda.csv": 2_777,
    "co_men_educacion_municipal_2011_2020.csv": 11_219,
    "br_ripsa_trabalho_infantil_pnad2013_latin1.csv": "title_rows",
    "mx_inegi_poblacion_2020_latin1.csv": "title_rows",
    "mx_banxico_remesas_municipio.xls": "title_rows",
    "br_ibge_dtb_2021_municipios.xls": 5_570,
    "br_maranhao_municipios_geometria_invalida.json": "other_format",
    "ar_departamentos_sin_codigo.topojson": "other_format",
    "co_narino_municipios_epsg9377_latin1.zip": 64,
}


@pytest.mark.data
def test_every_tidy_table_loads(shared_data):
    paths = [p for folder in TIDY for p in (shared_data / folder).rglob("*") if p.name.endswith((".csv", ".csv.gz"))]
    assert len(paths) > 15
    shapes = {}
    for path in paths:
        table, notes = read_noted(path)
        assert notes == [], path.name
        assert table_columns(path) == list(table.columns), path.name
        assert not table.iloc[-1].isna().all(), path.name
        shapes[path.name] = table.shape
    assert {name: shapes[name] for name in SHAPES} == SHAPES


@pytest.mark.data
def test_every_messy_file_loads_or_says_why_not(shared_data):
    outcome: dict[str, int | str] = {}
    said: list[str] = []
    for path in (p for p in (shared_data / "messy").iterdir() if p.suffix != ".md"):
        try:
            outcome[path.name] = len(read_noted(path)[0])
        except InputProblems as error:
            outcome[path.name] = error.problems[0].code
            said += [str(say(p, translator("en"))) for p in error.problems]
    assert all(said)
    assert outcome == MESSY


@pytest.mark.data
def test_accents_of_latin1_files_are_right(shared_data):
    table = read_noted(shared_data / "messy" / "br_atlas_idhm_2010_latin1.csv")[0]
    assert table.iloc[:, 0].str.contains("São Paulo (SP)", regex=False).any()
    assert not table.iloc[:, 0].str.contains("\ufffd", regex=False).any()


@pytest.mark.data
def test_kinds_of_real_columns(shared_data):
    described = describe_columns(shared_data / "mexico" / "municipios_2020_indicadores.csv.gz").set_index("column")
    assert described["kind"][["cvegeo", "nom_mun", "analf_pct", "pob_conapo"]].to_list() == [
        "code",
        "text",
        "number",
        "number",
    ]


@pytest.mark.data
def test_decimal_commas_of_a_real_weight(shared_data):
    """SOURCES.md: the weights run from 1.9 to 3,062 and sum to 5.716 million."""
    weight, problems = as_numbers(
        read_noted(shared_data / "colombia" / "ecv2019_trabajo_infantil_original.csv")[0]["FEX_C"], Where()
    )
    assert problems == []
    assert (round(weight.min(), 1), round(weight.max())) == (1.9, 3062)
    assert weight.sum() == pytest.approx(5.716e6, abs=500)
