"""Read who publishes a study and whom it cites: its lines, its sources, and its logo made ready for paper.

A logo that is too heavy, too large or no picture is a problem in words. It is stored small, since every sheet carries it.
"""

from __future__ import annotations

import base64
import io
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import typst
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from riskmodel.problems import Problem, Where
from riskmodel.study import Study
from riskmodel.study_office import Office

RECORD = "office.json"
# Of the file as it comes: bytes, and pixels of its longer side.
MOST_BYTES = 5_000_000
MOST_VECTOR_BYTES = 500_000
MOST_PIXELS = 4_000
# As it is stored: at most so wide and high, in pixels; 300 dpi at twice the size it has on a sheet.
STORED = (900, 420)
# A logo is light when what is not see-through is, on average, brighter than this (0 black, 255 white).
LIGHT = 215.0
SEEN = 32  # opacity, 0 to 255, from which a pixel counts
SVG = "svg"


@dataclass(frozen=True)
class Logo:
    """A logo ready to print."""

    kind: str  # png, jpg or svg
    data: bytes
    is_light: bool  # made for a dark ground, so it is not put on white

    def record(self) -> dict[str, Any]:
        """As it is stored beside the results."""
        return {"kind": self.kind, "data": base64.b64encode(self.data).decode(), "is_light": self.is_light}


def read_office(study: Study, folder: Path) -> tuple[dict[str, Any], list[Problem]]:
    """The office as a record for `Results.office`, and problems of its logo; empty where no office is declared."""
    office = study.office
    if office == Office():
        return {}, []
    record: dict[str, Any] = office.model_dump(mode="json", exclude={"logo"})
    if not office.logo:
        return record, []
    path = folder / office.logo
    where = Where(Path(office.logo).name)
    try:
        size = path.stat().st_size
        data = b"" if size > MOST_BYTES else path.read_bytes()
    except OSError:
        return record, [Problem("file_absent", where)]
    logo, problem = read_logo(data, size, where)
    return record | ({"logo": logo.record()} if logo else {}), [problem] if problem else []


def check_sources(study: Study) -> list[Problem]:
    """Warns of a study that declares no source at all: its sheets then print "not declared"."""
    parts = (study.outcome, study.survey, study.population, study.areas, study.boundaries, *study.indicator)
    if study.model is not None or any(part is not None and part.source for part in parts):
        return []
    key = "survey.source" if study.survey else "population.source" if study.population else "areas.source"
    return [Problem("source_not_declared", Where(key=key), severity="warning")]


def write_office(record: dict[str, Any], run: Path) -> None:
    """Put the office beside the results of a finished run, so that its sheets carry it without a new run."""
    target, part = run / RECORD, run / f".part-{RECORD}"
    if not record:
        target.unlink(missing_ok=True)
        return
    try:
        part.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def read_logo(data: bytes, size: int, where: Where) -> tuple[Logo | None, Problem | None]:
    """A logo from its bytes, or what is wrong with it.

    size : of the file in bytes; `data` may be empty where it is above `MOST_BYTES`.
    """
    if size > MOST_BYTES:
        return None, _too_heavy(size, MOST_BYTES, where)
    if data.lstrip()[:5].lower() in (b"<?xml", b"<svg ", b"<!doc") or data[:3] == b"\xef\xbb\xbf":
        return _vector(data, where)
    try:
        with _opened(data) as picture:
            width, height = picture.size  # of the header: nothing is decoded yet
            if max(width, height) > MOST_PIXELS:
                values = {"width": width, "height": height, "most": MOST_PIXELS}
                return None, Problem("logo_too_large", where, values)
            kind = str(picture.format)
            return _stored(ImageOps.exif_transpose(picture), kind), None
    except (OSError, SyntaxError, ValueError):
        return None, Problem("logo_not_picture", where)


def _opened(data: bytes) -> Image.Image:
    """A picture of which only the header was read; raises `SyntaxError` when it is neither PNG nor JPEG."""
    try:
        return PngImageFile(io.BytesIO(data))
    except SyntaxError:
        return JpegImageFile(io.BytesIO(data))


def as_pixels(logo: dict[str, Any], ground: str) -> bytes:
    """A stored logo as PNG, for documents that take no drawing: on its `ground` (#RRGGBB) unless it is light."""
    data = base64.b64decode(logo["data"])
    data = _drawn(data) if logo["kind"] == SVG else data
    if logo["is_light"]:
        return data
    with Image.open(io.BytesIO(data)) as picture:
        own = picture.convert("RGBA")
    margin = own.height // 8
    whole = Image.new("RGBA", (own.width + 2 * margin, own.height + 2 * margin), ground)
    whole.alpha_composite(own, (margin, margin))
    return _png(whole.convert("RGB"))


def grey(logo: dict[str, Any]) -> dict[str, Any]:
    """A stored logo in greys, for the photocopier."""
    return _grey(str(logo["kind"]), str(logo["data"]), bool(logo["is_light"]))


@lru_cache(maxsize=4)  # the logo of one run, asked for by each of its sheets
def _grey(kind: str, data: str, is_light: bool) -> dict[str, Any]:
    raw = base64.b64decode(data)
    with Image.open(io.BytesIO(_drawn(raw) if kind == SVG else raw)) as picture:
        return Logo("png", _png(picture.convert("RGBA").convert("LA")), is_light).record()


def _stored(picture: Image.Image, kind: str) -> Logo:
    whole = picture.convert("RGBA")
    whole.thumbnail(STORED, Image.Resampling.LANCZOS)
    see_through = whole.getchannel("A").getextrema()[0] < 255  # type: ignore[operator]
    if kind == "JPEG":
        out = io.BytesIO()
        whole.convert("RGB").save(out, "JPEG", quality=88)
        return Logo("jpg", out.getvalue(), False)
    return Logo("png", _png(whole if see_through else whole.convert("RGB")), see_through and _is_light(whole))


def _vector(data: bytes, where: Where) -> tuple[Logo | None, Problem | None]:
    """A drawing is tried out: what Typst cannot draw is no logo."""
    if len(data) > MOST_VECTOR_BYTES:
        return None, _too_heavy(len(data), MOST_VECTOR_BYTES, where)
    try:
        if not ElementTree.fromstring(data).tag.endswith("svg"):
            return None, Problem("logo_not_picture", where)
        with Image.open(io.BytesIO(_drawn(data))) as picture:
            return Logo(SVG, data, _is_light(picture.convert("RGBA"))), None
    except (ElementTree.ParseError, typst.TypstError, OSError):
        return None, Problem("logo_not_picture", where)


def _drawn(svg: bytes) -> bytes:
    """A drawing as PNG, on nothing."""
    page = (
        b"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
        b'#image(bytes(sys.inputs.svg), format: "svg", height: 35mm)'
    )
    compiler = typst.Compiler(page, sys_inputs={"svg": svg.decode("utf-8-sig", errors="replace")})
    made = compiler.compile(format="png", ppi=300)
    return made[0] if isinstance(made, list) else made  # type: ignore[return-value]


def _is_light(picture: Image.Image) -> bool:
    pixels = np.asarray(picture, dtype=float)
    opaque = pixels[..., 3] >= SEEN
    if opaque.all() or not opaque.any():
        return False
    return float((pixels[opaque][:, :3] @ (0.299, 0.587, 0.114)).mean()) > LIGHT


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _too_heavy(size: int, most: int, where: Where) -> Problem:
    return Problem("logo_too_heavy", where, {"size": round(size / 1e6, 1), "most": most / 1e6})
