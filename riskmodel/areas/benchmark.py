"""Choose what the population is brought into line with, and tell what that did.

A domain of the survey is a parent unit of the areas. A shift says where model and survey disagree; a large one is a
warning, not a correction to be silent about.
"""

from __future__ import annotations

import pandas as pd

from riskmodel.population.benchmark import Benchmark, Target
from riskmodel.problems import Problem, Where
from riskmodel.survey.benchmark import DirectEstimates

# On the logit scale; 0.5 takes a risk of 10 % to 15 %.
LARGE_SHIFT = 0.5

# Names of domains in a message.
SHOWN = 20


def target_of(direct: DirectEstimates | None, names: pd.DataFrame | None) -> Target | None:
    """Areas whose parent unit is a domain with a reliable direct estimate, and that estimate."""
    if direct is None or names is None:
        return None
    reliable = direct.table[direct.table["reliable"]].set_index("domain")["direct"]
    parent = names.set_index("area_code")["parent_code"].dropna().astype(str)
    of_area = parent[parent.isin(reliable.index)]
    reliable = reliable[reliable.index.isin(of_area)]
    return Target(of_area, reliable, direct.cov)


def record_of(direct: DirectEstimates | None, made: Benchmark | None) -> tuple[list[dict[str, object]], list[Problem]]:
    """One record per domain of the survey for `diagnostics.json`, and what a reader should know of the shifts."""
    if direct is None:
        return [], []
    shifts = made.table.set_index("domain") if made else pd.DataFrame(columns=["shift", "model"])
    shift_of = shifts["shift"].astype(float).to_dict()
    model_of = shifts["model"].astype(float).to_dict()
    records: list[dict[str, object]] = []
    place = Where(key="survey.domain")
    problems: list[Problem] = []
    for row in direct.table.to_dict("records"):
        shift, model = shift_of.get(row["domain"]), model_of.get(row["domain"])
        known = {str(key): None if pd.isna(value) else value for key, value in row.items()}
        records.append(known | {"model": model, "shift": shift})
        if shift is not None and abs(shift) > LARGE_SHIFT:
            values = {"domain": row["domain"], "shift": round(shift, 2), "direct": round(100 * row["direct"], 1)}
            problems.append(Problem("benchmark_large_shift", place, values, "warning"))
    unreliable = [str(r["domain"]) for r in records if not r["reliable"]]
    unplaced = [str(r["domain"]) for r in records if r["reliable"] and r["shift"] is None]
    if unreliable:
        values = {"count": len(unreliable), "domains": ", ".join(unreliable[:SHOWN])}
        problems.append(Problem("benchmark_unreliable", place, values, "note"))
    if unplaced:
        values = {"count": len(unplaced), "domains": ", ".join(unplaced[:SHOWN])}
        problems.append(Problem("benchmark_unplaced", place, values, "warning"))
    return records, problems
