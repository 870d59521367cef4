"""Arguments and work of `names`: codes for a table that has only names, from the list of official names.

Like `cli.py` a door. Without `--confirmed` only names that are the same and unique in their parent get their code; a person
marks the others in `proposed.csv` and gives the file back.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from riskmodel.i18n import Translator

if TYPE_CHECKING:
    import pandas as pd

    from riskmodel.inputs.match_names import Confirmed, NameMatches
    from riskmodel.study_reading import Reading

SHOWN = 20


@dataclass(frozen=True)
class NamesDone:
    """What a run of `names` found and wrote; `remembered` matches were confirmed earlier in this workspace."""

    found: NameMatches
    written: tuple[Path, ...]
    remembered: int


def add_names(sub: argparse.ArgumentParser, t: Translator) -> None:
    """Arguments of `names`."""
    column = t("COLUMN")
    sub.add_argument("table", type=Path, metavar=t("TABLE"), help=t("table whose areas have names and no codes"))
    sub.add_argument("--name", required=True, metavar=column, help=t("names of the areas in the table"))
    sub.add_argument("--parent", default="", metavar=column, help=t("name or code of the parent unit in the table"))
    sub.add_argument("--sheet", default="", help=t("sheet of a workbook"))
    sub.add_argument(
        "--register", type=Path, required=True, metavar=t("FILE"), help=t("list of official names and codes")
    )
    sub.add_argument("--register-code", required=True, metavar=column, help=t("codes in that list"))
    sub.add_argument("--register-name", required=True, metavar=column, help=t("names in that list"))
    sub.add_argument(
        "--register-parent", default="", metavar=column, help=t("code or name of the parent unit in that list")
    )
    sub.add_argument(
        "--register-parent-name", default="", metavar=column, help=t("its name, where the other is a code")
    )
    sub.add_argument("--register-sheet", default="", help=t("sheet of that list"))
    sub.add_argument(
        "--confirmed", type=Path, nargs="+", default=[], metavar=t("FILE"),
        help=t("proposed.csv or unmatched.csv with the right rows marked: an x in the column ok, or a code written in"),
    )  # fmt: skip
    sub.add_argument(
        "--out", type=Path, metavar=t("FOLDER"), help=t("folder of the four lists and of the table with codes")
    )
    sub.add_argument(
        "--without-memory", action="store_true",
        help=t("neither use nor keep the matches that are remembered on this computer"),
    )  # fmt: skip


def match_table(asked: argparse.Namespace) -> NamesDone:
    """Read, match, remember and write what is asked for. Raises `InputProblems`."""
    from riskmodel.inputs.match_names import match_names
    from riskmodel.inputs.read import read_table
    from riskmodel.outputs.match_files import (
        READING,
        WITH_CODES,
        read_confirmed,
        write_matches,
        write_reading,
        write_with_codes,
    )
    from riskmodel.problems import Where

    table = read_table(asked.table, asked.sheet)
    names = _columns(table, {"name": asked.name, "parent": asked.parent}, asked.table)
    register = register_table(
        read_table(asked.register, asked.register_sheet), asked.register_code, asked.register_name,
        asked.register_parent, asked.register_parent_name, asked.register,
    )  # fmt: skip
    confirmed = read_confirmed(asked.confirmed, register["area_code"]) if asked.confirmed else []
    earlier = [] if asked.without_memory else _memory(register, confirmed)
    found = match_names(names, register, [*earlier, *confirmed], Where(asked.register.name))
    written: list[Path] = []
    if asked.out:
        written = write_matches(found, asked.out)
        write_with_codes(table, found, asked.out / WITH_CODES)
        write_reading(_reading(asked, found), asked.out / READING)
        written += [asked.out / WITH_CODES, asked.out / READING]
    used = {c.area_code for c in earlier}
    told = found.matched[found.matched["how"] == "confirmed"]
    remembered = int(told["area_code"].isin(used - {c.area_code for c in confirmed}).sum())
    return NamesDone(found, tuple(written), remembered)


def register_table(
    frame: pd.DataFrame, code: str, name: str, parent: str, parent_name: str, path: Path
) -> pd.DataFrame:
    """The columns of a list of official names under the names `match_names` knows; codes as text."""
    from riskmodel.inputs.codes import as_codes

    named = {"area_code": code, "area_name": name, "parent": parent, "parent_name": parent_name}
    register = _columns(frame, named, path)
    register["area_code"] = as_codes(register["area_code"])
    return register


def names_words(done: NamesDone, t: Translator) -> list[str]:
    """What is printed: the counts, the proposals to look at, both lists of what is left, the files."""
    from riskmodel.outputs.match_words import counts_sentences, proposal_line

    found = done.found
    lines = counts_sentences(found, t)
    if done.remembered:
        lines.append(t.plural("{count} of them was confirmed earlier on this computer.", "{count} of them were confirmed earlier on this computer.", done.remembered))  # fmt: skip
    first = found.proposed[found.proposed["rank"] == 1]
    if len(first):
        lines += [
            "",
            t("Proposed, to be confirmed:"),
            *_some(["  " + proposal_line(row, t) for row in first.to_dict("records")], t),
        ]
    for title, names in (
        (t("Names without a match:"), _named(found.unmatched, "name", "parent")),
        (t("Areas of the list without a match:"), _named(found.unused, "area_name", "parent_name")),
    ):
        if names:
            lines += ["", title, *_some(names, t)]
    if done.written:
        files = ", ".join(map(str, done.written))
        lines += ["", t("Written: {files}.", files=files)]
        if len(first):
            lines.append(t("Put an x in the column ok of proposed.csv beside each right row, then give the file with --confirmed."))  # fmt: skip
    return lines


def _columns(frame: pd.DataFrame, wanted: dict[str, str], path: Path) -> pd.DataFrame:
    from riskmodel.inputs.columns import missing_columns
    from riskmodel.problems import Where, raise_errors

    asked = {name: column for name, column in wanted.items() if column}
    raise_errors(missing_columns(asked.values(), frame.columns, Where(path.name)))
    return frame[[*asked.values()]].set_axis([*asked], axis=1).astype("string")


def _reading(asked: argparse.Namespace, found: NameMatches) -> Reading:
    """The same for a study file: columns and list as asked, what was confirmed by name."""
    from riskmodel.study_reading import CodesByName, Match, Reading, Register

    official = Register(
        file=asked.register.name, sheet=asked.register_sheet, area_code=asked.register_code,
        area_name=asked.register_name, parent=asked.register_parent_name or asked.register_parent,
    )  # fmt: skip
    told = found.matched[found.matched["how"] == "confirmed"]
    confirmed = tuple(
        Match(name=str(name), parent=str(parent), code=str(code))
        for name, parent, code in told[["name", "parent", "area_code"]].itertuples(index=False)
    )
    none = found.unmatched[found.unmatched["why"] == "confirmed_none"]
    confirmed += tuple(Match(name=str(r["name"]), parent=str(r["parent"])) for r in none.to_dict("records"))
    rule = CodesByName(column=asked.name, parent=asked.parent, official=official, confirmed=confirmed)
    return Reading(file=asked.table.name, sheet=asked.sheet, names=(rule,))


def _memory(register: pd.DataFrame, confirmed: Sequence[Confirmed]) -> list[Confirmed]:
    """Keep what was confirmed now, and give what was confirmed before."""
    from riskmodel.workspace import Workspace, default_home
    from riskmodel.workspace_matches import recall_matches, remember_matches

    if not confirmed and not (default_home() / "mirador.db").exists():
        return []
    engine = Workspace(default_home()).engine
    earlier = recall_matches(engine, register)
    remember_matches(engine, confirmed, register)
    return earlier


def _named(frame: pd.DataFrame, name: str, parent: str) -> list[str]:
    from riskmodel.outputs.match_words import place_words

    rows = frame.fillna("").to_dict("records")
    return ["  " + place_words(str(row[name]), str(row[parent])) for row in rows]


def _some(lines: list[str], t: Translator) -> list[str]:
    left = len(lines) - SHOWN
    more = ["  " + t.plural("… and {count} more", "… and {count} more", left)] if left > 0 else []
    return [*lines[:SHOWN], *more]
