"""What every column of the results means, in one place.

`docs/study-file.md` says the same in the same words, which a test holds; the spreadsheet of results shows it in the
language of the study. A name in angle brackets stands for any of its kind.
"""

from __future__ import annotations

from riskmodel.i18n import N_
from riskmodel.outputs.spreadsheets.column import Column
from riskmodel.outputs.spreadsheets.columns_more import MORE

# By table of `riskmodel.results.TABLES`; "parents" also describes the country, "groups" those of parent units.
COLUMNS: dict[str, dict[str, Column]] = {
    "areas": {
        "area_code": Column(N_("text"), N_("Code of the area.")),
        "area_name": Column(N_("text"), N_("Name of the area.")),
        "parent_code": Column(N_("text"), N_("Code of the unit it belongs to.")),
        "parent_name": Column(N_("text"), N_("Name of that unit.")),
        "children": Column(
            N_("children"),
            N_("Children of the declared ages: counted in the population, or taken from the table of areas."),
        ),
        "area_risk": Column(N_("proportion"), N_("Expected share of the children in child labour.")),
        "se": Column(N_("proportion"), N_("Standard error of `area_risk`.")),
        "ci_lower": Column(N_("proportion"), N_("Lower end of the 95 % interval of `area_risk`.")),
        "ci_upper": Column(N_("proportion"), N_("Upper end of it.")),
        "index": Column(N_("points, 0–100"), N_("Vulnerability index; empty with the other methods.")),
        "level": Column(N_("1 to k"), N_("Level among all areas, 1 is the lowest. Empty without an estimate.")),
        "level_parent": Column(N_("1 to k"), N_("Level among the areas of the same parent unit.")),
        "level_probability": Column(
            N_("proportion"),
            N_(
                "Share of the simulated draws in which the area keeps its level: draws of the estimates' error; with an index, draws of other choices in building it, which is not a sampling error."
            ),
        ),
        "expected_count": Column(
            N_("children"), N_("Expected number in child labour: risk times children. Empty where withheld.")
        ),
        "expected_count_lower": Column(N_("children"), N_("Lower end of its 95 % interval.")),
        "expected_count_upper": Column(N_("children"), N_("Upper end of it.")),
        "rank": Column(N_("1, 2, …"), N_("1 is the highest risk or index; equal values share a rank.")),
        "rank_lower": Column(
            N_("1, 2, …"), N_("Best (smallest) rank in the 95 % interval of the rank, over the same draws.")
        ),
        "rank_upper": Column(N_("1, 2, …"), N_("Worst (largest) rank in it.")),
        "unscored_share": Column(
            N_("proportion"), N_("Share of the children who lack a determinant and have no risk of their own.")
        ),
        "notes": Column(N_("codes"), N_("What to know about the row; several codes are joined by `;`.")),
    },
    "parents": {
        "area_code": Column(N_("text"), N_("Code of the parent unit.")),
        "area_name": Column(N_("text"), N_("Name of the parent unit.")),
        "areas": Column(N_("areas"), N_("Number of areas in it.")),
        "children": Column(N_("children"), N_("Children in it.")),
        "area_risk": Column(N_("proportion"), N_("Mean risk of its children.")),
        "se": Column(N_("proportion"), N_("Standard error of `area_risk`.")),
        "ci_lower": Column(N_("proportion"), N_("Lower end of the 95 % interval.")),
        "ci_upper": Column(N_("proportion"), N_("Upper end of the 95 % interval.")),
        "index": Column(
            N_("points, 0–100"),
            N_("Mean index: weighted by children where every scored area has a count, else a simple mean."),
        ),
        "expected_count": Column(
            N_("children"), N_("Expected number in child labour, in the areas that have an estimate.")
        ),
        "expected_count_lower": Column(N_("children"), N_("Lower end of its 95 % interval.")),
        "expected_count_upper": Column(N_("children"), N_("Upper end of its 95 % interval.")),
    },
    "groups": {
        "area_code": Column(N_("text"), N_("Code of the area, or of the parent unit; empty for the country.")),
        "group": Column(
            N_("text"), N_("What is broken down: a determinant, a column of the population, or a group of `[[group]]`.")
        ),
        "category": Column(
            N_("text"),
            N_("Category of the group; empty where it is not stated; two joined by ` × ` for crossed groups."),
        ),
        "children": Column(N_("children"), N_("Children of the area in the category.")),
        "area_risk": Column(N_("proportion"), N_("Mean risk of these children.")),
        "se": Column(N_("proportion"), N_("Standard error of `area_risk`.")),
        "ci_lower": Column(N_("proportion"), N_("Lower end of the 95 % interval.")),
        "ci_upper": Column(N_("proportion"), N_("Upper end of the 95 % interval.")),
        "expected_count": Column(N_("children"), N_("Expected number of them in child labour.")),
        "withheld": Column(
            N_("code"),
            N_(
                "Empty; `cell`: too few children, nothing is shown; `complement`: its numbers would give away a withheld cell; `count`: small expected number."
            ),
        ),
    },
    "coefficients": {
        "term": Column(
            N_("text"),
            N_(
                "`(intercept)`, `sex=boy`, or the name of a numeric determinant; `age.s1` for a curved part of its spline; `sex=boy:age` for an interaction; with the area model, the name of an indicator."
            ),
        ),
        "determinant": Column(
            N_("text"), N_("Determinant of the term; `sex:age` for an interaction; empty for the intercept.")
        ),
        "category": Column(
            N_("text"),
            N_("Category of the term, or categories of an interaction with `×` between them; empty for a number."),
        ),
        "coef": Column(
            N_("log-odds"),
            N_(
                "Coefficient, for a category against the reference, for a number per unit; with the area model on its scale, for one standard deviation of the indicator."
            ),
        ),
        "se": Column(N_("log-odds"), N_("Design-based standard error of `coef`; of the area model's fit.")),
        "odds_ratio": Column(
            N_("ratio"),
            N_(
                "exp(`coef`), empty with the area model; of an interaction, a ratio of odds ratios. Of a curved part it says nothing by itself."
            ),
        ),
        "ci_lower": Column(N_("ratio"), N_("Lower end of the 95 % interval of the odds ratio.")),
        "ci_upper": Column(N_("ratio"), N_("Upper end of it.")),
        "p_value": Column(
            N_("0–1"),
            N_("Two-sided, Student's t with the degrees of freedom of the design; normal with the area model."),
        ),
        "ame": Column(
            N_("proportion"),
            N_(
                "Average marginal effect: how the risk differs on average, other determinants as observed; of a curve it stands with the first term. Empty for curved parts and interactions, which have none of their own. With the area model: of one standard deviation of the indicator."
            ),
        ),
        "ame_se": Column(N_("proportion"), N_("Standard error of `ame`.")),
    },
    "harmonisation": {
        "determinant": Column(N_("text"), N_("Name of a categorical determinant.")),
        "category": Column(
            N_("text"),
            N_("One of its categories; `(missing)` where the model has a category of those who lack the determinant."),
        ),
        "survey_share": Column(N_("proportion"), N_("Weighted share of the category in the survey.")),
        "population_share": Column(N_("proportion"), N_("Share of it in the population.")),
        "difference": Column(
            N_("proportion"),
            N_(
                "Survey less population. More than `population.tolerance` either way is a warning; more than 0.40, or two categories that have each other's share, look like reversed codes."
            ),
        ),
    },
    "contributions": {
        "area_code": Column(N_("text"), N_("Code of the area.")),
        "determinant": Column(N_("text"), N_("Name of the determinant, or of the indicator.")),
        "contribution": Column(
            N_("proportion, or index points"),
            N_(
                "Part of the gap between area and country that goes with it; `(benchmark)` is what the shift to the survey's own figures adds, `(area)` what the survey itself says of this area (predicted areas only); with the area model `(parent)` is what the parent unit adds and `(own)` what the area's measured rate says beyond both. The parts of an area add up to its gap."
            ),
        ),
        "role": Column(N_("code"), N_("`risk` above zero, `protective` below, empty at zero.")),
    },
    "priorities": {
        "rank": Column(
            N_("1, 2, …"), N_("Place on the list; equal scores share it. Empty where a criterion is unknown.")
        ),
        "area_code": Column(N_("text"), N_("Code of the area.")),
        "area_name": Column(N_("text"), N_("Name of the area.")),
        "score": Column(N_("0–1"), N_("Weighted mean of the criteria, each from 0 (lowest area) to 1 (highest).")),
        "rank_lower": Column(
            N_("1, 2, …"), N_("Best rank in 95 % of the draws in which every weight moves by up to 25 %.")
        ),
        "rank_upper": Column(N_("1, 2, …"), N_("Worst rank in them.")),
    },
    "clusters": {
        "area_code": Column(N_("text"), N_("Code of the area.")),
        "neighbours": Column(
            N_("areas"),
            N_("Number of its neighbours that have an estimate. Empty where there is none, or the area has no shape."),
        ),
        "local_i": Column(
            N_("–"),
            N_("Local Moran statistic: above zero where the area and its neighbours lie on the same side of the mean."),
        ),
        "p_value": Column(N_("0–1"), N_("Two-sided pseudo p-value of 9,999 conditional permutations.")),
        "q_value": Column(
            N_("0–1"), N_("The same after the false-discovery control of Benjamini and Hochberg over all areas.")
        ),
        "kind": Column(
            N_("code"),
            N_(
                "Where `q_value` is 0.05 or less: `high-high` (a high area among high ones), `low-low`, `high-low` (a high area among low ones), `low-high`; else empty."
            ),
        ),
        "cluster": Column(
            N_("1, 2, …"),
            N_(
                "Number of the group of contiguous `high-high` areas, or of contiguous `low-low` areas; 1 has the most areas. Empty for others."
            ),
        ),
    },
    "profile": {
        "source": Column(N_("code"), N_("`determinant` or `indicator`.")),
        "name": Column(N_("text"), N_("Name of the determinant or the indicator.")),
        "category": Column(N_("text"), N_("Category of the determinant; empty for a number.")),
        "level": Column(N_("0 to k"), N_("Level of the areas; 0 is the country.")),
        "areas": Column(N_("areas"), N_("Number of areas of that level.")),
        "mean": Column(
            N_("proportion, or its own unit"),
            N_(
                "Share of the children in the category, or mean of the number; weighted by children where all are known. Empty where a category stands for fewer than `privacy.min_children` children of some level."
            ),
        ),
        "ratio": Column(N_("ratio"), N_("`mean` over that of the lowest level; empty where that is not above zero.")),
    },
    "indicators": {
        "area_code": Column(N_("text"), N_("Code of the area.")),
        "<indicator>": Column(N_("its own unit"), N_("One column per indicator, as it stands in your table.")),
    },
    "index_scores": {
        "area_code": Column(N_("text"), N_("Code of the area.")),
        "index": Column(N_("points, 0–100"), N_("The index.")),
        "<indicator>": Column(
            N_("points, 0–100"),
            N_("Each indicator on the common scale, turned so that more is more vulnerable; filled values included."),
        ),
        "dim:<dimension>": Column(N_("points, 0–100"), N_("Each dimension: the mean of its indicators.")),
    },
    "validation": {
        "area_code": Column(N_("text"), N_("Code of the area.")),
        "area_name": Column(N_("text"), N_("Its name.")),
        "parent_code": Column(N_("text"), N_("Code of its parent unit.")),
        "parent_name": Column(N_("text"), N_("Name of that unit.")),
        "observed": Column(N_("proportion"), N_("The observed rate.")),
        "observed_n": Column(
            N_("children"),
            N_(
                "Effective number of children behind it: `n` over the design effect, or y (1 − y) / se². Empty where not known."
            ),
        ),
        "estimate": Column(N_("proportion, or points"), N_("The risk, or the index.")),
        "ci_lower": Column(N_("proportion"), N_("Lower end of the 95 % interval of the risk.")),
        "ci_upper": Column(N_("proportion"), N_("Upper end of it.")),
        "difference": Column(N_("proportion"), N_("Risk less observed rate; empty for an index.")),
        "rank_difference": Column(
            N_("proportion"),
            N_(
                "Places by which the results put the area nearer the first than the measure does, as a share of all places."
            ),
        ),
        "inside": Column(N_("true or false"), N_("Whether the interval holds the observed rate.")),
        "inside_with_error": Column(
            N_("true or false"), N_("The same, with the chance in the observed rate added. Empty without `observed_n`.")
        ),
        "level_observed": Column(
            N_("1 to k"), N_("Level of the observed rate by the rule of the study, with limits of its own.")
        ),
        "level": Column(N_("1 to k"), N_("Level of the area, as in `areas.csv`.")),
        "third_observed": Column(N_("1 to 3"), N_("Third of the areas by the observed rate, 3 is the highest.")),
        "third": Column(N_("1 to 3"), N_("Third of the areas by the results.")),
    },
    "direct": {
        "area_code": Column(N_("text"), N_("Code of the area.")),
        "in_sample": Column(N_("true or false"), N_("Whether it has a measured rate.")),
        "direct": Column(N_("proportion"), N_("The measured rate.")),
        "direct_lower": Column(N_("proportion"), N_("Lower end of its own 95 % interval, by chance alone.")),
        "direct_upper": Column(N_("proportion"), N_("Upper end of it.")),
        "direct_n": Column(N_("children"), N_("How many children drawn by lot would tell as much.")),
        "direct_weight": Column(
            N_("0–1"),
            N_(
                "Weight of the measured rate in the estimate, on the scale of the model; the rest is the weight of the indicators."
            ),
        ),
        "synthetic_risk": Column(N_("proportion"), N_("The rate by indicators and parent unit alone.")),
        "area_risk": Column(N_("proportion"), N_("The estimate, as in `areas.csv`.")),
    },
    **MORE,
}

# Codes in the column `notes` of areas.
NOTES: dict[str, str] = {
    "no_estimate": N_("Nothing could be estimated for the area."),
    "not_in_areas_table": N_("The area is in the population, but not in the table of areas."),
    "unscored_over_20": N_("More than 20 % of its children lack a determinant."),
    "margins_not_met": N_("Its totals cannot be met by any mixture of the survey's children; see `raking.csv`."),
    "count_withheld": N_("Its expected number is below `privacy.min_count`."),
    "synthetic_only": N_("It has no measured rate: the area model estimates it from its indicators alone."),
    "outside_model": N_("An indicator lies more than one standard deviation beyond what the model from a file saw."),
    "indicators_imputed": N_("A missing indicator was filled with the median of its parent unit, or of the country."),
    "too_few_indicators": N_(
        "A dimension lacks more than 30 % of its indicators: no score, or no estimate of the area model."
    ),
}

# How the head of a column reads; code names stay in the CSV files.
HEADS: dict[str, str] = {
    "area_code": N_("Code"), "area_name": N_("Area"), "parent_code": N_("Code of the parent unit"), "parent_name": N_("Parent unit"),
    "children": N_("Children"), "area_risk": N_("Risk"), "se": N_("Standard error"), "ci_lower": N_("Lower end, 95 % interval"),
    "ci_upper": N_("Upper end, 95 % interval"), "index": N_("Index"), "level": N_("Level"),
    "level_parent": N_("Level in the parent unit"), "level_probability": N_("Firmness of the level"),
    "expected_count": N_("Expected number"), "expected_count_lower": N_("Expected number, lower end"),
    "expected_count_upper": N_("Expected number, upper end"), "rank": N_("Rank"), "rank_lower": N_("Best rank"),
    "rank_upper": N_("Worst rank"), "unscored_share": N_("Children without a risk of their own"), "notes": N_("Notes"),
    "areas": N_("Areas"), "group": N_("Group"), "category": N_("Category"), "withheld": N_("Withheld"), "term": N_("Term"),
    "determinant": N_("Determinant"), "coef": N_("Coefficient"), "odds_ratio": N_("Odds ratio"), "p_value": N_("p-value"),
    "ame": N_("Average marginal effect"), "ame_se": N_("Standard error of the effect"), "survey_share": N_("Share in the survey"),
    "population_share": N_("Share in the population"), "difference": N_("Difference"), "contribution": N_("Contribution"),
    "role": N_("Role"), "score": N_("Score"), "neighbours": N_("Neighbours"), "local_i": N_("Local Moran"),
    "q_value": N_("p-value, corrected"), "kind": N_("Kind"), "cluster": N_("Cluster"), "source": N_("Source"), "name": N_("Name"),
    "mean": N_("Mean"), "ratio": N_("Times the lowest level"), "observed": N_("Observed rate"),
    "observed_n": N_("Children behind it"), "estimate": N_("Result"), "rank_difference": N_("Difference of places"),
    "inside": N_("Inside the interval"), "inside_with_error": N_("Inside, with the error of the measure"),
    "level_observed": N_("Level of the observed rate"), "third_observed": N_("Third by the observed rate"),
    "third": N_("Third by the results"), "in_sample": N_("Has a measured rate"), "direct": N_("Measured rate"),
    "direct_lower": N_("Measured, lower end"), "direct_upper": N_("Measured, upper end"), "direct_n": N_("Children it is worth"),
    "direct_weight": N_("Weight of the measure"), "synthetic_risk": N_("Rate by indicators alone"), "distance": N_("DP2 distance"),
    "unit": N_("Of what"), "against": N_("Against"), "gap": N_("Gap"), "scope": N_("Among which areas"), "place": N_("Place"),
    "peer_code": N_("Code of the area alike"), "order": N_("Place among all areas"), "lower": N_("Clearly lower"),
    "totals_gap": N_("Totals apart"), "iterations": N_("Sweeps"), "met": N_("Totals met"),
    "children_asked": N_("Children asked"), "effect": N_("What the survey adds"), "effect_se": N_("Its standard deviation"),
    "rank_median": N_("Middle rank"), "level_stability": N_("Draws at this level"), "choice": N_("Choice"),
    "first_order": N_("Goes with it alone"), "first_lower": N_("Alone, lower end"), "first_upper": N_("Alone, upper end"),
    "total": N_("Goes with it in all"), "total_lower": N_("In all, lower end"), "total_upper": N_("In all, upper end"),
    "part": N_("Part"), "weight": N_("Weight"), "rank_correlation": N_("Correlation of ranks"),
    "areas_other_level": N_("Areas at another level"), "mean_shift": N_("Mean shift of ranks"),
    "largest_shift": N_("Largest shift"), "dimension": N_("Dimension"), "correlation": N_("Correlation with the index"),
    "linear_importance": N_("Correlation, squared"), "share": N_("Share of importance"), "alpha": N_("Cronbach's α"),
    "peer_name": N_("Area alike"), "other": N_("The other"), "same_dimension": N_("In one dimension"), "pearson": N_("Correlation"),
    "spearman": N_("Correlation of ranks"), "label": N_("Name"), "ours": N_("In the files"), "published": N_("Published"),
    "within": N_("Within tolerance"), "tolerance": N_("Tolerance"), "year": N_("Year"), "measure": N_("Measure"),
}  # fmt: skip

# Where the same name is something else in one table.
HEADS_OF_TABLE: dict[tuple[str, str], str] = {
    ("peers", "distance"): N_("How far apart"),
    ("estimators", "in_sample"): N_("Asked in the survey"),
    ("reconciliation", "measure"): N_("What is counted"),
    ("reconciliation", "share"): N_("Difference over the published total"),
}
