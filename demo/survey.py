"""Draw the household survey from the country's own people, in two stages.

Strata are departments by urban and rural; census sectors are drawn with probability proportional to an outdated size,
then households at equal probability. Weights are those of the draw, corrected for households that did not answer and
fitted to the number of children of each stratum.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from demo.people import People

CHILDREN = 25_000  # aimed at
HOUSEHOLDS_PER_SECTOR = 12
ANSWERING = 0.93
BRANCH_LETTERS = np.array(["S", "A", "F", "C", "Z"])  # of the survey's own classification, in the order of BRANCHES


def draw_survey(people: People, places: pd.DataFrame, seed: np.random.SeedSequence) -> pd.DataFrame:
    """One row per person of 5 to 18 years in the drawn households, coded as the survey codes."""
    rng = np.random.default_rng(seed)
    h = people.households
    department = places["parent_code"].astype(int).to_numpy() - 1
    stratum = department[h["municipality"]] * 2 + h["area"]
    sector = h["sector"]
    in_sector = np.bincount(sector)
    first = np.r_[0, np.cumsum(in_sector)[:-1]]
    sector_stratum = stratum[first]
    children = np.bincount(stratum[people.household[people.is_child]])
    probability = _sector_probability(sector_stratum, in_sector, children, people, rng)
    drawn = _systematic(probability, sector_stratum, rng)

    picked, weight = _households(sector, in_sector, drawn, probability, rng)
    person = np.flatnonzero(np.isin(people.household, picked))
    home = people.household[person]
    household_weight = np.zeros(len(sector))
    household_weight[picked] = weight
    raw = household_weight[home]
    child = people.is_child[person]
    covered = np.bincount(stratum[home][child], raw[child], len(children))
    factor = raw * (children / covered)[stratum[home]]
    area_code = places["area_code"].to_numpy()[h["municipality"][home]]
    return _coded(people, person, stratum[home], sector[home], area_code, factor, rng)


def _sector_probability(
    stratum: np.ndarray, size: np.ndarray, children: np.ndarray, people: People, rng: np.random.Generator
) -> np.ndarray:
    """Chance of each sector: proportional to its size some years ago; strata by a power of their children."""
    per_household = children.sum() / len(people.households["sector"])
    sectors = CHILDREN / (HOUSEHOLDS_PER_SECTOR * ANSWERING * per_household)
    share = children**0.65
    wanted = np.maximum(np.round(sectors * share / share.sum()), 4)
    available = np.bincount(stratum)
    wanted = np.minimum(wanted, np.maximum(available // 2, 2))
    old_size = size * rng.lognormal(0, 0.22, len(size))
    probability = wanted[stratum] * old_size / np.bincount(stratum, old_size)[stratum]
    return np.minimum(probability, 1)


def _systematic(probability: np.ndarray, stratum: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Sectors drawn by systematic sampling, stratum after stratum."""
    chosen = []
    for number in np.unique(stratum):
        members = np.flatnonzero(stratum == number)
        passed = np.cumsum(probability[members])
        ticks = np.arange(rng.random(), passed[-1], 1.0)
        chosen.append(members[np.searchsorted(passed, ticks, side="right")])
    return np.concatenate(chosen)


def _households(
    sector: np.ndarray, in_sector: np.ndarray, drawn: np.ndarray, probability: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Households that answered, and their weights."""
    candidate = np.flatnonzero(np.isin(sector, drawn))
    order = candidate[np.lexsort((rng.random(len(candidate)), sector[candidate]))]
    position = np.arange(len(order)) - np.searchsorted(sector[order], sector[order])
    asked = order[position < HOUSEHOLDS_PER_SECTOR]
    answered = np.sort(asked[rng.random(len(asked)) < ANSWERING])
    of = sector[answered]
    return answered, in_sector[of] / np.bincount(of, minlength=len(in_sector))[of] / probability[of]


def _coded(
    people: People,
    person: np.ndarray,
    stratum: np.ndarray,
    sector: np.ndarray,
    area_code: np.ndarray,
    factor: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """The survey's file: its own codes, some schooling unanswered, no outcome for those of 18."""

    def yes_no(value: np.ndarray) -> np.ndarray:
        return np.where(value == 1, 1, 2)

    home = people.household[person]
    age = people.edad[person]
    schooling = pd.Series(people.of("anios")[person]).astype("Int64")
    schooling = schooling.mask((rng.random(len(people.households["sector"])) < 0.008)[home])
    outcome = pd.Series(people.works[person]).astype("Int64").where(people.is_child[person])
    table = pd.DataFrame({
        "estrato": [f"{s // 2 + 1:02d}{s % 2 + 1}" for s in stratum],
        "upm": [f"{s + 1:05d}" for s in sector],
        "hogar": home + 1,
        "factor": np.round(factor, 2),
        "departamento": [f"{s // 2 + 1:02d}" for s in stratum],
        "cod_mun": area_code,
        "area": stratum % 2 + 1,
        "sexo": np.where(people.sexo[person] == 1, 1, 2),
        "edad": age,
        "etnia": np.array([3, 1, 2])[people.of("etnia")[person]],
        "asiste": yes_no(people.asiste[person]),
        "anios_estudio_jefe": schooling,
        "rama_jefe": BRANCH_LETTERS[people.of("rama")[person]],
        "seguridad_social_jefe": yes_no(people.of("formal")[person]),
        "agua_tuberia": yes_no(people.of("agua")[person]),
        "personas_por_dormitorio": people.of("pers_dorm")[person],
        "trabajo_infantil": outcome,
    })  # fmt: skip
    number = pd.factorize(table["hogar"])[0] + 1
    table["hogar"] = [f"{n:05d}" for n in number]
    return table.sort_values(["estrato", "upm", "hogar", "edad"], kind="stable").reset_index(drop=True)
