"""Change how files are read in the text of a study file, and leave every other line and comment as a person wrote it.

The text that comes out is checked like any other study file before anybody stores it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import tomlkit
from tomlkit.items import AoT, Table

from riskmodel.study_reading import Reading


def with_codes_of(text: str, readings: Iterable[Reading]) -> str:
    """The text of a study with the `codes` of these readings in place of those it had; a reading it lacks is added at the end."""
    document = tomlkit.parse(text)
    present = document.get("reading")
    if not isinstance(present, AoT):
        present = tomlkit.aot()
        document["reading"] = present
    for reading in readings:
        entry = next((e for e in present if (e.get("file"), e.get("sheet", "")) == (reading.file, reading.sheet)), None)
        if entry is None:
            entry = _table({"file": reading.file} | ({"sheet": reading.sheet} if reading.sheet else {}))
            present.append(entry)
        codes = tomlkit.aot()
        for part in reading.codes:
            codes.append(_table(part.model_dump(mode="json", exclude_defaults=True)))
        entry["codes"] = codes
    return tomlkit.dumps(document)


def _table(values: Mapping[str, object]) -> Table:
    table = tomlkit.table()
    for key, value in values.items():
        table[key] = value
    return table
