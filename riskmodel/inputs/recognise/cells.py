"""What single cells look like: number, code, text, blank; and names of things as offices write them.

Only the form of a text is judged here, never its meaning in a column.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np

from riskmodel.inputs.grid import Grid
from riskmodel.inputs.numbers import MISSING_MARKS

# Rows looked at cell by cell: all of a short file; head, middle and tail of a long one.
SAMPLE_ROWS = 15_000
SAMPLE_CELLS = 3_000_000

BLANK, NUMBER, MISSING, TEXT = 0, 1, 2, 3

NUMBER_FORM = re.compile(
    r"[+\-−]?\s*(?:R\$|US\$|\$|€)?\s*(?:\d{1,3}(?:[.,'\s\u00a0\u202f]\d{3})+|\d+)?(?:[.,]\d*)?(?:[eE][+-]?\d+)?\s*%?"
)
# A number of which only a bound is told: "<5".
HIDDEN = re.compile(r"[<>≤≥]\s*\d+(?:[.,]\d+)?\s*%?")
YEAR = re.compile(r"(?:19|20)\d\d")

TOTAL_WORDS = frozenset((
    "total", "totales", "totais", "total general", "total nacional", "total geral", "total do pais", "total pais", "total republica",
    "nacional", "pais", "national", "national total", "grand total", "ensemble", "all", "toda la republica", "suma", "soma", "sum",
    "promedio", "promedio general", "promedio nacional", "promedio departamental", "promedio provincial", "promedio municipal",
    "promedio estatal", "average", "moyenne", "media geral", "media nacional", "media estadual",
    "total estados unidos mexicanos", "estados unidos mexicanos", "republica mexicana",
    "argentina", "belice", "bolivia", "brasil", "brazil", "chile", "colombia", "costa rica", "cuba", "republica dominicana",
    "ecuador", "el salvador", "guatemala", "guyana", "haiti", "honduras", "jamaica", "mexico", "nicaragua", "panama", "paraguay",
    "peru", "suriname", "trinidad y tobago", "uruguay", "venezuela",
))  # fmt: skip

# Names of countries that are also names of areas in them: only with more evidence are such rows totals.
ALSO_AREAS = frozenset(("mexico", "panama", "guatemala", "el salvador", "colombia", "bolivia", "argentina", "brasil"))

# "Total del país", "Total de la República": what it is the total of is told behind.
TOTAL_OF = re.compile(
    r"total (?:general |nacional |geral )?(?:del?|do|da|des?|du|of) .{1,40}"
    r"|total (?:departamento|provincia|estado|region|regiao|pais|municipios?|distritos?|cantones|comunas|barrios|departamental|provincial"
    r"|estatal|estadual|regional|municipal|distrital|cantonal|comunal)(?: .{1,40})?"
)

# What no area is called, wherever it stands.
SUBTOTAL = re.compile(r"sub ?tota(?:l|les|is)(?: .{1,60})?")

NOTE_START = re.compile(
    r"^\W*(?:fuentes?|fontes?|sources?|notas?|notes?|elabora\w*|nb|obs|observa\w*|aclara\w*|advert\w*|\*|\d{1,2}/|\(\d{1,2}\)|llamada|"
    r"simbolog\w*|ultima actualiza\w*|data de|fecha de|consulta\w* (?:el|en|em))",
    re.IGNORECASE,
)


# A note for certain, even if it has as many cells as data: "Fuente: INE, 2020" beside the municipality "Fuente de Oro".
NOTE_COLON = re.compile(
    r"^\W*(?:fuentes?|fontes?|sources?|notas?|notes?|elabora\w*|obs\w*|nb)\b[^:]{0,20}:", re.IGNORECASE
)


def plain(text: str) -> str:
    """A text to be compared: small letters, no accents, no marks, single blanks."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.split())


def is_total_name(text: str, sure: bool = False) -> bool:
    """Whether a text is the name of a total; `sure`: and of no area besides."""
    name = plain(text)
    return bool(TOTAL_OF.fullmatch(name)) or (name in TOTAL_WORDS and not (sure and name in ALSO_AREAS))


def is_number(text: str) -> bool:
    return bool(NUMBER_FORM.fullmatch(text)) and any(c.isdigit() for c in text)


def form_of(text: object) -> int:
    """BLANK, NUMBER, MISSING (a mark of missing data) or TEXT."""
    if not isinstance(text, str):
        return BLANK
    bare = text.strip()
    if not bare:
        return BLANK
    if is_number(bare):
        return NUMBER
    if HIDDEN.fullmatch(bare):
        return MISSING
    return MISSING if bare.lower() in MISSING_MARKS or bare.upper() in ("#N/D", "#N/A", "#DIV/0!") else TEXT


@dataclass(frozen=True)
class Looked:
    """A grid looked at cell by cell.

    texts : (rows, width) object array of stripped texts or None, of the rows in `places`.
    forms : (rows, width) int array of BLANK, NUMBER, MISSING, TEXT.
    places : row of the grid (0..) of every row looked at; gaps where a long file was not looked at.
    filled : filled cells of every row of the whole grid.
    """

    grid: Grid
    texts: np.ndarray
    forms: np.ndarray
    places: np.ndarray
    filled: np.ndarray

    @property
    def rows(self) -> int:
        return len(self.places)

    @property
    def width(self) -> int:
        return int(self.texts.shape[1])

    def numbers(self, row: int) -> np.ndarray:
        return self.forms[row] == NUMBER


def sample_rows(grid: Grid) -> int:
    """How many rows of a grid are looked at."""
    return min(SAMPLE_ROWS, max(300, SAMPLE_CELLS // max(grid.cells.shape[1], 1)))


def look(grid: Grid) -> Looked:
    """Look at the head, middle and tail of a grid."""
    total, most = len(grid.cells), sample_rows(grid)
    if total <= most:
        places = np.arange(total)
    else:
        third = most // 3
        middle = (total - third) // 2
        places = np.unique(np.r_[:third, middle : middle + third, total - third : total])
    cells = grid.cells.iloc[places]
    columns = [[v.strip() if isinstance(v, str) else None for v in cells[c].to_numpy(object)] for c in cells.columns]
    texts = np.array(columns, dtype=object).T if columns else np.empty((len(places), 0), dtype=object)
    known: dict[str | None, int] = {}
    forms = np.empty(texts.shape, dtype=np.int8)
    for c, column in enumerate(columns):
        for r, text in enumerate(column):
            found = known.get(text)
            if found is None:
                found = known[text] = form_of(text)
            forms[r, c] = found
    filled = grid.cells.notna().to_numpy().sum(axis=1)
    return Looked(grid, texts, forms, places, np.asarray(filled))
