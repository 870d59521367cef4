"""Errors that areas add to groups of parent units and to gaps, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.areas.group_errors import finished_gaps, finished_parents

VARIANCE = 0.25
GROUPS = pd.DataFrame(
    [
        ("", "sex", "boy", 400, 0.25, 0.01), ("", "sex", "girl", 400, 0.125, 0.01),
        ("1", "sex", "boy", 100, 0.40, 0.02), ("1", "sex", "girl", 300, 0.10, 0.02),
        ("2", "sex", "boy", 300, 0.20, 0.02), ("2", "sex", "girl", 100, 0.20, 0.02),
    ],
    columns=["area_code", "group", "category", "children", "area_risk", "se"],
)  # fmt: skip
PARENTS = pd.Series("N", ["1", "2"])
# √variance · r (1 − r)
BOY, GIRL = np.array([0.5 * 0.24, 0.5 * 0.16]), np.array([0.5 * 0.09, 0.5 * 0.16])


def gap(unit: str, code: str, se: float = 0.03) -> dict[str, object]:
    return {"unit": unit, "area_code": code, "group": "sex", "category": "boy", "against": "girl", "gap": 0.1, "se": se}


def test_gap_of_an_area_keeps_what_its_effect_does_not_cancel():
    found = finished_gaps(pd.DataFrame([gap("area", "1"), gap("area", "2")]), GROUPS, None, VARIANCE)
    assert found["se"].to_list() == pytest.approx([np.hypot(0.03, 0.12 - 0.045), 0.03])
    assert found["ci_lower"].to_list() == pytest.approx(list(0.1 - 1.959964 * found["se"]), rel=1e-6)


def test_gap_of_the_country_and_of_a_parent_adds_areas_up():
    """Boys are a quarter in area 1, girls three quarters: what is left of both effects adds up in squares."""
    left = [0.25 * BOY[0] - 0.75 * GIRL[0], 0.75 * BOY[1] - 0.25 * GIRL[1]]
    gaps = pd.DataFrame([gap("country", ""), gap("parent", "N")])
    found = finished_gaps(gaps, GROUPS, PARENTS, VARIANCE)
    assert found["se"].to_list() == pytest.approx([np.hypot(0.03, np.hypot(*left))] * 2)


def test_groups_of_parents_add_independent_areas():
    parent = GROUPS[GROUPS["area_code"] == ""].assign(area_code="N")
    found = finished_parents(parent, GROUPS, PARENTS, VARIANCE)
    own = np.hypot(0.25 * BOY[0], 0.75 * BOY[1])
    assert found["se"].iloc[0] == pytest.approx(np.hypot(0.01, own))
    assert found["expected_count"].to_list() == pytest.approx([100, 50])
    assert found["ci_lower"].iloc[0] < 0.25 < found["ci_upper"].iloc[0]


def test_without_a_variance_only_the_coefficients_err():
    found = finished_gaps(pd.DataFrame([gap("area", "1")]), GROUPS, None, None)
    assert found["se"].to_list() == [0.03]
    assert finished_parents(pd.DataFrame(), GROUPS, None, None).empty
