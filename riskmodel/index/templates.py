"""Starting points of an index: indicators with names, dimensions, units and directions in four languages.

A template holds no data and no weights of anybody's own: it says what to look for. Indicators a country lacks are taken
out, others are added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from riskmodel.study_index import IndexSettings, Indicator

TemplateKey = Literal["vulnerability", "marginalisation"]

# Languages of a template; the screens may know fewer.
TEMPLATE_LANGUAGES = ("en", "es", "pt", "fr")

Words = tuple[str, str, str, str]  # in the order of TEMPLATE_LANGUAGES

PERCENT: Words = ("%", "%", "%", "%")
PER_1000: Words = (
    "per 1,000 employed persons", "por 1000 personas ocupadas", "por 1.000 pessoas ocupadas",
    "pour 1 000 personnes en emploi",
)  # fmt: skip
PER_100: Words = (
    "persons per 100 of working age", "personas por 100 en edad de trabajar", "pessoas por 100 em idade ativa",
    "personnes pour 100 en âge de travailler",
)  # fmt: skip
YEARS: Words = ("years", "años", "anos", "années")

LABOUR: Words = ("labour", "laboral", "trabalho", "travail")
ETHNIC: Words = ("ethnicity and migration", "étnica y migratoria", "étnica e migratória", "ethnie et migration")
PEOPLE: Words = ("demographic", "demográfica", "demográfica", "démographie")
CHILDREN: Words = (
    "education of children", "educación de niñas, niños y adolescentes", "educação de crianças e adolescentes",
    "éducation des enfants",
)  # fmt: skip
ADULTS: Words = ("education of adults", "educación de personas adultas", "educação de adultos", "éducation des adultes")
SCHOOLING: Words = ("education", "educación", "educação", "éducation")
HOUSING: Words = ("housing", "vivienda", "moradia", "logement")
PLACE: Words = ("population and income", "población e ingresos", "população e renda", "population et revenu")


@dataclass(frozen=True)
class Row:
    """An indicator of a template."""

    name: str
    dimension: Words
    direction: Literal[1, -1]
    unit: Words
    label: Words


VULNERABILITY = (
    Row("agriculture", LABOUR, 1, PERCENT,
        ("Employed persons who work in agriculture", "Personas ocupadas en la agricultura",
         "Pessoas ocupadas na agricultura", "Personnes en emploi dans l’agriculture")),
    Row("informality", LABOUR, 1, PERCENT,
        ("Employed persons in informal work", "Personas ocupadas en la informalidad",
         "Pessoas ocupadas na informalidade", "Personnes en emploi informel")),
    Row("unpaid_family_work", LABOUR, 1, PERCENT,
        ("Employed persons who are unpaid family workers", "Personas ocupadas que son trabajadoras familiares no remuneradas",
         "Pessoas ocupadas que são trabalhadoras familiares auxiliares", "Personnes en emploi qui sont travailleurs familiaux non rémunérés")),
    Row("unemployment", LABOUR, 1, PERCENT,
        ("Unemployment of adults", "Desempleo de personas adultas", "Desemprego de adultos", "Chômage des adultes")),
    Row("infringements", LABOUR, 1, PER_1000,
        ("Labour-inspection infringements", "Infracciones de la inspección del trabajo",
         "Infrações da inspeção do trabalho", "Infractions constatées par l’inspection du travail")),
    Row("indigenous", ETHNIC, 1, PERCENT,
        ("Indigenous population", "Población indígena", "População indígena", "Population autochtone")),
    Row("afro_descendant", ETHNIC, 1, PERCENT,
        ("Afro-descendant population", "Población afrodescendiente", "População afrodescendente", "Population afrodescendante")),
    Row("migrants", ETHNIC, 1, PERCENT,
        ("Migrant population", "Población migrante", "População migrante", "Population migrante")),
    Row("population_5_17", PEOPLE, 1, PERCENT,
        ("Population aged 5 to 17", "Población de 5 a 17 años", "População de 5 a 17 anos", "Population âgée de 5 à 17 ans")),
    Row("dependency", PEOPLE, 1, PER_100,
        ("Economic dependency ratio", "Razón de dependencia económica", "Razão de dependência econômica", "Rapport de dépendance économique")),
    Row("out_of_school", CHILDREN, 1, PERCENT,
        ("Children and adolescents who do not attend school", "Niñas, niños y adolescentes que no asisten a la escuela",
         "Crianças e adolescentes que não frequentam a escola", "Enfants et adolescents non scolarisés")),
    Row("school_lag", CHILDREN, 1, PERCENT,
        ("Pupils over the age of their grade", "Estudiantes con rezago escolar", "Estudantes com defasagem idade-série",
         "Élèves en retard scolaire")),
    Row("adults_without_primary", ADULTS, 1, PERCENT,
        ("Adults without complete primary school", "Personas adultas sin primaria completa",
         "Adultos sem ensino primário completo", "Adultes sans primaire complet")),
    Row("adult_schooling", ADULTS, -1, YEARS,
        ("Mean years of schooling of adults", "Promedio de años de escolaridad de personas adultas",
         "Média de anos de estudo dos adultos", "Années moyennes de scolarité des adultes")),
)  # fmt: skip

MARGINALISATION = (
    Row("illiteracy", SCHOOLING, 1, PERCENT,
        ("Population aged 15 and over who cannot read", "Población analfabeta de 15 años o más",
         "População de 15 anos ou mais que não sabe ler", "Population de 15 ans et plus analphabète")),
    Row("without_basic_school", SCHOOLING, 1, PERCENT,
        ("Population aged 15 and over without basic school", "Población de 15 años o más sin educación básica",
         "População de 15 anos ou mais sem educação básica", "Population de 15 ans et plus sans éducation de base")),
    Row("without_drainage", HOUSING, 1, PERCENT,
        ("Occupants of dwellings without drainage or toilet", "Ocupantes en viviendas sin drenaje ni excusado",
         "Moradores em domicílios sem esgoto nem sanitário", "Occupants de logements sans égout ni toilettes")),
    Row("without_electricity", HOUSING, 1, PERCENT,
        ("Occupants of dwellings without electricity", "Ocupantes en viviendas sin energía eléctrica",
         "Moradores em domicílios sem energia elétrica", "Occupants de logements sans électricité")),
    Row("without_piped_water", HOUSING, 1, PERCENT,
        ("Occupants of dwellings without piped water", "Ocupantes en viviendas sin agua entubada",
         "Moradores em domicílios sem água encanada", "Occupants de logements sans eau courante")),
    Row("earth_floor", HOUSING, 1, PERCENT,
        ("Occupants of dwellings with an earth floor", "Ocupantes en viviendas con piso de tierra",
         "Moradores em domicílios com piso de terra", "Occupants de logements au sol en terre")),
    Row("overcrowding", HOUSING, 1, PERCENT,
        ("Overcrowded dwellings", "Viviendas con hacinamiento", "Domicílios com adensamento excessivo", "Logements surpeuplés")),
    Row("small_localities", PLACE, 1, PERCENT,
        ("Population in localities under 5,000 inhabitants", "Población en localidades con menos de 5000 habitantes",
         "População em localidades com menos de 5.000 habitantes", "Population des localités de moins de 5 000 habitants")),
    Row("low_income", PLACE, 1, PERCENT,
        ("Employed persons earning less than two minimum wages", "Población ocupada con ingresos menores a dos salarios mínimos",
         "População ocupada com renda inferior a dois salários mínimos", "Population en emploi gagnant moins de deux salaires minimums")),
)  # fmt: skip

TEMPLATES: Mapping[TemplateKey, tuple[Row, ...]] = {"vulnerability": VULNERABILITY, "marginalisation": MARGINALISATION}

NAMES: Mapping[TemplateKey, Words] = {
    "vulnerability": (
        "Vulnerability index for child labour", "Índice de vulnerabilidad al trabajo infantil",
        "Índice de vulnerabilidade ao trabalho infantil", "Indice de vulnérabilité au travail des enfants",
    ),
    "marginalisation": ("Marginalisation index", "Índice de marginación", "Índice de marginalização", "Indice de marginalisation"),
}  # fmt: skip

# Heads of the columns that are no indicators: code, name, code and name of the parent, children.
HEADS: tuple[Words, ...] = (
    ("code", "codigo", "codigo", "code"),
    ("name", "nombre", "nome", "nom"),
    ("parent_code", "codigo_superior", "codigo_superior", "code_superieur"),
    ("parent_name", "nombre_superior", "nome_superior", "nom_superieur"),
    ("children_5_17", "poblacion_5_17", "populacao_5_17", "population_5_17"),
)

# Levels of the published marginalisation index; the number of bins differs by year, see docs/method.md.
LEVELS: Mapping[TemplateKey, dict[str, object]] = {
    "vulnerability": {},
    "marginalisation": {"rule": "dalenius_hodges", "k": 5},
}


def template_indicators(key: TemplateKey, language: str) -> tuple[Indicator, ...]:
    """The indicators of a template, each read from the column headed by its label; years and sources are for the user."""
    at = TEMPLATE_LANGUAGES.index(language)
    return tuple(
        Indicator(
            name=row.name,
            column=column_of(row, at),
            label=row.label[at],
            dimension=row.dimension[at],
            direction=row.direction,
            unit=row.unit[at],
            best=0.0 if key == "marginalisation" else None,
        )
        for row in TEMPLATES[key]
    )


def template_settings(key: TemplateKey, language: str) -> IndexSettings:
    """How the index of a template is made."""
    name = NAMES[key][TEMPLATE_LANGUAGES.index(language)]
    return IndexSettings(name=name, method="dp2" if key == "marginalisation" else "mean")


def template_columns(key: TemplateKey, language: str) -> list[str]:
    """Heads of the empty table of areas, in order."""
    at = TEMPLATE_LANGUAGES.index(language)
    return [*(head[at] for head in HEADS), *(column_of(row, at) for row in TEMPLATES[key])]


def column_of(row: Row, at: int) -> str:
    """Head of an indicator's column: label and unit, so that whoever fills it in knows both."""
    return f"{row.label[at]} ({row.unit[at]})"
