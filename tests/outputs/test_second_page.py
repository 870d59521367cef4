"""The second page: figures of the frames, only where it has something to say."""

from dataclasses import replace

import pandas as pd
import pytest

from riskmodel.decisions.priorities import priority_list
from riskmodel.outputs.second_content import second_content
from riskmodel.outputs.sheet import make_sheet
from riskmodel.problems import InputProblems
from riskmodel.study import Criterion
from tests.outputs.cases import make_results
from tests.outputs.pdf_reading import bookmarks, check_quality, opened, words_of
from tests.outputs.test_sheet import picture

CRITERIA = (Criterion(column="area_risk", weight=3.0), Criterion(column="children", weight=1.0))


@pytest.fixture(scope="module")
def full():
    """Priorities by two criteria, and likeness to three areas, one of them clearly lower."""
    results = make_results()
    study = {**results.manifest["study"], "criterion": [c.model_dump() for c in CRITERIA]}
    peers = pd.DataFrame(
        {
            "area_code": "001",
            "scope": ["all", "all", "lower"],
            "place": [1, 2, 1],
            "peer_code": ["002", "005", "004"],
            "distance": [0.1, 0.2, 0.9],
            "order": [1, 2, 9],
            "lower": [False, False, True],
        }
    )
    return replace(
        results, priorities=priority_list(results.areas, CRITERIA, 1), peers=peers,
        manifest={**results.manifest, "study": study},
    )  # fmt: skip


def test_the_plan_says_place_weights_and_scores(full, t):
    plan = second_content(full, "001", t)["plan"]
    row = full.priorities.set_index("area_code").loc["001"]
    assert plan["sentence"].startswith(f"Place {row['rank']} of 59 on the list")
    assert [r["weight"] for r in plan["rows"]] == ["75%", "25%"]
    assert [r["value"] for r in plan["rows"]] == ["11.4%", "10,870"]
    assert plan["rows"][0]["share"] == pytest.approx(row["area_risk__score"])


def test_an_order_that_is_only_the_result_is_not_told_twice(full, t):
    alone = priority_list(full.areas, CRITERIA[:1], 1)
    assert second_content(replace(full, priorities=alone), "001", t)["plan"] is None


def test_groups_have_children_number_and_withheld_cells(full, t):
    groups = second_content(full, "001", t)["groups"]
    girls = groups["blocks"][0]["rows"][0]["cells"]
    assert girls == ["Niñas", "5,300", "8.1", "6.1 to 10.1", "—", "6.5"]  # no expected number in this frame
    hidden = second_content(full, "002", t)["groups"]
    assert ["Rural", "20", "—", "", "—", "13.6"] in [row["cells"] for b in hidden["blocks"] for row in b["rows"]]
    few = full.groups.assign(expected_count=4.0)
    shown = second_content(replace(full, groups=few), "001", t)["groups"]["blocks"][0]["rows"][0]["cells"]
    assert shown[4] == "under 10"


def test_areas_alike_and_what_they_share(full, t):
    peers = second_content(full, "001", t)["peers"]
    assert [row["cells"][1] for row in peers["rows"]] == ["1", "2", "9"]
    assert [row["lower"] for row in peers["rows"]] == [False, False, True]
    assert peers["intro"] == ""  # of 005 no contributions are known
    only = full.peers[full.peers["peer_code"] == "002"]
    said = second_content(replace(full, peers=only), "001", t)["peers"]["intro"]
    assert said.startswith(
        "What goes with more risk than in the country, here and in all of them: Rama de actividad de la jefatura del hogar,"
    )


def test_places_by_indicator_follow_their_direction(full, t):
    profile = second_content(full, "001", t)["profile"]
    places = {row["label"]: row["cells"][-1] for row in profile["rows"]}
    table = full.indicators.set_index("area_code")
    crops = int(table["agriculture"].rank(ascending=False)["001"])
    schooling = int(table["schooling"].rank(ascending=True)["001"])  # few years go with child labour
    assert places["Ocupados en agricultura (%)"] == f"{crops} of 60"
    assert places["Años de escolaridad de las personas adultas (años)"] == f"{schooling} of 60"
    assert "Ocupados sin contrato (%)" not in places  # not known here


def test_nothing_to_say_is_no_page(given_results, t):
    bare = replace(given_results, indicators=given_results.indicators.iloc[:, :3])
    assert second_content(bare, "001", t) is None
    assert len(opened(make_sheet(bare, "001", t, picture(), second_page=True)).pages) == 1


def test_unknown_codes_are_told(full, t):
    with pytest.raises(InputProblems):
        second_content(full, "999", t)


def test_the_first_page_is_as_it_is_alone_and_the_second_follows(full, t):
    pdf = make_sheet(full, "001", t, picture(), second_page=True)
    check_quality(pdf, "en", "Fact sheet: San José de Ñandú. Riesgo de trabajo infantil")
    assert len(opened(pdf).pages) == 2
    assert "San José de Ñandú: more to decide with" in bookmarks(opened(pdf))
    second = opened(pdf).pages[1].extract_text()
    for expected in ("What this meeting decides", "clearly lower", "Años de escolaridad", "Place"):
        assert expected in second
    alone = opened(make_sheet(full, "001", t, picture())).pages[0].extract_text()
    assert "a1b2c3d4e5f6" in alone
    assert "More on the next page." not in alone


def crowded(full, count):
    """The study with so many indicators more, and their names."""
    study = {**full.manifest["study"]}
    names = [f"extra_{i}" for i in range(count)]
    study["indicator"] = [
        *study["indicator"],
        *({**study["indicator"][0], "name": n, "label": f"Condición {n} de los hogares"} for n in names),
    ]
    wide = full.indicators.assign(**{n: range(len(full.indicators)) for n in names})
    return replace(full, indicators=wide, manifest={**full.manifest, "study": study}), names


@pytest.mark.parametrize("count", [24, 29])
def test_no_page_holds_nothing_but_lines_to_write_on(full, t, count):
    """As the rest of the page shrinks, the lines do, down to none."""
    pages = opened(make_sheet(crowded(full, count)[0], "001", t, picture(), second_page=True)).pages
    assert not pages[-1].extract_text().strip().startswith("What this meeting decides")


def test_thirty_indicators_flow_to_more_pages(full, t):
    results, names = crowded(full, 30)
    words = words_of(make_sheet(results, "001", t, picture(), second_page=True))
    assert all(f"Condición {n} de los hogares" in words for n in names)
