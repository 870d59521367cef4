"""The map of clusters: every area of its kind, the untested without one."""

from __future__ import annotations

import pytest
import streamlit as st

from pages.common.paints_clusters import ORDER, can_paint, paint_clusters
from riskmodel.results import read_results
from riskmodel.study import Study
from tests.clusters_run import clusters_run


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return read_results(clusters_run(tmp_path_factory.mktemp("clusters")))


@pytest.mark.parametrize("dark", [False, True])
def test_every_area_has_the_colour_of_its_kind(found, dark):
    st.session_state["language"] = "en"
    study = Study.model_validate(found.manifest["study"])
    assert can_paint(found)
    paint = paint_clusters(study, found, None, dark)
    kinds = found.clusters.set_index("area_code")["kind"]
    for code, level in paint.levels.items():
        assert ORDER[level - 1] == kinds[code]
    assert len(set(paint.palette.levels)) == 5
    told = {entry.label: entry.note for entry in paint.legend.entries}
    assert told["High among high"] == f"{(kinds == 'high-high').sum()} areas"
    assert (kinds == "high-high").sum() > 5
    assert set(paint.labels) <= set(kinds[kinds == "high-high"].index)
    row = paint.tooltip["Group"]
    assert row[kinds == "high-high"].str.contains("areas").all()
    assert paint_clusters(study, found, "0101", dark).labels == ("0101",)
