"""The screens of a study whose regions were brought into line with the survey."""

from __future__ import annotations

import pytest

from riskmodel.workspace import Workspace
from tests.pages.test_screens import SCREENS, app  # noqa: F401  the fixture
from tests.small_study import write_study_with_domains
from workflow import run_in_workspace


@pytest.fixture(scope="module")
def shifted(tmp_path_factory):
    """A workspace with one finished study that has domains."""
    home = tmp_path_factory.mktemp("shifted")
    write_study_with_domains(home / "files")
    workspace = Workspace(home / "home")
    study_id = workspace.adopt_folder(home / "files")
    run_in_workspace(workspace, study_id)
    return home / "home", study_id


def test_every_screen_opens(app, shifted):  # noqa: F811
    home, study_id = shifted
    for screen in SCREENS:
        for area in (None, "0203") if screen in ("determinants", "sheets") else (None,):
            assert not app(screen, home, "en", study_id, area).exception, (screen, area)


def test_the_model_screen_shows_the_shifts(app, shifted):  # noqa: F811
    home, study_id = shifted
    shown = app("model", home, "en", study_id)
    table = next(d.value for d in shown.dataframe if "Shift" in d.value.columns)
    assert table["Region"].tolist() == ["Norte", "Sur"]
    assert table["Shift"].str.startswith(("-", "−")).tolist() == [True, False]


def test_the_adjustment_is_not_told_as_a_factor(app, shifted):  # noqa: F811
    home, study_id = shifted
    shown = app("determinants", home, "en", study_id, "0203")
    sentence = next(m.value for m in shown.markdown if "in the country" in m.value)
    assert "Adjustment" not in sentence
