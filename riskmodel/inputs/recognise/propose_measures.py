"""Propose what is measured of areas: the rates an area model starts from, a given risk, the indicators and their directions.

An indicator is offered only with a direction, from the vocabulary or from a person. What says the measured rate again is
never offered, and of several that say nearly the same the first stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from riskmodel.inputs.indicators import percent_among_proportions
from riskmodel.inputs.recognise.directions import OTHER, Known, known_direction
from riskmodel.inputs.recognise.draft import YEAR, Draft, spoken, stem_of
from riskmodel.inputs.recognise.facts import Facts, plain_name
from riskmodel.inputs.recognise.measures import per_thousand, values_of
from riskmodel.inputs.recognise.sources import TableSource
from riskmodel.inputs.recognise.vocabulary import RATE, has_word
from riskmodel.problems import Problem, Where
from riskmodel.results import AREA_COLUMNS

# So many indicators of one dimension, and in all: more say the same again.
PER_DIMENSION, MOST = 4, 20
# Two indicators that go together closer than this say the same.
ALIKE = 0.95
# Shares of areas that have a value: an indicator known for fewer is left out.
FILLED = 0.7
# Fewer indicators with a known direction make no index: the others are asked about.
FEWEST = 2


@dataclass(frozen=True)
class Offered:
    """An indicator that could be used. `known` is None where its name tells no direction."""

    source: TableSource
    facts: Facts
    known: Known | None


def propose_measures(draft: Draft, tables: Sequence[TableSource]) -> None:
    """Settings of `area_model`, `given_risk` and `indicator`, from the tables of areas, the main one first."""
    _measured(draft, tables)
    offered = _offered(draft, tables)
    known = [o for o in offered if o.known is not None]
    chosen = _chosen(known)
    if len(chosen) < FEWEST:
        chosen = [*chosen, *_chosen([o for o in offered if o.known is None])]
    if "indicator" in draft.answers:
        chosen = _named(draft, tables)
    names: set[str] = set(AREA_COLUMNS)
    entries = []
    for one in chosen:
        name = stem_of(one.facts.name, names)
        names.add(name)
        entries.append(_entry(draft, one, name))
    if not entries:
        return
    draft.settings["indicator"] = entries
    left = [o.facts.name for o in offered if o not in chosen]
    shown, more = [str(e["label"]) for e in entries][:12], len(left)
    draft.ask("indicator", "indicators", certainty="likely", count=len(entries), names=shown, left=left[:12], more=more)


def _measured(draft: Draft, tables: Sequence[TableSource]) -> None:
    """Cases and total, a rate with its error, a risk that somebody estimated: the first table that has one."""
    for source in tables:
        columns = source.columns
        where = Where(source.file, source.sheet)
        cases, total = columns.column("cases"), columns.column("total")
        for name in per_thousand(columns.facts):
            draft.problems.append(Problem("intake_per_thousand", replace(where, column=name), severity="warning"))
        rate, risk = columns.column("rate"), columns.column("risk")
        se, n = columns.column("se"), columns.column("n")
        if cases and total:
            sampled = draft.ask(
                "area_model.sampled", "sampled", "0", certainty="likely", where=where, cases=cases, total=total
            )
            draft.settings["area_model"] = {"cases": cases, "total": total} | _share(sampled)
        elif rate and (se or n):
            part = dict[str, object]()
            part |= {"rate": rate, "unit": _unit(columns.facts[rate])} | ({"se": se} if se else {"n": n})
            draft.settings["area_model"] = part
        if risk or rate:
            values = pd.Series(values_of(source.table, risk or rate))
            if mixed := int(percent_among_proportions(values).sum()):
                at = replace(where, column=risk or rate)
                draft.problems.append(Problem("intake_scales_mixed", at, {"count": mixed}, "warning"))
            part = dict[str, object]()
            part |= {"risk": risk or rate, "scale": _unit(columns.facts[risk or rate])}
            draft.settings["given_risk"] = part | ({"se": se} if se else {})
        if "area_model" in draft.settings or "given_risk" in draft.settings:
            return


def _share(answer: str) -> dict[str, object]:
    """The share interviewed, where the counts are not of everybody."""
    try:
        share = float(answer.replace(",", "."))
    except ValueError:
        return {}
    return {"sampled": share} if 0 < share < 1 else {}


def _unit(f: Facts) -> str:
    return "percent" if f.high > 1 else "proportion"


def _offered(draft: Draft, tables: Sequence[TableSource]) -> list[Offered]:
    """Indicators of all tables in the order of the files, names once; a name alone may be explained by a dictionary."""
    offered, seen = [], set()
    for source in tables:
        for name in source.columns.columns("indicator"):
            f = source.columns.facts[name]
            if name in seen or f.share_filled < FILLED:
                continue
            seen.add(name)
            label = draft.labels.get(name.strip().casefold(), "")
            offered.append(
                Offered(source, f, known_direction(f.plain) or (known_direction(plain_name(label)) if label else None))
            )
    return offered


def _chosen(offered: Sequence[Offered]) -> list[Offered]:
    """A few of each dimension that do not say the same; composites of others only where nothing else is there."""
    plain = [o for o in offered if o.known is None or o.known.dimension != OTHER]
    pool = _varied(plain if len(plain) >= 4 else _composites_last(offered))
    few = len(pool) <= MOST
    chosen: list[Offered] = []
    per_dimension: dict[str, int] = {}
    kept: list[tuple[Offered, np.ndarray]] = []
    for one in pool:
        dimension = one.known.dimension if one.known else ""
        full = not few and bool(dimension) and per_dimension.get(dimension, 0) >= PER_DIMENSION
        if full or len(chosen) >= MOST:
            continue
        values = values_of(one.source.table, one.facts.name)
        if any(o.source is one.source and _alike(values, v) for o, v in kept):
            continue
        kept.append((one, values))
        chosen.append(one)
        per_dimension[dimension] = per_dimension.get(dimension, 0) + 1
    return chosen


def _varied(offered: Sequence[Offered]) -> list[Offered]:
    """Those whose first word is new come first, then the second of each word, so that many of a kind crowd out nothing."""
    seen: dict[str, int] = {}
    placed = []
    for one in offered:
        word = next((w for w in one.facts.plain.split() if len(w) > 3 and not has_word(RATE, w)), one.facts.plain)
        placed.append((seen.get(word, 0), one))
        seen[word] = seen.get(word, 0) + 1
    return [one for _, one in sorted(placed, key=lambda pair: pair[0])]


def _composites_last(offered: Sequence[Offered]) -> list[Offered]:
    """What several others are parts of by their names ("IDHM" beside "IDHM Renda") goes last."""
    words = [set(o.facts.plain.split()) for o in offered]
    return [
        o
        for _, o in sorted(
            zip([sum(w < v for v in words) >= 2 for w in words], offered, strict=True), key=lambda p: p[0]
        )
    ]


def _alike(a: np.ndarray, b: np.ndarray) -> bool:
    both = np.isfinite(a) & np.isfinite(b)
    if both.sum() < 10 or np.ptp(a[both]) == 0 or np.ptp(b[both]) == 0:
        return False
    return abs(float(np.corrcoef(a[both], b[both])[0, 1])) > ALIKE


def _named(draft: Draft, tables: Sequence[TableSource]) -> list[Offered]:
    """The columns a person named, in that order; a minus before a name turns its direction."""
    found = []
    for asked in draft.answers["indicator"].split(","):
        name = asked.strip()
        turned, name = (name.startswith("-") and name not in _all_columns(tables)), name
        name = name[1:].strip() if turned else name
        source = next((s for s in tables if name in s.columns.facts), None)
        if source is not None:
            f = source.columns.facts[name]
            told = known_direction(f.plain)
            known = Known(-1 if turned else (told.direction if told else 1), told.dimension if told else "")
            found.append(Offered(source, f, known))
    return found


def _all_columns(tables: Sequence[TableSource]) -> set[str]:
    return {name for s in tables for name in s.columns.facts}


def _entry(draft: Draft, one: Offered, name: str) -> dict[str, object]:
    """One `[[indicator]]`."""
    key = f"indicator.{name}.direction"
    where = Where(one.source.file, one.source.sheet, one.facts.name)
    label = spoken(one.facts.name, draft.labels)
    if one.known is None:
        direction = draft.ask(key, "direction", "", ("1", "-1"), where=where, label=label) or "1"
    else:
        direction = draft.answers.get(key, str(one.known.direction))
    entry: dict[str, object] = {"name": name}
    if name != one.facts.name:
        entry["column"] = one.facts.name
    entry["label"] = label
    if one.known and one.known.dimension:
        entry["dimension"] = draft.t(one.known.dimension)
    entry["direction"] = -1 if direction.strip() == "-1" else 1
    if has_word(RATE.replace("|tasa|tx|taxa|taux|rate", ""), plain_name(one.facts.name)) and one.facts.high > 1:
        entry["unit"] = "%"
    years = YEAR.findall(one.facts.name)
    if years:
        entry["year"] = int(years[-1])
    return entry
