from __future__ import annotations

import itertools

import pytest

from geodata.palette import PHOTOCOPY, lightness, palette
from riskmodel.colours import level_colours

# Points of L* that neighbouring levels must differ by, so that a photocopy still reads.
NEEDED = {3: 28, 4: 17, 5: 13}


def test_lightness_of_known_colours():
    """CIE: white 100, black 0; sRGB mid grey #777777 is 50.03, pure red 53.24."""
    assert [lightness(c) for c in ("#FFFFFF", "#000000")] == pytest.approx([100, 0], abs=1e-9)
    assert [lightness(c) for c in ("#777777", "#FF0000")] == pytest.approx([50.03, 53.24], abs=0.01)


@pytest.mark.parametrize("measure", ["area_risk", "index"])
@pytest.mark.parametrize("k", [3, 4, 5])
def test_neighbouring_levels_survive_a_photocopier(k, measure):
    for ramp in (level_colours(k, measure), PHOTOCOPY[k]):
        shades = [lightness(colour) for colour in ramp]
        assert len(set(ramp)) == k
        assert min(a - b for a, b in itertools.pairwise(shades)) >= NEEDED[k]


def test_risk_and_index_share_no_colour():
    risk = {c for k in (3, 4, 5) for c in level_colours(k)}
    index = {c for k in (3, 4, 5) for c in level_colours(k, "index")}
    assert not risk & index


def test_no_data_is_no_level_and_photocopies_have_hatches():
    for theme in ("light", "dark"):
        assert palette(5, theme=theme).no_data not in palette(5).levels
    assert len(set(palette(5, theme="photocopy").hatches)) == 5
    assert palette(3).hatches == ()


def test_six_levels_are_refused():
    with pytest.raises(ValueError, match="k must be"):
        level_colours(6)
