"""The areas of a register whose names are nearest to names that found no match, best three of each.

Names are compared within their parent first; across the country only what is very near, and never as more than a proposal.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from riskmodel.inputs.name_forms import form, plain

BEST = 3
# Scores (0-1) below which a name is not worth showing: in the same parent, and anywhere in the country.
NEAR, NEAR_ANYWHERE = 0.6, 0.8
# A part of a longer name ("San Marcos" of "San Marcos de Colón") is near, but less than the name itself.
PART = 0.9
MOST_PAIRS = 20_000_000

COLUMNS = ["rank", "area_code", "score", "next_score", "found_in"]


def nearest(places: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Candidates of each place.

    Parameters
    ----------
    places : DataFrame
        Indexed by place; columns `bare` (name) and `key` (parent, "" unknown).
    areas : DataFrame
        Indexed by code; columns `area_name` and `key`.

    Returns
    -------
    DataFrame
        Columns COLUMNS, indexed by place, up to three rows each, best first; scores 0-1. `found_in` is "parent" or "country".
    """
    found: list[tuple[object, int, str, float, float, str]] = []
    by_parent = dict(iter(areas.groupby("key", observed=True)))
    lonely = []
    for key, block in places.groupby("key", observed=True):
        candidates = by_parent.get(key) if key else None
        if candidates is None:
            lonely += list(block.index)
            continue
        scores = _scores(block["bare"], candidates["area_name"])
        near = _best(block.index, candidates.index, scores, NEAR, "parent")
        found += near
        good = {place for place, rank, _, score, *_ in near if rank == 1 and score >= NEAR_ANYWHERE}
        lonely += [place for place in block.index if place not in good]
    found += _anywhere(places.loc[lonely], areas, {place for place, *_ in found})
    rows = [row for row in found if row[1] <= BEST]
    frame = pd.DataFrame(
        [row[1:] for row in rows], columns=COLUMNS, index=pd.Index([row[0] for row in rows], dtype="int64")
    )
    return frame.sort_values(["score"], ascending=False).sort_index(kind="stable") if len(frame) else frame


def _anywhere(
    places: pd.DataFrame, areas: pd.DataFrame, have: set[object]
) -> list[tuple[object, int, str, float, float, str]]:
    """Candidates in the whole country, for places that have none in their parent; by first letter where there are many."""
    places = places[~places.index.isin(have)]
    if not len(places) or not len(areas):
        return []
    left, right = places["bare"].map(form), areas["area_name"].map(form)
    if len(places) * len(areas) <= MOST_PAIRS:
        return _best(places.index, areas.index, _scores(places["bare"], areas["area_name"]), NEAR_ANYWHERE, "country")
    found = []
    for letter, names in left.groupby(left.str[:1]):
        block = areas[right.str[:1] == letter]
        if len(block):
            scores = _scores(places.loc[names.index, "bare"], block["area_name"])
            found += _best(names.index, block.index, scores, NEAR_ANYWHERE, "country")
    return found


def _scores(names: pd.Series, others: pd.Series) -> NDArray[np.float32]:
    """Likeness of each name with each other one, 0-1, shape (names, others): the best of four ways to compare."""
    likeness = np.zeros((len(names), len(others)), dtype=np.float32)
    for normal in (plain, form):
        left, right = [normal(name) for name in names], [normal(name) for name in others]
        ways = (
            ((fuzz.ratio, 1.0),)
            if normal is plain
            else ((fuzz.ratio, 1.0), (fuzz.token_sort_ratio, 0.97), (fuzz.token_set_ratio, PART))
        )
        for scorer, weight in ways:
            scored = process.cdist(left, right, scorer=scorer, dtype=np.float32)
            np.maximum(likeness, weight * scored / 100, out=likeness)
    return likeness


def _best(
    places: pd.Index, codes: pd.Index, scores: NDArray[np.float32], least: float, found_in: str
) -> list[tuple[object, int, str, float, float, str]]:
    """Up to three candidates per row of `scores` from `least` on, with the score of the one after each."""
    found = []
    for place, row in zip(places, scores, strict=True):
        order = np.argsort(-row, kind="stable")[: BEST + 1]
        for rank, at in enumerate(order[:BEST]):
            if row[at] < least:
                break
            after = float(row[order[rank + 1]]) if rank + 1 < len(order) else 0.0
            found.append((place, rank + 1, str(codes[at]), round(float(row[at]), 3), round(after, 3), found_in))
    return found
