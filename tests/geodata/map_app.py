"""A page with the map of four squares and nothing else; the browser test drives it."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import geopandas as gpd
import pandas as pd
import streamlit as st
from shapely.geometry import box

from geodata.mapdata import prepare
from geodata.paint import Legend, LegendEntry, MapPaint
from geodata.palette import palette
from pages.common.mapview import show_map

CODES = ["01", "02", "03", "04"]
SHAPES = [box(-70, 0, -69, 1), box(-69, 0, -68, 1), box(-70, 1, -69, 2), box(-69, 1, -68, 2)]
squares = gpd.GeoDataFrame({"area_code": pd.Series(CODES, dtype="string")}, geometry=SHAPES, crs="EPSG:4326")
geometry = prepare(squares, pd.Series(["A", "A", "B", "B"], CODES), Path(os.environ["MAP_CACHE"]))


@st.fragment
def part() -> None:
    k = st.radio("Levels", [3, 5], horizontal=True)
    paint = MapPaint(
        levels=pd.Series([1, 2, 3], CODES[:3]),
        names=pd.Series(["Uno", "<i>Dos</i>", "Tres", "Cuatro"], CODES),
        palette=palette(k),
        legend=Legend(
            "Riesgo", (LegendEntry("Alto", 3, range="20,1 – 30,0 %"), LegendEntry("Sin dato", kind="no_data"))
        ),
        tooltip={"Riesgo": pd.Series(["5 %", "10 %", "25 %"], CODES[:3])},
        selected=st.session_state.get("chosen", ""),
    )
    now = show_map(geometry, paint, "four", height=420, on_click=lambda code: st.session_state.update(chosen=code))
    st.text(f"now={now} chosen={st.session_state.get('chosen')}")


part()
