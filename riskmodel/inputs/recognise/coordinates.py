"""Tell columns of latitude and longitude, also where they are exchanged, lost their minus sign, or are degrees and minutes.

What is written otherwise than usual is only likely, and only under the full name: whoever locates the points asks about it.
"""

from __future__ import annotations

import re

from riskmodel.inputs.recognise import vocabulary as words
from riskmodel.inputs.recognise.facts import Facts
from riskmodel.inputs.recognise.roles import Certainty
from riskmodel.inputs.recognise.vocabulary import is_word

# Degrees of the region: latitudes and longitudes.
LATITUDES, LONGITUDES = (-60.0, 40.0), (-120.0, 0.0)

LATITUDE_NAMES = r"(?:gps )?(?:lat|latitude?)(?: (?:gps|dec|decimal|wgs84|dd))?"
LONGITUDE_NAMES = r"(?:gps )?(?:lon|lng|long|longitude?)(?: (?:gps|dec|decimal|wgs84|dd))?"

_SIXTIETHS = re.compile(
    r"[+-−–]?\d{1,3}\s*[°º]|\d{1,3}(?:[.,]\d+)?\s*°?\s*[NSEWO]|\d{1,3}\s+\d{1,2}\s+\d", re.IGNORECASE
)


def latitude(f: Facts) -> Certainty | None:
    """Whether a column holds latitudes."""
    return _of(f, words.LATITUDE, LATITUDES) or _otherwise(f, LATITUDE_NAMES)


def longitude(f: Facts) -> Certainty | None:
    """Whether a column holds longitudes."""
    return _of(f, words.LONGITUDE, LONGITUDES) or _otherwise(f, LONGITUDE_NAMES)


def _of(f: Facts, names: str, between: tuple[float, float]) -> Certainty | None:
    inside = f.numeric and not f.whole and f.inner[0] >= between[0] and f.inner[1] <= between[1]
    if not (inside and is_word(names, f.plain)):
        return None
    return "sure" if len(f.plain) > 1 else "likely"


def _otherwise(f: Facts, names: str) -> Certainty | None:
    """Degrees under the full name, whatever their sign, or written in sixtieths."""
    if not is_word(names, f.plain) or not f.filled:
        return None
    if f.numeric:
        return "likely" if not f.whole and max(map(abs, f.inner)) <= -LONGITUDES[0] else None
    sixtieths = [v for v in f.values if _SIXTIETHS.match(v.strip())]
    return "likely" if len(sixtieths) >= 0.8 * len(f.values) else None
