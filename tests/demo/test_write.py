from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from demo.country import make_country
from demo.survey import BRANCH_LETTERS
from demo.write import SEED, STEPS, write_demo
from riskmodel.study_file import read_study

STUDIES = {"study": "risk_model", "study_index": "vulnerability_index", "study_given": "given_risk"}
TABLES = ("municipios.csv", "encuesta.csv", "servicios.csv", "riesgo_verdadero.csv", "riesgo_publicado.csv")


def test_takes_less_than_twenty_seconds(demo_run: tuple[Path, list[tuple[str, float]], float]):
    assert demo_run[2] < 60  # 20 s on two free cores; three times that on a busy machine


def test_progress_names_every_step_in_order(demo_run: tuple[Path, list[tuple[str, float]], float]):
    steps, shares = zip(*demo_run[1], strict=True)
    assert steps == STEPS
    assert list(shares) == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


@pytest.mark.parametrize(("name", "method"), STUDIES.items())
def test_studies_are_read_and_say_that_they_are_synthetic(demo_folder: Path, name: str, method: str):
    study = read_study(demo_folder / f"{name}.toml")
    assert study.study.method == method
    assert study.study.synthetic
    assert "sintéticos" in study.study.name
    for file in study.files():
        assert (demo_folder / file).exists()
    sources = [
        part.source for part in (study.outcome, study.survey, study.population, study.areas, study.boundaries) if part
    ]
    assert all("sintéticos" in source for source in sources + [i.source for i in study.indicator])


def test_studies_ask_for_columns_that_exist(demo_folder: Path):
    columns = set(pd.read_csv(demo_folder / "municipios.csv", nrows=1))
    for name in STUDIES:
        study = read_study(demo_folder / f"{name}.toml")
        assert {i.source_column for i in study.indicator} <= columns
        assert len(study.criterion) == 3


def test_maps_of_the_study_cover_every_code_and_agree_between_the_sources(demo_folder: Path):
    study = read_study(demo_folder / "study.toml")
    survey = pd.read_csv(demo_folder / "encuesta.csv", dtype=str).query("edad != '18'")
    census = pd.read_parquet(demo_folder / "censo.parquet").drop_duplicates(ignore_index=True)
    assert study.population is not None
    assert set(study.population.groups) <= {d.name for d in study.determinant}
    for determinant in study.determinant:
        made = []
        for table, rule in ((survey, determinant.survey), (census, determinant.population_rule)):
            values = table[rule.column].dropna()
            if rule.map is not None:
                assert set(values.astype(str)) == set(rule.map)
                made.append(set(rule.map.values()))
            else:
                assert rule.bands is not None
                numbers = values.astype(float).to_numpy()
                inside = np.array([(numbers >= low) & (numbers <= high) for low, high in rule.bands.values()])
                assert (inside.sum(axis=0) == 1).all()
                made.append(set(rule.bands))
        assert made[0] == made[1]
        assert determinant.reference in made[0]


def test_letters_of_the_branches_are_those_of_the_study(demo_folder: Path):
    study = read_study(demo_folder / "study.toml")
    branch = next(d for d in study.determinant if d.name == "rama_jefe")
    assert set(branch.survey.map or {}) == set(BRANCH_LETTERS)


def test_codes_are_the_same_in_every_file(demo_folder: Path):
    def codes(file: str, column: str) -> set[str]:
        return set(pd.read_csv(demo_folder / file, dtype=str)[column])

    municipal = codes("municipios.csv", "codigo")
    features = json.loads((demo_folder / "municipios.geojson").read_text(encoding="utf-8"))["features"]
    assert {f["properties"]["codigo"] for f in features} == municipal
    assert codes("riesgo_verdadero.csv", "codigo") == municipal
    assert codes("riesgo_publicado.csv", "codigo") == municipal
    assert codes("servicios.csv", "cod_mun") <= municipal
    assert codes("encuesta.csv", "cod_mun") <= municipal
    census = pd.read_parquet(demo_folder / "censo.parquet", columns=["cod_mun"])["cod_mun"].value_counts()
    table = pd.read_csv(demo_folder / "municipios.csv", dtype={"codigo": str}).set_index("codigo")["pob_5_17"]
    assert census.sort_index().to_dict() == table.to_dict()


def test_files_are_small(demo_folder: Path):
    assert (demo_folder / "censo.parquet").stat().st_size < 15_000_000
    assert sum(path.stat().st_size for path in demo_folder.iterdir()) < 20_000_000


def test_read_me_names_every_file(demo_folder: Path):
    text = (demo_folder / "LEEME.md").read_text(encoding="utf-8")
    assert str(SEED) in text
    assert all(path.name in text for path in demo_folder.iterdir() if path.name != "LEEME.md")


def test_same_seed_same_bytes(demo_folder: Path, tmp_path: Path):
    write_demo(tmp_path)
    for name in (*TABLES, "municipios.geojson", "censo.parquet"):
        first, second = (hashlib.sha256((folder / name).read_bytes()).hexdigest() for folder in (demo_folder, tmp_path))
        assert first == second, name


def test_another_seed_gives_another_country_of_the_same_kind(demo_folder: Path):
    other = make_country(np.random.SeedSequence(7).spawn(1)[0])
    assert 320 <= len(other.places) <= 360
    assert other.places["parent_code"].nunique() == 22
    assert other.shapes.is_valid.all()
    names = set(pd.read_csv(demo_folder / "municipios.csv")["municipio"])
    assert len(names & set(other.places["area_name"])) < 150
