"""Invented place names that sound right for each region.

Roots are put together from made-up syllables; saints and Spanish words always come with such a root or a second word,
so that a name is not that of a well-known real place. No name is used twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

COUNTRY = "Almaranda"
CAPITAL, PORT = "Santa Aurelia", "Puerto Sereno"
CAPITAL_DEPARTMENT = "Distrito de Santa Aurelia"
DEPARTMENTS = {
    "costa": ("Gran Estero", "Costa Honda", "Los Médanos", "Manglares", "Puntas Blancas", "Caletas", "Arenal Grande",
              "Marismas", "Ensenadas", "Rompientes", "Salinar", "Los Cabos Viejos"),
    "sierra": ("Quinapaya", "Tamacohue", "Ocolamba", "Cordillera Parda", "Yuramaque", "Chalatenca", "Nevados",
               "Sierra Honda", "Altos de Urarique", "Cumbres", "Páramo Grande", "Llazuma"),
    "valle": ("Altiplanicie", "Cañaveral", "Valles Hondos", "Trigales", "Almendral", "Las Vegas Altas", "Dos Laderas",
              "Campo Llano", "Huertas Viejas", "Los Nogales", "Vertientes", "Cauces"),
    "selva": ("Moreté", "Itanué", "Selva Mayor", "Yarapí", "Confluencias", "Monte Espeso", "Raudales", "Upamoa",
              "Tierra Adentro", "Caobas", "Los Bajíos", "Frontera Verde"),
}  # fmt: skip

HIGH = (
    ("Cha", "Yu", "Qui", "Ta", "Oco", "Ma", "Pa", "Sa", "Icha", "Tu", "Lla", "Cu", "Ura", "Poro", "Anta", "Soqui", "Hua", "Mulli"),
    ("", "", "ra", "la", "ca", "ri", "lu", "mi", "na", "to", "pi", "ya"),
    ("huale", "tenca", "ruca", "maque", "pique", "lamba", "cohue", "tambo", "chile", "noque", "paya", "rique", "zuma", "rinca", "yoc", "lloa"),
)  # fmt: skip
LOW = (
    ("Ari", "Yara", "Ita", "Mo", "Ca", "Ura", "Tapi", "Gua", "Upa", "Ibi", "Coro", "Pira", "Tu", "Aña", "Ño", "Sara"),
    ("", "", "ra", "ca", "mi", "no", "ta", "yu"),
    ("rí", "nué", "pí", "caré", "moa", "té", "guá", "bí", "queno", "rabá", "coa", "tuba"),
)  # fmt: skip
SAINTS = (
    "San Anselmo", "San Braulio", "San Cayetano", "San Dámaso", "San Eloy", "San Fermín", "San Gaspar", "San Hilario",
    "San Isidro", "San Jerónimo", "San Lázaro", "San Marcial", "San Nicasio", "San Onofre", "San Pascual", "San Roque",
    "San Severo", "San Tadeo", "San Ubaldo", "San Zenón", "Santa Adela", "Santa Brígida", "Santa Casilda", "Santa Delfina",
    "Santa Eulalia", "Santa Genoveva", "Santa Leonor", "Santa Marina", "Santa Otilia", "Santa Petra", "Santa Rufina",
    "Santa Sabina", "Santa Tecla", "Santa Úrsula", "Santo Toribio", "Concepción", "Asunción", "Candelaria",
)  # fmt: skip
SURNAMES = (
    "Albornoz", "Barrundia", "Cepeda", "Doblado", "Escalona", "Figueredo", "Garmendia", "Hinestroza", "Iriarte", "Jaramago",
    "Landívar", "Mondragón", "Narváez", "Olmedilla", "Peñaloza", "Quiñonero", "Recalde", "Saravia", "Tejada", "Urrutia",
    "Vallejos", "Zaldívar",
)  # fmt: skip
THINGS = (
    "Aguadas", "Alisos", "Carrizal", "Ceibas", "Cerritos", "Corrales", "Encinos", "Guayabos", "Hornos", "Jocotes", "Lajas",
    "Limonar", "Majadas", "Molinos", "Naranjal", "Ojo de Agua", "Palmar", "Pozas", "Quebradas", "Sauces", "Tejas",
    "Trapiche", "Tunales", "Vado", "Zapotal", "Achiote", "Cacaotal", "Tamarindo", "Piedras", "Laguna",
)  # fmt: skip
SIDES = ("Viejo", "Grande", "Hondo", "Alto", "Bajo", "Nuevo", "Chico", "Blanco")
# Stammering roots, and syllables that would amuse a classroom.
UNFIT = re.compile(
    r"(..)\1|(.)\2.?\2|caca|cag|pip|put|cul|tet|mea|mama|pedo|moco|pene|verg|conch|popo|pij|ñoño|tuto|rarr"
)
SEA = ("Puerto", "Caleta", "Punta", "Boca de", "Estero de", "Ensenada", "Bahía", "Playa de", "Barra de")
RIVER = ("Puerto", "Boca del", "Colonia", "Raudal", "Isla del", "Vuelta del", "Misión de", "Nuevo")


def make_names(region: Sequence[str], is_town: Sequence[bool], rng: np.random.Generator) -> list[str]:
    """One name per place, all different; `region` is costa, sierra, valle or selva."""
    taken: set[str] = {CAPITAL, PORT}
    names = []
    for kind, large in zip(region, is_town, strict=True):
        while (name := _name(kind, large, rng)) in taken:
            pass
        taken.add(name)
        names.append(name)
    return names


def make_department_names(region: Sequence[str]) -> list[str]:
    """Names of departments in order, from the list of each region."""
    waiting = {kind: iter(names) for kind, names in DEPARTMENTS.items()}
    return [next(waiting[kind]) for kind in region]


def _name(region: str, large: bool, rng: np.random.Generator) -> str:
    def pick(words: Sequence[str]) -> str:
        return words[int(rng.integers(len(words)))]

    def root(syllables: tuple[Sequence[str], ...]) -> str:
        while True:
            word = "".join(pick(part) for part in syllables)
            if 5 <= len(word) <= 11 and not UNFIT.search(word.lower()):
                return word

    own = HIGH if region in ("sierra", "valle") else LOW
    forms: list[tuple[float, Callable[[], str]]] = [
        ({"sierra": 5, "valle": 2.4, "costa": 1.6, "selva": 3}[region], lambda: root(own)),
        ({"sierra": 2.2, "valle": 2, "costa": 1.2, "selva": 0.6}[region], lambda: f"{pick(SAINTS)} {root(own)}"),
        (0.7, lambda: f"{pick(SAINTS)} de los {pick(('Altos', 'Llanos', 'Cerros', 'Valles', 'Ríos', 'Santos'))}"),
        ({"sierra": 0.6, "valle": 2.2, "costa": 1.4, "selva": 0.8}[region], lambda: _thing(pick)),
        (1.6 if large else 0.5, lambda: f"{pick(('Villa', 'Ciudad', 'Villa'))} {pick(SURNAMES)}"),
        (3.0 if region == "costa" else 0, lambda: f"{pick(SEA)} {pick((root(LOW), pick(SURNAMES), root(LOW)))}"),
        (3.0 if region == "selva" else 0, lambda: f"{pick(RIVER)} {root(LOW)}"),
    ]
    chance = np.array([weight for weight, _ in forms])
    return forms[int(rng.choice(len(forms), p=chance / chance.sum()))][1]()


def _thing(pick: Callable[[Sequence[str]], str]) -> str:
    """A Spanish noun with a root or an adjective that agrees: "Molinos de Sarapí", "Trapiche Viejo"."""
    thing = pick(THINGS)
    if thing.endswith("s") or thing in ("Ojo de Agua", "Laguna"):
        return f"{thing} de {pick(SURNAMES)}"
    return f"{thing} {pick(SIDES)}"
