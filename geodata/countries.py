"""Where the countries of Latin America and the Caribbean lie, as boxes in degrees.

Coarse on purpose: a box only tells whether a map can be of a country, never whether it is. Names are those each country
uses for itself, so that they read the same in every language of the program.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

Box = tuple[float, float, float, float]  # left, bottom, right, top

COUNTRIES: dict[str, tuple[str, Box]] = {
    "AR": ("Argentina", (-73.6, -55.1, -53.6, -21.7)),
    "BB": ("Barbados", (-59.7, 13.0, -59.4, 13.4)),
    "BO": ("Bolivia", (-69.7, -22.9, -57.4, -9.6)),
    "BR": ("Brasil", (-74.0, -33.8, -34.7, 5.3)),
    "BS": ("Bahamas", (-79.4, 20.8, -72.7, 27.3)),
    "BZ": ("Belize", (-89.3, 15.8, -87.4, 18.5)),
    "CL": ("Chile", (-75.8, -56.0, -66.3, -17.4)),
    "CO": ("Colombia", (-79.1, -4.3, -66.8, 12.6)),
    "CR": ("Costa Rica", (-86.0, 8.0, -82.5, 11.3)),
    "CU": ("Cuba", (-85.0, 19.8, -74.1, 23.3)),
    "DM": ("Dominica", (-61.5, 15.2, -61.2, 15.7)),
    "DO": ("República Dominicana", (-72.1, 17.4, -68.2, 20.0)),
    "EC": ("Ecuador", (-81.1, -5.1, -75.1, 1.5)),
    "FR": ("Guadeloupe, Martinique, Guyane", (-61.9, 2.1, -51.6, 16.6)),
    "GD": ("Grenada", (-61.9, 11.9, -61.3, 12.6)),
    "GT": ("Guatemala", (-92.3, 13.7, -88.2, 17.9)),
    "GY": ("Guyana", (-61.5, 1.1, -56.4, 8.6)),
    "HN": ("Honduras", (-89.4, 12.9, -83.1, 16.6)),
    "HT": ("Haïti", (-74.6, 17.9, -71.6, 20.2)),
    "JM": ("Jamaica", (-78.5, 17.6, -76.1, 18.6)),
    "KN": ("Saint Kitts and Nevis", (-62.9, 17.0, -62.5, 17.5)),
    "LC": ("Saint Lucia", (-61.1, 13.7, -60.8, 14.2)),
    "MX": ("México", (-117.4, 14.5, -86.6, 32.8)),
    "NI": ("Nicaragua", (-87.8, 10.6, -82.5, 15.1)),
    "PA": ("Panamá", (-83.1, 7.1, -77.1, 9.7)),
    "PE": ("Perú", (-81.4, -18.4, -68.6, 0.0)),
    "PR": ("Puerto Rico", (-67.4, 17.8, -65.2, 18.6)),
    "PY": ("Paraguay", (-62.7, -27.7, -54.2, -19.2)),
    "SR": ("Suriname", (-58.1, 1.8, -53.9, 6.1)),
    "SV": ("El Salvador", (-90.2, 13.1, -87.6, 14.5)),
    "TT": ("Trinidad and Tobago", (-62.0, 10.0, -60.4, 11.4)),
    "UY": ("Uruguay", (-58.5, -35.1, -53.0, -30.0)),
    "VC": ("Saint Vincent and the Grenadines", (-61.5, 12.5, -61.1, 13.4)),
    "VE": ("Venezuela", (-73.4, 0.6, -59.7, 12.3)),
}
# Inhabited or numbered land far from the mainland of its country, so that it is not taken for a fault.
OUTLYING: tuple[tuple[str, Box], ...] = (
    ("EC", (-92.1, -1.5, -89.2, 1.7)),  # Galápagos
    ("CL", (-109.6, -27.3, -105.2, -26.3)),  # Rapa Nui, Salas y Gómez
    ("CL", (-81.0, -33.9, -78.7, -33.5)),  # Juan Fernández
    ("CL", (-80.2, -26.5, -79.7, -26.1)),  # Desventuradas
    ("CO", (-81.8, 12.4, -81.2, 13.5)),  # San Andrés and Providencia
    ("CO", (-81.7, 3.9, -81.5, 4.1)),  # Malpelo
    ("BR", (-32.5, -4.0, -32.3, -3.7)),  # Fernando de Noronha
    ("BR", (-29.4, -20.6, -28.8, -20.4)),  # Trindade
    ("MX", (-118.5, 18.2, -110.7, 29.3)),  # Revillagigedo, Guadalupe
    ("CR", (-87.2, 5.4, -86.9, 5.7)),  # Coco
    ("AR", (-61.5, -52.5, -57.6, -50.9)),  # Malvinas
    ("VE", (-63.8, 15.5, -63.5, 15.8)),  # Aves
    ("HN", (-84.0, 17.3, -83.8, 17.5)),  # Swan
)
FAR_LAND: tuple[Box, ...] = tuple(box for _, box in OUTLYING)


def name_of(country: str) -> str:
    """The name of a country by its two letters."""
    return COUNTRIES[country][0]


def country_named(text: str) -> str:
    """Two letters of the country that a free text names ("Perú", "brazil", "MX"), or empty."""
    asked = _plain(text)
    if not asked:
        return ""
    for code, (name, _) in COUNTRIES.items():
        if asked in (code.lower(), _plain(name)) or _plain(name) in asked:
            return code
    return {"brazil": "BR", "haiti": "HT", "dominican republic": "DO", "mexique": "MX", "bresil": "BR"}.get(asked, "")


def lying_in(box: Box, among: Iterable[str] = ()) -> tuple[str, ...]:
    """Countries that a map with this box can be of: its middle in their box, and not much wider; the tightest first."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    found = []
    for code in among or COUNTRIES:
        left, bottom, right, top = _reach(code, box)
        width, height = right - left, top - bottom
        inside = left - 0.2 <= x <= right + 0.2 and bottom - 0.2 <= y <= top + 0.2
        fits = box[2] - box[0] <= 1.2 * width + 0.3 and box[3] - box[1] <= 1.2 * height + 0.3
        if inside and fits:
            found.append((width * height, code))
    return tuple(code for _, code in sorted(found))


def meets_any(box: Box) -> bool:
    """Whether a box touches the box of any country or outlying island of the region."""
    return any(_meet(box, land) for land in (*(there for _, there in COUNTRIES.values()), *FAR_LAND))


def _reach(code: str, box: Box) -> Box:
    """The box of a country, with its outlying islands where the map has them beside the mainland."""
    land = COUNTRIES[code][1]
    for owner, island in OUTLYING:
        if owner == code and _meet(box, island) and _meet(box, COUNTRIES[code][1]):
            land = (min(land[0], island[0]), min(land[1], island[1]), max(land[2], island[2]), max(land[3], island[3]))
    return land


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.strip().lower())
    return "".join(c for c in letters if not unicodedata.combining(c))
