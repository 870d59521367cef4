"""The Index screen of a finished run: what hangs on the choices, in both languages; and where the draws are asked for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pages.common import chart_files, index_charts, index_view
from riskmodel.results import read_results
from riskmodel.study_file import read_study
from riskmodel.workspace import Workspace
from tests.pages.test_screens import app  # noqa: F401
from workflow import run_in_workspace

STUDY = """
[study]
name = "Vulnerabilidad"
method = "vulnerability_index"

[outcome]
name = "child labour"
definition = "Children in child labour."

[areas]
file = "areas.csv"
area_code = "code"
area_name = "name"

[index]
robustness = 500
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A finished run of forty areas and five indicators in two dimensions; two of one dimension go against each other."""
    home = tmp_path_factory.mktemp("index")
    rng = np.random.default_rng(4)
    table = pd.DataFrame(rng.uniform(0, 100, (40, 4)), columns=list("abcd"))
    table["e"] = 100 - table["d"] + rng.normal(0, 5, 40)
    table.insert(0, "name", [f"Lugar {i // 2}" for i in range(40)])
    table.insert(0, "code", [f"{i:02d}" for i in range(40)])
    (home / "files").mkdir()
    table.to_csv(home / "files" / "areas.csv", index=False)
    indicators = [
        f'[[indicator]]\nname = "{n}"\nlabel = "Indicador {n}"\ndimension = "{d}"\n'
        for n, d in zip("abcde", ("casa", "casa", "escuela", "escuela", "escuela"), strict=True)
    ]
    (home / "files" / "study.toml").write_text(STUDY + "\n".join(indicators), encoding="utf-8")
    workspace = Workspace(home / "home")
    study_id = workspace.adopt_folder(home / "files")
    run_in_workspace(workspace, study_id)
    return home / "home", study_id


@pytest.fixture(scope="module")
def results(study):
    return read_results(Workspace(study[0]).last_run(study[1]))


@pytest.mark.parametrize(
    ("language", "question", "warned"),
    [
        ("es", "¿Cuán firme es el orden de los territorios?", "en parte se anulan"),
        ("en", "How firm is the order of areas?", "partly cancel out"),
    ],
)
def test_what_hangs_on_the_choices_is_told(language, question, warned, app, study):  # noqa: F811
    shown = app("model", study[0], language, study[1], None)
    shown.session_state["method"] = "vulnerability_index"
    shown.run()
    assert not shown.exception
    assert question in [s.value for s in shown.subheader]
    said = " ".join(str(m.value) for kind in (shown.markdown, shown.caption) for m in kind)
    assert "500" in said
    assert warned in said
    assert "Indicador d" in said
    assert len(shown.subheader) == 5


def test_the_figures_can_be_taken_to_paper(monkeypatch, results, study):
    """Each is drawable, says the numbers of its table, and names every row."""
    monkeypatch.setattr("pages.common.state.language", lambda: "en")
    found = results.index_robustness.sort_values("rank").head(5)
    names = index_view._names(results, found["area_code"])
    assert len(set(names)) == 5  # places of one name are told apart
    sobol = results.index_sensitivity
    figures = [
        index_charts.places(found, names),
        index_charts.sensitivity(sobol["first_order"], sobol["total"], [index_view.choice_name(c) for c in sobol["choice"]]),
        index_charts.importance(results.index_importance.query("part == 'indicator'"), list("abcde")),
    ]  # fmt: skip
    for figure in figures:
        assert chart_files.drawable(figure)
        assert len(chart_files.chart_of(figure).names) == 5
    table = chart_files.chart_table(figures[0])
    assert table.loc[: len(found) - 1, "x_lower"].to_list() == pytest.approx(found["rank_lower"].to_list())


def test_the_study_reads_and_keeps_its_draws(study):
    assert read_study(Workspace(study[0]).folder(study[1]) / "study.toml").index.robustness == 500
