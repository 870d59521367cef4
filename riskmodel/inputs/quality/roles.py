"""What each column of a table is: as the study says, else by its name.

A column whose name says nothing has no role, and only the rules for any column look at it. A table is taken as one of persons
unless it is known to be one of areas: what is not known to be public is not shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

from riskmodel.study import Study

RoleKind = Literal[
    "", "area_code", "area_name", "parent_code", "parent_name", "year", "age", "weight", "stratum", "psu", "outcome",
    "determinant", "indicator", "children", "population", "cases", "total", "rate", "error", "count", "group", "key",
]  # fmt: skip
Scale = Literal["", "percent", "proportion", "coverage"]
TableKind = Literal["persons", "areas"]


@dataclass(frozen=True)
class Role:
    """What a column is. `scale` of a rate; `declared`: the study says so, a name only suggests it."""

    kind: RoleKind = ""
    scale: Scale = ""
    declared: bool = False


@dataclass(frozen=True)
class FileRoles:
    """What the study says of one file; `kind` None where it does not name the file."""

    kind: TableKind | None = None
    columns: dict[str, Role] = field(default_factory=dict)
    pairs: tuple[tuple[str, str], ...] = ()  # (part, whole): the first cannot be above the second


# Words in names of columns, accents off, in Spanish, Portuguese, English and French.
WEIGHTS = re.compile(r"(fex|fexp?_?c?|factor|factor_?(de_?)?expansion|fac_?exp|facexp|fac|peso|pesos?_?amostral|pondera[a-z]*|weight|wgt|v1027|v1028|poids|coef_?exp)")  # fmt: skip
AGES = re.compile(r"(edad|idade|age|edad_?(en_?)?anos|anos_?cumplidos|v2009)")
YEARS = {"ano", "anio", "year", "annee", "periodo", "vigencia", "gestion"}
CODES = re.compile(r"(cod|codigo|code|clave|cve)(_?\w{1,24})?|\w{1,24}_(code|codigo)|cvegeo|ubigeo|divipola\w*|ibge|geocod\w*|(municipio|departamento|provincia|distrito|canton)_?id|\w+_ccdgo|uf")  # fmt: skip
PERSON_KEYS = re.compile(r".*(person|hogar|vivienda|folio|directorio|household|individu|domicili|etnia|ocup|rama).*")
PARENTS = re.compile(r"(departamento|depto|dpto|estado|uf|ufn|provincia|region|ent|entidad|state|province)")
NAMES = re.compile(r"(nombre|nome|name|nom|territorialidades?|espacialidades?|territorio|territoire|cidade|ciudad|lugar|municipio|municipalit\w*|departamento|distrito|provincia|canton|comuna|estado|entidad|region|localidad|ufn|etc|direccion|endereco|address|telefono|telefone|phone|correo|email|apellidos?|sobrenome)")  # fmt: skip
PERCENT = {"pct", "porc", "porcentaje", "percent", "percentual", "perc", "proporcion", "proporcao", "pourcentage"}
COVERAGE = {"cobertura", "coverage", "couverture", "matriculacion", "asistencia", "bruta", "bruto", "gross"}
CHILDREN = re.compile(r"(ninos?|ninas?|nna|criancas?|child(ren)?|enfants?|menores)")
PEOPLE = re.compile(r"(pob|poblacion|pop|populacao|population|habitantes|personas|pessoas)")
PERSONAL = re.compile(r"(^|_)(apellidos?|sobrenome|surname|direccion|endereco|address|telefono|telefone|phone|correo|email|cedula|dni|curp|cpf|rut|documento|nacimiento|nascimento|birth\w*)(_|$)")  # fmt: skip


def plain_name(name: str) -> str:
    """A name without accents and capitals, its words joined by "_"."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9%]+", "_", letters).strip("_")


def is_personal(name: str) -> bool:
    """Whether a column is by its name about one person: never shown."""
    return bool(PERSONAL.search(plain_name(name)))


def role_by_name(name: str) -> Role:
    """What the name of a column suggests."""
    plain = plain_name(name)
    words = set(plain.split("_"))
    if WEIGHTS.fullmatch(plain):
        return Role("weight")
    if AGES.fullmatch(plain):
        return Role("age")
    if plain in YEARS or (words & YEARS and words & {"censo", "encuesta", "dato", "datos", "ref", "referencia"}):
        return Role("year")
    if "%" in name or words & PERCENT:
        return Role("rate", "percent")
    if words & COVERAGE:
        return Role("rate", "coverage")
    if CODES.fullmatch(plain) and not PERSON_KEYS.fullmatch(plain):
        return Role("parent_code" if any(PARENTS.fullmatch(w) for w in words) else "area_code")
    if NAMES.fullmatch(plain) or (NAMES.match(plain) and len(words) <= 3):
        return Role("parent_name" if any(PARENTS.fullmatch(w) for w in words) else "area_name")
    if words & {"tasa", "taxa", "taux", "rate", "indice", "index", "ratio", "razon", "log", "media", "promedio"}:
        return Role()
    first = plain.split("_")[0]
    if CHILDREN.fullmatch(first):
        return Role("children")
    return Role("population") if PEOPLE.fullmatch(first) else Role()


def roles_of(study: Study, file: str, sheet: str = "") -> FileRoles:
    """What a study says of the columns of one of its files, in whichever part it names it."""
    kind: TableKind | None = None
    columns: dict[str, Role] = {}
    pairs: list[tuple[str, str]] = []

    def say(column: str, role: RoleKind, scale: Scale = "") -> None:
        if column and column not in columns:
            columns[column] = Role(role, scale, True)

    survey, population, areas = study.survey, study.population, study.areas
    if survey is not None and _same(survey.file, survey.sheet, file, sheet):
        kind = "persons"
        for column, role in _survey_columns(study):
            say(column, role)
    if population is not None and (PurePath(file).match(population.file) or population.file == file):
        kind = "persons" if population.kind == "microdata" else kind or "areas"
        say(population.area_code, "area_code")
        say(population.count, "count")
        say(population.weight, "weight" if population.kind == "microdata" else "count")
        if study.outcome.age and population.kind == "microdata":
            say(study.outcome.age.population_column or study.outcome.age.column, "age")
        for determinant in study.determinant:
            say(study.population_rule(determinant).column, "determinant")
    for table in (areas, *(areas.join if areas else ())):
        if areas is None or table is None or not _same(table.file, table.sheet, file, sheet):
            continue
        kind = kind or "areas"
        say(table.area_code, "area_code")
        for column, role, scale in _area_columns(study):
            say(column, role, scale)
        pairs += [(part.cases, part.total) for part in (study.area_model, study.observed) if part and part.cases]
    return FileRoles(kind, columns, tuple(pairs))


def _same(declared: str, declared_sheet: str, file: str, sheet: str) -> bool:
    return declared == file and (not sheet or declared_sheet in ("", sheet))


def _survey_columns(study: Study) -> Iterable[tuple[str, RoleKind]]:
    """Columns of the survey and what they are."""
    survey = study.survey
    assert survey is not None
    yield survey.weight, "weight"
    yield survey.stratum, "stratum"
    yield survey.psu, "psu"
    yield survey.ssu, "psu"
    yield survey.area_code, "area_code"
    yield survey.domain, "group"
    if study.outcome.age:
        yield study.outcome.age.column, "age"
    yield study.outcome.column, "outcome"
    for determinant in study.determinant:
        yield determinant.survey.column, "determinant"


def _area_columns(study: Study) -> Iterable[tuple[str, RoleKind, Scale]]:
    """Columns of the tables of areas and what they are."""
    areas, given, model, observed = study.areas, study.given_risk, study.area_model, study.observed
    assert areas is not None
    yield areas.area_name, "area_name", ""
    yield areas.parent_code, "parent_code", ""
    yield areas.parent_name, "parent_name", ""
    yield areas.children, "children", ""
    if given is not None:
        yield given.risk, "rate", given.scale
        yield given.se, "error", ""
    for part in (model, observed):
        if part is not None:
            yield part.cases, "cases", ""
            yield part.total, "total", ""
            yield part.rate, "rate", part.unit
            yield part.se, "error", ""
            yield part.n, "count", ""
    for indicator in study.indicator:
        yield indicator.source_column, "indicator", "percent" if indicator.unit.strip().startswith("%") else ""
