"""Tell which official system a column of codes follows, how sure that is and why.

Codes that lost their zeros are recognised too. Several countries write codes alike: what settles it is a check digit, another
file, the codes of the parents, or a country that is whole; else it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import pandas as pd

from riskmodel.inputs.code_systems import SYSTEMS, CodeRule, general_rule
from riskmodel.inputs.code_text import has_thousands, read_code
from riskmodel.inputs.mend_codes import mend_codes

Certainty = Literal["sure", "likely", "ask"]
Reason = Literal[
    "other_file",
    "check_digit",
    "parents",
    "whole_country",
    "form",
    "one_form",
    "several",
    "one_length",
    "two_lengths",
    "none",
]

# A column of codes may hold a few rows that are none: totals, notes.
CONFORM = 0.95
WHOLE = 0.9
FEW = 5
AGREE = 0.5


@dataclass(frozen=True)
class CodeRecognition:
    """What a column of codes is.

    rule : CodeRule or None
        The system, or the general rule; None when the column does not look like codes.
    reason, values
        Why, for `riskmodel.outputs.code_words.recognition_sentence`.
    share, mended_share : float
        Share of the different codes that conform as they are, and once mended (0-1).
    alternatives : tuple of CodeRule
        Other systems the codes would fit, the most probable first.
    """

    rule: CodeRule | None
    certainty: Certainty
    reason: Reason
    share: float = 0.0
    mended_share: float = 0.0
    alternatives: tuple[CodeRule, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class _Candidate:
    rule: CodeRule
    share: float
    mended_share: float
    codes: frozenset[str]  # mended, those that conform
    agree: float  # share found in the other file
    parents_fit: bool
    many_zeros: bool  # some code would have lost more than one zero

    @property
    def seen(self) -> float:
        """Share of the units above that appear."""
        return len({code[: self.rule.widths[0]] for code in self.codes}) / max(len(self.rule.first), 1)

    @property
    def whole(self) -> bool:
        """Whether it looks like a whole country: nearly all units above, about as many codes as there are units."""
        return self.seen >= WHOLE and 0.85 <= len(self.codes) / self.rule.units <= 1.1

    @property
    def too_many(self) -> bool:
        return len(self.codes) > 1.15 * self.rule.units

    @property
    def rank(self) -> tuple[object, ...]:
        proof = self.agree >= AGREE, self.parents_fit, self.checked, self.whole
        return (
            *proof,
            self.share >= AGREE,
            self.share >= CONFORM,
            round(self.seen, 1),
            len(self.codes) / self.rule.units,
        )

    @property
    def checked(self) -> bool:
        return self.rule.check_digit and len(self.codes) >= FEW

    @property
    def proof(self) -> Reason | None:
        found: tuple[tuple[bool, Reason], ...] = (
            (self.agree >= AGREE, "other_file"),
            (self.checked, "check_digit"),
            (self.parents_fit, "parents"),
            (self.whole, "whole_country"),
        )
        return next((reason for holds, reason in found if holds), None)


def recognise_codes(
    codes: pd.Series, others: Iterable[str] | None = None, parents: pd.Series | None = None, country: str = ""
) -> CodeRecognition:
    """The system of a column of codes.

    Parameters
    ----------
    codes : Series
        As the file has them.
    others : iterable of str, optional
        Codes of another file of the same areas that are written right (a register, boundaries).
    parents : Series, optional
        Codes of the units above, row by row; each code must begin with its own.
    country : str
        ISO 3166 alpha-2 of the study, if known: systems of other countries are then left aside.
    """
    cells = [str(cell) for cell in codes.dropna().astype("string").unique() if str(cell).strip()]
    thousands = has_thousands(cells)
    read = pd.Series([read_code(cell, (), thousands).code for cell in cells], dtype="string")
    digits = read[read.str.fullmatch(r"[0-9]+").fillna(False).astype(bool)].drop_duplicates()
    if not len(digits) or len(digits) < len(read.drop_duplicates()) * AGREE:
        return CodeRecognition(None, "ask", "none")
    known = frozenset() if others is None else frozenset(str(code) for code in others if not pd.isna(code))
    country = country or _country_of(known)
    above = _Above(codes, parents)
    listed = digits.to_list()
    found = [
        _candidate(rule, listed, known, above)
        for rule in SYSTEMS.values()
        if _may_be(rule, country) and _may_fit(rule, listed, known)
    ]
    fitting = sorted(
        (c for c in found if c.mended_share >= CONFORM and not c.too_many), key=lambda c: c.rank, reverse=True
    )
    if known and not any(c.agree >= AGREE for c in fitting):
        fitting = []  # the other file's way of writing decides
    if not fitting:
        return _general(digits, known, above, [])
    decided = _proven(fitting, len(digits))
    if decided:
        return decided
    near = [c for c in fitting if not c.many_zeros]
    nested = len(above.widths(int(digits.str.len().max()))) > 1
    if near and not nested and (near[0].share >= AGREE or (country and len(near) == 1)):
        return _by_form(near, len(digits))
    return _general(digits, known, above, fitting)


def _country_of(known: frozenset[str]) -> str:
    """The country whose codes the other file has, where they leave no doubt."""
    other = recognise_codes(pd.Series(sorted(known), dtype="string")) if known else None
    return other.rule.country if other and other.rule and other.certainty == "sure" else ""


def _may_be(rule: CodeRule, country: str) -> bool:
    return rule.parent_length > 0 and (not country or rule.country == country.upper())


def _may_fit(rule: CodeRule, digits: list[str], known: frozenset[str]) -> bool:
    """Whether few enough codes are too long for a rule; beside another file a check digit may be taken off."""
    if known and rule.country == "BR":
        return True
    return sum(len(code) > rule.length for code in digits) <= (1 - CONFORM) * len(digits)


def _candidate(rule: CodeRule, digits: list[str], known: frozenset[str], above: _Above) -> _Candidate:
    mended = [code.zfill(rule.length) for code in digits]
    if known and rule.country == "BR":
        # alone, a 6-digit code is of a system of its own; beside another file, its check digit is added or taken off
        mended = mend_codes(pd.Series(digits, dtype="string"), rule).codes.to_list()
    fits = [rule.fits(code) for code in mended]
    right = frozenset(code for code, good in zip(mended, fits, strict=True) if good)
    agree = len(right & known) / max(min(len(right), len(known)), 1)
    share = sum(map(rule.fits, digits)) / len(digits)
    mended_share = sum(fits) / len(fits)
    # where every code would have lost a zero, codes without any that was lost nest just as well
    follows = bool(share and right) and mended_share >= CONFORM and above.begin_with(rule)
    many = any(len(code) - len(before) > 1 for code, before in zip(mended, digits, strict=True))
    return _Candidate(rule, share, mended_share, right, agree, follows, many)


class _Above:
    """The codes of the units above beside those of the areas, mended once for all rules."""

    def __init__(self, codes: pd.Series, parents: pd.Series | None) -> None:
        self.codes, self.parents = codes, parents

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """Different pairs of code and parent, as text of digits; none where too few, or where parents are no codes."""
        if self.parents is None:
            return []
        told = {"code": self.codes.astype("string"), "parent": self.parents.astype("string")}
        pairs = pd.DataFrame(told).dropna().drop_duplicates()
        if len(pairs) < FEW or pairs["parent"].nunique() < 2:
            return []
        above = mend_codes(pairs["parent"]).codes
        if not above.str.fullmatch(r"[0-9]+").fillna(False).mean() >= CONFORM:
            return []
        return list(zip(mend_codes(pairs["code"]).codes.to_list(), above.to_list(), strict=True))

    def begin_with(self, rule: CodeRule) -> bool:
        """Whether nearly every code, mended, begins with the code of its parent written with that many digits."""
        if not self.pairs:
            return False
        found = [
            sum(
                code.zfill(rule.length).startswith(parent.zfill(width))
                for code, parent in self.pairs
                if len(parent) <= width
            )
            for width in (rule.parent_length, rule.widths[0])
        ]
        return max(found) >= CONFORM * len(self.pairs)

    def widths(self, length: int) -> tuple[int, ...]:
        """Digits of the parent and of the rest, where codes of that length begin with their parent's; else of the whole."""
        longest = max((len(parent) for _, parent in self.pairs), default=0)
        if 0 < longest < length:
            rule = general_rule((longest, length - longest))
            if self.begin_with(rule):
                return rule.widths
        return (length,)


def _proven(fitting: list[_Candidate], count: int) -> CodeRecognition | None:
    """The best system, where something beyond the form of the codes speaks for it alone."""
    best, rest = fitting[0], fitting[1:]
    rivals = [
        c for c in rest if c.proof == best.proof and c.rule.country != best.rule.country and c.codes != best.codes
    ]
    if best.proof is None or rivals:
        return None
    return CodeRecognition(
        best.rule, "sure", best.proof, best.share, best.mended_share, tuple(c.rule for c in rest), _values(best, count)
    )


def _by_form(fitting: list[_Candidate], count: int) -> CodeRecognition:
    """What the form alone tells: often how the codes are written, seldom of which country they are."""
    best, rest = fitting[0], fitting[1:]
    others = tuple(c.rule for c in rest)
    if not rest:
        return CodeRecognition(best.rule, "likely", "form", best.share, best.mended_share, (), _values(best, count))
    same = all(c.codes == best.codes for c in rest)
    first = min(c.rule.widths[0] for c in fitting)
    rule = general_rule((first, best.rule.length - first))
    values = {"digits": rule.length, "count": count, "first": first}
    return CodeRecognition(
        rule, "likely" if same else "ask", "one_form" if same else "several", best.share, best.mended_share,
        (best.rule, *others), values,
    )  # fmt: skip


def _values(best: _Candidate, count: int) -> dict[str, object]:
    parents = len({code[: best.rule.widths[0]] for code in best.codes})
    return {
        "office": best.rule.office, "country": best.rule.country, "digits": best.rule.length, "count": count,
        "parents": parents,
    }  # fmt: skip


def _general(digits: pd.Series, known: frozenset[str], above: _Above, fitting: list[_Candidate]) -> CodeRecognition:
    """The rule of nested, zero-padded text, its widths learnt from the other file, the parents, or the codes' lengths."""
    lengths = digits.str.len()
    other_lengths = {len(code) for code in known if code.isdecimal()}
    length = next(iter(other_lengths)) if len(other_lengths) == 1 else int(lengths.max())
    widths = above.widths(length)
    rule = general_rule(widths)
    mended = digits.str.zfill(length)
    share = float((lengths == length).mean())
    mended_share = float((mended.str.len() == length).mean())
    values = {"digits": length, "count": len(digits)}
    agree = len(set(mended) & known) / max(min(len(mended), len(known)), 1)
    certainty: Certainty = "ask"
    reason: Reason = "two_lengths"
    others = tuple(c.rule for c in fitting)
    if known and agree >= AGREE:
        certainty, reason = "sure", "other_file"
    elif len(widths) > 1:
        certainty, reason = "likely", "parents"
    elif share == 1.0:
        certainty, reason = "ask" if others else "likely", "one_length"
    elif length - int(lengths.min()) > 1:
        return CodeRecognition(None, "ask", "none", values=values)  # numbers counted up, more likely than codes
    return CodeRecognition(rule, certainty, reason, share, mended_share, others, values)
