"""Real files with faults that are known: each is found, and sound ones are not accused."""

from __future__ import annotations

import pytest

from riskmodel.inputs.quality.profile import profile_file
from riskmodel.inputs.quality.roles import roles_of
from riskmodel.study_file import parse_study
from tests.brazil_study import brazil_study

pytestmark = pytest.mark.data


def test_the_weights_of_bogota_are_destroyed_and_those_of_its_dwellings_are_not(shared_data):
    spoilt = profile_file(shared_data / "messy/co_ecv2021_bogota_personas_fexc_danado.csv")
    assert [(p.code, p.where.column, p.values["count"]) for p in spoilt.findings if p.is_error] == [
        ("weight_destroyed", "FEX_C", 7692)
    ]
    assert spoilt.persons
    sound = profile_file(shared_data / "messy/co_ecv2021_bogota_vivienda.csv")
    assert not [p for p in sound.findings if p.severity != "note"]


def test_the_education_table_of_colombia(shared_data):
    """Gross coverage up to 287 %; ten years; codes without their zero in eight of them."""
    found = profile_file(shared_data / "messy/co_men_educacion_municipal_2011_2020.csv")
    assert not found.persons
    over = [p for p in found.of("COBERTURA_BRUTA") if p.code == "quality_coverage_over"]
    assert over[0].values["top"] == 286.92
    assert [p.values["count"] for p in found.findings if p.code == "quality_years_stacked"] == [10]
    lost = [p for p in found.of("CÓDIGO_MUNICIPIO") if p.code == "quality_codes_lost_zero"]
    assert lost[0].values["count"] == 1184


def test_the_states_of_brazil_have_the_country_among_them(shared_data):
    found = profile_file(shared_data / "brazil/atlas_adh2013_uf_br_2010.csv")
    assert [p.where.rows for p in found.findings if p.code == "quality_total_row"] == [(2,)]


@pytest.mark.parametrize("method", ["given_risk", "vulnerability_index"])
def test_the_municipal_tables_of_brazil_hold_nothing_impossible(shared_data, method):
    study = parse_study(brazil_study(shared_data, method), complete=False)
    for table in (study.areas, study.areas.join[0]):
        found = profile_file(shared_data / table.file, roles=roles_of(study, table.file))
        assert not found.persons
        assert not [p for p in found.findings if p.is_error]
        assert next(c for c in found.columns if c.name == table.area_code).role.declared


def test_mexico_is_sound_but_for_its_state_codes(shared_data):
    found = profile_file(shared_data / "mexico/municipios_2020_indicadores.csv.gz")
    assert [(p.code, p.where.column) for p in found.findings if p.severity != "note"] == [
        ("quality_codes_lost_zero", "cve_ent")
    ]
