"""The people of the country: every household with children, and who of them works.

Whether a child works is drawn from a known logistic model (`TRUE_ODDS`, plus an effect of each municipality), so that
what a study finds can be set beside the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from demo.noise import Floats

PREVALENCE = 0.09
AREA_EFFECT = 0.25  # standard deviation of the municipal effects, logit scale
SECTOR_HOUSEHOLDS = 90  # of a census sector
YOUNGEST, OLDEST, ADULT = 5, 17, 18

AREAS = ("urbana", "rural")
SEXES = ("mujer", "hombre")
ETHNICITIES = ("otra", "indígena", "afrodescendiente")
BRANCHES = ("servicios", "agropecuario", "industria y construcción", "comercio", "no trabaja")
SCHOOLING = ("sin escolaridad", "primaria incompleta", "primaria completa", "secundaria o más")
AGE_BANDS = ("5 a 11 años", "12 a 14 años", "15 a 17 años")

# Odds ratios of the truth; the first category of each is the reference. Piped water is left out on purpose.
TRUE_ODDS: dict[str, dict[str, float]] = {
    "sexo": {"mujer": 1.0, "hombre": 1.90},
    "edad": {"5 a 11 años": 1.0, "12 a 14 años": 2.10, "15 a 17 años": 3.60},
    "area": {"urbana": 1.0, "rural": 1.35},
    "etnia": {"otra": 1.0, "indígena": 1.50, "afrodescendiente": 1.12},
    "asiste": {"no": 1.0, "sí": 0.34},
    "escolaridad_jefe": {"sin escolaridad": 1.0, "primaria incompleta": 0.92, "primaria completa": 0.74, "secundaria o más": 0.52},
    "rama_jefe": {"servicios": 1.0, "agropecuario": 1.95, "industria y construcción": 1.10, "comercio": 1.30, "no trabaja": 1.20},
    "formal_jefe": {"no": 1.0, "sí": 0.62},
    "hacinamiento": {"no": 1.0, "sí": 1.18},
}  # fmt: skip


@dataclass(frozen=True)
class People:
    """Households and the persons of 5 to 18 years in them, as arrays in order of municipality, area, sector, household.

    Categories are positions in the lists of this module. `household` of a person points into the household arrays.
    """

    households: dict[str, np.ndarray]  # municipality area sector etnia anios rama formal agua pers_dorm
    household: np.ndarray
    sexo: np.ndarray
    edad: np.ndarray
    asiste: np.ndarray
    works: np.ndarray  # 0/1, drawn from risk
    risk: Floats  # true probability
    effect: Floats  # of each municipality, logit scale

    def of(self, name: str) -> np.ndarray:
        """An attribute of the household, one value per person."""
        return self.households[name][self.household]

    @property
    def is_child(self) -> np.ndarray:
        return self.edad <= OLDEST


def make_people(places: pd.DataFrame, seed: np.random.SeedSequence) -> People:
    """Draw the country's households, its children and the outcome; `places` is that of `country.Country`."""
    rng = [np.random.default_rng(child) for child in seed.spawn(4)]
    households = _households(places, rng[0])
    size = households.pop("size")
    household = np.repeat(np.arange(len(size)), size)
    n = len(household)
    sexo = (rng[1].random(n) < 0.509).astype(np.int8)
    edad = rng[1].integers(YOUNGEST, ADULT + 1, n, dtype=np.int8)
    asiste = (rng[1].random(n) < _attendance(households, household, sexo, edad)).astype(np.int8)

    effect = rng[2].normal(0, AREA_EFFECT, len(places))
    score = _true_score(households, household, sexo, edad, asiste) + effect[households["municipality"][household]]
    risk = 1 / (1 + np.exp(-score - _intercept(score[edad <= OLDEST])))
    works = (rng[3].random(n) < risk).astype(np.int8)
    return People(households, household, sexo, edad, asiste, works, risk, effect)


def age_band(edad: np.ndarray) -> np.ndarray:
    """Position in `AGE_BANDS`."""
    return (edad >= 12).astype(np.int8) + (edad >= 15)


def schooling_level(anios: np.ndarray) -> np.ndarray:
    """Position in `SCHOOLING` of years of schooling."""
    return np.searchsorted([1, 6, 12], anios, side="right").astype(np.int8)


def _households(places: pd.DataFrame, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Every household with persons of 5 to 18 years."""
    poverty = places["poverty"].to_numpy()
    children = places["people"].to_numpy() * np.clip(0.258 + 0.016 * poverty, 0.2, 0.34)
    urban = places["urban"].to_numpy()
    groups = np.column_stack([children * urban, children * (1 - urban)]).ravel() / 1.86
    count = np.maximum(np.round(groups), 12).astype(int)
    municipality = np.repeat(np.arange(len(places)), 2).repeat(count)
    rural = np.tile([0, 1], len(places)).repeat(count)
    sector, n = _sectors(count)
    n_sectors = int(sector[-1]) + 1

    want = (
        0.8 * poverty[municipality] + 0.45 * rural + rng.normal(0, 0.35, n_sectors)[sector] + rng.normal(0, 0.9, n)
    )  # how poor the household is
    size = np.minimum(1 + rng.poisson(np.clip(0.68 + 0.18 * want, 0.25, 2)), 7)

    indigenous = _chance(places["indigenous"].to_numpy()[municipality], 0.25 * rural - 0.1)
    afro = places["afro"].to_numpy()[municipality]
    draw = np.clip(rng.random(n) + rng.normal(0, 0.08, n_sectors)[sector], 0, 1)
    etnia = np.where(draw < indigenous, 1, np.where(draw > 1 - afro, 2, 0))
    anios = np.round(8.4 - 1.75 * want - 0.9 * (etnia == 1) + rng.normal(0, 3.1, n))
    anios = np.where((anios > 3) & (anios < 6) & (rng.random(n) < 0.45), 6, anios)
    anios = np.clip(np.where((anios > 9) & (anios < 12) & (rng.random(n) < 0.4), 12, anios), 0, 18)

    rama = _branches(rural, want, places["farming"].to_numpy()[municipality], rng)
    formal = (rng.random(n) < _logistic(-0.35 + 0.20 * (anios - 8) - 0.35 * want - 1.5 * (rama == 1))) & (rama != 4)
    agua = rng.random(n) < _logistic(2.3 - 0.75 * want - 1.1 * rural)
    rooms = np.exp(0.62 + 0.17 * want + 0.09 * (size - 1) + rng.normal(0, 0.36, n))
    return {
        "municipality": municipality.astype(np.int16), "area": rural.astype(np.int8), "sector": sector, "size": size,
        "etnia": etnia.astype(np.int8), "anios": anios.astype(np.int8), "rama": rama, "formal": formal.astype(np.int8),
        "agua": agua.astype(np.int8), "pers_dorm": np.clip(np.round(rooms, 1), 0.5, 12),
    }  # fmt: skip


def _sectors(count: np.ndarray) -> tuple[np.ndarray, int]:
    """Census sector of every household: each group is cut into equal parts of about `SECTOR_HOUSEHOLDS`."""
    parts = np.maximum(np.round(count / SECTOR_HOUSEHOLDS), 1).astype(int)
    first = np.r_[0, np.cumsum(parts)[:-1]]
    within = np.arange(count.sum()) - np.repeat(np.r_[0, np.cumsum(count)[:-1]], count)
    return np.repeat(first, count) + within * np.repeat(parts, count) // np.repeat(count, count), int(count.sum())


def _branches(rural: np.ndarray, want: Floats, farming: Floats, rng: np.random.Generator) -> np.ndarray:
    """Branch of the head's work, by the largest of five random utilities."""
    n = len(rural)
    utility = np.column_stack([
        0.85 - 0.35 * rural - 0.20 * want,
        -2.5 + 2.7 * rural + 1.5 * farming + 0.35 * want,
        0.10 - 0.25 * rural + 0.00 * want,
        0.35 - 0.45 * rural - 0.05 * want,
        -0.45 - 0.20 * rural + 0.15 * want,
    ])  # fmt: skip
    return (utility + rng.gumbel(size=(n, 5))).argmax(axis=1).astype(np.int8)


def _attendance(h: dict[str, np.ndarray], household: np.ndarray, sexo: np.ndarray, edad: np.ndarray) -> Floats:
    """Chance that a person goes to school: best from 7 to 11, falling from 13 on."""
    by_age = np.array([2.6, 3.6, 4.6, 4.8, 4.8, 4.7, 4.4, 3.7, 3.1, 2.6, 1.9, 1.5, 1.15, 0.1])
    home = (
        0.13 * (h["anios"] - 7.0)
        - 0.40 * h["area"]
        - 0.35 * (h["etnia"] == 1)
        - 0.15 * (h["rama"] == 1)
        + 0.3 * h["formal"]
    )
    return _logistic(by_age[edad - YOUNGEST] + home[household] - 0.12 * sexo)


def _true_score(
    h: dict[str, np.ndarray], household: np.ndarray, sexo: np.ndarray, edad: np.ndarray, asiste: np.ndarray
) -> Floats:
    """Sum of the true log odds ratios, one per person, without intercept."""

    def log_odds(name: str) -> Floats:
        return np.log(list(TRUE_ODDS[name].values()))

    home = (
        log_odds("area")[h["area"]]
        + log_odds("etnia")[h["etnia"]]
        + log_odds("escolaridad_jefe")[schooling_level(h["anios"])]
        + log_odds("rama_jefe")[h["rama"]]
        + log_odds("formal_jefe")[h["formal"]]
        + log_odds("hacinamiento")[(h["pers_dorm"] > 3).astype(int)]
    )
    return home[household] + log_odds("sexo")[sexo] + log_odds("edad")[age_band(edad)] + log_odds("asiste")[asiste]


def _intercept(score: Floats) -> float:
    """Intercept at which the mean risk is `PREVALENCE`, by Newton's method."""
    intercept = float(np.log(PREVALENCE / (1 - PREVALENCE)) - score.mean())
    for _ in range(12):
        p = 1 / (1 + np.exp(-score - intercept))
        intercept += float((PREVALENCE - p.mean()) / (p * (1 - p)).mean())
    return intercept


def _chance(share: Floats, shift: Floats) -> Floats:
    """A share moved on the logit scale."""
    return _logistic(np.log(share / (1 - share)) + shift)


def _logistic(value: Floats) -> Floats:
    return 1 / (1 + np.exp(-value))
