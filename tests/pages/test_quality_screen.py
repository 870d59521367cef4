"""The quality of a file on the Data screen, and totals beside published ones on the Validation screen."""

from __future__ import annotations

import pandas as pd

from riskmodel.workspace import Workspace
from tests.pages.test_screens import app  # noqa: F401
from workflow import run_in_workspace

STUDY = """[study]
name = "Totales"
language = "en"
method = "given_risk"
[outcome]
name = "Child labour"
definition = "Worked in the week"
[areas]
file = "areas.csv"
area_code = "code"
parent_code = "region"
children = "children"
[given_risk]
risk = "risk"
[[published_total]]
totals = { "1" = 1000, "2" = 1250 }
"""


def test_faults_of_a_file_and_totals_that_do_not_agree(app, tmp_path):  # noqa: F811
    files = tmp_path / "files"
    files.mkdir()
    table = {
        "code": [f"{i:02d}" for i in range(20)],
        "region": ["1"] * 10 + ["2"] * 10,
        "risk": [0.1] * 10 + [0.2] * 10,
    }
    pd.DataFrame({**table, "children": [100] * 20, "pct_<b>farm</b>": [340.0] + [10.5 + i for i in range(19)]}).to_csv(
        files / "areas.csv", index=False
    )
    (files / "study.toml").write_text(STUDY, encoding="utf-8")
    workspace = Workspace(tmp_path / "home")
    study_id = workspace.adopt_folder(files)
    run_in_workspace(workspace, study_id)

    shown = app("data", tmp_path / "home", "en", study_id)
    shown.session_state[f"used_{study_id}"] = "areas.csv"  # its pills, chosen
    shown.session_state["details_areas.csv"] = "quality"
    shown.run()
    assert not shown.exception
    assert any("Nothing impossible" in m.value for m in shown.markdown)
    drawn = " ".join(h.proto.body for h in shown.get("html"))
    assert "pct_&lt;b&gt;farm" in drawn
    assert 'class="bars"' in drawn

    shown = app("validation", tmp_path / "home", "en", study_id)
    assert not shown.exception
    said = " ".join(m.value for m in shown.markdown)
    assert "1 of 2 parent units agree with the published totals to within 2" in said
    assert "20.0% fewer children than were published for 2&#58; 1,000 against 1,250" in said
