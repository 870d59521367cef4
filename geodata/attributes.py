"""The table that stands beside the shapes of a file of boundaries, as text.

Shapes that are no areas (points, lines, none) keep their row: what to do with them is told when the boundaries are read.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geodata.boundaries import read_features
from geodata.codes import as_codes
from geodata.source import open_source
from geodata.unusable import NotUsableError
from riskmodel.problems import Problem, Where


def read_attributes(path: Path, layer: str = "", encoding: str = "") -> tuple[pd.DataFrame, str, list[Problem]]:
    """Properties of every shape, the layer they are of, and why the file cannot be read (then the table is empty).

    encoding : of a shapefile's table as a person declared it; found from its bytes when empty.

    Returns
    -------
    DataFrame of dtype "string"
        One row per shape; properties that are empty everywhere are left out.
    """
    where = Where(file=path.name)
    try:
        with open_source(path, layer, encoding, where) as source:
            frame = read_features(source, where)
            found = source.layer if len(source.layers) > 1 else ""
    except NotUsableError as stop:
        return pd.DataFrame(), "", [stop.problem]
    plain = pd.DataFrame(frame.drop(columns="geometry")).dropna(axis=1, how="all")
    return pd.DataFrame({str(name): as_codes(plain[name]).rename(str(name)) for name in plain.columns}), found, []
