"""Official code systems of the region as a table of rules, and the check digit of Brazil's municipalities.

A code is nested: its first digits are the code of the unit above. Only systems whose published rule is known are here
(Uruguay's municipalities, for one, have no such code); any other column of codes is read by the general rule of nested,
zero-padded text (`general_rule`).

Sources: the published divisions of the statistical offices — IBGE "Divisão Territorial Brasileira" (7 digits, the last a
check digit; health and older tables give 6); DANE "DIVIPOLA"; INEGI "Catálogo único de claves de áreas geoestadísticas"
(CVEGEO); INEI "UBIGEO"; INDEC "Códigos de jurisdicciones, departamentos"; Chile "Códigos únicos territoriales" (SUBDERE,
2018); INEC Ecuador "Clasificador geográfico"; INE Bolivia "Codificación de la división político administrativa"; INE
Guatemala; INE Honduras; DIGESTYC El Salvador (the 262 municipalities before 2024); INIDE Nicaragua; INEC Costa Rica; INEC
Panamá; ONE República Dominicana; INE Paraguay; INE Venezuela.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class CodeRule:
    """How a code is built. `widths` are the digits of each level, the widest unit first."""

    system: str  # key of SYSTEMS, or "general"
    country: str  # ISO 3166 alpha-2; "" for the general rule
    office: str  # name of the classification as its office writes it; "" for the general rule
    widths: tuple[int, ...]
    units: int = 0  # about how many units exist; 0 unknown
    first: frozenset[str] = frozenset()  # codes of the first level that exist; empty when unknown
    check_digit: bool = False  # the last digit is computed from those before

    @property
    def length(self) -> int:
        return sum(self.widths)

    @property
    def parent_length(self) -> int:
        """Digits of the unit above; 0 at the first level."""
        return sum(self.widths[:-1])

    def fits(self, code: str) -> bool:
        """Whether one text of digits is written as the rule says."""
        return (
            len(code) == self.length
            and (not self.first or code[: self.widths[0]] in self.first)
            and (not self.check_digit or check_digit(code[:6]) == code[6])
        )

    def conforms(self, codes: pd.Series) -> pd.Series:
        """Whether each code is written as the rule says: digits, length, first level, check digit (bool, no <NA>)."""
        good = codes.str.fullmatch(rf"\d{{{self.length}}}").fillna(False).astype(bool)
        if self.first:
            good &= codes.str[: self.widths[0]].isin(self.first).astype(bool)
        if self.check_digit:
            good &= has_check_digit(codes)
        return good


def _numbered(last: int, start: int = 1) -> frozenset[str]:
    return frozenset(f"{i:02d}" for i in range(start, last + 1))


def _listed(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


BRAZIL = _listed("11 12 13 14 15 16 17 21 22 23 24 25 26 27 28 29 31 32 33 35 41 42 43 50 51 52 53")
COLOMBIA = _listed("05 08 11 13 15 17 18 19 20 23 25 27 41 44 47 50 52 54 63 66 68 70 73 76 81 85 86 88 91 94 95 97 99")
ARGENTINA = _listed("02 06 10 14 18 22 26 30 34 38 42 46 50 54 58 62 66 70 74 78 82 86 90 94")
NICARAGUA = _listed("05 10 20 25 30 35 40 50 55 60 65 70 75 80 85 91 93")
COSTA_RICA = _listed("1 2 3 4 5 6 7")
ECUADOR = _numbered(24) | {"90"}

_RULES = (
    CodeRule("br_municipality", "BR", "IBGE", (2, 5), 5570, BRAZIL, check_digit=True),
    CodeRule("br_municipality_6", "BR", "IBGE", (2, 4), 5570, BRAZIL),
    CodeRule("br_state", "BR", "IBGE", (2,), 27, BRAZIL),
    CodeRule("co_municipality", "CO", "DIVIPOLA", (2, 3), 1122, COLOMBIA),
    CodeRule("co_department", "CO", "DIVIPOLA", (2,), 33, COLOMBIA),
    CodeRule("mx_municipality", "MX", "CVEGEO", (2, 3), 2475, _numbered(32)),
    CodeRule("mx_locality", "MX", "CVEGEO", (2, 3, 4), 189_000, _numbered(32)),
    CodeRule("mx_state", "MX", "CVEGEO", (2,), 32, _numbered(32)),
    CodeRule("pe_district", "PE", "UBIGEO", (2, 2, 2), 1890, _numbered(25)),
    CodeRule("pe_province", "PE", "UBIGEO", (2, 2), 196, _numbered(25)),
    CodeRule("ar_department", "AR", "INDEC", (2, 3), 529, ARGENTINA),
    CodeRule("ar_province", "AR", "INDEC", (2,), 24, ARGENTINA),
    CodeRule("cl_commune", "CL", "CUT", (2, 1, 2), 346, _numbered(16)),
    CodeRule("cl_province", "CL", "CUT", (2, 1), 56, _numbered(16)),
    CodeRule("ec_canton", "EC", "INEC", (2, 2), 222, ECUADOR),
    CodeRule("ec_parish", "EC", "INEC", (2, 2, 2), 1045, ECUADOR),
    CodeRule("bo_municipality", "BO", "INE", (2, 2, 2), 340, _numbered(9)),
    CodeRule("gt_municipality", "GT", "INE", (2, 2), 340, _numbered(22)),
    CodeRule("hn_municipality", "HN", "INE", (2, 2), 298, _numbered(18)),
    CodeRule("sv_municipality", "SV", "DIGESTYC", (2, 2), 262, _numbered(14)),
    CodeRule("ni_municipality", "NI", "INIDE", (2, 2), 153, NICARAGUA),
    CodeRule("cr_canton", "CR", "INEC", (1, 2), 84, COSTA_RICA),
    CodeRule("cr_district", "CR", "INEC", (1, 2, 2), 492, COSTA_RICA),
    CodeRule("pa_district", "PA", "INEC", (2, 2), 82, _numbered(13)),
    CodeRule("pa_corregimiento", "PA", "INEC", (2, 2, 2), 699, _numbered(13)),
    CodeRule("do_municipality", "DO", "ONE", (2, 2), 158, _numbered(32)),
    CodeRule("py_district", "PY", "INE", (2, 2), 263, _numbered(17, start=0)),
    CodeRule("ve_municipality", "VE", "INE", (2, 2), 335, _numbered(25)),
    CodeRule("ve_parish", "VE", "INE", (2, 2, 2), 1139, _numbered(25)),
)

SYSTEMS: dict[str, CodeRule] = {rule.system: rule for rule in _RULES}

# Nine municipalities whose published digit is not the computed one (IBGE, Divisão Territorial Brasileira).
CHECK_DIGIT_EXCEPTIONS = {
    "220191": "9", "220198": "8", "220225": "1", "261153": "3", "311783": "6",
    "315213": "1", "430587": "1", "520393": "9", "520396": "2",
}  # fmt: skip

DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)  # sum of the digits of twice a digit


def check_digit(six: str) -> str:
    """The seventh digit of a Brazilian municipality from its first six.

    Digits are weighted 1, 2, 1, 2, 1, 2; the digits of each product are added; the check digit brings the sum to a
    multiple of ten. Nine published codes do not follow the rule and are listed.
    """
    known = CHECK_DIGIT_EXCEPTIONS.get(six)
    if known:
        return known
    a, b, c, d, e, f = map(int, six)
    return str(-(a + DOUBLED[b] + c + DOUBLED[d] + e + DOUBLED[f]) % 10)


def has_check_digit(codes: pd.Series) -> pd.Series:
    """Whether each text is seven digits of which the last is the check digit (bool, no <NA>)."""
    distinct = codes.dropna().astype(str).unique()
    good = {c for c in distinct if len(c) == 7 and c.isdecimal() and check_digit(c[:6]) == c[6]}
    return codes.isin(good).astype(bool)


def general_rule(widths: tuple[int, ...]) -> CodeRule:
    """The rule of nested, zero-padded text of which only the widths are known."""
    return CodeRule("general", "", "", widths)


def rule_of(system: str, widths: tuple[int, ...] = ()) -> CodeRule:
    """The rule a study file names: a key of SYSTEMS, or "general" with widths. Raises `KeyError` for another name."""
    return general_rule(widths) if system == "general" else SYSTEMS[system]
