"""Names of places in forms that can be compared: accents, case, punctuation, small words, abbreviations and numerals aside.

`plain` forgets only how a name is written; `form` also how it is said ("Gral. San Martín", "General San Martín"). Two
different places of one parent may share a form, so a form that is not unique joins nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ORDINAL_MARK = re.compile(r"(?<=[\dIVXivx])\s?[º°ª]")
NOT_WORD = re.compile(r"[^a-z0-9]+")
ORDINAL = re.compile(r"(\d+)(?:ro|ero|era|do|da|er|to|ta|mo|ma|no|vo|o|a)")
BULLET = re.compile(r"^[\s\u2022\u25cf\u25cb\u25aa\u25ab\u25e6\u26ac\u00b7\u2013\u2014*>·-]+(?=\S)")

# What a unit is called, before its name; "Ciudad Bolívar" keeps its word, "Ciudad de Guatemala" does not need it.
KIND = re.compile(
    r"(?:municipio|municipalidad|municipality|prefeitura(?: municipal)?|departamento|depto|dpto|dept|provincia|prov|estado"
    r"|canton|comuna|partido|distrito|parroquia|alcaldia|ciudad|cidade|cd) (?:de|do|da|del|of) (?:la |el |los |las )?(?=\w)"
)
KIND_AFTER = re.compile(r"(?<=\w) (?:distrito capital|d c|d n|distrito nacional|municipio|city)$")

SMALL = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "los",
        "lo",
        "el",
        "do",
        "da",
        "dos",
        "das",
        "d",
        "du",
        "e",
        "y",
        "o",
        "os",
        "a",
        "as",
        "i",
    ]
)

ABBREVIATIONS = {
    "sta": "santa", "sto": "san", "stgo": "santiago", "sn": "san", "sao": "san", "santo": "san", "gral": "general",
    "gnral": "general", "gen": "general", "gal": "general", "cnel": "coronel", "cel": "coronel", "crnel": "coronel",
    "cap": "capitan", "cptan": "capitan", "capitao": "capitan", "cdte": "comandante", "cmdte": "comandante",
    "tte": "teniente", "tnte": "teniente", "tenente": "teniente", "sgto": "sargento", "alte": "almirante",
    "alm": "almirante", "pte": "presidente", "pdte": "presidente", "pres": "presidente", "dr": "doctor",
    "doutor": "doctor", "dra": "doctora", "ing": "ingeniero", "eng": "engenheiro", "prof": "profesor",
    "mons": "monsenor", "pto": "puerto", "porto": "puerto", "vla": "villa", "vila": "villa", "cd": "ciudad",
    "cdad": "ciudad", "fco": "francisco", "ma": "maria", "ntra": "nuestra", "nsa": "nossa", "sra": "senora",
    "mcal": "mariscal", "mal": "marechal", "gob": "gobernador", "gdor": "gobernador", "gov": "governador",
    "sen": "senador", "dep": "deputado", "pe": "padre", "dom": "don", "fr": "fray", "frei": "fray", "hnos": "hermanos",
    "dto": "distrito", "dist": "distrito", "mun": "municipio", "sr": "senor", "jgo": "jesus", "cmte": "comandante",
    "brig": "brigadier", "distr": "distrito", "nal": "nacional", "alfz": "alferez", "nra": "nuestra",
}  # fmt: skip

_WORDS = {
    1: "primero primer primera primeiro primeira", 2: "dos dois duas segundo segunda", 3: "tres tercero tercer terceiro",
    4: "cuatro quatro cuarto", 5: "cinco quinto", 6: "seis sexto", 7: "siete sete septimo", 8: "ocho oito octavo",
    9: "nueve nove noveno", 10: "diez dez", 11: "once onze", 12: "doce doze", 13: "trece treze", 14: "catorce catorze",
    15: "quince quinze", 16: "dieciseis dezesseis", 17: "diecisiete dezessete", 18: "dieciocho dezoito",
    19: "diecinueve dezenove", 20: "veinte vinte", 25: "veinticinco", 28: "veintiocho", 30: "treinta trinta",
}  # fmt: skip
NUMBERS = {word: str(number) for number, words in _WORDS.items() for word in words.split() if word != "dos"}
ROMAN = dict(zip(["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xx", "xxi", "xxiii"],
                 ["2", "3", "4", "6", "7", "8", "9", "11", "12", "13", "14", "15", "16", "20", "21", "23"], strict=True))  # fmt: skip
LAST_ROMAN = {"i": "1", "v": "5", "x": "10"}


@lru_cache(maxsize=200_000)
def plain(name: str) -> str:
    """A name without accents, case, punctuation, bullets and doubled blanks: "● São João d'Aliança" -> "sao joao d alianca"."""
    text = ORDINAL_MARK.sub("", BULLET.sub("", name))
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return NOT_WORD.sub(" ", bare).strip()


@lru_cache(maxsize=200_000)
def form(name: str) -> str:
    """A name with abbreviations written out, numerals as digits, small words and what the unit is called left out.

    "Municipio de Sta. María del Tule" -> "santa maria tule"; "2 de Mayo" and "Dos de Mayo" -> "2 mayo".
    """
    text = KIND_AFTER.sub("", KIND.sub("", plain(name), count=1))
    words = text.split()
    if len(words) > 1 and words[0] == "d":
        words[0] = "don"
    if len(words) > 1 and words[0] == "s":
        words[0] = "san"
    said = [_said(word, i, words) for i, word in enumerate(words)]
    kept = [word for word in said if word not in SMALL] or said
    return " ".join(kept)


def compact(name: str) -> str:
    """The plain name without blanks: "Olho d'Água" and "Olho Dágua" are the same."""
    return plain(name).replace(" ", "")


def _said(word: str, place: int, words: list[str]) -> str:
    if word in ABBREVIATIONS:
        return ABBREVIATIONS[word]
    if word in NUMBERS or (word == "dos" and place == 0 and len(words) > 1):
        return NUMBERS.get(word, "2")
    if place and (word in ROMAN or (word in LAST_ROMAN and place == len(words) - 1)):
        return ROMAN.get(word) or LAST_ROMAN[word]
    found = ORDINAL.fullmatch(word)
    return found[1] if found else (str(int(word)) if word.isdecimal() else word)
