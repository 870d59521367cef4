"""Shift the risks of each domain so that the domain's mean is the survey's direct estimate.

One shift per domain, on the logit scale, the same for every child in it. A domain without a reliable direct estimate
keeps the model's risks.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from riskmodel.population.engine import Engine
from riskmodel.population.scoring import exact_sum, largest, totals
from riskmodel.survey.benchmark import direct_name
from riskmodel.survey.logit import SurveyModel
from riskmodel.survey.terms import INTERCEPT

CLOSE = 1e-12
MOST_STEPS = 50


@dataclass(frozen=True)
class Target:
    """What the population is to agree with.

    domain_of : domain by area_code, for areas in a domain with a reliable direct estimate.
    direct : that estimate, a proportion by domain.
    cov : joint covariance of coefficients and direct estimates, as `direct_estimates` gives it.
    """

    domain_of: pd.Series
    direct: pd.Series
    cov: pd.DataFrame


@dataclass(frozen=True)
class Benchmark:
    """What the shifts were, and what they do to errors.

    table : domain, children, model (mean risk before), shift (logit scale), direct.
    before : area_risk of the model alone, by area_code, every area.
    """

    table: pd.DataFrame
    before: pd.Series
    names: tuple[str, ...]  # the terms, then the direct estimates: columns of gradients from here on
    cov: pd.DataFrame  # of these
    domain_of: pd.Series
    slopes: pd.DataFrame  # by domain: Σ v p (1 − p) x of each term after the shift
    scored: pd.Series  # Σ v of the children by domain

    def linearise(self, sums: pd.DataFrame) -> pd.DataFrame:
        """Sums by area (from `totals`) with their derivatives by the direct estimates beside those by the coefficients.

        The shift s of a domain D solves M(β, s) = R, so that ds = (dR − dM/dβ · dβ) / (dM/ds): a coefficient that moves
        all of D alike moves nothing, and the error of the direct estimate enters in its place.
        """
        out = sums.copy()
        domain = sums["area_code"].map(self.domain_of)
        terms = list(self.slopes.columns)
        for name in self.slopes.index:
            of_domain = self.slopes.loc[name].to_numpy(dtype=float)
            part = np.where(domain == name, sums[INTERCEPT].to_numpy(dtype=float) / of_domain[0], 0.0)
            out[terms] -= np.outer(part, of_domain)
            out[direct_name(str(name))] = part * float(self.scored[name])
        return out


def benchmark(
    engine: Engine, scored: ir.Table, model: SurveyModel, target: Target, size: pd.Series
) -> tuple[ir.Table, Benchmark]:
    """The scored rows with shifted risks, and the shifts.

    Newton's method on logit of the domain's mean; each step is one pass of the engine over the rows, so the agreement
    is exact for every kind of determinant.
    """
    by_area = totals(scored, ["area_code"], model.terms, size)
    before = (by_area["risk"] / by_area["scored"].where(by_area["scored"] > 0)).set_axis(by_area["area_code"])
    domains = list(target.direct.index)
    position = {name: i for i, name in enumerate(domains)}
    placed = by_area["area_code"].map(target.domain_of).map(position)
    # An unscored child counts with the mean of its area, here as in the figures of parent units.
    expansion = by_area["children"] / by_area["scored"].where(by_area["scored"] > 0)
    known = pd.DataFrame({"of_area": by_area["area_code"], "domain": placed, "expansion": expansion}).dropna()
    known = known.astype({"domain": "int64"})
    size = pd.Series({"weight": float(size["weight"]) * float(known["expansion"].max())}) if len(known) else size
    places = ibis.memtable(known)
    joined = scored.left_join(places, scored.area_code == places.of_area)
    rows = engine.store(joined.select(*scored.columns, "domain", "expansion"))

    goal = target.direct.to_numpy(dtype=float)
    shift = np.zeros(len(domains))
    model_mean = np.full(len(domains), np.nan)
    for step in range(MOST_STEPS):
        mean, slope, children = _means(rows, shift, size)
        if step == 0:
            model_mean, there = mean, ~np.isnan(mean)
        if np.abs(mean - goal)[there].max(initial=0.0) < CLOSE:
            break
        move = (_logit(goal) - _logit(mean)) * mean * (1 - mean) / slope
        shift = np.where(there, shift + move, 0.0)
    shifted = engine.store(rows.mutate(person_risk=_shifted(rows, shift)).drop("domain", "expansion"))
    found = pd.DataFrame(
        {"domain": domains, "children": children, "model": model_mean, "shift": shift, "direct": goal}
    )[there]  # fmt: skip
    after = totals(shifted, ["area_code"], model.terms, largest(shifted, model.terms))
    columns = ["scored", *model.terms.names]
    after[columns] = after[columns].mul(expansion, axis=0)
    sums = after.groupby(after["area_code"].map(target.domain_of))[columns].sum().loc[found["domain"]]
    names = (*model.terms.names, *map(direct_name, found["domain"]))
    cov = target.cov.loc[list(names), list(names)]
    table = found.reset_index(drop=True)
    return shifted, Benchmark(
        table, before, names, cov, target.domain_of, sums[model.terms.names], sums["scored"]
    )  # fmt: skip


def _means(rows: ir.Table, shift: np.ndarray, size: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean risk, its derivative by the shift, and children of each domain; missing where nobody is scored."""
    weight = rows.weight * rows.expansion / float(size["weight"])
    shifted = rows.mutate(moved=_shifted(rows, shift))
    p = shifted.moved
    sums = {
        "children": exact_sum(weight, where=p.notnull()),
        "risk": exact_sum(weight * p),
        "slope": exact_sum(weight * p * (1 - p)),
    }
    found = shifted.filter(shifted.domain.notnull()).group_by("domain").agg(**sums)
    table = found.mutate(**{name: found[name].cast("float64") for name in sums}).to_pandas().set_index("domain")
    table = table.reindex(range(len(shift)))
    children = table["children"].where(table["children"] > 0)
    return (
        (table["risk"] / children).to_numpy(dtype=float),
        (table["slope"] / children).to_numpy(dtype=float),
        (children * float(size["weight"])).round(6).to_numpy(dtype=float),
    )


def _shifted(rows: ir.Table, shift: np.ndarray) -> ir.Value:
    """p after the shift of the row's domain: odds times exp(shift)."""
    cases = [(rows.domain == i, ibis.literal(float(factor))) for i, factor in enumerate(np.exp(shift))]
    factor = ibis.cases(*cases, else_=1.0)
    p = rows.person_risk
    return p * factor / (1 - p + p * factor)


def _logit(p: np.ndarray) -> np.ndarray:
    return np.log(p / (1 - p))
