"""Read, check and write `study.toml`.

Every problem names its key and line, and all are gathered before any is raised.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import typing
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import BaseModel, ValidationError

from riskmodel.problems import InputProblems, Problem, Where, raise_errors
from riskmodel.study import Study
from riskmodel.study_groups import check_groups

FILE_NAME = "study.toml"

# Criteria of the priority list that every study can name beside its own indicators.
RESULT_CRITERIA = ("area_risk", "index", "expected_count", "children")


def read_study(path: Path, complete: bool = True) -> Study:
    """Read a study file. With `complete=False` it may still lack parts its route needs, as one being prepared does.

    Raises
    ------
    InputProblems
        The file is absent, is not TOML, or holds unknown, missing or wrong keys; each names its key and line.
    """
    path = path / FILE_NAME if path.is_dir() else path
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputProblems([Problem("study_not_readable", Where(path.name))]) from error
    return parse_study(text, path.name, complete)


def parse_study(text: str, file: str = FILE_NAME, complete: bool = True) -> Study:
    """A study from the text of its file; raises `InputProblems`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise InputProblems([Problem("study_not_toml", Where(file, line=int(line[1]) if line else 0))]) from error
    lines = _key_lines(text)
    try:
        study = Study.model_validate(raw)
    except ValidationError as error:
        raise InputProblems(_validation_problems(error, file, lines)) from error
    if complete:
        raise_errors(check_study(study, file, lines))
    return study


def write_study(study: Study, path: Path) -> None:
    """Write a study so that a person can read and edit it; values equal to their default are left out."""
    path.write_text(study_text(study), encoding="utf-8")


def study_text(study: Study) -> str:
    """The study as TOML; `parse_study` gives the same study back."""
    return tomlkit.dumps(_plain(study.model_dump(mode="json", exclude_defaults=True)))


def check_study(study: Study, file: str = FILE_NAME, lines: dict[str, int] | None = None) -> list[Problem]:
    """What the parts of a study must have between them: the tables of its route, names used once, names that exist."""
    lines = lines or {}

    def at(key: str) -> Where:
        return Where(file, key=key, line=_nearest_line(key, lines))

    problems: list[Problem] = []
    method = study.study.method
    from_file = study.model is not None
    column = () if study.outcome.computed else ("outcome.column",)
    needs = {
        "risk_model": ("population",) if from_file else ("survey", "population", "determinant", *column),
        "vulnerability_index": ("areas", "indicator"),
        "given_risk": ("areas", "given_risk"),
        "area_model": ("areas",) if from_file else ("areas", "indicator", "area_model"),
    }[method]
    for key in needs:
        value: Any = study
        for part in key.split("."):
            value = getattr(value, part)
        if not value:
            problems.append(Problem("study_needs", at(key), {"method": method}))
    takes_model = method in ("risk_model", "area_model")
    if from_file and (study.survey is not None or study.area_model is not None or not takes_model):
        problems.append(Problem("study_model_alone", at("model")))
    problems += [Problem("study_not_with_replicates", at(f"survey.{key}")) for key in _not_with_replicates(study)]
    problems += [Problem("study_not_with_prediction", at(f"survey.{key}")) for key in _not_with_prediction(study)]
    for table in ("determinant", "indicator"):
        names = Counter(item.name for item in getattr(study, table))
        for name in (n for n, times in names.items() if times > 1):
            problems.append(Problem("study_name_twice", at(table), {"name": name}))
    problems += _check_survey_design(study, at) + _check_outcome(study, at) + _check_interactions(study, at)
    problems += _check_index(study, at)
    problems += _check_published(study, at)
    if study.observed is not None and study.areas is None:
        problems.append(Problem("study_observed_needs_areas", at("observed")))
    if study.levels.scope == "parent" and not (study.areas and study.areas.parent_code):
        problems.append(Problem("study_needs_parent", at("levels.scope")))
    if study.survey and study.survey.domain and not (study.areas and study.areas.parent_code):
        problems.append(Problem("study_needs_parent_for_domain", at("survey.domain")))
    if study.area_model:
        declared = [i.name for i in study.indicator]
        for name in (n for n in study.area_model.indicators if n not in declared):
            values = {"name": name, "known": ", ".join(declared)}
            problems.append(Problem("study_area_model_indicator", at("area_model.indicators"), values))
    margins = study.population is not None and study.population.kind == "margins"
    if margins and study.survey and study.survey.domain and study.survey.benchmark:
        problems.append(Problem("study_margins_no_benchmark", at("survey.domain")))
    problems += check_groups(study, at)
    read = Counter((r.file, r.sheet) for r in study.reading)
    problems += [Problem("study_reading_twice", at("reading")) for n in read.values() if n > 1]
    known = {*RESULT_CRITERIA, *(i.name for i in study.indicator)}
    for i, criterion in enumerate(study.criterion):
        if criterion.column not in known:
            near = difflib.get_close_matches(criterion.column, sorted(known), 1)
            problems.append(
                Problem(
                    "study_unknown_criterion",
                    at(f"criterion.{i}.column"),
                    {"name": criterion.column, "near": near[0] if near else ", ".join(sorted(known))},
                )
            )
    return problems


def _check_interactions(study: Study, at: Callable[[str], Where]) -> list[Problem]:
    """Interactions are of declared determinants that are in the model, each pair once."""
    if study.model is not None:
        return []
    declared = {d.name: d.in_model for d in study.determinant}
    problems, seen = [], set()
    for i, interaction in enumerate(study.interaction):
        key = f"interaction.{i}.determinants"
        for name in interaction.determinants:
            if name not in declared:
                values = {"name": name, "known": ", ".join(sorted(declared))}
                problems.append(Problem("study_interaction_unknown", at(key), values))
            elif not declared[name]:
                problems.append(Problem("study_interaction_not_in_model", at(key), {"name": name}))
        pair = frozenset(interaction.determinants)
        if pair in seen:
            problems.append(Problem("study_interaction_twice", at(key), {"names": list(interaction.determinants)}))
        seen.add(pair)
    return problems


def _check_outcome(study: Study, at: Callable[[str], Where]) -> list[Problem]:
    """A computed outcome needs the age of every child, and a threshold for every age of the study."""
    computed, age = study.outcome.computed, study.outcome.age
    if computed is None or study.survey is None:
        return []
    if age is None or not age.column:
        return [Problem("study_outcome_needs_age", at("outcome.age"))]
    lacking = [a for a in range(age.min, age.max + 1) if not any(b.min <= a <= b.max for b in computed.band)]
    if not lacking:
        return []
    return [Problem("study_outcome_ages_without_band", at("outcome.computed.band"), {"ages": lacking})]


def _check_index(study: Study, at: Callable[[str], Where]) -> list[Problem]:
    """Weights that need a table of points or an earlier rate."""
    index = study.index
    if study.study.method != "vulnerability_index" or index.method != "mean":
        return []
    if index.weights == "workshop" and index.workshop is None:
        return [Problem("index_needs_points", at("index.workshop"))]
    if index.weights == "estimated" and not index.rate and study.observed is None:
        return [Problem("index_needs_rate", at("index.rate"))]
    return []


def _check_published(study: Study, at: Callable[[str], Where]) -> list[Problem]:
    """What the study must have to be held against published totals."""
    problems = []
    survey = study.survey
    for i, asked in enumerate(study.published_total):
        key = f"published_total.{i}"
        weighted = survey is not None and survey.weight and (survey.domain or survey.area_code)
        if asked.of == "survey" and not weighted:
            problems.append(Problem("study_published_needs_survey", at(key)))
        if asked.of == "column" and study.areas is None:
            problems.append(Problem("study_published_needs_areas", at(key)))
        if asked.by_parent and asked.of != "survey" and not (study.areas and study.areas.parent_code):
            problems.append(Problem("study_published_needs_parents", at(key)))
    return problems


def _check_survey_design(study: Study, at: Callable[[str], Where]) -> list[Problem]:
    """Columns of the survey design that mean nothing without another."""
    if study.survey is None:
        return []
    needs = {"ssu": "psu", "fpc2": "ssu", "replicates": "weight"}
    pairs = [*needs.items(), ("fpc2", "fpc")]
    lacking = [(k, needed) for k, needed in pairs if getattr(study.survey, k) and not getattr(study.survey, needed)]
    if study.survey.area_estimate == "prediction" and not study.survey.area_code:
        lacking.append(("area_estimate", "area_code"))
    return [
        Problem("study_survey_needs", at(f"survey.{key}"), {"key": key, "needed": needed}) for key, needed in lacking
    ]


def _not_with_replicates(study: Study) -> list[str]:
    """Keys of the survey whose errors are linearised, asked for together with replicate weights."""
    survey = study.survey
    if survey is None or survey.replicates is None:
        return []
    asked = {"estimation": survey.estimation == "firth", "selection": survey.selection}
    asked["domain"] = bool(survey.domain) and survey.benchmark
    return [key for key, wanted in asked.items() if wanted]


def _not_with_prediction(study: Study) -> list[str]:
    """Keys of the survey that do not go together with the prediction of areas."""
    survey = study.survey
    if survey is None or survey.area_estimate != "prediction":
        return []
    asked = {"replicates": survey.replicates is not None, "estimation": survey.estimation == "firth"}
    asked["domain"] = bool(survey.domain) and survey.benchmark
    return [key for key, wanted in asked.items() if wanted]


def _validation_problems(error: ValidationError, file: str, lines: dict[str, int]) -> list[Problem]:
    """pydantic's findings as problems with key and line."""
    problems = []
    for found in error.errors():
        key = ".".join(str(part) for part in found["loc"])
        where = Where(file, key=key, line=_nearest_line(key, lines))
        given = found.get("input")
        shown = str(given) if isinstance(given, (str, int, float, bool)) else ""
        match found["type"]:
            case "extra_forbidden":
                allowed = sorted(_keys_allowed(found["loc"][:-1]))
                near = difflib.get_close_matches(str(found["loc"][-1]), allowed, 1)
                problems.append(Problem("study_unknown_key", where, {"near": near[0] if near else ", ".join(allowed)}))
            case "missing":
                problems.append(Problem("study_missing_key", where))
            case "literal_error":
                allowed_values = str(found["ctx"]["expected"])
                problems.append(Problem("study_wrong_choice", where, {"given": shown, "allowed": allowed_values}))
            case "value_error":
                problems.append(Problem("study_" + str(found["ctx"]["error"]), where))
            case kind:
                problems.append(Problem("study_wrong_value", where, {"given": shown, "kind": kind}))
    return problems


def _keys_allowed(loc: Sequence[str | int]) -> set[str]:
    """Keys the study knows at a place such as ("determinant", 0, "survey")."""
    model: type[BaseModel] = Study
    for part in (p for p in loc if isinstance(p, str)):
        inner = next(_models(model.model_fields[part].annotation), None) if part in model.model_fields else None
        if inner is None:
            return set()
        model = inner
    return set(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Models inside an annotation such as `tuple[Determinant, ...]` or `Rule | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _models(inner)


def _key_lines(text: str) -> dict[str, int]:
    """Line of every key, by dotted path with positions for repeated tables; approximate inside multi-line values."""
    lines: dict[str, int] = {}
    seen: Counter[str] = Counter()
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\[\s*([\w.\-]+)\s*\]\]", line):
            table = f"{header[1]}.{seen[header[1]]}"
            seen[header[1]] += 1
            lines.setdefault(table, number)
            lines.setdefault(header[1], number)
        elif header := re.match(r"\s*\[\s*([\w.\-]+)\s*\]", line):
            table = header[1]
            lines.setdefault(table, number)
        elif key := re.match(r"\s*([\w\-]+)\s*=", line):
            path = f"{table}.{key[1]}" if table else key[1]
            lines.setdefault(path, number)
            for inner in re.findall(r"[{,]\s*([\w\-]+)\s*=", line):
                lines.setdefault(f"{path}.{inner}", number)
    return lines


def _nearest_line(key: str, lines: dict[str, int]) -> int:
    """Line of a key, or of the nearest table that holds it; 0 when neither is in the file."""
    while key:
        if key in lines:
            return lines[key]
        key = key.rpartition(".")[0]
    return 0


def _plain(value: Any) -> Any:
    """Without empty parts, which TOML cannot hold."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if v is not None}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value
