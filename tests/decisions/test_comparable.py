"""What stands against comparing two runs: each reason speaks, and alone."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from riskmodel.decisions.change import compare_runs
from riskmodel.decisions.comparable import check_runs, shared_model, year_pair, years_of
from riskmodel.problems import InputProblems
from tests.decisions.two_years import CODES, EARLIER, INDEX, LATER, run, table


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    return run(tmp_path_factory.mktemp("earlier"), table(EARLIER), 2015, country="Almaranda")


def errors(earlier, later, **how) -> set[str]:
    try:
        compare_runs(earlier, later, **how)
    except InputProblems as error:
        return {p.code for p in error.problems if p.is_error}
    return set()


REFUSED = {
    "change_definition": {"definition": "Worked in the last month"},
    "change_ages": {"age": 10},
    "change_levels_rule": {"levels": "[levels]\nk = 4\n"},
    "change_scope": {"levels": '[levels]\nscope = "parent"\n'},
    "change_country": {"country": "Otro país"},
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_differs_is_refused_with_its_reason(code, earlier, tmp_path):
    assert errors(earlier, run(tmp_path, table(LATER), 2020, **REFUSED[code])) == {code}


def test_all_reasons_are_told_at_once(earlier, tmp_path):
    later = run(tmp_path, table(LATER), 2015, age=10, definition="Something else")
    assert errors(earlier, later) == {"change_definition", "change_ages", "change_same_year"}


def test_the_same_year_and_years_in_the_wrong_order_are_refused(earlier, tmp_path):
    assert errors(earlier, run(tmp_path, table(LATER), 2015)) == {"change_same_year"}
    assert errors(earlier, run(tmp_path, table(LATER), 2010)) == {"change_years_reversed"}


def test_a_run_without_year_is_refused(earlier):
    undated = replace(earlier, manifest={**earlier.manifest, "years": {}})
    assert errors(earlier, undated) == {"change_year_unknown"}


def test_no_common_code_is_refused(earlier, tmp_path):
    other = run(tmp_path, table(LATER, codes=[f"9{c}" for c in CODES]), 2020)
    assert errors(earlier, other) == {"change_no_common_areas"}


def test_another_method_is_refused(earlier, tmp_path):
    rows = table(LATER).assign(farm=range(6), school=range(6))
    assert "change_method" in errors(earlier, run(tmp_path, rows, 2020, method="vulnerability_index", part=INDEX))


def test_invented_and_real_data_are_not_mixed(earlier, tmp_path):
    later = run(tmp_path, table(LATER), 2020)
    study = {**later.manifest["study"], "study": {**later.manifest["study"]["study"], "synthetic": True}}
    assert errors(earlier, replace(later, manifest={**later.manifest, "study": study})) == {"change_synthetic"}


def test_limits_of_the_person_make_the_rules_of_levels_no_matter(earlier, tmp_path):
    later = run(tmp_path, table(LATER), 2020, levels="[levels]\nk = 4\n")
    assert errors(earlier, later, cuts=(0.05, 0.1)) == set()


@pytest.mark.parametrize("cuts", [(0.1,), (0.1, 0.05), (0.1, 0.1), (0.1, float("nan")), (1, 2, 3, 4, 5)])
def test_limits_that_are_none_are_refused(cuts, earlier, tmp_path):
    assert errors(earlier, run(tmp_path, table(LATER), 2020), cuts=cuts) == {"change_cuts"}


def test_words_of_a_definition_may_differ_in_case_and_blanks(earlier, tmp_path):
    assert errors(earlier, run(tmp_path, table(LATER), 2020, definition="worked in  the Week.")) == set()


def computed(hours: float, column: str) -> dict[str, object]:
    band = {"min": 5, "max": 17, "hours": hours, "chores": None}
    return {"hours": [column], "hours_blank": "unknown", "hazardous": "", "chores": [], "chores_blank": "unknown", "band": [band]}  # fmt: skip


@pytest.mark.parametrize(("hours", "expected"), [(1, set()), (14, {"change_thresholds"})])
def test_thresholds_count_and_names_of_columns_do_not(hours, expected, earlier, tmp_path):
    later = run(tmp_path, table(LATER), 2020)

    def with_hours(results, value, column):
        study = {**results.manifest["study"]}
        study["outcome"] = {**study["outcome"], "computed": computed(value, column)}
        return replace(results, manifest={**results.manifest, "study": study})

    assert errors(with_hours(earlier, 1, "h1"), with_hours(later, hours, "horas")) == expected


def manifest(survey: int, population: int, determinants: tuple[str, ...] = ("sex",)) -> dict[str, object]:
    return {"method": "risk_model", "years": {"survey": survey, "population": population}, "coverage": 1.0,
            "interval": "coefficients_and_areas", "fingerprint": f"{survey}{population}", "model": None, "inputs": [],
            "study": {"study": {"synthetic": False}, "outcome": {"definition": "x"}, "survey": None,
                      "levels": {"scope": "national", "rule": "natural_breaks", "k": 3, "cuts": []},
                      "determinant": [{"name": d} for d in determinants]}}  # fmt: skip


def warned(earlier, first, second) -> list[tuple[str, str]]:
    pair = (replace(earlier, manifest=first), replace(earlier, manifest=second))
    return [(p.code, p.severity) for p in check_runs(*pair)]


def test_what_may_be_part_of_the_change_is_told_and_not_refused(earlier):
    assert warned(earlier, manifest(2018, 2017), manifest(2024, 2023)) == []
    assert warned(earlier, manifest(2018, 2017), manifest(2018, 2023)) == [("change_same_survey", "warning")]
    assert warned(earlier, manifest(2018, 2017), manifest(2024, 2017)) == [("change_same_population", "warning")]
    assert warned(earlier, manifest(2018, 2020), manifest(2024, 2017)) == [("change_years_mixed", "warning")]
    other = manifest(2024, 2023, ("sex", "age"))
    assert warned(earlier, manifest(2018, 2017), other) == [("change_determinants", "warning")]
    narrow = {**manifest(2024, 2023), "interval": "coefficients"}
    assert warned(earlier, manifest(2018, 2017), narrow) == [("change_interval_narrow", "warning")]
    part = {**manifest(2024, 2023), "coverage": 0.8}
    assert warned(earlier, manifest(2018, 2017), part) == [("change_coverage", "warning")]


def test_the_year_is_that_of_the_first_source_that_differs():
    assert year_pair(manifest(2018, 2017), manifest(2024, 2023)) == ("survey", 2018, 2024)
    assert year_pair(manifest(2018, 2017), manifest(2018, 2023)) == ("population", 2017, 2023)
    assert years_of({"years": {"areas": 2015}, "study": {"indicator": [{"year": 2014}, {"year": 2016}]}}) == {
        "areas": 2015, "indicators": 2016
    }  # fmt: skip


def test_a_model_used_for_both_years_is_noticed(earlier):
    fitted = replace(earlier, manifest=manifest(2018, 2017))
    applied = replace(earlier, manifest={**manifest(2018, 2023), "model": {"fingerprint": "20182017"}})
    assert shared_model(fitted, applied)
    assert not shared_model(fitted, replace(earlier, manifest=manifest(2024, 2023)))
    files = {"inputs": [{"file": "e.csv", "sha256": "abc"}]}
    same = [{**m, **files, "study": {**m["study"], "survey": {"file": "e.csv"}}} for m in (manifest(2018, 2017), manifest(2018, 2023))]  # fmt: skip
    assert shared_model(*(replace(earlier, manifest=m) for m in same))


def index_run(folder, year: int, farm: list[float], part: str = INDEX):
    rows = table(LATER).assign(farm=farm, school=[5, 10, 15, 20, 30, 25])
    return run(folder, rows, year, method="vulnerability_index", part=part)


def test_an_index_scaled_by_each_year_is_refused(tmp_path):
    first = index_run(tmp_path, 2015, [10, 20, 30, 40, 50, 60])
    assert errors(first, index_run(tmp_path, 2020, [5, 15, 30, 40, 50, 55])) == {"change_index_scale"}


def test_an_index_with_the_same_ends_is_compared_in_points(tmp_path):
    """0102 moves from 20 to 35 of 10–60: 30 points of its dimension, 15 of the index."""
    first = index_run(tmp_path, 2015, [10, 20, 30, 40, 50, 60])
    found = compare_runs(first, index_run(tmp_path, 2020, [10, 35, 30, 40, 50, 60]))
    assert found.areas.set_index("area_code").loc["0102", "change"] == pytest.approx(15)
    assert found.areas["beyond_chance"].isna().all()
    assert found.summary["measure"] == "index"


def test_other_indicators_or_weights_are_refused(tmp_path):
    first = index_run(tmp_path / "a", 2015, [10, 20, 30, 40, 50, 60])
    turned = index_run(tmp_path / "b", 2020, [10, 20, 30, 40, 50, 60], INDEX.replace('"school"\n', '"school"\ndirection = -1\n', 1))  # fmt: skip
    assert errors(first, turned) == {"change_index_recipe"}
    weighed = replace(turned, manifest={**first.manifest, "years": {"outcome": 2020}})
    weighed = replace(weighed, diagnostics={"effective_weights": {"farm": 0.7, "school": 0.3}})
    assert errors(first, weighed) == {"change_index_weights"}


def with_index(results, year: int, **settings):
    study = {**results.manifest["study"]}
    study["index"] = {**study["index"], **settings}
    return replace(results, manifest={**results.manifest, "years": {"outcome": year}, "study": study})


def test_fixed_ends_are_accepted_and_relative_methods_are_not(tmp_path):
    first = index_run(tmp_path, 2015, [10, 20, 30, 40, 50, 60])
    second = index_run(tmp_path, 2020, [5, 15, 30, 40, 50, 55])

    def said(**settings):
        return errors(with_index(first, 2015, **settings), with_index(second, 2020, **settings))

    assert said(normalisation="goalposts") == set()
    assert said(normalisation="z_score") == {"change_index_scale"}
    assert said(method="percentile_rank") == {"change_index_relative"}
    assert said(method="dp2") == {"change_index_relative"}


def test_a_table_of_codes_in_place_of_common_codes(earlier, tmp_path):
    other = run(tmp_path, table(LATER, codes=[f"9{c}" for c in CODES]), 2020)
    pairs = pd.DataFrame({"earlier_code": CODES, "later_code": [f"9{c}" for c in CODES]})
    assert errors(earlier, other, pairs=pairs) == set()
