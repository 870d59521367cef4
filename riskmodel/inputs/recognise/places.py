"""Find the columns that say which place a row is about: codes and names of the area and of the unit above it.

The finest unit in the file is the area, whatever it is called: "departamento" is an area in Argentina and a parent in
Colombia. A column is the unit above only where each area has one value of it and several areas share it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from riskmodel.inputs.codes import canonical
from riskmodel.inputs.recognise import vocabulary as words
from riskmodel.inputs.recognise.directions import known_direction
from riskmodel.inputs.recognise.facts import Facts, plain_name, sample_rows
from riskmodel.inputs.recognise.roles import Certainty, ColumnGuess, Reason, Role
from riskmodel.inputs.recognise.vocabulary import has_word, is_word

# A key: hardly a value stands twice.
UNIQUE = 0.98

# What is measured, by its name.
MEASURED = f"{words.RATE}|{words.CHILD_LABOUR}|{words.WORKS}"

# A number as tables write it, with a percent sign or without.
FIGURE = r"[+-]?\d+(?:[.,]\d+)*\s?%?"

# Units above, the usual one first: states and departments, then provinces, then regions.
RANKS = (
    r"departamentos?|depto|dpto|deptos|dep|dptos|estados?|entidad(?:es)?|ent|ufs?|ufn|states?|departe?ments?|unidade (?:da|de) federacao",
    r"provincias?|prov|provinces?",
    r"regi(?:on|ones|ao|oes|ons)|reg",
)


@dataclass(frozen=True)
class Places:
    """Columns of places; "" where there is none. `per_area`: one row per area; `by_year`: one per area and year."""

    guesses: tuple[ColumnGuess, ...] = ()
    per_area: bool = False
    by_year: bool = False

    def column(self, role: Role) -> str:
        return next((g.column for g in self.guesses if g.role == role), "")

    @property
    def key(self) -> str:
        """The column that tells areas apart: the code, else the name."""
        return self.column("area_code") or self.column("area_label") or self.column("area_name")


def find_places(table: pd.DataFrame, facts: Mapping[str, Facts], year: str = "", persons: bool = False) -> Places:
    """Columns of places of a table of text.

    year : a column of years, so that a table that repeats its areas year by year is known as such.
    persons : whether rows are surely persons: then only a name that speaks of a place counts, not "nombre" or "id".
    """
    sample = sample_rows(table)
    found: list[ColumnGuess] = []
    least = 2.0 if persons else 0.5
    codes = sorted((f for f in facts.values() if _code_score(f) >= least), key=_code_rank, reverse=True)
    area = codes[0] if codes else None
    names = [f for f in facts.values() if f.namelike and not is_word(words.COUNTRY, f.plain)]
    names = [f for f in names if not persons or _name_score(f) >= least]
    named = _area_name(names, area, sample)
    if area is not None and named is not None and _coarser(area, named[0], sample):
        area = None  # codes of the unit above, beside names of areas without a code
    if area is not None:
        others = tuple(f.name for f in codes[1:] if f.unique >= min(UNIQUE, area.unique) and _code_score(f) >= 2)
        found.append(ColumnGuess(area.name, "area_code", _code_certainty(area, named is not None), _why(area), others))
        found += [ColumnGuess(name, "area_code_other", "likely", "name_and_values") for name in others]
    if named is not None:
        found.append(named[1])
    key = area or (named[0] if named else None)
    if key is None:
        return Places()
    taken = {g.column for g in found}
    found += _parents([f for f in facts.values() if f.name not in taken], key, sample)
    found += [
        ColumnGuess(f.name, "country", "likely", "name")
        for f in facts.values()
        if f.name not in taken and f.distinct <= 3 and is_word(words.COUNTRY, f.plain)
    ]
    per_area, by_year = _one_row_each(table, key, year, found)
    return Places(tuple(found), per_area, by_year)


def _code_score(f: Facts) -> float:
    """How strongly name and values say that a column holds codes of places."""
    if not f.codelike or f.distinct < 2 or (is_word(words.ZONE, f.plain) and f.distinct <= 8):
        return 0.0
    if f.lengths and f.lengths[-1] > (16 if has_word(words.SMALL_AREA, f.plain) else 12):
        return 0.0
    if is_word(words.OFFICIAL_CODE, f.plain):
        return 5.0
    if has_word(words.SMALL_AREA, f.plain) and has_word(words.CODE, f.plain):
        return 5.0
    named = has_word(words.LOWER, f.plain) and not has_word(words.RATE, f.plain)
    if named and len(_bare(f.plain).split()) <= (5 if has_word(words.CODE, f.plain) else 4):
        return 5.0 if has_word(words.CODE, f.plain) else 4.0 * (len(f.plain.split()) <= 2)
    if _is_upper(f.plain):
        return 2.0
    unnamed = re.fullmatch(r"column \d+", f.plain) and f.unique >= UNIQUE and f.zeros and len(f.lengths) == 1
    return 1.5 if is_word(words.GENERIC_CODE, f.plain) or (unnamed and f.lengths[0] >= 4) else 0.0


def _code_rank(f: Facts) -> tuple[bool, int, int, float]:
    return _code_score(f) >= 4, f.distinct, f.lengths[-1] if f.lengths else 0, _code_score(f)


def _is_upper(plain: str) -> bool:
    """Whether a name is that of a unit above, such as "departamento", "cod_dep" or "nom_ent"."""
    parts = [p for p in _bare(plain).split() if not (is_word(words.CODE, p) or is_word(words.NAME, p))]
    short = " ".join(parts) or plain
    return is_word(words.OFFICIAL_UPPER, plain) or (is_word(words.UPPER, short) and len(parts) <= 3)


def _bare(plain: str) -> str:
    """A name without the little words between the others."""
    return " ".join(p for p in plain.split() if not is_word(words.LITTLE, p))


def _code_certainty(area: Facts, has_name: bool) -> Certainty:
    score = _code_score(area)
    if score >= 4:
        return "sure" if area.distinct >= 5 else "likely"
    fixed = len(area.lengths) == 1 and area.lengths[0] >= 4 and area.unique >= UNIQUE
    return "likely" if score >= 2 or has_name or fixed else "ask"


def _why(area: Facts) -> Reason:
    return "name_and_values" if _code_score(area) >= 2 else "unique"


def _name_score(f: Facts) -> float:
    plain = f.plain
    if is_word(words.MADE_NAME, plain):
        return 4.0
    if has_word(words.RATE, plain) or len(_bare(plain).split()) > (5 if has_word(words.NAME, plain) else 4):
        return 0.0
    if has_word(words.LOWER, plain) and not has_word(words.CODE, plain):
        return 4.0
    if _is_upper(plain):
        return 2.0
    return 1.5 if is_word(words.GENERIC_NAME, plain) else 0.0


def _area_name(names: list[Facts], area: Facts | None, sample: pd.DataFrame) -> tuple[Facts, ColumnGuess] | None:
    """The column of names that belongs to the codes; without codes, the finest column of names of places."""
    scored = [(f, _name_score(f)) for f in names if not _of_measures(f, sample)]
    names = [f for f, _ in scored]
    many = area.distinct if area else max((f.distinct for f in names), default=0)
    fitting = [
        (f, s) for f, s in scored
        if f.distinct >= 0.5 * many and (area is None or _coarse(area) or _determines(sample, area.name, f.name))
    ]  # fmt: skip
    worded = [(f, s) for f, s in fitting if s > 0]
    if worded:
        best, score = max(
            worded,
            key=lambda pair: (
                is_word(words.MADE_NAME, pair[0].plain),
                pair[1] >= 4,
                pair[0].distinct,
                pair[1],
                -pair[0].words,
            ),
        )
        certainty: Certainty = "sure" if score >= 4 else "likely"
        role: Role = "area_label" if _labels(best) else "area_name"
        return best, ColumnGuess(best.name, role, certainty, "name_and_values")
    if area is not None and not _coarse(area) and (area.unique >= UNIQUE or area.distinct >= 10):
        least = 0.7 if area.unique >= UNIQUE else 0.9  # where areas repeat, each code must have a name of its own
        plain = [f for f, _ in fitting if f.distinct >= least * area.distinct and f.words <= 6]
        if len(plain) == 1:
            return plain[0], ColumnGuess(plain[0].name, "area_name", "likely", "values")
    labelled = [f for f in names if _labels(f) and f.unique >= UNIQUE]
    if labelled:
        return labelled[0], ColumnGuess(labelled[0].name, "area_label", "likely", "values")
    if area is None and (only := _only_names(names, sample)):
        return only, ColumnGuess(only.name, "area_name", "likely", "values")
    return None


def _only_names(names: list[Facts], sample: pd.DataFrame) -> Facts | None:
    """The one column of names in a table of figures, different in every row or under what heads the rows."""
    made = [c for c in sample.columns if plain_name(str(c)) == "parent name"]
    fitting = [f for f in names if f.name not in made and f.unique >= 0.6 and f.words <= 5 and f.distinct >= 5]
    if len(fitting) != 1 or len(sample.columns) < 2 or is_word(words.VARIABLE, fitting[0].plain):
        return None
    measured = [v for v in fitting[0].values if has_word(MEASURED, plain_name(v))]
    if len(measured) >= 0.2 * len(fitting[0].values):
        return None  # names of measures: areas stand side by side, not one below the other
    rows = sample[[*made, fitting[0].name]].dropna(subset=[fitting[0].name])
    others = [c for c in sample.columns if c != fitting[0].name and c not in made]
    filled = {c: sample[c].dropna() for c in others}
    numbers = [c for c, cells in filled.items() if len(cells) and cells.str.fullmatch(FIGURE).mean() >= 0.8]
    figures = bool(numbers) and len(numbers) >= 0.6 * len(others)
    return fitting[0] if figures and float((~rows.duplicated()).mean()) >= UNIQUE else None


def _of_measures(f: Facts, sample: pd.DataFrame) -> bool:
    """Whether names are those of measures, in a table wider than long: areas stand side by side, whatever the head says."""
    if not len(f.values) == f.filled < sample.shape[1] - 1:
        return False
    told = [v for v in map(plain_name, f.values) if has_word(f"{MEASURED}|{words.POPULATION}", v) or known_direction(v)]
    return len(told) >= 0.5 * len(f.values)


def _coarse(area: Facts) -> bool:
    """Whether the codes are those of a unit above by their name."""
    return _code_score(area) == 2.0


def _coarser(area: Facts, name: Facts, sample: pd.DataFrame) -> bool:
    """Whether names of areas are finer than the codes of the unit above beside them."""
    finer = _name_score(name) >= 4 and name.distinct >= 1.5 * area.distinct
    return _coarse(area) and finer and _determines(sample, name.name, area.name, 0.8)


def _labels(f: Facts) -> bool:
    """Whether names carry the unit above in brackets or after a dash: "Abaeté (MG)"."""
    marked = [v for v in f.values if v.rstrip().endswith(")") and " (" in v]
    return len(marked) >= 0.9 * len(f.values) > 0


def _parents(rest: list[Facts], key: Facts, sample: pd.DataFrame) -> list[ColumnGuess]:
    """Code and name of the unit above."""
    above = [
        f for f in rest
        if (_is_upper(f.plain) or _is_coarse_lower(f, key)) and 2 <= f.distinct < 0.7 * key.distinct
        and (_determines(sample, key.name, f.name) or _names_within(sample, key, f))
    ]  # fmt: skip
    found: list[ColumnGuess] = []
    coded = [f for f in above if f.codelike or (f.letters > 0.9 and f.length <= 3.5 and f.words < 1.1)]
    named = [f for f in above if f.namelike and f not in coded]
    if coded:
        best = min(coded, key=lambda f: (_rank(f), -f.distinct))
        nested = _nested(sample, key.name, best.name)
        others = tuple(f.name for f in coded if f is not best)
        found.append(
            ColumnGuess(
                best.name, "parent_code", "sure" if nested else "likely", "nested" if nested else "determined", others
            )
        )
        named = [f for f in named if _determines(sample, best.name, f.name) and f.distinct >= 0.8 * best.distinct]
    if named:
        best = min(named, key=lambda f: (_rank(f), -f.distinct))
        others = tuple(f.name for f in named if f is not best)
        found.append(ColumnGuess(best.name, "parent_name", "sure" if coded else "likely", "determined", others))
    return found


def _is_coarse_lower(f: Facts, key: Facts) -> bool:
    """Whether names of a unit that is often the area ("Comuna", "Municipio") stand beside those of a finer one ("Barrio")."""
    return (
        f.namelike
        and is_word(words.LOWER, f.plain)
        and key.namelike
        and not has_word(f"{words.LOWER}|{words.UPPER}", key.plain)
    )


def _names_within(sample: pd.DataFrame, key: Facts, above: Facts) -> bool:
    """Whether names that stand in several units above stand once in each."""
    pairs = sample[[key.name, above.name]].dropna()
    once = float((~pairs.duplicated()).mean()) >= UNIQUE if len(pairs) else False
    return not key.codelike and above.namelike and key.unique < UNIQUE and once


def _rank(f: Facts) -> int:
    return next((i for i, pattern in enumerate(RANKS) if has_word(pattern, f.plain)), len(RANKS))


def _determines(sample: pd.DataFrame, one: str, other: str, most: float = 0.97) -> bool:
    """Whether nearly every value of one column goes with a single value of the other."""
    pairs = sample[[one, other]].dropna().drop_duplicates()
    if pairs.empty:
        return False
    return float((pairs.groupby(one, observed=True).size() == 1).mean()) >= most


def _nested(sample: pd.DataFrame, code: str, parent: str) -> bool:
    """Whether each code begins with that of its parent, zeros at the front aside."""
    pairs = pd.DataFrame({"code": canonical(sample[code]), "parent": canonical(sample[parent])}).dropna()
    starts = [
        str(c).lstrip("0").startswith(str(p).lstrip("0")) for c, p in zip(pairs["code"], pairs["parent"], strict=True)
    ]
    return bool(starts) and sum(starts) >= 0.98 * len(starts)


def _one_row_each(table: pd.DataFrame, key: Facts, year: str, found: list[ColumnGuess]) -> tuple[bool, bool]:
    """Whether each area has one row, and whether it has one per year; names may repeat in different parents."""
    columns = [key.name]
    if not key.codelike:
        columns += [g.column for g in found if g.role in ("parent_code", "parent_name")]
    filled = table[columns].dropna(subset=[key.name])
    if len(filled) < max(2, 0.5 * len(table)):
        return False, False
    if float((~filled.duplicated()).mean()) >= UNIQUE:
        return True, False
    if not year or year in columns:
        return False, False
    stacked = table[[*columns, year]].dropna(subset=[key.name])
    return False, float((~stacked.duplicated()).mean()) >= UNIQUE
