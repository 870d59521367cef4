"""Find the parent unit a table means among those of a register: by code, name, official abbreviation, or its own areas.

A parent that stays in doubt is none: its areas are then proposed, not joined.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from riskmodel.inputs.name_forms import compact, form, plain

# Code, abbreviation and name of states as the offices of statistics publish them (IBGE; INEGI): no register of municipalities
# holds the abbreviations.
_BRAZIL = """11 RO Rondônia|12 AC Acre|13 AM Amazonas|14 RR Roraima|15 PA Pará|16 AP Amapá|17 TO Tocantins|21 MA Maranhão
|22 PI Piauí|23 CE Ceará|24 RN Rio Grande do Norte|25 PB Paraíba|26 PE Pernambuco|27 AL Alagoas|28 SE Sergipe
|29 BA Bahia|31 MG Minas Gerais|32 ES Espírito Santo|33 RJ Rio de Janeiro|35 SP São Paulo|41 PR Paraná
|42 SC Santa Catarina|43 RS Rio Grande do Sul|50 MS Mato Grosso do Sul|51 MT Mato Grosso|52 GO Goiás
|53 DF Distrito Federal"""
_MEXICO = """01 Ags Aguascalientes|02 BC Baja California|03 BCS Baja California Sur|04 Camp Campeche
|05 Coah Coahuila de Zaragoza|06 Col Colima|07 Chis Chiapas|08 Chih Chihuahua|09 CDMX Ciudad de México
|09 DF Ciudad de México|10 Dgo Durango|11 Gto Guanajuato|12 Gro Guerrero|13 Hgo Hidalgo|14 Jal Jalisco
|15 Mex México|15 Edomex México|16 Mich Michoacán de Ocampo|17 Mor Morelos|18 Nay Nayarit|19 NL Nuevo León
|20 Oax Oaxaca|21 Pue Puebla|22 Qro Querétaro|23 QRoo Quintana Roo|24 SLP San Luis Potosí|25 Sin Sinaloa
|26 Son Sonora|27 Tab Tabasco|28 Tamps Tamaulipas|29 Tlax Tlaxcala|30 Ver Veracruz de Ignacio de la Llave
|31 Yuc Yucatán|32 Zac Zacatecas"""

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
    """Parents of a register with columns `area_code`, `area_name`, `parent` (key) and `parent_name`; areas without one are left out."""
    known = register.dropna(subset=["parent"])
    names = {
        str(key): str(name) for key, name in zip(known["parent"], known["parent_name"], strict=True) if pd.notna(name)
    }
    calls: dict[str, set[str]] = defaultdict(set)
    for key in known["parent"].astype(str).unique():
        for call in {key, key.lstrip("0") or key} | _calls(names.get(key, "")):
            calls[call].add(key)
    for key, said in _states(names, known["area_code"]):
        calls[plain(said)].add(key)
        calls[form(said)].add(key)
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


def _states(names: Mapping[str, str], codes: pd.Series) -> list[tuple[str, str]]:
    """Key and abbreviation (or name) of each parent, where these are the states of Brazil or Mexico.

    They are where most names are, or where only codes are known and areas and states have the codes of that country.
    """
    digits = set(codes.astype(str).str.len().unique())
    for text, lengths in ((_BRAZIL, {6, 7}), (_MEXICO, {5})):
        rows = [state.split(" ", 2) for state in text.replace("\n", "").split("|")]
        named, numbered = {form(name) for _, _, name in rows}, {code for code, _, _ in rows}
        forms = {key: form(name) for key, name in names.items()}
        if forms and len(set(forms.values()) & named) >= SHARED * len(forms):
            return [(key, short) for _, short, name in rows for key, said in forms.items() if said == form(name)]
        if names and set(names) <= numbered and digits <= lengths and set(names) == set(names.values()):
            return [(code, said) for code, *words in rows if code in names for said in words]
    return []
