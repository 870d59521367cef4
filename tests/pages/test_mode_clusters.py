"""The mode of clusters: every area of its kind, the untested without one, the same colours as on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geodata.palette import palette
from pages.common import paints
from pages.common.mode_clusters import MOST_LABELS
from riskmodel.colours import CLUSTER_COLOURS, PLAIN
from riskmodel.results import read_results
from riskmodel.study import Study
from tests.clusters_run import clusters_run


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return read_results(clusters_run(tmp_path_factory.mktemp("clusters")))


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr("pages.common.state.language", lambda: "en")


def test_every_area_has_the_colour_of_its_kind(found):
    study = Study.model_validate(found.manifest["study"])
    look = paints.look(study, found, "clusters")
    kinds = found.clusters.set_index("area_code")["kind"]
    for code, mark in look.marks.items():
        assert look.colours[mark - 1] == CLUSTER_COLOURS.get(kinds[code], PLAIN)
    told = {entry.label: entry.note for entry in look.legend.entries}
    assert told["High among high"].startswith(f"{(kinds == 'high-high').sum()} areas · ")
    assert (kinds == "high-high").sum() > 5
    assert 0 < len(look.labels) <= MOST_LABELS
    assert set(look.labels) <= set(kinds[kinds == "high-high"].index)
    assert look.table["Group"][kinds == "high-high"].str.contains("areas").all()
    assert (look.table["Group"][kinds == ""] == "").all()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_land_in_no_cluster_is_the_land_of_the_page(found, theme):
    study = Study.model_validate(found.manifest["study"])
    look = paints.look(study, found, "clusters")
    paint = paints.paint(found, look, theme)
    assert palette(3, "area_risk", theme).land in paint.palette.levels
    assert len(set(paint.palette.levels)) == 5
    assert paint.labels == look.labels


def test_a_run_without_clusters_does_not_offer_them(found):
    study = Study.model_validate(found.manifest["study"])
    assert "clusters" in paints.modes(study, found)
    assert "clusters" not in paints.modes(study, replace(found, clusters=found.clusters.iloc[:0]))
