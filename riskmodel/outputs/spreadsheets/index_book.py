"""`workbook.xlsx`: the vulnerability index with every step as a sheet and its formulas live.

Whoever changes a weight, a direction or a value in it gets the index that Mirador would give. Every formula carries the
value it had when it was written, so that a program that only shows files shows the index too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from riskmodel.i18n import N_, Translator
from riskmodel.outputs.spreadsheets.index_ends import write_contributions, write_levels, write_parents
from riskmodel.outputs.spreadsheets.index_indicators import write_indicators
from riskmodel.outputs.spreadsheets.index_inputs import write_complete, write_data, write_medians
from riskmodel.outputs.spreadsheets.index_normalised import write_normalised
from riskmodel.outputs.spreadsheets.index_readme import write_read_me
from riskmodel.outputs.spreadsheets.index_says import says
from riskmodel.outputs.spreadsheets.index_steps import write_dimensions, write_index
from riskmodel.outputs.spreadsheets.index_treated import write_treated, write_treated_data
from riskmodel.outputs.spreadsheets.plan import Plan, make_plan
from riskmodel.outputs.spreadsheets.style import MOST_ROWS, Book
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.progress import Progress, quiet
from riskmodel.results import Results

WORKBOOK = "workbook.xlsx"
Writer = Callable[[Book, Plan, list[str]], None]


def write_index_workbook(results: Results, path: Path, t: Translator, progress: Progress = quiet) -> Path:
    """Write the workbook of a finished run of the index; gives `path`.

    Raises
    ------
    InputProblems
        The run is not of an index.
    """
    if results.manifest["method"] != "vulnerability_index" or results.index_scores.empty:
        raise InputProblems([Problem("workbook_not_an_index", Where(path.name))])
    plan = make_plan(results, t)
    title = t("{study}: the index step by step", study=plan.study.study.name)
    created = dt.datetime.fromisoformat(str(results.manifest["created"]))
    sheets = _sheets(plan)
    with Book(path, title, created) as book:
        write_read_me(book, plan, list(sheets))
        for done, (name, write) in enumerate(sheets.items()):
            progress(N_("Writing the workbook of the index"), done / len(sheets))
            write(book, plan, says(plan, name))
    return path


def _sheets(plan: Plan) -> dict[str, Writer]:
    """The sheets of this study, in the order of the steps."""
    every: dict[str, Writer] = {
        "indicators": write_indicators,
        "data": write_data,
        "medians": write_medians,
        "complete": write_complete,
        "treated_data": write_treated_data,
        "treated": write_treated,
        "normalised": write_normalised,
        "dimensions": write_dimensions,
        "index": write_index,
        "levels": write_levels,
        "parents": write_parents,
        "contributions": write_contributions,
    }
    left_out = set() if plan.blocks else {"medians"}
    left_out |= set() if plan.is_treated else {"treated_data", "treated"}
    return {name: write for name, write in every.items() if name not in left_out}


def fits(results: Results) -> bool:
    """Whether a spreadsheet has room for the areas."""
    return len(results.areas) < MOST_ROWS - 100
