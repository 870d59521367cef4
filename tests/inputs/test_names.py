"""Names of places in normal case."""

import pandas as pd
import pytest

from riskmodel.inputs.names import normal_case, shouts


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("SÃO JOSÉ DO RIO PRETO", "São José do Rio Preto"),
        ("LA PAZ", "La Paz"),
        ("SAN JUAN DE LOS LAGOS", "San Juan de los Lagos"),
        ("PÍO XII", "Pío XII"),
        ("MOGI-MIRIM", "Mogi-Mirim"),
        ("SANTA BÁRBARA D'OESTE", "Santa Bárbara D'Oeste"),
    ],
)
def test_names_are_written_as_a_person_would(given, shown):
    assert normal_case(pd.Series([given]))[0] == shown


def test_only_a_column_that_shouts_is_changed():
    assert shouts(pd.Series(["MANAUS", "BELÉM", "NATAL", None]))
    assert not shouts(pd.Series(["Manaus", "Belém", "NATAL"]))
    assert not shouts(pd.Series(["01", "02", "03"]))


def test_missing_names_stay_missing():
    assert pd.isna(normal_case(pd.Series(["LIMA", None], dtype="string"))[1])
