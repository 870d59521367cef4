"""The Groups screen: one sentence for the selection, gaps, the SDG table, and what to do where there are no groups."""

from __future__ import annotations

import pytest
import tomlkit

from riskmodel.results import read_results
from riskmodel.workspace import Workspace
from tests.pages.test_screens import app, filled  # noqa: F401
from tests.small_study import AREAS, write_small_study
from workflow import run_in_workspace

NOT_WITH_THIS_METHOD = "Not available with this method: groups need a survey model applied to a population of children."


def run(home, change) -> str:
    """A finished run of the small study, changed before."""
    path = write_small_study(home / "files", language="en")
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(tomlkit.dumps(document), encoding="utf-8")
    workspace = Workspace(home / "home")
    study_id = workspace.adopt_folder(home / "files")
    run_in_workspace(workspace, study_id)
    return study_id


def words(shown) -> str:
    return " ".join(str(m.value) for m in (*shown.markdown, *shown.caption, *shown.info))


def test_the_sentence_is_about_the_selection(app, filled):  # noqa: F811
    home, study_id = filled
    country = app("groups", home, "en", study_id)
    assert "**The whole country**: the widest difference is by sexo" in words(country)
    results = read_results(Workspace(home).last_run(study_id))
    code, name = AREAS.loc[3, ["codigo", "municipio"]]
    gap = results.gaps.query("unit == 'area' and area_code == @code and group == 'sexo'").iloc[0]
    shown = app("groups", home, "en", study_id, code)
    assert f"**{name}**" in words(shown)
    assert f"a difference of {abs(gap['gap']) * 100:.1f} percentage points" in words(shown)


def test_a_parent_unit_can_be_chosen(app, filled):  # noqa: F811
    home, study_id = filled
    shown = app("groups", home, "en", study_id)
    shown.selectbox(key="groups_parent_now").set_value("02").run()
    assert not shown.exception
    assert "**Sur**" in words(shown)


def test_the_sdg_table_agrees_with_the_groups(app, filled):  # noqa: F811
    home, study_id = filled
    shown = app("groups", home, "en", study_id)
    table = next(d.value for d in shown.dataframe if "95% interval, number" in d.value)
    results = read_results(Workspace(home).last_run(study_id))
    cells = results.groups.query("area_code == ''").set_index(["group", "category"])
    boys = table[(table["Sexo"] == "hombre") & (table["Grupo de edad"] == "12 a 14 años")].iloc[0]
    assert boys["Number"] == f"{cells.loc[('sexo_edad', 'hombre × 12 a 14 años'), 'expected_count']:,.0f}"
    corner = table[(table["Sexo"] == "Total") & (table["Grupo de edad"] == "Total")].iloc[0]
    assert corner["Proportion, %"] == f"{results.national['area_risk'].iloc[0] * 100:.1f}"
    assert len(table) == 12


def test_withheld_cells_show_neither_number_nor_rate(app, tmp_path):  # noqa: F811
    study_id = run(tmp_path, lambda d: d.add("privacy", {"min_children": 170, "min_count": 10}))
    shown = app("groups", tmp_path / "home", "en", study_id, "0101")
    assert not shown.exception
    table = next(d.value for d in shown.dataframe if "95% interval, number" in d.value)
    inside = table[(table["Sexo"] != "Total") & (table["Grupo de edad"] == "15 a 17 años")]
    assert set(inside["Proportion, %"]) == {"—"}
    assert set(inside["Number"]) == {"—"}


def test_without_groups_it_says_what_to_do(app, tmp_path):  # noqa: F811
    def none(document):
        del document["group"]
        document["population"]["groups"] = []

    study_id = run(tmp_path, none)
    shown = app("groups", tmp_path / "home", "en", study_id)
    assert not shown.exception
    assert shown.info[0].value.startswith("This study reports no groups.")


@pytest.mark.parametrize("method", ["vulnerability_index", "given_risk"])
def test_other_methods_say_that_groups_are_not_available(app, tmp_path, method):  # noqa: F811
    def change(document):
        document["study"]["method"] = method
        for key in ("survey", "population", "determinant", "group"):
            del document[key]
        if method == "given_risk":
            document["given_risk"] = {"risk": "agro", "scale": "percent"}

    study_id = run(tmp_path, change)
    shown = app("groups", tmp_path / "home", "en", study_id)
    assert not shown.exception
    assert shown.info[0].value == NOT_WITH_THIS_METHOD
