"""The command `quality`: look at tables before they are used, say what is wrong, write the reports.

Like `cli.py` a door: it asks and says; `riskmodel/outputs/quality/write.py` does the work.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from riskmodel.i18n import Translator, say
from riskmodel.problems import InputProblems

if TYPE_CHECKING:
    from riskmodel.outputs.quality.write import Looked


def add_quality(sub: argparse.ArgumentParser, t: Translator) -> None:
    """Arguments of `quality`."""
    sub.add_argument(
        "files", type=Path, nargs="+", metavar=t("FILE"), help=t("tables, or the study file whose tables are looked at")
    )
    sub.add_argument("--out", type=Path, metavar=t("FOLDER"), help=t("folder of the reports (PDF, HTML, CSV, JSON)"))


def looked_at(files: list[Path]) -> Iterator[tuple[Looked, str, str]]:
    """Every table asked for, with the name and language of its study ("" for none). Raises `InputProblems` for a study."""
    from riskmodel.inputs.read import sheet_names
    from riskmodel.outputs.quality.write import look_at, look_at_study
    from riskmodel.study_file import read_study

    for file in files:
        if file.is_dir() or file.suffix == ".toml":
            study = read_study(file, complete=False)
            for looked in look_at_study(study, file if file.is_dir() else file.parent):
                yield looked, study.study.name, study.study.language
            continue
        try:
            sheets = sheet_names(file) or [""]
        except InputProblems:
            sheets = [""]  # looking at it says why
        for sheet in sheets:
            yield look_at(file, sheet), "", ""


def run_quality(asked: argparse.Namespace, t: Translator) -> int:
    """Say and write the quality of every table; 1 where one cannot be read or holds what cannot be."""
    from riskmodel.i18n import translator
    from riskmodel.outputs.quality.write import write_quality

    created = dt.datetime.now(dt.UTC)
    failed = False
    for looked, study, language in looked_at(asked.files):
        told = t if asked.language or not language else translator(language)
        written = write_quality(looked, asked.out, told, created, study) if asked.out and looked.profile else []
        failed |= looked.profile is None or any(p.is_error for p in looked.profile.findings)
        if asked.json:
            record = looked.profile.record() if looked.profile else {"file": looked.path.name, "problems": [p.code for p in looked.problems]}  # fmt: skip
            print(json.dumps(record | {"written": list(map(str, written))}, ensure_ascii=False, default=float))
        else:
            print("\n".join([*_words(looked, told), *_written(written, told), ""]))
    return int(failed)


def _words(looked: Looked, t: Translator) -> list[str]:
    """A file in words: how large, what it comes to, every finding with its mend."""
    from riskmodel.outputs.quality.words import size_sentence, verdict

    titles = {"error": t("Mend first"), "warning": t("Look at"), "note": t("Good to know")}
    profile = looked.profile
    name = f"{looked.path.name} · {profile.sheet}" if profile and profile.sheet else looked.path.name
    lines = [name, "=" * len(name)]
    if profile is None:
        return [*lines, *(line for p in looked.problems for line in (str(say(p, t)), ""))]
    lines += [verdict(profile, t), size_sentence(profile, t), ""]
    for problem in profile.told:
        said = say(problem, t)
        lines += [
            f"{titles[problem.severity]}: {said.what}",
            *(f"  {part}" for part in (said.where, said.mend) if part),
        ]
    return lines


def _written(written: list[Path], t: Translator) -> list[str]:
    return [t("Written: {files}.", files=", ".join(map(str, written)))] if written else []
