"""Hold the results against a rate that was measured in some other way: how far do the two agree?

Agreement of the order of areas, not proof: both may err alike, and the measure has its error, year and definition too.
An area that lacks one of the two is left out and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from riskmodel.areas.levels import classify
from riskmodel.index.of_study import same_as_observed
from riskmodel.inputs.observed import LEAST_AREAS
from riskmodel.results import VALIDATION_COLUMNS, Results
from riskmodel.study import Levels, Observed, Study

Z = float(norm.ppf(0.975))
# Two rates nearer than this are one: a table may have rounded a percentage to four decimals.
SAME = 1e-6


@dataclass(frozen=True)
class Validation:
    """Agreement of results with observed rates.

    areas : one row per area with both, by area_code, columns `results.VALIDATION_COLUMNS`.
    summary : figures as `validate` says; empty lists and None where they do not apply.
    """

    areas: pd.DataFrame
    summary: dict[str, Any]


def validate_study(study: Study, areas: pd.DataFrame, names: pd.DataFrame | None, measure: str) -> Validation | None:
    """The comparison a study asks for; None where it declares no observed rate or too few areas have one.

    Areas whose observed rate went into the estimate itself agree by construction: they are left out where ten others remain,
    and otherwise `used_in_the_estimate` says so.

    Parameters
    ----------
    areas : DataFrame
        The table of areas.
    names : DataFrame
        As `read_areas` gives it, with observed and observed_n.
    measure : "area_risk" or "index"
    """
    if study.observed is None or names is None:
        return None
    table = names.set_index("area_code")
    rates = table[["observed", "observed_n"]]
    seen = _seen(study, table)
    found = validate(areas, rates.mask(seen), measure, study.levels)
    apart = found is not None
    if found is None:
        found = validate(areas, rates, measure, study.levels)
    if found is None:
        return None
    said = study.observed.model_dump(include={"label", "year", "source"})
    left_out = int(seen.sum()) if apart else 0
    used = bool(seen.any()) and not apart
    return Validation(found.areas, {**said, "used_in_the_estimate": used, "areas_left_out": left_out, **found.summary})


def validate_results(results: Results, observed: Observed, rates: pd.DataFrame) -> Validation | None:
    """The same for a finished run and rates from elsewhere; nothing is estimated again.

    Parameters
    ----------
    observed : Observed
        What was measured: label, year, source, columns.
    rates : DataFrame
        area_code, observed, observed_n, as `read_observed` gives it.
    """
    study = Study.model_validate(results.manifest["study"]).model_copy(update={"observed": observed})
    areas = results.areas
    names = areas[["area_code"]].merge(rates, on="area_code", how="left")
    if len(results.indicators):
        names = names.merge(results.indicators, on="area_code", how="left")
    if len(results.direct):
        names["direct"] = results.direct.set_index("area_code")["direct"].reindex(names["area_code"]).to_numpy()
    names["area_risk"] = areas["area_risk"].to_numpy()
    return validate_study(study, areas, names, results.measure)


def validate(areas: pd.DataFrame, rates: pd.DataFrame, measure: str, levels: Levels) -> Validation | None:
    """Compare estimates with observed rates.

    Parameters
    ----------
    areas : DataFrame
        area_code, the measure, level; with a risk also ci_lower, ci_upper.
    rates : DataFrame
        Index area_code: observed (proportion), observed_n (effective number of children behind it, may be missing).
    measure : "area_risk" or "index"
        An index has no unit of its own: only order and levels are compared.
    levels : Levels
        The study's rule; the levels of the observed rates are made by the same rule from the observed rates.

    Returns
    -------
    Validation or None
        None with fewer than 10 areas. `summary`: areas, areas_without (one of the two), spearman, pearson; bias, rmse
        (estimate less observed, proportions, every area alike), coverage (share of intervals that hold the observed rate),
        coverage_with_error (the same where the chance in the observed rate is added to the interval), areas_with_error,
        all four None for an index; levels and thirds, each with table (rows observed, columns estimate, lowest first),
        kappa (linear weights), same; top_tenth and top_third, each with areas and hits.

    References
    ----------
    Cohen (1968), Psychological Bulletin 70, 213–220 (weighted kappa).
    """
    table = areas.set_index("area_code").join(rates, how="left").rename(columns={measure: "estimate"})
    both = table["observed"].notna() & table["estimate"].notna()
    if both.sum() < LEAST_AREAS:
        return None
    found = table[both].sort_index()
    observed, estimate = found["observed"].astype(float), found["estimate"].astype(float)
    risk = measure == "area_risk"
    found["rank_difference"] = (estimate.rank() - observed.rank()) / (len(found) - 1)
    found["difference"] = estimate - observed if risk else np.nan
    inside, with_error = _inside(found) if risk else (_unknown(found), _unknown(found))
    found["inside"], found["inside_with_error"] = inside, with_error
    found["third_observed"] = classify(observed, "quantile", 3).label
    found["third"] = classify(estimate, "quantile", 3).label
    comparable = risk or levels.rule != "fixed"
    found["level_observed"] = (
        classify(observed, levels.rule, levels.k, levels.cuts, levels.bins).label if comparable else pd.array([pd.NA] * len(found), "Int8")
    )  # fmt: skip
    summary = {
        "measure": measure,
        "areas": len(found),
        "areas_without": int((~both).sum()),
        "spearman": float(observed.corr(estimate, method="spearman")),
        "pearson": float(observed.corr(estimate)),
        "bias": float((estimate - observed).mean()) if risk else None,
        "rmse": float(np.sqrt(((estimate - observed) ** 2).mean())) if risk else None,
        "coverage": _share(inside),
        "coverage_with_error": _share(with_error),
        "areas_with_error": int(found["observed_n"].notna().sum()),
        "levels": _levels(found["level_observed"], found["level"], levels.k, levels.rule),
        "thirds": _levels(found["third_observed"], found["third"], 3, "thirds"),
        "top_tenth": _top(observed, estimate, 0.1),
        "top_third": _top(observed, estimate, 1 / 3),
    }
    return Validation(found.reset_index().reindex(columns=list(VALIDATION_COLUMNS)), summary)


def weighted_kappa(table: ArrayLike) -> float:
    """Cohen's kappa with linear weights of a (k, k) table of counts; missing where chance alone would agree fully."""
    counts = np.asarray(table, dtype=float)
    shares = counts / counts.sum()
    k = len(shares)
    apart = np.abs(np.arange(k)[:, None] - np.arange(k)[None, :])
    expected = float((apart * np.outer(shares.sum(axis=1), shares.sum(axis=0))).sum())
    return 1 - float((apart * shares).sum()) / expected if expected > 0 else float("nan")


def level_table(observed: pd.Series, estimate: pd.Series, k: int) -> NDArray[np.int64]:
    """Counts of areas by level, (k, k): rows observed, columns estimate, lowest level first; missing levels left out."""
    both = observed.notna() & estimate.notna()
    rows, columns = observed[both].to_numpy(int) - 1, estimate[both].to_numpy(int) - 1
    return np.bincount(rows * k + columns, minlength=k * k).reshape(k, k)


def first_areas(values: pd.Series, share: float) -> list[str]:
    """Codes of the share of areas with the highest values, at least one; equal values in the order of their codes."""
    wanted = max(1, int(len(values) * share + 0.5))
    order = values.sort_index().sort_values(ascending=False, kind="stable")
    return [str(code) for code in order.index[:wanted]]


def _inside(found: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Whether the interval holds the observed rate: as it is, and with the chance in the observed rate added.

    The chance is that of observed_n children at the estimated rate, so that a measured zero is not taken as certain; the
    squares of the two half-widths are added on the side of the interval where the observed rate lies.
    """
    o, e = found["observed"].to_numpy(float), found["estimate"].to_numpy(float)
    lower, upper = found["ci_lower"].to_numpy(float), found["ci_upper"].to_numpy(float)
    known = ~np.isnan(lower) & ~np.isnan(upper)
    own = np.where(o > e, upper - e, e - lower)
    n = found["observed_n"].to_numpy(float)
    chance = Z * np.sqrt(e * (1 - e) / n)
    plain = (o >= lower) & (o <= upper)
    wide = np.abs(o - e) <= np.hypot(own, chance)
    return (
        pd.Series(plain, found.index).astype("boolean").mask(~known),
        pd.Series(plain | wide, found.index).astype("boolean").mask(~known | np.isnan(n)),
    )


def _unknown(found: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.NA, found.index, dtype="boolean")


def _share(inside: pd.Series) -> float | None:
    return float(inside.dropna().mean()) if inside.notna().any() else None


def _levels(observed: pd.Series, estimate: pd.Series, k: int, rule: str) -> dict[str, Any] | None:
    """Table, kappa and share in the same level; None where there are no levels to compare."""
    table = level_table(observed, estimate, k)
    if table.sum() == 0:
        return None
    kappa = weighted_kappa(table)
    return {
        "rule": rule,
        "table": table.tolist(),
        "kappa": None if np.isnan(kappa) else kappa,
        "same": float(np.trace(table) / table.sum()),
    }


def _top(observed: pd.Series, estimate: pd.Series, share: float) -> dict[str, int]:
    first = first_areas(observed, share)
    return {"areas": len(first), "hits": len(set(first) & set(first_areas(estimate, share)))}


def _seen(study: Study, names: pd.DataFrame) -> pd.Series:
    """Areas whose observed rate went into the estimate: by the value of the rate, since a column can be copied.

    Where more than half of the rates that both have are equal, the two are one measure.
    """
    assert study.observed is not None
    columns = {c for c in (study.observed.cases, study.observed.rate) if c}
    of_indicators = [names[i.name] * unit for i in study.indicator if i.name in names for unit in (1.0, 0.01)]
    if columns & {i.source_column for i in study.indicator} or any(
        _equal(names["observed"], values).mean() > 0.5 * names["observed"].notna().mean() > 0
        for values in of_indicators
    ):
        return names["observed"].notna()
    if study.study.method == "vulnerability_index" and same_as_observed(study, names.reset_index()):
        return names["observed"].notna()
    used = {"area_model": "direct", "given_risk": "area_risk"}.get(study.study.method, "")
    if used not in names:
        return pd.Series(False, names.index)
    both = names["observed"].notna() & names[used].notna()
    equal = _equal(names["observed"], names[used])
    return equal if equal.sum() > 0.5 * both.sum() else pd.Series(False, names.index)


def _equal(first: pd.Series, second: pd.Series) -> pd.Series:
    """Where both are known and the same rate."""
    return (first - second).abs() < SAME
