"""The Validation screen: three sentences, the flag of a rate that went into the results, and what to declare without one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.results import read_results
from riskmodel.study import Observed
from riskmodel.workspace import Workspace
from tests.pages.test_screens import app, filled  # noqa: F401
from workflow import run_in_workspace

STUDY = """[study]
name = "Comparado"
language = "en"
method = "{method}"

[outcome]
name = "Child labour"
definition = "Worked in the week"

[areas]
file = "areas.csv"
area_code = "code"
area_name = "name"
"""
GIVEN = '[given_risk]\nrisk = "risk"\nse = "se"\n'
INDEX = '[[indicator]]\nname = "farm"\ndimension = "work"\n'
CENSUS = '[observed]\nlabel = "Census"\nyear = 2020\nrate = "census"\nn = "asked"\n'


def run(home, method: str, rest: str) -> str:
    """A finished run of 20 areas; the estimate is the census rate with two areas exchanged and 2 points added."""
    files = home / "files"
    files.mkdir()
    census = np.linspace(0.02, 0.40, 20)
    risk = census.copy()
    risk[[0, 19]] = risk[[19, 0]]
    table = {"code": [f"{i:02d}" for i in range(20)], "name": [f"Place {i}" for i in range(20)], "census": census}
    pd.DataFrame({**table, "risk": risk + 0.02, "se": 0.02, "asked": 100, "farm": risk * 100}).to_csv(
        files / "areas.csv", index=False
    )
    (files / "study.toml").write_text(STUDY.format(method=method) + rest, encoding="utf-8")
    workspace = Workspace(home / "home")
    study_id = workspace.adopt_folder(files)
    run_in_workspace(workspace, study_id)
    return study_id


def words(shown) -> str:
    return " ".join(str(m.value) for m in (*shown.markdown, *shown.caption, *shown.info, *shown.warning))


def test_a_risk_is_judged_in_three_sentences(app, tmp_path):  # noqa: F811
    study_id = run(tmp_path, "given_risk", GIVEN + CENSUS)
    shown = app("validation", tmp_path / "home", "en", study_id)
    assert not shown.exception
    said = words(shown)
    assert "Compared with: Census, 2020. 20 areas with both." in said
    assert "Of the 2 areas with the highest measured rates, 1 are among the 2" in said
    assert "On average the estimates are 2.0 percentage points higher than the measure" in said
    found = read_results(Workspace(tmp_path / "home").last_run(study_id)).agreement
    assert f"Of every 100 intervals, {found['coverage_with_error'] * 100:.0f} hold" in said
    assert "went into the results" not in said
    assert "agreement of ranks, not proof" in said
    assert "What it teaches:" in said


def test_the_selected_area_is_told(app, tmp_path):  # noqa: F811
    study_id = run(tmp_path, "given_risk", GIVEN + CENSUS)
    shown = app("validation", tmp_path / "home", "en", study_id, "05")
    assert "**Place 5**: measured 12.0%, estimated 14.0%" in words(shown)


def test_an_index_is_judged_by_order_and_thirds(app, tmp_path):  # noqa: F811
    study_id = run(tmp_path, "vulnerability_index", INDEX + CENSUS)
    said = words(app("validation", tmp_path / "home", "en", study_id))
    assert "90 of every 100 areas are in the same third of the country in both" in said
    assert "percentage points higher" not in said


@pytest.mark.parametrize(
    ("method", "rest"),
    [("given_risk", GIVEN.replace('"risk"', '"census"')), ("vulnerability_index", INDEX.replace("farm", "census"))],
)
def test_a_rate_that_made_the_results_is_no_test_of_them(app, tmp_path, method, rest):  # noqa: F811
    study_id = run(tmp_path, method, rest + CENSUS)
    assert "agree by construction" in words(app("validation", tmp_path / "home", "en", study_id))


def test_without_an_observed_rate_it_says_what_to_declare(app, filled):  # noqa: F811
    home, study_id = filled
    shown = app("validation", home, "en", study_id)
    assert not shown.exception
    assert "This study names no observed rate" in words(shown)


def test_the_rate_can_be_declared_on_screen(app, tmp_path):  # noqa: F811
    study_id = run(tmp_path, "given_risk", GIVEN)
    shown = app("data", tmp_path / "home", "en", study_id)
    shown.radio(key="observed_way").set_value("rate").run()
    shown.selectbox(key="observed_rate").set_value("census").run()
    shown.radio(key="observed_error").set_value("n").run()
    shown.selectbox(key="observed_n").set_value("asked").run()
    shown.button(key="save_observed").click().run()
    assert not shown.exception
    assert Workspace(tmp_path / "home").study(study_id).observed == Observed(rate="census", n="asked")


def test_another_rate_is_compared_without_a_run(app, tmp_path):  # noqa: F811
    study_id = run(tmp_path, "given_risk", GIVEN)
    workspace = Workspace(tmp_path / "home")
    workspace.add_file(study_id, "rates.csv", (tmp_path / "files" / "areas.csv").read_bytes())
    before = workspace.last_run(study_id)
    shown = app("validation", tmp_path / "home", "en", study_id)
    shown.selectbox(key="rate_table").set_value("rates.csv").run()
    shown.selectbox(key="rate_area_code").set_value("code").run()
    shown.radio(key="observed_way").set_value("rate").run()
    shown.selectbox(key="observed_rate").set_value("census").run()
    shown.button(key="rate_compare").click().run()
    assert not shown.exception
    assert "On average the estimates are 2.0 percentage points higher than the measure" in words(shown)
    assert "with a table chosen here" in words(shown)
    assert workspace.last_run(study_id) == before
    shown.button(key="rate_back").click().run()
    assert "This study names no observed rate" in words(shown)
