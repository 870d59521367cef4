"""Results of runs written by hand, for setting methods side by side: twelve areas whose places are easy to see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from riskmodel.results import AREA_COLUMNS, CONTRIBUTION_COLUMNS, Results
from tests.outputs.cases import study_of

CODES = tuple(f"{i:02d}" for i in range(1, 13))


def run_of(
    method: str,
    values: Sequence[float],
    wide: int | None = None,
    codes: Sequence[str] = CODES,
    factors: Sequence[str] = (),
    **manifest: Any,
) -> Results:
    """A run with these values; places reach `wide` to both sides, levels are fours of the order.

    factors : main factor of each area.
    """
    measure = "index" if method == "vulnerability_index" else "area_risk"
    areas = pd.DataFrame({"area_code": list(codes), "area_name": [f"Area {c}" for c in codes], measure: values})
    areas["parent_code"] = areas["parent_name"] = "P"
    order = areas[measure].rank(method="first")
    areas["level"] = ((order - 1) // (len(codes) / 3) + 1).astype("Int8")
    areas["rank"] = areas[measure].rank(ascending=False, method="min").astype("Int64")
    if wide is not None:
        areas["rank_lower"] = (areas["rank"] - wide).clip(1).astype("Int64")
        areas["rank_upper"] = (areas["rank"] + wide).clip(upper=len(codes)).astype("Int64")
    areas["notes"] = ""
    rows = [(c, f, 1.0, "risk") for c, f in zip(codes, factors, strict=False)]
    empty = pd.DataFrame()
    said = {
        "method": method,
        "fingerprint": f"{method}{list(values)}",
        "k": 3,
        "years": {"areas": 2018},
        "interval": "none" if wide is None else "given",
        "coverage": None,
        "synthetic": True,
        "study": study_of(method).model_dump(mode="json"),
    }
    return Results(
        areas=areas.reindex(columns=list(AREA_COLUMNS)), parents=empty, national=empty, groups=empty, coefficients=empty,
        harmonisation=empty, contributions=pd.DataFrame(rows, columns=list(CONTRIBUTION_COLUMNS)), priorities=empty,
        indicators=empty, index_scores=empty, problems=empty, manifest=said | manifest,
    )  # fmt: skip
