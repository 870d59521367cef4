"""Score a population known only by the totals of each determinant in each area.

The survey's combinations are raked to the totals and scored as cells. What the totals leave open, which determinants go
together within an area, is the survey's; the interval does not cover that.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from riskmodel.i18n import N_
from riskmodel.population.margins_table import Margins, read_margins
from riskmodel.population.microdata import PopulationScores
from riskmodel.population.prediction_margins import add_up_predicted
from riskmodel.population.raked import Group, RakedProfiles, add_up, groups_of
from riskmodel.population.raking import MET, Floats, Ints, rake
from riskmodel.population.recode import unknown_categories
from riskmodel.population.rows import MOSTLY_UNSCORED
from riskmodel.problems import MISSING_CATEGORY, Problem, Where, raise_errors
from riskmodel.progress import Progress, quiet
from riskmodel.results import RAKING_COLUMNS
from riskmodel.study import Determinant, Study
from riskmodel.study_groups import CROSS, group_list
from riskmodel.survey.logit import SurveyModel
from riskmodel.survey.mixed import MixedLogit
from riskmodel.survey.terms import INTERCEPT

# Totals of two determinants of an area may differ by this much, from rounding or from what is not stated.
TOTALS_TOLERANCE = 0.01
AREAS_SHOWN = 10


@dataclass(frozen=True)
class _Wanted:
    """What the margins say, by area (A) in the order of `areas`."""

    areas: pd.Index
    children: Floats  # (A,) total of the first determinant
    scored: Floats  # (A,) children with a category the model knows in every determinant; 0 where a margin is lacking
    totals_gap: Floats  # (A,) largest difference between the totals of determinants, relative to `children`
    shares: list[Floats]  # by determinant (A, C_d); rows sum to 1, also where the area is not scored
    labels: list[list[object]]  # by determinant: known categories in the model's order, then the others, "" last
    counts: list[Floats]  # by determinant (A, labels): children by label, scaled to `children`


def score_margins(
    study: Study,
    folder: Path,
    model: SurveyModel,
    frame: pd.DataFrame,
    progress: Progress = quiet,
    parents: pd.Series | None = None,
    mixed: MixedLogit | None = None,
) -> PopulationScores:
    """Apply a fitted model to the totals of each area.

    Parameters
    ----------
    study : Study
        With a population of the kind "margins". Its counts are of the children of the declared ages.
    folder : Path
        Where the study's files are.
    frame : DataFrame
        The survey as `read_survey` gives it; its children of the declared ages, weighted, are the seed.
    parents : Series, optional
        Parent unit by area_code, to report groups by.
    mixed : MixedLogit, optional
        What the survey says of each area; `model` then holds its coefficients.

    Returns
    -------
    PopulationScores
        As for microdata; groups are determinants. A child is scored when it has a known category in every determinant,
        taken as independent of one another. An area without the totals of one determinant is not scored.

    Raises
    ------
    InputProblems
        What `read_margins` raises; more than half of the children cannot be scored.

    References
    ----------
    Purcell & Kish (1980), International Statistical Review 48, 3–18 (structure preserving estimation: the association
    of the survey, the margins of the area).
    """
    assert study.population is not None
    where = Where(Path(study.population.file).name)
    progress(N_("Reading the totals of the areas"), 0.0)
    margins = read_margins(study, folder)
    profiles, seed, codes, known = _combinations(frame, model)
    wanted, problems = _wanted(margins, study, model, known, where)
    problems = [*margins.problems, *problems, *_mostly_unscored(wanted, where)]
    raise_errors(problems)
    raked, report = _raked(wanted, seed, codes, progress)
    problems += _not_met(report, where)
    progress(N_("Adding up areas"), 0.6)
    asked = _asked(study, model, codes, known, wanted)
    prediction = None
    if mixed is None:
        areas, gradient, national, national_gradient = add_up(raked, wanted.children, profiles, model)
        areas["slope"] = gradient[INTERCEPT].reindex(areas["area_code"]).to_numpy()
        progress(N_("Adding up groups"), 0.8)
        found = groups_of(raked, asked, profiles, model, parents)
    else:
        areas, gradient, national, national_gradient, found, prediction = add_up_predicted(
            raked, wanted.children, asked, profiles, model, mixed, parents
        )
    return PopulationScores(
        areas=areas,
        gradient=gradient,
        groups=found.cells,
        parent_groups=found.parents,
        gaps=found.gaps,
        national=national,
        national_gradient=national_gradient,
        profiles=profiles,
        area_profiles=raked,
        shares=_shares(wanted, model),
        problems=tuple(problems),
        raking=report,
        prediction=prediction,
    )


def _asked(
    study: Study, model: SurveyModel, codes: list[Ints], known: list[list[object]], wanted: _Wanted
) -> list[Group]:
    """The groups of the study: determinants with the children counted in the margins, or two of them crossed."""
    position = {name: d for d, name in enumerate(model.terms.determinants)}
    asked = []
    for group in group_list(study):
        if not group.cross:
            d = position[group.name]
            asked.append(Group(group.name, codes[d], wanted.labels[d], wanted.counts[d]))
            continue
        one, other = (position[name] for name in group.cross)
        labels: list[object] = [f"{_text(a)}{CROSS}{_text(b)}" for a in known[one] for b in known[other]]
        asked.append(Group(group.name, codes[one] * len(known[other]) + codes[other], labels))
    return asked


def _combinations(
    frame: pd.DataFrame, model: SurveyModel
) -> tuple[pd.DataFrame, Floats, list[Ints], list[list[object]]]:
    """The survey's distinct combinations of determinants, their weights, codes, and the categories of each determinant.

    Rows are children of the declared ages with every determinant; the outcome may be missing.
    """
    terms = model.terms
    names = list(terms.determinants)
    rows = frame.loc[frame["in_domain"].to_numpy(dtype=bool), [*names, "weight"]].dropna(subset=names)
    coded = pd.DataFrame({"weight": rows["weight"].astype(float)})
    known: list[list[object]] = []
    for i, name in enumerate(names):
        if terms.is_numeric(name):
            values = np.sort(rows[name].astype(float).unique())
            coded[i] = np.searchsorted(values, rows[name].astype(float))
            known.append([float(v) for v in values])
        else:
            coded[i] = terms.codes(name, rows[name])
            known.append(list(terms.categories[name]))
    coded = coded[(coded[list(range(len(names)))] >= 0).all(axis=1)]
    distinct = coded.groupby(list(range(len(names))), as_index=False)["weight"].sum()
    codes = [distinct[i].to_numpy(dtype=np.int64) for i in range(len(names))]
    profiles = pd.DataFrame({"profile": np.arange(len(distinct))})
    for i, name in enumerate(names):
        numeric = terms.is_numeric(name)
        profiles[name] = np.array(known[i], dtype=float if numeric else object)[codes[i]]
    return profiles, distinct["weight"].to_numpy(dtype=float), codes, known


def _wanted(
    margins: Margins, study: Study, model: SurveyModel, known: list[list[object]], where: Where
) -> tuple[_Wanted, list[Problem]]:
    """Shares and counts of every determinant, and what does not fit between them."""
    areas = pd.Index(sorted({*margins.counts["area_code"], *margins.incomplete["area_code"]}))
    by_name = {d.name: d for d in study.determinant}
    problems: list[Problem] = []
    tables, labels = [], []
    for name, categories in zip(model.terms.determinants, known, strict=True):
        own = margins.counts[margins.counts["determinant"] == name]
        label = own["category"].where(
            own["category"].notna(), MISSING_CATEGORY if MISSING_CATEGORY in categories else ""
        )
        wide = own.assign(label=label).pivot_table(index="area_code", columns="label", values="count", aggfunc="sum")
        others = sorted((c for c in wide.columns if c not in categories and c != ""), key=str)
        order = [*categories, *others, ""]
        tables.append(wide.reindex(index=areas, columns=pd.Index(order, dtype=object)))
        labels.append(order)
        problems += _unknown(own, set(categories), by_name[name], where)
    totals = np.column_stack([table.sum(axis=1).to_numpy(dtype=float) for table in tables])
    lacking = ~(totals > 0)
    problems += _areas_lacking(areas, lacking, model.terms.determinants, where)
    # The total of an area is that of the first determinant it has.
    children = np.where(lacking.all(axis=1), 0.0, totals[np.arange(len(areas)), np.argmin(lacking, axis=1)])
    filled = [np.nan_to_num(table.to_numpy(dtype=float)) for table in tables]
    scale = np.divide(children[:, None], totals, out=np.zeros_like(totals), where=~lacking)
    away = np.where(lacking, 0.0, np.abs(totals - children[:, None]))
    totals_gap = np.divide(away.max(axis=1), children, out=np.zeros(len(areas)), where=children > 0)
    problems += _totals_differ(areas, totals_gap, where)
    counts = [f * scale[:, [d]] for d, f in enumerate(filled)]
    scored, shares = children.copy(), []
    for d, categories in enumerate(known):
        inside = filled[d][:, : len(categories)]
        have = inside.sum(axis=1)
        scored *= np.divide(have, totals[:, d], out=np.zeros(len(areas)), where=~lacking[:, d])
        even = np.full(inside.shape, 1 / len(categories))  # where nothing is known; such an area is not scored
        shares.append(np.divide(inside, have[:, None], out=even, where=have[:, None] > 0))
    return _Wanted(areas, children, scored, totals_gap, shares, labels, counts), problems


def _unknown(own: pd.DataFrame, known: set[object], determinant: Determinant, where: Where) -> list[Problem]:
    """Warnings for children whose category the model does not have."""
    shown = own["category"].where(own["category"].notna(), own["raw"])
    inside = own["category"].isin(list(known)).to_numpy(dtype=bool)
    if MISSING_CATEGORY in known:
        inside = inside | own["category"].isna().to_numpy(dtype=bool)
    told = own["count"].groupby(shown[~inside].fillna("").map(_text)).sum()
    counts = {str(label): round(n) for label, n in told.items() if round(n) > 0}
    return unknown_categories(counts, set(), determinant, where)


def _text(label: object) -> str:
    return f"{label:g}" if isinstance(label, float) else str(label)


def _areas_lacking(areas: pd.Index, lacking: np.ndarray, names: tuple[str, ...], where: Where) -> list[Problem]:
    """One warning per determinant that some areas have no totals of."""
    problems = []
    for d, name in enumerate(names):
        codes = list(map(str, areas[lacking[:, d]]))
        if codes:
            values = {"determinant": name, "count": len(codes), "areas": codes[:AREAS_SHOWN]}
            problems.append(Problem("population_margin_areas_lacking", where, values, "warning"))
    return problems


def _mostly_unscored(wanted: _Wanted, where: Where) -> list[Problem]:
    unscored = 1 - wanted.scored.sum() / wanted.children.sum()
    if unscored <= MOSTLY_UNSCORED:
        return []
    return [Problem("population_mostly_unscored", where, {"percent": round(100 * unscored, 1)})]


def _totals_differ(areas: pd.Index, gap: Floats, where: Where) -> list[Problem]:
    differ = gap > TOTALS_TOLERANCE
    if not differ.any():
        return []
    worst = np.argsort(-gap, kind="stable")[: min(AREAS_SHOWN, int(differ.sum()))]
    values = {
        "count": int(differ.sum()),
        "areas": [str(areas[i]) for i in worst],
        "percent": round(100 * float(gap.max()), 1),
    }
    return [Problem("population_margin_totals_differ", where, values, "warning")]


def _raked(wanted: _Wanted, seed: Floats, codes: list[Ints], progress: Progress) -> tuple[RakedProfiles, pd.DataFrame]:
    """The survey's combinations fitted to each area, and how that went; an area that cannot be fitted is not scored."""

    def at(share: float) -> None:
        progress(N_("Fitting the survey to each area"), 0.1 + 0.5 * share)

    raking = rake(seed, codes, wanted.shares, at)
    usable = (wanted.scored > 0) & np.isfinite(raking.gap)
    raked = RakedProfiles(wanted.areas, np.where(usable, wanted.scored, 0.0), raking)
    return raked, _report(wanted, raking.iterations, raking.gap, usable)


def _report(wanted: _Wanted, iterations: Ints, gap: Floats, usable: np.ndarray) -> pd.DataFrame:
    """How raking went in each area; missing where the area was not scored."""
    table = pd.DataFrame({"area_code": wanted.areas.astype("string"), "children": wanted.children})
    table["totals_gap"] = wanted.totals_gap
    table["iterations"] = pd.array(iterations, dtype="Int64")
    table["gap"] = gap
    table["met"] = pd.array(gap <= MET, dtype="boolean")
    table.loc[~usable, ["iterations", "gap", "met"]] = pd.NA
    return table[list(RAKING_COLUMNS)]


def _not_met(report: pd.DataFrame, where: Where) -> list[Problem]:
    """Areas whose totals no mixture of the survey's combinations meets."""
    bad = report[(~report["met"]).fillna(False).astype(bool)].sort_values("gap", ascending=False)
    if bad.empty:
        return []
    values = {
        "count": len(bad),
        "areas": bad["area_code"].head(AREAS_SHOWN).tolist(),
        "percent": round(100 * float(bad["gap"].iloc[0]), 1),
    }
    return [Problem("population_margin_not_met", where, values, "warning")]


def _shares(wanted: _Wanted, model: SurveyModel) -> pd.DataFrame:
    """Share of every category among the children who have the determinant, over all areas."""
    parts = []
    for d, name in enumerate(model.terms.determinants):
        if model.terms.is_numeric(name):
            continue
        total = pd.Series(wanted.counts[d].sum(axis=0), index=list(map(str, wanted.labels[d]))).drop("")
        total = total[total > 0]
        parts.append(
            pd.DataFrame({"determinant": name, "category": total.index, "share": total.to_numpy() / total.sum()})
        )
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["determinant", "category", "share"])
    return table.sort_values(["determinant", "category"], ignore_index=True)
