"""A run with a proposal: determinants left out stay candidates, and the record shows both."""

from __future__ import annotations

import pytest

from riskmodel.problems import InputProblems
from riskmodel.run import run_study
from riskmodel.study_file import read_study
from tests.small_study import write_small_study


def study_with(path, **changes):
    """The small study: `sexo` with the changes, and a proposal asked for."""
    study = read_study(path)
    changed = [d.model_copy(update=changes.get(d.name, {})) for d in study.determinant]
    survey = study.survey.model_copy(update={"selection": True})
    return study.model_copy(update={"determinant": tuple(changed), "survey": survey})


def test_what_was_proposed_and_what_was_taken_stand_side_by_side(tmp_path):
    path = write_small_study(tmp_path / "files")
    population = read_study(path).population.model_copy(update={"groups": ()})
    study = study_with(path, sexo={"in_model": False}).model_copy(update={"population": population, "group": ()})
    results = run_study(study, path.parent, tmp_path)
    found = results.diagnostics["selection"]
    assert found["candidates"] == ["sexo", "area"]
    assert found["taken"] == ["area"]
    assert found["backward"] == ["sexo", "area"]  # both are associated in the data as drawn
    assert results.coefficients["determinant"].to_list() == ["", "area"]
    assert set(results.contributions["determinant"]) == {"area"}
    assert set(results.harmonisation["determinant"]) == {"area"}


def test_without_the_key_there_is_no_proposal_and_a_model_without_determinants_is_refused(tmp_path):
    path = write_small_study(tmp_path / "files")
    assert "selection" not in run_study(read_study(path), path.parent, tmp_path).diagnostics
    nothing = study_with(path, sexo={"in_model": False}, area={"in_model": False})
    with pytest.raises(InputProblems) as raised:
        run_study(nothing, path.parent, tmp_path)
    assert "model_no_determinant" in {p.code for p in raised.value.problems}
