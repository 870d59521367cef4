"""The screen draws many sheets in the background and offers them as one zip."""

import io
import time
import zipfile

import pandas as pd

from pages.common import jobs
from tests.pages.test_screens import app, filled  # noqa: F401


def test_all_areas_of_one_parent_in_a_zip(app, filled):  # noqa: F811
    home, study_id = filled
    shown = app("sheets", home, "en", study_id)
    shown.radio(key="sheet_kind").set_value("many").run()
    shown.selectbox(key="sheets_which").set_value("within").run()
    parent = shown.selectbox(key="sheets_parent").value
    shown.button(key="sheets_draw").click()
    shown.run()
    job = jobs.get(f"sheets_{study_id}")
    for _ in range(600):
        if job is None or job.finished:
            break
        time.sleep(0.1)
    shown.run()
    assert not shown.exception
    assert any("zip" in button.label for button in shown.get("download_button"))
    (archive,) = home.rglob("sheets/en/*.zip")
    table = pd.read_parquet(next(home.rglob("areas.parquet")))
    expected = {f"{code}.pdf" for code in table.loc[table["parent_code"] == parent, "area_code"]}
    with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as packed:
        assert set(packed.namelist()) == expected
