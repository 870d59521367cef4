from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from demo.people import AREA_EFFECT


@pytest.fixture(scope="module")
def survey(demo_folder: Path) -> pd.DataFrame:
    return pd.read_csv(demo_folder / "encuesta.csv", dtype={"estrato": str, "upm": str, "departamento": str})


@pytest.fixture(scope="module")
def children(survey: pd.DataFrame) -> pd.DataFrame:
    return survey[survey["edad"].between(5, 17)]


@pytest.fixture(scope="module")
def census(demo_folder: Path) -> pd.DataFrame:
    return pd.read_parquet(demo_folder / "censo.parquet")


@pytest.fixture(scope="module")
def truth(demo_folder: Path) -> pd.DataFrame:
    return pd.read_csv(demo_folder / "riesgo_verdadero.csv", dtype={"codigo": str})


def odds_ratio(table: pd.DataFrame, exposed: pd.Series) -> float:
    """Weighted odds of the outcome where `exposed`, against elsewhere."""
    rate = [
        np.average(table.loc[mask, "trabajo_infantil"], weights=table.loc[mask, "factor"])
        for mask in (exposed, ~exposed)
    ]
    return float(rate[0] / (1 - rate[0]) / (rate[1] / (1 - rate[1])))


def test_sizes(survey: pd.DataFrame, children: pd.DataFrame, census: pd.DataFrame):
    assert 22_000 < len(children) < 28_000
    assert 0.03 < 1 - len(children) / len(survey) < 0.1
    assert 1_100_000 < len(census) < 1_300_000


def test_prevalence_is_near_nine_per_cent(children: pd.DataFrame, truth: pd.DataFrame):
    """The country by construction; the survey within three of its standard errors (about 0.25 points by design)."""
    country = truth["casos"].sum() / truth["total"].sum()
    assert country == pytest.approx(0.09, abs=0.001)
    assert np.average(children["trabajo_infantil"], weights=children["factor"]) == pytest.approx(country, abs=0.0075)


def test_true_risk_varies_as_in_published_cases(truth: pd.DataFrame):
    assert 0.02 < truth["riesgo_verdadero"].min() < 0.05
    assert 0.20 < truth["riesgo_verdadero"].max() < 0.32
    assert truth["efecto_municipal"].std() == pytest.approx(AREA_EFFECT, rel=0.12)


def test_cases_scatter_around_the_true_risk_as_draws_do(truth: pd.DataFrame):
    """Squared binomial residuals have mean 1 (340 of them: standard deviation about 0.08); risks vary inside an area, which only lessens it."""
    p, n = truth["riesgo_verdadero"], truth["total"]
    residual = (truth["casos"] - n * p) / np.sqrt(n * p * (1 - p))
    assert 0.7 < (residual**2).mean() < 1.3


@pytest.mark.parametrize(
    ("column", "codes", "more"),
    [
        ("sexo", [1], True),
        ("edad", [15, 16, 17], True),
        ("area", [2], True),
        ("etnia", [1], True),
        ("asiste", [1], False),
        ("rama_jefe", ["A"], True),
        ("seguridad_social_jefe", [1], False),
    ],
)
def test_patterns_have_the_published_direction(children: pd.DataFrame, column: str, codes: list[object], more: bool):
    ratio = odds_ratio(children, children[column].isin(codes))
    assert ratio > 1.2 if more else ratio < 0.8


def test_schooling_of_the_head_protects(children: pd.DataFrame):
    assert odds_ratio(children, children["anios_estudio_jefe"] >= 12) < 0.6


def test_weights_vary_and_sum_to_the_children_of_each_stratum(children: pd.DataFrame, census: pd.DataFrame):
    assert children["factor"].sum() == pytest.approx(len(census), rel=1e-4)
    assert 0.2 < children["factor"].std() / children["factor"].mean() < 1
    counted = (
        census["cod_mun"].astype(str).str[:2] + census["area"].astype(str).map({"U": "1", "R": "2"})
    ).value_counts()
    weighted = children.groupby("estrato")["factor"].sum()
    assert (weighted / counted - 1).abs().max() < 1e-3


def test_weighted_survey_resembles_the_census(children: pd.DataFrame, census: pd.DataFrame):
    """Shares in percentage points: the sample is large, so three points would be a fault of the draw."""

    def weighted(mask: pd.Series) -> float:
        return float(np.average(mask, weights=children["factor"]))

    assert weighted(children["sexo"] == 1) == pytest.approx((census["sexo"] == "H").mean(), abs=0.015)
    assert weighted(children["asiste"] == 1) == pytest.approx((census["asiste"] == "S").mean(), abs=0.015)
    assert weighted(children["rama_jefe"] == "A") == pytest.approx((census["rama_jefe"] == "1").mean(), abs=0.03)
    assert weighted(children["etnia"] == 1) == pytest.approx((census["etnia"].dropna() == "IND").mean(), abs=0.03)


def test_every_stratum_has_two_sectors_and_a_sector_one_stratum(survey: pd.DataFrame):
    assert survey["estrato"].nunique() == 44
    assert survey.groupby("estrato")["upm"].nunique().min() >= 2
    assert survey.groupby("upm")["estrato"].nunique().max() == 1


def test_only_those_of_eighteen_lack_the_outcome(survey: pd.DataFrame):
    assert (survey["trabajo_infantil"].isna() == (survey["edad"] == 18)).all()


def test_a_few_census_answers_are_missing_and_no_municipality_loses_a_fifth(census: pd.DataFrame):
    share = census.isna().mean()
    assert 0.01 < share["nivel_jefe"] < 0.04
    assert 0.003 < share["etnia"] < 0.03
    assert share.drop(["nivel_jefe", "etnia"]).max() == 0
    lost = census["nivel_jefe"].isna() | census["etnia"].isna()
    assert lost.groupby(census["cod_mun"], observed=True).mean().max() < 0.2


def test_no_outcome_is_in_the_census(census: pd.DataFrame):
    assert "trabajo_infantil" not in census
