"""Write survey_data.csv: a simulated survey on which R and this project are compared.

Run: python tests/reference/survey_data.py. Seeded. It has what makes designs hard: PSU codes that start again in every
stratum, two strata with one PSU, PSUs empty inside the domain, a stratum outside the domain, missing determinants.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent


def simulate(seed: int = 20261122) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = []
    for stratum, n_psu in enumerate([6, 5, 4, 7, 2, 1, 3, 1, 2], start=1):
        for psu in range(1, n_psu + 1):
            effect = rng.normal(0, 0.5)
            for _ in range(int(rng.integers(30, 60))):
                rows.append((f"e{stratum}", psu, effect, 0.2 * stratum))
    table = pd.DataFrame(rows, columns=["stratum", "psu", "effect", "drift"])
    n = len(table)
    table["weight"] = np.round(rng.lognormal(5, 0.8, n), 3)
    table["age"] = rng.integers(3, 18, n)
    table.loc[(table["stratum"] == "e2") & (table["psu"] == 3), "age"] = 4  # a PSU with nobody in the domain
    table.loc[(table["stratum"] == "e5") & (table["psu"] == 2), "age"] = 4  # leaves its stratum one PSU with children
    table.loc[table["stratum"] == "e9", "age"] = 3  # a stratum with nobody in the domain
    table["sex"] = rng.choice(["hombre", "mujer"], n)
    table["zone"] = rng.choice(["urbana", "rural", "dispersa"], n, p=[0.5, 0.3, 0.2])
    table["income"] = np.round(rng.lognormal(13, 0.6, n))
    eta = -3.2 + 0.15 * (table["age"] - 10) + 0.6 * (table["sex"] == "hombre") + table["effect"] + table["drift"]
    eta += 0.8 * (table["zone"] == "rural") + 1.3 * (table["zone"] == "dispersa") - 6e-7 * table["income"]
    table["outcome"] = (rng.random(n) < 1 / (1 + np.exp(-eta))).astype(int)
    table.loc[rng.random(n) < 0.03, "zone"] = ""
    return table[["stratum", "psu", "weight", "age", "sex", "zone", "income", "outcome"]]


if __name__ == "__main__":
    simulate().to_csv(HERE / "survey_data.csv", index=False)
