"""What the comparison with an observed rate means, in sentences a mayor understands.

Three sentences and what they teach; `**` marks what is bold on a screen, `plain` takes it off. Limits of the words are a
habit, so the number stands beside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from riskmodel.i18n import Translator

# Limits of the words for a rank correlation.
STRONG, FAIR, PART, WEAK = 0.8, 0.6, 0.5, 0.3


def order_sentence(found: Mapping[str, Any], t: Translator) -> str:
    """How far the two orders agree."""
    rho = found["spearman"]
    value = t.number(rho, 2)
    if rho >= STRONG:
        return t("**The order is nearly the same.** The areas that the measure puts first are mostly those that these results put first (rank agreement {value}; 1 is the same order, 0 is no relation).", value=value)  # fmt: skip
    if rho >= FAIR:
        return t("**The order is much the same, with exceptions.** Most areas stand near the place the measure gives them, some do not (rank agreement {value}; 1 is the same order, 0 is no relation).", value=value)  # fmt: skip
    if rho >= PART:
        return t("**The order agrees only in part.** Many areas stand far from the place the measure gives them (rank agreement {value}; 1 is the same order, 0 is no relation).", value=value)  # fmt: skip
    if rho >= WEAK:
        return t("**The order agrees little.** Most areas do not stand near the place the measure gives them (rank agreement {value}; 1 is the same order, 0 is no relation).", value=value)  # fmt: skip
    return t("**The order does not agree.** These results say little about where the measure found most child labour (rank agreement {value}; 1 is the same order, 0 is no relation).", value=value)  # fmt: skip


def top_sentence(found: Mapping[str, Any], t: Translator) -> str:
    """Hits among the first tenth, beside what chance would give."""
    top = found["top_tenth"]
    return t(
        "**Of the {count} areas with the highest measured rates, {hits} are among the {count} that these results put first.** Choosing at random would find about {chance}.",
        count=t.number(top["areas"]),
        hits=t.number(top["hits"]),
        chance=t.number(top["areas"] ** 2 / found["areas"], 0),
    )


def size_sentence(found: Mapping[str, Any], t: Translator) -> str:
    """For a risk how high and how sure; for an index how many areas share the level."""
    if found["bias"] is None:
        thirds = found["thirds"]
        return t(
            "**{same} of every 100 areas are in the same third of the country in both**; by chance it would be 33. The index has no unit: how many children work it cannot say.",
            same=t.number(thirds["same"] * 100, 0),
        )
    bias, rmse = t.number(abs(found["bias"]) * 100, 1), t.number(found["rmse"] * 100, 1)
    if abs(found["bias"]) < 0.0005:
        level = t("**On average the estimates are neither too high nor too low**; a single area is typically off by {rmse} percentage points.", rmse=rmse)  # fmt: skip
    elif found["bias"] > 0:
        level = t("**On average the estimates are {bias} percentage points higher than the measure**; a single area is typically off by {rmse}.", bias=bias, rmse=rmse)  # fmt: skip
    else:
        level = t("**On average the estimates are {bias} percentage points lower than the measure**; a single area is typically off by {rmse}.", bias=bias, rmse=rmse)  # fmt: skip
    return " ".join(s for s in (level, coverage_sentence(found, t)) if s)


def coverage_sentence(found: Mapping[str, Any], t: Translator) -> str:
    """How many intervals hold the measured rate; "" where there are none."""
    if found["coverage_with_error"] is not None:
        return t(
            "Of every 100 intervals, {share} hold the measured rate, its own chance allowed for; it should be 95.",
            share=t.number(found["coverage_with_error"] * 100, 0),
        )
    if found["coverage"] is not None:
        return t(
            "Of every 100 intervals, {share} hold the measured rate; it should be 95 if the measure were exact.",
            share=t.number(found["coverage"] * 100, 0),
        )
    return ""


def lesson_sentence(found: Mapping[str, Any], t: Translator) -> str:
    """What the agreement is good for; "" where the results were made with the measure itself."""
    if found["used_in_the_estimate"]:
        return ""
    rho, index = found["spearman"], found["bias"] is None
    if index and rho >= FAIR:
        return t("**What it teaches:** the conditions in this index go with child labour as it was measured. It can say where to look first, not how many children work.")  # fmt: skip
    if index:
        return t("**What it teaches:** this index shows where the conditions in it are worst, and child labour was also measured elsewhere. Do not choose areas by it alone.")  # fmt: skip
    if rho >= STRONG:
        return t("**What it teaches:** these results can say where to look first. In a single area trust the interval more than the figure.")  # fmt: skip
    if rho >= FAIR:
        return t("**What it teaches:** these results tell groups of areas apart. Before you act in a single area, ask those who know it.")  # fmt: skip
    return t("**What it teaches:** something that matters for child labour is not in these results. Do not choose areas by them alone.")  # fmt: skip


def caution_sentence(t: Translator) -> str:
    """What no agreement shows."""
    return t("This shows agreement of ranks, not proof: both may err alike, and the measure has its own error, year and definition.")  # fmt: skip


def compared_sentence(found: Mapping[str, Any], t: Translator) -> str:
    """What was compared, how many areas, and which are left out or were no test."""
    areas = t.plural("{count} area with both", "{count} areas with both", found["areas"])
    parts = [t("Compared with: {measure}. {areas}.", measure=measure_name(found, t), areas=areas)]
    if found["areas_left_out"]:
        parts.append(t.plural("{count} area is left out: its measured rate went into the results themselves.", "{count} areas are left out: their measured rates went into the results themselves.", found["areas_left_out"]))  # fmt: skip
    if found["used_in_the_estimate"]:
        parts.append(t("The results were made with this same rate, so the two agree by construction. To test the method, compare with a rate it has not seen."))  # fmt: skip
    return " ".join(parts)


def said(found: Mapping[str, Any], t: Translator) -> list[str]:
    """The three sentences, and what they teach where there is something to learn."""
    three = [order_sentence(found, t), top_sentence(found, t), size_sentence(found, t)]
    return [*three, *([lesson] if (lesson := lesson_sentence(found, t)) else [])]


def plain(sentence: str) -> str:
    """A sentence without the marks of bold, for a terminal."""
    return sentence.replace("**", "")


def measure_name(found: Mapping[str, Any], t: Translator) -> str:
    """What the results are held against, with year and source."""
    label = found["label"] or t("the observed rate")
    named = f"{label}, {found['year']}" if found["year"] and str(found["year"]) not in label else label
    return f"{named} ({found['source']})" if found["source"] else named
