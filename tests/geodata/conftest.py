"""A country of our own hand: four unit squares in two departments, and helpers to write it as files."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box, mapping


@pytest.fixture
def squares() -> gpd.GeoDataFrame:
    """01 02 in the lower row, 03 04 in the upper one; each of one degree, sharing borders."""
    shapes = [box(-70, 0, -69, 1), box(-69, 0, -68, 1), box(-70, 1, -69, 2), box(-69, 1, -68, 2)]
    codes = pd.Series(["01", "02", "03", "04"], dtype="string")
    return gpd.GeoDataFrame({"area_code": codes}, geometry=shapes, crs="EPSG:4326")


@pytest.fixture
def departments() -> pd.Series:
    """The lower row is department A, the upper one B."""
    return pd.Series({"01": "A", "02": "A", "03": "B", "04": "B"})


def write_geojson(path: Path, rows: list[tuple[object, object]], column: str = "cod") -> Path:
    """Rows of (code, shape or None) as GeoJSON."""
    features = [
        {"type": "Feature", "properties": {column: code}, "geometry": mapping(shape) if shape is not None else None}
        for code, shape in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path
