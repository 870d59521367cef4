"""Codes of problems, and whether they can be said."""

from __future__ import annotations

from collections.abc import Iterable

from riskmodel.i18n import say, translator
from riskmodel.problems import Problem


def codes(problems: Iterable[Problem]) -> set[str]:
    return {p.code for p in problems}


def worded(problems: Iterable[Problem]) -> None:
    """Every problem has words for what is wrong and how to mend it, and its values fill them."""
    for problem in problems:
        said = say(problem, translator("en"))
        assert said.what, problem.code
        assert said.mend, problem.code
        assert "{" not in said.what + said.mend, problem.code
