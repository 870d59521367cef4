"""What the comparison with an observed rate means, in sentences a mayor understands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.common.words import _, current

# Limits of the words for a rank correlation; what they are called is a habit, so the number stands beside.
STRONG, FAIR, WEAK = 0.8, 0.6, 0.3


def order_sentence(found: Mapping[str, Any]) -> str:
    """How far the two orders agree."""
    rho = found["spearman"]
    value = current().number(rho, 2)
    if rho >= STRONG:
        return _("**The order is nearly the same.** The areas that the measure puts first are mostly those that these results put first (rank agreement {value}; 1 is the same order, 0 is no relation).", value=value)  # fmt: skip
    if rho >= FAIR:
        return _("**The order is much the same, with exceptions.** Most areas stand near the place the measure gives them, some do not (rank agreement {value}; 1 is the same order, 0 is no relation).", value=value)  # fmt: skip
    if rho >= WEAK:
        return _("**The order agrees only in part.** Many areas stand far from the place the measure gives them (rank agreement {value}; 1 is the same order, 0 is no relation).", value=value)  # fmt: skip
    return _("**The order does not agree.** These results say little about where the measure found most child labour (rank agreement {value}; 1 is the same order, 0 is no relation).", value=value)  # fmt: skip


def top_sentence(found: Mapping[str, Any]) -> str:
    """Hits among the first tenth, beside what chance would give."""
    t, top = current(), found["top_tenth"]
    return _(
        "**Of the {count} areas with the highest measured rates, {hits} are among the {count} that these results put first.** Choosing at random would find about {chance}.",
        count=t.number(top["areas"]),
        hits=t.number(top["hits"]),
        chance=t.number(top["areas"] ** 2 / found["areas"], 0),
    )


def size_sentence(found: Mapping[str, Any]) -> str:
    """For a risk how high and how sure; for an index how many areas share the level."""
    t = current()
    if found["bias"] is None:
        thirds = found["thirds"]
        return _(
            "**{same} of every 100 areas are in the same third of the country in both**; by chance it would be 33. The index has no unit: how many children work it cannot say.",
            same=t.number(thirds["same"] * 100, 0),
        )
    bias, rmse = t.number(abs(found["bias"]) * 100, 1), t.number(found["rmse"] * 100, 1)
    if abs(found["bias"]) < 0.0005:
        level = _("**On average the estimates are neither too high nor too low**; a single area is typically off by {rmse} percentage points.", rmse=rmse)  # fmt: skip
    elif found["bias"] > 0:
        level = _("**On average the estimates are {bias} percentage points higher than the measure**; a single area is typically off by {rmse}.", bias=bias, rmse=rmse)  # fmt: skip
    else:
        level = _("**On average the estimates are {bias} percentage points lower than the measure**; a single area is typically off by {rmse}.", bias=bias, rmse=rmse)  # fmt: skip
    return " ".join(s for s in (level, coverage_sentence(found)) if s)


def coverage_sentence(found: Mapping[str, Any]) -> str:
    """How many intervals hold the measured rate; "" where there are none."""
    t = current()
    if found["coverage_with_error"] is not None:
        return _(
            "Of every 100 intervals, {share} hold the measured rate, its own chance allowed for; it should be 95.",
            share=t.number(found["coverage_with_error"] * 100, 0),
        )
    if found["coverage"] is not None:
        return _(
            "Of every 100 intervals, {share} hold the measured rate; it should be 95 if the measure were exact.",
            share=t.number(found["coverage"] * 100, 0),
        )
    return ""


def measure_name(found: Mapping[str, Any]) -> str:
    """What the results are held against, with year and source."""
    label = found["label"] or _("the observed rate")
    named = f"{label}, {found['year']}" if found["year"] and str(found["year"]) not in label else label
    return f"{named} ({found['source']})" if found["source"] else named
