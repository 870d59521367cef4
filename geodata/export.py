"""Write the table of areas with its shapes as open map files.

Every area of the table is kept: one without a shape has an empty geometry, so that nobody is lost by opening a map.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata.boundaries import DEGREES

LAYER = "areas"


def write_map_files(areas: pd.DataFrame, boundaries: gpd.GeoDataFrame, folder: Path) -> tuple[Path, Path]:
    """Write `map.gpkg` and `map.geojson` (EPSG:4326) into `folder`, made if absent; earlier files are replaced.

    Parameters
    ----------
    areas : DataFrame
        One row per area, with `area_code`; every column is written, missing stays missing.
    boundaries : GeoDataFrame
        `area_code` and geometry.

    Returns
    -------
    (Path, Path)
        The GeoPackage (layer "areas") and the GeoJSON.
    """
    joined = _joined(areas, boundaries)
    folder.mkdir(parents=True, exist_ok=True)
    package, plain = folder / "map.gpkg", folder / "map.geojson"
    for path, driver in ((package, "GPKG"), (plain, "GeoJSON")):
        part = path.with_name(f".part-{path.name}")
        part.unlink(missing_ok=True)
        joined.to_file(part, driver=driver, layer=LAYER, index=False)
        part.replace(path)
    return package, plain


def write_layer(table: pd.DataFrame, boundaries: gpd.GeoDataFrame, path: Path) -> Path:
    """Write any table by `area_code` with its shapes as a GeoPackage (layer "areas", EPSG:4326)."""
    _joined(table, boundaries).to_file(path, driver="GPKG", layer=LAYER, index=False)
    return path


def _joined(areas: pd.DataFrame, boundaries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Every row of the table with its shape, if it has one."""
    shapes = boundaries.set_index(boundaries["area_code"].astype(str)).geometry
    shapes = shapes[~shapes.index.duplicated()]
    geometry = shapes.reindex(areas["area_code"].astype(str).to_numpy())
    return gpd.GeoDataFrame(_plain(areas), geometry=geometry.to_numpy(), crs=boundaries.crs or DEGREES).to_crs(DEGREES)


def _plain(areas: pd.DataFrame) -> pd.DataFrame:
    """Columns in kinds that map files have: text, whole numbers (with gaps), numbers."""
    plain = areas.reset_index(drop=True).copy()
    for column in plain.columns:
        values = plain[column]
        if pd.api.types.is_integer_dtype(values):
            plain[column] = values.astype(
                "Int32" if values.dtype.name.lower() in ("int8", "int16", "int32") else "Int64"
            )
        elif not pd.api.types.is_numeric_dtype(values):
            plain[column] = values.astype("string").astype(object).where(values.notna(), None)
    return plain
