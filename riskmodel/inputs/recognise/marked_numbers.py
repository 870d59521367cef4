"""Find numbers that carry more than digits: marks of notes and of provisional figures, and words such as "mil" or "M".

A mark behind a figure is taken off; what a word multiplies is never guessed, it is told.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from riskmodel.inputs.reading_parts import BARE_NUMBER, MARKED_NUMBER
from riskmodel.inputs.recognise import vocabulary as words
from riskmodel.inputs.recognise.cells import HIDDEN, MISSING, form_of
from riskmodel.inputs.recognise.facts import plain_name
from riskmodel.inputs.recognise.found import Guess
from riskmodel.inputs.recognise.vocabulary import has_word
from riskmodel.problems import Where

# Cells that must be figures, with or without a mark, and the fewest of them.
MOST, FEWEST = 0.95, 4
SHOWN = 20

WORDED = rf"(?:{BARE_NUMBER})\s*(?:miles|mil|mill?(?:on(?:es)?|ón|ões|oes|hão|hões)?\.?|milh(?:ão|ões|oes)|mi|mm|m|k|thousand|millions?|mille)"
# A number kept secret: only the bound it lies below or above is told.
BOUNDED = rf"(?:[<>≤≥]|menos de|mas de|más de|menor(?:es)? (?:a|de|que)|less than|moins de|inferior a)\s*{BARE_NUMBER}"
# Different texts looked at in a long table.
LOOKED = 2_000


def marked_guesses(table: pd.DataFrame, where: Where) -> list[Guess]:
    """Columns of figures some of which have the mark of a note behind them, and columns of figures with words."""
    found = []
    for column in map(str, table.columns):
        present = table[column].dropna().str.strip()
        distinct = pd.Series(present.unique()[:LOOKED], dtype="string")
        distinct = distinct[[form_of(t) != MISSING or bool(HIDDEN.fullmatch(t)) for t in distinct]]
        if len(distinct) < FEWEST:
            continue
        marked, plain = distinct.str.fullmatch(MARKED_NUMBER), distinct.str.fullmatch(BARE_NUMBER)
        at = replace(where, column=column)
        padded = distinct.str.match(r"0\d").mean() > 0.1
        codes = (
            padded or has_word(words.CODE, plain_name(column)) or not (plain.any() or distinct.str.len().median() > 3)
        )
        if marked.any() and not codes and (marked | plain).mean() >= MOST:
            rows = present.index[present.isin(list(distinct[marked])).to_numpy(bool)]
            values: dict[str, object] = {"count": len(rows), "example": str(present[rows[0]])[:60]}
            at = replace(at, rows=tuple(int(i) + 2 for i in rows[:SHOWN]))
            found.append(Guess("number_marks", "likely", at, values, "tidy", column))
            continue
        bounded = distinct.str.lower().str.fullmatch(BOUNDED)
        if bounded.any() and not bounded.all() and (bounded | plain).mean() >= MOST:
            rows = present.index[present.isin(list(distinct[bounded])).to_numpy(bool)]
            at = replace(at, rows=tuple(int(i) + 2 for i in rows[:SHOWN]))
            found.append(
                Guess("numbers_hidden", "ask", at, {"count": len(rows), "example": str(present[rows[0]])[:60]})
            )
            continue
        worded = distinct.str.lower().str.fullmatch(WORDED)
        if worded.mean() > 0.1 and (worded | plain).mean() >= MOST:
            values = {"count": int(worded.sum()), "example": str(distinct[worded].iloc[0])[:60]}
            found.append(Guess("numbers_worded", "ask", at, values))
    return found
