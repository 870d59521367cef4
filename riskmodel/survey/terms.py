"""Turn determinants into the terms of the model: the same terms for the survey and for the population.

A category the survey never saw has no term and no risk; it is missing, never the reference. A term of an interaction is
the product of two main terms, which always stand in the model before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from riskmodel.problems import MISSING_CATEGORY, Problem, Where
from riskmodel.study import Determinant, Interaction
from riskmodel.survey.design import Floats
from riskmodel.survey.splines import curved_columns, curved_slopes, knots_of

INTERCEPT = "(intercept)"

# Between the two parts of an interaction; neither determinants nor the main terms of numbers hold it.
WITH = ":"
# Between the categories of an interaction, as people read them.
TIMES = " × "


@dataclass(frozen=True)
class Term:
    """One column of the model.

    `category` is "" for a numeric determinant; the intercept has neither. A curved column of a spline is `age.s1`, of the
    determinant `age`. A term of an interaction names its effect, `sex:age`, as its determinant, the categories it is
    about, and in `parts` the two main terms it is the product of.
    """

    name: str
    determinant: str = ""
    category: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """The columns of the model in order: the intercept, the main terms of each determinant, the interactions.

    `categories` lists every category the survey knows, the reference first; numeric determinants are not in it. `knots`
    holds all knots of each determinant with a spline, `interactions` the pairs of determinants.
    """

    terms: tuple[Term, ...]
    determinants: tuple[str, ...]
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    knots: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    interactions: tuple[tuple[str, str], ...] = ()

    @classmethod
    def made(
        cls,
        determinants: Sequence[str],
        categories: Mapping[str, tuple[str, ...]],
        knots: Mapping[str, tuple[float, ...]] | None = None,
        interactions: Sequence[tuple[str, str]] = (),
    ) -> Terms:
        """The terms that these determinants, categories, knots and interactions have, in their order."""
        knots = knots or {}
        main = {name: _main_terms(name, categories, knots) for name in determinants}
        terms = [Term(INTERCEPT), *(term for own in main.values() for term in own)]
        for first, second in interactions:
            for a in main[first]:
                for b in main[second]:
                    category = TIMES.join(c for c in (a.category, b.category) if c)
                    effect = f"{first}{WITH}{second}"
                    terms.append(Term(f"{a.name}{WITH}{b.name}", effect, category, (a.name, b.name)))
        return cls(tuple(terms), tuple(determinants), categories, knots, tuple(interactions))

    @property
    def names(self) -> list[str]:
        """Names of the terms: "(intercept)", "sex=hombre", "age", "age.s1", "sex=hombre:age"."""
        return [term.name for term in self.terms]

    @property
    def effects(self) -> tuple[str, ...]:
        """The determinants, then the interactions as "sex:age"."""
        return (*self.determinants, *(f"{a}{WITH}{b}" for a, b in self.interactions))

    @property
    def references(self) -> dict[str, str]:
        """Reference category of each categorical determinant."""
        return {name: known[0] for name, known in self.categories.items()}

    @property
    def table(self) -> pd.DataFrame:
        """One row per term: `term`, `determinant` ("" for the intercept), `category` ("" for a numeric determinant)."""
        rows = [(term.name, term.determinant, term.category) for term in self.terms]
        return pd.DataFrame(rows, columns=["term", "determinant", "category"])

    def is_numeric(self, determinant: str) -> bool:
        return determinant not in self.categories

    def of(self, effect: str) -> list[int]:
        """Positions of the terms of a determinant, interactions left out, or of an interaction."""
        return [i for i, term in enumerate(self.terms) if term.determinant == effect]

    def interactions_with(self, determinant: str) -> list[tuple[str, str]]:
        """The interactions a determinant is part of."""
        return [pair for pair in self.interactions if determinant in pair]

    def matrix(self, frame: pd.DataFrame) -> Floats:
        """Design matrix, shape (n, p + 1). A missing or unknown value makes the columns of its determinant NaN."""
        x = np.ones((len(frame), len(self.terms)))
        for name in self.determinants:
            if self.is_numeric(name):
                x[:, self.of(name)] = self._of_number(name, frame[name].to_numpy(dtype=float, na_value=np.nan))
                continue
            code = self.codes(name, frame[name])
            for i in self.of(name):
                position = self.categories[name].index(self.terms[i].category)
                x[:, i] = np.where(code < 0, np.nan, code == position)
        self.multiply(x)
        return x

    def multiply(self, x: Floats) -> None:
        """Fill the columns of the interactions of a design matrix from its main columns, in place."""
        if not self.interactions:
            return
        position = {name: i for i, name in enumerate(self.names)}
        for i, term in enumerate(self.terms):
            if term.parts:
                first, second = (position[part] for part in term.parts)
                x[:, i] = x[:, first] * x[:, second]

    def at_category(self, x: Floats, determinant: str, category: str) -> Floats:
        """The design matrix had every child this category of a determinant, all else as it is."""
        out = x.copy()
        for i in self.of(determinant):
            out[:, i] = self.terms[i].category == category
        self.multiply(out)
        return out

    def at_value(self, x: Floats, determinant: str, value: float) -> Floats:
        """The design matrix had every child this value of a numeric determinant, all else as it is."""
        out = x.copy()
        out[:, self.of(determinant)] = self._of_number(determinant, np.array([value]))
        self.multiply(out)
        return out

    def slope(self, x: Floats, determinant: str) -> Floats:
        """Derivative of the design matrix by a numeric determinant, shape (n, p + 1)."""
        own = self.of(determinant)
        out = np.zeros_like(x)
        out[:, own[0]] = 1.0
        if determinant in self.knots:
            out[:, own[1:]] = curved_slopes(x[:, own[0]], self.knots[determinant])
        position = {name: i for i, name in enumerate(self.names)}
        for i, term in enumerate(self.terms):
            if term.parts:
                first, second = (position[part] for part in term.parts)
                out[:, i] = out[:, first] * x[:, second] + x[:, first] * out[:, second]
        return out

    def codes(self, determinant: str, values: pd.Series) -> np.ndarray:
        """Position of each value among the categories of a determinant; −1 where missing or unknown."""
        return pd.Categorical(values.astype(object), categories=list(self.categories[determinant])).codes

    def predict(self, frame: pd.DataFrame, coef: pd.Series) -> pd.Series:
        """Probability of each row, shape (n,); missing where a determinant is missing or unknown."""
        eta = self.matrix(frame) @ coef.to_numpy()
        return pd.Series(1 / (1 + np.exp(-eta)), index=frame.index, name="person_risk")

    def _of_number(self, name: str, values: Floats) -> Floats:
        """Main columns of a numeric determinant: itself, and the curved ones of its spline."""
        if name not in self.knots:
            return values[:, None]
        return np.column_stack([values, curved_columns(values, self.knots[name])])


def terms_of(
    frame: pd.DataFrame,
    determinants: Sequence[Determinant],
    weight: Floats,
    interactions: Sequence[Interaction] = (),
) -> tuple[Terms, list[Problem]]:
    """Terms for `determinants` from the rows a model is fitted on, and what is wrong with them.

    Parameters
    ----------
    frame : DataFrame, n rows
        The rows used, no determinant missing.
    weight : array, shape (n,)
        The largest weighted category is the reference where none is declared, never that of missing values; the first
        in order on a tie. Knots of a spline that are not given are weighted quantiles.
    interactions : sequence of Interaction
        Of determinants among `determinants`; others are left out, as are those of a determinant without a term.
    """
    categories: dict[str, tuple[str, ...]] = {}
    knots: dict[str, tuple[float, ...]] = {}
    problems: list[Problem] = []
    for determinant in determinants:
        name = determinant.name
        where = Where(column=determinant.survey.column)
        if determinant.kind == "numeric":
            if frame[name].nunique() < 2:
                problems.append(Problem("model_determinant_constant", where, {"determinant": name}))
            elif determinant.spline is not None:
                found, wrong = knots_of(determinant, determinant.spline, frame[name].to_numpy(dtype=float), weight)
                problems += wrong
                if found:
                    knots[name] = found
            continue
        share = pd.Series(weight).groupby(frame[name].astype(str).to_numpy()).sum().sort_index()
        if len(share) < 2:
            problems.append(Problem("model_determinant_constant", where, {"determinant": name}))
            continue
        reference = determinant.reference or str(share.drop(MISSING_CATEGORY, errors="ignore").idxmax())
        if reference not in share.index:
            values = {"determinant": name, "category": reference, "known": ", ".join(share.index)}
            problems.append(Problem("model_reference_unknown", where, values))
            continue
        others = [str(category) for category in share.index if category != reference]
        categories[name] = (reference, *others)
    named = {d.name for d in determinants if d.kind == "numeric" or d.name in categories}
    pairs = [i.determinants for i in interactions if set(i.determinants) <= named]
    return Terms.made([d.name for d in determinants], categories, knots, pairs), problems


def _main_terms(
    name: str, categories: Mapping[str, tuple[str, ...]], knots: Mapping[str, tuple[float, ...]]
) -> list[Term]:
    if name in categories:
        return [Term(f"{name}={category}", name, category) for category in categories[name][1:]]
    curved = max(len(knots.get(name, ())) - 2, 0)
    return [Term(name, name), *(Term(f"{name}.s{j + 1}", name) for j in range(curved))]
