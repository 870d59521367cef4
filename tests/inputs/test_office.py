"""The office: logos are made ready or refused in words, sources are asked for, and no number changes."""

import base64
import io

import pytest
from PIL import Image

from riskmodel.i18n import translator
from riskmodel.i18n.say import say
from riskmodel.inputs.office import MOST_BYTES, STORED, check_sources, grey, read_logo, read_office, write_office
from riskmodel.problems import Where
from riskmodel.results import read_results, write_results
from riskmodel.study import Study
from tests.outputs.cases import make_results, study_of

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="60" height="30" fill="#c60"/></svg>'


def picture(width: int, height: int, colour: object, mode: str = "RGBA", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), colour).save(out, kind)
    return out.getvalue()


def drawn_on_nothing(colour: tuple[int, int, int]) -> bytes:
    """A square of a colour in the middle of a see-through picture."""
    whole = Image.new("RGBA", (80, 40), (0, 0, 0, 0))
    whole.paste((*colour, 255), (20, 10, 60, 30))
    out = io.BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def problem_of(data: bytes, size: int | None = None) -> str:
    logo, problem = read_logo(data, len(data) if size is None else size, Where("logo.png"))
    assert (logo is None) == (problem is not None)
    return "" if problem is None else problem.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (picture(300, 100, (10, 20, 30, 255)), ""),
        (picture(300, 100, (10, 20, 30), "RGB", "JPEG"), ""),
        (SVG, ""),
        (b"\xef\xbb\xbf" + SVG, ""),
        (picture(20_000, 4, 0, "L"), "logo_too_large"),
        (b"", "logo_not_picture"),
        (b"%PDF-1.7", "logo_not_picture"),
        (picture(30, 30, 0, "L", "GIF"), "logo_not_picture"),
        (picture(300, 100, (1, 2, 3, 255))[:90], "logo_not_picture"),
        (b"<svg><rect", "logo_not_picture"),
        (b"<?xml version='1.0'?><html/>", "logo_not_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>" + b" " * 600_000 + b"</svg>", "logo_too_heavy"),
    ],
)
def test_what_can_be_printed_and_what_is_refused(data, code):
    assert problem_of(data) == code


def test_forty_megabytes_are_refused_unread_in_words():
    logo, problem = read_logo(b"", 40_000_000, Where("escudo.png"))
    assert logo is None
    assert problem is not None
    said = str(say(problem, translator("en")))
    assert "40.00 MB" in said
    assert "escudo.png" in said
    assert "PNG" in said


def test_a_large_logo_is_stored_small():
    logo, _ = read_logo(picture(3_000, 900, (200, 10, 10, 128)), 1, Where())
    assert logo is not None
    with Image.open(io.BytesIO(logo.data)) as stored:
        assert stored.width <= STORED[0]
        assert stored.height <= STORED[1]
        assert stored.mode == "RGBA"  # still see-through
    assert len(logo.data) < 20_000


@pytest.mark.parametrize(
    ("colour", "is_light"), [((255, 255, 255), True), ((250, 240, 200), True), ((140, 20, 20), False)]
)
def test_a_logo_for_dark_ground_is_known(colour, is_light):
    logo, _ = read_logo(drawn_on_nothing(colour), 1, Where())
    assert logo is not None
    assert logo.is_light == is_light


@pytest.mark.parametrize("data", [drawn_on_nothing((200, 30, 30)), SVG])
def test_the_photocopy_has_no_colour(data):
    logo, _ = read_logo(data, len(data), Where())
    assert logo is not None
    turned = grey(logo.record())
    with Image.open(io.BytesIO(base64.b64decode(turned["data"]))) as stored:
        assert stored.mode == "LA"


def test_the_record_goes_with_the_results_and_can_be_changed(tmp_path):
    (tmp_path / "logo.svg").write_bytes(SVG)
    office = {
        "name": "Ministerio",
        "logo": "logo.svg",
        "contact": ["Tel. 1"],
        "web": "https://x.org",
        "thanks": "Gracias",
    }
    study = Study.model_validate({**study_of("given_risk").model_dump(mode="json"), "office": office})
    record, problems = read_office(study, tmp_path)
    assert problems == []
    assert record["logo"]["kind"] == "svg"
    write_results(make_results("given_risk"), tmp_path / "run")
    assert read_results(tmp_path / "run").office == {}
    write_office(record, tmp_path / "run")
    assert read_results(tmp_path / "run").office == record
    write_office({}, tmp_path / "run")
    assert read_results(tmp_path / "run").office == {}


def test_a_logo_that_is_not_there_is_told(tmp_path):
    study = Study.model_validate({**study_of("given_risk").model_dump(mode="json"), "office": {"logo": "no.png"}})
    assert [p.code for p in read_office(study, tmp_path)[1]] == ["file_absent"]
    heavy = Study.model_validate({**study_of("given_risk").model_dump(mode="json"), "office": {"logo": "big.png"}})
    with (tmp_path / "big.png").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert [p.code for p in read_office(heavy, tmp_path)[1]] == ["logo_too_heavy"]


def test_a_study_without_sources_is_asked_for_them():
    study = study_of("risk_model")
    assert check_sources(study) == []
    data = study.model_dump(mode="json")
    for part in ("outcome", "survey", "population", "areas"):
        data[part]["source"] = ""
    bare = Study.model_validate({**data, "indicator": []})
    (problem,) = check_sources(bare)
    assert problem.code == "source_not_declared"
    assert not problem.is_error
