"""The Change screen: the two years, the refusal with its mend, limits as a person types them."""

from __future__ import annotations

import json

import pytest

from pages.common.change_view import Run, likely_earlier, limits_of
from riskmodel.workspace import Workspace
from tests.decisions.two_years import EARLIER, LATER, table, write
from tests.pages.test_screens import app  # noqa: F401
from tests.small_study import _squares
from workflow import run_in_workspace

MAP = '[boundaries]\nfile = "map.geojson"\narea_code = "codigo"\n'


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    """A workspace with 2015 and 2020, and 2018 with another definition."""
    home = tmp_path_factory.mktemp("change")
    workspace, found = Workspace(home / "home"), {}
    for year, values, definition in (
        (2015, EARLIER, "Worked in the week"),
        (2018, EARLIER, "Worked in the month"),
        (2020, LATER, "Worked in the week"),
    ):
        path = write(home / str(year), table(values), year, definition=definition, levels=MAP)
        (path.parent / "map.geojson").write_text(json.dumps(_squares()), encoding="utf-8")
        found[year] = workspace.adopt_folder(path.parent)
        run_in_workspace(workspace, found[year])
    return home / "home", found


def words(shown) -> str:
    drawn = (*shown.markdown, *shown.caption, *shown.info, *shown.warning, *shown.error)
    return " ".join(str(m.value) for m in drawn)


def option(shown, which: str, year: int) -> None:
    """Choose the run of a year in a list."""
    box = next(b for b in shown.selectbox if b.label == which)
    box.select_index(next(i for i, label in enumerate(box.options) if label.startswith(f"{year} ·"))).run()


def test_compared_at_once_and_refused_with_the_mend(app, years):  # noqa: F811
    home, found = years
    shown = app("change", home, "en", found[2020])
    assert not shown.exception
    said = words(shown)  # 2018 has another definition, so 2015 is proposed
    assert "In 2020 the risk in the country was 10.9%; in 2015 it was 10.0%." in said
    assert "1 area entered the high level. 1 area left the high level." in said
    assert "Both years are put into levels by the limits of 2015." in said
    entered = next(d.value for d in shown.dataframe if "Area" in d.value.columns)
    assert entered[["Area", "2015", "2020", "Change, points", "More than chance"]].to_numpy().tolist() == [
        ["Place 0103", "12.0%", "21.0%", "+9.0", "yes"]
    ]
    limits = next(t for t in shown.text_input if t.label == "Limits of the levels, in %")
    limits.set_value("5,5; 11,5").run()
    assert "by the limits given&#58; 5.5%, 11.5%" in words(shown)
    next(t for t in shown.text_input if t.label == limits.label).set_value("high").run()
    assert "The limits are not numbers." in words(shown)
    option(shown, "Earlier result", 2018)
    assert not shown.exception
    said = words(shown)
    assert "The two studies define child labour in different words." in said
    assert "write the same definition in both studies" in said
    assert "In 2020 the risk" not in said


def test_one_result_alone_says_what_is_needed(app, tmp_path):  # noqa: F811
    workspace = Workspace(tmp_path / "home")
    study_id = workspace.adopt_folder(write(tmp_path / "only", table(EARLIER), 2015).parent)
    run_in_workspace(workspace, study_id)
    shown = app("change", tmp_path / "home", "es", study_id)
    assert not shown.exception
    assert "Una comparación necesita dos resultados" in words(shown)


def test_another_comparison_is_proposed_only_among_alike(years):
    """Years run forward, the same method and no other country; the same definition first."""
    found = [run(2015, "a"), run(2018, "b"), run(2022, "a"), run(2016, "a", "area_model"), run(2017, "a", country="X")]
    later = run(2020, "a", country="Y")
    assert likely_earlier(later, found) == found[0]
    assert likely_earlier(later, found[1:]) == found[1]
    assert likely_earlier(later, found[2:]) is None


def run(year: int, definition: str, method: str = "given_risk", country: str = "") -> Run:
    outcome = {"definition": definition, "boundary": "sna", "age": None, "computed": None}
    study = {"study": {"country": country}, "outcome": outcome}
    return Run("s", str(year), {"method": method, "synthetic": False, "years": {"outcome": year}, "study": study})


@pytest.mark.parametrize(
    ("typed", "index", "expected"),
    [("5; 10", False, (0.05, 0.1)), ("5,5 11,5%", False, (0.055, 0.115)), ("20;40", True, (20.0, 40.0)), ("", False, ()), ("a;b", False, ())],
)  # fmt: skip
def test_limits_are_read_as_people_type_them(typed, index, expected):
    assert limits_of(typed, index) == pytest.approx(expected)
