"""The comparison of two runs in figures: the country, who moved, how many changes are more than chance.

The country's figure of each year is weighted by that year's children, over all its areas, also those only one run has.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from riskmodel.decisions.comparable import shared_model, year_pair
from riskmodel.problems import Problem, problems_table
from riskmodel.results import Results

Z = float(norm.ppf(0.975))
FALSE_DISCOVERIES = 0.05
CONTROL = "Benjamini–Hochberg"


def difference(
    first: NDArray[np.float64],
    first_se: NDArray[np.float64],
    second: NDArray[np.float64],
    second_se: NDArray[np.float64],
) -> pd.DataFrame:
    """Differences of independent estimates: change, se = √(se₁² + se₂²), 95 % interval, two-sided p of no change.

    Missing parts stay missing; an error of zero in both gives no p.
    """
    change, se = second - first, np.hypot(first_se, second_se)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(se > 0, 2 * norm.sf(np.abs(change) / se), np.nan)
    return pd.DataFrame(
        {"change": change, "se": se, "ci_lower": change - Z * se, "ci_upper": change + Z * se, "p_value": p}
    )


def summary_of(
    earlier: Results,
    later: Results,
    areas: pd.DataFrame,
    parents: pd.DataFrame,
    problems: list[Problem],
    cuts: tuple[float, ...],
) -> dict[str, Any]:
    """The record `change.json`, as docs/study-file.md says; `areas` are the rows of `change.csv`."""
    pair = year_pair(earlier.manifest, later.manifest)
    assert pair is not None  # the runs were checked
    flagged = areas["beyond_chance"].fillna(False).astype(bool)
    moved = {name: areas["move"] == name for name in ("entered", "left", "stayed_high")}
    presence = areas["presence"].value_counts()
    joined = areas["codes_earlier"].str.contains(" ") | areas["codes_later"].str.contains(" ")
    breaks = [*cuts] if cuts else [float(b) for b in earlier.manifest["breaks"]]
    return {
        "measure": later.measure,
        "method": later.manifest["method"],
        "name": later.manifest["study"]["outcome"]["name"],
        "year_of": pair[0],
        "earlier": _run(earlier, pair[1]),
        "later": _run(later, pair[2]),
        "levels": {
            "from": "declared" if cuts else "earlier",
            "breaks": breaks,
            "k": len(breaks) + 1 if cuts else len(breaks),
            "scope": "national" if cuts else earlier.manifest["study"]["levels"]["scope"],
        },
        "areas": {
            "compared": int(areas["change"].notna().sum()),
            "without_value": int(((areas["presence"] == "both") & areas["change"].isna()).sum()),
            "abolished": int(presence.get("earlier_only", 0)),
            "new": int(presence.get("later_only", 0)),
            "joined": int((joined & (areas["presence"] == "both")).sum()),
        },
        **{name: int(rows.sum()) for name, rows in moved.items()},
        "entered_beyond_chance": int((moved["entered"] & flagged).sum()),
        "left_beyond_chance": int((moved["left"] & flagged).sum()),
        "beyond_chance": {**_told_from_chance(areas), "control": CONTROL, "level": FALSE_DISCOVERIES},
        "parents": _told_from_chance(parents),
        "errors": _errors(earlier, later, areas),
        "national": _national(earlier, later),
        "notes": problems_table(problems)[["severity", "code", "values"]].to_dict("records"),
    }


def _told_from_chance(table: pd.DataFrame) -> dict[str, int]:
    """Of so many changes tested, how many rises and falls are more than chance."""
    flagged = table["beyond_chance"].eq(True).fillna(False).astype(bool)
    return {
        "tested": int(table["p_value"].notna().sum()),
        "rose": int((flagged & (table["change"] > 0)).sum()),
        "fell": int((flagged & (table["change"] < 0)).sum()),
    }


def _errors(earlier: Results, later: Results, areas: pd.DataFrame) -> str:
    """How the errors of the two runs stand to each other."""
    if areas["se"].isna().all():
        return "unknown"
    return "shared_model" if shared_model(earlier, later) else "independent"


def _run(results: Results, year: int) -> dict[str, Any]:
    manifest = results.manifest
    return {
        "study": manifest["study"]["study"]["name"],
        "year": year,
        "years": manifest["years"],
        "fingerprint": manifest["fingerprint"],
        "created": manifest["created"],
        "areas": len(results.areas),
    }


def _national(earlier: Results, later: Results) -> dict[str, float | None]:
    """The country in both years, each weighted by its own children, and its change."""
    rows = [results.national.iloc[0] for results in (earlier, later)]
    values = [np.array([float(row[later.measure])]) for row in rows]
    errors = [np.array([float(row["se"])]) for row in rows]
    found = difference(values[0], errors[0], values[1], errors[1]).iloc[0]
    counts = [float(row["expected_count"]) for row in rows]
    with np.errstate(divide="ignore", invalid="ignore"):
        half = Z * float(np.hypot(*(e[0] * n / v[0] for e, n, v in zip(errors, counts, values, strict=True))))
    said = {
        "earlier": values[0][0], "earlier_lower": rows[0]["ci_lower"], "earlier_upper": rows[0]["ci_upper"],
        "later": values[1][0], "later_lower": rows[1]["ci_lower"], "later_upper": rows[1]["ci_upper"],
        **found.to_dict(),
        "children_earlier": rows[0]["children"], "children_later": rows[1]["children"],
        "expected_earlier": counts[0], "expected_later": counts[1], "expected_change": counts[1] - counts[0],
        "expected_change_lower": counts[1] - counts[0] - half, "expected_change_upper": counts[1] - counts[0] + half,
    }  # fmt: skip
    return {str(name): None if pd.isna(value) else float(value) for name, value in said.items()}
