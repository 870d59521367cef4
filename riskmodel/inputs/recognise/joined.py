"""Find codes of areas that only with the code of the unit above are those of an official system.

Proved by the check digit of the system: the parts of other systems are known by `code_columns.two_part_code`.
"""

from __future__ import annotations

from collections.abc import Sequence

from riskmodel.inputs.code_systems import SYSTEMS
from riskmodel.inputs.recognise.code_columns import CodeColumn

AGREE = 0.98


def official_pair(codes: Sequence[CodeColumn], area: CodeColumn) -> tuple[CodeColumn, CodeColumn] | None:
    """The column of the unit above and that of the area, where both together carry the check digits of a system."""
    for rule in (r for r in SYSTEMS.values() if r.check_digit):
        first, rest = rule.widths[0], rule.length - rule.widths[0]
        if area.width > rest:
            continue
        for parent in (c for c in codes if c.width <= first and c.name != area.name and c.codes.nunique() > 1):
            joined = parent.codes.str.zfill(first) + area.codes.str.zfill(rest)
            if rule.conforms(joined.dropna()).mean() >= AGREE and joined.notna().mean() >= AGREE:
                return parent, area
    return None
