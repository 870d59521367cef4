"""Words of problems of the vulnerability index."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "index_indicator_constant": ProblemWords(
        N_("The indicator “{indicator}” has the same value everywhere, so it cannot tell areas apart."),
        N_("Check that the right column was chosen, or take the indicator out."),
    ),
    "index_indicator_empty": ProblemWords(
        N_("The indicator “{indicator}” has no value at all."),
        N_("Check that the right column was chosen and that its values are numbers."),
    ),
    "index_name_reserved": ProblemWords(
        N_("An indicator cannot be called “{name}”: the results use that name."),
        N_("Give the indicator another name."),
    ),
    "index_dimension_without_weight": ProblemWords(
        N_("The dimension “{dimension}” has no weight, while others have one."),
        N_("Write its weight in [index] dimension_weights, or delete them all for equal weights."),
    ),
    "index_weight_without_dimension": ProblemWords(
        N_("There is a weight for the dimension “{dimension}”, which no indicator belongs to."),
        N_("Correct its name or delete the weight. The dimensions are: {known}."),
    ),
    "index_goalposts_absent": ProblemWords(
        N_("The indicator “{indicator}” has no goalposts, and the study normalises by goalposts."),
        N_("Write its best and worst value in the table of indicators, or normalise by the lowest and highest value."),
    ),
    "index_goalposts_turned": ProblemWords(
        N_(
            "The best value ({best}) and the worst value ({worst}) of the indicator “{indicator}” contradict its direction."
        ),
        N_("Where more is more risk, the worst value is the larger one. Correct the values or the direction."),
    ),
    "index_treatment_with_goalposts": ProblemWords(
        N_("Extreme values cannot be treated together with goalposts: the goalposts limit them already."),
        N_("Leave the treatment out, or normalise in another way."),
    ),
    "index_needs_rate": ProblemWords(
        N_("The weights are to be estimated on an earlier measured rate, but there is none."),
        N_("Name the column of the rate in [index] rate, or declare an observed rate, or weigh in another way."),
    ),
    "index_needs_points": ProblemWords(
        N_("The weights are to come from a workshop, but there is no table of points."),
        N_("Name the file of the points in [index.workshop], or weigh in another way."),
    ),
    "index_rate_is_observed": ProblemWords(
        N_(
            "The weights are estimated on the same rate that the index is compared with, so that comparison proves nothing."
        ),
        N_("Name in [index] rate a rate of another year or source, or compare the index with another rate."),
    ),
    "index_rate_in_percent": ProblemWords.counted(
        NN_(
            "{count} value of the rate for the weights is above 1: the column looks like percentages.",
            "{count} values of the rate for the weights are above 1: the column looks like percentages.",
        ),
        N_('Write rate_unit = "percent" in [index].'),
    ),
    "index_rate_outside": ProblemWords.counted(
        NN_(
            "{count} value of the rate for the weights is below 0 or above {top}.",
            "{count} values of the rate for the weights are below 0 or above {top}.",
        ),
        N_("Correct the values in the table of areas, or leave them blank."),
    ),
    "index_rate_few": ProblemWords.counted(
        NN_(
            "{count} area has a measured rate; at least {wanted} are needed to estimate weights on it.",
            "{count} areas have a measured rate; at least {wanted} are needed to estimate weights on it.",
        ),
        N_("Use fewer indicators, or weigh in another way."),
    ),
    "index_rate_says_nothing": ProblemWords(
        N_("No indicator goes with the measured rate in its declared direction, so no weights can be estimated on it."),
        N_("Look at the directions of the indicators, or weigh in another way."),
    ),
    "index_entropy_nothing": ProblemWords(
        N_("All areas are alike in every indicator, so entropy gives no weights."),
        N_("Weigh in another way."),
    ),
    "index_component_against": ProblemWords(
        N_("In the dimension “{dimension}” these go against the other indicators and get no weight: {indicators}."),
        N_("Look at their direction. Where it is right, they belong in another dimension, or weigh in another way."),
    ),
    "index_component_dimension_against": ProblemWords(
        N_("These dimensions go against the others and get no weight: {indicators}."),
        N_("An index of principal components can hold only what goes together. Weigh in another way to keep them."),
    ),
    "index_component_divided": ProblemWords(
        N_("Two equal sides of the dimension “{dimension}” go against each other, so all weigh the same there."),
        N_("Look at the directions of its indicators, or weigh in another way."),
    ),
    "index_without_weight": ProblemWords.counted(
        NN_(
            "One indicator has no weight in the index: {indicators}.",
            "{count} indicators have no weight in the index: {indicators}.",
        ),
        N_("They are shown and described, but do not change the index. Weigh in another way to count them."),
    ),
    "index_settings_unused": ProblemWords.counted(
        NN_(
            "One setting of the index is not used with this method: {keys}.",
            "{count} settings of the index are not used with this method: {keys}.",
        ),
        N_("Delete them, or make the index as a mean of indicators."),
    ),
    "index_too_few_areas": ProblemWords(
        N_(
            "There are {count} areas and {indicators} indicators: this way of making the index needs more areas than indicators."
        ),
        N_("Take indicators out, or use equal weights and a mean."),
    ),
    "index_few_areas": ProblemWords(
        N_("There are fewer areas ({count}) than indicators ({indicators}): a single value decides much."),
        N_("Use fewer indicators, or read the order of areas with care."),
    ),
    "index_flat_where_scored": ProblemWords(
        N_("Among the areas that can be scored these indicators do not vary: {indicators}."),
        N_("Take them out, or complete the values of the other areas."),
    ),
    "index_direction_doubtful": ProblemWords(
        N_(
            "Is the direction of “{indicator}” right? It goes against the rest of the dimension “{dimension}” ({others}; correlation {correlation})."
        ),
        N_("Correct the direction if it is wrong. If it is right, the two sides make up for each other in the index."),
    ),
    "index_beyond_reference": ProblemWords(
        N_("Some areas are worse than the reference value of these indicators: {indicators}."),
        N_(
            "Write a reference at least as bad as the worst area: the distance does not know on which side of it an area is."
        ),
    ),
    "index_order_unsettled": ProblemWords(
        N_(
            "The order of the indicators in the distance did not settle in {rounds} rounds; that of the last round was used."
        ),
        N_("Leave out one of two indicators that say nearly the same."),
    ),
    "index_winsorised": ProblemWords.counted(
        NN_(
            "One extreme value of the indicator “{indicator}” counts as the next one.",
            "{count} extreme values of the indicator “{indicator}” count as the next one.",
        ),
        N_("Nothing needs to be done. The table of areas keeps the values as they are."),
    ),
    "index_logged": ProblemWords(
        N_("The indicator “{indicator}” has a long tail, so its logarithm is used."),
        N_("Nothing needs to be done. The table of areas keeps the values as they are."),
    ),
    "index_points_columns": ProblemWords(
        N_(
            "A table with one row per person and indicator needs three columns named: participant, indicator and points."
        ),
        N_("Name all three in [index.workshop], or none of them for a table with one column per indicator."),
    ),
    "index_points_no_indicator": ProblemWords(
        N_("The table of points has no column for the indicator “{indicator}”."),
        N_("Add the column, with 0 where nobody gave it points; its head is the name of the indicator."),
    ),
    "index_points_unknown": ProblemWords(
        N_("The table of points names an indicator that the study does not have: “{name}”."),
        N_("Write its name as in the table of indicators."),
    ),
    "index_points_negative": ProblemWords.counted(
        NN_("{count} number of points is below zero.", "{count} numbers of points are below zero."),
        N_("Points start at 0. Correct the table."),
    ),
    "index_points_nobody": ProblemWords(
        N_("Nobody gave any points."),
        N_("Fill in the table, or weigh in another way."),
    ),
    "index_points_empty": ProblemWords.counted(
        NN_("One person gave no points and does not count.", "{count} people gave no points and do not count."),
        N_("Nothing needs to be done if that is so."),
    ),
    "index_points_scaled": ProblemWords.counted(
        NN_(
            "The points of one person did not sum to 100 and were scaled to it.",
            "The points of {count} people did not sum to 100 and were scaled to it.",
        ),
        N_("Nothing needs to be done: everybody counts the same."),
    ),
    "indicator_table_heads": ProblemWords(
        N_("The table has no column “indicator”, so it is no table of indicators."),
        N_("Download the table of the study and edit that. Its heads are: {heads}."),
    ),
    "indicator_table_no_name": ProblemWords.counted(
        NN_(
            "{count} row has no name in the column “indicator”.", "{count} rows have no name in the column “indicator”."
        ),
        N_("Give each indicator a short name, or delete the row."),
    ),
    "indicator_table_twice": ProblemWords.counted(
        NN_("{count} row repeats the name of another indicator.", "{count} rows repeat the name of another indicator."),
        N_("Every indicator needs a name of its own."),
    ),
    "indicator_table_name": ProblemWords.counted(
        NN_(
            "{count} name in the column “indicator” holds more than small letters, digits and _.",
            "{count} names in the column “indicator” hold more than small letters, digits and _.",
        ),
        N_("Write it like “school_lag”, beginning with a letter. What people read is the label."),
    ),
    "indicator_table_direction": ProblemWords.counted(
        NN_("{count} direction is neither 1 nor -1.", "{count} directions are neither 1 nor -1."),
        N_("Write 1 where more is more risk and -1 where more is less risk."),
    ),
    "indicator_table_weight": ProblemWords.counted(
        NN_("{count} weight is zero or negative.", "{count} weights are zero or negative."),
        N_("Weights are above zero. Delete the row of an indicator that should not count."),
    ),
    "indicator_table_row": ProblemWords(
        N_("The row of the indicator “{name}” cannot be read."),
        N_("Look at its year and its numbers: the year is a whole number."),
    ),
    "indicator_negative": ProblemWords.counted(
        NN_(
            "{count} value of the indicator “{indicator}” is below zero, which its unit ({unit}) does not allow.",
            "{count} values of the indicator “{indicator}” are below zero, which its unit ({unit}) does not allow.",
        ),
        N_("Correct the values, leave them blank where unknown, or correct the unit."),
    ),
    "indicator_above_hundred": ProblemWords.counted(
        NN_(
            "{count} value of the indicator “{indicator}” is above 100, and its unit is {unit}.",
            "{count} values of the indicator “{indicator}” are above 100, and its unit is {unit}.",
        ),
        N_("Correct the values if they are shares of something; otherwise correct the unit."),
    ),
    "indicator_above_one": ProblemWords.counted(
        NN_(
            "{count} value of the indicator “{indicator}” is above 1, and its unit is {unit}.",
            "{count} values of the indicator “{indicator}” are above 1, and its unit is {unit}.",
        ),
        N_("Correct the values, or write the unit as a percentage."),
    ),
    "indicator_mixed_units": ProblemWords.counted(
        NN_(
            "The indicator “{indicator}” seems to mix proportions and percentages: most values are at most 1, but {count} is far above.",
            "The indicator “{indicator}” seems to mix proportions and percentages: most values are at most 1, but {count} are far above.",
        ),
        N_("Write all its values in the same unit. If they are right as they are, nothing needs to be done."),
    ),
    "index_no_area_scored": ProblemWords(
        N_("No area has enough indicators for a score: each dimension needs 70 % of its own."),
        N_("Take out the indicators with few values, or complete the table."),
    ),
    "index_areas_without_score": ProblemWords.counted(
        NN_(
            "One area has no score: it lacks more than 30 % of the indicators of a dimension ({dimensions}).",
            "{count} areas have no score: they lack more than 30 % of the indicators of a dimension ({dimensions}).",
        ),
        N_("Complete their values in the table of areas. Until then they are drawn as “no data”."),
    ),
    "index_values_imputed": ProblemWords.counted(
        NN_(
            "One missing value of the indicator “{indicator}” was filled with the median of its unit.",
            "{count} missing values of the indicator “{indicator}” were filled with the median of their unit.",
        ),
        N_("Nothing needs to be done. Complete the table of areas if the values can be had."),
    ),
}
