"""What a reviewer needs to make the same results again: findings in the files, fingerprints, versions, the study file."""

from __future__ import annotations

import datetime as dt
import re

from riskmodel.i18n import Translator, say
from riskmodel.outputs.report.blocks import Block, code, heading, section, table, text
from riskmodel.problems import problems_of
from riskmodel.results import Results
from riskmodel.study import Study
from riskmodel.study_file import study_text

# Findings printed; the table of the results has all.
MOST_FINDINGS = 40


def record_sections(results: Results, study: Study, t: Translator) -> list[Block | None]:
    """Findings in the inputs; how to repeat the study."""
    return [
        section(t("What was found in the files"), _findings(results, t)),
        section(
            t("To make the same again"),
            [
                text(t("The same files, settings and versions give the same tables, number by number. The fingerprints tell whether a file is the same.")),
                table(t("This run"), [t("What"), t("Value")], _run(results, study, t), left=2, wide=2),
                table(t("Files"), [t("File"), t("SHA-256"), t("Bytes")], [[f["file"], f["sha256"], t.number(f["bytes"])] for f in results.manifest.get("inputs", ())], left=2, wide=2),
                table(t("Versions"), [t("Program"), t("Version")], _versions(results), left=2, wide=1),
                heading(t("The study file")),
                text(t("These are all settings of the study as the program reads them; docs/study-file.md explains every key.")),
                code(_settings(study)),
            ],
        ),
    ]  # fmt: skip


def _findings(results: Results, t: Translator) -> list[Block | None]:
    """Warnings and notes in words, each with where it was found and what can be done."""
    if results.problems.empty:
        return [text(t("Nothing that needs attention."))]
    found = sorted(problems_of(results.problems), key=lambda p: p.severity != "warning")
    titles = {"error": t("Error"), "warning": t("Warning"), "note": t("Note")}
    rows = []
    for problem in found[:MOST_FINDINGS]:
        said = say(problem, t)
        rows.append([titles[problem.severity], said.what, said.mend])
    left = len(found) - len(rows)
    note = t.plural("{count} more is in problems.csv.", "{count} more are in problems.csv.", left) if left > 0 else ""
    return [table(t("What was found in the files"), [t("Kind"), t("What"), t("What to do")], rows, left=3, wide=2, note=note)]  # fmt: skip


def _run(results: Results, study: Study, t: Translator) -> list[list[str]]:
    manifest = results.manifest
    day = dt.datetime.fromisoformat(str(manifest["created"])).date()
    return [
        [t("Study"), study.study.name],
        [t("Fingerprint"), str(manifest["fingerprint"])],
        [t("Day of the run"), t.date(day)],
        [t("Program"), f"{manifest['product']} {manifest['version']}"],
        [t("Seed of the simulations"), str(study.study.seed)],
        [t("Territories"), t.number(len(results.areas))],
    ]


def _settings(study: Study) -> str:
    """The study file; of a file elsewhere on the machine only its name, which is nobody else's business."""
    return re.sub(r'(?m)^(file = ")[^"\n]*[/\\\\]([^/\\\\"\n]+")$', r"\1\2", study_text(study))


def _versions(results: Results) -> list[list[str]]:
    return [[name, str(version)] for name, version in results.manifest.get("versions", {}).items()]
