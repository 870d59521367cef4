"""Fit of 100,000 children and 40 parameters beside R's svyglm, in one run. Run by `make bench`, prints its figures."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.study import Determinant, Rule
from riskmodel.survey.assessment import assess
from riskmodel.survey.logit import fit_survey_model
from riskmodel.survey.selection import propose
from tests.bench.measure import report

pytestmark = pytest.mark.bench

CHILDREN, PER_PSU, STRATA = 100_000, 25, 50
CATEGORIES = (2, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7)  # with two numbers and the intercept: 41 parameters

R = """
suppressMessages(library(survey))
d <- read.csv("FILE", stringsAsFactors = TRUE)
f <- as.formula(paste("outcome ~", paste(setdiff(names(d), c("outcome", "weight", "stratum", "psu")), collapse = "+")))
once <- function() system.time({
  s <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = d)
  m <<- svyglm(f, s, family = quasibinomial(), control = glm.control(epsilon = 1e-14, maxit = 100))
})
times <- sapply(1:3, function(i) { t <- once(); c(t[["elapsed"]], t[["user.self"]] + t[["sys.self"]]) })
cat(apply(times, 1, median), sprintf("%.16g", c(coef(m), sqrt(diag(vcov(m))))), sep = "\\n")
"""


def children(seed: int = 1) -> tuple[pd.DataFrame, list[Determinant]]:
    rng = np.random.default_rng(seed)
    psu = np.repeat(np.arange(CHILDREN // PER_PSU), PER_PSU)
    eta, columns, determinants = np.full(CHILDREN, -2.6), {}, []
    for position, count in enumerate(CATEGORIES):
        code, name = rng.integers(0, count, CHILDREN), f"d{position}"
        eta = eta + np.append(0.0, rng.normal(0, 0.3, count - 1))[code]
        columns[name] = pd.array(np.array(list("abcdefg"))[code], dtype="string")
        determinants.append(Determinant(name=name, survey=Rule(column=name), reference="a"))
    for name, decimals in (("x0", 0), ("x1", 3)):
        columns[name] = np.round(rng.normal(10, 3, CHILDREN), decimals)
        eta = eta + (columns[name] - 10) * 0.05
        determinants.append(Determinant(name=name, kind="numeric", survey=Rule(column=name)))
    frame = pd.DataFrame(columns)
    frame["outcome"] = (rng.random(CHILDREN) < 1 / (1 + np.exp(-eta))).astype(float)
    frame["weight"] = rng.uniform(50, 500, CHILDREN).round(3)
    frame["stratum"] = pd.array([f"s{p % STRATA}" for p in psu], dtype="string")
    frame["psu"] = pd.array([f"p{p}" for p in psu], dtype="string")
    return frame, determinants


def median_of(times: int, work: Callable[[], object]) -> tuple[float, float]:
    """Median seconds by the clock, and of the processor."""
    found = []
    for _ in range(times):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - clock, time.process_time() - processor))
    wall, cpu = zip(*found, strict=True)
    return float(np.median(wall)), float(np.median(cpu))


def test_fit_judge_and_propose_beside_svyglm(tmp_path: Path):
    frame, determinants = children()
    frame.to_csv(tmp_path / "children.csv", index=False)
    model = fit_survey_model(frame.assign(in_domain=True), determinants)
    table = frame.assign(in_domain=True)
    ours = median_of(3, lambda: fit_survey_model(table, determinants))
    judged = median_of(1, lambda: assess(table, model))
    proposed = median_of(1, lambda: propose(table, determinants))
    rows = [
        ("fit, with marginal effects and diagnostics", *(f"{s:.1f} s" for s in ours)),
        ("judging: ROC, cross-validation, influence", *(f"{s:.1f} s" for s in judged)),
        ("proposal: backward elimination, L1 path", *(f"{s:.1f} s" for s in proposed)),
    ]
    if shutil.which("Rscript"):
        script = tmp_path / "fit.R"
        script.write_text(R.replace("FILE", str(tmp_path / "children.csv")))
        done = subprocess.run(["Rscript", str(script)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        values = [float(line) for line in done.stdout.split()]
        names = len(model.coef)
        got = np.concatenate([model.coef.to_numpy(), model.se.to_numpy()])
        want = np.array(values[2:])
        ratio = [theirs / mine for theirs, mine in zip(values[:2], ours, strict=True)]
        rows.append(("R svyglm, the fit alone", *(f"{s:.1f} s" for s in values[:2])))
        rows.append(("svyglm over ours", *(f"{r:.1f}" for r in ratio)))
        assert np.abs(got / want - 1).max() < 1e-4  # R stops where it stops; `test_api_against_r.py` compares exactly
        assert len(want) == 2 * names
    report(f"Fit of {len(frame):,} children, {len(model.coef)} parameters", rows)
    assert ours[1] < 20
