"""Pando 1976: a survey drawn from the census gives back the census, by canton, as far as determinants can."""

from __future__ import annotations

import pytest

from tests.bolivia_survey import agreement, as_markdown, draw_survey, prepared_census, run

pytestmark = pytest.mark.data


def test_weights_of_the_drawn_survey_add_up_to_the_census(shared_data):
    census = prepared_census(shared_data)
    assert len(census) == 7546
    assert census["trabaja"].sum() == 676
    survey = draw_survey(census)
    assert survey["factor"].sum() == pytest.approx(len(census), rel=0.05)
    assert survey.groupby("estrato")["segmento"].nunique().min() >= 2
    assert not survey.duplicated(["folio", "sexo", "edad", "idioma", "sabe_leer", "nivel_jefe"]).all()


def test_estimates_follow_the_truth_of_the_cantons(shared_data, tmp_path):
    model, scores, table = run(shared_data, tmp_path)
    assert model.diagnostics["auc"] > 0.85
    assert len(table) == 11
    assert scores.areas["unscored_share"].max() < 0.10
    # National truth 8.96 %: the estimate of a 30 % sample lies within two of its own errors.
    assert abs(scores.national["area_risk"] - 676 / 7546) < 2 * scores.national["se"]
    found = agreement(table)
    assert found["spearman"] > 0.5
    assert found["pearson"] > 0.75
    assert abs(found["mean_bias"]) < 0.015
    # Cantons differ beyond their determinants, so intervals of the coefficients alone must miss some of them.
    assert 0.2 < found["inside"] < 0.9
    print("\n" + as_markdown(table), found, sep="\n")


def test_boys_out_of_school_are_the_ones_at_risk(shared_data, tmp_path):
    model, scores, _ = run(shared_data, tmp_path)
    table = model.coefficients().set_index("term")
    assert (table.loc[["sex=hombre", "attends=no", "area=rural", "age"], "ci_lower"] > 1).all()
    sex = scores.groups[(scores.groups["group"] == "sex") & (scores.groups["area_code"] == "")].set_index("category")
    assert sex.loc["hombre", "area_risk"] > 3 * sex.loc["mujer", "area_risk"]
