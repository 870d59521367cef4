"""The sheet of a parent unit: every territory once, under its level, with the figures of the frames; tagged and whole."""

import datetime as dt
import itertools
import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pypdf
import pytest

from riskmodel.outputs.sheet import draw_content, make_unit_sheet
from riskmodel.outputs.unit_content import unit_content
from riskmodel.problems import InputProblems
from tests.outputs.cases import LONG_NAME, make_results
from tests.outputs.test_sheet import alternatives, opened, picture


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in opened(pdf).pages).replace("\xa0", " ").split())


def structure(node) -> list[str]:
    """Types of all elements of the tag tree, in reading order."""
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        return [kind for child in node for kind in structure(child)]
    if not isinstance(node, pypdf.generic.DictionaryObject):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (structure(node["/K"]) if "/K" in node else [])


def crowded(count: int):
    """One parent unit of `count` areas, two of them without an estimate, one with a name of 80 letters."""
    results = make_results()
    rng = np.random.default_rng(1)
    rows = results.areas.iloc[rng.integers(3, 60, count)].reset_index(drop=True)
    rows["area_code"] = [f"{i:05d}" for i in range(count)]
    rows["area_name"] = [f"Lugar {i}" for i in range(count)]
    rows.loc[0, "area_name"] = LONG_NAME
    rows["parent_code"], rows["parent_name"] = "D0", "Costa Alta"
    rows.loc[rows.index[-2:], ["area_risk", "ci_lower", "ci_upper"]] = np.nan
    rows.loc[rows.index[-2:], "level"] = pd.NA
    return replace(results, areas=rows)


def test_every_territory_stands_once_under_its_level(model_results, t):
    content = unit_content(model_results, "D0", t)
    inside = model_results.areas[model_results.areas["parent_code"] == "D0"]
    blocks = content["list"]["blocks"]
    assert [b["title"] for b in blocks] == ["High", "Medium", "Low"]
    names = {3: "High", 2: "Medium", 1: "Low"}
    for block in blocks:
        of_level = inside[inside["level"].map(names).eq(block["title"]).fillna(False)]
        assert sorted(row[0] for row in block["rows"]) == sorted(of_level["area_name"])
        low, high = (float(edge) for edge in block["range"].removesuffix(" %").split("–"))
        values = [float(row[1]) for row in block["rows"]]
        assert values == sorted(values, reverse=True)
        assert low <= min(values)
        assert max(values) <= high
    assert content["list"]["unknown"] == list(inside.loc[inside["area_risk"].isna(), "area_name"])
    counts = [int(step["count"]) for step in content["levels"]["steps"]]
    assert sum(counts) == inside["level"].notna().sum()
    assert json.loads(json.dumps(content)) == content


def test_printed_ranges_do_not_meet(model_results, t):
    ranges = [b["range"].removesuffix(" %").split("–") for b in unit_content(model_results, "D0", t)["list"]["blocks"]]
    assert all(float(below[1]) < float(above[0]) for above, below in itertools.pairwise(ranges))


def test_a_value_that_rounds_out_of_its_range_is_explained(model_results, t):
    said = "Levels are set before rounding"
    assert said not in unit_content(model_results, "D0", t)["list"]["note"]
    levels = [dict(entry) for entry in model_results.manifest["levels"]]
    lowest = model_results.areas.query("parent_code == 'D0' and level == 3")["area_risk"].min()
    levels[2]["printed_lower"] = round(lowest * 100, 1) + 0.1
    moved = replace(model_results, manifest=model_results.manifest | {"levels": levels})
    assert said in unit_content(moved, "D0", t)["list"]["note"]


def test_factors_are_means_weighted_by_children(model_results, t):
    factors = unit_content(model_results, "D0", t)["factors"]
    shared = model_results.contributions.merge(model_results.areas[["area_code", "parent_code", "children"]])
    branch = shared[(shared["parent_code"] == "D0") & (shared["determinant"] == "branch")]
    mean = (branch["contribution"] * branch["children"]).sum() / branch["children"].sum()
    row = next(r for r in factors["lists"][0]["rows"] if r["label"].startswith("Rama"))
    assert row["text"] == f"+{mean * 100:.1f}"
    inside = (model_results.areas["parent_code"] == "D0").sum()
    assert row["where"] == f"in {len(branch)} of {inside} territories"


def test_place_is_that_among_parents(model_results, t):
    highest = model_results.parents.sort_values("area_risk")["area_code"].iloc[-1]
    place = unit_content(model_results, highest, t)["facts"][0]
    assert place["big"] == f"1 of {len(model_results.parents)}"


@pytest.mark.parametrize("method", ["risk_model", "vulnerability_index", "given_risk"])
@pytest.mark.parametrize("photocopy", [False, True])
@pytest.mark.parametrize("map_given", [False, True])
def test_every_route_is_drawn_without_warnings(method, photocopy, map_given, t):
    content = unit_content(make_results(method), "D0", t, photocopy)
    pdf, warnings = draw_content(content, picture() if map_given else None, dt.datetime.now(dt.UTC))
    assert warnings == []
    text = words_of(pdf)
    assert "Costa Alta" in text
    assert "not about any child or family" in text
    if method == "vulnerability_index":
        assert "risk" not in " ".join(content["list"]["columns"]).lower()


@pytest.mark.parametrize("count", [3, 853])
def test_few_and_many_territories(count, t):
    pdf = make_unit_sheet(crowded(count), "D0", t, picture())
    text = words_of(pdf)
    assert LONG_NAME in text
    assert set(re.findall(r"Lugar (\d+)", text)) == {str(i) for i in range(1, count)}
    pages = len(opened(pdf).pages)
    assert pages < 10
    assert (f"Page 1 of {pages}" in text) == (pages > 1)


def test_the_tags_hold_headings_tables_and_the_text_of_the_map(model_results, t):
    root = opened(make_unit_sheet(model_results, "D0", t, picture())).trailer["/Root"]
    kinds = structure(root["/StructTreeRoot"])
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)
    assert any("its territories by level" in alt for alt in alternatives(root["/StructTreeRoot"]))


def test_an_unknown_parent_is_told(model_results, given_results, t):
    for results in (model_results, replace(given_results, parents=pd.DataFrame())):
        with pytest.raises(InputProblems) as found:
            unit_content(results, "XX", t)
        assert [p.code for p in found.value.problems] == ["parent_unknown"]
