"""Names of columns as a person reads them, where the file gave them none and the reading had to.

The study file keeps the names that were made; only what is shown is put into words. A name of the file is never altered.
"""

from __future__ import annotations

import re

from riskmodel.i18n.translator import N_, Translator
from riskmodel.study_reading import Reading

MADE = {
    "area_code": N_("code of the area"),
    "area_name": N_("name of the area"),
    "parent_code": N_("code of the parent unit"),
    "parent_name": N_("name of the parent unit"),
    "parent": N_("parent unit"),
}
BOUNDS = {"lower": N_("{column}: lower bound"), "upper": N_("{column}: upper bound")}
NAMELESS = re.compile(r"column_(\d+)")


def made_columns(reading: Reading | None) -> frozenset[str]:
    """Columns that a reading makes and the file does not have."""
    if reading is None:
        return frozenset()
    codes = (c.into for c in reading.codes if c.into not in c.columns)
    names = (into for split in reading.split for into in split.into)
    by_name = (rule.into for rule in reading.names)
    return frozenset([*reading.rename.values(), *(h.into for h in reading.headings), *names, *codes, *by_name])


def say_made(name: str, t: Translator) -> str:
    """A name that a reading made, in words; any other as it is."""
    if name in MADE:
        return t(MADE[name])
    column, _, bound = name.rpartition(" ")
    return t(BOUNDS[bound], column=column) if column and bound in BOUNDS else say_nameless(name, t)


def say_nameless(name: str, t: Translator) -> str:
    """A column without a name in the file, by its number; any other name as it is."""
    number = NAMELESS.fullmatch(name)
    return t("number {number}, without a name", number=number[1]) if number else name
