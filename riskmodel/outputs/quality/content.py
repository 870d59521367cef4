"""Everything a quality report says, in the reader's language, as plain data for the renderers.

Findings come in the order in which they are to be mended. Of a very wide table the columns that matter are printed: those of
the study, those with findings, then the first of the rest.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from riskmodel.i18n import Translator, say
from riskmodel.i18n.say import place
from riskmodel.inputs.quality.profile import ColumnProfile, Profile
from riskmodel.outputs.quality.words import (
    contents,
    heights,
    meaning,
    name_of,
    reading_notes,
    shown_name,
    size_sentence,
    verdict,
)
from riskmodel.problems import Where

MOST_COLUMNS = 60


def quality_content(
    profile: Profile, t: Translator, created: dt.datetime, study: str = "", sha256: str = ""
) -> dict[str, Any]:
    """Content of the report of one file.

    study : name of the study it belongs to, "" for none. sha256 : fingerprint of the file, printed where given.

    Returns
    -------
    dict
        JSON-ready: title, lang, header, verdict, size, parts (title, findings), columns (heads, rows), notes, imprint.
    """
    shown = _printed(profile)
    left = len(profile.columns) - len(shown)
    file = f"{profile.file} · {profile.sheet}" if profile.sheet else profile.file
    imprint = [f"Mirador · {t.date(created.date())}", f"SHA-256 {sha256}" if sha256 else ""]
    return {
        "title": t("Data quality: {file}", file=file),
        "lang": t.language,
        "header": {"kind": t("Data quality"), "file": file, "study": study},
        "verdict": verdict(profile, t),
        "size": size_sentence(profile, t),
        "parts": _parts(profile, t),
        "columns": {
            "title": t("The columns"),
            "heads": [t("Column"), t("What it is"), t("Filled"), t("Different values"), t("Sketch"), t("What it holds")],
            "rows": [_row(profile, column, t) for column in shown],
            "more": t.plural("{count} more column is in the CSV of this report.", "{count} more columns are in the CSV of this report.", left) if left else "",
        },
        "reading": {"title": t("How to read this page"), "notes": reading_notes(profile, t)},
        "imprint": " · ".join(part for part in imprint if part),
    }  # fmt: skip


def _parts(profile: Profile, t: Translator) -> list[dict[str, Any]]:
    """Findings under three headings; one without findings is left out."""
    titles = {"error": t("Mend first"), "warning": t("Look at"), "note": t("Good to know")}
    parts = []
    for severity, title in titles.items():
        found = []
        for problem in (p for p in profile.told if p.severity == severity):
            said = say(problem, t)
            found.append({"what": said.what, "where": _place(problem.where, profile, t), "mend": said.mend})
        if found:
            parts.append({"severity": severity, "title": title, "findings": found})
    return parts


def _place(where: Where, profile: Profile, t: Translator) -> str:
    """The place of a finding without the name of the file, which stands above."""
    return place(replace(where, file="") if where.file == profile.file else where, t)


def _printed(profile: Profile) -> list[ColumnProfile]:
    """At most `MOST_COLUMNS` columns, in the order of the file."""
    if len(profile.columns) <= MOST_COLUMNS:
        return list(profile.columns)
    troubled = {p.where.column for p in profile.findings if p.severity != "note"}
    noted = {p.where.column for p in profile.findings}
    ranked = sorted(
        enumerate(profile.columns),
        key=lambda item: (not item[1].role.declared, item[1].name not in troubled, item[1].name not in noted, item[0]),
    )
    return [column for _, column in sorted(ranked[:MOST_COLUMNS], key=lambda item: item[0])]


def _row(profile: Profile, column: ColumnProfile, t: Translator) -> dict[str, Any]:
    worst = min((("error", "warning", "note").index(p.severity) for p in profile.of(column.name)), default=3)
    return {
        "name": shown_name(column.name),
        "declared": column.role.declared,
        "meaning": meaning(column, t),
        "filled": t.percent(column.filled_share, 0 if column.filled_share in (0, 1) else 1),
        "share": column.filled_share,
        "distinct": t.number(column.distinct),
        "holds": contents(column, t),
        "bars": heights(column),
        "names": [name_of(bar, t) for bar in column.bars],
        "mark": ("error", "warning", "", "")[worst],
    }
