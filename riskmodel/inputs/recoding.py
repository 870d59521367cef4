"""Put codes that a person says are now others into the reading of a file.

The codes are those the file is read with; where nothing was declared for their column, only this is.
"""

from __future__ import annotations

from collections.abc import Mapping

from riskmodel.study_reading import Codes, Reading


def with_recoding(reading: Reading, column: str, pairs: Mapping[str, str]) -> Reading:
    """The reading with `pairs` (old code -> new) among the codes of `column`, beside those declared before.

    A code that is changed again goes from its first form to its last.
    """
    present = next((c for c in reading.codes if c.into == column), None)
    codes = present or Codes(into=column, columns=(column,))
    earlier = {old: pairs.get(new, new) for old, new in codes.recode.items()}
    made = set(codes.recode.values())
    recode = {**earlier, **{old: new for old, new in pairs.items() if old not in made}}
    recode = {old: new for old, new in recode.items() if old != new}
    changed = codes.model_copy(update={"recode": recode})
    kept = tuple(changed if c is present else c for c in reading.codes)
    return reading.model_copy(update={"codes": kept if present else (*reading.codes, changed)})
