"""Draw the quality report of a file as PDF.

The design is `templates/quality.typ`, which a designer edits without Python. PDF/UA-1 and PDF/A-2a, as the fact sheet.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from riskmodel.outputs.sheet_desk import fonts

TEMPLATE = Path(__file__).parent.parent / "templates" / "quality.typ"


def draw_quality(content: Mapping[str, Any], created: dt.datetime) -> tuple[bytes, list[str]]:
    """PDF of one content, and Typst's warnings. `created` is stamped: equal contents give equal bytes."""
    try:
        return _compile(content, created, archive=True)
    except typst.TypstError as error:
        if "could not be displayed with font" not in error.message:
            raise
        # A name in a script the font lacks: the archive standards refuse it, plain PDF prints a box for the sign.
        return _compile(content, created, archive=False)


def _compile(content: Mapping[str, Any], created: dt.datetime, archive: bool) -> tuple[bytes, list[str]]:
    inputs = {"report": json.dumps(content, ensure_ascii=False)}
    compiler = typst.Compiler(TEMPLATE.read_bytes(), font_paths=fonts(), sys_inputs=inputs)
    pdf, warnings = compiler.compile_with_warnings(
        format="pdf", pdf_standards=["a-2a", "ua-1"] if archive else [], timestamp=int(created.timestamp())
    )
    assert isinstance(pdf, bytes)  # one file, not one per page
    return pdf, [str(warning) for warning in warnings]
