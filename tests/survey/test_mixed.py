"""The random-intercept model: R lme4, numerical integrals, weights as repeated rows, and what must not matter.

The reference files are made by `tests/reference/mixed_logit.R`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import norm

from riskmodel.problems import InputProblems
from riskmodel.survey.logit import fit_survey_model
from riskmodel.survey.mixed import SD, MixedLogit, fit_mixed_logit, scaled_within
from riskmodel.survey.mixed_likelihood import Likelihood
from riskmodel.survey.quadrature import group_cells, posterior, rule
from tests.survey.test_against_r import DETERMINANTS as IN_R
from tests.survey.test_against_r import R_NAMES, REFERENCE, survey
from tests.survey.test_area_effect import DETERMINANTS, world


def in_r() -> pd.DataFrame:
    """The rows R used; areas are PSUs by stratum, as in the script."""
    frame = survey()
    frame = frame[(frame["age"] >= 5) & frame["zone"].notna()].reset_index(drop=True)
    frame["area_code"] = frame["stratum"] + " " + frame["psu"]
    return frame


def fitted(frame: pd.DataFrame, determinants=DETERMINANTS, **how) -> MixedLogit:
    return fit_mixed_logit(frame, fit_survey_model(frame, determinants).terms, **how)


@pytest.mark.parametrize("nodes", [7, 15])
def test_without_weights_the_fit_agrees_with_lme4(nodes):
    want = pd.read_csv(REFERENCE / "mixed_logit.csv").query("nodes == @nodes").set_index("term")["value"]
    model = fitted(in_r(), IN_R[:3], adjusted=False, weighted=False, points=nodes)
    fixed = want.drop(["sd", "log_likelihood"]).rename(R_NAMES)
    assert model.coef[fixed.index].to_numpy() == pytest.approx(fixed.to_numpy(), abs=1e-4)
    assert model.sd == pytest.approx(want["sd"], abs=1e-4)
    assert model.log_likelihood == pytest.approx(want["log_likelihood"], abs=1e-6)
    modes = pd.read_csv(REFERENCE / "mixed_logit_effects.csv").query("nodes == @nodes").set_index("area")["mode"]
    assert model.posterior.mode == pytest.approx(modes.reindex(model.codes).to_numpy(), abs=1e-3)


def test_the_posterior_is_that_of_a_numerical_integral():
    model = fitted(world(1, sd=0.6, areas=30).survey)
    cells, found = model.sample.cells, model.posterior
    eta = cells.x @ np.linalg.solve(model.sample.unit, model.coef.to_numpy())
    for d in (0, 7):
        inside = cells.area == d

        def joint(u, inside=inside, d=d):
            p = expit(eta[inside] + u)
            log_lik = cells.positive[inside] @ np.log(p) + (cells.total - cells.positive)[inside] @ np.log1p(-p)
            return np.exp(log_lik - found.log_likelihood[d]) * norm.pdf(u, scale=model.sd)

        whole = quad(joint, -6, 6, points=[0], epsabs=1e-12)[0]
        mean = quad(lambda u: u * joint(u), -6, 6, points=[0], epsabs=1e-12)[0]
        assert whole == pytest.approx(1, rel=1e-7)
        assert model.effect["effect"].iloc[d] == pytest.approx(mean, abs=1e-8)


def test_a_weight_is_so_many_children():
    """Children of weight 1, 2 or 3 give the likelihood of rows written once, twice or three times."""
    frame = world(2, sd=0.5, areas=40).survey
    x = fit_survey_model(frame, DETERMINANTS).terms.matrix(frame)
    y, area = frame["outcome"].to_numpy(), pd.factorize(frame["area_code"])[0]
    weight = np.tile([1.0, 2.0, 3.0], len(frame))[: len(frame)]
    times = np.repeat(np.arange(len(frame)), weight.astype(int))
    once, _ = group_cells(x, y, weight, area)
    written, _ = group_cells(x[times], y[times], np.ones(len(times)), area[times])
    coef = np.array([-2.5, 0.6, 0.8])
    ours, theirs = posterior(once, once.x @ coef, 0.5), posterior(written, written.x @ coef, 0.5)
    np.testing.assert_allclose(ours.log_likelihood, theirs.log_likelihood, rtol=1e-12)
    np.testing.assert_allclose(ours.mode, theirs.mode, atol=1e-12)


def test_scaled_weights_add_up_to_the_effective_number_of_children():
    """Weights 1, 1, 2: 16 / 6 children; equal weights: their number."""
    got = scaled_within(np.array([1.0, 1.0, 2.0, 5.0, 5.0]), np.array([0, 0, 0, 1, 1]))
    assert got == pytest.approx([4 / 6, 4 / 6, 8 / 6, 1, 1])


def test_scale_and_order_of_rows_change_nothing():
    frame = world(3, sd=0.5, areas=40).survey
    first = fitted(frame)
    shuffled = frame.sample(frac=1, random_state=1).reset_index(drop=True)
    factor = shuffled["area_code"].map(dict(zip(first.codes, np.linspace(1, 900, 40), strict=True))).astype(float)
    terms = first.terms
    second = fit_mixed_logit(shuffled.assign(weight=shuffled["weight"] * factor), terms)
    assert second.coef.to_numpy() == pytest.approx(first.coef.to_numpy(), abs=1e-6)
    assert second.sd == pytest.approx(first.sd, abs=1e-6)
    assert second.cov.to_numpy() == pytest.approx(first.cov.to_numpy(), rel=1e-4, abs=1e-8)


def test_the_information_is_the_slope_of_the_gradient():
    model = fitted(world(4, sd=0.5, areas=30).survey)
    cells = model.sample.cells
    at = np.append(np.linalg.solve(model.sample.unit, model.coef.to_numpy()), np.log(model.sd)) + 0.05
    likelihood = Likelihood(cells, True, 15)
    step = 1e-5
    for j in range(len(at)):
        ahead, behind = at.copy(), at.copy()
        ahead[j], behind[j] = at[j] + step, at[j] - step
        value = (likelihood.value(ahead) - likelihood.value(behind)) / (2 * step)
        slope = (likelihood.gradient(ahead) - likelihood.gradient(behind)) / (2 * step)
        assert likelihood.gradient(at)[j] == pytest.approx(value, abs=1e-7)
        assert likelihood.hessian(at)[j] == pytest.approx(slope, abs=1e-6)


def test_without_differences_the_standard_deviation_is_zero_or_small():
    """As much like one another as chance lets areas be, or less: seed 1 has no excess."""
    frame = world(1, sd=0.0, areas=60).survey
    plain = fitted(frame, adjusted=False)
    adjusted = fitted(frame)
    assert 0 < adjusted.sd < 0.4
    assert plain.sd < adjusted.sd
    flat = frame.assign(outcome=(np.arange(len(frame)) % 8 == 0).astype(float))
    none = fitted(flat, adjusted=False)
    assert none.sd == 0
    assert {p.code for p in none.notes} == {"prediction_no_differences"}
    assert none.effect["effect"].abs().max() == 0
    assert np.isfinite(none.cov.to_numpy()).all()


def test_known_parameters_are_found_again():
    """Mean over ten worlds of 150 areas with sd 0.5."""
    found = [fitted(world(seed, sd=0.5).survey) for seed in range(10)]
    assert np.mean([m.sd for m in found]) == pytest.approx(0.5, abs=0.05)
    boys = np.array([m.coef["sex=boy"] for m in found])
    assert boys.mean() == pytest.approx(0.7, abs=0.06)
    se = np.mean([np.sqrt(m.cov.loc["sex=boy", "sex=boy"]) for m in found])
    assert se == pytest.approx(boys.std(ddof=1), rel=0.6)
    assert list(found[0].cov.index) == [*found[0].terms.names, SD]


def test_the_rule_is_exact_for_moments_of_a_normal_variable():
    z, v = rule(7)
    assert [v @ z**k for k in (0, 1, 2, 4, 6)] == pytest.approx([1, 0, 1, 3, 15], abs=1e-12)


def test_few_areas_and_no_column_are_refused():
    frame = world(5, sd=0.5, areas=12).survey
    terms = fit_survey_model(frame, DETERMINANTS).terms
    with pytest.raises(InputProblems) as few:
        fit_mixed_logit(frame, terms)
    assert [p.code for p in few.value.problems] == ["prediction_few_areas"]
    assert few.value.problems[0].values == {"count": 12, "wanted": 20}
    with pytest.raises(InputProblems) as absent:
        fit_mixed_logit(frame.drop(columns="area_code"), terms)
    assert [p.code for p in absent.value.problems] == ["prediction_no_column"]


def test_a_separated_outcome_is_a_problem_and_no_crash():
    """Rows without an area kept the whole fit from separating; the rest is separated."""
    frame = world(6, sd=0.3, areas=40).survey
    frame.loc[frame["zone"] == "rural", "outcome"] = 0.0
    rescue = frame["zone"].eq("rural").to_numpy().nonzero()[0][:30]
    frame.loc[rescue, "outcome"] = 1.0
    frame.loc[rescue, "area_code"] = ""
    with pytest.raises(InputProblems) as found:
        fitted(frame)
    assert found.value.problems[0].code in ("model_separation", "prediction_not_converged")
