"""Write survey_design_data.csv: a simulated two-stage survey on which R and this project are compared.

Run: python tests/reference/survey_design_data.py. Seeded. Strata s01 to s08 have two PSUs each, s09 one of five, s10 its
only one (taken whole), s11 three of which one has a single second-stage unit. One PSU and some second-stage units have
nobody in the domain (age 5 or more); some rows lack a determinant.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
PSUS = {f"s{h:02d}": 2 for h in range(1, 9)} | {"s09": 1, "s10": 1, "s11": 3}
IN_POPULATION = {f"s{h:02d}": 4 + h for h in range(1, 9)} | {"s09": 5, "s10": 1, "s11": 9}


def simulate(seed: int = 20261122) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = []
    for stratum, n_psu in PSUS.items():
        for psu in range(1, n_psu + 1):
            effect, ssus = rng.normal(0, 0.5), int(rng.integers(3, 6))
            all_ssus = ssus + int(rng.integers(1, 8))
            if (stratum, psu) == ("s11", 2):
                ssus, all_ssus = 1, 4
            if (stratum, psu) == ("s03", 1):
                all_ssus = ssus  # every second-stage unit was taken
            for ssu in range(1, ssus + 1):
                place = effect + rng.normal(0, 0.4)
                for _ in range(int(rng.integers(5, 12))):
                    rows.append((stratum, psu, ssu, IN_POPULATION[stratum], all_ssus, place))
    table = pd.DataFrame(rows, columns=["stratum", "psu", "ssu", "psus", "ssus", "effect"])
    n = len(table)
    table["weight"] = np.round(rng.lognormal(5, 0.6, n), 3)
    table["age"] = rng.integers(3, 18, n)
    table.loc[(table["stratum"] == "s02") & (table["psu"] == 2), "age"] = 4
    table.loc[(table["stratum"] == "s05") & (table["ssu"] == 1), "age"] = 3
    table["sex"] = rng.choice(["hombre", "mujer"], n)
    table["zone"] = rng.choice(["urbana", "rural"], n, p=[0.6, 0.4])
    eta = -1.6 + 0.12 * (table["age"] - 10) + 0.6 * (table["sex"] == "hombre") + 0.8 * (table["zone"] == "rural")
    table["outcome"] = (rng.random(n) < 1 / (1 + np.exp(-eta - table["effect"]))).astype(int)
    table.loc[rng.random(n) < 0.03, "zone"] = ""
    return table.drop(columns="effect")


if __name__ == "__main__":
    simulate().to_csv(HERE / "survey_design_data.csv", index=False)
