"""Colombia, ECV 2019: the odds ratios of `ti_amplio` printed beside the data.

The printed model names six determinants and its number of children, 25,550: those of known age whose household has an
income. It does not list what else was held constant. The four adjustments below are a reconstruction: they were searched
for among the columns of the file until all seven odds ratios, n and AUC came out as printed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.study import Determinant, Rule
from riskmodel.survey.logit import SurveyModel, fit_survey_model

pytestmark = pytest.mark.data

PRINTED = {
    "school=rural": 6.35,
    "school=centre": 3.74,
    "indigenous=yes": 2.12,
    "head=primary_or_less": 1.85,
    "head=above_secondary": 0.60,
    "programme=yes": 1.59,
    "age": 1.23,
}
REFERENCES = {"school": "seat", "indigenous": "no", "head": "secondary", "programme": "no"}
NAMED = [*(Determinant(name=n, survey=Rule(column=n), reference=r) for n, r in REFERENCES.items())]
NAMED.append(Determinant(name="age", kind="numeric", survey=Rule(column="age")))
ADJUSTED = ["low_stratum", "father_at_home", "persons", "log_income", "no_income"]


def children(folder: Path) -> pd.DataFrame:
    """The frame of the fit: weight FEX_C, every dwelling (DIRECTORIO) a PSU, no strata published."""
    table = pd.read_csv(folder / "colombia" / "ecv2019_ninos_5_11.csv.gz")
    education = table["jefe_nivel_educ"]
    head = np.select([education <= 3, education >= 6], ["primary_or_less", "above_secondary"], "secondary")
    yes = {True: "yes", False: "no"}
    income = table["ingreso_percapita"]
    log_income = np.log(income.where(income > 0))
    known = table["edad"].notna() & income.notna()
    frame = pd.DataFrame(
        {
            "outcome": table["ti_amplio"].astype(float),
            "weight": table["FEX_C"],
            "psu": table["DIRECTORIO"].astype("string"),
            "school": table["ubicacion_escuela_P6223"].map({1: "seat", 2: "centre", 3: "rural"}),
            "indigenous": (table["etnia_P6080"] == 1).map(yes),
            "head": head,
            "programme": (table["hogar_programa_P784S1"] == 1).map(yes),
            "age": table["edad"].where(known),
            # Strata 2 to 6 against stratum 1 and households without a meter, with a generator or unknown.
            "low_stratum": (~table["estrato_energia_P8520S1A1"].between(2, 6)).astype(float),
            "father_at_home": (table["vive_con_padre_P6081"] == 1).astype(float),
            "persons": table["personas_5mas"].astype(float),
            "log_income": log_income.fillna(log_income[table["edad"].notna()].mean()),
            "no_income": (income == 0).astype(float),
        }
    )
    return frame.astype(dict.fromkeys(REFERENCES, "string"))


def fitted(folder: Path, adjusted: bool) -> SurveyModel:
    more = [Determinant(name=n, kind="numeric", survey=Rule(column=n)) for n in ADJUSTED] if adjusted else []
    return fit_survey_model(children(folder), [*NAMED, *more])


def test_odds_ratios_are_those_printed(shared_data):
    model = fitted(shared_data, adjusted=True)
    table = model.coefficients().set_index("term")
    assert model.n_obs == 25_550
    assert table.loc[list(PRINTED), "odds_ratio"].round(2).to_dict() == PRINTED
    assert round(model.diagnostics["auc"], 3) == 0.826


def test_printed_odds_ratios_lie_in_the_intervals_of_the_named_determinants_alone(shared_data):
    model = fitted(shared_data, adjusted=False)
    table = model.coefficients().set_index("term").loc[list(PRINTED)]
    printed = pd.Series(PRINTED)
    assert model.n_obs == 25_550
    assert ((table["ci_lower"] < printed) & (printed < table["ci_upper"])).all()
    assert model.diagnostics["auc"] == pytest.approx(0.826, abs=0.005)


def test_weighted_prevalence_is_that_printed(shared_data):
    """4.60 % of all children of the module."""
    frame = children(shared_data)
    assert np.average(frame["outcome"], weights=frame["weight"]) == pytest.approx(0.0460, abs=5e-5)
