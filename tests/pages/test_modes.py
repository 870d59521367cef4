"""What each mode of the map shows, without a browser: classes, legend, words, table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geodata.paint import paint_data
from geodata.palette import lightness
from pages.common import looks, modes, paints
from riskmodel.decisions.contributions import AREA_EFFECT, BENCHMARK
from riskmodel.study import Study
from tests.outputs.cases import make_results, study_of

METHODS = ("risk_model", "given_risk", "vulnerability_index")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr("pages.common.state.language", lambda: "en")


def subject(method: str = "risk_model", **changed: object) -> looks.Subject:
    """Hand-made results of 60 areas; columns of `areas` may be replaced."""
    results = make_results(method)
    results = replace(results, areas=results.areas.assign(**changed))
    return paints.subject_of(Study.model_validate(results.manifest["study"]), results)


def every_mode(method: str) -> dict[str, looks.Look]:
    results, study = make_results(method), study_of(method)
    known = [*paints.modes(study, results), *paints.indicators(study, results)]
    return {mode: paints.look(study, results, mode) for mode in known}


def test_each_route_offers_what_it_knows():
    offered = {m: set(paints.modes(study_of(m), make_results(m))) for m in METHODS}
    always = {"level", "level_parent", "risk", "bivariate"}
    assert offered["risk_model"] == always | {"expected_count", "certainty", "factor"}
    assert offered["given_risk"] == always | {"expected_count"}
    assert offered["vulnerability_index"] == always | {"factor"}
    assert len(paints.indicators(study_of("vulnerability_index"), make_results("vulnerability_index"))) == 8


@pytest.mark.parametrize("method", METHODS)
def test_every_mode_is_complete(method):
    """Marks are colours, the legend counts all areas once, nothing without data has a class, and a table says the same."""
    for mode, look in every_mode(method).items():
        marks = look.marks.dropna()
        assert marks.between(1, len(look.colours)).all(), mode
        assert len(look.marks) == 60
        assert len(look.table) == 60
        if mode in ("level", "level_parent", "risk", "certainty", "expected_count"):
            assert pd.isna(look.marks["003"]) or mode == "certainty", mode
        counted = sum(int(e.note.split(" ")[0]) for e in look.legend.entries if e.kind != "uncertain")
        if not look.legend.ramp and look.legend.square is None:
            assert counted == 60, mode


def test_the_scope_of_the_study_comes_first():
    study = study_of("risk_model")
    within = study.model_copy(update={"levels": study.levels.model_copy(update={"scope": "parent"})})
    assert next(iter(paints.modes(within, make_results()))) == "level_parent"
    assert next(iter(paints.modes(study, make_results()))) == "level"


def test_a_ramp_keeps_order_and_is_not_faded_by_one_extreme():
    values = pd.Series(np.arange(200.0), [f"{i:03d}" for i in range(200)])
    values["199"] = 1e6
    look = looks.ramp_look(values, looks.VALUES, "x", "%", steps=10)
    assert look.marks.is_monotonic_increasing
    assert look.marks.value_counts().loc[[1, 5, 10]].between(18, 23).all()
    assert [place for place, _ in look.legend.ramp] == [0, 0.5, 1]
    assert look.legend.ramp[2][1].startswith("≥")
    assert look.colours[0] == looks.VALUES[0]
    assert look.colours[-1] == looks.VALUES[-1]


def test_a_ramp_of_one_value_or_none_is_drawn():
    same = looks.ramp_look(pd.Series([2.0, 2.0, None], list("abc")), looks.VALUES, "x", "")
    assert same.marks.tolist()[:2] == [1, 1]
    assert pd.isna(same.marks["c"])
    none = looks.ramp_look(pd.Series([None, None], list("ab"), dtype=float), looks.VALUES, "x", "")
    assert none.marks.isna().all()
    assert none.legend.entries[0].kind == "no_data"


def test_certainty_has_its_limits_where_they_are_said_to_be():
    """Exactly 0.8 is firm and exactly 0.95 almost sure, as the level map counts them; below 0.8 there are dots."""
    given = pd.Series([0.49, 0.5, 0.79, 0.8, 0.94, 0.95, 1.0] + [np.nan] * 53)
    look = modes.certainty(subject(level_probability=given))
    assert look.marks.tolist()[:7] == [1, 2, 2, 3, 3, 4, 4]
    assert look.marks.isna().sum() == 53
    assert look.uncertain == {"001", "002", "003"}
    assert look.uncertain == modes.level(subject(level_probability=given)).uncertain


def test_the_main_factor_is_the_one_that_adds_most():
    """By hand: in "001" and "002" the branch of activity adds 2.1 points, more than any other; of the rest nothing is known."""
    look = modes.factor(subject())
    assert look.table["Main factor"].to_list()[:2] == ["Rama de actividad de la jefatura del hogar"] * 2
    assert look.marks.notna().sum() == 2
    assert look.legend.entries[0].label == "Rama de actividad de la jefatura del hogar"


def test_at_most_five_factors_are_named_and_protection_is_no_factor():
    """Eight determinants each the first of some areas: five by name, the others together; where all protect, none adds.

    The shift to the survey's own figure is no determinant, however large.
    """
    base = make_results("vulnerability_index")
    names = [i.name for i in study_of("vulnerability_index").indicator]
    rows = []
    for area in range(36):
        first = names[min(area // 4, 7)]
        rows += [(f"{area + 1:03d}", first, 2.0, "risk"), (f"{area + 1:03d}", "hdi2", 1.0, "risk")]
    rows += [("001", BENCHMARK, 9.0, "risk"), ("001", AREA_EFFECT, 8.0, "risk"), ("040", names[0], -1.0, "protective")]
    table = pd.DataFrame(rows, columns=["area_code", "determinant", "contribution", "role"])
    results = replace(base, contributions=table)
    look = modes.factor(paints.subject_of(study_of("vulnerability_index"), results))
    by_label = {e.label: e.note.split(" ")[0] for e in look.legend.entries}
    assert len(look.colours) == 7
    assert by_label["Another one"] == "12"
    assert BENCHMARK not in by_label
    assert sum(int(n) for n in by_label.values()) == 60


def test_thirds_of_two_measures_meet_in_nine_colours():
    """By hand: nine areas, three by three; the one high in both is 9, high in risk alone 7, in number alone 3, low in both 1."""
    risk = np.repeat([0.1, 0.2, 0.3], 3).tolist() + [np.nan] * 51
    number = [10.0, 20.0, 30.0] * 3 + [np.nan] * 51
    look = modes.bivariate(subject(area_risk=risk, expected_count=number))
    assert look.marks.to_list()[:9] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert dict(look.legend.square.corners)[9] == "High, and many children: 1 area"
    assert look.table["Group"].iloc[2] == "low, many children"
    assert look.marks.isna().sum() == 51
    darkness = [lightness(colour) for colour in look.colours]
    assert darkness[8] == min(darkness)
    assert darkness[0] == max(darkness)


def test_circles_have_a_key_of_round_numbers():
    look = modes.expected_count(subject())
    most = look.circles.max()
    numbers = [round(part * most) for part, _ in look.legend.sizes]
    assert [f"{n:,}" for n in numbers] == [words for _, words in look.legend.sizes]
    assert most / 2.5 < numbers[0] <= most


def test_an_indicator_is_in_natural_breaks_and_never_in_the_colours_of_risk():
    look = paints.look(study_of("risk_model"), make_results(), "indicator:agriculture")
    values = make_results().indicators.set_index("area_code")["agriculture"]
    assert look.marks.max() == 5
    highest = values.groupby(look.marks.astype(int)).max()
    lowest = values.groupby(look.marks.astype(int)).min()
    assert (highest.to_numpy()[:-1] < lowest.to_numpy()[1:]).all()
    assert not set(look.colours) & set(modes.level(subject()).colours)
    assert look.legend.subtitle == "%, 2018"


def test_the_sides_of_a_paint_travel_small(tmp_path, monkeypatch):
    """A country of 5,570 areas in any mode: what is sent at a change is under 60 kB."""
    import json

    from geodata.mapdata import MapGeometry

    results = make_results(n=5570)
    study = study_of("risk_model")
    codes = tuple(results.areas["area_code"])
    geometry = MapGeometry("h", tmp_path, "n", codes, (), (0, 0, 1, 1), ())
    for mode in (*paints.modes(study, results), "indicator:poverty"):
        paint = paints.paint(results, paints.look(study, results, mode), "light", texts=False)
        sent = json.dumps(paint_data(paint, geometry, texts=False))
        assert len(sent) < 20_000 if mode != "expected_count" else len(sent) < 30_000, (mode, len(sent))


@pytest.mark.parametrize("method", METHODS)
def test_every_mode_is_read_on_a_photocopy(method):
    """Greys only; no two classes look the same; the marks of a class are those its legend shows."""
    results = make_results(method)
    for mode, look in every_mode(method).items():
        painted = paints.paint(results, look, "photocopy", texts=False).palette
        assert all(c[1:3] == c[3:5] == c[5:] for c in painted.levels), mode
        assert len(painted.hatches) == len(painted.levels) == len(look.colours)
        assert len(set(zip(painted.levels, painted.hatches, strict=True))) == len(look.colours), mode


def test_an_index_is_firm_under_choices_and_never_sure():
    """The words of an error are not those of choices: same classes, other title and unit."""
    shares = {"level_probability": np.linspace(0, 1, 60)}
    index, risk = (modes.certainty(subject(m, **shares)) for m in ("vulnerability_index", "risk_model"))
    assert "not a sampling error" in index.legend.subtitle
    assert "probability" not in index.legend.subtitle
    assert "probability" in risk.legend.subtitle
    assert index.marks.to_list() == risk.marks.to_list()
    assert index.legend.entries[0].label == "Almost always"
    assert risk.legend.entries[0].label == "Almost sure"
    doubtful = [e.label for e in modes.level(subject("vulnerability_index", **shares)).legend.entries]
    assert "Level not firm under other choices" in doubtful
    named = subject("vulnerability_index", **shares)
    assert paints.modes(named.study, named.results)["certainty"] == "Firmness of the level"
