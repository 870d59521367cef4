"""Maps of areas in levels that draw without internet: on a screen through folium, or as one HTML file.

Leaflet comes from the installed XStatic-Leaflet; there are no tiles. The base of a map depends on the shapes alone and
stays in the reader's browser; `paint_layer` is what is sent again when classes, words or selection change.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template
from xstatic.pkg import leaflet

from geodata.mapdata import MapGeometry
from geodata.paint import MapPaint, paint_data, script_json

WEB = Path(__file__).parent / "web"
LEAFLET = Path(leaflet.BASE_DIR)
SCRIPTS = ("shapes.js", "paint.js", "legend.js", "atlas.js", "frame.js")  # in this order, after Leaflet


@dataclass(frozen=True)
class Addresses:
    """Where a page finds the parts of a map: folders as addresses without a slash at the end."""

    leaflet: str
    atlas: str
    shapes: str
    fonts: str = ""  # folder with SourceSansPro-Regular.ttf and -Semibold.ttf


class _Atlas(MacroElement):
    """Calls the drawing script on a folium map."""

    _template = Template(
        "{% macro script(this, kwargs) %}window.mirador.atlas({{ this._parent.get_name() }}, {{ this.config }});{% endmacro %}"
    )

    def __init__(self, config: str) -> None:
        super().__init__()
        self._name = "atlas"
        self.config = config


class _Paint(MacroElement):
    """Colours the map that the drawing script made."""

    _template = Template("{% macro script(this, kwargs) %}window.mirador.paint({{ this.told }});{% endmacro %}")

    def __init__(self, told: str) -> None:
        super().__init__()
        self._name = "paint"
        self.told = told


def base_map(geometry: MapGeometry, addresses: Addresses) -> folium.Map:
    """The map without its colours: the same for every look at the same shapes."""
    left, bottom, right, top = geometry.bounds
    drawn = folium.Map(
        location=[(bottom + top) / 2, (left + right) / 2],
        tiles=None,
        zoom_start=4,
        prefer_canvas=True,
        control_scale=False,
        zoom_snap=0.25,
        zoom_delta=1,
    )
    drawn.default_js = [
        ("leaflet", f"{addresses.leaflet}/leaflet.js"),
        *((name, f"{addresses.atlas}/{name}") for name in SCRIPTS),
    ]
    drawn.default_css = [
        ("leaflet_css", f"{addresses.leaflet}/leaflet.css"),
        ("atlas_css", f"{addresses.atlas}/atlas.css"),
    ]
    fonts = {}
    if addresses.fonts:
        fonts = {
            "400": f"{addresses.fonts}/SourceSansPro-Regular.ttf",
            "600": f"{addresses.fonts}/SourceSansPro-Semibold.ttf",
        }
    config = _config(geometry) | {
        "areas": f"{addresses.shapes}/{geometry.areas_file}",
        "borders": f"{addresses.shapes}/{geometry.borders_file}",
        "fonts": fonts,
    }
    drawn.add_child(_Atlas(script_json(config)))
    return drawn


def paint_layer(paint: MapPaint, geometry: MapGeometry) -> folium.FeatureGroup:
    """The colours and words, as a feature group that can be sent alone (`feature_group_to_add` of st_folium)."""
    return told_layer(paint_data(paint, geometry))


def told_layer(told: Mapping[str, Any]) -> folium.FeatureGroup:
    """The same from what `paint_data` gives."""
    layer = folium.FeatureGroup(name="paint", control=False)
    layer.add_child(_Paint(script_json(told)))
    return layer


def risk_map(geometry: MapGeometry, paint: MapPaint, addresses: Addresses) -> folium.Map:
    """A complete map, for a page that serves the parts at `addresses`."""
    drawn = base_map(geometry, addresses)
    drawn.add_child(paint_layer(paint, geometry))
    return drawn


def standalone_html(
    geometry: MapGeometry, paint: MapPaint, title: str, language: str, intro: str = "", sources: str = ""
) -> bytes:
    """`standalone_page` of a paint."""
    return standalone_page(geometry, paint_data(paint, geometry), title, language, intro, sources)


def standalone_page(
    geometry: MapGeometry, told: Mapping[str, Any], title: str, language: str, intro: str = "", sources: str = ""
) -> bytes:
    """One HTML file with everything in it, that opens from a USB stick.

    Parameters
    ----------
    told : mapping
        What `paint_data` gives, with texts.
    title, intro, sources : str
        Heading, the sentence under it and the line under the map, translated; escaped here.
    language : str
        Code for the `lang` of the page.
    """
    config = _config(geometry) | {"areas": "AREAS", "borders": "BORDERS", "fluid": True}
    # the shapes are JSON already: set in as they are, after the same escaping
    given = script_json(config).replace('"AREAS"', _inline(geometry.geojson()), 1)
    given = given.replace('"BORDERS"', _inline(geometry.borders_geojson()), 1)
    parts = {
        "language": html.escape(language, quote=True),
        "title": html.escape(title),
        "intro": html.escape(intro),
        "sources": html.escape(sources),
        "leaflet_css": _without_images((LEAFLET / "leaflet.css").read_text(encoding="utf-8")),
        "atlas_css": (WEB / "atlas.css").read_text(encoding="utf-8"),
        "leaflet_js": _without_source_map((LEAFLET / "leaflet.js").read_text(encoding="utf-8")),
        "atlas_js": "\n".join((WEB / name).read_text(encoding="utf-8") for name in SCRIPTS),
        "config": given,
        "paint": script_json(told),
        **{name: str(told["palette"][name]) for name in ("paper", "ink", "quiet")},
    }
    page = (WEB / "standalone.html").read_text(encoding="utf-8")
    # in one pass: a mark inside a text that is set in stays what it is
    return re.sub(r"\[\[(\w+)\]\]", lambda mark: parts[mark[1]], page).encode()


def _config(geometry: MapGeometry) -> dict[str, Any]:
    return {"bounds": list(geometry.bounds)}


def _inline(geojson: bytes) -> str:
    return script_json(json.loads(geojson))


def _without_images(css: str) -> str:
    """Leaflet's style without its marker and layer pictures, which a map of areas does not use."""
    return "\n".join(line for line in css.splitlines() if "url(images" not in line.replace(" ", ""))


def _without_source_map(script: str) -> str:
    return "\n".join(line for line in script.splitlines() if not line.startswith("//# sourceMappingURL"))
