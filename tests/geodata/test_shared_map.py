"""Areas lie on the shared map where the picture of one area shows them."""

import io

import numpy as np
import pytest
from PIL import Image
from shapely.geometry import Polygon

from geodata.palette import palette
from geodata.pictures import locator_png, picture_base
from geodata.shared_map import shared_map
from tests.geodata.test_pictures import LEVELS

SIZE = (96.0, 54.0)


@pytest.fixture
def base(squares, departments):
    return picture_base(squares, departments)


def test_the_outline_lies_where_the_picture_of_one_area_has_it(base):
    colours = palette(3)
    parent = base.parents.iloc[0]
    code = base.parents.index[0]
    found = shared_map(base, LEVELS, parent, colours, SIZE)
    marks = found.marks(code)
    drawn = np.asarray(Image.open(io.BytesIO(locator_png(base, LEVELS, None, code, colours, SIZE))).convert("RGB"))
    accent = tuple(int(colours.accent[i : i + 2], 16) for i in (1, 3, 5))
    near = np.abs(drawn.astype(int) - accent).sum(axis=2) < 40
    high, wide = near.shape
    y, x = np.nonzero(near[:, wide // 3 :])  # the large map
    ring = np.array(marks["rings"][0])
    assert ring.min(axis=0) == pytest.approx([(x.min() + wide // 3) / wide, y.min() / high], abs=0.02)
    assert ring.max(axis=0) == pytest.approx([(x.max() + wide // 3) / wide, y.max() / high], abs=0.02)
    y, x = np.nonzero(near[:, : wide // 3])  # the small one holds the spot
    assert x.min() / wide <= marks["spot"][0] <= x.max() / wide
    assert y.min() / high <= marks["spot"][1] <= y.max() / high
    assert Polygon(ring).is_valid
