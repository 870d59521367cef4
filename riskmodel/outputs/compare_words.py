"""What a comparison of two files' areas found, as sentences a person reads, each with the areas it is about.

The same words on the command line, on the screen and in the list of the file; names stand behind the codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from riskmodel.i18n import Translator
from riskmodel.inputs.compared_files import FilesCompared
from riskmodel.inputs.names import normal_case
from riskmodel.outputs.match_words import place_words

Kind = Literal[
    "recoded", "wrong", "moved", "like", "whole_first", "whole_second", "only_first", "only_second", "renamed"
]

# Letters of an abbreviation of a parent unit, at most.
SHORT = 3

COLUMNS = ["finding", "code_first", "name_first", "code_second", "name_second", "parent"]


@dataclass(frozen=True)
class Finding:
    """One thing two files differ in.

    sentence : what it is and what it may mean.
    rows : DataFrame with columns COLUMNS, a row per area; blank where a file has none.
    lines : the same as short texts; parent units that are absent as a whole one line each.
    """

    kind: Kind
    sentence: str
    rows: pd.DataFrame
    lines: tuple[str, ...]


def compared_title(compared: FilesCompared, t: Translator) -> str:
    """Which two files are compared, and how many areas are in both."""
    files = {"first": compared.first.file, "second": compared.second.file}
    return t.plural(
        "“{first}” beside “{second}”: {count} area is in both.",
        "“{first}” beside “{second}”: {count} areas are in both.",
        compared.found.both,
        **files,
    )


def writing_sentence(compared: FilesCompared, t: Translator) -> str:
    """How the codes of the two are written, where that differs; "" where they are written alike."""
    first, second = compared.first.file, compared.second.file
    of = {"zeros_first": first, "zeros_second": second, "check_digit_first": first, "check_digit_second": second}
    writing = compared.found.writing
    if writing.startswith("zeros"):
        return t(
            "The codes of “{file}” lost their zeros at the beginning; they are compared with them.", file=of[writing]
        )
    if writing.startswith("check_digit"):
        return t(
            "The codes of “{file}” have a check digit at their end; they are compared without it.", file=of[writing]
        )
    return ""


def findings(compared: FilesCompared, t: Translator) -> list[Finding]:
    """What differs, what a person may have to decide first; nothing where every area is in both under one name.

    Each area that is in one file only is in one finding.
    """
    found, told = compared.found, _Told(compared, t)
    return [
        finding
        for finding in (
            *told.changed(),
            *told.pairs(found.alike[found.alike["why"] == "parent"], "moved"),
            *told.pairs(found.alike[found.alike["why"] == "name"], "like"),
            *told.whole("whole_first"),
            *told.whole("whole_second"),
            *told.only("only_first"),
            *told.only("only_second"),
            *told.other_names(),
        )
        if len(finding.rows)
    ]


def finding_names(compared: FilesCompared, t: Translator) -> dict[str, str]:
    """A few words for each kind of finding, for a column of a table."""
    first, second = compared.first.file, compared.second.file
    return {
        "recoded": t("the code changed, or one is wrong"),
        "wrong": t("the code is of another area"),
        "moved": t("same name in another parent unit"),
        "like": t("a name like it"),
        "whole_first": t("the whole parent unit is only in {file}", file=first),
        "whole_second": t("the whole parent unit is only in {file}", file=second),
        "only_first": t("only in {file}", file=first),
        "only_second": t("only in {file}", file=second),
        "renamed": t("another name"),
    }


def all_rows(compared: FilesCompared, t: Translator) -> pd.DataFrame:
    """Every area that differs, a row each, under columns COLUMNS; `finding` in words."""
    names, found = finding_names(compared, t), findings(compared, t)
    frames = [finding.rows.assign(finding=names[finding.kind]) for finding in found]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COLUMNS)


def left_in(compared: FilesCompared, t: Translator, side: Literal["first", "second"]) -> pd.DataFrame:
    """Every area of one file that the other has not under its code: columns area_code, area_name, parent, note, what nothing explains first."""
    found = compared.found
    left = found.only_first if side == "first" else found.only_second
    other = "second" if side == "first" else "first"
    notes: dict[str, str] = {}
    absent = found.absent_second if side == "first" else found.absent_first
    for code, parent in zip(left["area_code"], left["parent"], strict=True):
        if pd.notna(parent) and parent in absent.index:
            notes[str(code)] = t("the whole parent unit is absent")
    for pairs in (found.alike, found.recoded):
        codes = zip(pairs[side], pairs[other], strict=True)
        notes |= {str(mine): t("perhaps {code} there", code=theirs) for mine, theirs in codes}
    rows = left.assign(note=[notes.get(str(code), "") for code in left["area_code"]])
    rows["area_name"], rows["parent"] = _spoken(rows["area_name"]), _spoken(rows["parent"])
    return rows.sort_values("note", key=lambda notes: notes != "", kind="stable").reset_index(drop=True)


class _Told:
    """Findings of one comparison, in one language."""

    def __init__(self, compared: FilesCompared, t: Translator) -> None:
        self.compared, self.found, self.t = compared, compared.found, t
        self.first, self.second = compared.first.file, compared.second.file
        found = self.found
        self.paired = {
            "first": {*found.recoded["first"], *found.alike["first"]},
            "second": {*found.recoded["second"], *found.alike["second"]},
        }

    def changed(self) -> Iterator[Finding]:
        """Codes that changed, and codes that are another area's."""
        t, pairs = self.t, self.found.recoded
        rows = _rows(
            pairs, code_first="first", name_first="name", code_second="second", name_second="name", parent="parent"
        )
        sentence = t.plural(
            "{count} area has the same name and parent unit and two codes: its code changed, or one is wrong.",
            "{count} areas have the same name and parent unit and two codes: their codes changed, or one is wrong.",
            len(rows),
        )
        yield Finding("recoded", sentence, rows, tuple(_arrow(row) for row in rows.to_dict("records")))
        wrong = self.found.renamed.dropna(subset=["meant"])
        rows = _rows(
            wrong, code_first="area_code", name_first="name", code_second="meant", name_second="name", parent="parent"
        )
        sentence = t.plural(
            "{count} code of “{first}” is another area’s in “{second}”: as it is, their figures would be exchanged.",
            "{count} codes of “{first}” are other areas’ in “{second}”: as they are, their figures would be exchanged.",
            len(rows),
            first=self.first,
            second=self.second,
        )
        yield Finding("wrong", sentence, rows, tuple(_arrow(row) for row in rows.to_dict("records")))

    def pairs(self, alike: pd.DataFrame, kind: Literal["moved", "like"]) -> Iterator[Finding]:
        """Areas that may be the same, for less reason."""
        rows = _rows(
            alike,
            code_first="first",
            name_first="name",
            code_second="second",
            name_second="second_name",
            parent="parent",
        )
        count = len(rows)
        if kind == "moved":
            sentence = self.t.plural(
                "{count} area has the same name in another parent unit, with another code: it may have been moved there.",
                "{count} areas have the same name in another parent unit, with another code: they may have been moved there.",
                count,
            )
            above = [
                _arrow(row, str(other))
                for row, other in zip(rows.to_dict("records"), _spoken(alike["second_parent"]), strict=True)
            ]
            yield Finding(kind, sentence, rows, tuple(above))
            return
        sentence = self.t.plural(
            "{count} area has a name much like another’s in its parent unit, with another code. Is it the same area?",
            "{count} areas have names much like others’ in their parent unit, with other codes. Are they the same areas?",
            count,
        )
        yield Finding(
            kind, sentence, rows, tuple(_arrow(row, str(row["name_second"])) for row in rows.to_dict("records"))
        )

    def whole(self, kind: Literal["whole_first", "whole_second"]) -> Iterator[Finding]:
        """Parent units of which one file has no area."""
        here = kind == "whole_first"
        units = self.found.absent_second if here else self.found.absent_first
        rows = self._left(here)
        rows = rows[rows["unit"].isin(units.index) & ~self._explained(rows, here)]
        units = units[units.index.isin(rows["unit"])]
        rows = rows.drop(columns="unit")
        sentence = self.t.plural(
            "All areas of {count} parent unit are only in “{file}”.",
            "All areas of {count} parent units are only in “{file}”.",
            len(units),
            file=self.first if here else self.second,
        )
        named = zip(_spoken(pd.Series(units.index.astype("string"))), units, strict=True)
        lines = tuple(
            self.t.plural("{unit}: {count} area", "{unit}: {count} areas", int(n), unit=unit) for unit, n in named
        )
        yield Finding(kind, sentence, rows, lines)

    def only(self, kind: Literal["only_first", "only_second"]) -> Iterator[Finding]:
        """Areas that nothing explains."""
        here = kind == "only_first"
        units = self.found.absent_second if here else self.found.absent_first
        rows = self._left(here)
        code = "code_first" if here else "code_second"
        rows = rows[~rows["unit"].isin(units.index) & ~self._explained(rows, here)].drop(columns="unit")
        sentence = self.t.plural(
            "{count} area is only in “{file}”: new or abolished, left out, or with a wrong code.",
            "{count} areas are only in “{file}”: new or abolished, left out, or with a wrong code.",
            len(rows),
            file=self.first if here else self.second,
        )
        name = "name_first" if here else "name_second"
        lines = tuple(f"{row[code]} {place_words(row[name], row['parent'])}".strip() for row in rows.to_dict("records"))
        yield Finding(kind, sentence, rows, lines)

    def other_names(self) -> Iterator[Finding]:
        """Areas of one code and two names."""
        differ = self.found.renamed[self.found.renamed["meant"].isna()]
        rows = _rows(
            differ,
            code_first="area_code",
            name_first="name",
            code_second="area_code",
            name_second="other",
            parent="parent",
        )
        sentence = self.t.plural(
            "{count} area has one code and two names: renamed, or written in another way. Usually nothing needs to be done.",
            "{count} areas have one code and two names: renamed, or written in another way. Usually nothing needs to be done.",
            len(rows),
        )
        lines = tuple(
            f"{row['code_first']} {row['name_first']} · {place_words(row['name_second'], row['parent'])}"
            for row in rows.to_dict("records")
        )
        yield Finding("renamed", sentence, rows, lines)

    def _explained(self, rows: pd.DataFrame, here: bool) -> pd.Series:
        """Which areas may be one of the other file under another code."""
        side = "first" if here else "second"
        return rows[f"code_{side}"].isin(self.paired[side]).astype(bool)

    def _left(self, here: bool) -> pd.DataFrame:
        """Areas in one file only, with their parent unit as compared in `unit`."""
        left = self.found.only_first if here else self.found.only_second
        side = "first" if here else "second"
        names = {f"code_{side}": "area_code", f"name_{side}": "area_name", "parent": "parent"}
        return _rows(left, **names).assign(unit=left["parent"].to_numpy())


def _rows(table: pd.DataFrame, **columns: str) -> pd.DataFrame:
    """Columns of a table under the names of COLUMNS, blank where it has none."""
    rows = pd.DataFrame("", index=range(len(table)), columns=COLUMNS, dtype="string")
    for name, column in columns.items():
        values = table[column].astype("string").fillna("").reset_index(drop=True)
        rows[name] = values if name.startswith("code") else _spoken(values)
    return rows


def _arrow(row: dict[object, object], other: str = "") -> str:
    """ "Girón (Santander): 68306 → 68307", with what the second file calls it where that differs."""
    behind = f" {other}" if other and other != row["name_first"] else ""
    place = place_words(str(row["name_first"]), str(row["parent"]))
    return f"{place}: {row['code_first']} → {row['code_second']}{behind}"


def _spoken(names: pd.Series) -> pd.Series:
    """Names in normal case where they are in capitals, abbreviations such as MG as they are; missing as ""."""
    text = names.astype("string").fillna("")
    return text.where(text.str.len() <= SHORT, normal_case(text))
