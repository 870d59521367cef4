"""The area model as a file: what is read is what was written, and applied elsewhere it gives what leaving out gives."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from riskmodel.areamodel.apply import FAR, apply_area_model
from riskmodel.areamodel.compute import compute_area_model
from riskmodel.areamodel.portable import portable_area_model, read_any_model
from riskmodel.areamodel.portable_schema import PortableAreaModel
from riskmodel.i18n import say, translator
from riskmodel.problems import InputProblems
from riskmodel.study import AreaModel, Areas, Indicator, Outcome, Study, StudyInfo
from riskmodel.survey.model_file import write_model
from tests.areamodel.world import SETTINGS, world
from tests.bench.brazil_states import read_brazil


def study_of(settings: AreaModel = SETTINGS, count: int = 3) -> Study:
    return Study(
        study=StudyInfo(name="Fit", method="area_model", country="Land"),
        outcome=Outcome(name="Child labour", definition="Worked an hour", source="Census", year=2010),
        areas=Areas(file="a.csv", area_code="code", source="Atlas", year=2010),
        indicator=tuple(Indicator(name=f"x{i}", label=f"Number {i}", unit="%") for i in range(count)),
        area_model=settings,
    )


def file_of(table: pd.DataFrame, **changes) -> PortableAreaModel:
    study = study_of(SETTINGS.model_copy(update=changes), sum(c.startswith("x") for c in table))
    result = compute_area_model(table, study.indicator, study.area_model, seed=1)
    names = {"u00": "u"}
    return portable_area_model(study, result.fit, result.diagnostics, names, "abc123", "Mirador test")


def halves(seed: int = 1, **of_world) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """A country with the rates of one half of its units unknown, that half by itself, and the true rates."""
    table, truth = world(seed, without=0.0, **of_world)
    out = table["parent_code"].str[1:].astype(int) >= table["parent_code"].nunique() // 2
    known = table.assign(direct=table["direct"].mask(out), direct_n=table["direct_n"].mask(out))
    return known, table[out].drop(columns=["direct", "direct_n"]).reset_index(drop=True), truth


def codes(result) -> set[str]:
    for problem in result.problems:
        assert "{" not in say(problem, translator("en")).what
    return {p.code for p in result.problems}


@pytest.mark.parametrize("changes", [{}, {"smooth": True}, {"parent_effect": False, "scale": "logit"}])
def test_what_is_read_is_what_was_written(changes, tmp_path):
    made = file_of(world(2)[0], **changes)
    write_model(made.model_dump(mode="json"), tmp_path / "model.json")
    assert read_any_model(tmp_path / "model.json") == made
    text = (tmp_path / "model.json").read_text(encoding="utf-8")
    assert not any(f'"{code}"' in text for code in world(2)[0]["area_code"])


def test_applied_to_the_other_half_it_gives_what_leaving_it_out_gives():
    """Fitted on half of the units alone; the fit of the country standardises over all areas, which changes nothing."""
    country, half, _ = halves()
    left_out = compute_area_model(country, study_of().indicator, SETTINGS, 1).areas.set_index("area_code")
    model = file_of(country[country["direct"].notna()].reset_index(drop=True))
    applied = apply_area_model(half, model, same_country=True).areas.set_index("area_code")
    for column in ("area_risk", "ci_lower", "ci_upper", "se"):
        np.testing.assert_allclose(applied[column], left_out.loc[applied.index, column], rtol=1e-6)
    assert applied["notes"].str.contains("synthetic_only").all()


@pytest.mark.parametrize("smooth", [False, True])
def test_applied_where_it_was_fitted_it_gives_the_synthetic_estimates(smooth):
    """Areas without a measured rate, with the effects of their parent units."""
    table, _ = world(3)
    result = compute_area_model(table, study_of().indicator, SETTINGS.model_copy(update={"smooth": smooth}), 1)
    applied = apply_area_model(table, file_of(table, smooth=smooth), same_country=True)
    alone = table["direct"].isna().to_numpy()
    columns = ["area_risk", "ci_lower", "ci_upper"]
    np.testing.assert_allclose(applied.areas.loc[alone, columns], result.areas.loc[alone, columns], rtol=1e-7)
    assert "applied_parents_known" in codes(applied)
    gap = applied.carried.sum(axis=1)
    assert gap.abs().max() > 0.01
    assert ("(smooth)" in applied.carried) == smooth


def test_units_of_another_country_are_not_taken_for_the_models():
    table, _ = world(4, unit_sd=0.08)
    model = file_of(table)
    same, other = (apply_area_model(table, model, same_country=c) for c in (True, False))
    assert "applied_parents_new" in codes(other)
    width = [(r.areas["ci_upper"] - r.areas["ci_lower"]).mean() for r in (same, other)]
    assert width[1] > 1.2 * width[0]
    renamed = table.assign(parent_name=table["parent_name"].where(table["parent_code"] != "u00", "Elsewhere"))
    assert apply_area_model(renamed, model, True).diagnostics["parents_known"] == 23
    assert apply_area_model(table, model, True, use_parents=False).diagnostics["parents_known"] == 0


def test_areas_that_name_no_unit_carry_the_variance_of_units_by_themselves():
    table, _ = world(4, unit_sd=0.08)
    model = file_of(table)
    none = table.assign(parent_code=pd.array([None] * len(table), dtype="string"), parent_name=None)
    alone = apply_area_model(none, model, True)
    shared = apply_area_model(table, model, False)
    columns = ["area_risk", "ci_lower", "ci_upper"]
    np.testing.assert_allclose(alone.areas[columns], shared.areas[columns], rtol=1e-9)
    assert (alone.own_se > shared.own_se).all()


def test_intervals_hold_the_truth_of_the_other_half():
    """Over 20 countries of 240 areas, half of whose 24 units the model never saw: 92 to 98 % of the true rates."""
    held = []
    for seed in range(20):
        country, half, truth = halves(100 + seed)
        model = file_of(country[country["direct"].notna()].reset_index(drop=True))
        areas = apply_area_model(half, model, True).areas.set_index("area_code")
        held += truth[areas.index].between(areas["ci_lower"], areas["ci_upper"]).tolist()
    assert 0.92 < np.mean(held) < 0.98


def test_values_far_outside_are_counted_by_indicator_and_noted():
    country, half, _ = halves(5)
    model = file_of(country)
    for i in model.indicators:
        half[i.name] = half[i.name].clip(i.lowest, i.highest)
    one = model.indicators[1]
    half.loc[[0, 4], "x1"] = [one.highest + (FAR + 0.1) * one.sd, one.lowest - (FAR + 0.1) * one.sd]
    half.loc[7, "x1"] = one.highest + 0.9 * FAR * one.sd
    result = apply_area_model(half, model, True)
    problem = next(p for p in result.problems if p.code == "applied_indicator_outside")
    assert problem.values["count"] == 2
    assert problem.values["name"] == "Number 1"
    assert result.areas["notes"].str.contains("outside_model").to_numpy().nonzero()[0].tolist() == [0, 4]
    row = next(r for r in result.diagnostics["ranges"] if r["indicator"] == "x1")
    assert row["areas_outside"] == 2
    assert row["highest_here"] == pytest.approx(half["x1"].max())


def test_percent_against_proportions_is_refused():
    country, half, _ = halves(6)
    shifted = country.assign(x0=50 + 10 * country["x0"])
    model = file_of(shifted)
    with pytest.raises(InputProblems) as caught:
        apply_area_model(half.assign(x0=(50 + 10 * half["x0"]) / 100), model, True)
    assert [p.code for p in caught.value.problems] == ["applied_indicator_scale"]
    assert "Number 0" in say(caught.value.problems[0], translator("en")).what


def test_missing_values_are_filled_or_leave_the_area_out():
    country, _, _ = halves(7, count=4)
    model = file_of(country)
    table = country.drop(columns=["direct", "direct_n"])
    table.loc[0, "x3"] = np.nan
    table.loc[1, ["x0", "x3"]] = np.nan
    result = apply_area_model(table, model, True)
    assert "indicators_imputed" in result.areas.loc[0, "notes"]
    assert result.areas.loc[1, "notes"] == "too_few_indicators"
    assert np.isnan(result.areas.loc[1, "area_risk"])
    assert {"area_model_imputed", "area_model_areas_lacking"} <= codes(result)


def test_a_single_area_can_be_estimated():
    country, half, _ = halves(8)
    row = half.iloc[[0]].reset_index(drop=True)
    one, all_of_them = (apply_area_model(t, file_of(country), True).areas for t in (row, half))
    assert one.loc[0, "area_risk"] == pytest.approx(all_of_them.loc[0, "area_risk"], rel=1e-12)


SPOILT = {
    "moved coefficient": (lambda m: m["indicators"][0].update(coef=9.0), "model_changed"),
    "lost indicator": (lambda m: m["indicators"].pop(), "model_inconsistent"),
    "lost unit": (lambda m: m["parents"].pop(), "model_inconsistent"),
    "turned range": (lambda m: m["indicators"][0].update(lowest=1e9), "model_inconsistent"),
    "negative variance": (lambda m: m["covariance"][0].__setitem__(0, -1.0), "model_inconsistent"),
    "short centre": (lambda m: m["smooth"]["centres"][0].pop(), "model_inconsistent"),
    "other scale": (lambda m: m.update(scale="probit"), "model_wrong_value"),
    "no variance": (lambda m: m.update(area_variance=0.0), "model_wrong_value"),
    "unknown key": (lambda m: m.update(more=1), "model_wrong_value"),
    "earlier version": (lambda m: m.update(version=2), "model_wrong_value"),
    "later version": (lambda m: m.update(version=4), "model_version_unknown"),
}


@pytest.fixture(scope="module")
def record():
    return file_of(world(9, areas=60, units=12)[0], smooth=True).model_dump(mode="json")


@pytest.mark.parametrize("name", SPOILT)
def test_a_file_that_is_not_as_written_is_refused(name, record, tmp_path):
    spoil, code = SPOILT[name]
    raw = json.loads(json.dumps(record))
    spoil(raw)
    (tmp_path / "m.json").write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        read_any_model(tmp_path / "m.json")
    assert code in {p.code for p in caught.value.problems}


@pytest.mark.data
def test_half_of_brazil_tells_the_other_half_as_leaving_it_out_does(shared_data):
    """Every second state of 27: the model from the file gives what the fit of the country gives where they are left out."""
    brazil = read_brazil(shared_data)
    names = list(brazil.index_parts)
    n = brazil.children * brazil.sampled / 1.5 / (1 - brazil.sampled)
    table = brazil.index_parts.assign(
        parent_code=brazil.state.astype("string"), parent_name=brazil.state.astype("string"),
        children=brazil.children, direct=brazil.rate, direct_n=n,
    ).rename_axis("area_code").reset_index()  # fmt: skip
    states = sorted(brazil.state.unique())
    out = table["parent_code"].isin(states[1::2])
    indicators = [Indicator(name=name) for name in names]
    masked = table.assign(direct=table["direct"].mask(out), direct_n=table["direct_n"].mask(out))
    left_out = compute_area_model(masked, indicators, SETTINGS, 1).areas[out.to_numpy()].set_index("area_code")
    half = table[~out].reset_index(drop=True)
    study = study_of().model_copy(update={"indicator": tuple(indicators)})
    fitted = compute_area_model(half, indicators, SETTINGS, 1)
    model = portable_area_model(study, fitted.fit, fitted.diagnostics, {}, "a", "b")
    other = table[out].drop(columns=["direct", "direct_n"]).reset_index(drop=True)
    applied = apply_area_model(other, model, same_country=True)
    areas = applied.areas.set_index("area_code")
    for column in ("area_risk", "ci_lower", "ci_upper"):
        np.testing.assert_allclose(areas[column], left_out.loc[areas.index, column], rtol=1e-6)
    assert applied.diagnostics["parents_known"] == 0
    assert areas["area_risk"].corr(brazil.rate[areas.index], method="spearman") > 0.6
