from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geodata.export import write_map_files


def test_every_area_is_kept_with_its_columns(tmp_path, squares):
    areas = pd.DataFrame({
        "area_code": pd.Series(["01", "99", "04"], dtype="string"),
        "area_name": pd.Series(["Uno", None, "Ñu <b>"], dtype="string"),
        "area_risk": [0.094, float("nan"), 0.2],
        "level": pd.Series([1, pd.NA, 3], dtype="Int8"),
        "notes": ["", "unscored", ""],
    })  # fmt: skip
    package, plain = write_map_files(areas, squares, tmp_path / "out")
    for path in (package, plain):
        found = gpd.read_file(path)
        assert found["area_code"].tolist() == ["01", "99", "04"]
        assert found.geometry.isna().tolist() == [False, True, False]
        assert found["area_name"].isna().tolist() == [False, True, False]
        assert found["area_risk"].isna().tolist() == [False, True, False]
        assert found["level"].isna().tolist() == [False, True, False]
        assert found["area_name"][2] == "Ñu <b>"
        assert found.crs.to_epsg() == 4326
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["map.geojson", "map.gpkg"]
    write_map_files(areas.iloc[:1], squares, tmp_path / "out")
    assert len(gpd.read_file(package)) == 1
