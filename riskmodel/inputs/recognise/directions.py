"""Which way an indicator of a place points — more of it, more or less vulnerable — and its dimension, from its name.

Taken from what published indices of vulnerability and marginalisation in the region say. A name that says nothing has no
direction here: a person is asked. Words that deny ("sin agua", "sem instrução") turn the direction round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from riskmodel.i18n.translator import N_
from riskmodel.inputs.recognise.vocabulary import has_word

Direction = Literal[1, -1]

LABOUR, EDUCATION, HOUSING, INCOME = N_("Labour"), N_("Education"), N_("Housing and services"), N_("Income and poverty")
PEOPLE, HEALTH, ETHNIC, OTHER = N_("Population"), N_("Health"), N_("Ethnicity and migration"), N_("Other")


@dataclass(frozen=True)
class Known:
    """Direction and dimension of an indicator; dimension is a message to translate."""

    direction: Direction
    dimension: str


# Pattern, direction, dimension; the first that fits counts. Denials are handled apart.
_WORDS: tuple[tuple[str, Direction, str], ...] = (
    # composite results of others: lower grades of human development, higher of marginalisation
    (r"idh\w*|ihd\w*|idhm\w*|human development|desenvolvimento humano|desarrollo humano|i escolaridade|i freq prop", -1, OTHER),
    (r"ivs\w*|vulnerab\w*|marginaci\w*|rezago social", 1, OTHER),
    (r"barreras?(?: \w+)*", 1, HEALTH),
    (r"acceso|acesso|access|acces|servicios? basicos?|conectad\w*|conexion\w*", -1, HOUSING),
    # labour
    (r"informal\w*|precari\w*|subemple\w*|underemploy\w*|subocupa\w*", 1, LABOUR),
    (r"p agro|agro\w*|agric\w*|agropec\w*|sector primario|pct primario|primario|agricult\w*|farm\w*|pesca|jornaler\w*", 1, LABOUR),
    (r"cuenta propia|conta propria|cpr|own account|no remunerad\w*|nao remunerad\w*|sin pago|unpaid|ren0|familiar(?:es)? auxiliar\w*", 1, LABOUR),
    (r"desocup\w*|desempl\w*|desempr\w*|unemploy\w*|chomage|t des\d*\w*|tdesoc\w*", 1, LABOUR),
    (r"\w*ativ1[0-7]\w*|t ativ1\w*", 1, LABOUR),
    (r"p formal|formal\w*|trabcc|contrat\w*|carteira", -1, LABOUR),
    (r"(?:po2sm|ing 2sm\w*|hasta (?:2|dos) salarios?\w*|ren1|ren2|bajos ingresos|ingresos? bajos?)", 1, INCOME),
    # housing and services
    (r"ovsde|ovsee|ovsae|ovpt|vhac|hacin\w*|haciam\w*|overcrowd\w*|t dens|surpeuplement|piso (?:de )?tierra|dirt floor|parede\w*|pisos? inadec\w*|inadecuad\w*|inadequad\w*|t sluz|agua esgoto|tugur\w*", 1, HOUSING),
    (r"t agua|t banagua|t lixo|t luz|agua\w*|luz|electri\w*|energia|drenaj\w*|alcantarillad\w*|saneamiento|saneamento|esgoto|lixo|coleta|bano|banheiro|internet|computador\w*|water|sanitation|eau|assainissement|eletric\w*", -1, HOUSING),
    # education
    (r"analf\w*|t analf\w*|illitera\w*|analphab\w*|anafabet\w*", 1, EDUCATION),
    (r"sbasc|sin basica|sprim|secundaria incompleta|primaria incompleta|bajo logro\w*|bajo nivel educ\w*|baja escolaridad|low schooling", 1, EDUCATION),
    (r"t fundin\w*|t crifundin\w*|fundamental incompleto|sem fundamental|nestuda\w*|nem estuda\w*|nini\w*", 1, EDUCATION),
    (r"rezago\w*|atraso (?:[12]|dos|dois|edad|idade|escolar)|t atraso [12]\w*|atraso [12]|defasagem|distorcao|extraedad|sobreedad|school lag|over ?age|retard scolaire", 1, EDUCATION),
    (r"abandono\w*|desercion\w*|evasao|drop ?out|repit\w*|repet\w*|reprob\w*|reprov\w*|inasist\w*|inassid\w*|fuera de la escuela|fora d[ae] escola|t fora\w*|out of school|non scolaris\w*|no asist\w*", 1, EDUCATION),
    (r"t f[lb]\w+|t freq\w*|frequencia\w*|asist\w*|attendance|matricul\w*|cobertura\w*|coverage|enrol\w*|aprobaci\w*|aprovac\w*|scolarisation", -1, EDUCATION),
    (r"escolarid\w*|e anosestudo|anos (?:de )?estudio|anos (?:de )?estudo|schooling\w*|years of (?:study|education)|alfabet\w*|literacy|t atraso 0\w*|t (?:fund|med|super)\w*|p (?:fund|med|super)|superior completo|media completa", -1, EDUCATION),
    # income and poverty
    (r"ipm|nbi|pobre\w*|poverty|pauvre\w*|indigencia|miseria|ppob\w*|p?mpob\w*|pind\w*|pmpobcri|lp ingreso\w*|\w*pobres\w*|vulneraveis a pobreza|carenci\w*|car \w+|privaci\w*|depriv\w*|nec?esidades basicas", 1, INCOME),
    (r"gini|theil\w*|desigual\w*|inequal\w*|r1040|r2040", 1, INCOME),
    (r"rdpc\w*|renda\w*|ingreso\w*|income|revenu\w*|salari\w*|rendimento|renocup|remuneraci\w*|pib\w*|valor agregado", -1, INCOME),
    # population
    (r"rural\w*|loc peq\w*|pl 5000|pl5000|localidades? (?:pequenas|menores)\w*|dispers\w*", 1, PEOPLE),
    (r"urban\w*", -1, PEOPLE),
    (r"razdep|dep ratio|depend\w*|razon de dependencia|razao de dependencia", 1, PEOPLE),
    (r"fectot|fecund\w*|fertil\w*|embaraz\w*|gravidez|m1[0-7]\w*|madres adolesc\w*|adolescent birth\w*", 1, PEOPLE),
    # ethnicity and migration
    (r"indigen\w*|pct hli\w*|hli\w*|lengua\w*|autoctono|amerind\w*|afro\w*|quilombol\w*|negra|preta|migra\w*|desplaz\w*|refug\w*|extranj\w*", 1, ETHNIC),
    # health
    (r"mort\w*|mortal\w*|tmi|desnutr\w*|malnutr\w*|bajo peso\w*|baixo peso\w*|discapac\w*|barreras?\w*", 1, HEALTH),
    (r"espvida|esperanza de vida|esperanca de vida|life expectancy|sobre[46]0|asegur\w*|derechohab\w*|afiliaci\w*|vacunaci\w*|longevid\w*", -1, HEALTH),
)  # fmt: skip

_DENY = r"sin|sem|sans|without|no|nao|non|falta|carencia|car|lack|pct sin\w*|sin\w{5,}|ausencia|deficit|baj[oa]s?|sbasc"

# What to have more of is a want by itself: "sin agua" is the want of a good.
_ALREADY_WANTS = r"sbasc|sin basica|sin pago|no remunerad\w*|nao remunerad\w*|sem fundamental|no asist\w*|non scolaris\w*|bajo logro\w*|bajo nivel educ\w*|bajo peso\w*|bajos ingresos|baixo peso\w*|bajas? \w+"


def known_direction(plain: str) -> Known | None:
    """Direction and dimension that a plain name (`facts.plain_name`) tells; None where it tells nothing."""
    if has_word(r"costos?|custos?|costs?|precios?|vocacion|frontera", plain):
        return None
    for pattern, direction, dimension in _WORDS:
        if has_word(pattern, plain):
            turned = direction == -1 and has_word(_DENY, plain) and not has_word(_ALREADY_WANTS, plain)
            return Known(1 if turned else direction, dimension)
    if has_word(r"sinderecho\w*|(?:sin|sem) (?:seguro|seguridad|derecho\w*|aseguram\w*)", plain):
        return Known(1, HEALTH)
    if has_word(r"(?:sin|sem) (?:primaria|instruc\w*|escolar\w*|estud\w*|educ\w*)", plain):
        return Known(1, EDUCATION)
    if has_word(r"fundamental completo|primaria completa|secundaria completa", plain):
        return Known(-1, EDUCATION)
    if has_word(r"(?:sin|sem|sans|without) \w+", plain):
        return Known(1, OTHER)
    return None
