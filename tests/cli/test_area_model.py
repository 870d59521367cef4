"""The area model from the command line: results, sheets, and bad tables answered in words."""

from __future__ import annotations

import pytest

import cli
from riskmodel.results import read_results
from tests.area_study import write_area_study
from tests.bad_inputs import edit, frame


@pytest.fixture
def folder(tmp_path):
    return write_area_study(tmp_path / "files", language="en").parent


def run(folder, out="out"):
    return cli.main(["run", str(folder / "study.toml"), "--out", str(folder / out)])


def test_a_run_gives_estimates_reasons_and_measured_rates(folder):
    assert run(folder) == 0
    results = read_results(folder / "out")
    assert results.manifest["interval"] == "area_model"
    assert results.areas["area_risk"].between(0, 1).all()
    assert results.areas["level_probability"].notna().all()
    assert results.parents["se"].notna().all()
    gap = results.areas.set_index("area_code")["area_risk"] - results.national["area_risk"].iloc[0]
    parts = results.contributions.groupby("area_code")["contribution"].sum()
    assert (parts - gap).abs().max() < 1e-12
    assert results.direct["in_sample"].sum() < len(results.direct) == 60
    assert cli.main(["sheets", str(folder / "out"), "--area", "0007"]) == 0


def test_the_same_study_gives_the_same_bytes(folder):
    run(folder, "a")
    run(folder, "b")
    for name in ("areas.csv", "direct.csv", "contributions.csv"):
        assert (folder / "a" / name).read_bytes() == (folder / "b" / name).read_bytes()


MUNICIPALITIES = "municipios.csv"
BAD = {
    "constant indicator": (frame(lambda t: t.assign(agro="1"), MUNICIPALITIES), "the same in all areas"),
    "indicator all missing": (frame(lambda t: t.assign(agro=""), MUNICIPALITIES), "no value"),
    "negative cases": (frame(lambda t: t.assign(trabajan="-1"), MUNICIPALITIES), "below zero"),
    "cases above total": (frame(lambda t: t.assign(trabajan="5000"), MUNICIPALITIES), "more children in child labour"),
    "no totals": (frame(lambda t: t.assign(encuestados="0"), MUNICIPALITIES), "No area has a direct rate"),
    "few areas": (
        frame(lambda t: t.assign(trabajan=t["trabajan"].where(t.index < 12)), MUNICIPALITIES),
        "too few for",
    ),
    "percent and proportions": (
        edit(
            "study.toml",
            lambda s: s.replace('cases = "trabajan"\ntotal = "encuestados"', 'rate = "agro"\nn = "encuestados"'),
        ),
        "mixes percent with proportions",
    ),
    "no measure": (edit("study.toml", lambda s: s.replace('total = "encuestados"', "")), "one measure of child labour"),
    "sampled twice": (
        edit("study.toml", lambda s: s.replace("[boundaries]", 'sampled = 0.1\nsampled_column = "luz"\n[boundaries]')),
        "given twice",
    ),
    "nothing to smooth": (
        edit("study.toml", lambda s: s.replace("[boundaries]", 'errors = "smoothed"\n[boundaries]')),
        "to be smoothed",
    ),
    "unknown indicator": (
        edit("study.toml", lambda s: s.replace("[boundaries]", 'indicators = ["agua"]\n[boundaries]')),
        "“agua”",
    ),
    "no part of its own": (
        edit("study.toml", lambda s: s.replace('[area_model]\ncases = "trabajan"\ntotal = "encuestados"', "")),
        "area_model",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_answered_in_words(name, folder, capsys):
    spoil, words = BAD[name]
    spoil(folder)
    assert run(folder) != 0
    told = capsys.readouterr()
    assert words in told.out + told.err
    assert "Traceback" not in told.out + told.err


def test_totals_of_zero_are_warned_of_and_the_area_is_estimated(folder):
    frame(lambda t: t.assign(encuestados=t["encuestados"].mask(t.index == 1, "0")), MUNICIPALITIES)(folder)
    assert run(folder) == 0
    results = read_results(folder / "out")
    assert "direct_total_zero" in set(results.problems["code"])
    assert results.areas["area_risk"].notna().all()
