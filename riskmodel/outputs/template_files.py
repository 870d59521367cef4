"""Begin a study from a template: its study file, and the empty table of areas to fill in.

What only the person knows (who measured, which year, the country) is left empty or said to be filled in.
"""

from __future__ import annotations

from pathlib import Path

from riskmodel.index.templates import (
    HEADS,
    LEVELS,
    TEMPLATE_LANGUAGES,
    TemplateKey,
    template_columns,
    template_indicators,
    template_settings,
)
from riskmodel.outputs.tables import empty_table
from riskmodel.study import Areas, Levels, Outcome, Study, StudyInfo
from riskmodel.study_file import FILE_NAME, write_study

TABLE = {"en": "areas.xlsx", "es": "territorios.xlsx", "pt": "territorios.xlsx", "fr": "territoires.xlsx"}

# What the index is held to speak of until the person writes the country's own definition.
DEFINITION = {
    "en": ("Vulnerability to child labour", "Conditions of the area that go with child labour; no child is counted."),
    "es": ("Vulnerabilidad al trabajo infantil", "Condiciones del territorio que acompañan al trabajo infantil; no se cuenta a ninguna niña, niño o adolescente."),
    "pt": ("Vulnerabilidade ao trabalho infantil", "Condições do território que acompanham o trabalho infantil; nenhuma criança é contada."),
    "fr": ("Vulnérabilité au travail des enfants", "Conditions du territoire qui accompagnent le travail des enfants ; aucun enfant n’est compté."),
}  # fmt: skip


def template_parts(key: TemplateKey, language: str) -> dict[str, object]:
    """The parts of a study a template fills: indicator, index, levels."""
    return {
        "indicator": template_indicators(key, language),
        "index": template_settings(key, language),
        "levels": Levels.model_validate(LEVELS[key]),
    }


def template_study(key: TemplateKey, language: str) -> Study:
    """A whole study of the index, to be read from the empty table."""
    at = TEMPLATE_LANGUAGES.index(language)
    code, name, parent_code, parent_name, children = (head[at] for head in HEADS)
    settings = template_settings(key, language)
    title, definition = DEFINITION[language]
    return Study(
        study=StudyInfo(name=settings.name, language=language, method="vulnerability_index"),
        outcome=Outcome(name=title, definition=definition),
        areas=Areas(
            file=TABLE[language],
            area_code=code,
            area_name=name,
            parent_code=parent_code,
            parent_name=parent_name,
            children=children,
        ),
        **template_parts(key, language),
    )


def template_table(key: TemplateKey, language: str) -> bytes:
    """The empty table of areas of a template, XLSX."""
    at = TEMPLATE_LANGUAGES.index(language)
    return empty_table(template_columns(key, language), [HEADS[0][at], HEADS[2][at]])


def write_template(key: TemplateKey, language: str, folder: Path) -> tuple[Path, Path]:
    """Write study file and empty table into `folder`; gives both paths.

    Raises
    ------
    FileExistsError
        One of them is there already: nothing is written over.
    """
    folder.mkdir(parents=True, exist_ok=True)
    study, table = folder / FILE_NAME, folder / TABLE[language]
    for path in (study, table):
        if path.exists():
            raise FileExistsError(17, "", str(path))
    write_study(template_study(key, language), study)
    table.write_bytes(template_table(key, language))
    return study, table
