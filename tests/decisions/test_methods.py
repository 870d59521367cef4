"""Two methods side by side, against figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from riskmodel.decisions.methods import METHOD_COLUMNS, compare_methods
from riskmodel.problems import InputProblems
from tests.method_runs import CODES, run_of

RISK = [0.01 * i for i in range(1, 13)]  # "12" is first
INDEX = [45.0, 10, 15, 20, 25, 30, 35, 40, 50, 55, 60, 5]  # "01" goes up to 4th place, "12" down to the last


def pair(first, second):
    found = compare_methods([first, second])
    return found.areas.set_index("area_code"), found.summary["pairs"][0], found


def test_order_and_first_areas_by_hand():
    """The values of B in the order of A have ranks 9, 2, 3, …, 8, 10, 11, 12, 1 from below.

    Differences of rank are 8 (area 01), 0 for 02, 1 … by hand: 9 − 1 = 8; 2, 3, 4, 5, 6, 7, 8 stay 0; 10 − 9 = 1,
    11 − 10 = 1, 12 − 11 = 1; 1 − 12 = −11: squares add up to 64 + 3 + 121 = 188; ρ = 1 − 6 · 188 / (12 · 143).
    """
    _, figures, _ = pair(run_of("given_risk", RISK), run_of("vulnerability_index", INDEX))
    assert figures["spearman"] == pytest.approx(1 - 6 * 188 / 1716)
    assert figures["top_tenth"] == {"areas": 1, "hits": 0}
    assert figures["top_third"] == {"areas": 4, "hits": 3}  # 09 to 12 against 01, 09, 10, 11


def test_levels_and_areas_far_apart():
    """Low in both 3 of 4 (01 is high in B), medium in both 3 … 12 is high in A and low in B."""
    areas, figures, _ = pair(run_of("given_risk", RISK), run_of("vulnerability_index", INDEX))
    assert figures["levels"]["table"] == [[3, 0, 1], [0, 4, 0], [1, 0, 3]]
    assert figures["levels"]["same"] == pytest.approx(10 / 12)
    assert figures["far_apart"] == 2
    assert areas["apart"].loc[["01", "12", "05"]].tolist() == [2, -2, 0]
    assert areas.index[:2].tolist() == ["12", "01"]  # widest in places first: 11 against 8
    assert figures["disagree"] == 2


def test_places_that_meet_are_no_disagreement_beyond_error():
    """B has no interval: its place is exact. With ± 8 the place of 01 (12, B says 4) is reached, that of 12 (1, B 12) is not."""
    areas, figures, _ = pair(run_of("given_risk", RISK, wide=8), run_of("vulnerability_index", INDEX))
    assert figures["error_known"] == 12
    assert figures["exact"] == ["B"]
    assert areas.index[areas["beyond_error"].astype(bool)].tolist() == ["12"]
    narrow, figures, _ = pair(run_of("given_risk", RISK, wide=0), run_of("area_model", INDEX, wide=0))
    assert figures["exact"] == []
    # 02 to 08 keep their order from below, so one place is lost from above: 5 of 12 differ by the shift of 01, 12
    assert figures["beyond_error"] == sum(narrow["places"] != 0)


@pytest.mark.parametrize("wide", [None, 3])
def test_without_any_interval_chance_is_not_judged(wide):
    """Places of an index under other choices are no error either."""
    areas, figures, _ = pair(run_of("given_risk", RISK), run_of("vulnerability_index", INDEX, wide=wide))
    assert figures["error_known"] == figures["beyond_error"] == 0
    assert areas["beyond_error"].isna().all()


def test_places_are_counted_among_the_areas_in_both():
    """A knows two areas more, both first: its places 3 ± 1 become 1, from 1 to 2 among the ten in both."""
    more = run_of("given_risk", [0.5, 0.6, *RISK], wide=1, codes=("98", "99", *CODES))
    areas, figures, found = pair(more, run_of("vulnerability_index", INDEX))
    assert figures["areas"] == 12
    assert figures["areas_without"] == 2
    assert areas.loc["12", ["rank_first", "rank_first_lower", "rank_first_upper"]].tolist() == [1, 1, 2]
    assert areas.loc["05", ["rank_first", "rank_first_lower", "rank_first_upper"]].tolist() == [8, 7, 9]
    assert list(found.areas.columns) == list(METHOD_COLUMNS)


def test_two_risks_are_compared_in_points():
    _, figures, _ = pair(run_of("given_risk", RISK), run_of("risk_model", [r + 0.02 for r in RISK]))
    assert figures["mean_difference"] == pytest.approx(0.02)
    assert figures["rmsd"] == pytest.approx(0.02)
    _, figures, _ = pair(run_of("given_risk", RISK), run_of("vulnerability_index", INDEX))
    assert figures["mean_difference"] is figures["rmsd"] is None


def test_reasons_are_counted_where_both_runs_know_them():
    """`branch` is known to the risk model alone; `agriculture` and `poverty` are indicators of both."""
    a = run_of("risk_model", RISK, factors=["agriculture"] * 6 + ["branch"] * 6)
    b = run_of("vulnerability_index", INDEX, factors=["agriculture"] * 3 + ["poverty"] * 9)
    areas, figures, _ = pair(a, b)
    assert (figures["factors"]["areas"], figures["factors"]["same"]) == (6, 3)
    assert areas.loc["12", "factor_first"] == "Rama de actividad de la jefatura del hogar"
    assert pd.isna(areas.loc["12", "same_factor"])
    assert sum(row["areas"] for row in figures["factors"]["most"]) == 12
    _, figures, _ = pair(run_of("given_risk", RISK), b)
    assert figures["factors"] is None


def test_thirds_stand_in_where_the_runs_have_other_numbers_of_levels():
    areas, figures, _ = pair(run_of("given_risk", RISK), run_of("vulnerability_index", INDEX, k=5))
    assert figures["levels"] is None
    assert areas.loc["01", "apart"] == 2


def test_three_runs_give_three_pairs_and_what_is_high_in_all():
    found = compare_methods(
        [run_of("given_risk", RISK), run_of("vulnerability_index", INDEX), run_of("risk_model", RISK, wide=2)]
    )
    assert [(p["first"], p["second"]) for p in found.summary["pairs"]] == [("A", "B"), ("A", "C"), ("B", "C")]
    assert found.summary["all"] == {"areas": 12, "high_in_all": 3, "high_in_some": 5}
    assert len(found.areas) == 36


@pytest.mark.parametrize(
    ("runs", "code"),
    [
        ([run_of("given_risk", RISK)], "methods_number"),
        ([run_of("given_risk", RISK)] * 2, "methods_same_run"),
        (
            [run_of("given_risk", RISK), run_of("risk_model", RISK, codes=[f"x{c}" for c in CODES])],
            "methods_few_common",
        ),
    ],
)
def test_runs_that_cannot_be_compared_are_refused(runs, code):
    with pytest.raises(InputProblems) as caught:
        compare_methods(runs)
    assert {p.code for p in caught.value.problems} == {code}


def rules(*runs) -> dict[str, dict]:
    return {a["rule"]: a for a in compare_methods(list(runs)).summary["advice"]}


def test_only_a_risk_says_how_many_and_only_an_interval_how_sure():
    found = rules(run_of("given_risk", RISK, wide=2), run_of("vulnerability_index", INDEX))
    assert found["number"]["runs"] == ["A"]
    assert found["no_interval"]["runs"] == ["B"]
    assert found["order_unknown"]["runs"] == ["A", "B"]
    assert found["firm"]["values"]["high_in_all"] == 3
    assert found["doubt"]["values"] == {"areas": 2, "of": 12}
    assert "no_number" in rules(run_of("vulnerability_index", INDEX), run_of("vulnerability_index", INDEX[::-1]))
    narrow = rules(run_of("risk_model", RISK, wide=1, interval="coefficients"), run_of("vulnerability_index", INDEX))
    assert narrow["narrow_interval"]["runs"] == ["A"]


def held(run, observed, **said):
    """The run as if it had been held against this rate."""
    table = run.areas[["area_code"]].assign(estimate=run.areas[run.measure], observed=observed)
    told = {
        "label": "Census", "year": 2020, "source": "", "areas": 12, "spearman": 0.0, "coverage": None,
        "coverage_with_error": None, "used_in_the_estimate": False,
    }  # fmt: skip
    return replace(run, validation=table, agreement=told | said)


def test_the_order_nearest_to_the_same_measure_is_named():
    a, b = run_of("given_risk", RISK), run_of("vulnerability_index", INDEX)
    best = rules(held(a, RISK), held(b, RISK))["order_best"]
    assert best["runs"] == ["A"]
    assert best["values"]["spearman"]["B"] == pytest.approx(1 - 6 * 188 / 1716)
    assert best["values"]["areas"] == 12
    assert "order_not_alike" in rules(held(a, RISK), held(b, RISK, label="Survey"))
    assert "order_not_alike" in rules(held(a, RISK), b)
    assert "order_unknown" in rules(held(a, RISK, used_in_the_estimate=True), b)
    assert "order_same" in rules(held(a, RISK), held(run_of("risk_model", [2 * r for r in RISK]), RISK))


def test_years_definitions_gaps_and_areas_without_children_asked_are_told():
    direct = pd.DataFrame({"area_code": CODES, "in_sample": [True] * 5 + [False] * 7})
    a = replace(run_of("area_model", RISK, wide=2, years={"areas": 2010}), direct=direct)
    b = run_of("given_risk", [*RISK[:-1], float("nan")], coverage=0.8)
    study = b.manifest["study"]
    other = {**study, "outcome": {**study["outcome"], "definition": "Other"}}
    b = replace(b, manifest={**b.manifest, "study": other}, areas=b.areas.assign(notes=["imputed", *[""] * 11]))
    found = rules(a, b)
    assert found["years"]["runs"] == ["B"]
    assert found["measured"]["values"]["areas"] == 5
    assert found["unmeasured"]["values"]["areas"] == 7
    assert found["definitions"]["runs"] == ["A", "B"]
    assert found["coverage"]["values"]["coverage"] == 0.8
    assert found["imputed"]["values"]["areas"] == 1
    assert found["without"]["values"]["areas"] == 1
