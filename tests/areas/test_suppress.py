"""Small numbers leave neither as they are nor by subtraction."""

from __future__ import annotations

import numpy as np
import pandas as pd

from riskmodel.areas.suppress import suppress_areas
from riskmodel.areas.suppress_groups import GroupCells, suppress_group_cells
from riskmodel.results import GAP_COLUMNS, GROUP_COLUMNS
from riskmodel.study import Privacy

PRIVACY = Privacy(min_count=10, min_children=30)


def test_small_expected_counts_are_withheld_and_said():
    areas = pd.DataFrame(
        {
            "area_code": ["1", "2", "3", "4"],
            "area_risk": [0.1, 0.1, 0.1, np.nan],
            "children": [99.0, 100.0, 5000.0, 10.0],
            "expected_count": [9.9, 10.0, 500.0, np.nan],
            "expected_count_lower": [5.0, 6.0, 400.0, np.nan],
            "expected_count_upper": [15.0, 16.0, 600.0, np.nan],
            "notes": ["", "", "no_estimate", pd.NA],
        }
    )
    before = areas.copy()
    shown, problems = suppress_areas(areas, PRIVACY)
    assert shown["expected_count"].isna().to_list() == [True, False, False, True]
    assert shown.loc[0, ["expected_count_lower", "expected_count_upper"]].isna().all()
    assert shown["area_risk"].equals(areas["area_risk"])
    assert shown["notes"].to_list() == ["count_withheld", "", "no_estimate", ""]
    assert [(p.code, p.values["count"], p.severity) for p in problems] == [("counts_withheld", 1, "note")]
    pd.testing.assert_frame_equal(areas, before)
    assert suppress_areas(areas.iloc[2:], PRIVACY)[1] == []


def suppress_groups(groups: pd.DataFrame, privacy: Privacy) -> pd.DataFrame:
    return suppress_group_cells(GroupCells(groups, pd.DataFrame(), pd.DataFrame()), None, {}, privacy).groups


def groups_table(children: dict[str, list[float]], group: str = "sex", rate: float = 0.5) -> pd.DataFrame:
    """Cells of one group with the country's row; `children` by area, one number per category."""
    rows = [
        {
            "area_code": code,
            "group": group,
            "category": f"c{i}",
            "children": n,
            "area_risk": rate,
            "expected_count": rate * n,
        }
        for code, numbers in ({"": np.sum(list(children.values()), axis=0, dtype=float)} | children).items()
        for i, n in enumerate(numbers)
    ]
    table = pd.DataFrame(rows).assign(se=0.01, ci_lower=0.1, ci_upper=0.9)
    return table[list(GROUP_COLUMNS)]


def what(shown: pd.DataFrame) -> dict[str, list[str]]:
    return {code: part["withheld"].to_list() for code, part in shown.groupby("area_code")}


def test_small_cells_and_what_would_give_them_away():
    """B and D have one small cell each: the other's number goes too, and no column has a single gap."""
    shown = suppress_groups(groups_table({"A": [200, 300], "B": [100, 29], "C": [500, 500], "D": [40, 20]}), PRIVACY)
    assert what(shown) == {
        "": ["", ""],
        "A": ["", ""],
        "B": ["complement", "cell"],
        "C": ["", ""],
        "D": ["complement", "cell"],
    }
    cell = shown[shown["withheld"] == "cell"]
    assert cell[["children", "area_risk", "se", "ci_lower", "ci_upper", "expected_count"]].isna().all(axis=None)
    complement = shown[shown["withheld"] == "complement"]
    assert complement[["children", "expected_count"]].isna().all(axis=None)
    assert complement["area_risk"].notna().all()


def test_a_cell_alone_in_its_column_pulls_in_another_area():
    shown = suppress_groups(groups_table({"A": [200, 300], "B": [100, 29], "C": [500, 500]}), PRIVACY)
    assert what(shown)["B"] == ["complement", "cell"]
    assert what(shown)["A"] == ["complement", "complement"]
    assert what(shown)["C"] == ["", ""]


def test_no_printed_sum_has_exactly_one_hidden_part():
    rng = np.random.default_rng(1)
    for _ in range(25):
        n_areas, n_categories = rng.integers(2, 7), rng.integers(2, 5)
        numbers = {str(a): list(rng.integers(1, 400, n_categories).astype(float)) for a in range(n_areas)}
        shown = suppress_groups(groups_table(numbers), PRIVACY)
        assert not (shown["children"] < PRIVACY.min_children).any()
        assert not (shown["expected_count"] < PRIVACY.min_count).any()
        hidden = shown["children"].isna()
        assert not (hidden.groupby([shown["area_code"], shown["group"]]).sum() == 1).any()
        local = shown["area_code"] != ""
        assert not (hidden[local].groupby([shown["group"], shown["category"]]).sum() == 1).any()


def test_small_expected_counts_of_groups():
    shown = suppress_groups(groups_table({"A": [200, 300], "B": [100, 350]}, rate=0.05), PRIVACY)
    assert what(shown)["B"] == ["count", ""]
    assert shown.loc[shown["withheld"] == "count", "children"].to_list() == [100]


def test_nothing_to_withhold_and_no_groups():
    table = groups_table({"A": [200, 300], "B": [100, 350]})
    shown = suppress_groups(table, PRIVACY)
    pd.testing.assert_frame_equal(shown.drop(columns="withheld"), table)
    assert suppress_groups(pd.DataFrame(), PRIVACY).empty


def crossed_tables(rng: np.random.Generator) -> tuple[GroupCells, pd.Series]:
    """Two groups and their crossing in four areas of two parent units, with the sums that tie them."""
    rows = []
    for area in "ABCD":
        for sex in ("boy", "girl"):
            for band in ("5-11", "12-14", "15-17"):
                rows.append((area, sex, band, float(rng.integers(0, 200))))
    base = pd.DataFrame(rows, columns=["area_code", "sex", "band", "children"])
    parents = pd.Series({"A": "P", "B": "P", "C": "Q", "D": "Q"})

    def table(code: pd.Series) -> pd.DataFrame:
        part = base.assign(area_code=code, both=base["sex"] + " × " + base["band"])
        made = [
            part.groupby(["area_code", name], as_index=False)["children"].sum().rename(columns={name: "category"})
            .assign(group=name)
            for name in ("sex", "band", "both")
        ]  # fmt: skip
        one = pd.concat(made, ignore_index=True).assign(area_risk=0.5, se=0.01, ci_lower=0.1, ci_upper=0.9)
        return one.assign(expected_count=one["children"] / 2)[list(GROUP_COLUMNS)]

    areas = pd.concat([table(pd.Series("", base.index)), table(base["area_code"])], ignore_index=True)
    gaps = areas[areas["category"] == "boy"].assign(
        unit=np.where(areas.loc[areas["category"] == "boy", "area_code"] == "", "country", "area"),
        against="girl", gap=0.0,
    )  # fmt: skip
    return GroupCells(areas, table(base["area_code"].map(parents)), gaps[list(GAP_COLUMNS)]), parents


def test_no_cell_follows_from_crossings_parents_or_the_country():
    rng = np.random.default_rng(3)
    withheld = 0
    for _ in range(15):
        cells, parents = crossed_tables(rng)
        shown = suppress_group_cells(cells, parents, {"both": ("sex", "band")}, PRIVACY)
        hidden = {
            (unit, r.area_code, r.group, r.category): pd.isna(r.children)
            for unit, t in (("a", shown.groups), ("p", shown.parents))
            for r in t.itertuples()
        }
        withheld += sum(hidden.values())
        upper = {"A": "P", "B": "P", "C": "Q", "D": "Q"}
        for (unit, code, group, category), gone in hidden.items():
            if group == "both":
                continue
            side = 0 if group == "sex" else 1
            parts = [
                h for k, h in hidden.items() if k[:3] == (unit, code, "both") and k[3].split(" × ")[side] == category
            ]
            assert gone + sum(parts) != 1
            if unit == "p":
                below = [hidden.get(("a", a, group, category), False) for a, p in upper.items() if p == code]
                assert gone + sum(below) != 1
        assert pd.concat([shown.groups, shown.parents]).query("0 < children < 30").empty
    assert withheld > 20


def test_the_gap_of_a_withheld_cell_is_withheld():
    groups = groups_table({"A": [200, 300], "B": [100, 29]})
    keys = {"group": "sex", "category": "c0", "against": "c1", "gap": 0.1, "se": 0.01, "ci_lower": 0.0, "ci_upper": 0.2}
    gaps = pd.DataFrame([{"unit": "area", "area_code": code, **keys} for code in "AB"])
    shown = suppress_group_cells(GroupCells(groups, pd.DataFrame(), gaps), None, {}, PRIVACY).gaps
    assert shown["gap"].notna().to_list() == [True, False]
    assert shown.loc[1, ["se", "ci_lower", "ci_upper"]].isna().all()
