"""How near the program comes to values known from outside: a census, published odds ratios, R, an invented truth."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tests import bolivia_survey
from tests.bench.measure import report, timed
from tests.survey import test_against_r as with_r
from tests.survey import test_colombia as colombia

pytestmark = pytest.mark.bench


@pytest.mark.data
def test_bolivia_estimate_against_truth(shared_data, tmp_path):
    seconds, (model, scores, table) = timed(lambda: bolivia_survey.run(shared_data, tmp_path))
    found = bolivia_survey.agreement(table)
    national = scores.national
    print("\n" + bolivia_survey.as_markdown(table))
    report(
        "Bolivia 1976, Pando",
        [
            ("children interviewed, of them working", f"{model.n_obs:,}, {model.n_positive}"),
            ("children of the census scored", f"{national['scored']:,.0f} of {national['children']:,.0f}"),
            ("department, estimate and its error", f"{national['area_risk']:.2%} ± {national['se']:.2%}"),
            ("AUC", f"{model.diagnostics['auc']:.3f}"),
            *((name, f"{value:.3f}") for name, value in found.items()),
            ("all of it", f"{seconds:.1f} s"),
        ],
    )
    assert len(table) == 11
    assert found["spearman"] > 0.5


@pytest.mark.data
def test_colombia_odds_ratios(shared_data):
    full = colombia.fitted(shared_data, adjusted=True)
    seconds, named = timed(lambda: colombia.fitted(shared_data, adjusted=False))
    columns = ["odds_ratio", "ci_lower", "ci_upper"]
    ours, alone = (m.coefficients().set_index("term").loc[list(colombia.PRINTED), columns] for m in (full, named))
    rows = []
    for term, printed in colombia.PRINTED.items():
        cells = [
            f"{t.odds_ratio:.2f} ({t.ci_lower:.2f} to {t.ci_upper:.2f})" for t in (ours.loc[term], alone.loc[term])
        ]
        rows.append((term, f"{printed:.2f}", *cells))
    rows.append(("n", "25,550", f"{full.n_obs:,}", f"{named.n_obs:,}"))
    rows.append(("AUC", "0.826", f"{full.diagnostics['auc']:.3f}", f"{named.diagnostics['auc']:.3f}"))
    report(f"Colombia, ECV 2019: printed, with the adjustments, named determinants alone ({seconds:.1f} s a fit)", rows)
    assert (ours["odds_ratio"].round(2) == pd.Series(colombia.PRINTED)).all()


def test_agreement_with_r():
    reference = pd.read_csv(with_r.REFERENCE / "survey_logit.csv")
    coefficients = max(with_r.assert_same(reference, case) for case in with_r.CASES)
    want = pd.read_csv(with_r.REFERENCE / "survey_covariance.csv", index_col=0)
    want = want.rename(index=with_r.R_NAMES, columns=with_r.R_NAMES)
    got = with_r.fitted("domain_adjust").cov.loc[want.index, want.columns]
    scale = np.sqrt(np.outer(np.diag(want), np.diag(want)))
    covariance = float(np.abs((got - want) / scale).to_numpy().max())
    fit = pd.read_csv(with_r.REFERENCE / "survey_fit_test.csv").iloc[0]
    ours = with_r.fitted("domain").diagnostics["archer_lemeshow"]
    test = max(abs(ours["f"] / fit["f"] - 1), abs(ours["p_value"] / fit["p"] - 1))
    report(
        "largest relative difference with R",
        [
            (f"coefficients and standard errors, {len(with_r.CASES)} designs", f"{coefficients:.0e}"),
            ("covariance matrix, by the standard errors", f"{covariance:.0e}"),
            ("Archer–Lemeshow test, F and p", f"{test:.0e}"),
        ],
    )
    assert max(coefficients, covariance) < 1e-7
    assert test < 1e-6


def test_demonstration_against_its_truth(demonstration):
    areas = pd.read_csv(demonstration.results / "areas.csv", dtype={"area_code": str}).set_index("area_code")
    truth = pd.read_csv(demonstration.study.parent / "riesgo_verdadero.csv", dtype={"codigo": str})
    true = truth.set_index("codigo")["riesgo_verdadero"].reindex(areas.index)
    inside = true.between(areas["ci_lower"], areas["ci_upper"]).mean()
    manifest = json.loads((demonstration.results / "manifest.json").read_text(encoding="utf-8"))
    found = areas["area_risk"].corr(true, method="spearman")
    report(
        "demonstration, estimate against the truth it was drawn from",
        [
            ("municipalities", len(areas)),
            ("Spearman", f"{found:.2f}"),
            ("mean absolute difference, points", f"{100 * (areas['area_risk'] - true).abs().mean():.2f}"),
            (f"inside their 95 % interval ({manifest['interval']})", f"{inside:.1%}"),
        ],
    )
    assert found > 0.6
    assert inside > 0.85
