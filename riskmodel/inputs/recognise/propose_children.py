"""Propose what is declared about children: the survey with its design, the population, and the determinants both know.

A determinant is proposed only where the values of both files can be brought together for certain; the others are named, for
a person to say which codes mean the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from rapidfuzz import fuzz

from riskmodel.inputs.codes import as_codes, canonical
from riskmodel.inputs.recognise import values as known
from riskmodel.inputs.recognise.draft import Draft, spoken, stem_of
from riskmodel.inputs.recognise.found import Certainty
from riskmodel.inputs.recognise.meet import best_meeting
from riskmodel.inputs.recognise.roles import Role
from riskmodel.inputs.recognise.sources import TableSource, codes_of
from riskmodel.problems import Problem, Where

# Names of columns this alike are taken for the same question.
SAME_NAME = 88.0
MOST_CATEGORIES = 12
# The ages of international definitions; narrowed to the ages the survey asked.
YOUNGEST, OLDEST = 5, 17
PERSONAL: tuple[Role, ...] = ("sex", "age", "zone")
SDG_AGES = ((5, 11), (12, 14), (15, 17))


def propose_survey(draft: Draft, survey: TableSource) -> None:
    """Settings of `survey` and of the outcome's column and ages."""
    columns = survey.columns
    part: dict[str, object] = {"file": survey.file}
    if survey.sheet:
        part["sheet"] = survey.sheet
    part["year"] = draft.year(survey, "survey.year")
    design: tuple[Role, ...] = ("weight", "stratum", "psu")
    for role in design:
        guess = columns.guess(role)
        if guess is None:
            continue
        column = guess.column
        if guess.certainty != "sure" or guess.alternatives:
            where = Where(survey.file, survey.sheet, column)
            column = draft.ask(f"survey.{role}", role, column, [column, *guess.alternatives], "likely", where)
        if column:
            part[role] = column
    draft.settings["survey"] = part
    draft.use(survey.file, "survey", survey.kind.reason, survey.kind.certainty, count=survey.rows)
    draft.settings["outcome"] = _outcome(draft, survey)


def _outcome(draft: Draft, survey: TableSource) -> dict[str, object]:
    """The column of the outcome and the ages; the definition is the person's to write."""
    t, columns = draft.t, survey.columns
    ready, coded = columns.columns("outcome"), columns.columns("outcome_codes")
    labour = [g.column for g in columns.guesses if g.role == "outcome" and g.certainty != "ask"]
    yes_no = [
        f.name
        for f in columns.facts.values()
        if set(f.values) <= {"0", "1"} and f.distinct == 2 and f.name not in ready
    ]
    where = Where(survey.file, survey.sheet)
    proposed = (labour or ready or [""])[0]
    options = [*labour, *ready, *yes_no][:15]
    code = "outcome_of_codes" if coded and not labour else "outcome"
    column = draft.ask("outcome.column", code, proposed, options, _sure_of(labour), where, coded=coded[:6])
    outcome: dict[str, object] = {"name": t("Child labour")}
    said = (
        t("Column “{column}” of “{file}”, 1 for yes and 0 for no.", column=column, file=survey.file) if column else ""
    )
    outcome["definition"] = _definition(draft, said)
    if column:
        outcome["column"] = column
    age = columns.column("age")
    if age:
        low, high = _ages(survey, age, column)
        chosen = draft.ask(
            "outcome.age", "ages", f"{low}-{high}", certainty="likely", where=Where(survey.file, survey.sheet, age)
        )
        ends = [int(end) for end in chosen.split("-") if end.strip().isdecimal()]
        low, high = (ends[0], ends[1]) if len(ends) == 2 else (low, high)
        outcome["age"] = {"column": age, "min": low, "max": high}
        outcome["name"] = t("Child labour, {first} to {last} years", first=low, last=high)
    else:
        draft.problems.append(Problem("intake_no_age", where, severity="warning"))
    return outcome


def _sure_of(named: Sequence[str]) -> Certainty:
    return "likely" if named else "ask"


def _definition(draft: Draft, said: str) -> str:
    """The definition a person wrote; else what the files say, and that it is to be declared."""
    given = draft.ask("outcome.definition", "definition")
    return given or " ".join(
        p for p in (said, draft.t("To be declared: ages, activities and hours that count as child labour.")) if p
    )


def _ages(survey: TableSource, age: str, outcome: str) -> tuple[int, int]:
    """Ages of those who have an outcome, within 5 to 17."""
    ages = pd.to_numeric(survey.table[age], errors="coerce")
    if outcome in survey.table:
        ages = ages[survey.table[outcome].notna()]
    ages = ages[ages.between(YOUNGEST, OLDEST)]
    return (int(ages.min()), int(ages.max())) if len(ages) else (YOUNGEST, OLDEST)


def propose_population(draft: Draft, population: TableSource) -> None:
    """Settings of `population`, whether of children or of counts."""
    columns, kind = population.columns, population.kind.kind
    part: dict[str, object] = {"file": population.file}
    if kind in ("cells", "margins"):
        part["kind"] = kind
    part["year"] = draft.year(population, "population.year")
    where = Where(population.file, population.sheet)
    guess = columns.guess("area_code")
    if guess is not None and guess.certainty == "sure":
        part["area_code"] = guess.column
    else:
        options = [f.name for f in columns.facts.values() if f.codelike and f.distinct > 1]
        met = best_meeting({c: codes_of(population, c) for c in options}, {"": draft.area_codes})
        if met is not None and "population.area_code" not in draft.answers:
            draft.read_codes(population, met.codes())
            part["area_code"] = met.here
        else:
            proposed = guess.column if guess else ""
            part["area_code"] = draft.ask("population.area_code", "population_area", proposed, options, where=where)
    if kind in ("cells", "margins"):
        counts: tuple[Role, ...] = ("children", "count", "population", "total")
        counted = [c for role in counts for c in columns.columns(role)]
        if counted or kind == "cells":
            part["count"] = draft.ask(
                "population.count", "count", counted[0] if counted else "", counted, "likely", where
            )
        if kind == "margins" and columns.column("variable"):
            part["determinant"] = columns.column("variable")
            part["category"] = next(iter(columns.columns("category")), "") or None
    elif columns.column("weight"):
        part["weight"] = columns.column("weight")
    draft.settings["population"] = part
    draft.use(population.file, "population", population.kind.reason, population.kind.certainty, count=population.rows)


def propose_determinants(draft: Draft, survey: TableSource, population: TableSource) -> None:
    """Settings of `determinant`, the groups, the age column of the population and the areas of the survey."""
    outcome = draft.settings["outcome"]
    assert isinstance(outcome, dict)
    age, other_age = survey.columns.column("age"), population.columns.column("age")
    if age and other_age and age != other_age and "age" in outcome:
        outcome["age"] = outcome["age"] | {"population_column": other_age}
    names: set[str] = {"outcome", "weight", "stratum", "psu", "area_code", "domain", "in_domain"}
    entries, left = [], []
    for one, other in _pairs(survey, population, str(outcome.get("column", ""))):
        entry = _determinant(draft, survey, one, population, other)
        if entry is None:
            left.append(one)
            continue
        entry["name"] = stem_of(one, names)
        names.add(str(entry["name"]))
        entries.append(
            {"name": entry["name"], "label": spoken(one, draft.labels)}
            | {k: v for k, v in entry.items() if k != "name"}
        )
    if entries:
        draft.settings["determinant"] = entries
        shown = [e["label"] for e in entries]
        draft.ask(
            "determinant",
            "determinants",
            certainty="likely",
            count=len(entries),
            names=shown,
            left=left[:12],
            more=len(left),
        )
        part = draft.settings["population"]
        assert isinstance(part, dict)
        wanted = {survey.columns.column(role) for role in PERSONAL}
        groups = [str(e["name"]) for e in entries if e["survey"]["column"] in wanted]  # type: ignore[index]
        if groups:
            part["groups"] = groups
    _areas_of_survey(draft, survey, population)


def _areas_of_survey(draft: Draft, survey: TableSource, population: TableSource) -> None:
    """The survey's own codes of areas, where they are those of the population."""
    declared = draft.settings["population"]
    there = str(declared.get("area_code", "")) if isinstance(declared, dict) else ""
    here = survey.columns.column("area_code") or (there if there in survey.table else "")
    if not here or there not in population.table:
        return
    meeting = best_meeting({here: codes_of(survey, here)}, {there: codes_of(population, there)})
    part = draft.settings["survey"]
    assert isinstance(part, dict)
    if meeting is not None:
        draft.read_codes(survey, meeting.codes())
        part["area_code"] = here


def _pairs(survey: TableSource, population: TableSource, outcome: str) -> list[tuple[str, str]]:
    """Columns of both files that ask the same: by what they are, else by their names; each once."""
    pairs, taken = [], {outcome}
    for role in PERSONAL:
        one, other = survey.columns.column(role), population.columns.column(role)
        if one and other:
            pairs.append((one, other))
            taken |= {one, f"population:{other}"}
    theirs = [c for c in _askable(population) if f"population:{c}" not in taken]
    for one in _askable(survey):
        if one in taken:
            continue
        plain = survey.columns.facts[one].plain
        scored = [(fuzz.ratio(plain, population.columns.facts[c].plain), c) for c in theirs]
        best = max(scored, default=(0.0, ""))
        if best[0] >= SAME_NAME:
            pairs.append((one, best[1]))
            theirs.remove(best[1])
    return pairs


def _askable(source: TableSource) -> list[str]:
    """Columns that could be a determinant: few categories, or a number."""
    return [
        g.column for g in source.columns.guesses if g.role in ("category", "number", "kinship", "count", "indicator")
    ]


def _determinant(
    draft: Draft, survey: TableSource, one: str, population: TableSource, other: str
) -> dict[str, object] | None:
    """One `[[determinant]]` without its name; None where the values of the two files do not come together for certain."""
    if one == survey.columns.column("age"):
        return _age_bands(draft, one, other)
    group = "territory" if one == survey.columns.column("zone") else _group_of(survey.columns.facts[one].plain)
    mine, theirs = _values(survey, one), _values(population, other)
    many = max(len(mine), len(theirs)) > MOST_CATEGORIES
    if many:
        numeric = survey.columns.facts[one].numeric and population.columns.facts[other].numeric
        if not numeric:
            return None
        return {"group": group, "kind": "numeric"} | _rules(one, None, other, None)
    words = _meaning(draft, survey, one, mine), _meaning(draft, population, other, theirs)
    if words[0] and words[1]:
        return {"group": group} | _rules(one, words[0], other, words[1])
    if mine and set(theirs) <= set(mine):
        return {"group": group} | _rules(one, None, other, None)
    return None


def _values(source: TableSource, column: str) -> list[str]:
    return sorted(map(str, canonical(source.table[column]).dropna().unique()))


def _meaning(draft: Draft, source: TableSource, column: str, values: Sequence[str]) -> dict[str, str] | None:
    """What each value means: by the labels of the file, else where the column is of sex, of the zone, or says yes and no."""
    labels = source.value_labels.get(column, {})
    if values and all(v in labels for v in values):
        return {v: labels[v] for v in values}
    role = next((g.role for g in source.columns.guesses if g.column == column), "")
    table: Mapping[str, str] | None = None
    if role == "sex":
        table = known.sexes(values)
    elif role == "zone":
        table = known.zones(values)
    else:
        table = known.yes_no(values)
    return {v: draft.t(word) for v, word in table.items()} if table else None


def _rules(
    one: str, words: Mapping[str, str] | None, other: str, others: Mapping[str, str] | None
) -> dict[str, object]:
    """Rules of survey and population; the second only where it differs."""
    survey: dict[str, object] = {"column": one} | ({"map": dict(words)} if words else {})
    population: dict[str, object] = {"column": other} | ({"map": dict(others)} if others else {})
    rules: dict[str, object] = {"survey": survey}
    return rules | {"population": population} if population != survey else rules


def _age_bands(draft: Draft, one: str, other: str) -> dict[str, object]:
    """Ages in the bands of the international definition, within the ages of the outcome."""
    outcome = draft.settings["outcome"]
    assert isinstance(outcome, dict)
    low, high = outcome["age"]["min"], outcome["age"]["max"]
    ends = [(max(a, low), min(b, high)) for a, b in SDG_AGES if max(a, low) <= min(b, high)] or [(low, high)]
    bands = {draft.t("{first} to {last} years", first=a, last=b): [a, b] for a, b in ends}
    if len(bands) < 2:
        return {"group": "child", "kind": "numeric"} | _rules(one, None, other, None)
    entry: dict[str, object] = {"group": "child", "survey": {"column": one, "bands": bands}}
    return entry | {"population": {"column": other, "bands": bands}} if other != one else entry


def _group_of(plain: str) -> str:
    """Whom a determinant describes, by its name."""
    if any(word in plain.split() for word in ("jefe", "jefa", "head", "chefe", "chef", "jefatura")):
        return "head"
    if any(
        word in plain
        for word in ("agua", "piso", "vivienda", "dwelling", "hacin", "dormitorio", "electric", "luz", "bano", "parede")
    ):
        return "dwelling"
    if any(word in plain for word in ("hogar", "etnia", "lengua", "idioma", "household", "menage", "ingreso", "renda")):
        return "household"
    return "child"


def area_codes_of(source: TableSource) -> frozenset[str]:
    """The codes of areas a file of children has."""
    column = source.columns.column("area_code")
    return frozenset(map(str, as_codes(source.table[column]).dropna().unique())) if column else frozenset()
