"""The one way to end the reading of a file of boundaries early: with the problem that explains why."""

from __future__ import annotations

from riskmodel.problems import Problem

NAMED_MOST = 5


class NotUsableError(Exception):
    """Carries the problem; caught where reading began, never shown as an exception."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def some(codes: object) -> list[str]:
    """The first few codes, and a mark that there are more."""
    named = [str(code) for code in codes]  # type: ignore[attr-defined]
    return [*named[:NAMED_MOST], "…"] if len(named) > NAMED_MOST else named
