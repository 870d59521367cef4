"""Bring the codes of two files together: as they are, with the zeros they lost, without a check digit or with one.

Only what makes at least half of the codes meet is proposed; what stays unmatched on either side is counted, never hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from riskmodel.inputs.code_systems import check_digit
from riskmodel.study_reading import Codes

How = Literal["same", "zeros", "check_digit_added", "check_digit", "none"]

# So much of the smaller side must meet before two columns count as codes of the same areas.
ENOUGH = 0.5
# Of several columns the simpler wins unless another meets clearly more.
BETTER = 0.02
# The system whose codes are written with and without a check digit, and their digits without it.
CHECKED, UNCHECKED = "br_municipality", 6


@dataclass(frozen=True)
class Meeting:
    """How the codes `here` meet those `there`; counts of codes in both, only here and only there."""

    here: str
    there: str
    how: How
    both: int = 0
    only_here: int = 0
    only_there: int = 0
    width: int = 0  # digits of the codes once their zeros are back

    @property
    def share(self) -> float:
        """Codes that meet, as a share of the smaller side."""
        return self.both / max(1, self.both + min(self.only_here, self.only_there))

    @property
    def together(self) -> float:
        """Codes that meet, as a share of all on either side."""
        return self.both / max(1, self.both + self.only_here + self.only_there)

    @property
    def turned(self) -> Meeting:
        """The same seen from the other side."""
        return Meeting(self.there, self.here, self.how, self.both, self.only_there, self.only_here, self.width)

    def codes(self) -> Codes | None:
        """What the reading of the file `here` must say so that the codes meet; None where nothing."""
        if self.how == "zeros":
            return Codes(into=self.here, columns=(self.here,), widths=(self.width,))
        if self.how == "check_digit":
            return Codes(into=self.here, columns=(self.here,), drop_last=1)
        if self.how == "check_digit_added":
            return Codes(into=self.here, columns=(self.here,), system=CHECKED)
        return None

    def read(self, code: str) -> str:
        """A code of the file `here` as it will be read."""
        if not code.isdecimal() or self.how not in ("zeros", "check_digit", "check_digit_added"):
            return code
        if self.how == "zeros":
            return code.zfill(self.width)
        if self.how == "check_digit":
            return code[:-1]
        return code + check_digit(code) if len(code) == UNCHECKED else code


def best_meeting(
    here: Mapping[str, frozenset[str]], there: Mapping[str, frozenset[str]], fixed: Iterable[How] = ()
) -> Meeting | None:
    """The pair of columns whose codes meet best; None where none does.

    Parameters
    ----------
    here, there : codes by column, the preferred column first.
    fixed : ways not to be taken, such as those that would change a file that cannot be read in another way.
    """
    found: list[Meeting] = []
    for one, codes in here.items():
        for other, others in there.items():
            found += [m for m in _ways(one, codes, other, others) if m.how not in set(fixed) and m.share >= ENOUGH]
    if not found:
        return None
    most = max(m.together for m in found)
    order = {"same": 0, "zeros": 1, "check_digit_added": 2, "check_digit": 3, "none": 4}
    close = [m for m in found if m.together >= most - BETTER]
    return min(close, key=lambda m: order[m.how])


def _ways(one: str, codes: frozenset[str], other: str, others: frozenset[str]) -> list[Meeting]:
    if not codes or not others:
        return []
    ways: list[Meeting] = [_meeting(one, other, "same", codes, others)]
    digits = {c for c in codes if c.isdecimal()}
    width = _usual_length(others)
    if digits and width and any(len(c) < width for c in digits):
        ways.append(_meeting(one, other, "zeros", {c.zfill(width) for c in digits}, others, width))
    if digits and width and _usual_length(codes) == width + 1:
        ways.append(_meeting(one, other, "check_digit", {c[:-1] for c in digits}, others, width))
    if digits and width == UNCHECKED + 1 and _usual_length(codes) == UNCHECKED:
        added = {c + check_digit(c) for c in digits if len(c) == UNCHECKED}
        ways.append(_meeting(one, other, "check_digit_added", added, others, width))
    return ways


def _meeting(one: str, other: str, how: How, codes: Iterable[str], others: frozenset[str], width: int = 0) -> Meeting:
    mine = frozenset(codes)
    return Meeting(one, other, how, len(mine & others), len(mine - others), len(others - mine), width)


def _usual_length(codes: Iterable[str]) -> int:
    """The length of nearly all codes that are digits; 0 where they differ."""
    lengths = [len(c) for c in codes if c.isdecimal()]
    if not lengths:
        return 0
    usual = max(set(lengths), key=lengths.count)
    return usual if lengths.count(usual) >= 0.9 * len(lengths) else 0
