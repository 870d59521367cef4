"""Columns of the tables that tell how results came about: gaps, fit of totals, areas alike, robustness of an index."""

from __future__ import annotations

from riskmodel.i18n import N_
from riskmodel.outputs.spreadsheets.column import Column

MORE: dict[str, dict[str, Column]] = {
    "gaps": {
        "unit": Column(N_("code"), N_("`country`, `parent` or `area`.")),
        "area_code": Column(N_("text"), N_("Code of the area or of the parent unit; empty for the country.")),
        "group": Column(N_("text"), N_("The group.")),
        "category": Column(N_("text"), N_("One of its categories.")),
        "against": Column(N_("text"), N_("The other.")),
        "gap": Column(N_("proportion"), N_("Mean risk of `category` less that of `against`.")),
        "se": Column(
            N_("proportion"), N_("Standard error of `gap`, from the gradient of the difference; see `docs/method.md`.")
        ),
        "ci_lower": Column(N_("proportion"), N_("Lower end of the 95 % interval.")),
        "ci_upper": Column(N_("proportion"), N_("Upper end of it.")),
    },
    "peers": {
        "area_code": Column(N_("text"), N_("Code of the area.")),
        "scope": Column(
            N_("code"),
            N_(
                "Among which areas: `all`; `same_size` (the same fifth of the areas by children, where all are known); `lower` (clearly lower risk or index, among the most similar quarter of all areas)."
            ),
        ),
        "place": Column(N_("1 to 6"), N_("1 is the most similar area of the scope.")),
        "peer_code": Column(N_("text"), N_("Code of the similar area.")),
        "distance": Column(
            N_("–"), N_("Euclidean distance between the two in standardised determinants and indicators.")
        ),
        "order": Column(N_("1, 2, …"), N_("Place of the similar area among all areas by likeness.")),
        "lower": Column(
            N_("true or false"),
            N_(
                "Whether its risk or index is at least a fifth lower and the difference, where errors are known, is above chance."
            ),
        ),
    },
    "reconciliation": {
        "measure": Column(
            N_("code"), N_("What is counted: `children`, `survey` (by its weights), or a column of the areas.")
        ),
        "label": Column(N_("text"), N_("The same as the study names it; empty where it does not.")),
        "parent_code": Column(N_("text"), N_("Code of the parent unit; empty for the country.")),
        "parent_name": Column(N_("text"), N_("Its name.")),
        "ours": Column(
            N_("counted"),
            N_("What the files of the study count. Empty where they count nothing, or fewer than `min_children`."),
        ),
        "published": Column(N_("counted"), N_("What was published, in units.")),
        "difference": Column(N_("counted"), N_("`ours` less `published`.")),
        "share": Column(N_("proportion"), N_("`difference` over `published`.")),
        "within": Column(
            N_("true or false"),
            N_(
                "Whether the two agree within the tolerance, after the coverage of the population. Empty where one is unknown."
            ),
        ),
        "tolerance": Column(N_("proportion"), N_("The tolerance.")),
        "year": Column(N_("year"), N_("Year of the published total.")),
        "source": Column(N_("text"), N_("Who published it.")),
    },
    "raking": {
        "area_code": Column(N_("text"), N_("Code of the area.")),
        "children": Column(N_("children"), N_("Its children, by the totals of the first determinant.")),
        "totals_gap": Column(
            N_("proportion"), N_("Largest difference between the totals of its determinants, before they were scaled.")
        ),
        "iterations": Column(
            N_("sweeps"), N_("Sweeps over all determinants until the fit. Empty where the area could not be fitted.")
        ),
        "gap": Column(N_("proportion"), N_("Largest share of its children by which a fitted total is away.")),
        "met": Column(N_("true or false"), N_("Whether `gap` is at most 0.001.")),
    },
    "estimators": {
        "area_code": Column(N_("text"), N_("Code of the area.")),
        "in_sample": Column(N_("true or false"), N_("Whether the survey has children of the area.")),
        "children_asked": Column(N_("children"), N_("How many of them the model was fitted on.")),
        "area_risk": Column(N_("proportion"), N_("The prediction, as in `areas.csv`.")),
        "se": Column(N_("proportion"), N_("Its standard error, as in `areas.csv`.")),
        "synthetic_risk": Column(
            N_("proportion"),
            N_(
                "What the same model says without the area's own children in the survey. Equal to `area_risk` outside the survey."
            ),
        ),
        "effect": Column(
            N_("log-odds"),
            N_("How much higher the survey puts the area than its determinants do. Empty outside the survey."),
        ),
        "effect_se": Column(N_("log-odds"), N_("Standard deviation of that effect, given the survey.")),
    },
    "index_robustness": {
        "area_code": Column(N_("text"), N_("Code of the area.")),
        "rank": Column(N_("1, 2, …"), N_("Its rank in the study.")),
        "rank_lower": Column(N_("1, 2, …"), N_("Best rank in 95 % of the draws.")),
        "rank_median": Column(N_("1, 2, …"), N_("Middle rank of the draws.")),
        "rank_upper": Column(N_("1, 2, …"), N_("Worst rank in 95 % of the draws.")),
        "level": Column(N_("1 to k"), N_("Its level in the study.")),
        "level_stability": Column(
            N_("proportion"),
            N_(
                "Share of the draws in which it keeps that level. In a draw every level has as many areas as in the study."
            ),
        ),
    },
    "index_sensitivity": {
        "choice": Column(
            N_("code"),
            N_(
                "`treatment`, `normalisation`, `within` (mean within dimensions), `between` (mean between them), `weights`."
            ),
        ),
        "first_order": Column(
            N_("proportion"),
            N_(
                "Share of the variance of the mean shift of ranks that goes with the choice alone (Sobol). Estimates near 0 may fall below it."
            ),
        ),
        "first_lower": Column(N_("proportion"), N_("Lower end of its 95 % bootstrap interval.")),
        "first_upper": Column(N_("proportion"), N_("Upper end of it.")),
        "total": Column(N_("proportion"), N_("The same with what it does together with other choices.")),
        "total_lower": Column(N_("proportion"), N_("Lower end of its 95 % bootstrap interval.")),
        "total_upper": Column(N_("proportion"), N_("Upper end of it.")),
    },
    "index_removed": {
        "part": Column(N_("code"), N_("`indicator` or `dimension`.")),
        "name": Column(N_("text"), N_("What is left out.")),
        "weight": Column(N_("proportion"), N_("Its weight in the index.")),
        "rank_correlation": Column(N_("–1 to 1"), N_("Spearman's correlation of the index without it with the index.")),
        "areas": Column(N_("areas"), N_("Areas with a score.")),
        "areas_other_level": Column(
            N_("areas"), N_("How many would have another level, every level as large as in the study.")
        ),
        "mean_shift": Column(N_("ranks"), N_("Mean absolute shift of a rank.")),
        "largest_shift": Column(N_("ranks"), N_("Largest one.")),
        "area_code": Column(N_("text"), N_("Code of the area that moves so far.")),
    },
    "index_importance": {
        "part": Column(N_("code"), N_("`indicator`, `dimension` or `index`.")),
        "name": Column(N_("text"), N_("Its name; empty for the index.")),
        "dimension": Column(N_("text"), N_("Dimension it belongs to.")),
        "weight": Column(N_("proportion"), N_("Weight in the index.")),
        "correlation": Column(N_("–1 to 1"), N_("Pearson's correlation with the index.")),
        "linear_importance": Column(N_("proportion"), N_("Its square.")),
        "first_order": Column(
            N_("proportion"), N_("Share of the index's variance that lies between groups of areas alike in it.")
        ),
        "share": Column(
            N_("proportion"),
            N_("`first_order` over the sum of all indicators (or dimensions): to hold against `weight`."),
        ),
        "alpha": Column(N_("up to 1"), N_("Cronbach's α of the indicators of a dimension; of all, for the index.")),
    },
    "index_coherence": {
        "part": Column(N_("code"), N_("`indicator` or `dimension`: what the pair is of.")),
        "name": Column(N_("text"), N_("One of the pair.")),
        "other": Column(N_("text"), N_("The other.")),
        "same_dimension": Column(N_("true or false"), N_("Whether both are indicators of one dimension.")),
        "pearson": Column(N_("–1 to 1"), N_("Correlation of their scores, direction applied. Empty for a constant.")),
        "spearman": Column(N_("–1 to 1"), N_("Correlation of their ranks.")),
    },
}
