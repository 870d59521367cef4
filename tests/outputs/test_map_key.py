"""The key of a map: every area in one position, counts that add up, a colour for each."""

from __future__ import annotations

import pandas as pd
import pytest

from riskmodel.decisions.contributions import BENCHMARK
from riskmodel.decisions.main_factor import main_factors
from riskmodel.i18n import translator
from riskmodel.outputs.map_key import kinds_of, map_key
from riskmodel.results import read_results
from riskmodel.study import Study
from riskmodel.study_file import read_study
from tests.clusters_run import clusters_run
from tests.small_study import write_small_study
from workflow import run_to

T = translator("en")


def test_main_factor_by_hand():
    table = pd.DataFrame(
        [
            ("A", "rural", 0.03, "risk"), ("A", "sex", 0.01, "risk"),
            ("B", BENCHMARK, 0.05, "risk"), ("B", "sex", 0.02, "risk"), ("B", "rural", -0.09, "protective"),
            ("C", "rural", -0.01, "protective"),
        ],
        columns=["area_code", "determinant", "contribution", "role"],
    )  # fmt: skip
    assert main_factors(table).to_dict() == {"A": "rural", "B": "sex"}
    assert main_factors(table.iloc[:0]).empty


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    (folder / "board").mkdir()
    board = read_results(clusters_run(folder / "board"))
    path = write_small_study(folder / "small")
    (folder / "out").mkdir()
    run_to(read_study(path), path.parent, folder / "out")
    return {"board": board, "small": read_results(folder / "out")}


@pytest.mark.parametrize(
    ("run", "kind"), [("board", "level"), ("board", "clusters"), ("small", "level"), ("small", "main_factor")]
)
def test_counts_add_up_and_colours_are_distinct(runs, run, kind):
    results = runs[run]
    key = map_key(Study.model_validate(results.manifest["study"]), results, kind, T)
    assert sum(row.areas for row in key.rows) == len(results.areas)
    assert set(key.position.dropna()) <= {row.position for row in key.rows}
    assert sorted(row.position for row in key.rows if row.position) == list(
        range(1, len({r.position for r in key.rows} - {0}) + 1)
    )
    colours = [row.colour for row in key.rows if row.position]
    assert len(set(colours)) == len(colours)
    assert (key.value != "").all()


def test_only_what_the_run_has_is_offered(runs):
    assert kinds_of(runs["board"]) == ["level", "clusters"]  # a given risk has no contributions
    assert kinds_of(runs["small"]) == ["level", "main_factor"]  # six areas are not tested


def test_an_area_that_nothing_raises_is_not_without_data(runs):
    results = runs["small"]
    key = map_key(Study.model_validate(results.manifest["study"]), results, "main_factor", T)
    without = set(results.areas["area_code"]) - set(main_factors(results.contributions).index)
    assert without
    assert set(key.value[list(without)]) == {"None raises it"}
