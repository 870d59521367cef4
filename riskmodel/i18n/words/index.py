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
