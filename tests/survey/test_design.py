"""Corrections, second stage and replicate weights: hand calculations, what must be true, what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from riskmodel.i18n import say, translator
from riskmodel.problems import InputProblems, Problem
from riskmodel.study import Replicates
from riskmodel.survey.area_effect import area_variance
from riskmodel.survey.design import SurveyDesign
from riskmodel.survey.logit import fit_survey_model
from riskmodel.survey.variance import covariance_of_totals
from tests.survey.test_logit import DETERMINANTS, simulated


def two_psus() -> pd.DataFrame:
    """One stratum, 2 PSUs of 8; the first has second-stage units a (2 rows), b; the second only c, of 5."""
    return pd.DataFrame(
        {
            "weight": 1.0,
            "psu": ["1", "1", "1", "2"],
            "ssu": ["a", "a", "b", "c"],
            "fpc": 8.0,
            "fpc2": [4.0, 4.0, 4.0, 5.0],
        }
    )


VALUES = np.array([[1.0], [2.0], [1.0], [-4.0]])
USED = np.ones(4, dtype=bool)
BETWEEN = (1 - 2 / 8) * 2 * (4**2 + 4**2)  # PSU totals 4 and −4 around 0
WITHIN = 2 / 8 * (1 - 2 / 4) * 2 * (1**2 + 1**2)  # totals 3 and 1 around 2, in the first PSU


@pytest.mark.parametrize(
    ("rule", "lonely"),
    [
        ("certainty", 0.0),
        ("remove", 0.0),
        ("adjust", 2 / 8 * (1 - 1 / 5) * 4**2),  # −4 around the mean of all, zero
        ("average", WITHIN),  # as much as the other PSU
    ],
)
def test_two_stages_match_the_hand_calculation(rule, lonely):
    found = covariance_of_totals(VALUES, USED, SurveyDesign.from_frame(two_psus()), rule)
    assert found[0, 0] == pytest.approx(BETWEEN + WITHIN + lonely, rel=1e-12)


def test_a_lonely_second_stage_unit_stops_where_no_rule_is_given():
    with pytest.raises(InputProblems) as raised:
        covariance_of_totals(VALUES, USED, SurveyDesign.from_frame(two_psus()), "fail")
    assert said(raised.value.problems[0])["count"] == 1
    whole = two_psus().assign(fpc2=[4.0, 4.0, 4.0, 1.0])  # taken whole: nothing is left to chance
    found = covariance_of_totals(VALUES, USED, SurveyDesign.from_frame(whole), "fail")
    assert found[0, 0] == pytest.approx(BETWEEN + WITHIN, rel=1e-12)


def test_without_a_correction_the_second_stage_adds_nothing():
    """PSUs drawn with replacement: their totals already vary by what was drawn inside."""
    one = covariance_of_totals(VALUES, USED, SurveyDesign.from_frame(two_psus()[["weight", "psu"]]))
    two = covariance_of_totals(VALUES, USED, SurveyDesign.from_frame(two_psus().drop(columns="fpc")))
    assert one[0, 0] == two[0, 0] == pytest.approx(2 * 32)


def test_shares_and_numbers_say_the_same():
    frame = two_psus()
    shares = frame.assign(fpc=2 / 8, fpc2=[2 / 4, 2 / 4, 2 / 4, 1 / 5])
    both = [covariance_of_totals(VALUES, USED, SurveyDesign.from_frame(f)) for f in (frame, shares)]
    assert both[0] == pytest.approx(both[1], rel=1e-12)


def test_more_units_than_there_are_is_refused():
    with pytest.raises(ValueError, match="fpc2"):
        SurveyDesign.from_frame(two_psus().assign(fpc2=[1.0, 1.0, 1.0, 5.0]))


def jackknifed(frame: pd.DataFrame, **settings: object) -> tuple[pd.DataFrame, Replicates]:
    """The survey with a delete-one-PSU jackknife, strata left aside."""
    psus = sorted(frame["psu"].unique())
    factor = len(psus) / (len(psus) - 1)
    columns = {
        f"replicate:{i + 1}": frame["weight"] * factor * (frame["psu"] != psu).astype(float)
        for i, psu in enumerate(psus)
    }
    return frame.assign(**columns), Replicates.model_validate({"columns": "r*", "type": "JK1", **settings})


def test_the_jackknife_is_near_linearisation():
    """Both estimate one variance from 60 PSUs: first-order terms are equal."""
    frame, replicates = jackknifed(simulated(area_sd=0.4))
    jackknife = fit_survey_model(frame, DETERMINANTS, replicates=replicates)
    linear = fit_survey_model(frame.assign(stratum=""), DETERMINANTS)
    assert jackknife.coef.to_list() == linear.coef.to_list()
    np.testing.assert_allclose(jackknife.se, linear.se, rtol=0.05)
    assert jackknife.df == linear.df == 59 - 3
    test, same = (m.diagnostics["archer_lemeshow"] for m in (jackknife, linear))
    assert test["f"] == pytest.approx(same["f"], rel=0.1)
    assert (test["df1"], test["df2"]) == (same["df1"], same["df2"])


def test_everything_made_of_the_covariance_follows_the_replicates():
    """Odds-ratio intervals and errors of marginal effects grow with the scale of the replicates."""
    frame, once = jackknifed(simulated(), scale=1.0)
    one = fit_survey_model(frame, DETERMINANTS, replicates=once)
    four = fit_survey_model(frame, DETERMINANTS, replicates=once.model_copy(update={"scale": 4.0}))
    np.testing.assert_allclose(four.se, 2 * one.se, rtol=1e-9)
    np.testing.assert_allclose(four.marginal["ame_se"], 2 * one.marginal["ame_se"], rtol=1e-9)


def test_a_total_over_replicates_is_the_spread_of_its_totals():
    frame, replicates = jackknifed(simulated(n=300))
    design = SurveyDesign.from_frame(frame, replicates)
    values = (frame["weight"] / frame["weight"].mean() * (frame["outcome"] - 0.3)).to_numpy()[:, None]
    found = covariance_of_totals(values, np.ones(300, dtype=bool), design)
    by_psu = pd.Series(values[:, 0]).groupby(frame["psu"]).sum().to_numpy()
    m = len(by_psu)
    totals = m / (m - 1) * (by_psu.sum() - by_psu)
    assert found[0, 0] == pytest.approx((m - 1) / m * ((totals - totals.mean()) ** 2).sum(), rel=1e-9)


def test_the_scale_of_replicate_weights_does_not_matter():
    frame, replicates = jackknifed(simulated(n=600))
    thousand = frame.assign(**{c: frame[c] * 1000 for c in frame if str(c).startswith("replicate:")})
    one, other = (fit_survey_model(f, DETERMINANTS, replicates=replicates) for f in (frame, thousand))
    np.testing.assert_allclose(one.cov, other.cov, rtol=1e-9)


def test_a_replicate_without_a_solution_is_named():
    """Boys of the countryside who work are all in one PSU; the replicate without it cannot tell their coefficient."""
    frame = simulated()
    lost = frame["psu"] == "7"
    frame["odd"] = pd.Series(np.where(lost & (frame.index % 2 == 0), "here", "elsewhere"), dtype="string")
    frame.loc[lost, "outcome"] = (frame.index[lost] % 4 < 2).astype(float)
    frame, replicates = jackknifed(frame)
    position = sorted(frame["psu"].unique()).index("7") + 1
    with pytest.raises(InputProblems) as raised:
        fit_survey_model(
            frame,
            [*DETERMINANTS, DETERMINANTS[0].model_copy(update={"name": "odd", "reference": ""})],
            replicates=replicates,
        )
    assert said(raised.value.problems[-1]) == {"count": 1, "of": 60, "replicates": str(position)}


def test_too_few_replicates_leave_no_degrees_of_freedom():
    frame, replicates = jackknifed(simulated(n=300))
    few = frame.drop(columns=[f"replicate:{i}" for i in range(4, 61)], errors="ignore")
    model = fit_survey_model(few, DETERMINANTS, replicates=replicates)
    assert model.df == -1
    assert said(next(n for n in model.notes if n.code == "model_no_degrees_of_freedom_replicates"))["count"] == 3
    assert model.coefficients()["ci_lower"].isna().all()


def test_the_record_says_how_errors_were_made():
    frame, replicates = jackknifed(simulated(n=600))
    with_replicates = fit_survey_model(frame, DETERMINANTS, replicates=replicates).diagnostics
    assert with_replicates["design"] == {"variance": "JK1", "replicates": 60, "mse": False}
    assert with_replicates["n_psu"] is None
    corrected = frame.assign(fpc=100.0, ssu="1")
    staged = fit_survey_model(corrected, DETERMINANTS).diagnostics["design"]
    assert staged == {"variance": "linearisation", "stages": 2, "fpc": True, "fpc2": False}


def test_the_variance_between_areas_does_not_depend_on_corrections_or_replicates():
    """It is about areas beyond those drawn, so only weights, units and the fitted risks enter."""
    frame, replicates = jackknifed(simulated(area_sd=0.5))
    frame["area_code"] = pd.Series([f"{int(p) // 2:02d}" for p in frame["psu"]], dtype="string")
    models = [
        fit_survey_model(frame, DETERMINANTS),
        fit_survey_model(frame.assign(fpc=20.0), DETERMINANTS),
        fit_survey_model(frame, DETERMINANTS, replicates=replicates),
    ]
    first, *others = [area_variance(frame, model).record() for model in models]
    assert all(other == pytest.approx(first) for other in others)


def said(problem: Problem) -> dict[str, object]:
    """The values of a problem whose English words are complete."""
    words = say(problem, translator("en"))
    assert words.what
    assert words.mend
    assert "{" not in words.what + words.mend
    return dict(problem.values)
