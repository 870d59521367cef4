"""Put two files of a proposed study side by side by their areas, and take over the codes a person says have changed.

Codes are those that will be read: with the zeros given back and the changes answered so far. A change is only ever proposed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from riskmodel.inputs.codes import as_codes
from riskmodel.inputs.compared_files import FilesCompared, area_list
from riskmodel.inputs.reading_codes import make_codes
from riskmodel.inputs.recognise.draft import Draft
from riskmodel.inputs.recognise.proposal import recode_key
from riskmodel.inputs.recognise.sources import MapSource, TableSource
from riskmodel.problems import Problem, Where
from riskmodel.study_reading import Codes

# How codes are answered: all that are proposed, none, or pairs of an old and a new code.
ALL, NONE = "all", "none"
PAIR = re.compile(r"\s*([^\s:,;]+)\s*:\s*([^\s:,;]+)\s*")


@dataclass(frozen=True)
class AsRead:
    """A file with the column of its codes, and how these will be read; None: as they are."""

    source: TableSource | MapSource
    code: str
    codes: Codes | None = None

    @property
    def where(self) -> Where:
        sheet = self.source.layer if isinstance(self.source, MapSource) else self.source.sheet
        return Where(self.source.file, sheet, self.code)


def areas_read(draft: Draft, file: AsRead) -> pd.DataFrame:
    """The areas of a file with the codes it will be read with, as `FilesCompared` takes them."""
    source, code = file.source, file.code
    codes = as_codes(source.table[code])
    if file.codes is not None and file.codes.into == code:
        codes = make_codes([codes], file.codes, file.where)[0]
    if changed := draft.recoded.get(source.file):
        codes = codes.map(changed).astype("string").fillna(codes)
    columns = source.columns
    name = columns.column("area_name") or columns.column("area_label")
    parent = columns.column("parent_name") or columns.column("parent_code")
    return area_list(source.table.assign(**{code: codes}), code, name if name != code else "", parent)


def side_by_side(draft: Draft, first: AsRead, second: AsRead) -> frozenset[str]:
    """Compare the areas of two files whose codes meet; gives the codes of the first as they will be read after the answers."""
    assert isinstance(first.source, TableSource)
    _answer_pairs(draft, first.source, first.code)
    compared = FilesCompared(first.where, second.where, areas_read(draft, first), areas_read(draft, second))
    if draft.answers.get(recode_key(first.source.file), "").strip().casefold() == ALL and compared.recodings:
        draft.recode(first.source, first.code, compared.recodings)
        compared = replace(compared, areas_first=areas_read(draft, first))
    draft.compared.append(compared)
    return frozenset(map(str, compared.areas_first["area_code"]))


def _answer_pairs(draft: Draft, source: TableSource, code: str) -> None:
    """Take over the pairs of codes that were answered for a file, once."""
    answer = draft.answers.get(recode_key(source.file), "")
    if not answer or answer.strip().casefold() in (ALL, NONE) or source.file in draft.recoded:
        return
    pairs = pairs_of(answer)
    if pairs is None:
        draft.problems.append(Problem("intake_recode_unknown", Where(source.file), {"answer": answer}, "warning"))
        return
    draft.recode(source, code, pairs)


def pairs_of(answer: str) -> Mapping[str, str] | None:
    """ "68306:68307, 08132:08372" as old and new codes; None where it is not written so."""
    found = [PAIR.fullmatch(part) for part in answer.split(",") if part.strip()]
    pairs = {match[1]: match[2] for match in found if match}
    return pairs if found and len(pairs) == len(found) else None
