"""The same map as stock streamlit-folium draws it, for comparison: all shapes and colours in every run.

Only its Leaflet comes from this machine, since with the network cut the stock map stays blank. `STOCK` names the GeoJSON.
"""

import hashlib
import json
import os
from pathlib import Path

import folium
import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium
from xstatic.pkg import leaflet

COLOURS = ("#FEE391", "#EC7014", "#8C2D04")


@st.cache_resource
def shapes() -> dict:
    return json.loads(Path(os.environ["STOCK"]).read_text(encoding="utf-8"))


folder = declare_component("leaflet", path=leaflet.BASE_DIR).name
turn = st.radio("Turn", [0, 1, 2], horizontal=True)
drawn = folium.Map(location=[-14, -54], zoom_start=4, tiles=None, prefer_canvas=True)
drawn.default_js = [("leaflet", f"../{folder}/leaflet.js")]
drawn.default_css = [("leaflet_css", f"../{folder}/leaflet.css")]


def style(feature: dict) -> dict:
    code = next(iter(feature["properties"].values()))
    level = hashlib.sha256(f"{code}{turn}".encode()).digest()[0] % 3
    return {"fillColor": COLOURS[level], "color": "#FFFFFF", "weight": 0.3, "fillOpacity": 1, "turn": turn}


folium.GeoJson(shapes(), style_function=style).add_to(drawn)
st_folium(drawn, key=f"stock{turn}", use_container_width=True, height=560)
st.text(f"turn={turn}")
