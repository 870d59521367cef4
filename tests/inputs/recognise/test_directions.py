"""Directions come from words about the thing and turn with words that deny it; a name that says nothing has none."""

from __future__ import annotations

import pytest

from riskmodel.inputs.recognise.directions import known_direction
from riskmodel.inputs.recognise.facts import plain_name


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("analf_pct", 1), ("T_ANALF18M", 1), ("Tasa de alfabetización", -1), ("sin_agua_pct", 1), ("% con agua entubada", -1),
        ("Domicílios sem energia elétrica", 1), ("IDHM (2010)", -1), ("p_agro", 1), ("p_formal", -1), ("trabajo_informal", 1),
        ("DESERCIÓN", 1), ("COBERTURA_NETA", -1), ("renda_media_pc", -1), ("pobres_meio_sm_pct", 1), ("PO2SM", 1),
        ("Población indígena", 1), ("Taux de chômage", 1), ("Illiteracy rate", 1), ("Years of schooling", -1),
    ],
)  # fmt: skip
def test_directions_of_known_names(name, direction):
    assert known_direction(plain_name(name)).direction == direction


@pytest.mark.parametrize("name", ["v17", "superficie_km2", "IM_2020", "costo_de_transporte", "t_env"])
def test_other_names_have_none(name):
    assert known_direction(plain_name(name)) is None
