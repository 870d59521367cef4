"""Show a map of areas on a Streamlit page, and tell which area was chosen on it.

The shapes travel once, by an address of their content, and so do the texts of areas; a change of mode, words or selection
sends only the paint. Leaflet and the drawing scripts are served from this machine as folders of components that are never drawn.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit.components.v2 import component
from streamlit.components.v2.types import ComponentRenderer

from geodata.mapdata import MapGeometry
from geodata.maps import LEAFLET, SCRIPTS, WEB
from geodata.paint import Tiles
from pages.common import state
from pages.common.words import _

HEIGHT = 560
LOADER = Path(__file__).with_name("mapview.js")
OURS = (*SCRIPTS, "reach.js", "mount.js")
# Drawing this many areas takes seconds on an ordinary laptop; shapes are simplified further to keep it so.
MANY = 12_000


def show_map(
    geometry: MapGeometry,
    told: Mapping[str, Any],
    texts: Sequence[str],
    key: str,
    selected: str = "",
    on_click: Callable[[str], None] | None = None,
    height: int = HEIGHT,
    link: str = "",
    tiles: Tiles | None = None,
    bar: bool = True,
) -> None:
    """Draw the map.

    Parameters
    ----------
    told : mapping
        What `paint_data(…, texts=False)` gives.
    texts : sequence of str
        Files of `serve_texts`, first those whose lines stand first on the card.
    key : str
        Names this map on its page; on another study use another one.
    selected : str
        Code of the area chosen now.
    on_click : function of a code, optional
        Called before the page (or its fragment) runs again.
    link : str
        Maps with the same word move together.
    tiles : Tiles, optional
        A background from the internet; nothing leaves this machine without it.
    bar : bool
        With the search by name and the buttons above the map.
    """
    shapes, ours = shapes_folder(geometry.folder), served("atlas", WEB)
    leaflet = served("leaflet", LEAFLET)

    def clicked() -> None:
        code = (st.session_state.get(key) or {}).get("clicked")
        if code in geometry.codes and on_click is not None:
            on_click(str(code))

    own = {
        "selected": selected,
        "texts": [f"{shapes}/{name}" for name in texts],
        "tiles": asdict(tiles) if tiles else None,
    }
    _component(state.language(), _("The map cannot be drawn on this screen. The table below says the same."))(
        key=key,
        data={
            "parts": {
                "styles": [f"{leaflet}/leaflet.css", f"{ours}/atlas.css?{_version()}"],
                "scripts": [f"{leaflet}/leaflet.js", *(f"{ours}/{name}?{_version()}" for name in OURS)],
            },
            "place": f"{key}-{geometry.content_hash[:16]}",
            "map": {
                "areas": f"{shapes}/{geometry.areas_file}",
                "borders": f"{shapes}/{geometry.borders_file}",
                "bounds": list(geometry.bounds),
            },
            "height": f"{height / 16}rem",
            "link": link,
            "bar": bar,
            "words": _words(),
            "paint": {**told, **own},
        },
        on_clicked_change=clicked,
    )


def page_is_dark() -> bool:
    """Whether the reader's page is dark."""
    return st.context.theme.type == "dark"


def _words() -> dict[str, str]:
    return {
        "find": _("Find an area"),
        "placeholder": _("Type a name"),
        "none": _("No area has this name."),
        "whole": _("Whole country"),
        "unit": _("Zoom to its parent unit"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "north": _("North is up."),
        "help": _("Map of areas. Arrows go from area to area, Enter chooses one, plus and minus zoom, 0 shows the whole country."),
    }  # fmt: skip


@st.cache_resource(max_entries=16, show_spinner=False)
def _component(language: str, failed: str) -> ComponentRenderer:
    """The component with its message in one language: it stands in the page before any script of ours has run."""
    page = f"""<div class="mirador-map" lang="{language}"><div class="atlas-bar"></div>
<p class="atlas-fallback" role="note">{html.escape(failed)}</p></div>"""
    script, late = LOADER.read_text(encoding="utf-8"), LOADER.with_suffix(".css").read_text(encoding="utf-8")
    return component(f"mirador_map_{language}", html=page, css=late, js=script, isolate_styles=False)


@st.cache_resource(show_spinner=False)
def _version() -> str:
    """Changes with our scripts, so that no browser keeps an old one."""
    known = hashlib.sha256()
    for path in sorted(WEB.iterdir()):
        known.update(path.read_bytes())
    return known.hexdigest()[:12]


def shapes_folder(folder: Path) -> str:
    """Address of a folder of shapes on this server, under a name of its own."""
    return served(f"shapes{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]}", folder)


def served(name: str, folder: Path) -> str:
    """Address of a folder on this server; it ends in the name of the component that serves it."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{'/' + base if base else ''}/component/{declare_component(name, path=str(folder.resolve())).name}"
