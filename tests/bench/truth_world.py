"""Simulated countries whose every risk is known, and a survey of each, written as the files of a study.

The truth of an area is the mean of its children's probabilities: the rate that is estimated, not the count of one year.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import expit

from riskmodel.study import Areas, Determinant, Outcome, Population, Rule, Study, StudyInfo, Survey

KINDS = ("microdata", "cells", "margins")
NAMES = ("sex", "zone", "attends", "head", "age")
REFERENCE = {"sex": "girl", "zone": "urban", "attends": "yes", "head": "primary", "age": "07-11"}
CATEGORIES = {
    "sex": ("girl", "boy"), "zone": ("urban", "rural"), "attends": ("yes", "no"), "head": ("primary", "none", "more"),
    "age": ("07-11", "12-14", "15-17"),
}  # fmt: skip
SLOPES = {"sex": (0, 0.6), "zone": (0, 0.8), "attends": (0, 1.0), "head": (0, 0.5, -0.4), "age": (0, 1.0, 1.8)}


@dataclass(frozen=True)
class World:
    """What is drawn. Standard deviations are on the logit scale."""

    area_sd: float = 0.3  # effects of areas
    psu_sd: float = 0.2  # effects of segments, within areas
    intercept: float = -4.0  # −4: about 9 % of children have the outcome
    areas: int = 120
    regions: int = 10  # strata of the survey, and parent units
    children: int = 400  # of an area, on average
    psus: int = 12  # segments drawn in each region
    interviewed: int = 30  # children of each segment drawn
    declared: bool = True  # the study names the column of areas in the survey
    association_sd: float = 0.0  # how differently attendance goes with schooling of the head from area to area

    def with_(self, **changes: float) -> World:
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Country:
    """A country drawn: its study by kind of population, files in one folder, and the truth."""

    studies: dict[str, Study]
    truth: pd.DataFrame  # area_code, parent_code, children, risk, sampled
    by_sex: pd.DataFrame = field(default_factory=pd.DataFrame)  # area_code, category, risk


def draw(world: World, seed: int, folder: Path, kinds: tuple[str, ...] = KINDS) -> Country:
    """One country and its survey, written into `folder`."""
    rng = np.random.default_rng(seed)
    people = _people(world, rng)
    survey = _survey(world, people, rng)
    survey.to_csv(folder / "survey.csv", index=False)
    children = people[["area", *NAMES]]
    cells = children.groupby(["area", *NAMES], as_index=False, observed=True).size().rename(columns={"size": "n"})
    if "microdata" in kinds:
        children.to_parquet(folder / "microdata.parquet", index=False)
    cells.to_csv(folder / "cells.csv", index=False)
    margins = [
        cells.groupby(["area", name], observed=True)["n"].sum().reset_index().set_axis(["area", "cat", "n"], axis=1)
        .assign(det=name) for name in NAMES
    ]  # fmt: skip
    pd.concat(margins).astype({"cat": "string"}).to_csv(folder / "margins.csv", index=False)
    truth = people.groupby("area", as_index=False).agg(
        children=("p", "size"), risk=("p", "mean"), region=("region", "first")
    )
    truth = truth.rename(columns={"area": "area_code", "region": "parent_code"})
    truth["sampled"] = truth["area_code"].isin(survey["area"])
    truth[["area_code", "parent_code", "children"]].to_csv(folder / "areas.csv", index=False)
    by_sex = people.groupby(["area", "sex"], as_index=False, observed=True).agg(risk=("p", "mean"))
    by_sex = by_sex.set_axis(["area_code", "category", "risk"], axis=1).astype({"category": "string"})
    return Country({kind: _study(world, kind) for kind in kinds}, truth, by_sex)


def _people(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Every child, with its segment and its probability. Determinants go together and differ between areas."""
    size = np.maximum(100, rng.lognormal(-0.125, 0.5, world.areas) * world.children).astype(int)
    area = np.repeat(np.arange(world.areas), size)
    n = len(area)
    rural = rng.random(n) < rng.beta(1.2, 1.2, world.areas)[area]
    order = np.lexsort((rng.random(n), rural, area))  # segments are urban or rural, as neighbours are
    rural = rural[order]
    place = np.arange(n) - np.repeat(np.cumsum(size) - size, size)
    segment = area * 1000 + place // 45
    poor = rng.normal(0, 0.6, world.areas)[area] + 0.9 * rural
    head = np.where(rng.random(n) < expit(-1.6 + poor), 1, np.where(rng.random(n) < expit(-0.6 - poor), 2, 0))
    age = rng.choice(3, n, p=[0.45, 0.28, 0.27])
    link = 0.8 + rng.normal(0, world.association_sd, world.areas)[area]
    out = expit(-3.2 + rng.normal(0, 0.4, world.areas)[area] + 0.5 * rural + link * (head == 1) + 0.7 * age)
    code = {"sex": rng.integers(0, 2, n), "zone": rural.astype(int), "attends": (rng.random(n) < out).astype(int)}
    code |= {"head": head, "age": age}
    eta = world.intercept + rng.normal(0, world.area_sd, world.areas)[area]
    _, own = np.unique(segment, return_inverse=True)
    eta = eta + rng.normal(0, world.psu_sd, own.max() + 1)[own]
    for name in NAMES:
        eta = eta + np.array(SLOPES[name], dtype=float)[code[name]]
    table = {name: pd.Categorical.from_codes(code[name], CATEGORIES[name]) for name in NAMES}
    codes = np.array([f"{a:04d}" for a in range(world.areas)])
    region = np.array([f"r{a * world.regions // world.areas:02d}" for a in range(world.areas)])
    return pd.DataFrame({"area": codes[area], "region": region[area], "segment": segment, "p": expit(eta), **table})


def _survey(world: World, people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Two stages within regions: segments, then children of each; the weight is the inverse of both fractions."""
    parts = []
    places = people.groupby("segment", sort=True).indices
    by_region = people.groupby("segment", sort=True)["region"].first()
    for _, segments in by_region.groupby(by_region):
        drawn = rng.choice(segments.index.to_numpy(), min(world.psus, len(segments)), replace=False)
        for one in np.sort(drawn):
            inside = places[one]
            taken = rng.choice(inside, min(world.interviewed, len(inside)), replace=False)
            weight = len(segments) / len(drawn) * len(inside) / len(taken)
            parts.append(people.iloc[taken].assign(weight=round(weight, 6)))
    rows = pd.concat(parts, ignore_index=True)
    rows["works"] = (rng.random(len(rows)) < rows["p"].to_numpy()).astype(int)
    return rows[["area", "region", "segment", "weight", "works", *NAMES]]


def _study(world: World, kind: str) -> Study:
    columns = {
        "microdata": {"file": "microdata.parquet"},
        "cells": {"file": "cells.csv", "count": "n"},
        "margins": {"file": "margins.csv", "count": "n", "determinant": "det", "category": "cat"},
    }[kind]
    return Study(
        study=StudyInfo(name="truth", method="risk_model", seed=1),
        outcome=Outcome(name="works", definition="simulated", column="works"),
        survey=Survey(
            file="survey.csv", year=2024, weight="weight", stratum="region", psu="segment",
            area_code="area" if world.declared else "",
        ),
        population=Population(year=2024, kind=kind, area_code="area", groups=("sex",), **columns),  # type: ignore[arg-type]
        areas=Areas(file="areas.csv", year=2024, area_code="area_code", parent_code="parent_code", children="children"),
        determinant=tuple(Determinant(name=n, survey=Rule(column=n), reference=REFERENCE[n]) for n in NAMES),
    )  # fmt: skip
