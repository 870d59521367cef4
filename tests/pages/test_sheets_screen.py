"""The sheet of the country in large print, and the office that publishes: asked for, refused in words, put on the last run."""

import io
import json

from PIL import Image

from riskmodel.workspace import Workspace
from tests.pages.test_screens import app, filled  # noqa: F401


def test_the_country_in_large_print(app, filled):  # noqa: F811
    home, study_id = filled
    shown = app("sheets", home, "en", study_id)
    shown.radio(key="sheet_kind").set_value("country").run()
    shown.checkbox(key="sheet_large").check().run()
    assert not shown.exception
    assert any("PDF" in button.label for button in shown.get("download_button"))


def test_an_office_goes_on_the_sheets_of_the_last_run(app, filled):  # noqa: F811
    home, study_id = filled
    out = io.BytesIO()
    Image.new("RGB", (60, 20), "#aa3311").save(out, "PNG")
    shown = app("data", home, "en", study_id)
    shown.text_input(key="office_name").set_value("Ministry")
    shown.text_area(key="office_contact").set_value("Tel. 1\n\nmail@example.org")
    shown.get("file_uploader")[-1].set_value(("shield.png", b"no picture", "image/png")).run()
    assert any("no picture" in str(e.value) for e in [*shown.error, *shown.markdown])
    shown.get("file_uploader")[-1].set_value(("shield.png", out.getvalue(), "image/png")).run()
    shown.button(key="save_office").click().run()
    assert not shown.exception
    workspace = Workspace(home)
    office = workspace.study(study_id).office
    assert (office.name, office.contact, office.logo) == ("Ministry", ("Tel. 1", "mail@example.org"), "shield.png")
    record = json.loads((workspace.last_run(study_id) / "office.json").read_text(encoding="utf-8"))
    assert record["logo"]["kind"] == "png"
