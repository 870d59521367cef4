"""Run studies of simulated countries and set what they say beside the truth.

One row per run; `summary` puts many together. A table for a study of one's own:
`python -m tests.bench.truth_runs NAME COUNTRIES` prints one of `WORLDS`.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from riskmodel.areas.levels import level_numbers
from riskmodel.areas.ranks import ranks_from_highest
from riskmodel.results import Results
from riskmodel.run import run_study
from tests.bench.truth_world import KINDS, Country, World, draw

WORLDS: Mapping[str, tuple[World, tuple[str, ...]]] = {
    "with effects": (World(), KINDS),
    "without effects": (World(area_sd=0.0, psu_sd=0.0), KINDS),
    "large effects": (World(area_sd=0.6), ("microdata",)),
    "areas not declared": (World(declared=False), ("microdata",)),
    "rare outcome": (World(intercept=-6.2), ("microdata",)),
    "associations differ": (World(association_sd=1.5), ("microdata", "margins")),
    "12 areas": (World(areas=12, regions=4, children=2000, psus=30), ("microdata",)),
    "16 areas": (World(areas=16, regions=4, children=2000, psus=30), ("microdata",)),
    "8 areas": (World(areas=8, regions=4, children=3000, psus=30), ("microdata",)),
}
BINS = (0.0, 0.5, 0.7, 0.9, 1.01)


def judged(country: Country, results: Results) -> dict[str, float]:
    """What one run got right, as shares of areas and as differences of proportions."""
    table = results.areas.merge(country.truth[["area_code", "risk", "sampled"]], on="area_code")
    truth, risk = table["risk"].to_numpy(), table["area_risk"].to_numpy(dtype=float)
    covered = table["ci_lower"].le(truth).to_numpy() & table["ci_upper"].ge(truth).to_numpy()
    sampled = table["sampled"].to_numpy()
    rank = ranks_from_highest(truth)
    right = level_numbers(truth, np.array(results.manifest["breaks"])) == table["level"].to_numpy(dtype=int)
    claimed = table["level_probability"].to_numpy(dtype=float)
    row = {
        "covered": covered.mean(),
        "covered_sampled": covered[sampled].mean() if sampled.any() else np.nan,
        "covered_others": covered[~sampled].mean() if not sampled.all() else np.nan,
        "rank_covered": (table["rank_lower"].le(rank) & table["rank_upper"].ge(rank)).mean(),
        "level_right": right.mean(),
        "level_claimed": claimed.mean(),
        "bias": (risk - truth).mean() / truth.mean(),
        "rmse": np.sqrt(((risk - truth) ** 2).mean()),
        "spearman": float(np.corrcoef(table["area_risk"].rank(), table["risk"].rank())[0, 1]),
        "width": (table["ci_upper"] - table["ci_lower"]).mean(),
        "sampled": sampled.mean(),
        "prevalence": float(np.average(truth, weights=table["children"])),
        "warned": float(len(results.problems)),
    }
    for position, (low, high) in enumerate(itertools.pairwise(BINS)):
        inside = (claimed >= low) & (claimed < high)
        row |= {f"n_{position}": inside.sum(), f"claimed_{position}": claimed[inside].sum()}
        row |= {f"right_{position}": right[inside].sum()}
    variance = results.diagnostics["area_variance"]
    return row | _upper(country, results) | {"sd": variance["sd"] if variance["sd"] else np.nan}


def _upper(country: Country, results: Results) -> dict[str, float]:
    """Coverage for the country, its parent units, and girls and boys within areas."""
    truth = country.truth.assign(total=country.truth["risk"] * country.truth["children"])
    sums = truth.groupby("parent_code")[["total", "children"]].sum()
    parents = results.parents.set_index("area_code")
    regional = (sums["total"] / sums["children"]).loc[parents.index]
    nation = float(truth["total"].sum() / truth["children"].sum())
    national = results.national.iloc[0]
    groups = results.groups.merge(country.by_sex, on=["area_code", "category"])
    groups = groups[groups["ci_lower"].notna()]
    return {
        "national_covered": float(national["ci_lower"] <= nation <= national["ci_upper"]),
        "parents_covered": (parents["ci_lower"].le(regional) & parents["ci_upper"].ge(regional)).mean(),
        "groups_covered": (groups["ci_lower"].le(groups["risk"]) & groups["ci_upper"].ge(groups["risk"])).mean(),
    }


def repeated(name: str, seeds: Iterable[int], into: Path | None = None) -> pd.DataFrame:
    """One row per country and kind of population of one of `WORLDS`; also appended to the file `into` as they come."""
    world, kinds = WORLDS[name]
    rows = []
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="truth_") as made, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            folder = Path(made)
            country = draw(world, seed, folder, kinds)
            found = [
                {"world": name, "kind": kind, "seed": seed}
                | judged(country, run_study(study, folder, folder / "scratch"))
                for kind, study in country.studies.items()
            ]
        rows += found
        if into is not None:
            pd.DataFrame(found).to_csv(into, mode="a", header=not into.exists(), index=False)
    return pd.DataFrame(rows)


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Means over countries, one row per world and kind."""
    shown = [
        "covered", "covered_sampled", "covered_others", "parents_covered", "national_covered", "groups_covered", "rank_covered", "level_right",
        "level_claimed", "bias", "spearman",
    ]  # fmt: skip
    keys = ["world", "kind"]
    return rows.groupby(keys, sort=False)[shown].mean().assign(countries=rows.groupby(keys).size())


def calibration(rows: pd.DataFrame) -> pd.DataFrame:
    """Level probability claimed beside the share of areas really in that level, by how much was claimed."""
    sums = rows.filter(regex=r"^(n|claimed|right)_\d$").sum()
    table = [
        (f"{low:.1f} to {min(high, 1):.1f}", sums[f"n_{i}"], sums[f"claimed_{i}"] / sums[f"n_{i}"], sums[f"right_{i}"] / sums[f"n_{i}"])
        for i, (low, high) in enumerate(itertools.pairwise(BINS)) if sums[f"n_{i}"]
    ]  # fmt: skip
    return pd.DataFrame(table, columns=["claimed", "areas", "mean_claimed", "right"])


def show(rows: pd.DataFrame) -> None:
    """Print as rows of `docs/benchmarks.md`."""
    with pd.option_context("display.width", 250, "display.max_columns", 30, "display.float_format", "{:.3f}".format):
        print(summary(rows).to_string())
        for (world, kind), part in rows.groupby(["world", "kind"], sort=False):
            print(f"level probability, {world}, {kind}", calibration(part).to_string(index=False), sep="\n")


if __name__ == "__main__":
    show(repeated(sys.argv[1], range(int(sys.argv[2])), Path(sys.argv[3]) if len(sys.argv) > 3 else None))
