"""Find the parent unit a table means among those of a register: by code, name, official abbreviation, or its own areas.

A parent that stays in doubt is none: its areas are then proposed, not joined.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from riskmodel.inputs.name_forms import compact, form, plain

# Abbreviations as the offices of statistics publish them (IBGE; INEGI), which no register of municipalities holds.
_BRAZIL = """RO Rondônia|AC Acre|AM Amazonas|RR Roraima|PA Pará|AP Amapá|TO Tocantins|MA Maranhão|PI Piauí|CE Ceará
|RN Rio Grande do Norte|PB Paraíba|PE Pernambuco|AL Alagoas|SE Sergipe|BA Bahia|MG Minas Gerais|ES Espírito Santo
|RJ Rio de Janeiro|SP São Paulo|PR Paraná|SC Santa Catarina|RS Rio Grande do Sul|MS Mato Grosso do Sul|MT Mato Grosso
|GO Goiás|DF Distrito Federal"""
_MEXICO = """Ags Aguascalientes|BC Baja California|BCS Baja California Sur|Camp Campeche|Coah Coahuila de Zaragoza
|Col Colima|Chis Chiapas|Chih Chihuahua|CDMX Ciudad de México|DF Ciudad de México|Dgo Durango|Gto Guanajuato|Gro Guerrero
|Hgo Hidalgo|Jal Jalisco|Mex México|Edomex México|Mich Michoacán de Ocampo|Mor Morelos|Nay Nayarit|NL Nuevo León|Oax Oaxaca
|Pue Puebla|Qro Querétaro|QRoo Quintana Roo|SLP San Luis Potosí|Sin Sinaloa|Son Sonora|Tab Tabasco|Tamps Tamaulipas
|Tlax Tlaxcala|Ver Veracruz de Ignacio de la Llave|Yuc Yucatán|Zac Zacatecas"""

# "Abaeté (MG)", "Abaeté - MG", "Abaeté/MG", "Abaeté, Minas Gerais"
ENDINGS = (
    re.compile(r"^(?P<name>.+?)\s*[(\[](?P<parent>[^()\[\]]+)[)\]]\s*$"),
    re.compile(r"^(?P<name>.+\S)\s+[-–—]\s+(?P<parent>\S.*)$"),
    re.compile(r"^(?P<name>[^/]+\S)\s*/\s*(?P<parent>[^/]+)$"),
    re.compile(r"^(?P<name>.+\S)\s*,\s*(?P<parent>[^,]+)$"),
)

SHARED, CLEARLY, FEWEST = 0.6, 0.5, 3


@dataclass(frozen=True)
class Parents:
    """The parent units of a register: `key` of each by what it may be called, and the plain names of its areas."""

    keys: Mapping[str, str]
    children: Mapping[str, frozenset[str]]
    names: Mapping[str, str]

    def find(self, text: str) -> str:
        """Key of the parent a text means by code, name or abbreviation; "" when none or more than one."""
        tries = (text.strip(), text.strip().lstrip("0"), plain(text), compact(text), form(text))
        return next((self.keys[tried] for tried in tries if self.keys.get(tried)), "")


def parents_of(register: pd.DataFrame) -> Parents:
    """Parents of a register with columns `parent` (key, text), `parent_name` and `area_name`; rows without one are left out."""
    known = register.dropna(subset=["parent"])
    names = {
        str(key): str(name) for key, name in zip(known["parent"], known["parent_name"], strict=True) if pd.notna(name)
    }
    calls: dict[str, set[str]] = defaultdict(set)
    for key in known["parent"].astype(str).unique():
        for call in {key, key.lstrip("0") or key} | _calls(names.get(key, "")):
            calls[call].add(key)
    for short, long in _abbreviations(names.values()).items():
        calls[plain(short)] |= {key for key, name in names.items() if form(name) == form(long)}
    keys = {call: next(iter(found)) for call, found in calls.items() if call and len(found) == 1}
    children = (
        known.assign(plain=known["area_name"].map(plain)).groupby("parent", observed=True)["plain"].agg(frozenset)
    )
    return Parents(keys, {str(key): found for key, found in children.items()}, names)


def match_parents(given: pd.Series, names: pd.Series, parents: Parents) -> dict[str, str]:
    """Key of each parent the table names ("" in doubt).

    Parameters
    ----------
    given, names : Series of str, same index
        What the table says of parent and area, distinct places.
    parents : Parents
        Of the register.

    Notes
    -----
    A parent that no code, name or abbreviation finds ("Veracruz", "Distrito Federal" for Ciudad de México) is found by its
    areas: at least three of them, and 60 %, are areas of one unit that is still free, and of no other half as many.
    """
    found = {text: parents.find(text) for text in given.dropna().unique()}
    free = [key for key in parents.children if key not in found.values()]
    claims: dict[str, list[str]] = defaultdict(list)
    for text in [text for text, key in found.items() if not key]:
        own = {plain(name) for name in names[given == text].dropna()}
        shared = sorted(((len(own & parents.children[key]), key) for key in free), reverse=True)
        best = shared[0] if shared else (0, "")
        second = shared[1][0] if len(shared) > 1 else 0
        if best[0] >= FEWEST and best[0] >= SHARED * len(own) and second <= CLEARLY * best[0]:
            claims[best[1]].append(text)
    found |= {texts[0]: key for key, texts in claims.items() if len(texts) == 1}
    return found


def split_parent(name: str, parents: Parents) -> tuple[str, str]:
    """A name that carries its parent ("Abaeté (MG)") in two, and the parent's key; the whole name and "" where it does not."""
    for ending in ENDINGS:
        cut = ending.match(name)
        key = parents.find(cut["parent"]) if cut else ""
        if cut and key:
            return cut["name"].strip(), key
    return name, ""


def _calls(name: str) -> set[str]:
    return {plain(name), compact(name), form(name)} if name else set()


def _abbreviations(names: Iterable[str]) -> dict[str, str]:
    """The abbreviations of the country whose units these are: at least three of them are in its list, and most."""
    forms = {form(name) for name in names}
    for country in (_BRAZIL, _MEXICO):
        pairs = dict(pair.strip().split(" ", 1) for pair in country.replace("\n", "").split("|"))
        known = {form(long) for long in pairs.values()}
        if forms and len(forms & known) >= max(1, SHARED * len(forms)):
            return pairs
    return {}
