"""Turn determinants into the terms of the model: the same terms for the survey and for the population.

A category the survey never saw has no term and no risk; it is missing, never the reference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from riskmodel.problems import Problem, Where
from riskmodel.study import MISSING_CATEGORY, Determinant
from riskmodel.survey.design import Floats

INTERCEPT = "(intercept)"


@dataclass(frozen=True)
class Term:
    """One column of the model. `category` is "" for a numeric determinant; the intercept has neither."""

    name: str
    determinant: str = ""
    category: str = ""


@dataclass(frozen=True)
class Terms:
    """The columns of the model in order, the intercept first.

    `categories` lists every category the survey knows, the reference first; numeric determinants are not in it.
    """

    terms: tuple[Term, ...]
    determinants: tuple[str, ...]
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Names of the terms: "(intercept)", "sex=hombre", "age"."""
        return [term.name for term in self.terms]

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

    def of(self, determinant: str) -> list[int]:
        """Positions of the terms of one determinant."""
        return [i for i, term in enumerate(self.terms) if term.determinant == determinant]

    def matrix(self, frame: pd.DataFrame) -> Floats:
        """Design matrix, shape (n, p + 1). A missing or unknown value makes the columns of its determinant NaN."""
        x = np.ones((len(frame), len(self.terms)))
        for name in self.determinants:
            if self.is_numeric(name):
                x[:, self.of(name)[0]] = frame[name].to_numpy(dtype=float, na_value=np.nan)
                continue
            code = self.codes(name, frame[name])
            for i in self.of(name):
                position = self.categories[name].index(self.terms[i].category)
                x[:, i] = np.where(code < 0, np.nan, code == position)
        return x

    def codes(self, determinant: str, values: pd.Series) -> np.ndarray:
        """Position of each value among the categories of a determinant; −1 where missing or unknown."""
        return pd.Categorical(values.astype(object), categories=list(self.categories[determinant])).codes

    def predict(self, frame: pd.DataFrame, coef: pd.Series) -> pd.Series:
        """Probability of each row, shape (n,); missing where a determinant is missing or unknown."""
        eta = self.matrix(frame) @ coef.to_numpy()
        return pd.Series(1 / (1 + np.exp(-eta)), index=frame.index, name="person_risk")


def terms_of(frame: pd.DataFrame, determinants: Sequence[Determinant], weight: Floats) -> tuple[Terms, list[Problem]]:
    """Terms for `determinants` from the rows a model is fitted on, and what is wrong with them.

    Parameters
    ----------
    frame : DataFrame, n rows
        The rows used, no determinant missing.
    weight : array, shape (n,)
        The largest weighted category is the reference where none is declared, never that of missing values; the first
        in order on a tie.
    """
    terms = [Term(INTERCEPT)]
    categories: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for determinant in determinants:
        name = determinant.name
        where = Where(column=determinant.survey.column)
        if determinant.kind == "numeric":
            if frame[name].nunique() < 2:
                problems.append(Problem("model_determinant_constant", where, {"determinant": name}))
            terms.append(Term(name, name))
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
        terms += [Term(f"{name}={category}", name, category) for category in others]
    return Terms(tuple(terms), tuple(d.name for d in determinants), categories), problems
