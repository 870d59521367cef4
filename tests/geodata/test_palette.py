from __future__ import annotations

import itertools
import re
import tomllib
from pathlib import Path

import pytest

from geodata.palette import PHOTOCOPY, contrast, lightness, palette
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


ROOT = Path(__file__).resolve().parents[2]
AA, AA_LARGE = 4.5, 3.0  # WCAG 2.2: text; large text, and what is not text


def theme_colours(name: str) -> dict[str, str]:
    """Colours of the screens, and the quiet text of the style sheet."""
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"][name]
    style = (ROOT / "pages/common/style.css").read_text(encoding="utf-8")
    quiet = re.findall(r"--quiet: (#[0-9A-F]{6})", style)
    return config | {"quiet": quiet[name == "dark"]}


def test_contrast_of_known_pairs():
    """WCAG: black on white is 21; #767676 is the lightest grey that passes on white (4.54)."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_of_the_screens_can_be_read(name):
    theme = theme_colours(name)
    grounds = (theme["backgroundColor"], theme["secondaryBackgroundColor"])
    for ink in (theme["textColor"], theme["quiet"], theme["linkColor"], theme["primaryColor"]):
        assert min(contrast(ink, ground) for ground in grounds) >= AA, ink
    on_accent = "#FFFFFF" if name == "light" else "#14181B"
    assert contrast(on_accent, theme["primaryColor"]) >= AA


@pytest.mark.parametrize("name", ["light", "dark", "photocopy"])
def test_text_and_lines_of_maps_can_be_read(name):
    shown = palette(3, theme=name)
    for ground in (shown.paper, shown.panel):
        assert contrast(shown.ink, ground) >= AA
        assert contrast(shown.quiet, ground) >= AA
        assert contrast(shown.accent, ground) >= AA_LARGE


def test_the_style_sheet_names_the_colours_of_the_maps():
    """Quiet text and accent are one on screens and on maps."""
    for name in ("light", "dark"):
        theme, shown = theme_colours(name), palette(3, theme=name)
        assert (theme["quiet"], theme["primaryColor"]) == (shown.quiet, shown.accent)
        assert theme["textColor"] == shown.ink
