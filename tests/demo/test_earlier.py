"""The earlier year of the demonstration country: the same places, another year, and a study that can be compared."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from demo.earlier import BETTER, KEPT, PREVALENCE, write_earlier
from riskmodel.decisions.comparable import check_outcome
from riskmodel.study_file import read_study


@pytest.fixture(scope="module")
def source(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four departments of the country, so that the test is short."""
    folder = tmp_path_factory.mktemp("part")
    for name in ("municipios.csv", "municipios.geojson"):
        shutil.copyfile(demo_folder / name, folder / name)
    kept = (*BETTER, "04")
    census = pd.read_parquet(demo_folder / "censo.parquet")
    census[census["cod_mun"].astype(str).str[:2].isin(kept)].to_parquet(folder / "censo.parquet", index=False)
    survey = pd.read_csv(demo_folder / "encuesta.csv", dtype=str)
    survey[survey["departamento"].isin(kept)].to_csv(folder / "encuesta.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def earlier(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_earlier(source, tmp_path_factory.mktemp("earlier")).parent


def test_the_two_years_can_be_compared(demo_folder: Path, earlier: Path):
    one, two = read_study(earlier / "study.toml"), read_study(demo_folder / "study.toml")
    assert check_outcome(one.model_dump(mode="json")["outcome"], two.model_dump(mode="json")["outcome"]) == []
    assert (one.outcome.year, two.outcome.year) == (2018, 2024)
    assert one.survey is not None
    assert one.population is not None
    assert (one.survey.year, one.population.year) == (2018, 2017)
    assert one.study.synthetic
    assert "2018" in one.study.name
    assert one.determinant == two.determinant


def test_conditions_were_worse_but_better_in_some_departments(source: Path, earlier: Path):
    before, now = (pd.read_parquet(f / "censo.parquet") for f in (earlier, source))
    assert len(before) / len(now) == pytest.approx(KEPT, abs=0.01)
    away = [(t["asiste"] == "N").groupby(t["cod_mun"].astype(str).str[:2]).mean() for t in (before, now)]
    assert away[0]["04"] > away[1]["04"] + 0.02
    assert all(away[0][code] < away[1][code] for code in BETTER)


def test_outcome_is_drawn_anew_at_its_prevalence_and_missing_at_eighteen(earlier: Path):
    survey = pd.read_csv(earlier / "encuesta.csv")
    child = survey["edad"] <= 17
    assert survey.loc[~child, "trabajo_infantil"].isna().all()
    known = survey[child]
    mean = np.average(known["trabajo_infantil"], weights=known["factor"])
    assert mean == pytest.approx(PREVALENCE, abs=0.02)


def test_same_source_same_bytes(source: Path, earlier: Path, tmp_path: Path):
    write_earlier(source, tmp_path)
    for path in sorted(earlier.iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name
