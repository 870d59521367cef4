"""Curves and interactions on the screens: declared with widgets, shown as risks and not as bare coefficients."""

from __future__ import annotations

from html import unescape

import pytest
import tomlkit

from riskmodel.study import Interaction, Spline
from riskmodel.workspace import Workspace
from tests.pages.test_screens import app  # noqa: F401
from tests.small_study import write_small_study
from workflow import run_in_workspace


@pytest.fixture(scope="module")
def curved(tmp_path_factory):
    """A finished run with age in a curve, sex × area and sex × age."""
    home = tmp_path_factory.mktemp("curved")
    path = write_small_study(home / "files", language="en")
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    age = {"name": "edad", "label": "Edad", "kind": "numeric", "survey": {"column": "edad"}, "spline": {"df": 2}}
    document["determinant"].append(tomlkit.item(age))
    document["interaction"] = [{"determinants": ["sexo", "area"]}, {"determinants": ["sexo", "edad"]}]
    path.write_text(tomlkit.dumps(document), encoding="utf-8")
    workspace = Workspace(home / "home")
    study_id = workspace.adopt_folder(home / "files")
    run_in_workspace(workspace, study_id)
    return home / "home", study_id


def test_the_model_screen_draws_risks_and_labels_ratios(app, curved):  # noqa: F811
    shown = app("model", curved[0], "en", curved[1])
    assert not shown.exception
    said = unescape(" ".join(str(m.value) for m in (*shown.markdown, *shown.caption)))
    assert "Risk by: Edad, for each: Sexo" in said
    assert "Risk by: Sexo and Área" in said
    table = next(d.value for d in shown.dataframe if "Odds ratio" in d.value).set_index("Term")
    assert "Sexo × Área: hombre × rural (ratio of odds ratios)" in table.index
    assert "Edad (part 2 of its curve)" in table.index
    assert "Sexo: hombre (for Área: urbana; Edad: 0)" in table.index
    effect = "Average effect, percentage points"
    assert table.loc["Sexo × Área: hombre × rural (ratio of odds ratios)", effect] == "—"
    assert table.loc["Sexo: hombre (for Área: urbana; Edad: 0)", effect] != "—"


def test_curves_and_interactions_are_declared_with_widgets(app, curved):  # noqa: F811
    shown = app("data", curved[0], "en", curved[1])
    assert not shown.exception
    assert shown.button(key="save_interaction").disabled
    shown.selectbox(key="curve_edad").set_value("given").run()
    shown.text_input(key="curve_knots_edad").set_value("8; 11,5; 14").run()
    shown.multiselect(key="interactions").set_value([("sexo", "area")]).run()
    shown.button(key="save_interaction").click().run()
    assert not shown.exception
    study = Workspace(curved[0]).study(curved[1])
    assert next(d for d in study.determinant if d.name == "edad").spline == Spline(knots=(8, 11.5, 14))
    assert study.interaction == (Interaction(determinants=("sexo", "area")),)
