"""Charts for paper: size, words, and the same bytes twice."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from PIL import Image

from riskmodel.i18n import translator
from riskmodel.outputs.chart_drawing import Bar, Chart, Line, Point, Rule, chart_png, chart_svg
from riskmodel.outputs.waterfall import steps_of, waterfall_chart
from riskmodel.results import read_results
from riskmodel.study import Study
from riskmodel.study_file import read_study
from tests.small_study import write_small_study
from workflow import run_to

EVERYTHING = Chart(
    bars=(Bar(0, 0.0, 3.0, "#BF812D", "3.0"), Bar(1, 3.0, 2.0, "#35978F", "−1.0")),
    points=(Point(2.0, 1, "#0B7A87", 1.5, 2.5, "2.0"),),
    lines=(Line((0.0, 2.0), (0.0, 1.0), "#808080", dashed=True),),
    rules=(Rule(2.5, "Country"),),
    names=("A & <b>", "A name on\ntwo lines"),
    x_title="Risk, %",
    title="What $x$ says",
    note="Sources. " * 40,
    decimal_mark=",",
    key=(("boys", "#0072B2"), ("girls", "#E69F00")),
)


def words(svg: bytes) -> str:
    return " ".join(" ".join(ET.fromstring(svg).itertext()).split())


def test_png_is_of_300_dots_an_inch():
    picture = Image.open(io.BytesIO(chart_png(EVERYTHING)))
    assert [round(d) for d in picture.info["dpi"]] == [300, 300]
    assert picture.width == pytest.approx(180 / 25.4 * 300, abs=2)


def test_svg_holds_every_word_as_text():
    said = words(chart_svg(EVERYTHING))
    for word in (
        "A & <b>",
        "A name on",
        "two lines",
        "Risk, %",
        "What $x$ says",
        "Country",
        "3.0",
        "−1.0",
        "boys",
        "Sources.",
    ):
        assert word in said
    assert chart_svg(EVERYTHING) == chart_svg(EVERYTHING)


def test_axes_speak_the_language():
    said = words(chart_svg(Chart(lines=(Line((0.0, 1.0), (0.0, 1.0), "#808080"),), decimal_mark=",")))
    assert "0,2" in said
    assert "0.2" not in said


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    path = write_small_study(folder / "study")
    out = folder / "results"
    out.mkdir()
    run_to(read_study(path), path.parent, out)
    return read_results(out)


@pytest.mark.parametrize("shown", [1, 8])
def test_steps_add_up_to_the_gap(small, shown):
    study = Study.model_validate(small.manifest["study"])
    steps = steps_of(study, small, "0203", translator("en"), shown)
    risk = small.areas.set_index("area_code")["area_risk"]["0203"]
    assert steps["contribution"].sum() == pytest.approx(risk - small.national["area_risk"].iloc[0], abs=1e-12)
    assert ("All others" in set(steps["label"])) == (shown == 1)


def test_the_waterfall_ends_at_the_area(small):
    study = Study.model_validate(small.manifest["study"])
    chart = waterfall_chart(study, small, "0203", translator("es"))
    risk = small.areas.set_index("area_code")["area_risk"]["0203"]
    assert chart.bars[-2].end == pytest.approx(chart.bars[-1].end)
    assert chart.bars[-1].end == pytest.approx(100 * risk)
    assert chart.bars[0].end == pytest.approx(100 * small.national["area_risk"].iloc[0])
    assert chart.names[-1] == "Fortín"
    assert "Datos sintéticos" in chart.note


def test_no_waterfall_without_an_estimate(small):
    from dataclasses import replace

    study = Study.model_validate(small.manifest["study"])
    without = replace(small, areas=small.areas.assign(area_risk=float("nan")))
    assert waterfall_chart(study, without, "0203", translator("es")) is None
    assert (
        waterfall_chart(
            study,
            replace(small, contributions=pd.DataFrame(columns=small.contributions.columns)),
            "0203",
            translator("es"),
        )
        is None
    )
