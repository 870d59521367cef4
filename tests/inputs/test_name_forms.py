"""Names in forms that can be compared."""

import pytest

from riskmodel.inputs.name_forms import compact, form, plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("São João d'Aliança", "SAO JOAO D ALIANCA"),
        ("● Aguascalientes", "Aguascalientes"),
        ("⚬\u2002Peñón Blanco", "penon blanco"),
        ("Bogotá, D.C.", "BOGOTA D C"),
        ("Güicán", "Guican"),
    ],
)
def test_names_that_differ_only_in_writing(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sta. Rosa de Copán", "Santa Rosa Copán"),
        ("Sto. Domingo", "Santo Domingo"),
        ("Gral. San Martín", "GENERAL SAN MARTIN"),
        ("Cnel. Oviedo", "Coronel Oviedo"),
        ("Dr. Arroyo", "Doctor Arroyo"),
        ("25 de Mayo", "Veinticinco de Mayo"),
        ("Dos de Mayo", "2 de Mayo"),
        ("1º de Mayo", "Primero de Mayo"),
        ("Pedro II", "Pedro Segundo"),
        ("Adolfo Gonzales Chaves II", "Adolfo Gonzales Chaves 2"),
        ("Municipio de Tena", "Tena"),
        ("Departamento de La Paz", "La Paz"),
        ("Ciudad de Guatemala", "Guatemala"),
        ("Bogotá, D.C.", "Bogotá"),
        ("San José de los Remates", "San José Remates"),
        ("El Carmen", "Carmen"),
        ("Cruz, La", "La Cruz"),
        ("Vila Velha", "Villa Velha"),
        ("Distr. 08 de Abril", "Distrito 8 Abril"),
    ],
)
def test_names_that_are_said_alike(one, other):
    assert form(one) == form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Santa Ana", "San Ana"),
        ("San José", "San Juan"),
        ("Dos Ríos", "Ríos"),
        ("Ciudad Bolívar", "Bolívar"),
        ("Pedro I", "Pedro II"),
        ("Villa Nueva", "Nueva"),
        ("Distrito Federal", "Federal"),
        ("La Paz", "Las Pazes"),
    ],
)
def test_names_that_stay_apart(one, other):
    assert form(one) != form(other)
    assert compact(one) != compact(other)


def test_a_name_of_small_words_only_stays():
    assert form("El Los") == "el los"
    assert form("") == ""


def test_blanks_and_apostrophes_come_and_go():
    assert compact("Olho d'Água") == compact("Olho Dágua")
