"""Rules from columns to determinants, and the two sources side by side."""

import pandas as pd
import pytest

from riskmodel.inputs.harmonise import apply_rule, check_rule, harmonisation_table, survey_shares
from riskmodel.problems import Where
from riskmodel.study import Determinant, Rule

WHERE = Where("t.csv", column="c")
NA = pd.NA


def series(*values):
    return pd.Series(values, dtype="string")


def determinant(kind="categorical", **rule):
    return Determinant(name="d", kind=kind, survey=Rule(column="c", **rule))


def check(values, kind="categorical", **rule):
    d = determinant(kind, **rule)
    return check_rule(series(*values), d, d.survey, WHERE)


def test_a_map_gives_categories_and_missing_for_the_rest():
    rule = Rule(column="c", map={"1": "hombre", "2.0": "mujer"})
    given = series("1", "2", "1.0", " 2 ", "9", None)
    assert apply_rule(given, "categorical", rule).to_list() == ["hombre", "mujer", "hombre", "mujer", NA, NA]


def test_bands_hold_both_their_ends():
    rule = Rule(column="c", bands={"7-9": (7, 9), "10-13": (10, 13)})
    given = series("6", "7", "9", "9,5", "10", "13", "14", "x", None)
    assert apply_rule(given, "categorical", rule).to_list() == [NA, "7-9", "7-9", NA, "10-13", "10-13", NA, NA, NA]


def test_without_a_rule_the_values_are_the_categories():
    assert apply_rule(series(" a ", "1.0", ""), "categorical", Rule(column="c")).to_list() == ["a", "1", NA]


def test_numeric_determinants_are_numbers():
    assert apply_rule(series("1,5", "2"), "numeric", Rule(column="c")).to_list() == [1.5, 2.0]
    assert apply_rule(series("a", "b"), "numeric", Rule(column="c", map={"a": "0", "b": "6.5"})).to_list() == [0, 6.5]


def test_codes_the_map_leaves_out_are_named_when_short_and_common(only):
    problem = only(check(["1", "8", "8", "8", "Juan Pérez"], map={"1": "a"}), "map_leaves_codes")
    assert (problem.severity, problem.where.rows) == ("warning", (3, 4, 5, 6))
    assert dict(problem.values) == {"name": "d", "count": 4, "codes": ["8"]}


def test_rare_or_long_values_are_never_quoted(only):
    problem = only(check(["1", "8", "8", *["calle 12 número 45 interior 3"] * 3], map={"1": "a"}), "map_leaves_values")
    assert "codes" not in problem.values
    assert problem.values["count"] == 5


def test_values_outside_all_bands(only):
    problem = only(check(["5", "7", None], bands={"a": (6, 9)}), "bands_leave_values")
    assert (problem.where.rows, problem.values["count"]) == ((2,), 1)


def test_letters_where_a_rule_needs_numbers(only):
    assert only(check(["5", "x"], bands={"a": (6, 9)}), "not_a_number").where.rows == (3,)
    assert only(check(["5", "x"], kind="numeric"), "not_a_number").where.rows == (3,)


def test_bands_that_share_a_value(only):
    problem = only(check(["7"], bands={"a": (6, 9), "b": (9, 12)}), "bands_overlap")
    assert (problem.values["band"], problem.values["other"]) == ("a", "b")


def test_a_band_that_ends_before_it_begins(only):
    assert only(check(["7"], bands={"a": (9, 6)}), "band_upside_down").values["band"] == "a"


@pytest.mark.parametrize("rule", [{"map": {"1": "uno"}}, {"bands": {"uno": (1, 2)}}])
def test_a_numeric_determinant_whose_rule_gives_text(only, rule):
    only(check(["1"], kind="numeric", **rule), "rule_not_numbers")


def test_a_rule_that_reads_everything_says_nothing():
    assert check(["1", "2", None], map={"1": "a", "2": "a"}) == []
    assert check(["6", "9"], bands={"a": (6, 9)}) == []
    assert check(["x", "y"]) == []


def test_survey_shares_are_weighted_and_of_the_age_range():
    """By hand: in the age range a has 1 + 2 of 1 + 2 + 9, b has 9; the missing one does not count."""
    frame = pd.DataFrame(
        {
            "d": series("a", "a", "b", "b", None),
            "age": [7.0, 8, 9, 10, 11],
            "weight": [1.0, 2, 9, 100, 50],
            "in_domain": [True, True, True, False, True],
        }
    )
    numeric = Determinant(name="age", kind="numeric", survey=Rule(column="age"))
    shares = survey_shares(frame, [determinant(), numeric])
    assert shares.values.tolist() == [["d", "a", 0.25], ["d", "b", 0.75]]


def shares(**categories):
    return pd.DataFrame(
        [(d, c, s) for d, given in categories.items() for c, s in given.items()],
        columns=["determinant", "category", "share"],
    )


def test_sources_side_by_side(only):
    survey = shares(sex={"m": 0.5, "f": 0.5}, area={"urban": 0.70, "rural": 0.28, "camp": 0.02})
    population = shares(sex={"m": 0.52, "f": 0.48}, area={"urban": 0.60, "rural": 0.31, "river": 0.09})
    table, problems = harmonisation_table(survey, population)
    assert list(table.columns) == ["determinant", "category", "survey_share", "population_share", "difference"]
    assert table["determinant"].to_list() == ["sex"] * 2 + ["area"] * 4
    by_category = table.set_index("category")
    assert by_category.loc["urban", "difference"] == pytest.approx(0.10)
    assert by_category.loc["river", ["survey_share", "population_share"]].to_list() == [0, 0.09]
    assert table.groupby("determinant")["difference"].sum().abs().max() < 1e-12
    assert only(problems, "shares_differ").values["category"] == "urban"
    assert only(problems, "category_only_in_survey").values["category"] == "camp"
    assert only(problems, "category_only_in_population").values["category"] == "river"
    assert {p.severity for p in problems} == {"warning"}


def test_a_determinant_of_one_source_only_is_not_compared():
    table, problems = harmonisation_table(shares(sex={"m": 1.0}), shares(sex={"m": 1.0}, age={"7": 1.0}))
    assert problems == []
    assert table.set_index("determinant").loc["age", ["survey_share", "difference"]].isna().all()


def test_the_tolerance_of_the_study():
    survey, population = shares(sex={"m": 0.53, "f": 0.47}), shares(sex={"m": 0.50, "f": 0.50})
    assert harmonisation_table(survey, population)[1] == []
    assert {p.code for p in harmonisation_table(survey, population, 0.02)[1]} == {"shares_differ"}
    far = shares(sex={"m": 0.62, "f": 0.38})
    assert harmonisation_table(far, population, 0.15)[1] == []


def test_more_than_forty_points_looks_reversed(only):
    survey = shares(piped={"yes": 0.70, "no": 0.15, "well": 0.15})
    population = shares(piped={"yes": 0.29, "no": 0.30, "well": 0.41})
    _, problems = harmonisation_table(survey, population)
    assert only(problems, "shares_look_reversed").values["category"] == "yes"
    assert {p.values["category"] for p in problems if p.code == "shares_differ"} == {"no", "well"}
    forty = shares(piped={"yes": 0.30, "no": 0.30, "well": 0.40})
    assert "shares_look_reversed" not in {p.code for p in harmonisation_table(survey, forty)[1]}


def test_exchanged_categories_are_named_as_a_pair(only):
    survey = shares(area={"urban": 0.62, "rural": 0.38})
    problem = only(harmonisation_table(survey, shares(area={"urban": 0.36, "rural": 0.64}))[1], "shares_look_swapped")
    assert {problem.values["first"], problem.values["second"]} == {"urban", "rural"}
    assert len(harmonisation_table(survey, shares(area={"urban": 0.36, "rural": 0.64}))[1]) == 1
    assert {p.code for p in harmonisation_table(survey, shares(area={"urban": 0.5, "rural": 0.5}))[1]} == {
        "shares_differ"
    }


def test_two_of_three_exchanged(only):
    survey = shares(tongue={"a": 0.60, "b": 0.30, "c": 0.10})
    population = shares(tongue={"a": 0.29, "b": 0.61, "c": 0.10})
    (problem,) = harmonisation_table(survey, population)[1]
    assert (problem.code, problem.values["survey"], problem.values["population"]) == ("shares_look_swapped", 60, 29)


def test_a_population_without_missing_answers_is_no_fault():
    survey = shares(area={"urban": 0.58, "rural": 0.36, "(missing)": 0.06})
    assert harmonisation_table(survey, shares(area={"urban": 0.61, "rural": 0.39}))[1] == []
