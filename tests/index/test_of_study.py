"""The index of a study: the rate weights are estimated on, and the one results are held against."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.index.of_study import index_of_study, same_as_observed
from riskmodel.inputs.areas import read_areas
from riskmodel.problems import InputProblems
from riskmodel.run import run_study
from riskmodel.study import Study
from riskmodel.study_file import parse_study
from workflow import check_inputs

HEAD = """
[study]
name = "x"
language = "en"
method = "vulnerability_index"
[outcome]
name = "x"
definition = "x"
[areas]
file = "t.csv"
area_code = "code"
[[indicator]]
name = "a"
[[indicator]]
name = "b"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rng = np.random.default_rng(4)
    table = pd.DataFrame(rng.random((60, 2)), columns=["a", "b"])
    table["earlier"] = 5 + 10 * table["a"]
    table["now"] = (10 * table["a"] + rng.random(60)) / 100
    table.insert(0, "code", [f"{i:03d}" for i in range(60)])
    table.to_csv(tmp_path / "t.csv", index=False)
    return tmp_path


def study(index: str, observed: str = "") -> Study:
    return parse_study(HEAD + "[index]\n" + index + ("\n[observed]\n" + observed if observed else ""))


def test_a_rate_of_another_year_leaves_the_comparison_whole(folder: Path):
    asked = study('weights = "estimated"\nrate = "earlier"\nrate_unit = "percent"', 'rate = "now"')
    names, _ = read_areas(asked, folder)
    assert names["index_rate"].between(0.05, 0.15).all()
    result, told = index_of_study(asked, folder, names)
    assert dict(result.effective_weights) == pytest.approx({"a": 1, "b": 0}, abs=1e-9)
    assert [p.code for p in told] == ["index_without_weight"]
    results = run_study(asked, folder, folder)
    assert results.agreement["used_in_the_estimate"] is False
    assert results.diagnostics["index_method"]["areas_with_rate"] == 60


@pytest.mark.parametrize("rate", ["", 'rate = "now"'])
def test_the_same_rate_is_told_and_the_comparison_says_that_it_was_used(folder: Path, rate: str):
    asked = study(f'weights = "estimated"\n{rate}', 'rate = "now"')
    names, _ = read_areas(asked, folder)
    assert same_as_observed(asked, names)
    results = run_study(asked, folder, folder)
    assert "index_rate_is_observed" in results.problems["code"].to_list()
    assert results.agreement["used_in_the_estimate"] is True


def test_a_rate_in_percent_that_says_it_is_a_proportion(folder: Path):
    with pytest.raises(InputProblems) as error:
        read_areas(study('weights = "estimated"\nrate = "earlier"'), folder)
    assert [p.code for p in error.value.problems] == ["index_rate_in_percent"]


@pytest.mark.parametrize(("way", "code"), [("estimated", "index_needs_rate"), ("workshop", "index_needs_points")])
def test_a_study_without_what_its_weights_need_is_not_complete(way: str, code: str):
    with pytest.raises(InputProblems) as error:
        study(f'weights = "{way}"')
    assert [p.code for p in error.value.problems] == [code]


def test_points_of_a_workshop_reach_the_index(folder: Path):
    (folder / "p.csv").write_text("a,b\n80,20\n60,40\n", encoding="utf-8")
    asked = study('weights = "workshop"\nworkshop = { file = "p.csv" }')
    assert asked.files() == ("t.csv", "p.csv")
    results = run_study(asked, folder, folder)
    assert results.diagnostics["effective_weights"] == pytest.approx({"a": 0.7, "b": 0.3})
    assert check_inputs(asked, folder).ok
    (folder / "p.csv").write_text("a\n80\n", encoding="utf-8")
    assert [p.code for p in check_inputs(asked, folder).problems if p.is_error] == ["index_points_no_indicator"]
    (folder / "p.csv").write_text("a,b\n80,20\n60,40\n", encoding="utf-8")
    assert results.diagnostics["index_method"]["participants"] == 2
