"""Brazil 2010 with whole states left out: the data, four ways to predict a state from the other 26, and their figures.

The rate is what the census of 2010 counted among children of 10 to 15 who worked or looked for work. Its sampling error is not
published. The long form went to a share of homes that falls with the size of the municipality (50, 33, 20, 10 and 5 %;
IBGE 2010), so the children behind a rate are that share of the children, over a design effect, with the correction for
a finite population.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.linalg import qr
from scipy.optimize import nnls
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from riskmodel.areamodel.parent_effect import fit_parent_model
from riskmodel.areamodel.scales import Scale
from riskmodel.areamodel.smooth_effect import CURVATURES, Basis, fit_smooth_model, kernel_basis
from riskmodel.areas.levels import classify
from riskmodel.decisions.validation import first_areas, level_table, weighted_kappa
from tests.brazil_study import INDICATORS, derived_table

# Numbers of persons become shares of all; money and sizes become logarithms. What is a percentage stays.
SHARES = (
    "homem0a4",
    "homem5a9",
    "mulh0a4",
    "mulh5a9",
    "peso1",
    "peso4",
    "peso5",
    "peso6",
    "pesorur",
    "pesourb",
    "pea",
    "pia",
)
SIZES = ("pesotot", "pop", "popt", "homemtot", "mulhertot")
MONEY = ("rdpc", "ren", "corte", "rpob", "rmpob", "rind")
NOT_INDICATORS = ("ano", "uf", "codmun6", "codmun7")
# A column of which less than this share of the largest is left when the others are taken out says nothing of its own.
OWN_PART = 1e-2
SEED = 2010


@dataclass(frozen=True)
class Brazil:
    """5,565 municipalities by code; `raw` holds every number of the Atlas as published, `x` what the area model uses."""

    rate: pd.Series
    children: pd.Series
    sampled: pd.Series  # share of homes with the long form
    state: pd.Series
    raw: pd.DataFrame
    x: pd.DataFrame
    index_parts: pd.DataFrame  # the 14 indicators of the index, turned so that more is worse


@dataclass(frozen=True)
class Prediction:
    """Of every municipality, made without its state; variance on the arcsine scale, missing where the way has none."""

    value: pd.Series
    variance: pd.Series | None = None


def read_brazil(data: Path) -> Brazil:
    folder = data / "brazil"
    measured = pd.read_csv(folder / "municipios_2010_trabalho_infantil.csv.gz", dtype={"cod_ibge": str})
    atlas = pd.read_csv(folder / "atlas_adh2013_municipios_2010.csv.gz", dtype={"codmun7": str})
    both = measured.merge(atlas, left_on="cod_ibge", right_on="codmun7").set_index("cod_ibge").sort_index()
    numbers = [c for c in atlas.columns if pd.api.types.is_numeric_dtype(atlas[c]) and c not in NOT_INDICATORS]
    raw = both[numbers].astype(float)
    raw = raw.fillna(raw.median())
    people = both["popt"].astype(float)
    sampled = np.select([people < 2500, people < 8000, people < 20000, people < 500000], [0.5, 1 / 3, 0.2, 0.1], 0.05)
    all_columns = both.join(derived_table(data).set_index("cod_ibge"))
    parts = pd.DataFrame({name: all_columns[column].astype(float) * way for name, column, _, _, way, _ in INDICATORS})
    return Brazil(
        rate=both["ti_10a15_num"] / both["ti_10a15_den"],
        children=both["ti_10a15_den"].astype(float),
        sampled=pd.Series(sampled, both.index),
        state=pd.Series(both.index.str[:2], both.index),
        raw=raw,
        x=_covariates(raw),
        index_parts=parts.fillna(parts.median()),
    )


def _covariates(raw: pd.DataFrame) -> pd.DataFrame:
    """Shares and logarithms, standardised, none a combination of the others (pivoted QR). No rate is looked at."""
    out = raw.copy()
    for column in (c for c in SHARES if c in out):
        out[column] = raw[column] / raw["pesotot"]
    for column in (c for c in SIZES if c in out):
        out[column] = np.log(raw[column])
    for column in (c for c in out if str(c).startswith(MONEY) and raw[c].min() >= 0):
        out[column] = np.log1p(raw[column])
    out = out.loc[:, out.std(ddof=0) > 0]
    standard = (out - out.mean()) / out.std(ddof=0)
    _, r, order = qr(standard.to_numpy(), mode="economic", pivoting=True)
    size = np.abs(np.diag(r))
    return standard[sorted(standard.columns[order[: int((size > OWN_PART * size[0]).sum())]])]


def on_scale(brazil: Brazil, design_effect: float) -> tuple[pd.Series, pd.Series]:
    """Measured rates on the arcsine scale and their sampling variances."""
    n = brazil.children * brazil.sampled / design_effect / (1 - brazil.sampled)
    value, variance = Scale("arcsine").forward(brazil.rate.to_numpy(), n.to_numpy())
    return pd.Series(value, brazil.rate.index), pd.Series(variance, brazil.rate.index)


def state_by_state(brazil: Brazil, predict: Callable[[pd.Series], Prediction]) -> Prediction:
    """`predict` is told which municipalities are left out, and gives their predictions."""
    found = [predict(brazil.state == state) for state in sorted(brazil.state.unique())]
    variances = [f.variance for f in found if f.variance is not None]
    return Prediction(
        pd.concat([f.value for f in found]).reindex(brazil.rate.index),
        pd.concat(variances).reindex(brazil.rate.index) if variances else None,
    )


def ridge(brazil: Brazil, out: pd.Series) -> Prediction:
    """Plain ridge on the raw indicators, the yardstick: arcsine scale, penalty by leave-one-out inside the training states."""
    y = np.arcsin(np.sqrt(brazil.rate))
    model = make_pipeline(StandardScaler(), RidgeCV(np.logspace(-1, 4, 12)))
    model.fit(brazil.raw[~out], y[~out])
    return Prediction(pd.Series(model.predict(brazil.raw[out]), brazil.rate.index[out]))


def straight(brazil: Brazil, out: pd.Series, design_effect: float) -> Prediction:
    """The area model: Fay–Herriot with an effect of the state."""
    y, psi = on_scale(brazil, design_effect)
    fit = fit_parent_model(y[~out], psi[~out], brazil.x[~out], brazil.state[~out])
    design = np.column_stack([np.ones(out.sum()), brazil.x[out]])
    p = design.shape[1]
    spread = np.einsum("ij,jk,ik->i", design, fit.cov.to_numpy()[:p, :p], design) + fit.variance + fit.parent_variance
    index = brazil.rate.index[out]
    return Prediction(pd.Series(design @ fit.coef.to_numpy(), index), pd.Series(spread, index) + psi[out])


def bases_of(brazil: Brazil) -> list[Basis]:
    return [kernel_basis(brazil.x, c, SEED) for c in CURVATURES]


def smooth(brazil: Brazil, out: pd.Series, design_effect: float, bases: list[Basis]) -> Prediction:
    """The same with a smooth function of the indicators; its reach is chosen by the likelihood of the training states."""
    y, psi = on_scale(brazil, design_effect)
    fit, basis = fit_smooth_model(y.mask(out), psi.mask(out), brazil.x, brazil.state.mask(out), bases)
    parents = brazil.state[~out].nunique()
    design = np.column_stack(
        [np.ones(out.sum()), brazil.x[out], np.zeros((out.sum(), parents)), basis.columns[out.to_numpy()]]
    )
    spread = np.einsum("ij,jk,ik->i", design, fit.cov, design) + fit.variance + fit.block_variances[0]
    index = brazil.rate.index[out]
    return Prediction(pd.Series(design @ fit.effect, index), pd.Series(spread, index) + psi[out])


def equal_index(brazil: Brazil) -> Prediction:
    """Mean of the 14 indicators, each from 0 to 1 over the country; nothing is fitted."""
    parts = brazil.index_parts
    return Prediction(((parts - parts.min()) / (parts.max() - parts.min())).mean(axis=1))


def fitted_index(brazil: Brazil, out: pd.Series) -> Prediction:
    """Weights, none below zero, by least squares on the rates of the training states; they add up to 1."""
    parts = brazil.index_parts
    scaled = (parts - parts.min()) / (parts.max() - parts.min())
    inside = scaled[~out]
    weights, _ = nnls((inside - inside.mean()).to_numpy(), (brazil.rate[~out] - brazil.rate[~out].mean()).to_numpy())
    return Prediction(scaled[out] @ (weights / weights.sum()))


def figures(brazil: Brazil, found: Prediction) -> dict[str, float]:
    """Spearman, weighted kappa of thirds, hits in the top tenth, share of measured rates in their 95 % intervals."""
    value, rate = found.value, brazil.rate
    thirds = level_table(classify(rate, "quantile", 3).label, classify(value, "quantile", 3).label, 3)
    first = set(first_areas(rate, 0.1))
    out = {
        "spearman": float(value.corr(rate, method="spearman")),
        "kappa": weighted_kappa(thirds),
        "top_tenth": len(first & set(first_areas(value, 0.1))) / len(first),
        "coverage": float("nan"),
    }
    if found.variance is not None:
        lower, upper = Scale("arcsine").interval(value.to_numpy(), found.variance.to_numpy())
        out["coverage"] = float(((rate >= lower) & (rate <= upper)).mean())
    return out
