"""The census file: every child of 5 to 17 years, coded differently from the survey.

Codes differ on purpose (letters for numbers, levels for years), so that a study must harmonise the two.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from demo.people import People, schooling_level

UNKNOWN_SCHOOLING, UNKNOWN_ETHNICITY = 0.02, 0.012  # shares of households, more in poor municipalities


def write_census(people: People, places: pd.DataFrame, path: Path, seed: np.random.SeedSequence) -> None:
    """Write one row per child as Parquet, text columns as dictionaries, in order of municipality."""
    rng = np.random.default_rng(seed)
    h = people.households
    child = np.flatnonzero(people.is_child)
    home = people.household[child]
    n = len(h["area"])
    remote = np.exp(0.45 * places["poverty"].to_numpy())[h["municipality"]]
    no_schooling = rng.random(n) < UNKNOWN_SCHOOLING * remote / remote.mean()
    no_ethnicity = rng.random(n) < UNKNOWN_ETHNICITY * remote / remote.mean()
    level = schooling_level(h["anios"]) + (h["anios"] > 12)  # the census tells studies after secondary school apart

    def of_home(value: np.ndarray, codes: list[str], unknown: np.ndarray | None = None) -> pa.DictionaryArray:
        return _dictionary(value[home], codes, None if unknown is None else unknown[home])

    table = pa.table({
        "cod_mun": of_home(h["municipality"], places["area_code"].tolist()),
        "area": of_home(h["area"], ["U", "R"]),
        "sexo": _dictionary(people.sexo[child], ["M", "H"]),
        "edad": people.edad[child],
        "etnia": of_home(h["etnia"], ["OTR", "IND", "AFR"], no_ethnicity),
        "asiste": _dictionary(people.asiste[child], ["N", "S"]),
        "nivel_jefe": of_home(level, ["0", "1", "2", "3", "4"], no_schooling),
        "rama_jefe": of_home(h["rama"], ["5", "1", "2", "3", "9"]),
        "seg_social_jefe": of_home(h["formal"], ["N", "S"]),
        "agua_tuberia": of_home(h["agua"], ["N", "S"]),
        "hacinamiento": of_home(h["pers_dorm"] > 3, ["N", "S"]),
    })  # fmt: skip
    pq.write_table(table, path, compression="zstd", row_group_size=200_000)


def _dictionary(value: np.ndarray, codes: list[str], unknown: np.ndarray | None = None) -> pa.DictionaryArray:
    """Positions as their codes; missing where unknown."""
    index = pa.array(value.astype(np.int16), mask=unknown)
    return pa.DictionaryArray.from_arrays(index, pa.array(codes))
