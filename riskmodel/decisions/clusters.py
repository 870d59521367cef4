"""Where areas of high (or low) risk lie together more than chance would put them: local Moran statistics.

Neighbours arrive as a table of pairs; nothing here knows a shape. An area is in a cluster only after the false-discovery
control over all areas: testing thousands at 5 % would find hundreds of clusters on a map of pure chance.

References
----------
Anselin (1995), Geographical Analysis 27, 93–115.
Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, 289–300.
Caldas de Castro & Singer (2006), Geographical Analysis 38, 180–208 (false discoveries among local statistics).
"""

from __future__ import annotations

import threading
import warnings

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.stats import false_discovery_control

from riskmodel.areas.means import weighted_mean
from riskmodel.results import CLUSTER_COLUMNS

PERMUTATIONS = 9_999
FALSE_DISCOVERIES = 0.05
# With fewer areas the smallest possible p-value says little, and "neighbours" are half the country.
LEAST_AREAS = 20

KINDS = ("high-high", "low-low", "high-low", "low-high")
GROUPED = ("high-high", "low-low")

# esda draws its permutations from numpy's one global generator: two runs in one process must take turns.
_GLOBAL_GENERATOR = threading.Lock()


def find_clusters(values: pd.Series, pairs: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Local Moran statistic of each area, its two-sided pseudo p-value and the cluster it belongs to.

    Neighbours weigh the same and their weights add up to 1. The value of the area stays, those of all others are drawn
    without replacement in the places of its neighbours (conditional permutation, 9,999 times).

    Parameters
    ----------
    values : Series
        Risk or index by area_code; areas without a value are nobody's neighbour.
    pairs : DataFrame
        area_code and neighbour_code, each pair in both directions.
    seed : int
        Of the permutations. Same seed, same table.

    Returns
    -------
    DataFrame with results.CLUSTER_COLUMNS
        In the order of `values`. `kind` is empty where q_value is above 5 %; `cluster` numbers the groups of contiguous
        areas of the same kind (high-high and low-low only), 1 the largest. Areas without value or neighbours have empty
        statistics. No rows at all where fewer than 20 areas can be tested or all values are equal.
    """
    known = values.dropna().astype(float)
    inside = pairs[pairs["area_code"].isin(known.index) & pairs["neighbour_code"].isin(known.index)]
    tested = known[known.index.isin(inside["area_code"])]
    if len(tested) < LEAST_AREAS or np.isclose(tested.min(), tested.max(), rtol=1e-9, atol=0):
        return pd.DataFrame(columns=list(CLUSTER_COLUMNS))
    links = _links(tested.index, inside)
    local, p_value = _local_moran(np.asarray(tested, dtype=np.float64), links, seed)
    found = pd.DataFrame({"local_i": local, "p_value": p_value}, tested.index)
    found["neighbours"] = np.asarray(links.sum(axis=1), dtype=int)
    found["q_value"] = false_discovery_control(found["p_value"].to_numpy(), method="bh")
    high = tested.to_numpy() > tested.mean()
    among_high = (links @ (tested - tested.mean()).to_numpy()) > 0
    kind = np.select([high & among_high, ~high & ~among_high, high], KINDS[:3], KINDS[3])
    found["kind"] = np.where(found["q_value"] <= FALSE_DISCOVERIES, kind, "")
    found["cluster"] = _groups(found["kind"].to_numpy(), links).to_numpy()
    table = found.reindex(values.index).rename_axis("area_code").reset_index()
    return table.astype(
        {"area_code": "string", "neighbours": "Int32", "kind": "string", "cluster": "Int32"}
    ).fillna({"kind": ""})[list(CLUSTER_COLUMNS)]  # fmt: skip


def cluster_groups(areas: pd.DataFrame, clusters: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The groups of contiguous significant areas, one row each, high before low, largest first.

    Parameters
    ----------
    areas : DataFrame
        The table of areas of a run.
    clusters : DataFrame
        What `find_clusters` gave for it.
    measure : str
        "area_risk" or "index".

    Returns
    -------
    DataFrame
        kind, cluster, areas (how many), codes (tuple), main_code (most children; the highest local statistic where they
        are not known), parents (tuple of names, most areas first), children, mean (of the measure, weighted by children
        where all are known), expected_count (missing where one of its areas has none).
    """
    columns = ["kind", "cluster", "areas", "codes", "main_code", "parents", "children", "mean", "expected_count"]
    if clusters.empty:
        return pd.DataFrame(columns=columns)
    joined = clusters[clusters["cluster"].notna()].merge(areas, on="area_code", how="left")
    rows = []
    for _, part in joined.groupby(["kind", "cluster"], sort=True):
        counted = bool((part["children"] > 0).all())
        first = part.sort_values(["children" if counted else "local_i", "area_code"], ascending=[False, True])
        by_code = part.set_index("area_code")
        rows.append(
            {
                "kind": part["kind"].iloc[0],
                "cluster": part["cluster"].iloc[0],
                "areas": len(part),
                "codes": tuple(part["area_code"]),
                "main_code": first["area_code"].iloc[0],
                "parents": tuple(part["parent_name"].dropna().value_counts(sort=True).index),
                "children": part["children"].sum() if counted else np.nan,
                "mean": weighted_mean(by_code[measure], by_code["children"]),
                "expected_count": part["expected_count"].sum(skipna=False),
            }
        )
    return pd.DataFrame(rows, columns=columns)


def _links(codes: pd.Index, pairs: pd.DataFrame) -> csr_array:
    """1 where the column is a neighbour of the row, (n, n)."""
    known = pairs[pairs["area_code"].isin(codes) & pairs["neighbour_code"].isin(codes)]
    row, column = codes.get_indexer(pd.Index(known["area_code"])), codes.get_indexer(pd.Index(known["neighbour_code"]))
    return csr_array((np.ones(len(known)), (row, column)), shape=(len(codes), len(codes)))


def _local_moran(values: NDArray[np.float64], links: csr_array, seed: int) -> tuple[NDArray, NDArray]:
    """Statistic and two-sided pseudo p-value of each area, by esda.

    esda's p-value is that of the smaller tail, chosen after looking; twice it is the p-value of a two-sided test.
    """
    from esda.moran import Moran_Local  # brings libraries of geometry along: only when it is used
    from libpysal.graph import Graph

    graph = Graph.from_sparse(links).transform("r")
    with _GLOBAL_GENERATOR, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that numba is absent, and that a default will change
        before = np.random.get_state()
        try:
            found = Moran_Local(
                values, graph, permutations=PERMUTATIONS, keep_simulations=False, seed=seed % 2**32
            )  # fmt: skip
        finally:
            np.random.set_state(before)
    return np.asarray(found.Is, dtype=float), np.minimum(1.0, 2 * np.asarray(found.p_sim, dtype=float))


def _groups(kind: NDArray[np.object_], links: csr_array) -> pd.Series:
    """Number of the group of contiguous areas of the same kind, missing outside of one."""
    number = np.full(len(kind), np.nan)
    for name in GROUPED:
        members = np.flatnonzero(kind == name)
        if len(members) == 0:
            continue
        _, component = connected_components(links[members][:, members], directed=False)
        size = np.bincount(component)
        order = np.argsort(-size, kind="stable")  # equal sizes: by the first area
        place = np.empty(len(size), dtype=int)
        place[order] = np.arange(1, len(size) + 1)
        number[members] = place[component]
    return pd.Series(number, dtype="Float64").astype("Int32")
