"""Say what columns of a survey are by the labels that its file has for them: "P208A" is labelled "Edad en años cumplidos".

Only roles that the names of the columns left open, and only where the values fit: a label is a question, not a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from riskmodel.inputs.recognise.facts import Facts, plain_name
from riskmodel.inputs.recognise.found import Certainty
from riskmodel.inputs.recognise.roles import ColumnGuess, Role
from riskmodel.inputs.recognise.vocabulary import has_word, is_word

# Words of labels, and the name of a column that says the same; longer labels are questions about something else.
LABELS: tuple[tuple[Role, str, str], ...] = (
    ("weight", r"fact?or (?:de )?(?:expansi\w+|ponderaci\w+)|ponderador|peso (?:amostral|muestral)|sample weight|sampling weight|coefficient d extrapolation", "factor"),
    ("psu", r"unidad primaria|unidade primaria|conglomerado|cluster(?: number)?|primary sampling unit|upm|grappe", "upm"),
    ("stratum", r"estrato(?: de (?:diseno|muestreo))?|sampling strat\w+|strata|stratum|strate", "estrato"),
    ("age", r"edad|idade|age", "edad"),
    ("sex", r"sexo|sex|sexe", "sexo"),
    ("kinship", r"parentesco|relationship|lien de parente", "parentesco"),
)  # fmt: skip
MOST_WORDS = 12
# Ages and kinship of others, or of things, and other strata: "edad de la madre", "estrato socioeconómico".
OF_OTHERS = r"madre|padre|mother|father|mae|pai|mere|pere|primer\w*|first|primeira|socio\w*|energia|vivienda|group|grupos?|rango|quinquen\w*|months?|meses"


def labelled_roles(
    facts: Mapping[str, Facts],
    labels: Mapping[str, str],
    found: Mapping[str, ColumnGuess],
    tests: Mapping[Role, Callable[[Facts], Certainty | None]],
) -> dict[str, ColumnGuess]:
    """Roles still open, given to the first column whose label says so and whose values pass the test of the role.

    tests : what values of a role must be like, under a name that says what it is.
    """
    held = {g.role for g in found.values()}
    made: dict[str, ColumnGuess] = {}
    for role, pattern, name in LABELS:
        if role in held or role not in tests:
            continue
        for f in facts.values():
            label = plain_name(labels.get(f.name, ""))
            if f.name in found or f.name in made or not label or len(label.split()) > MOST_WORDS:
                continue
            told = is_word(pattern, label) or (has_word(pattern, label) and not has_word(OF_OTHERS, label))
            if told and tests[role](replace(f, plain=name)):
                made[f.name] = ColumnGuess(f.name, role, "likely", "label")
                break
    return made
