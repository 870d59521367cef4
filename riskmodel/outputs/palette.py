"""Colours of the levels on paper, lowest first.

They repeat those of `geodata.palette`, which this side of the house may not import; a test holds the two equal.
Ties can leave one or two levels, which only the sheet needs colours for.
"""

from __future__ import annotations

RISK_COLOURS: dict[int, tuple[str, ...]] = {
    1: ("#EC7014",),
    2: ("#FEE391", "#8C2D04"),
    3: ("#FEE391", "#EC7014", "#8C2D04"),
    4: ("#FFEDA8", "#FB9D3A", "#C4540C", "#662506"),
    5: ("#FFF0B8", "#FDC14A", "#EC7014", "#B5480A", "#662506"),
}
INDEX_COLOURS: dict[int, tuple[str, ...]] = {
    1: ("#8C96C6",),
    2: ("#E0ECF4", "#810F7C"),
    3: ("#E0ECF4", "#8C96C6", "#810F7C"),
    4: ("#E0ECF4", "#9EBCDA", "#8C6BB1", "#810F7C"),
    5: ("#E0ECF4", "#9EBCDA", "#8C6BB1", "#810F7C", "#4D004B"),
}


def level_colours(measure: str, k: int) -> tuple[str, ...]:
    """(k,) colours of the levels of "area_risk" or "index"."""
    return (INDEX_COLOURS if measure == "index" else RISK_COLOURS)[k]
