"""The portable model: what is read is what was written, to the last digit, and a file that is not that is refused."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.areamodel.portable_schema import published_schema
from riskmodel.inputs.harmonise import survey_shares
from riskmodel.problems import InputProblems
from riskmodel.study import Rule
from riskmodel.survey.area_effect import AreaVariance
from riskmodel.survey.model_file import (
    area_variance_of,
    as_it_came,
    checksum,
    portable_model,
    read_model,
    shares_of,
    survey_model,
    write_model,
)
from riskmodel.survey.model_schema import PortableModel, schema
from riskmodel.survey.terms import Terms
from tests.population.world import DETERMINANTS, fitted, people, study_of, survey_frame

BETWEEN = AreaVariance(0.1234567890123456, 0.1, 25, 3000, 4.2, None)


@pytest.fixture(scope="module")
def made() -> PortableModel:
    shares = survey_shares(survey_frame(people(4000, seed=1)), DETERMINANTS)
    return portable_model(study_of("censo.parquet"), fitted(), BETWEEN, shares, "abc123def456", "Mirador test")


@pytest.fixture
def path(made, tmp_path) -> Path:
    write_model(made.model_dump(mode="json"), tmp_path / "model.json")
    return tmp_path / "model.json"


def test_what_is_read_is_what_was_written_to_the_last_digit(made, path):
    read = read_model(path)
    assert read == made
    back, model = survey_model(read), fitted()
    assert back.coef.equals(model.coef)
    assert back.cov.equals(model.cov)
    assert back.terms == model.terms
    assert back.df == model.df
    assert back.coefficients().equals(model.coefficients())
    assert area_variance_of(read) == BETWEEN


def test_shares_are_those_of_the_survey(made):
    given = survey_shares(survey_frame(people(4000, seed=1)), DETERMINANTS)
    assert shares_of(made).equals(given.astype({"category": object, "determinant": object})) or np.array_equal(
        shares_of(made).to_numpy(), given.to_numpy()
    )


def test_the_file_holds_no_row_no_area_and_no_path(path):
    """Its size does not grow with the survey, and neither files nor codes of areas are in it."""
    text = path.read_text(encoding="utf-8")
    assert "encuesta.csv" not in text
    assert "censo.parquet" not in text
    assert not any(f'"{code}"' in text for code in people(4000, seed=1)["area"].unique())
    lists = [v for v in _values(json.loads(text)) if isinstance(v, list)]
    assert max(map(len, lists)) < 50


def test_every_field_of_the_terms_travels():
    """A new kind of term must be written to the file too, or a model applied elsewhere would lack it."""
    assert [f.name for f in fields(Terms)] == ["terms", "determinants", "categories", "knots", "interactions"]


def test_the_published_schema_is_that_of_the_program():
    published = Path(__file__).parents[2] / "riskmodel/model_schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == published_schema()


@pytest.mark.parametrize("version", [1, 2])
def test_files_of_earlier_versions_are_read(version, tmp_path):
    """Written by the program of that time (commits 14e4d48 and 701e8e8) from the demonstration country.

    They are passed on as they came, with nothing their version did not have in the checksum.
    """
    path = Path(__file__).parents[1] / f"reference/model_version_{version}.json"
    raw, model = json.loads(path.read_text(encoding="utf-8")), read_model(path)
    assert raw["version"] == model.version == version
    assert "kind" not in raw
    assert [t.coef for t in model.terms] == [t["coef"] for t in raw["terms"]]
    assert np.array_equal(survey_model(model).cov.to_numpy(), np.array(raw["covariance"]))
    assert checksum(model) == raw["checksum"]
    write_model(as_it_came(model), tmp_path / "m.json")
    assert read_model(tmp_path / "m.json") == model


def test_an_earlier_version_that_was_changed_is_refused(tmp_path):
    raw = json.loads((Path(__file__).parents[1] / "reference/model_version_1.json").read_text(encoding="utf-8"))
    raw["terms"][1]["coef"] += 1e-6
    (tmp_path / "m.json").write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        read_model(tmp_path / "m.json")
    assert [p.code for p in caught.value.problems] == ["model_changed"]


def test_every_required_key_of_the_schema_is_in_the_file(path):
    keys = list(json.loads(path.read_text(encoding="utf-8")))
    assert keys == list(schema()["properties"])
    assert set(schema()["required"]) <= set(keys)


def test_open_bands_survive(tmp_path):
    """JSON has no infinity; the largest number stands for it."""
    study = study_of("censo.parquet")
    bands = Rule(column="grado", bands={"ninguno": (float("-inf"), 0), "basico": (1, 5), "mas": (6, float("inf"))})
    study = study.model_copy(
        update={"determinant": tuple(d.model_copy(update={"survey": bands}) if d.name == "school" else d for d in DETERMINANTS)}
    )  # fmt: skip
    shares = pd.DataFrame(columns=["determinant", "category", "share"])
    made = portable_model(study, fitted(), BETWEEN, shares, "a", "b")
    write_model(made.model_dump(mode="json"), tmp_path / "m.json")
    rule = read_model(tmp_path / "m.json").determinants[2].survey
    assert rule.bands is not None
    assert rule.bands["mas"][1] > 1e300


def spoil(change):
    """The file with its content changed."""

    def apply(path: Path) -> None:
        raw = json.loads(path.read_text(encoding="utf-8"))
        change(raw)
        path.write_text(json.dumps(raw), encoding="utf-8")

    return apply


def without_category(raw):
    raw["terms"] = [t for t in raw["terms"] if t["category"] != "rural"]


SPOILT = {
    "moved coefficient": (spoil(lambda m: m["terms"][1].update(coef=9.0)), "model_changed"),
    "moved share": (spoil(lambda m: m["determinants"][0]["shares"].update(hombre=0.1)), "model_changed"),
    "other category": (spoil(lambda m: m["determinants"][0].update(categories=["mujer", "x"])), "model_inconsistent"),
    "lost category": (spoil(without_category), "model_inconsistent"),
    "one category": (spoil(lambda m: m["determinants"][1].update(categories=["urbana"])), "model_inconsistent"),
    "short covariance": (spoil(lambda m: m["covariance"].pop()), "model_inconsistent"),
    "lopsided covariance": (spoil(lambda m: m["covariance"][0].__setitem__(1, 0.5)), "model_inconsistent"),
    "negative variance": (spoil(lambda m: m["covariance"][0].__setitem__(0, -1.0)), "model_inconsistent"),
    "lost key": (spoil(lambda m: m.pop("covariance")), "model_wrong_value"),
    "unknown key": (spoil(lambda m: m.update(more=1)), "model_wrong_value"),
    "infinite": (spoil(lambda m: m["terms"][0].update(coef=float("inf"))), "model_wrong_value"),
    "text": (spoil(lambda m: m["terms"][0].update(coef="much")), "model_wrong_value"),
    "later version": (spoil(lambda m: m.update(version=99)), "model_version_unknown"),
    "other json": (lambda p: p.write_text('{"type": "FeatureCollection"}'), "model_not_ours"),
    "a list": (lambda p: p.write_text("[1, 2]"), "model_not_ours"),
    "cut off": (lambda p: p.write_text(p.read_text(encoding="utf-8")[:400], encoding="utf-8"), "model_not_json"),
    "binary": (lambda p: p.write_bytes(b"PK\x03\x04\xff\xfe"), "model_not_json"),
    "deep": (lambda p: p.write_text("[" * 100_000), "model_not_json"),
    "absent": (lambda p: p.unlink(), "file_absent"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_file_that_is_not_as_written_is_a_problem(case, path):
    change, code = SPOILT[case]
    change(path)
    with pytest.raises(InputProblems) as caught:
        read_model(path)
    assert code in {p.code for p in caught.value.problems}
    assert all(p.where.file == "model.json" for p in caught.value.problems)


def test_layout_of_the_file_does_not_matter(path, made):
    raw = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(dict(reversed(raw.items()))), encoding="utf-8-sig")
    assert read_model(path) == made
    assert checksum(made) == made.checksum


def _values(value):
    yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _values(inner)
