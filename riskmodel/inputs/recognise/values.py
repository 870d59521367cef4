"""What the usual codes of surveys and censuses mean: sexes, urban and rural, yes and no.

Read only where every value of a column is known, and by all of them together: M beside H is a woman, M beside F a man.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from riskmodel.i18n.translator import N_

BOY, GIRL = N_("male"), N_("female")
URBAN, RURAL = N_("urban"), N_("rural")
YES, NO = N_("yes"), N_("no")

_SEXES: tuple[Mapping[str, str], ...] = (
    {"1": BOY, "2": GIRL},
    {"h": BOY, "m": GIRL},
    {"m": BOY, "f": GIRL},
    {"v": BOY, "m": GIRL},
    {"hombre": BOY, "mujer": GIRL},
    {"hombres": BOY, "mujeres": GIRL},
    {"varon": BOY, "mujer": GIRL},
    {"varón": BOY, "mujer": GIRL},
    {"niño": BOY, "niña": GIRL},
    {"masculino": BOY, "femenino": GIRL},
    {"masculino": BOY, "feminino": GIRL},
    {"homem": BOY, "mulher": GIRL},
    {"male": BOY, "female": GIRL},
    {"boy": BOY, "girl": GIRL},
    {"homme": BOY, "femme": GIRL},
    {"masculin": BOY, "féminin": GIRL},
)
_ZONES: tuple[Mapping[str, str], ...] = (
    {"1": URBAN, "2": RURAL},
    {"u": URBAN, "r": RURAL},
    {"urbana": URBAN, "rural": RURAL},
    {"urbano": URBAN, "rural": RURAL},
    {"urban": URBAN, "rural": RURAL},
    {"urbain": URBAN, "rural": RURAL},
    {"urb": URBAN, "rur": RURAL},
)
_ANSWERS: tuple[Mapping[str, str], ...] = (
    {"1": YES, "2": NO},
    {"s": YES, "n": NO},
    {"si": YES, "no": NO},
    {"sí": YES, "no": NO},
    {"sim": YES, "não": NO},
    {"y": YES, "n": NO},
    {"yes": YES, "no": NO},
    {"oui": YES, "non": NO},
    {"o": YES, "n": NO},
    {"true": YES, "false": NO},
    {"1": YES, "0": NO},
)


def sexes(values: Sequence[str]) -> dict[str, str] | None:
    """Value -> message, where all values are known together; None otherwise."""
    return _known(values, _SEXES)


def zones(values: Sequence[str]) -> dict[str, str] | None:
    """Value -> message of urban and rural."""
    return _known(values, _ZONES)


def yes_no(values: Sequence[str]) -> dict[str, str] | None:
    """Value -> message of yes and no."""
    return _known(values, _ANSWERS)


def _known(values: Sequence[str], tables: Sequence[Mapping[str, str]]) -> dict[str, str] | None:
    if len(values) != 2:
        return None
    for table in tables:
        if {v.casefold() for v in values} == set(table):
            return {v: table[v.casefold()] for v in values}
    return None
