"""Show a map of areas on a Streamlit page, and tell which area was clicked.

The shapes travel once, by address; a change of classes, words or selection sends only the paint. Leaflet, the drawing
script, the letters and the shapes are served from this machine as folders of components that are never drawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import font_source_sans_pro
import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium

from geodata.mapdata import MapGeometry
from geodata.maps import LEAFLET, WEB, Addresses, base_map, paint_layer
from geodata.paint import MapPaint

HEIGHT = 560


def show_map(
    geometry: MapGeometry,
    paint: MapPaint,
    key: str,
    height: int = HEIGHT,
    on_click: Callable[[str], None] | None = None,
) -> str | None:
    """Draw the map; return the code of the area clicked just now, None on every other run.

    Parameters
    ----------
    key : str
        Names this map on its page.
    on_click : function of a code, optional
        Called before the page runs again, so that it may set the value of a select box beside the map.
    """
    place = f"{key}-{geometry.content_hash[:16]}"
    fresh = f"{place}-clicked"

    def clicked() -> None:
        told = (st.session_state.get(place) or {}).get("last_object_clicked_tooltip") or ""
        code = told.rpartition("\t")[0]
        if code in geometry.codes:
            st.session_state[fresh] = code
            if on_click is not None:
                on_click(code)

    st_folium(
        base_map(geometry, _addresses(geometry.folder)),
        key=place,
        height=height,
        use_container_width=True,
        returned_objects=["last_object_clicked_tooltip"],
        feature_group_to_add=paint_layer(paint, geometry),
        on_change=clicked,
    )
    return st.session_state.pop(fresh, None)


def page_is_dark() -> bool:
    """Whether the reader's page is dark."""
    return st.context.theme.type == "dark"


def _addresses(shapes: Path) -> Addresses:
    """Serve the folders; the map asks for them from the frame of st_folium, one folder up."""
    fonts = Path(font_source_sans_pro.__file__).parent / "files"
    return Addresses(
        leaflet=_served("leaflet", LEAFLET),
        atlas=_served("atlas", WEB),
        shapes=_served(f"shapes{hashlib.sha256(str(shapes.resolve()).encode()).hexdigest()[:12]}", shapes),
        fonts=_served("fonts", fonts),
    )


def _served(name: str, folder: Path) -> str:
    return f"../{declare_component(name, path=str(folder.resolve())).name}"
