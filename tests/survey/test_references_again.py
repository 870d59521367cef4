"""R still gives the reference files of selection, of Firth's penalty and of the model with effects of areas."""

from __future__ import annotations

import shutil
import subprocess

import pandas as pd
import pytest

from tests.survey.test_against_r import REFERENCE


@pytest.mark.bench
@pytest.mark.parametrize(
    ("script", "files"),
    [
        ("selection.R", ("selection_wald.csv", "selection_gvif.csv")),
        ("firth.R", ("firth.csv",)),
        ("survey_terms.R", ("survey_terms.csv", "survey_terms_fitted.csv")),
        ("mixed_logit.R", ("mixed_logit.csv", "mixed_logit_effects.csv")),
        ("area_model.R", ("area_model_data.csv", "area_model.csv", "area_model_figures.csv")),
    ],
)
def test_r_still_gives_the_reference(script, files, tmp_path):
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    done = subprocess.run(["Rscript", str(REFERENCE / script), str(tmp_path)], capture_output=True, text=True)
    if "there is no package" in done.stderr:
        pytest.skip("R lacks a package of the script")
    assert done.returncode == 0, done.stderr
    for name in files:
        pd.testing.assert_frame_equal(pd.read_csv(tmp_path / name), pd.read_csv(REFERENCE / name), rtol=1e-9)
