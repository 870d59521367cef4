"""One map that many sheets share: a parent unit large and the country small, and where each area lies on it.

The picture is drawn once for a parent unit; the outline of an area is laid over it on the page, as points in shares of
the picture (0, 0 at the top left). Looks as `locator_png` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geodata.drawing import png_bytes
from geodata.palette import Palette
from geodata.pictures import PictureBase, drawn_pair, is_tiny, outline_widths

# Of the picture's width: what lies closer than this to a straight line is not drawn.
FINEST = 0.001


@dataclass(frozen=True)
class SharedMap:
    """A picture, and what lays areas over it."""

    png: bytes
    shapes: dict[str, Any]  # by area_code, in the projection
    widths: dict[str, float]  # of the outline, points
    tiny: frozenset[str]  # areas that get a ring
    small: np.ndarray  # 3 × 3, from the projection to shares of the picture
    large: np.ndarray
    ratio: float
    colour: str

    def marks(self, area_code: str) -> dict[str, Any]:
        """ratio, colour, line (points), rings of the area on the large map, its spot on the small one, and where a
        ring is drawn around an area too small to be found (else None)."""
        shape = self.shapes[area_code]
        finest = FINEST / abs(self.large[0, 0])
        rings = shapely.get_rings(shapely.get_parts(shapely.simplify(shape, finest)))
        point = shape.representative_point()
        return {
            "ratio": self.ratio,
            "colour": self.colour,
            "line": self.widths[area_code],
            "rings": [_placed(shapely.get_coordinates(ring), self.large) for ring in rings],
            "spot": _placed(np.array([[point.x, point.y]]), self.small)[0],
            "ring": _placed(np.array([[point.x, point.y]]), self.large)[0] if area_code in self.tiny else None,
        }


def shared_map(
    base: PictureBase, levels: pd.Series, parent: str, palette: Palette, size_mm: tuple[float, float], dpi: int = 250
) -> SharedMap:
    """The map of one parent unit, at least one of whose areas has a shape."""
    part = base.areas[base.areas["area_code"].map(base.parents).astype(object).eq(parent).to_numpy(dtype=bool)]
    figure, at_left, at_right = drawn_pair(base, part, levels, palette, size_mm)
    png = png_bytes(figure, dpi)
    codes, shapes = part["area_code"], part.geometry
    return SharedMap(
        png,
        dict(zip(codes, shapes, strict=True)),
        dict(zip(codes, outline_widths(shapes, part), strict=True)),
        frozenset(code for code, shape in zip(codes, shapes, strict=True) if is_tiny(shape.area, part)),
        _to_page(figure, at_left),
        _to_page(figure, at_right),
        size_mm[0] / size_mm[1],
        palette.accent,
    )


def _to_page(figure: Figure, axes: Axes) -> np.ndarray:
    """From coordinates of the axes to shares of the figure, the second axis downward."""
    axes.apply_aspect()
    matrix = (axes.transData + figure.transFigure.inverted()).get_affine().get_matrix()
    return np.array([[1, 0, 0], [0, -1, 1], [0, 0, 1]]) @ matrix


def _placed(xy: np.ndarray, matrix: np.ndarray) -> list[list[float]]:
    flat = np.column_stack([xy, np.ones(len(xy))]) @ matrix.T
    return [[round(float(x), 5), round(float(y), 5)] for x, y in flat[:, :2]]
