"""Which column of a map holds the code of each area, and which its name.

Values decide before names of columns: a code is written in one form, stands once for each area, and is found in the
table of areas. A running number is never taken for a code by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Literal

import pandas as pd

from geodata.codes import as_codes, codes_of_columns
from riskmodel.i18n import N_

Certainty = Literal["sure", "likely", "ask"]
SAMPLES = 4
MOST_GUESSES = 5
MOST_PAIRED = 8  # columns tried two by two

_CODE_NAMES = re.compile(
    r"cod|cvegeo|cve_|clave|ubigeo|divipola|geoc|geoid|ibge|dane|indec|inei|inegi|mun_?id|id_?mun|id_?mpio|id_?dist|ccnct|ccdgo|cdpmp|pcode|in1|^cd_|^id$"
)
_RUNNING_NAMES = re.compile(r"^(object_?id|fid|gid|ogc_fid|oid|id_?0|row|index|n|nro|num)$")
_LEVEL_NAMES = re.compile(r"^cc(dd|pp|di)|dep|dpto|ent|prov|mun|mpio|dist|canton|comuna|parr|uf|estado|reg")
_NAME_NAMES = re.compile(r"nom|name|nam$|munic|mpio|cnmbr|distrito|depart|comuna|canton|nm_|descr|localidad|partido")
_UPPER_NAMES = re.compile(r"estado|provinc|region|nombdep|nombprov|nom_?ent|dpto_?c?n|pais|country|uf|sigla")

# Codes that publishers of maps of the world make themselves, by their form.
_PUBLISHERS = (
    ("GADM", r"[A-Z]{3}(?:\.\d+)+_\d"),
    ("HASC (Statoids)", r"[A-Z]{2}(?:\.[A-Z0-9]{2}){1,3}"),
    ("geoBoundaries", r"\d{6,9}B\d{10,}|[0-9a-f]{8}B\d{10,}"),
    ("OpenStreetMap", r"(?:relation|way)/\d+"),
)


@dataclass(frozen=True)
class ColumnFacts:
    """What stands in a column of a map."""

    name: str
    filled: int  # shapes with a value
    distinct: int
    samples: tuple[str, ...]  # the first different values


@dataclass(frozen=True)
class ColumnGuess:
    """Columns that may hold the code (several are joined in order) or the name, the reason as a message with values."""

    columns: tuple[str, ...]
    certainty: Certainty
    reason: str  # English message, translated where it is shown: t(reason, **values)
    values: Mapping[str, object] = field(default_factory=dict)
    score: float = 0.0
    running: bool = False  # its values only number the shapes


def column_facts(table: pd.DataFrame) -> tuple[ColumnFacts, ...]:
    """Filled and different values of every column, with samples as they stand."""
    facts = []
    for name in table.columns:
        values = _text(table[name]).dropna()
        seen = values.drop_duplicates()
        facts.append(ColumnFacts(str(name), len(values), len(seen), tuple(seen.head(SAMPLES).str.slice(0, 60))))
    return tuple(facts)


def code_guesses(
    table: pd.DataFrame,
    known_codes: Collection[str] = (),
    code_system: Callable[[pd.Series], str] | None = None,
) -> tuple[ColumnGuess, ...]:
    """Columns that may hold the code, the likeliest first.

    known_codes : codes of the table of areas, where there is one.
    code_system : gives the name of the official code system a column of codes follows, or empty.
    """
    known = {str(code) for code in known_codes}
    guesses = [g for name in table.columns if (g := _single(table, str(name), known, code_system)) is not None]
    if len(table) > 1:
        guesses += _joined(table, known)
    guesses.sort(key=lambda g: (g.certainty == "ask", -g.score))
    if len(guesses) > 1 and guesses[0].certainty == "sure" and not guesses[0].values.get("matched"):
        rivals = [g for g in guesses[1:] if g.certainty == "sure" and not _part_of(table, g, guesses[0])]
        if rivals:  # two official codes, say of six and of seven digits: the table of areas decides
            guesses[0] = replace(guesses[0], certainty="likely")
    guesses[1:] = [replace(g, certainty="likely") if g.certainty == "sure" else g for g in guesses[1:]]
    return tuple(guesses[:MOST_GUESSES])


def unofficial_codes(table: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Columns whose codes were made by a publisher of maps and not by an office, with the name of the publisher."""
    found = []
    for name in table.columns:
        values = _text(table[name]).dropna().astype(str)
        for source, pattern in _PUBLISHERS:
            if len(values) and values.nunique() > 0.5 * len(table) and values.str.fullmatch(pattern).mean() > 0.95:
                found.append((str(name), source))
    return tuple(found)


def name_guesses(table: pd.DataFrame) -> tuple[ColumnGuess, ...]:
    """Columns that may hold the name of the area, the likeliest first; the name of a parent repeats."""
    guesses = []
    for name in table.columns:
        values = _text(table[name]).dropna()
        if len(values) < 0.5 * len(table) or values.empty:
            continue
        words = values.str.contains(r"[^\W\d_]{2,}", regex=True) & ~values.str.startswith(("{", "[", "http"))
        distinct = values.nunique() / len(values)
        if words.mean() < 0.9 or distinct < 0.3:
            continue
        plain = _plain(str(name))
        named, upper = bool(_NAME_NAMES.search(plain)), bool(_UPPER_NAMES.search(plain))
        score = round(float(distinct + 0.5 * named - 0.4 * upper), 4)
        certainty: Certainty = "likely" if named and distinct > 0.5 and not upper else "ask"
        reason = N_("Its values are words, {distinct} different ones in {count} shapes.")
        told = {"distinct": int(values.nunique()), "count": len(table)}
        guesses.append(ColumnGuess((str(name),), certainty, reason, told, score))
    return tuple(sorted(guesses, key=lambda g: -g.score)[:MOST_GUESSES])


def _single(
    table: pd.DataFrame, name: str, known: set[str], code_system: Callable[[pd.Series], str] | None
) -> ColumnGuess | None:
    """How likely one column is the code, or None where it cannot be."""
    codes = as_codes(table[name]).dropna()
    if len(codes) < 0.5 * len(table) or codes.empty:
        return None
    form = codes.str.fullmatch(r"[A-Za-z]{0,3}[-.]?\d+(?:[-.]\d+)*")
    distinct = codes.nunique() / len(table)
    if form.mean() < 0.95 or distinct < 0.5:
        return None
    plain = _plain(name)
    running, named = _running(codes, plain), bool(_CODE_NAMES.search(plain))
    one_length = codes.str.len().nunique() == 1 and codes.str.len().iloc[0] >= 3
    system = code_system(codes) if code_system is not None and not running else ""
    shared = len(known & set(codes)) / max(1, min(len(known), codes.nunique())) if known else 0.0
    length = float(codes.str.len().median())
    score = (
        0.01 * min(length, 12.0)
        + 0.5 * distinct
        + 0.2 * one_length
        + 0.2 * named
        + 0.3 * bool(system)
        + 1.5 * shared
        - 0.6 * running
    )
    score = round(float(score), 4)
    values: dict[str, object] = {"count": len(table), "distinct": int(codes.nunique())}
    unique = distinct > 0.95
    if shared >= 0.9:
        values |= {"matched": len(known & set(codes))}
        matched = N_("{matched} of its codes are in the table of areas.")
        return ColumnGuess((name,), "sure", matched, values, score)
    if running:
        return ColumnGuess((name,), "ask", N_("It only numbers the shapes."), values, score, running=True)
    if system and unique:
        of_system = N_("Its codes have the form of {system}, one for each area.")
        return ColumnGuess((name,), "sure" if named else "likely", of_system, values | {"system": system}, score)
    if unique and one_length:
        values |= {"length": int(codes.str.len().iloc[0])}
        even = N_("Each of the {count} shapes has its own code, all of {length} characters.")
        return ColumnGuess((name,), "sure" if named and not known else "likely", even, values, score)
    several = N_("It holds {distinct} different codes for {count} shapes.")
    return ColumnGuess((name,), "likely" if unique and named else "ask", several, values, score)


def _joined(table: pd.DataFrame, known: set[str]) -> list[ColumnGuess]:
    """Two or three columns of numbers, in the order of the file, that together are one code for each area.

    Within one unit above, the last column alone tells the areas apart; joined they are proposed after it.
    """
    parts: list[tuple[str, int]] = []
    for name in table.columns:
        codes = as_codes(table[name])
        digits = codes.dropna().str.fullmatch(r"\d{1,5}")
        if codes.notna().all() and len(digits) and digits.all() and not _RUNNING_NAMES.match(_plain(str(name))):
            parts.append((str(name), int(codes.nunique())))
    found: list[ColumnGuess] = []
    for many in (2, 3):
        for chosen in combinations(parts[:MOST_PAIRED], many):
            guess = _together(table, [name for name, _ in chosen], [count for _, count in chosen], known)
            if guess is not None and not any(set(g.columns) < set(guess.columns) for g in found):
                found.append(guess)
    return found


def _together(table: pd.DataFrame, names: list[str], counts: list[int], known: set[str]) -> ColumnGuess | None:
    """Columns joined, where each area then has a code of its own and the units above are few."""
    coded = [bool(_CODE_NAMES.search(_plain(name)) or _LEVEL_NAMES.search(_plain(name))) for name in names]
    if counts[0] > 0.5 * len(table):
        return None
    joined = codes_of_columns(table[names])
    alone = max(counts) >= joined.nunique()
    if joined.nunique() <= 0.98 * len(table) or ((counts[0] < 2 or alone) and not all(coded)):
        return None
    shared = len(known & set(joined)) / max(1, min(len(known), joined.nunique())) if known else 0.0
    score = 0.4 + 0.6 * (not alone) + 1.5 * shared + 0.1 * all(coded)
    reason = N_("Joined, the two columns give each of the {count} shapes its own code.")
    if len(names) > 2:
        reason = N_("Joined, the three columns give each of the {count} shapes its own code.")
    return ColumnGuess(tuple(names), "sure" if shared >= 0.9 else "ask", reason, {"count": len(table)}, score)


def _part_of(table: pd.DataFrame, guess: ColumnGuess, fuller: ColumnGuess) -> bool:
    """Whether every code of one column stands at the end of the code of another: municipality 001 of 52001."""
    parts, wholes = as_codes(table[guess.columns[0]]), as_codes(table[fuller.columns[0]])
    ends = [str(whole).endswith(str(part)) for whole, part in zip(wholes, parts, strict=True)]
    return all(ends)


def _running(codes: pd.Series, plain: str) -> bool:
    """Whether a column only numbers the rows: 0, 1, 2 … or 1, 2, 3 … without zeros before.

    "01", "02" … is a code: programs of maps count without zeros.
    """
    if _RUNNING_NAMES.match(plain):
        return True
    if (codes.str.startswith("0") & (codes.str.len() > 1)).any():
        return False
    numbers = pd.to_numeric(codes, errors="coerce")
    if numbers.isna().any() or numbers.nunique() < len(codes):
        return False
    return bool(numbers.min() in (0, 1) and numbers.max() <= 1.2 * len(codes) + 5)


def _text(column: pd.Series) -> pd.Series:
    if pd.api.types.is_float_dtype(column):
        return as_codes(column)
    text = column.astype("string").str.strip()
    return text.mask(text.eq("").fillna(True), pd.NA)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.strip().lower())
    return "".join(c for c in letters if not unicodedata.combining(c)).replace(" ", "_")
