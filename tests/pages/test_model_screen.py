"""The Model screen judges the model and shows the proposal of determinants."""

from __future__ import annotations

import pytest
import tomlkit

from riskmodel.results import read_results
from riskmodel.workspace import Workspace
from tests.pages.test_screens import app  # noqa: F401
from tests.small_study import write_small_study
from workflow import run_in_workspace


@pytest.fixture(scope="module")
def proposed(tmp_path_factory):
    """A finished run with a proposal and Firth's penalty."""
    home = tmp_path_factory.mktemp("proposed")
    path = write_small_study(home / "files", language="en")
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    document["survey"]["selection"] = True
    document["survey"]["estimation"] = "firth"
    path.write_text(tomlkit.dumps(document), encoding="utf-8")
    workspace = Workspace(home / "home")
    study_id = workspace.adopt_folder(home / "files")
    run_in_workspace(workspace, study_id)
    return home / "home", study_id


def test_the_proposal_is_advice(app, proposed):  # noqa: F811
    shown = app("model", proposed[0], "en", proposed[1])
    assert not shown.exception
    said = " ".join(str(m.value) for m in (*shown.markdown, *shown.caption))
    assert "This is a proposal; you decide." in said
    assert "Firth" in said
    table = next(d.value for d in shown.dataframe if "Wald F" in d.value)
    assert table["Determinant"].to_list() == ["Sexo", "Área"]
    assert set(table["In the model"]) == {"yes"}


def test_the_cut_off_is_the_readers(app, proposed):  # noqa: F811
    shown = app("model", proposed[0], "en", proposed[1])

    def found() -> str:
        table = next(d.value for d in shown.table if d.value.index.name == "At this cut-off")
        return table["Share, %"].iloc[0]

    before = found()
    slider = shown.select_slider(key="cut_off")
    cuts = [p["cut_off"] for p in read_results(Workspace(proposed[0]).last_run(proposed[1])).diagnostics["roc"][1:-1]]
    assert len(cuts) == len(slider.options) > 1
    slider.set_value(cuts[0] if slider.value != cuts[0] else cuts[-1]).run()
    assert not shown.exception
    assert found() != before
