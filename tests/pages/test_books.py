"""The screen binds a book of one parent unit in the background and offers it."""

import time

from pages.common import jobs
from tests.pages.test_screens import app, filled  # noqa: F401


def test_a_book_of_one_parent_unit(app, filled):  # noqa: F811
    home, study_id = filled
    shown = app("sheets", home, "en", study_id)
    shown.radio(key="sheet_kind").set_value("book").run()
    assert not shown.exception
    shown.selectbox(key="books_which").set_value("one").run()
    shown.button(key="books_bind").click()
    shown.run()
    job = jobs.get(f"books_{study_id}")
    for _ in range(400):
        if job is None or job.finished:
            break
        time.sleep(0.1)
    shown.run()
    assert not shown.exception
    assert any("book" in button.label.lower() for button in shown.get("download_button"))
