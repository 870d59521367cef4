"""Tables with faults put in by hand: each fault is found, in its place, and a table without faults has none."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from riskmodel.inputs.quality.profile import Profile, gathered, profile_source
from riskmodel.inputs.quality.roles import FileRoles, Role
from riskmodel.inputs.quality.source import source_of
from riskmodel.problems import Problem, Where
from tests.tools.problems import worded

AREAS = FileRoles("areas", {"codigo": Role("area_code", declared=True)})


def areas(rows: int = 40, **columns: object) -> pd.DataFrame:
    """A sound table of areas: codes 01001…, a population spread over two orders of magnitude."""
    rng = np.random.default_rng(4)
    people = np.round(np.exp(rng.uniform(7, 11, rows))).astype(int)
    table = {
        "codigo": [f"{1 + i // 20:02d}{1 + i % 20:03d}" for i in range(rows)],
        "municipio": [f"Lugar {i}" for i in range(rows)],
        "poblacion": people.astype(str),
        "ninos": np.round(people * 0.25).astype(int).astype(str),
        "pct_agro": np.round(rng.uniform(1.5, 90, rows), 1).astype(str),
    }
    return pd.DataFrame(table | columns, dtype="string")


def profile(table: pd.DataFrame, roles: FileRoles | None = AREAS) -> Profile:
    found = profile_source(source_of(table, Where("tabla.csv")), roles)
    worded(found.findings)
    worded(found.told)
    return found


def finding(found: Profile, code: str, column: str | None = None) -> Problem:
    hits = [p for p in found.findings if p.code == code and column in (None, p.where.column)]
    assert hits, [p.code for p in found.findings]
    return hits[0]


def changed(table: pd.DataFrame, column: str, values: dict[int, str | None]) -> pd.DataFrame:
    out = table.copy()
    for row, value in values.items():
        out.loc[row, column] = pd.NA if value is None else value
    return out


def test_a_sound_table_has_no_findings_and_its_figures_are_those_of_the_table():
    table = changed(areas(), "pct_agro", {3: None, 7: None})
    found = profile(table)
    assert found.findings == ()
    assert not found.persons
    assert found.filled_share == pytest.approx((4 + 38 / 40) / 5)
    column = next(c for c in found.columns if c.name == "pct_agro")
    numbers = table["pct_agro"].dropna().astype(float)
    assert (column.filled, column.distinct) == (38, numbers.nunique())
    assert (column.minimum, column.maximum) == (numbers.min(), numbers.max())
    assert column.median == numbers.sort_values().iloc[18]  # the 19th of 38: half the rows do not pass it
    assert sum(bar.count for bar in column.bars) == 38


def test_impossible_values_are_told_with_their_rows():
    table = changed(areas(), "ninos", {0: "-5", 5: "9999999"})
    table = changed(table, "pct_agro", {2: "140"})
    roles = FileRoles(
        "areas", {**AREAS.columns, "ninos": Role("children", declared=True), "pct_agro": Role("rate", "percent", True)}
    )
    found = profile(table, roles)
    assert finding(found, "quality_negative").where.rows == (2,)
    assert finding(found, "quality_part_above_whole").where.rows == (7,)
    over = finding(found, "quality_percent_over")
    assert (over.where.rows, over.values["top"], over.severity) == ((4,), 140, "error")
    assert [p.severity for p in found.findings] == sorted(
        (p.severity for p in found.findings), key=("error", "warning", "note").index
    )


def test_a_column_the_study_does_not_use_is_never_an_error():
    table = changed(areas(), "pct_agro", {2: "140"})
    assert finding(profile(table), "quality_percent_over").severity == "note"
    assert finding(profile(table, None), "quality_percent_over").severity == "warning"


def test_codes_that_stand_twice_or_lost_their_zero():
    twice = profile(changed(areas(), "codigo", {1: "01001", 4: "01004.0"}))
    assert finding(twice, "area_code_twice").where.rows == (2, 3, 5, 6)
    lost = changed(areas(60), "codigo", {i: str(1001 + i) for i in range(20)})
    told = finding(profile(lost), "quality_codes_lost_zero")
    assert (told.values["count"], told.values["usual"]) == (20, 5)
    odd = finding(profile(changed(areas(), "codigo", {0: "--", 1: "010021"})), "quality_codes_not_digits")
    assert odd.values["codes"] == ["--"]


def test_years_one_below_the_other_are_no_duplicates():
    stacked = pd.concat([areas(anio="2019"), areas(anio="2020")], ignore_index=True)
    found = profile(stacked, None)
    assert not found.persons
    assert finding(found, "quality_years_stacked").values["count"] == 2
    again = pd.concat([stacked, stacked.iloc[[3]]], ignore_index=True)
    assert finding(profile(again, None), "quality_code_year_twice").values["codes"] == ["01004"]
    assert finding(profile(again, None), "quality_rows_twice").where.rows == (82,)


def test_a_row_that_holds_the_sum_is_told():
    table = areas()
    total = {c: str(table[c].astype(int).sum()) for c in ("poblacion", "ninos")}
    whole = pd.concat([table, pd.DataFrame([{"codigo": "00000", "municipio": "País", "pct_agro": "40", **total}])])
    told = finding(profile(whole.reset_index(drop=True).astype("string")), "quality_total_row")
    assert told.where.rows == (42,)
    assert told.values["columns"] == ["poblacion", "ninos"]


def test_percent_and_proportion_mixed():
    percent = np.linspace(5, 90, 40)
    mixed = [f"{v / 100:.3f}" if i % 4 == 0 else f"{v:.1f}" for i, v in enumerate(percent)]
    told = finding(profile(areas(pct_agro=mixed)), "quality_scales_mixed")
    assert told.values["count"] == 10
    small_percents = np.round(np.exp(np.linspace(-3, 4, 40)), 3).astype(str)  # 0.05 to 55, without a gap
    assert not [p for p in profile(areas(pct_agro=small_percents)).findings if p.code == "quality_scales_mixed"]


def test_far_values_do_not_hide_each_other():
    """Two of 40 a thousand times too large: the mean and the standard deviation would swallow them, the quartiles do not."""
    rates = np.round(np.linspace(20, 40, 40), 1).astype(str)
    rates[[3, 9]] = ["20600.0", "24600.0"]
    assert finding(profile(areas(indice=rates)), "quality_far_from_rest", "indice").where.rows == (5, 11)
    assert not [p for p in profile(areas()).findings if p.code == "quality_far_from_rest"]


def persons(rows: int = 1000) -> pd.DataFrame:
    rng = np.random.default_rng(8)
    return pd.DataFrame(
        {
            "edad": rng.integers(5, 18, rows).astype(str),
            "sexo": rng.choice(["1", "2"], rows),
            "zona": rng.choice(["urbana", "rural"], rows),
            "factor": np.round(rng.uniform(20, 90, rows), 2).astype(str),
            "ingreso": rng.integers(100, 90_000, rows).astype(str),
        },
        dtype="string",
    )


def test_persons_with_impossible_ages_and_codes_for_not_stated():
    table = changed(persons(), "edad", {0: "150", 1: "-2"})
    assert finding(profile(table, None), "age_impossible").where.rows == (2, 3)
    told = finding(profile(changed(persons(), "edad", dict.fromkeys(range(20), "99")), None), "quality_not_stated")
    assert (told.values["count"], told.values["mark"]) == (20, 99)
    zone = finding(profile(changed(persons(), "zona", dict.fromkeys(range(15), "Urbana")), None), "quality_spelling")
    assert zone.where.column == "zona"


def test_weights_a_spreadsheet_destroyed_are_an_error_even_where_only_the_name_tells_them():
    weights = [f"{20 + i % 50}.014.693.{100 + i % 800}" for i in range(1000)]
    assert finding(profile(persons().assign(factor=weights), None), "weight_destroyed").is_error
    other = profile(persons().assign(factor=weights).rename(columns={"factor": "x1"}), None)
    assert finding(other, "quality_destroyed").where.column == "x1"


def test_heaped_ages():
    ages = pd.Series([str(a) for a in range(8, 63) for _ in range(20 if a % 5 else 40)])
    told = finding(profile(pd.DataFrame({"edad": ages, "v": "1"}, dtype="string"), None), "quality_heaping")
    assert told.values["times"] == 2.0


def test_of_persons_no_small_count_and_no_single_value_is_shown():
    table = changed(persons(), "ingreso", {0: "70000001"})
    table = changed(table, "zona", {0: "isla desierta", 1: "isla desierta"})
    table["nombre"] = [f"Persona {i}" for i in range(len(table))]
    found = profile(table, None)
    assert found.persons
    text = json.dumps(found.record(), default=float)
    for secret in ("70000001", "isla desierta", "Persona 1"):
        assert secret not in text
    counts = [bar.count for column in found.columns for bar in column.bars]
    assert all(count is None or count == 0 or count >= 10 for count in counts)
    income = next(c for c in found.columns if c.name == "ingreso")
    assert income.maximum == table["ingreso"].astype(int).nlargest(10).iloc[-1]


def test_the_order_of_rows_and_blanks_about_texts_change_nothing():
    table = changed(areas(), "pct_agro", {2: "140"})
    other = table.sample(frac=1, random_state=1).map(lambda cell: f" {cell} ")
    pd.testing.assert_frame_equal(profile(table).table(), profile(other.astype("string")).table())


def test_what_many_columns_share_is_said_once():
    found = profile(areas(a=pd.NA, b=pd.NA, c=pd.NA, d="1"))
    assert [p.code for p in found.findings].count("quality_empty") == 3
    told = [p for p in found.told if p.code == "quality_empty_many"]
    assert [p.values["columns"] for p in told] == [["a", "b", "c"]]
    assert len(gathered(found.findings[:0])) == 0
