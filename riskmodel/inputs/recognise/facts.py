"""What can be measured of a column before anything is made of it: how it is written, how its values spread.

Large tables are looked at by a sample of rows, evenly spread; nothing of it is shown to anybody.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd

from riskmodel.inputs.codes import WHOLE_WITH_DECIMALS, trimmed
from riskmodel.inputs.numbers import MISSING_MARKS, as_numbers
from riskmodel.inputs.recognise import vocabulary as words
from riskmodel.problems import Where

# Rows looked at, and distinct values kept.
SAMPLE = 2_500
VALUES_KEPT = 60

GLUED = re.compile(r"(cod|codigo|nom|nombre|nome|cve|clave)([a-z]{2,})")

# A code: digits, or a few capitals and digits ("MX-AGU", "BO0901"), blanks inside allowed ("01 001").
DIGITS = r"\d[\d ]{0,14}"
LETTERED = r"(?=.*\d)[A-Z]{1,4}[-_. ]?\d[\d.\-]{0,12}"

# How much of a column must look alike before it counts as such: a few totals and notes are always there.
MOST = 0.95


@dataclass(frozen=True)
class Facts:
    """A column of a table. Shares are of the filled cells; numbers are NaN where the column holds none."""

    name: str
    plain: str  # the name in small letters without accents and marks, words apart: "cod municipio"
    rows: int
    filled: int
    distinct: int
    values: tuple[str, ...]  # distinct values, the most frequent first; never to be shown
    numeric: bool
    whole: bool
    low: float
    high: float
    inner: tuple[float, float]  # 2 and 98 of 100 cells lie below: a few wrong ones do not count
    mean: float
    total: float
    digits: float  # share of cells that are digits only
    lettered: float  # share of cells such as "BO0901"
    lengths: tuple[int, ...]  # lengths of the cells that are digits, shortest first
    zeros: bool  # whether some begin with a zero
    letters: float  # share of cells with a letter
    words: float  # mean number of words
    length: float  # mean length of a cell

    @property
    def unique(self) -> float:
        """Distinct values as a share of the filled cells."""
        return self.distinct / self.filled if self.filled else 0.0

    @property
    def share_filled(self) -> float:
        return self.filled / self.rows if self.rows else 0.0

    @property
    def codelike(self) -> bool:
        return self.filled > 0 and self.digits + self.lettered >= MOST

    @property
    def namelike(self) -> bool:
        """Texts that could be names of places: letters in nearly all, neither long prose nor one-letter codes."""
        return self.letters >= 0.9 and self.lettered < 0.5 and 2.5 <= self.length <= 60


def sample_rows(table: pd.DataFrame, most: int = SAMPLE) -> pd.DataFrame:
    """The whole table, or rows evenly spread over it."""
    if len(table) <= most:
        return table
    return table.iloc[np.unique(np.linspace(0, len(table) - 1, most).astype(int))]


def facts_of(table: pd.DataFrame) -> dict[str, Facts]:
    """Facts of every column of a table of text, by name, from a sample of its rows."""
    looked_at = sample_rows(table)
    return {str(name): _facts(str(name), looked_at[name]) for name in looked_at.columns}


def plain_name(name: str) -> str:
    """ "CÓDIGO_MUNICIPIO" and "codigoMunicipio" are both "codigo municipio"."""
    split = re.sub(r"(?<=[a-záéíóúñãõç])(?=[A-ZÁÉÍÓÚÑÃÕÇ])", " ", name)
    decomposed = unicodedata.normalize("NFKD", split.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("%", " % ").replace("‰", " por mil ")
    return re.sub(r"[^a-z0-9%]+", " ", bare).strip()


def parted_name(plain: str) -> str:
    """ "codmpio" and "nomdpto" are a code and a name of a unit: the words apart where the second is one."""
    found = GLUED.fullmatch(plain)
    units = f"{words.LOWER}|{words.UPPER}"
    return f"{found[1]} {found[2]}" if found and words.is_word(units, found[2]) else plain


def spoken_name(name: str) -> str:
    """The plain words of a name; of one in two languages ("Code / Código") those of the last, where both say the same."""
    parts = [parted_name(plain_name(p)) for p in name.split("/")]
    same = (words.LOWER, words.UPPER, words.GENERIC_CODE, words.GENERIC_NAME, words.YEAR)
    if len(parts) == 2 and any(all(words.is_word(kind, p) for p in parts) for kind in same):
        return parts[1]
    return parted_name(plain_name(name))


def _facts(name: str, column: pd.Series) -> Facts:
    text = trimmed(column).dropna()
    text = text[~text.str.lower().isin(MISSING_MARKS)]
    counts = text.value_counts()
    distinct = pd.Series(counts.index, dtype="string")
    weights = counts.to_numpy(float)
    filled = len(text)
    whole_text = distinct.str.replace(WHOLE_WITH_DECIMALS, r"\1", regex=True)

    def share(matches: pd.Series) -> float:
        return float(weights[matches.fillna(False).to_numpy(bool)].sum() / filled) if filled else 0.0

    is_digits = whole_text.str.fullmatch(DIGITS)
    compact = whole_text[is_digits.fillna(False).to_numpy(bool)].str.replace(" ", "")
    numbers = _numbers(distinct)
    numeric = filled > 0 and share(numbers.notna()) >= MOST
    known = numbers.notna().to_numpy()
    values, mass = numbers.to_numpy(float)[known], weights[known]
    return Facts(
        name=name,
        plain=spoken_name(name),
        rows=len(column),
        filled=filled,
        distinct=len(distinct),
        values=tuple(str(v) for v in distinct.head(VALUES_KEPT)),
        numeric=numeric,
        whole=bool(numeric and np.all(values == np.round(values))),
        low=float(values.min()) if numeric else float("nan"),
        high=float(values.max()) if numeric else float("nan"),
        inner=_inner(values, mass) if numeric else (float("nan"), float("nan")),
        mean=float((values * mass).sum() / mass.sum()) if numeric else float("nan"),
        total=float((values * mass).sum()) if numeric else float("nan"),
        digits=share(is_digits),
        lettered=share(whole_text.str.fullmatch(LETTERED)),
        lengths=tuple(sorted(set(compact.str.len().astype(int)))),
        zeros=bool(compact.str.match(r"0\d").any()),
        letters=share(distinct.str.contains(r"[^\W\d_]", regex=True)),
        words=float((distinct.str.count(r"\s+").fillna(0).to_numpy(float) + 1) @ weights / filled) if filled else 0.0,
        length=float(distinct.str.len().fillna(0).to_numpy(float) @ weights / filled) if filled else 0.0,
    )


def _numbers(distinct: pd.Series) -> pd.Series:
    """Distinct texts as numbers; the marks are weighed only where a plain reading leaves a doubt."""
    plain = pd.to_numeric(distinct, errors="coerce")
    if plain.notna().all():
        pointed = distinct.str.contains(".", regex=False)
        if not pointed.any() or not distinct[pointed].str.fullmatch(r"[+-]?\d{1,3}\.\d{3}").all():
            return plain.astype("float64")
    return as_numbers(distinct, Where())[0]


def _inner(values: np.ndarray, mass: np.ndarray) -> tuple[float, float]:
    order = np.argsort(values)
    share = np.cumsum(mass[order]) / mass.sum()
    low, high = np.searchsorted(share, [0.02, 0.98])
    return float(values[order][low]), float(values[order][min(high, len(values) - 1)])
