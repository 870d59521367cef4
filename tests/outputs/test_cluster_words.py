"""Groups of areas in words."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from riskmodel.i18n import translator
from riskmodel.outputs.cluster_words import caution, group_sentences, kind_names, none_found

T = translator("en")


def run(measure: str = "area_risk", sizes: tuple[int, int] = (3, 1), counts: bool = True) -> SimpleNamespace:
    """High group of `sizes[0]` areas in the north, low group of `sizes[1]` in the south; 10 children each, 20 % and 5 %."""
    n = sum(sizes)
    areas = pd.DataFrame(
        {
            "area_code": [f"{i}" for i in range(n)],
            "area_name": [f"Town {i}" for i in range(n)],
            "parent_name": ["North"] * sizes[0] + ["South"] * sizes[1],
            "children": [10.0 * (i + 1) for i in range(n)],
            measure: ([0.2] * sizes[0] + [0.05] * sizes[1]) if measure == "area_risk" else [70.0] * sizes[0] + [30.0] * sizes[1],
            "expected_count": [2.0 if counts else None] * n,
        }
    )  # fmt: skip
    clusters = pd.DataFrame(
        {
            "area_code": areas["area_code"], "local_i": 1.0,
            "kind": ["high-high"] * sizes[0] + ["low-low"] * sizes[1],
            "cluster": pd.array([1] * n, dtype="Int32"),
        }
    )  # fmt: skip
    method = "risk_model" if measure == "area_risk" else "vulnerability_index"
    national = pd.DataFrame({measure: [0.1 if measure == "area_risk" else 50.0]})
    return SimpleNamespace(
        areas=areas, clusters=clusters, national=national, measure=measure, manifest={"method": method}
    )


def test_a_group_is_named_after_its_area_with_most_children():
    said = group_sentences(run(), T)["sentence"].tolist()
    assert said[0] == (
        "A group of 3 neighbouring areas around Town 2 (North) with high risk: 20.0% on average, against 10.0% in the "
        "country. Expected number of children: 6."
    )
    assert said[1].startswith("1 area, Town 3 (South), with low risk among neighbours with low risk: 5.0%,")


def test_a_group_over_several_parents_keeps_the_parent_of_its_main_area():
    """Town 4, the largest, is in the south; most of the group is in the north."""
    results = run(sizes=(5, 1))
    results.areas["parent_name"] = ["North", "North", "North", "East", "South", "South"]
    said = group_sentences(results, T)["sentence"].iloc[0]
    assert "around Town 4 (South) with" in said
    assert "It reaches over North, " in said
    results.areas["parent_name"] = ["North", "North", "East", "West", "South", "South"]
    assert "and 1 more parent unit." in group_sentences(results, T)["sentence"].iloc[0]


def test_an_index_is_told_in_points_and_without_a_count_none_is_told():
    said = group_sentences(run("index", counts=False), T)["sentence"].iloc[0]
    assert said == (
        "A group of 3 neighbouring areas around Town 2 (North) with a high index: 70.0 on average, against 50.0 in the country."
    )


@pytest.mark.parametrize(("measure", "word"), [("area_risk", "one model"), ("index", "indicators")])
def test_what_is_alike_by_construction_is_said(measure, word):
    assert word in " ".join(caution(run(measure), T))


def test_nothing_found_says_why():
    results = run()
    assert none_found(results, T) == ""
    results.clusters["cluster"] = pd.array([None] * 4, dtype="Int32")
    assert "chance" in none_found(results, T)
    results.clusters = results.clusters.iloc[:0]
    assert "boundaries" in none_found(results, T)
    assert group_sentences(results, T).empty


def test_every_kind_has_a_name():
    assert set(kind_names(T)) == {"high-high", "high-low", "low-high", "low-low", ""}
