"""The screens of a study whose areas are predicted."""

from __future__ import annotations

import pytest

from riskmodel.workspace import Workspace
from tests.pages.test_screens import SCREENS, app  # noqa: F401  the fixture
from tests.small_study_areas import CODES, IN_SURVEY, write_study_with_areas
from workflow import run_in_workspace

OUTSIDE = next(code for code in CODES if code not in IN_SURVEY)


@pytest.fixture(scope="module")
def predicted(tmp_path_factory):
    """A workspace with one finished study."""
    home = tmp_path_factory.mktemp("predicted")
    write_study_with_areas(home / "files")
    workspace = Workspace(home / "home")
    study_id = workspace.adopt_folder(home / "files")
    run_in_workspace(workspace, study_id)
    return home / "home", study_id


def test_every_screen_opens(app, predicted):  # noqa: F811
    home, study_id = predicted
    for screen in SCREENS:
        for area in (None, OUTSIDE) if screen in ("determinants", "sheets", "map") else (None,):
            assert not app(screen, home, "es", study_id, area).exception, (screen, area)


def test_the_model_screen_says_what_the_survey_adds(app, predicted):  # noqa: F811
    home, study_id = predicted
    shown = " ".join(m.value for m in app("model", home, "en", study_id).markdown)
    assert "The survey has children of 25 areas." in shown
    assert "5 areas are not in the survey" in shown


def test_the_card_says_whether_the_area_was_in_the_survey(app, predicted):  # noqa: F811
    home, study_id = predicted
    inside = " ".join(c.value for c in app("map", home, "en", study_id, IN_SURVEY[0]).caption)
    outside = " ".join(c.value for c in app("map", home, "en", study_id, OUTSIDE).caption)
    assert "In the survey, with" in inside
    assert "Not in the survey" in outside


def test_the_effect_of_an_area_is_not_told_as_a_factor(app, predicted):  # noqa: F811
    home, study_id = predicted
    shown = app("determinants", home, "en", study_id, IN_SURVEY[0])
    sentence = next(m.value for m in shown.markdown if "in the country" in m.value)
    assert "What the survey itself says" not in sentence


def test_the_data_screen_shows_the_choice(app, predicted):  # noqa: F811
    home, study_id = predicted
    chosen = app("data", home, "en", study_id).selectbox(key="survey_area_estimate")
    assert chosen.value == "prediction"
