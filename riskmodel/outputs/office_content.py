"""Who publishes, as the templates of sheets and report take it; None where no office is declared."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from riskmodel.i18n import Translator
from riskmodel.inputs.office import grey
from riskmodel.results import Results


def office_content(results: Results, t: Translator, photocopy: bool = False) -> dict[str, Any] | None:
    """Keys: name, alt (text in place of the logo), logo (a record of `inputs.office`, grey for the photocopier, or None), reach (contact and address on
    the web on one line), thanks."""
    office = results.office
    if not office:
        return None
    logo = office.get("logo")
    return {
        "name": office["name"],
        "alt": t("Logo of {office}", office=office["name"])
        if office["name"]
        else t("Logo of the office that publishes"),
        "logo": grey(logo) if logo and photocopy else logo,
        "reach": " · ".join(filter(None, (*office["contact"], office["web"]))),
        "thanks": office["thanks"],
    }


def place_logo(content: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The content with the logo as a file in `folder`, for Typst, which reads pictures from there."""
    office = content.get("office")
    if not office or not office["logo"]:
        return content
    logo = office["logo"]
    file = f"logo.{logo['kind']}"
    (folder / file).write_bytes(base64.b64decode(logo["data"]))
    return content | {"office": office | {"logo": {"file": file, "is_light": logo["is_light"]}}}
