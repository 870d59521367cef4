"""Score a population with what a survey says of each of its areas: empirical best prediction.

Every child's risk is its mean over the effect u of its area: over the posterior where the survey has children of the area,
over u ~ N(0, sd²) elsewhere. So areas, groups and the country add up like any other risks.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from numpy.polynomial import chebyshev

from riskmodel.population.engine import Engine
from riskmodel.population.scoring import exact_sum
from riskmodel.survey.design import Floats
from riskmodel.survey.mixed import MixedLogit
from riskmodel.survey.quadrature import rule
from riskmodel.survey.terms import INTERCEPT

# A curve is given by so many points that interpolation errs by less than this.
CURVE_ERROR = 1e-8
MOST_POINTS = 80
REACH = 7.0  # standard deviations of the effect that a curve spans on both sides


@dataclass(frozen=True)
class Curves:
    """Mean risk of the children of each area as a function of the area's effect u, −reach ≤ u ≤ reach."""

    codes: pd.Index  # (A,) area_code
    coef: Floats  # (G, A) Chebyshev coefficients; missing for an area without a scored child
    reach: float

    @classmethod
    def through(cls, codes: pd.Index, values: Floats, reach: float) -> Curves:
        """Curves through `values`, (A, G), at the points `grid(reach, G)`."""
        points = values.shape[1]
        basis = chebyshev.chebvander(chebyshev.chebpts1(points), points - 1)
        return cls(codes, np.asarray(np.linalg.solve(basis, values.T), dtype=np.float64), reach)

    def of(self, codes: pd.Index) -> Curves:
        """The curves of some areas, in their order; missing for areas that have none."""
        position = self.codes.get_indexer(codes)
        coef = np.where(position >= 0, self.coef[:, position], np.nan)
        return Curves(codes, coef, self.reach)

    def at(self, node: Floats) -> Floats:
        """Mean risks at u, (A, Q) for (A, Q)."""
        inside = np.clip(node / self.reach, -1, 1)
        return np.asarray(chebyshev.chebval(inside, self.coef[:, :, None], tensor=False), dtype=np.float64)


def reach_of(mixed: MixedLogit) -> float:
    """How far curves must go to hold all nodes of the areas and of their bootstrap."""
    return max(REACH * mixed.sd, float(np.abs(mixed.posterior.node).max()) * 1.05, 0.1)


def grid(reach: float) -> Floats:
    """Values of u at which mean risks are needed for curves, (G,).

    A logistic function has its nearest poles at a distance π, which gives the rate of convergence of interpolation in
    Chebyshev points (Trefethen 2013, Approximation Theory and Approximation Practice, chapter 8).
    """
    ratio = np.pi / reach
    points = int(np.ceil(-np.log(CURVE_ERROR) / np.log(ratio + np.hypot(1, ratio))))
    return np.asarray(reach * chebyshev.chebpts1(min(max(points, 8), MOST_POINTS)), dtype=np.float64)


def nodes_of(mixed: MixedLogit, codes: pd.Index) -> tuple[Floats, Floats]:
    """Values of u and their probabilities for areas of the population, both (A, Q); the prior where the survey has none."""
    position = pd.Index(mixed.codes).get_indexer(pd.Index(codes.astype(str)))
    z, v = rule(mixed.posterior.node.shape[1])
    known = (position >= 0)[:, None]
    node = np.where(known, mixed.posterior.node[position], mixed.sd * z)
    return node, np.where(known, mixed.posterior.chance[position], v)


@dataclass(frozen=True)
class Prediction:
    """What prediction did to the areas of a population."""

    curves: Curves
    table: pd.DataFrame  # by area_code: in_sample, children_asked, synthetic_risk, effect, effect_se
    names: tuple[str, ...]  # the terms: columns of gradients
    cov: pd.DataFrame  # of these
    correction: pd.DataFrame  # by area_code, (A, terms): slope of the risk by the coefficients through the posterior
    slope: pd.Series  # by area_code: Σ v p (1 − p) / Σ v

    def linearise(self, sums: pd.DataFrame) -> pd.DataFrame:
        """Sums by area (from `totals`) with the derivatives of the predictor by the coefficients.

        A coefficient moves every child's p, and also the posterior of u: dE[θ]/dβ = E[dθ/dβ] + Cov(θ, dℓ/dβ). A group
        follows its area in proportion to its Σ v p (1 − p).
        """
        out = sums.copy()
        terms = list(self.names)
        code = sums["area_code"]
        own = code.map(self.slope).to_numpy(dtype=float)
        share = np.divide(sums[INTERCEPT].to_numpy(dtype=float), own, out=np.zeros(len(own)), where=own > 0)
        out[terms] += share[:, None] * self.correction.reindex(code)[terms].fillna(0.0).to_numpy(dtype=float)
        return out


def predict(engine: Engine, scored: ir.Table, mixed: MixedLogit, size: pd.Series) -> tuple[ir.Table, Prediction]:
    """The scored rows with predicted risks and their slopes, and what prediction did.

    `scored` has the risks of the mixed model at u = 0.
    """
    curves = _curves(engine, scored, mixed, size)
    node, chance = nodes_of(mixed, curves.codes)
    places = pd.DataFrame({"of_area": curves.codes.astype(str)})
    for q in range(node.shape[1]):
        places[f"odds_{q}"], places[f"chance_{q}"] = np.exp(node[:, q]), chance[:, q]
    table = ibis.memtable(places)
    joined = scored.left_join(table, scored.area_code == table.of_area)
    at = {f"risk_{q}": _shifted(joined.person_risk, joined[f"odds_{q}"]) for q in range(node.shape[1])}
    rows = joined.mutate(**at)
    risk: ir.Value = ibis.literal(0.0)
    slope: ir.Value = ibis.literal(0.0)
    for q in range(node.shape[1]):
        p, share = rows[f"risk_{q}"], rows[f"chance_{q}"]
        risk = risk + share * p
        slope = slope + share * p * (1 - p)
    kept = [column for column in scored.columns if column != "person_risk"]
    predicted = engine.store(rows.select(*kept, person_risk=risk, person_slope=slope))
    return predicted, prediction_of(curves, mixed, _slopes(predicted, curves.codes, size))


def prediction_of(curves: Curves, mixed: MixedLogit, slope: pd.Series) -> Prediction:
    """The record of a prediction from its curves and the slopes Σ v p (1 − p) / Σ v of the areas."""
    codes = curves.codes
    z, v = rule(mixed.posterior.node.shape[1])
    prior = curves.at(np.broadcast_to(mixed.sd * z, (len(codes), len(z))))
    known = mixed.effect.reindex(codes)
    table = pd.DataFrame(
        {
            "in_sample": known["effect"].notna().to_numpy(),
            "children_asked": known["children"].fillna(0).astype("int64").to_numpy(),
            "synthetic_risk": prior @ v,
            "effect": known["effect"].to_numpy(),
            "effect_se": known["effect_se"].to_numpy(),
        },
        index=codes,
    )
    terms = mixed.terms.names
    inside = pd.Index(mixed.codes, name="area_code")
    own = curves.of(inside).at(mixed.posterior.node)
    away = own - (mixed.posterior.chance * own).sum(axis=1, keepdims=True)
    correction = np.einsum("dq,dqj->dj", mixed.posterior.chance * away, mixed.score)
    return Prediction(
        curves=curves,
        table=table,
        names=tuple(terms),
        cov=mixed.cov.loc[terms, terms],
        correction=pd.DataFrame(correction, inside, terms),
        slope=slope,
    )


def _curves(engine: Engine, scored: ir.Table, mixed: MixedLogit, size: pd.Series) -> Curves:
    """Mean risk of every area along the grid, in one pass."""
    reach = reach_of(mixed)
    points = grid(reach)
    weight = scored.weight / float(size["weight"])
    p = scored.person_risk
    sums = {"scored": exact_sum(weight, where=p.notnull())}
    sums |= {f"at_{g}": exact_sum(weight * _shifted(p, float(np.exp(u)))) for g, u in enumerate(points)}
    found = scored.group_by("area_code").agg(**sums)
    table = found.mutate(**{name: found[name].cast("float64") for name in sums}).to_pandas()
    table = table.sort_values("area_code", ignore_index=True)
    values = table[[f"at_{g}" for g in range(len(points))]].to_numpy(dtype=float)
    total = table["scored"].where(table["scored"] > 0).to_numpy(dtype=float)
    codes = pd.Index(table["area_code"].astype(str), name="area_code")
    return Curves.through(codes, values / total[:, None], reach)


def _slopes(predicted: ir.Table, codes: pd.Index, size: pd.Series) -> pd.Series:
    """Mean of p (1 − p) over the posterior and the scored children of each area."""
    weight = predicted.weight / float(size["weight"])
    sums = {"scored": exact_sum(weight, where=predicted.person_slope.notnull())}
    sums["slope"] = exact_sum(weight * predicted.person_slope)
    found = predicted.group_by("area_code").agg(**sums)
    table = found.mutate(**{name: found[name].cast("float64") for name in sums}).to_pandas().set_index("area_code")
    return (table["slope"] / table["scored"].where(table["scored"] > 0)).reindex(codes)


def _shifted(p: ir.Value, odds: ir.Value | float) -> ir.Value:
    """p after its odds are multiplied."""
    return p * odds / (1 - p + p * odds)
