"""Average marginal effects of categories, all at once: what follows if every child had the category.

Nothing is copied: all but the determinant's own columns stay as they are, so their part of the log-odds is reused.
"""

from __future__ import annotations

import numpy as np

from riskmodel.survey.design import Floats
from riskmodel.survey.gram import BLOCK
from riskmodel.survey.newton import logistic
from riskmodel.survey.terms import Terms


def category_effects(x: Floats, share: Floats, terms: Terms, beta: Floats) -> dict[int, tuple[float, Floats]]:
    """Mean of p(everyone in the category) − p(everyone in the reference), and its gradient by the coefficients.

    Parameters
    ----------
    x : array, shape (n, p + 1)
    share : array, shape (n,)
        Weights that add up to 1.
    beta : array, shape (p + 1,)

    Returns
    -------
    dict
        By position of the term; nothing where a term belongs to several determinants, as its columns then move with both.
    """
    if any(term.determinant not in terms.determinants for term in terms.terms[1:]):
        return {}
    own = {name: terms.of(name) for name in terms.categories}
    places = [(name, i) for name, positions in own.items() for i in (-1, *positions)]  # −1: everyone in the reference
    if not places:
        return {}
    raised = np.array([0.0 if i < 0 else beta[i] for _, i in places])
    group = np.array([list(own).index(name) for name, _ in places])
    without = np.tile(beta, (len(own), 1))
    for row, positions in enumerate(own.values()):
        without[row, positions] = 0.0
    mean, gradient = np.zeros(len(places)), np.zeros((len(places), x.shape[1]))
    for start in range(0, len(x), BLOCK):
        rows, part = x[start : start + BLOCK], share[start : start + BLOCK]
        p = logistic((rows @ without.T)[:, group] + raised)
        mean += part @ p
        gradient += (p * (1 - p) * part[:, None]).T @ rows
    found = {}
    for position, (name, i) in enumerate(places):
        total = gradient[position, 0]  # of the intercept
        gradient[position, own[name]] = 0.0
        if i < 0:
            reference = position
            continue
        gradient[position, i] = total
        found[i] = (float(mean[position] - mean[reference]), gradient[position] - gradient[reference])
    return found
