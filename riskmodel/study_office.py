"""The office that publishes: name, logo, how to reach it, a line of thanks; printed on sheets, report and slides.

It changes no number, so it is no part of the fingerprint of a study.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from riskmodel.study_children import Part

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
MOST_CONTACTS = 4


class Office(Part):
    """Every key may be left out; what is left out is not printed."""

    name: Line = ""
    logo: str = ""  # file in the folder of the study: PNG, JPEG or SVG
    contact: tuple[Line, ...] = Field((), max_length=MOST_CONTACTS)
    web: Line = ""
    thanks: Annotated[str, StringConstraints(strip_whitespace=True, max_length=240)] = ""
