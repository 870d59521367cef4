"""Names of places in normal case."""

import pandas as pd
import pytest

from riskmodel.inputs.areas import read_areas
from riskmodel.inputs.names import normal_case, shouts
from riskmodel.study_file import parse_study


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("SÃO JOSÉ DO RIO PRETO", "São José do Rio Preto"),
        ("LA PAZ", "La Paz"),
        ("SAN JUAN DE LOS LAGOS", "San Juan de los Lagos"),
        ("PÍO XII", "Pío XII"),
        ("MOGI-MIRIM", "Mogi-Mirim"),
        ("SãO PAULO", "São Paulo"),
        ("Belém", "Belém"),
        ("SANTA BÁRBARA D'OESTE", "Santa Bárbara D'Oeste"),
    ],
)
def test_names_are_written_as_a_person_would(given, shown):
    assert normal_case(pd.Series([given]))[0] == shown


def test_only_a_column_that_shouts_is_changed():
    assert shouts(pd.Series(["MANAUS", "BELÉM", "NATAL", None]))
    assert not shouts(pd.Series(["Manaus", "Belém", "NATAL"]))
    assert shouts(pd.Series(["MANAUS", "BELÉM", "NATAL", "Lima"]))
    assert not shouts(pd.Series(["01", "02", "03"]))


def test_a_table_that_shouts_is_read_in_normal_case_and_says_so(tmp_path):
    (tmp_path / "m.csv").write_text(
        "c,n,r\n1,SANTA FE,0.1\n2,LA PAZ,0.2\n3,SAN JOSE DE LOS LLANOS,0.3\n", encoding="utf-8"
    )
    study = parse_study(
        '[study]\nname="x"\nmethod="given_risk"\n[outcome]\nname="o"\ndefinition="d"\n'
        '[areas]\nfile="m.csv"\narea_code="c"\narea_name="n"\n[given_risk]\nrisk="r"\n'
    )
    areas, problems = read_areas(study, tmp_path)
    assert areas["area_name"].tolist() == ["Santa Fe", "La Paz", "San Jose de los Llanos"]
    assert [(p.code, p.where.column, p.severity) for p in problems] == [("names_in_capitals", "n", "note")]


def test_missing_names_stay_missing():
    assert pd.isna(normal_case(pd.Series(["LIMA", None], dtype="string"))[1])
