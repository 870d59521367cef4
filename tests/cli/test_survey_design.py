"""A whole run with replicate weights: the errors of areas follow them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from riskmodel.study_file import read_study
from tests.small_study import write_small_study
from workflow import run_to


def test_area_errors_follow_the_replicate_weights(tmp_path):
    write_small_study(tmp_path)
    survey = pd.read_csv(tmp_path / "encuesta.csv")
    units = survey["upm"].unique()
    for i, unit in enumerate(units, start=1):
        factor = len(units) / (len(units) - 1)
        survey[f"rep{i}"] = survey["factor"] * factor * (survey["upm"] != unit)
    survey.to_csv(tmp_path / "encuesta.csv", index=False)
    text = (tmp_path / "study.toml").read_text("utf-8")
    errors = {}
    for scale in (1.0, 4.0):
        replicates = f'psu = "upm"\nreplicates = {{ columns = "rep*", type = "JK1", scale = {scale} }}'
        (tmp_path / "study.toml").write_text(text.replace('psu = "upm"', replicates), "utf-8")
        out = tmp_path / f"results{scale:g}"
        out.mkdir()
        results = run_to(read_study(tmp_path), tmp_path, out)
        assert results.diagnostics["design"] == {"variance": "JK1", "replicates": len(units), "mse": False}
        errors[scale] = results.areas["se"].to_numpy(float)
    np.testing.assert_allclose(errors[4.0], 2 * errors[1.0], rtol=1e-9)
