"""Predicted areas against worlds whose truth is known: error, coverage in and outside the survey, and the time they take."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cli
from demo.write import write_demo
from tests.bench.measure import report, timed
from tests.survey.prediction_world import summary

pytestmark = pytest.mark.bench

WORLDS = {
    "σ = 0.5, 150 areas of 60 children": {"sd": 0.5},
    "σ = 0.25": {"sd": 0.25},
    "σ = 0": {"sd": 0.0},
    "σ = 0.5, PSUs differ by 0.4": {"sd": 0.5, "psu_sd": 0.4},
    "σ = 0.5, 40 areas": {"sd": 0.5, "areas": 40},
    "σ = 0.8, areas of 20 children": {"sd": 0.8, "psus": 2, "children": 10},
}


@pytest.mark.parametrize("name", WORLDS)
def test_known_worlds(name):
    found = summary(range(20), **WORLDS[name])
    pairs = [
        ("root mean squared error in the survey, points: synthetic, prediction", "rmse_in", 2, ""),
        ("bias in the survey, points", "bias_in", 2, ""),
        ("coverage of 95 % intervals in the survey", "covered_in", 1, "%"),
        ("outside it", "covered_out", 1, "%"),
        ("width of the interval in the survey, points", "width_in", 1, ""),
    ]
    rows = []
    for label, column, decimals, unit in pairs:
        scale = 100 if unit else 1
        both = [f"{scale * found[f'{one}_{column}']:.{decimals}f}{unit}" for one in ("synthetic", "prediction")]
        rows.append((label, *both))
    rows.append(("σ: one Newton step, quadrature", f"{found['sd_step_adjusted']:.3f}", f"{found['sd_mixed']:.3f}"))
    report(f"{name}, {found['seeds']:.0f} worlds", rows)
    assert found["prediction_covered_in"] > 0.9
    if WORLDS[name]["sd"]:
        assert found["prediction_rmse_in"] < found["synthetic_rmse_in"]


def test_demonstration_with_predicted_areas(tmp_path):
    study = write_demo(tmp_path / "demo")
    text = Path(study).read_text(encoding="utf-8")
    truth = pd.read_csv(tmp_path / "demo" / "riesgo_verdadero.csv", dtype={"codigo": str}).set_index("codigo")
    rows = []
    for estimate in ("synthetic", "prediction"):
        first, rest = text.split('area_code = "cod_mun"\n', 1)
        declared = f'{first}area_code = "cod_mun"\narea_estimate = "{estimate}"\n{rest}'
        Path(study).write_text(declared, encoding="utf-8")
        out = tmp_path / estimate
        seconds, done = timed(lambda out=out: cli.main(["run", str(study), "--out", str(out)]))
        assert done == cli.DONE
        areas = pd.read_parquet(out / "areas.parquet").set_index("area_code")
        true = truth["riesgo_verdadero"].reindex(areas.index)
        error = areas["area_risk"] - true
        inside = true.between(areas["ci_lower"], areas["ci_upper"]).mean()
        width = (areas["ci_upper"] - areas["ci_lower"]).mean()
        rows.append(
            (
                estimate,
                f"{100 * np.sqrt((error**2).mean()):.2f}",
                f"{areas['area_risk'].corr(true, method='spearman'):.2f}",
                f"{inside:.1%}",
                f"{100 * width:.1f}",
                f"{seconds:.0f} s",
            )
        )
    report("demonstration: error in points, Spearman, coverage, width in points, time", rows)
    assert float(rows[1][1]) < float(rows[0][1])
