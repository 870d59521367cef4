"""How an index is made, in words: a name and one plain sentence for each choice of the study."""

from __future__ import annotations

from riskmodel.i18n import Translator


def methods(t: Translator) -> dict[str, tuple[str, str]]:
    """Name and sentence of each method."""
    return {
        "mean": (
            t("Mean of indicators"),
            t("Indicators are brought to 0–100 and averaged by dimension. The usual way."),
        ),
        "dp2": (
            t("DP2 distance (as Mexico's marginalisation index)"),
            t("How far an area is from the worst values, where what two indicators say alike counts once."),
        ),
        "percentile_rank": (
            t("Percentile ranks by theme (as the CDC's social vulnerability index)"),
            t("Areas are ordered by each indicator and the places are added up. It says who comes first, not by how much."),
        ),
    }  # fmt: skip


def normalisations(t: Translator) -> dict[str, tuple[str, str]]:
    """Name and sentence of each normalisation."""
    return {
        "min_max": (t("From the lowest to the highest area"), t("The area with the lowest value has 0, the one with the highest 100.")),
        "goalposts": (t("Between fixed values (goalposts)"), t("The best and worst value of the table have 0 and 100, so years and countries can be compared.")),
        "z_score": (t("Standard deviations"), t("50 is the mean of the areas; every standard deviation is 10 points.")),
        "rank": (t("Place among the areas"), t("Only the order counts: extreme values have no more weight than others.")),
        "reference": (t("Around a reference"), t("50 is the reference of the table, or the middle area where there is none.")),
    }  # fmt: skip


def weightings(t: Translator) -> dict[str, tuple[str, str]]:
    """Name and sentence of each way of weighting."""
    return {
        "equal": (t("Equal within and between dimensions"), t("Every dimension counts the same, and so does every indicator within it.")),
        "given": (t("The weights of the table"), t("You decide, and can say why.")),
        "principal_component": (t("Principal component"), t("What goes together with the rest counts more. What goes against it gets no weight, and is named.")),
        "entropy": (t("Entropy"), t("What differs more between areas counts more.")),
        "workshop": (t("Points of a workshop"), t("People share out 100 points among the indicators; the mean counts.")),
        "estimated": (t("Estimated on an earlier rate"), t("Weights that fit a measured rate of child labour best, none below zero. That rate can then not be used to test the index.")),
    }  # fmt: skip


def treatments(t: Translator) -> dict[str, tuple[str, str]]:
    """Name and sentence of each treatment of extreme values."""
    return {
        "none": (t("Leave them"), t("One extreme area stretches the scale of an indicator for all.")),
        "winsorise": (t("Pull them in"), t("Where a tail is very long, extreme values count as the next one. What was done is recorded.")),
        "log": (t("Take logarithms"), t("Where a tail is very long, the logarithm of the indicator is used.")),
    }  # fmt: skip


def means(t: Translator) -> dict[str, tuple[str, str]]:
    """Name and sentence of each mean."""
    return {
        "arithmetic": (t("Arithmetic"), t("A low score makes up for a high one.")),
        "geometric": (t("Geometric"), t("A low score pulls an area down.")),
        "geometric_strength": (t("Geometric, of strengths"), t("A high score pulls an area up.")),
    }


def choices(t: Translator) -> dict[str, str]:
    """What an official calls each choice that robustness varies."""
    return {
        "treatment": t("Treatment of extreme values"),
        "normalisation": t("Way of bringing to one scale"),
        "within": t("Mean within dimensions"),
        "between": t("Mean between dimensions"),
        "weights": t("Weights, up to a quarter larger or smaller"),
    }
