"""Show a second map on a screen: one to point at and zoom, from which nothing is chosen.

It stands in a frame of streamlit-folium. Leaflet, scripts, letters, shapes and texts are served from this machine, so the
frame asks for nothing outside; nothing comes back from it, so the page never runs again because of it.
"""

from __future__ import annotations

import hashlib

from streamlit_folium import st_folium

from geodata.drawing import FONTS
from geodata.mapdata import MapGeometry
from geodata.maps import LEAFLET, WEB, Addresses, base_map, told_layer
from pages.common.cached import Drawn
from pages.common.mapview import served, shapes_folder


def show_still(geometry: MapGeometry, drawn: Drawn, key: str, height: int = 560) -> None:
    """Draw the map; `key` names it on its page, the content of its shapes and paint does the rest."""
    addresses = Addresses(
        leaflet=_up(served("leaflet", LEAFLET)),
        atlas=_up(served("atlas", WEB)),
        shapes=_up(shapes_folder(geometry.folder)),
        fonts=_up(served("fonts", FONTS)),
    )
    told = {**drawn.told, "texts": [f"{addresses.shapes}/{name}" for name in drawn.texts]}
    content = hashlib.sha256(f"{geometry.content_hash} {told['id']}".encode()).hexdigest()[:16]
    st_folium(
        base_map(geometry, addresses),
        key=f"{key}-{content}",
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=told_layer(told),
    )


def _up(address: str) -> str:
    """As it is asked for from the frame of another component, one folder up."""
    return f"../{address.rpartition('/')[2]}"
