"""Words of the table of a shapefile as they are stored, for a person to see how each encoding would read them.

Only a shapefile leaves its letters open: every other kind of map says how they are written.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geodata.boundaries import read_features
from geodata.source import open_source
from geodata.unusable import NotUsableError
from riskmodel.problems import Where

# Every byte is one letter of it, so the bytes come back as they are.
_ALL_BYTES = "ISO-8859-1"


def stored_words(path: Path, layer: str = "") -> tuple[bytes, ...]:
    """Different values of the table of a shapefile that hold letters beyond plain ones, in their bytes, in order.

    Empty for other kinds of maps, and for one that cannot be read.
    """
    where = Where(file=path.name)
    try:
        with open_source(path, layer, _ALL_BYTES, where) as source:
            if source.kind != "shp":
                return ()
            frame = read_features(source, where)
    except NotUsableError:
        return ()
    found: dict[bytes, None] = {}
    for column in pd.DataFrame(frame.drop(columns="geometry")).select_dtypes(["object", "string"]):
        for value in frame[column].dropna().unique():
            if isinstance(value, str) and not value.isascii():
                found[value.strip().encode("latin-1", "ignore")] = None
    return tuple(found)
