"""Write a fitted model to `model.json`, and read one that another office wrote.

What is read gives exactly what was written: numbers keep every digit, and a file that was changed is refused, since a
coefficient moved by hand would look like an estimate.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from pydantic import ValidationError

from riskmodel.problems import InputProblems, Problem, Where, raise_errors
from riskmodel.study import Determinant, Rule, Study
from riskmodel.survey.area_effect import AreaVariance
from riskmodel.survey.logit import SurveyModel
from riskmodel.survey.model_schema import (
    FORMAT,
    READ,
    VERSION,
    ModelAge,
    ModelAreaEffect,
    ModelDeterminant,
    ModelOutcome,
    ModelSource,
    ModelTerm,
    Piece,
    PortableModel,
)
from riskmodel.survey.terms import Terms

OfFile = TypeVar("OfFile", bound=Piece)

MODEL_FILE = "model.json"

# No model of this format comes near this size; a larger file is something else.
MOST_BYTES = 20_000_000

# Diagnostics that travel: figures of the whole fit. Anything that names a unit of the survey stays at home.
DIAGNOSTICS = (
    "n_obs", "n_positive", "n_psu", "n_strata", "df", "lonely_psu", "references", "prevalence", "auc", "brier",
    "tjur_r2", "classification", "calibration", "archer_lemeshow", "curves", "combinations",
)  # fmt: skip

# An eigenvalue of the correlations of the coefficients this far below zero is no rounding.
ROUNDING = 1e-8


def portable_model(
    study: Study, model: SurveyModel, between: AreaVariance, shares: pd.DataFrame, fingerprint: str, program: str
) -> PortableModel:
    """What travels of a fitted model.

    Parameters
    ----------
    study : Study
        The one it was fitted with; it has a survey and a population.
    between : AreaVariance
        Of the same model.
    shares : DataFrame
        determinant, category, share (0–1): weighted, of the survey, as `survey_shares` gives them.
    fingerprint, program : str
        Of the run, and of what made it.
    """
    assert study.survey is not None
    assert study.population is not None
    effect = between.record()
    effect.pop("sd")
    made = PortableModel(
        format=FORMAT,
        version=VERSION,
        program=program,
        fingerprint=fingerprint,
        checksum="",
        study=study.study.name,
        country=study.study.country,
        synthetic=study.study.synthetic,
        outcome=model_outcome(study),
        survey=ModelSource(source=study.survey.source or study.outcome.source, year=study.survey.year),
        population=ModelSource(source=study.population.source, year=study.population.year),
        determinants=tuple(_determinant(d, model.terms, shares) for d in study.determinant),
        interactions=model.terms.interactions,
        terms=_terms(model),
        covariance=tuple(tuple(map(float, row)) for row in model.cov.to_numpy()),
        df=model.df,
        n_obs=model.n_obs,
        n_positive=model.n_positive,
        prevalence=model.prevalence,
        area_effect=ModelAreaEffect(unadjusted=effect.pop("variance_unadjusted"), **effect),
        diagnostics={key: model.diagnostics[key] for key in DIAGNOSTICS if key in model.diagnostics},
    )
    return made.model_copy(update={"checksum": checksum(made)})


def write_model(record: Mapping[str, Any], path: Path) -> None:
    """Write a model, as `PortableModel.model_dump(mode="json")` gives it; readable by a person, every digit kept."""
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def read_model(path: Path) -> PortableModel:
    """Read and check a survey model.

    Raises
    ------
    InputProblems
        As `read_record` and `checked_model`; `model_inconsistent`: parts that do not belong together; `model_changed`: the
        file is not as it was written.
    """
    model = checked_model(PortableModel, read_record(path), path.name)
    problems = [Problem("model_inconsistent", Where(path.name, key=key)) for key in _inconsistent(model)]
    if model.checksum != checksum(model):
        problems.append(Problem("model_changed", Where(path.name)))
    raise_errors(problems)
    return model


def read_record(path: Path) -> dict[str, Any]:
    """What a model file of any kind holds, unchecked but for format and version.

    Raises
    ------
    InputProblems
        `file_absent`; `model_not_json`; `model_not_ours`: other JSON; `model_version_unknown`.
    """
    where = Where(path.name)
    raw = _json(path, where)
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise InputProblems([Problem("model_not_ours", where)])
    if raw.get("version") not in READ:
        values = {"version": str(raw.get("version", "?"))[:20], "known": VERSION}
        raise InputProblems([Problem("model_version_unknown", where, values)])
    return raw


def checked_model(kind: type[OfFile], raw: Mapping[str, Any], file: str) -> OfFile:
    """The record as a model; raises `InputProblems` with `model_wrong_value`: what the schema refuses, by key."""
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        keys = dict.fromkeys(".".join(map(str, found["loc"])) for found in error.errors())
        raise InputProblems(Problem("model_wrong_value", Where(file, key=key)) for key in keys) from error


def checksum(model: PortableModel) -> str:
    """SHA-256 of all but the checksum itself; how the file is laid out does not matter.

    What a file of an earlier version does not have is no part of its checksum.
    """
    content = as_it_came(model)
    del content["checksum"]
    return digest(content)


def as_it_came(model: PortableModel) -> dict[str, Any]:
    """A model's record; a file of an earlier version has no more in it than it came with."""
    return model.model_dump(mode="json", exclude_unset=model.version < VERSION)


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of a record, its keys sorted."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def survey_model(model: PortableModel) -> SurveyModel:
    """The model as `score_population` takes it."""
    names = [term.term for term in model.terms]
    terms = _terms_of(model)
    marginal = [(t.term, t.ame, t.ame_se) for t in model.terms if t.determinant]
    return SurveyModel(
        terms=terms,
        coef=pd.Series([t.coef for t in model.terms], index=names, name="coef"),
        cov=pd.DataFrame(np.array(model.covariance), index=names, columns=names),
        df=model.df,
        n_obs=model.n_obs,
        n_positive=model.n_positive,
        prevalence=model.prevalence,
        marginal=pd.DataFrame(marginal, columns=["term", "ame", "ame_se"]).astype({"ame": float, "ame_se": float}),
        diagnostics=dict(model.diagnostics),
    )


def area_variance_of(model: PortableModel) -> AreaVariance:
    """Variance of area effects that came with the model."""
    return AreaVariance(**model.area_effect.model_dump())


def shares_of(model: PortableModel) -> pd.DataFrame:
    """Shares of the survey's categories: determinant, category, share."""
    rows = [(d.name, category, share) for d in model.determinants for category, share in d.shares.items()]
    return pd.DataFrame(rows, columns=["determinant", "category", "share"])


def _json(path: Path, where: Where) -> Any:
    """What the file holds."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputProblems([Problem("model_not_ours", where)])
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise InputProblems([Problem("file_absent", where)]) from error
    except (ValueError, RecursionError) as error:
        raise InputProblems([Problem("model_not_json", where)]) from error


def model_outcome(study: Study) -> ModelOutcome:
    """What was measured, as a model file says it."""
    outcome, age = study.outcome, study.outcome.age
    return ModelOutcome(
        name=outcome.name,
        definition=outcome.definition,
        source=outcome.source,
        year=outcome.year,
        boundary=outcome.boundary,
        computed=outcome.computed,
        age=ModelAge(min=age.min, max=age.max, population_column=age.population_column or age.column) if age else None,
    )


def _determinant(determinant: Determinant, terms: Terms, shares: pd.DataFrame) -> ModelDeterminant:
    mine = shares[shares["determinant"] == determinant.name]
    return ModelDeterminant(
        name=determinant.name,
        label=determinant.label,
        group=determinant.group,
        kind=determinant.kind,
        categories=tuple(terms.categories.get(determinant.name, ())),
        knots=tuple(terms.knots.get(determinant.name, ())),
        shares={str(c): float(s) for c, s in zip(mine["category"], mine["share"], strict=True)},
        survey=_finite(determinant.survey),
        population=_finite(determinant.population_rule),
    )


def _finite(rule: Rule) -> Rule:
    """A rule whose open bands end at the largest number: JSON has no infinity."""
    if rule.bands is None:
        return rule
    most = sys.float_info.max
    ends = {name: (max(low, -most), min(high, most)) for name, (low, high) in rule.bands.items()}
    return rule.model_copy(update={"bands": ends})


def _terms(model: SurveyModel) -> tuple[ModelTerm, ...]:
    effects = model.marginal.set_index("term")

    def effect(term: str, column: str) -> float | None:
        value = effects[column].get(term)
        return None if value is None or pd.isna(value) else float(value)

    return tuple(
        ModelTerm(
            term=t.name,
            determinant=t.determinant,
            category=t.category,
            coef=float(model.coef[t.name]),
            ame=effect(t.name, "ame"),
            ame_se=effect(t.name, "ame_se"),
        )
        for t in model.terms.terms
    )


def _terms_of(model: PortableModel) -> Terms:
    """The terms that determinants, knots and interactions of the file stand for."""
    return Terms.made(
        [d.name for d in model.determinants],
        {d.name: d.categories for d in model.determinants if d.kind == "categorical"},
        {d.name: d.knots for d in model.determinants if d.knots},
        model.interactions,
    )


def _inconsistent(model: PortableModel) -> list[str]:
    """Keys of the parts that do not belong together."""
    found = []
    names = [d.name for d in model.determinants]
    if len(set(names)) < len(names):
        found.append("determinants")
    for i, d in enumerate(model.determinants):
        if d.knots and (d.kind != "numeric" or len(d.knots) < 3 or any(a >= b for a, b in pairwise(d.knots))):
            found.append(f"determinants.{i}.knots")
        if d.kind != "numeric":
            if len(d.categories) < 2 or len(set(d.categories)) < len(d.categories):
                found.append(f"determinants.{i}.categories")
            if d.shares and not set(d.categories) <= set(d.shares):
                found.append(f"determinants.{i}.shares")
    if any(a == b or not {a, b} <= set(names) for a, b in model.interactions) or (
        model.version == 1 and (model.interactions or any(d.knots for d in model.determinants))
    ):
        return [*found, "interactions"]
    wanted = [(t.name, t.determinant, t.category) for t in _terms_of(model).terms]
    if [(t.term, t.determinant, t.category) for t in model.terms] != wanted:
        found.append("terms")
    size = len(model.terms)
    if len(model.covariance) != size or any(len(row) != size for row in model.covariance):
        return [*found, "covariance"]
    if not is_covariance(np.array(model.covariance)):
        found.append("covariance")
    return found


def is_covariance(cov: np.ndarray) -> bool:
    """Symmetric, and no combination of the coefficients has a variance below zero."""
    scale = np.sqrt(np.where(np.diag(cov) > 0, np.diag(cov), 1.0))
    correlation = cov / np.outer(scale, scale)
    symmetric = bool(np.abs(correlation - correlation.T).max() < ROUNDING)
    return symmetric and bool(np.linalg.eigvalsh(correlation).min() > -ROUNDING)
