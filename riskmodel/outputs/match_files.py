"""The four tables of matched names as CSV files, with a column a person fills, and those files read back.

In `proposed.csv` an "x" in column `ok` confirms a row; in `unmatched.csv` a code written into `area_code` does. Both are read
with whatever delimiter the spreadsheet gave them, and codes that the spreadsheet took the zeros from are those of the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd
import tomlkit

from riskmodel.inputs.match_names import Confirmed, NameMatches
from riskmodel.inputs.read import as_codes, read_table
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.results import spreadsheet_safe
from riskmodel.study_reading import Reading

OK = "ok"
YES = frozenset(
    [
        "x",
        "ok",
        "si",
        "sí",
        "sim",
        "oui",
        "yes",
        "y",
        "s",
        "o",
        "1",
        "true",
        "verdadero",
        "verdadeiro",
        "vrai",
        "✓",
        "✔",
    ]
)
FILES = ("matched.csv", "proposed.csv", "unmatched.csv", "unused.csv")
WITH_CODES = "with_codes.csv"
READING = "reading.toml"


def write_matches(found: NameMatches, folder: Path) -> list[Path]:
    """Write the four tables; gives their paths. Column `ok` of the proposals and `area_code` of the unmatched are blank."""
    folder.mkdir(parents=True, exist_ok=True)
    proposed = found.proposed.copy()
    proposed.insert(0, OK, "")
    unmatched = found.unmatched.assign(area_code="")
    frames = (found.matched, proposed, unmatched, found.unused)
    for frame, name in zip(frames, FILES, strict=True):
        kept = frame.drop(columns="place", errors="ignore")
        spreadsheet_safe(kept).to_csv(folder / name, index=False, encoding="utf-8-sig")
    return [folder / name for name in FILES]


def write_with_codes(table: pd.DataFrame, found: NameMatches, path: Path) -> None:
    """The table as it was, with the code of each row in front; blank where no match is certain."""
    column = "area_code" if "area_code" not in table else "area_code_by_name"
    coded = table.copy()
    coded.insert(0, column, found.codes.reindex(table.index))
    _safe(coded).to_csv(path, index=False, encoding="utf-8-sig")


def write_reading(reading: Reading, path: Path) -> None:
    """A reading as the lines of a study file: its `names` give the codes wherever a study reads the table."""
    lines = {"reading": [reading.model_dump(mode="json", exclude_defaults=True)]}
    path.write_text(tomlkit.dumps(lines), encoding="utf-8")


def read_confirmed(paths: Sequence[Path], register_codes: Iterable[str]) -> list[Confirmed]:
    """Matches that a person confirmed in files `write_matches` wrote, or in any table with name, parent and area_code.

    Raises
    ------
    InputProblems
        The file cannot be read, lacks a column, or confirms two codes for one name (`names_two_codes`).
    """
    bare: dict[str, list[str]] = {}
    for code in dict.fromkeys(map(str, register_codes)):
        bare.setdefault(code.lstrip("0"), []).append(code)
    confirmed: list[Confirmed] = []
    for path in paths:
        table = read_table(path)
        missing = [c for c in ("name", "area_code") if c not in table]
        if missing:
            near = list(table.columns)
            raise InputProblems(
                [Problem("column_missing", Where(path.name, column=c), {"near": near}) for c in missing]
            )
        parent = table["parent"].fillna("") if "parent" in table else pd.Series("", index=table.index)
        codes = as_codes(table["area_code"])
        kept = codes.notna() & table["name"].notna()
        if OK in table:
            kept &= table[OK].fillna("").str.strip().str.casefold().isin(YES)
        rows = zip(table["name"][kept], parent[kept], codes[kept], strict=True)
        confirmed += [Confirmed(_told(name), _told(above), _whole(str(code), bare)) for name, above, code in rows]
    wanted = pd.DataFrame(confirmed, columns=list(Confirmed._fields)).drop_duplicates()
    twice = wanted[wanted.duplicated(["name", "parent"], keep=False)]
    if len(twice):
        shown = list(twice["name"].unique()[:5])
        raise InputProblems(
            [Problem("names_two_codes", Where(paths[0].name), {"count": twice["name"].nunique(), "names": shown})]
        )
    return list(dict.fromkeys(confirmed))


def _safe(table: pd.DataFrame) -> pd.DataFrame:
    """As `spreadsheet_safe`, but a negative number written as text stays the number it is."""
    safe = spreadsheet_safe(table)
    number = table.apply(
        lambda column: column.astype("string").str.fullmatch(r"[+-]\d[\d.,\s]*").fillna(False).astype(bool)
    )
    return safe.mask(number, table)


def _whole(code: str, bare: dict[str, list[str]]) -> str:
    """A code with the zeros the register gives it, where only one code of the register can be meant."""
    meant = bare.get(code.lstrip("0"), [])
    return meant[0] if len(meant) == 1 else code


def _told(text: object) -> str:
    """A cell without the mark that keeps a spreadsheet from reading it as a formula."""
    return str(text).lstrip("'").strip()
