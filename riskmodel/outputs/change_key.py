"""The map of change: five classes of the difference about zero, and which areas changed within chance.

Limits are round numbers that fit the country, the same on screen and on paper.
"""

from __future__ import annotations

import math

import pandas as pd

from riskmodel.areas.levels import assign
from riskmodel.colours import DIFFERENCE_COLOURS
from riskmodel.decisions.change import Change
from riskmodel.i18n import Translator
from riskmodel.outputs.change_words import points, unit
from riskmodel.outputs.map_key import KeyRow, MapKey

OUTER_SHARE, INNER_PART = 0.8, 4
STEPS = (1, 2, 3, 4, 6, 8, 10)


def by_area(change: Change) -> pd.DataFrame:
    """The rows of `change.areas` by area_code of the later run: areas of one territory share its row; codes of no row are left out."""
    rows = change.areas.set_index("area_code")
    table = rows.reindex(change.unit.to_numpy())
    table.index = pd.Index(change.unit.index, name="area_code")
    return table


def limits(changes: pd.Series) -> tuple[float, float]:
    """Inner and outer limit of the classes: the outer the next round number that four in five changes stay within, the inner a quarter of it."""
    sizes = changes.dropna().abs()
    if not len(sizes) or sizes.max() == 0:
        return 0.25, 1.0
    size = float(sizes.quantile(OUTER_SHARE)) or float(sizes.max())
    power = 10.0 ** math.floor(math.log10(size))
    outer = next(step * power for step in STEPS if step * power >= size * (1 - 1e-9))
    return outer / INNER_PART, outer


def change_key(change: Change, t: Translator) -> MapKey:
    """Classes of the change by area_code of the later run, the largest rise first."""
    table, summary = by_area(change), change.summary
    scale = 1 if summary["measure"] == "index" else 100
    values = table["change"].astype(float) * scale
    inner, outer = limits(values)
    position = assign(values, (-outer, -inner, inner, outer, math.inf))
    near, far = (t.number(x, _decimals(x)) for x in (inner, outer))
    words = (
        t("Fell by more than {far}", far=far),
        t("Fell by {near} to {far}", near=near, far=far),
        t("Changed by less than {near}", near=near),
        t("Rose by {near} to {far}", near=near, far=far),
        t("Rose by more than {far}", far=far),
    )
    counts = position.value_counts()
    rows = [KeyRow(j, words[j - 1], DIFFERENCE_COLOURS[j - 1], int(counts.get(j, 0))) for j in range(5, 0, -1)]
    without = int(position.isna().sum())
    if without:
        rows.append(KeyRow(0, t("Not compared"), "", without))
    title = t("Change from {first} to {second}", first=summary["earlier"]["year"], second=summary["later"]["year"])
    said = [_said(row, summary, t) for row in table.itertuples()]
    return MapKey(
        "change", title, unit(summary, t), tuple(rows), position, pd.Series(said, table.index, dtype="string")
    )


def within_chance(change: Change) -> frozenset[str]:
    """Areas of the later run whose change cannot be told from chance."""
    table = by_area(change)
    return frozenset(map(str, table.index[table["beyond_chance"].eq(False).fillna(False)]))


def _said(row: object, summary: dict[str, object], t: Translator) -> str:
    """The change of an area with its interval; "" where it is not known."""
    change, lower, upper = (getattr(row, name) for name in ("change", "ci_lower", "ci_upper"))
    if pd.isna(change):
        return ""
    if pd.isna(lower):
        return points(summary, change, t)
    return t("{change} ({lower} to {upper})", change=points(summary, change, t), lower=points(summary, lower, t), upper=points(summary, upper, t))  # fmt: skip


def _decimals(value: float) -> int:
    """Decimals that write a limit whole."""
    return next((n for n in range(6) if math.isclose(round(value, n), value, rel_tol=1e-9)), 6)
