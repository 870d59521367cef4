"""The sheet of the country: figures of the frames, missing parts left out, a PDF of quality."""

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from riskmodel.outputs.national_content import national_content
from riskmodel.outputs.sheet import draw_content, make_national_sheet
from tests.outputs.cases import make_results
from tests.outputs.pdf_reading import alternatives, check_quality, opened, words_of
from tests.outputs.test_sheet import picture


def test_levels_hold_every_territory_and_child_once(model_results, t):
    table = national_content(model_results, t)["table"]
    areas = model_results.areas
    number = {
        row["name"]: [float(c.replace(",", "").replace("—", "nan")) for c in row["cells"][1:]] for row in table["rows"]
    }
    assert list(number) == ["High", "Medium", "Low", "No data"]
    assert sum(row[0] for row in number.values()) == len(areas)
    assert sum(row[1] for row in number.values()) == areas["children"].sum()
    high = areas[areas["level"].eq(3).fillna(False)]
    assert number["High"][:2] == [len(high), high["children"].sum()]
    assert number["High"][2] == pytest.approx(100 * high["children"].sum() / areas["children"].sum(), abs=0.05)
    assert number["High"][4] == pytest.approx(
        100 * high["expected_count"].sum() / areas["expected_count"].sum(), abs=0.05
    )


def test_parent_units_are_in_order_with_their_intervals(model_results, t):
    parents = model_results.parents.assign(
        ci_lower=model_results.parents["area_risk"] - 0.01, ci_upper=model_results.parents["area_risk"] + 0.02
    )
    units = national_content(replace(model_results, parents=parents), t)["units"]
    ordered = parents.sort_values("area_risk", ascending=False)
    assert [row["name"] for row in units["rows"]] == list(ordered["area_name"])
    first, top = units["rows"][0], ordered["ci_upper"].max() * 1.02
    assert first["at"] == pytest.approx(ordered["area_risk"].iloc[0] / top)
    assert first["interval"] == pytest.approx([(ordered["area_risk"].iloc[0] + d) / top for d in (-0.01, 0.02)])
    assert units["country"] == pytest.approx(model_results.national["area_risk"].iloc[0] / top)
    assert "not certain" in units["note"]


def test_high_rate_and_high_number_are_told_apart(model_results, t):
    tops = national_content(model_results, t)["tops"]
    areas = model_results.areas
    rate, number = tops["lists"]
    assert rate["rows"][0]["name"].startswith("Alto Yaqué")  # 31 %, the highest
    assert rate["rows"][0]["cells"][0] == "31.0"
    most = areas.sort_values("expected_count", ascending=False).iloc[0]
    assert number["rows"][0]["name"].startswith(most["area_name"])
    both = set(areas.nlargest(8, "area_risk")["area_code"]) & set(areas.nlargest(8, "expected_count")["area_code"])
    assert (f"{len(both)} territor" in tops["note"]) if both else ("No territory" in tops["note"])


def test_half_of_the_number_by_hand(model_results, t):
    areas = model_results.areas.iloc[:12].copy()
    areas["expected_count"] = [40.0, 30.0, 10.0, 10.0, 10.0, 10.0, 5.0, 5.0, 0.0, 0.0, 0.0, 0.0]  # half of 120 is 60
    fact = next(f for f in national_content(replace(model_results, areas=areas), t)["facts"] if "Half" in f["label"])
    assert fact["big"] == "2 territories"
    assert "remaining 10" in fact["text"]


def test_common_factors_are_those_of_the_highest_level(model_results, t):
    factors = national_content(model_results, t)["factors"]
    high = model_results.areas[model_results.areas["level"].eq(3).fillna(False)]
    assert set(high["area_code"]) & {"001", "002"}  # the two with contributions
    assert "“High”" in factors["title"]
    assert f"of {len(high)} territories" in factors["lists"][0]["rows"][0]["where"]


@pytest.mark.parametrize(
    ("method", "look"),
    [
        ("risk_model", {}),
        ("vulnerability_index", {}),
        ("given_risk", {}),
        ("risk_model", {"photocopy": True}),
        ("risk_model", {"large_print": True}),
    ],
)
def test_every_route_is_drawn(method, look, t):
    results = make_results(method)
    pdf = make_national_sheet(results, t, picture(), **look)
    check_quality(pdf, "en", "Fact sheet: República de Nácar. Riesgo de trabajo infantil")
    words = words_of(pdf)
    assert "a1b2c3d4e5f6" in words
    assert "not about any child or family" in words
    found = alternatives(opened(pdf).trailer["/Root"]["/StructTreeRoot"])
    assert any("territories of República de Nácar by level" in alt for alt in found)
    if method == "vulnerability_index":
        assert "Risk" not in words.replace("low risk", "")


def test_what_is_missing_is_no_column_and_no_section(given_results, t):
    bare = given_results.areas.assign(children=np.nan, expected_count=np.nan, parent_code=pd.NA, parent_name=pd.NA)
    results = replace(given_results, areas=bare, parents=pd.DataFrame(), groups=pd.DataFrame())
    content = national_content(results, t)
    assert content["table"]["columns"] == ["Level", "Risk, %", "Territories"]
    assert content["units"] is None
    assert content["groups"] is None
    assert content["factors"] is None
    assert [entry["columns"] for entry in content["tops"]["lists"]] == [["Territory", "Risk, %"]]
    assert json.loads(json.dumps(content)) == content
    assert draw_content(content, None, dt.datetime.now(dt.UTC))[1] == []
