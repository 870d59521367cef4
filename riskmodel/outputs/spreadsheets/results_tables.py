"""The tables of a run as a person reads them in a spreadsheet.

Contributions are set out wide, one row per area; codes of determinants and indicators take the names the study gives
them; a column that holds nothing at all is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from riskmodel.i18n import Translator
from riskmodel.outputs.spreadsheets.column import Column
from riskmodel.outputs.spreadsheets.columns import COLUMNS, HEADS, HEADS_OF_TABLE
from riskmodel.outputs.words import part_names
from riskmodel.results import Results
from riskmodel.study import Study

# Sheets in the order of reading, and the table of `columns.COLUMNS` that explains each.
ORDER = {
    "areas": "areas", "parents": "parents", "national": "parents", "groups": "groups", "parent_groups": "groups",
    "priorities": "priorities", "contributions": "contributions", "profile": "profile", "coefficients": "coefficients",
    "harmonisation": "harmonisation", "clusters": "clusters", "validation": "validation", "direct": "direct",
    "reconciliation": "reconciliation",
    "indicators": "indicators", "index_scores": "index_scores",
    "gaps": "gaps", "peers": "peers", "estimators": "estimators", "raking": "raking",
    "index_robustness": "index_robustness", "index_sensitivity": "index_sensitivity", "index_removed": "index_removed",
    "index_importance": "index_importance", "index_coherence": "index_coherence",
}  # fmt: skip
NUMBER_OF = {
    "proportion": "share", "children": "count", "areas": "count", "1, 2, …": "count", "1 to k": "year", "0 to k": "year",
    "1 to 3": "year", "points, 0–100": "points", "0–1": "p", "ratio": "number", "log-odds": "number3", "–": "number3", "1 to 6": "year", "sweeps": "count", "counted": "count", "year": "year", "ranks": "number",
    "–1 to 1": "number3", "up to 1": "number3",
}  # fmt: skip

# Tables in which determinants, indicators and groups stand by the names the study gives them.
IN_WORDS = (
    "groups", "parent_groups", "coefficients", "harmonisation", "profile", "gaps", "index_removed", "index_importance",
    "index_coherence",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One column as a sheet shows it. `number` is a key of `style.NUMBERS`; "text" keeps zeros in front."""

    name: str  # in the CSV file
    head: str
    number: str
    column: Column


@dataclass(frozen=True)
class Table:
    """One sheet: `key` is the table of the results, `frame` has the columns of `shown` in their order."""

    key: str
    title: str
    frame: pd.DataFrame
    shown: tuple[Shown, ...] = field(default_factory=tuple)


def tables(results: Results, study: Study, t: Translator) -> list[Table]:
    """Every table that has rows, in the order of reading."""
    found = []
    for key, described in ORDER.items():
        frame: pd.DataFrame = getattr(results, key)
        if frame.empty:
            continue
        frame = _with_names(key, frame, results)
        shown = _contributions(study, t) if key == "contributions" else {}
        if key == "contributions":
            frame = _wide(frame, results, study)
        frame = _in_words(frame, study, t) if key in IN_WORDS else frame
        frame = frame[[c for c in frame.columns if not _empty(frame[c])]]
        columns = tuple(_shown(str(c), described, shown, results, study, t) for c in frame.columns)
        found.append(Table(key, titles(t)[key], frame, columns))
    return found


def titles(t: Translator) -> dict[str, str]:
    """What each sheet is called."""
    return {
        "areas": t("Areas"), "parents": t("Parent units"), "national": t("The country"), "groups": t("Groups of children"),
        "parent_groups": t("Groups by parent unit"), "priorities": t("Priorities"), "contributions": t("Contributions"),
        "profile": t("Profile of levels"), "coefficients": t("Model"), "harmonisation": t("Survey and population"),
        "clusters": t("Clusters"), "validation": t("Validation"), "direct": t("Measured rates"),
        "indicators": t("Indicators"), "index_scores": t("Scores"), "gaps": t("Gaps between groups"),
        "peers": t("Areas alike"), "estimators": t("Two estimates"), "raking": t("Fit to the totals"),
        "index_robustness": t("Other choices"), "index_sensitivity": t("Which choice matters"),
        "index_removed": t("Parts left out"), "index_importance": t("Weight and importance"),
        "index_coherence": t("Correlations"), "reconciliation": t("Published totals"),
    }  # fmt: skip


def _with_names(key: str, frame: pd.DataFrame, results: Results) -> pd.DataFrame:
    """Names of areas beside their codes, where the table has codes only."""
    if "area_code" not in frame or "area_name" in frame:
        return frame
    of_areas, of_units = _names(results.areas), _names(results.parents)
    names = frame["area_code"].map(of_units if key == "parent_groups" else of_areas)
    if key == "gaps":
        names = names.where(frame["unit"] != "parent", frame["area_code"].map(of_units))
    if names.isna().all():
        return frame
    out = frame.copy()
    out.insert(list(out.columns).index("area_code") + 1, "area_name", names)
    if "peer_code" in out:
        out.insert(list(out.columns).index("peer_code") + 1, "peer_name", out["peer_code"].map(of_areas))
    return out


def _names(units: pd.DataFrame) -> dict[str, str]:
    """Name of every area (or parent unit) by its code."""
    return {} if units.empty else dict(zip(units["area_code"], units["area_name"], strict=True))


def _wide(frame: pd.DataFrame, results: Results, study: Study) -> pd.DataFrame:
    """One row per area, one column per determinant, in the order of the study."""
    wide = frame.pivot_table(
        index="area_code", columns="determinant", values="contribution", aggfunc="sum", dropna=False
    )
    declared = list(labels(study))
    order = [n for n in declared if n in wide] + [n for n in wide.columns if n not in declared]
    names = results.areas.set_index("area_code")["area_name"]
    wide = wide[order].rename_axis(columns=None).reset_index()
    wide.insert(1, "area_name", wide["area_code"].map(names))
    return wide


def labels(study: Study) -> dict[str, str]:
    """Names of determinants and indicators as the study gives them."""
    return {d.name: d.label or d.name for d in study.determinant} | {i.name: i.label or i.name for i in study.indicator}


def _contributions(study: Study, t: Translator) -> dict[str, str]:
    return labels(study) | part_names(t)


def _in_words(frame: pd.DataFrame, study: Study, t: Translator) -> pd.DataFrame:
    """Determinants and groups by their labels."""
    named = labels(study) | {g.name: g.label or g.name for g in study.group}
    out = frame.copy()
    for column in ("group", "determinant", "name", "other"):
        if column in out:
            out[column] = out[column].map(lambda one: named.get(one, one))
    return out


def _empty(column: pd.Series) -> bool:
    if column.dtype == object or pd.api.types.is_string_dtype(column):
        return bool((column.fillna("").astype(str) == "").all())
    return bool(column.isna().all())


def _shown(name: str, described: str, shown: dict[str, str], results: Results, study: Study, t: Translator) -> Shown:
    known = COLUMNS[described]
    risk = results.measure == "area_risk"
    if described == "contributions" and name in shown:
        column = Column(known["contribution"].unit, known["contribution"].meaning)
        return Shown(name, shown[name], "signed_share" if risk else "signed", column)
    if described in ("indicators", "index_scores") and name not in known and name != "area_name":
        dimension = name.startswith("dim:")
        key = "dim:<dimension>" if dimension else "<indicator>"
        head = name.removeprefix("dim:") if dimension else labels(study).get(name, name)
        column = known.get(name, known[key])
        return Shown(name, head, "points" if described == "index_scores" else "number", column)
    if name in known:
        return Shown(
            name,
            t(HEADS_OF_TABLE.get((described, name)) or HEADS.get(name, name)),
            _number(name, known[name].unit, risk),
            known[name],
        )
    of_name = "area_name" if name == "peer_name" else name
    elsewhere = next((c[of_name] for c in COLUMNS.values() if of_name in c), None)
    if elsewhere is not None:
        return Shown(name, t(HEADS.get(name, name)), _number(name, elsewhere.unit, risk), elsewhere)
    return _criterion(name, study, t)


def _criterion(name: str, study: Study, t: Translator) -> Shown:
    """A criterion of the priorities that is no column elsewhere: an indicator, or its place from 0 to 1."""
    base = name.removesuffix("__score")
    head = labels(study).get(base) or t(HEADS.get(base, base))
    if base != name:
        return Shown(name, t("{criterion}: place from 0 to 1", criterion=head), "p", COLUMNS["priorities"]["score"])
    return Shown(name, head, "number", COLUMNS["indicators"]["<indicator>"])


def _number(name: str, unit: str, risk: bool) -> str:
    if name in ("se", "ame_se") and unit == "proportion":
        return "share2"
    if name in ("ame", "difference", "rank_difference"):
        return "signed_share"
    if name == "score":
        return "number3"
    if unit.startswith("proportion, or points"):
        return "share" if risk else "points"
    if unit == "proportion, or its own unit":
        return "number3"
    return NUMBER_OF.get(unit, "text")
