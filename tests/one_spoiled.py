"""What is done with a file somebody brings, for the tests with spoiled files; every end but a table or problems is a fault."""

from __future__ import annotations

from pathlib import Path

from geodata.boundaries import boundary_columns, read_boundaries
from intake import propose_from
from riskmodel.i18n import say, translator
from riskmodel.inputs.read import read_noted
from riskmodel.problems import InputProblems

T = translator("es")


def taken_in(path: Path) -> str:
    """Recognise, propose, read as a table under the proposal and as boundaries; gives how it ended.

    Raises whatever the program raises that is no `InputProblems`, and `AssertionError` for a problem without words.
    """
    sources, proposal = propose_from([path], T)
    told = [p for source in sources for p in getattr(source, "problems", ())]
    ends = [type(source).__name__ for source in sources]
    try:
        reading = proposal.study.reading_of(path.name) or getattr(sources[0], "reading", None)
        table, notes = read_noted(path, reading=reading)
        told += notes
        ends.append(f"table {table.shape[1]} columns")
    except InputProblems as error:
        told += error.problems
        ends.append(error.problems[0].code)
    columns, found = boundary_columns(path)
    told += found
    if columns:
        shapes, found = read_boundaries(path, "codigo" if "codigo" in columns else columns[0])
        told += found
        ends.append(f"{len(shapes)} shapes")
    for problem in told:
        words = say(problem, T)
        assert str(words), problem.code
    return ", ".join(ends)
