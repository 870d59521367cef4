"""The complete examples of `docs/study-file.md` run, and give what the document says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.results import Results
from riskmodel.study_file import parse_study
from tests.docs import examples, markdown
from workflow import check_inputs, run_to

TEXT = (markdown.ROOT / "docs/study-file.md").read_text(encoding="utf-8")
TITLES = {
    "risk_model": "A survey applied to a census",
    "cells": "A survey applied to counts per combination",
    "margins": "A survey applied to the totals of each area",
    "vulnerability_index": "An index of municipal indicators",
    "given_risk": "A risk that is already published",
}
# Columns that carry a name of the study's own, under the file they are in.
OWN_COLUMNS = ("priorities", "indicators", "index_scores")


@pytest.fixture(scope="module", params=TITLES)
def ran(request, tmp_path_factory) -> tuple[str, Path, Results]:
    """Name of the example, folder of the results, results."""
    folder = tmp_path_factory.mktemp(request.param)
    [text] = markdown.code_blocks(markdown.section(TEXT, TITLES[request.param]), "toml")
    study = parse_study(text)
    assert study.study.method == _method(request.param)
    getattr(examples, request.param)(folder)
    report = check_inputs(study, folder)
    assert report.ok, report.problems
    out = folder / "results"
    out.mkdir()
    return request.param, out, run_to(study, folder, out)


def test_the_example_uses_every_file_it_says(ran):
    example, out, results = ran
    named = {str(entry["file"]) for entry in results.manifest["inputs"]}
    words = markdown.section(TEXT, TITLES[example]).partition("```")[0]
    assert named == {n for n in markdown.names_in(words) if n.endswith((".csv", ".geojson"))}
    assert named == {path.name for path in out.parent.iterdir() if path.is_file()}


def test_every_area_has_its_row_and_nothing_failed(ran):
    method, _, results = ran
    assert results.areas["area_code"].tolist() == examples.CODES
    assert set(results.problems["severity"]) <= {"warning", "note"}
    assert results.areas[results.measure].notna().sum() == (11 if method == "given_risk" else 12)


def test_every_file_and_column_written_is_described(ran):
    _, out, _ = ran
    listed = markdown.tables(markdown.section(TEXT, "Results: every file and every column"))[0]
    known = {name for row in listed for name in markdown.names_in(row["file"])}
    written = {path.name for path in out.iterdir() if path.suffix != ".parquet"}
    assert written <= known
    assert {"areas.csv", "national.csv", "priorities.csv", "manifest.json", "map.gpkg", "map.geojson"} <= written
    for path in out.glob("*.csv"):
        described = _described(path.name)
        columns = list(pd.read_csv(path, encoding="utf-8-sig").columns)
        if path.stem in OWN_COLUMNS:
            fixed = [name for name in described if "<" not in name]
            assert columns[: len(fixed)] == fixed, path.name
        else:
            assert columns == described, path.name


def test_every_key_of_the_records_is_described(ran):
    example, _, results = ran
    assert list(results.manifest) == [row["key"].strip("`") for row in _rows("`manifest.json`")]
    diagnostics = {
        row["key"].strip("`") for row in _rows("`diagnostics.json`") if row["method"] == f"`{_method(example)}`"
    }
    if not (results.manifest["study"]["survey"] or {}).get("selection"):
        diagnostics -= {"selection"}  # only where the study asks for the proposal
    if (results.manifest["study"]["survey"] or {}).get("area_estimate") != "prediction":
        diagnostics -= {"area_prediction"}  # only where areas are predicted
    assert set(results.diagnostics) == diagnostics


def test_contributions_add_up_to_the_gap_with_the_country(ran):
    method, _, results = ran
    if method == "given_risk":
        assert results.contributions.empty
        return
    sums = results.contributions.groupby("area_code")["contribution"].sum()
    gap = results.areas.set_index("area_code")[results.measure] - results.national[results.measure].iloc[0]
    np.testing.assert_allclose(sums.reindex(gap.index), gap, atol=1e-9)


def test_the_country_is_the_mean_weighted_by_children(ran):
    _, _, results = ran
    known = results.areas[results.areas[results.measure].notna()]
    mean = np.average(known[results.measure].astype(float), weights=known["children"].astype(float))
    assert results.national[results.measure].iloc[0] == pytest.approx(mean, rel=1e-9)


def test_risk_model_counts_the_children_of_the_declared_ages(ran):
    method, out, results = ran
    if method != "risk_model":
        return
    census = pd.read_csv(out.parent / "census.csv", dtype=str)
    inside = census[census["EDAD"].astype(int).between(5, 17)]
    counted = results.areas.set_index("area_code")["children"].astype(float)
    assert counted.to_dict() == inside["MUN"].value_counts().astype(float).to_dict()
    assert set(results.groups["group"]) == {"sex", "age_band"}
    odds = results.coefficients.set_index("term")["odds_ratio"]
    assert odds["sex=boy"] > 1  # the invented data say exp(0.6)
    assert odds["head_schooling"] < 1


def test_index_agrees_with_the_formula_of_the_document(ran):
    method, _, results = ran
    if method != "vulnerability_index":
        return
    table = examples.index_values()
    scaled = 100 * (table - table.min()) / (table.max() - table.min())
    labour = (scaled["p_agro"] + 100 - scaled["p_formal"]) / 2
    education = (2 * (100 - scaled["asistencia"]) + scaled["atraso"]) / 3
    by_hand = (2 * labour + 2 * education + scaled["dependencia"]) / 5
    np.testing.assert_allclose(results.areas["index"].astype(float), by_hand, rtol=1e-9)
    assert results.areas["level"].value_counts().to_dict() == {1: 3, 2: 3, 3: 3, 4: 3}


def test_given_risk_stands_as_published_with_levels_by_the_cuts(ran):
    method, _, results = ran
    if method != "given_risk":
        return
    published = examples.given_values()
    np.testing.assert_allclose(results.areas["area_risk"].astype(float), published["risk_pct"] / 100, rtol=1e-12)
    assert results.areas["level"].astype(object).where(results.areas["level"].notna(), None).tolist() == [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, None,
    ]  # fmt: skip
    assert results.areas["notes"].iloc[-1] == "no_estimate"


def test_counts_and_totals_hold_the_children_of_the_census(ran, tmp_path):
    """Margins and cells know nothing of the other determinants, but every child of the declared ages is in them."""
    example, _, results = ran
    if example not in ("cells", "margins"):
        return
    examples.risk_model(tmp_path)
    census = pd.read_csv(tmp_path / "census.csv", dtype=str)
    inside = census[census["EDAD"].astype(int).between(5, 17)]
    counted = results.areas.set_index("area_code")["children"].astype(float)
    assert counted.to_dict() == inside["MUN"].value_counts().astype(float).to_dict()
    assert results.manifest["coverage"] == (0.9 if example == "cells" else 1.0)
    assert ("population_coverage" in set(results.problems["code"])) == (example == "cells")
    assert len(results.raking) == (12 if example == "margins" else 0)


def _method(example: str) -> str:
    return "risk_model" if example in ("cells", "margins") else example


def _rows(heading: str) -> list[dict[str, str]]:
    return markdown.tables(markdown.section(TEXT, heading))[0]


def _described(file: str) -> list[str]:
    """Columns of a file in the order of its table."""
    heading = next(h for h in markdown.sections(TEXT) if h.startswith("`") and f"`{file}`" in h)
    return [row["column"].strip("`") for row in _rows(heading)]
