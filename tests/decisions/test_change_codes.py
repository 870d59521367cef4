"""Areas of two years brought together: split, merged, renamed, new, gone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.decisions.change import compare_runs
from riskmodel.decisions.change_codes import match_territories, of_territories, read_correspondences
from riskmodel.problems import InputProblems
from tests.decisions.two_years import EARLIER, run, table


def pairs(*codes: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(codes, columns=["earlier_code", "later_code"])


def units(earlier: list[str], later: list[str], given: pd.DataFrame | None = None) -> dict[str, tuple]:
    found = match_territories(pd.Series(earlier), pd.Series(later), given)[0]
    return {str(u): (row.codes_earlier, row.codes_later) for u, row in found.table.iterrows()}


def test_codes_of_one_year_only_stay_by_themselves():
    assert units(["01", "02"], ["01", "03"]) == {"01": (("01",), ("01",)), "02": (("02",), ()), "03": ((), ("03",))}


def test_a_split_is_told_by_its_earlier_code_and_a_merger_by_its_later_one():
    assert units(["01", "02"], ["01", "02", "03"], pairs(("02", "02"), ("02", "03"))) == {
        "01": (("01",), ("01",)), "02": (("02",), ("02", "03"))
    }  # fmt: skip
    assert units(["01", "02"], ["09"], pairs(("01", "09"), ("02", "09"))) == {"09": (("01", "02"), ("09",))}


def test_a_code_that_was_given_to_another_area_is_not_confused_with_it():
    """01 became 05 and 06; a new area has the code 01 now."""
    found = units(["01", "02"], ["01", "02", "05", "06"], pairs(("01", "05"), ("01", "06")))
    assert found == {"01": ((), ("01",)), "02": (("02",), ("02",)), "05+06": (("01",), ("05", "06"))}


def test_exchange_of_land_makes_one_territory_of_all_it_touches():
    found = units(["01", "02"], ["01", "02", "03"], pairs(("01", "01"), ("01", "03"), ("02", "02"), ("02", "03")))
    assert found == {"01+02+03": (("01", "02"), ("01", "02", "03"))}


def test_pairs_of_unknown_codes_are_told_and_not_used():
    found, problems = match_territories(
        pd.Series(["01", "02"]), pd.Series(["01", "02"]), pairs(("1", "01"), ("02", "02"))
    )
    assert [(p.code, p.values["count"]) for p in problems] == [("change_codes_unknown", 1)]
    assert list(found.table.index) == ["01", "02"]


def test_few_common_areas_are_told():
    _, problems = match_territories(pd.Series(["01", "02", "03"]), pd.Series(["01", "12", "13"]))
    assert [p.code for p in problems] == ["change_few_common_areas"]


def test_a_merged_territory_has_the_mean_weighted_by_children():
    """Of 1,000 at 5 % and 3,000 at 10 %: 8.75 %. Errors 1 % and 2 % that go together: (1 + 3 · 2) / 4 = 1.75 %."""
    areas = pd.DataFrame({
        "area_code": ["01", "02"], "area_name": ["A", "B"], "parent_code": ["0", "0"], "parent_name": ["N", "N"],
        "children": [1000.0, 3000.0], "area_risk": [0.05, 0.10], "se": [0.01, 0.02], "ci_lower": np.nan, "ci_upper": np.nan,
        "expected_count": [50.0, 300.0],
    })  # fmt: skip
    row = of_territories(areas, pd.Series(["09", "09"], ["01", "02"]), "area_risk").loc["09"]
    assert row["value"] == pytest.approx(0.0875)
    assert row["se"] == pytest.approx(0.0175)
    assert row["ci_lower"] < 0.0875 < row["ci_upper"]
    assert (row["children"], row["expected_count"], row["area_name"]) == (4000, 350, "A + B")
    gap = of_territories(areas.assign(area_risk=[0.05, np.nan]), pd.Series(["09", "09"], ["01", "02"]), "area_risk")
    assert np.isnan(gap.loc["09", "value"])
    alone = of_territories(areas, pd.Series(["01", "02"], ["01", "02"]), "area_risk")
    assert alone.loc["02", "value"] == 0.10


def test_a_comparison_with_a_merger_a_split_and_an_area_that_came(tmp_path):
    """0101 and 0102 became 0109 (1,000 at 5 % and 2,000 at 8 %: 7 %); 0203 was split into 0203 and 0204; 0301 is new."""
    earlier = run(tmp_path, table(EARLIER), 2015)
    codes = ["0109", "0103", "0201", "0202", "0203", "0204", "0301"]
    values, kids = [0.07, 0.12, 0.06, 0.20, 0.08, 0.14, 0.5], [3000, 1500, 800, 900, 1000, 2000, 10]
    later = run(tmp_path, table(values, codes, kids), 2020)
    given = pairs(("0101", "0109"), ("0102", "0109"), ("0203", "0203"), ("0203", "0204"))
    found = compare_runs(earlier, later, given)
    rows = found.areas.set_index("area_code")
    assert rows.loc["0109", ["earlier", "later", "change"]].to_list() == pytest.approx([0.07, 0.07, 0.0], abs=1e-12)
    assert rows.loc["0203", "later"] == pytest.approx((80 + 280) / 3000)
    assert rows.loc["0203", "codes_later"] == "0203 0204"
    assert rows.loc["0301", "presence"] == "later_only"
    assert rows.loc["0301", ["change", "level_earlier"]].isna().all()
    assert found.unit["0204"] == "0203"
    assert found.summary["areas"] == {"compared": 5, "without_value": 0, "abolished": 0, "new": 1, "joined": 2}
    plain = compare_runs(earlier, later).summary["areas"]
    assert (plain["abolished"], plain["new"]) == (2, 3)


def test_the_table_of_codes_is_read_by_names_or_by_place(tmp_path):
    (tmp_path / "a.csv").write_text("name;later_code;earlier_code\nX;02;01\n;;\nX;03;01\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("antes,ahora\n001,002\n001,002\n", encoding="utf-8")
    assert read_correspondences(tmp_path / "a.csv").to_numpy().tolist() == [["01", "02"], ["01", "03"]]
    assert read_correspondences(tmp_path / "b.csv").to_numpy().tolist() == [["001", "002"]]


@pytest.mark.parametrize("text", ["code\n01\n", "a,b\n,02\n01,\n"])
def test_a_table_without_pairs_is_refused(text, tmp_path):
    (tmp_path / "codes.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        read_correspondences(tmp_path / "codes.csv")
    assert caught.value.problems[0].code == "change_codes_columns"


@pytest.mark.data
def test_mexican_municipalities_of_2015_and_2020(shared_data, tmp_path):
    """2,457 and 2,469 municipalities: 12 were new by 2020, none was gone; read straight from the published tables."""
    tables = [pd.read_csv(shared_data / f"reference/conapo_imm/IMM_{y}.csv", dtype=str) for y in (2015, 2020)]
    codes = [t["CVE_MUN"] for t in tables]
    found, problems = match_territories(*codes)
    presence = found.table.map(len)
    assert ((presence["codes_earlier"] == 0).sum(), (presence["codes_later"] == 0).sum()) == (12, 0)
    assert problems == []
