"""Propose a study from several files: which file serves for what, the method, the settings, and what a person must answer.

The method follows from what is there: children of a survey and of a census, a measured rate, a given risk, or indicators
alone. Nothing is made up: what is missing is named, and a study that lacks a part says which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import ValidationError

from riskmodel.i18n.translator import Translator
from riskmodel.inputs.recognise.answers import answered, options_of
from riskmodel.inputs.recognise.draft import Draft
from riskmodel.inputs.recognise.facts import plain_name
from riskmodel.inputs.recognise.found import Guess
from riskmodel.inputs.recognise.proposal import Proposal, Question, reading_key
from riskmodel.inputs.recognise.propose_areas import propose_places
from riskmodel.inputs.recognise.propose_children import propose_determinants, propose_population, propose_survey
from riskmodel.inputs.recognise.propose_measures import propose_measures
from riskmodel.inputs.recognise.sources import MapSource, OtherSource, Source, TableSource
from riskmodel.problems import Problem, Where
from riskmodel.study import Study
from riskmodel.study_file import check_study
from riskmodel.study_reading import Reading

# Questions in the order a person should meet them; others come last.
ORDER = (
    "study.method", "outcome.column", "outcome.definition", "areas.area_code", "population.area_code", "boundaries", "reading", "area_model",
    "survey.year", "population.year", "outcome.age", "survey", "population", "determinant", "indicator", "areas",
)  # fmt: skip

# Parts of the study file in the order they are written.
PARTS = ("study", "outcome", "survey", "model", "population", "determinant", "areas", "indicator", "given_risk", "area_model", "boundaries", "reading")  # fmt: skip

# What a route uses of the measures; the rest is left out of its study.
ROUTE_PARTS = {
    "risk_model": ("survey", "model", "population", "determinant"),
    "area_model": ("area_model", "model"),
    "vulnerability_index": (),
    "given_risk": ("given_risk",),
}


def propose(sources: Sequence[Source], t: Translator, answers: Mapping[str, str] | None = None) -> Proposal:
    """A study proposed from files.

    Parameters
    ----------
    sources : sequence of Source
        What each file is (`intake.look_at`).
    t : Translator
        Names and definitions are written in its language, and the study says so.
    answers : mapping, optional
        What a person has answered, by the key of the question.

    Returns
    -------
    Proposal
        `study` may lack parts its route needs: `problems` then names them (`check_study`), with `study_missing_key` for a
        part that could not be written at all, such as a survey without a year.
    """
    draft = Draft(t, answers or {})
    tables = [s for s in sources if isinstance(s, TableSource)]
    _answered_readings(draft, tables)
    survey = _largest([s for s in tables if s.kind.kind == "survey"])
    population = _largest([s for s in tables if s.kind.kind in ("census", "cells", "margins")], survey)
    _dictionaries(draft, tables)
    used = propose_places(draft, tables, [s for s in sources if isinstance(s, MapSource)], population)
    if survey is not None:
        propose_survey(draft, survey)
    if population is not None and (survey is not None or _model(draft, sources) == "risk_model" or not used):
        propose_population(draft, population)
        if survey is not None:
            propose_determinants(draft, survey, population)
    propose_measures(draft, used)
    _others(draft, sources, used, survey, population)
    method = _method(draft, sources)
    _finish(draft, method, tables)
    return replace(_proposal(draft, method), readings=_open_readings(draft, tables))


def _answered_readings(draft: Draft, tables: Sequence[TableSource]) -> None:
    """Put the answers about how files are read into their readings."""
    for source in tables:
        for guess in source.recognition.questions if source.recognition else ():
            chosen, options = draft.answers.get(reading_key(source.file, guess), ""), options_of(guess)
            if guess.key and chosen.isdecimal() and 1 <= int(chosen) <= len(options):
                option = options[int(chosen) - 1]
                if option is not None:
                    reading = answered(draft.reading(source), guess, option)
                    draft.readings[source.file, source.sheet] = reading


def _open_readings(draft: Draft, tables: Sequence[TableSource]) -> tuple[tuple[str, Guess], ...]:
    """Questions about the reading of files in use; which year is asked with the study."""
    kept = {u.file for u in draft.uses if u.part == "kept"}
    return tuple(
        (source.file, guess)
        for source in tables
        if source.file not in kept and source.recognition
        for guess in source.recognition.questions
        if guess.key != "keep" and reading_key(source.file, guess) not in draft.answers
    )


def _largest(found: Sequence[TableSource], beside: TableSource | None = None) -> TableSource | None:
    """The file of children most probably meant: the surest, then the one with most rows."""
    sure = {"sure": 2, "likely": 1, "ask": 0}
    order = {"census": 2, "cells": 1, "margins": 1}
    return max(found, key=lambda s: (order.get(s.kind.kind, 0), sure[s.kind.certainty], s.rows), default=None)


def _model(draft: Draft, sources: Sequence[Source]) -> str:
    """The method of a portable model among the files; "" where there is none."""
    model = next((s for s in sources if isinstance(s, OtherSource) and s.kind.kind == "model"), None)
    if model is None:
        return ""
    draft.settings["model"] = {"file": model.file}
    return model.method


def _dictionaries(draft: Draft, tables: Sequence[TableSource]) -> None:
    """Labels for columns of the other files, from tables that explain variables."""
    named = {name.casefold() for s in tables if s.kind.kind != "dictionary" for name in s.columns.facts}
    for source in (s for s in tables if s.kind.kind == "dictionary"):
        texts = {c: source.table[c].astype("string").str.strip() for c in source.table.columns}
        shares = {c: (text.str.casefold().isin(named).sum(), text) for c, text in texts.items()}
        key = max(shares, key=lambda c: int(shares[c][0]), default="")
        once = bool(key) and not texts[key].dropna().duplicated().any()  # else its labels are those of categories
        if not key or shares[key][0] < 2 or not once:
            draft.use(source.file, "kept", "dictionary_of_none")
            continue
        words = [
            c
            for c in texts
            if c != key and source.columns.facts[c].letters > 0.8 and source.columns.facts[c].length > 6
        ]
        label = next(iter(words), "")
        if label:
            pairs = zip(texts[key], texts[label], strict=True)
            found = {
                str(k).casefold(): str(v)
                for k, v in pairs
                if isinstance(k, str) and isinstance(v, str) and len(v) <= 90
            }
            draft.labels |= {k: v for k, v in found.items() if k in named and k != plain_name(v)}
        draft.use(source.file, "labels", "dictionary", count=int(shares[key][0]))


def _others(
    draft: Draft,
    sources: Sequence[Source],
    used: Sequence[TableSource],
    survey: TableSource | None,
    population: TableSource | None,
) -> None:
    """Say of every file that serves for nothing yet why, and warn of persons' names."""
    told = {use.file for use in draft.uses}
    for source in sources:
        if isinstance(source, TableSource):
            people = source.columns.columns("identity")
            if people:
                where = Where(source.file, source.sheet)
                draft.problems.append(
                    Problem("intake_identity", where, {"columns": people, "count": len(people)}, "warning")
                )
            draft.problems += _weights(source)
        if source.file in told:
            continue
        part, reason = "kept", f"kept_{source.kind.kind}"
        if source.kind.kind == "model":
            draft.use(source.file, "model", "model", "sure")
            continue
        draft.use(source.file, part, reason, source.kind.certainty)  # type: ignore[arg-type]


def _weights(source: TableSource) -> list[Problem]:
    """Weights that no survey has: their decimal mark was lost on the way."""
    column = source.columns.column("weight")
    if not column or source.columns.facts[column].mean < 1e6 or source.columns.facts[column].plain in ("v005", "hv005"):
        return []
    where = Where(source.file, source.sheet, column)
    return [Problem("intake_weights_destroyed", where, {"mean": source.columns.facts[column].mean}, "warning")]


def _method(draft: Draft, sources: Sequence[Source]) -> str:
    """The route, from what is there; a person may choose another that the files allow."""
    has = draft.settings
    indicators = isinstance(has.get("indicator"), list) and len(has["indicator"]) > 0  # type: ignore[arg-type]
    possible: list[str] = []
    if "population" in has and ("survey" in has or "model" in has):
        possible.append("risk_model")
    if "areas" in has and ("area_model" in has and indicators):
        possible.append("area_model")
    if "areas" in has and "given_risk" in has:
        possible.append("given_risk")
    if "areas" in has and indicators:
        possible.append("vulnerability_index")
    model = _model(draft, sources)
    if model and model not in possible:
        possible.insert(0, model)
    if not possible:
        possible = ["risk_model"] if {"survey", "population"} & set(has) else ["vulnerability_index"]
    return draft.ask("study.method", "method", possible[0], possible, "likely" if len(possible) == 1 else "ask")


def _finish(draft: Draft, method: str, tables: Sequence[TableSource]) -> None:
    """The parts of the route, the outcome in words, the readings."""
    t, settings = draft.t, draft.settings
    keep = ROUTE_PARTS.get(method, ())
    for part in ("survey", "model", "population", "determinant", "area_model", "given_risk"):
        if part not in keep:
            settings.pop(part, None)
    if method == "risk_model" and "areas" not in settings:
        settings.pop("indicator", None)
    if "survey" not in settings:
        settings["outcome"] = _outcome(draft, method)
    outcome = settings["outcome"]
    assert isinstance(outcome, dict)
    name = (
        draft.ask("study.name", "name", str(outcome["name"]), certainty="likely")
        if "study.name" in draft.answers
        else str(outcome["name"])
    )
    settings["study"] = {"name": name, "language": t.language, "method": method}
    named = {str(p["file"]) for p in _named_parts(settings)}
    named |= {n.official.file for s in tables if s.file in named for n in draft.reading(s).names}
    readings = [draft.reading(s) for s in tables if s.file in named]
    drawn = settings.get("boundaries")
    readings += [r for (file, _), r in draft.readings.items() if isinstance(drawn, dict) and file == drawn["file"]]
    settings["reading"] = [_plain_reading(r) for r in readings if not r.is_plain]


def _outcome(draft: Draft, method: str) -> dict[str, object]:
    """Name and definition where no survey gives them: what the columns say, to be completed by a person."""
    t, settings = draft.t, draft.settings
    if method == "vulnerability_index":
        indicators = settings.get("indicator", [])
        count = len(indicators) if isinstance(indicators, list) else 0
        said = t.plural(
            "Index of {count} indicator; it does not measure child labour.",
            "Index of {count} indicators; it does not measure child labour.",
            count,
        )
        return {
            "name": t("Vulnerability to child labour"),
            "definition": draft.answers.get("outcome.definition") or said,
        }
    area_model, given = settings.get("area_model"), settings.get("given_risk")
    said = ""
    if isinstance(area_model, dict) and "cases" in area_model:
        said = t("Children counted in the column “{cases}” among those in the column “{total}”.", cases=area_model["cases"], total=area_model["total"])  # fmt: skip
    elif isinstance(given, dict):
        said = t("Rate in the column “{column}”, as its source defines it.", column=given["risk"])
    given_words = draft.ask("outcome.definition", "definition")
    declare = t("To be declared: ages, activities and hours that count as child labour.")
    return {"name": t("Child labour"), "definition": given_words or " ".join(p for p in (said, declare) if p)}


def _named_parts(settings: Mapping[str, object]) -> list[dict[str, object]]:
    """Parts that name a file."""
    parts = [p for p in (settings.get(k) for k in ("survey", "population", "areas")) if isinstance(p, dict)]
    joins = [j for p in parts for j in p.get("join", [])]
    return [*parts, *joins]


def _plain_reading(reading: Reading) -> dict[str, object]:
    return reading.model_dump(mode="json", exclude_defaults=True, by_alias=True)


def _proposal(draft: Draft, method: str) -> Proposal:
    """The study as far as it can be written, and the problems of what cannot."""
    raw = {part: _without_none(draft.settings[part]) for part in PARTS if draft.settings.get(part)}
    problems = list(draft.problems)
    while True:
        try:
            study = Study.model_validate(raw)
            break
        except ValidationError as error:
            place = error.errors()[0]["loc"]
            code = "study_missing_key" if error.errors()[0]["type"] == "missing" else "study_wrong_value"
            values = {} if code == "study_missing_key" else {"given": "", "kind": error.errors()[0]["type"]}
            problems.append(Problem(code, Where(key=".".join(map(str, place))), values))
            if str(place[0]) not in raw or place[0] in ("study", "outcome"):
                raise
            raw = {k: v for k, v in raw.items() if k != place[0]}
    lacking = {p.where.key.split(".")[0] for p in problems if p.is_error}
    problems += [p for p in check_study(study) if p.where.key.split(".")[0] not in lacking]
    questions = [q for q in draft.questions if _still_matters(q, draft.settings, method)]
    return Proposal(study, tuple(draft.uses), tuple(sorted(questions, key=_importance)), tuple(problems))


def _without_none(value: object) -> object:
    if isinstance(value, dict):
        return {k: _without_none(v) for k, v in value.items() if v is not None and v != ""}
    if isinstance(value, list):
        return [_without_none(v) for v in value]
    return value


def _still_matters(question: Question, settings: Mapping[str, object], method: str) -> bool:
    """Whether a question is of a part that the route uses, and has something to choose."""
    part = question.key.split(".")[0]
    if part in ("study", "outcome", "reading", "boundaries"):
        return question.code != "method" or len(question.options) > 1
    return part in settings


def _importance(question: Question) -> tuple[int, bool]:
    """What must be known first comes first; among equals what nobody could guess."""
    fitting = [i for i, key in enumerate(ORDER) if question.key == key or question.key.startswith(f"{key}.")]
    return max(fitting, key=lambda i: len(ORDER[i]), default=len(ORDER)), question.certainty != "ask"
