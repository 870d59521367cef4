"""A page with one map and nothing else; the browser test drives it. `?case=` says which country it shows."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import geopandas as gpd
import pandas as pd
import streamlit as st
from shapely.geometry import box

from geodata.mapdata import forget, prepare, serve_texts
from geodata.paint import Legend, LegendEntry, MapPaint, Tiles, paint_data, texts_data
from geodata.palette import palette
from pages.common.mapview import show_map

SQUARES = [box(-70, 0, -69, 1), box(-69, 0, -68, 1), box(-70, 1, -69, 2), box(-69, 1, -68, 2)]
NAMES = ["Uno", "<i>Dos</i>", "Tres", "Cuatro"]
LONG = "<img src=x onerror=alert(1)> " + "Santa María de los Ángeles " * 7


def country(case: str) -> tuple[list, list[str]]:
    """Shapes and names."""
    if case == "one":
        return SQUARES[:1], NAMES[:1]
    if case == "names":
        return SQUARES, ["San Juan", "San Juan", LONG, 'O\'Higgins & "Ñ"']
    if case == "fiji":
        return [
            box(177, -18, 178, -17),
            box(179, -17, 180, -16),
            box(-180, -17, -179, -16),
            box(-179, -19, -178, -18),
        ], NAMES
    if case == "many":
        side = 142
        shapes = [box(x / 10, y / 10, (x + 1) / 10, (y + 1) / 10) for x in range(side) for y in range(side)][:20_000]
        return shapes, [f"Area {i}" for i in range(20_000)]
    return SQUARES, NAMES


st.session_state.setdefault("language", "en")
case = st.query_params.get("case", "four")
shapes, names = country(case)
codes = [f"{i + 1:02d}" for i in range(len(shapes))]
boundaries = gpd.GeoDataFrame({"area_code": pd.Series(codes, dtype="string")}, geometry=shapes, crs="EPSG:4326")
parents = pd.Series(["A" if i < len(codes) / 2 else "B" for i in range(len(codes))], codes)
geometry = prepare(boundaries, parents, Path(os.environ["MAP_CACHE"]) / case)
if case == "broken":
    forget(geometry)


@st.fragment
def part() -> None:
    k = st.radio("Levels", [3, 5], horizontal=True)
    tiles = st.checkbox("Tiles")
    values = [] if case == "novalues" else [1, 2, 3] * 7000
    levels = pd.Series(
        values[: max(0, len(codes) - 1)], codes[: max(0, len(codes) - 1)] if values else [], dtype="Int8"
    )
    if case == "seam":
        levels = pd.Series(1, codes)
    elif case == "one":
        levels = pd.Series([3], codes)
    paint = MapPaint(
        levels=levels,
        names=pd.Series(names, codes),
        palette=palette(k),
        legend=Legend(
            "Riesgo", (LegendEntry("Alto", 3, range="20,1 – 30,0 %"), LegendEntry("Sin dato", kind="no_data"))
        ),
    )
    told = paint_data(paint, geometry, texts=False)
    units = pd.DataFrame({"code": parents, "name": parents.map({"A": "Sur", "B": "Norte"})})
    rows = {"Riesgo": pd.Series(["5 %", "10 %", "25 %"][: len(codes)], codes[:3])}
    texts = texts_data(geometry, rows, pd.Series(names, codes), units)
    show_map(
        geometry,
        told,
        [serve_texts(geometry, texts)],
        f"map-{case}",
        selected=st.session_state.get("chosen", ""),
        on_click=lambda code: st.session_state.update(chosen=code, times=st.session_state.get("times", 0) + 1),
        height=420,
        tiles=Tiles("https://tile.example.org/{z}/{x}/{y}.png", "© example") if tiles else None,
    )
    st.text(f"chosen={st.session_state.get('chosen')} times={st.session_state.get('times', 0)}")


part()
if case == "pair":
    columns = st.columns(2)
    for place, column in enumerate(columns):
        with column:
            paint = MapPaint(pd.Series([1], ["01"]), pd.Series(names, codes), palette(3), Legend("Par", ()))
            show_map(geometry, paint_data(paint, geometry, texts=False), [], f"pair{place}", link="pair", height=300)
