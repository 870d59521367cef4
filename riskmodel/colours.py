"""The colours of levels, the same on every map, sheet and chart.

Risk is always yellow to brown and the index always blue to purple, so that the two are never confused. Neighbouring
levels differ in lightness enough to survive a photocopier; `tests/geodata/test_palette.py` holds that.
"""

from __future__ import annotations

from typing import Literal

Measure = Literal["area_risk", "index"]

# Lowest level first; ties may leave one or two levels. At k = 5 the second colour is a touch darker than ColorBrewer's
# #FEC44F, because neighbours there must lie 13 points of L* apart.
RISK: dict[int, tuple[str, ...]] = {
    1: ("#EC7014",),
    2: ("#FEE391", "#8C2D04"),
    3: ("#FEE391", "#EC7014", "#8C2D04"),
    4: ("#FFEDA8", "#FB9D3A", "#C4540C", "#662506"),
    5: ("#FFF0B8", "#FDC14A", "#EC7014", "#B5480A", "#662506"),
}
# Taken from the nine-class BuPu of ColorBrewer, spaced by lightness.
INDEX: dict[int, tuple[str, ...]] = {
    1: ("#8C96C6",),
    2: ("#E0ECF4", "#810F7C"),
    3: ("#E0ECF4", "#8C96C6", "#810F7C"),
    4: ("#E0ECF4", "#9EBCDA", "#8C6BB1", "#810F7C"),
    5: ("#E0ECF4", "#9EBCDA", "#8C6BB1", "#810F7C", "#4D004B"),
}
# For the photocopier, whatever is measured: greys, to which maps and charts add patterns.
PHOTOCOPY: dict[int, tuple[str, ...]] = {
    1: ("#A2A2A2",),
    2: ("#F2F2F2", "#4D4D4D"),
    3: ("#F2F2F2", "#A2A2A2", "#4D4D4D"),
    4: ("#F2F2F2", "#BFBFBF", "#808080", "#404040"),
    5: ("#F5F5F5", "#CCCCCC", "#A0A0A0", "#707070", "#383838"),
}


def level_colours(k: int, measure: str = "area_risk", photocopy: bool = False) -> tuple[str, ...]:
    """The k colours of the levels of "area_risk" or "index", lowest first; raises `ValueError` unless k is 1 to 5."""
    ramps = PHOTOCOPY if photocopy else INDEX if measure == "index" else RISK
    if k not in ramps:
        raise ValueError(f"k must be 1 to 5, not {k}")
    return ramps[k]


# Categories that have no order (Okabe & Ito, 2008); more than five beside each other are not told apart.
CATEGORY_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9")
OTHER_CATEGORY = "#8A8F93"
# Below, about equal, above (ColorBrewer BrBG): differences from a mean, another year, another method.
DIFFERENCE_COLOURS = ("#35978F", "#A6D5CE", "#F5F5F0", "#E2C48D", "#BF812D")
# Thirds of two measures: to the right more children (blue), upward more risk (orange), both dark.
BIVARIATE_COLOURS = (
    "#EFEDE6", "#AFC9D4", "#578FAB",
    "#F2C795", "#AE9F86", "#566F6B",
    "#E28A36", "#9B6A37", "#4C3A24",
)  # fmt: skip
# In no category and yet no gap in the data: plain land.
PLAIN = "#E9E8E3"
# Groups above and below the mean; the weaker ones for areas unlike their neighbours (ColorBrewer BrBG).
CLUSTER_COLOURS = {"high-high": "#8C510A", "high-low": "#DFC27D", "low-high": "#A8D9D1", "low-low": "#35978F"}
