"""What every command does with a terminal: language, progress, problems, and the word at the end."""

from __future__ import annotations

import argparse
import json
import locale
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from riskmodel.i18n import LANGUAGES, Translator, say, translator
from riskmodel.problems import Problem
from riskmodel.progress import Progress

DONE, PROBLEMS, WRONG_USE = 0, 1, 2

Command = Callable[[argparse.Namespace, Translator], int]
AddCommand = Callable[[str, Command, str], argparse.ArgumentParser]


class Terminal:
    """Progress on one line of a terminal; one line per step where there is none; JSON for machines."""

    def __init__(self, t: Translator, as_json: bool) -> None:
        self.t, self.as_json, self.last, self.live = t, as_json, "", sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, step: str, share: float) -> None:
        if self.as_json:
            print(json.dumps({"step": step, "share": round(share, 3)}), file=sys.stderr, flush=True)
        elif self.live:
            bar = "█" * round(share * 20)
            print(
                f"\r\033[K{bar:░<20} {self.t.percent(share, 0):>5}  {self.t(step)}", end="", file=sys.stderr, flush=True
            )
        elif step != self.last:
            print(self.t(step), file=sys.stderr, flush=True)
        self.last = step

    def __exit__(self, *_: object) -> None:
        if self.live and self.last and not self.as_json:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def show_problems(problems: Sequence[Problem], t: Translator, as_json: bool) -> None:
    """Problems with their mend, on the terminal's side of errors; as records for machines."""
    for problem in problems:
        said = say(problem, t)
        if as_json:
            row = {
                "severity": problem.severity,
                "code": problem.code,
                "file": problem.where.file,
                "column": problem.where.column,
            }
            print(
                json.dumps(row | {"rows": problem.where.rows, "what": said.what, "mend": said.mend}, ensure_ascii=False)
            )
            continue
        title = {"error": t("Error"), "warning": t("Warning"), "note": t("Note")}[problem.severity]
        print(f"{title}: {said}\n", file=sys.stderr)


def say_done(asked: argparse.Namespace, text: str, record: dict[str, object]) -> None:
    """What came of a command: words for people, `record` for machines."""
    print(json.dumps(record, ensure_ascii=False) if asked.json else text)


def language_of(asked: argparse.Namespace, of_study: str) -> Translator:
    """The language asked for, else the study's."""
    return translator(asked.language or of_study)


def study_translator(asked: argparse.Namespace, fallback: Translator) -> Translator:
    """The study's language, even when the study has problems."""
    import tomllib

    try:
        return translator(tomllib.loads(study_path(asked.study).read_text(encoding="utf-8-sig"))["study"]["language"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return fallback


def study_path(path: Path) -> Path:
    """The study file, where its folder may be named too."""
    return path / "study.toml" if path.is_dir() else path


def study_folder(path: Path) -> Path:
    """The folder of a study file."""
    return path if path.is_dir() else path.parent


def system_language() -> str:
    """Language of the terminal: `MIRADOR_LANGUAGE`, the system's, or Spanish."""
    name = os.environ.get("MIRADOR_LANGUAGE") or (locale.getlocale()[0] or "")
    code = name[:2].lower()
    return code if code in LANGUAGES else "es"


def say_written(asked: argparse.Namespace, files: Sequence[Path], folder: Path, t: Translator) -> int:
    """Say how many files are where."""
    text = t.plural("{count} file is in {folder}.", "{count} files are in {folder}.", len(files), folder=folder)
    say_done(asked, text, {"files": [str(p) for p in files]})
    return DONE
