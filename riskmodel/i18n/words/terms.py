"""Words of problems with curves and interactions of the survey model."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

JOIN = N_(
    "Delete the interaction, or join categories that few children have, in the map of the determinant for the survey and "
    "for the population."
)

WORDS = {
    "model_spline_knots": ProblemWords(
        N_("The curve of “{determinant}” cannot be drawn: two of its knots fall together ({knots})."),
        N_("Use a smaller df, or write knots that lie between the smallest and the largest value of the survey."),
    ),
    "model_interaction_no_spread": ProblemWords(
        N_("In the category “{category}” of “{of}”, “{determinant}” has too few different values for the interaction."),
        JOIN,
    ),
    "model_interaction_empty": ProblemWords(
        N_(
            "No child of the survey is “{a}” in “{first}” and “{b}” in “{second}” at once, so the interaction of the two "
            "cannot be estimated."
        ),
        JOIN,
    ),
    "model_interaction_none_positive": ProblemWords.counted(
        NN_(
            "Of the children with “{a}” in “{first}” and “{b}” in “{second}” ({count} child of the survey) none is in child "
            "labour. The interaction of the two cannot be estimated.",
            "Of the children with “{a}” in “{first}” and “{b}” in “{second}” ({count} children of the survey) none is in "
            "child labour. The interaction of the two cannot be estimated.",
        ),
        JOIN,
    ),
    "model_interaction_all_positive": ProblemWords.counted(
        NN_(
            "With “{a}” in “{first}” and “{b}” in “{second}”, the {count} child of the survey is in child labour. The "
            "interaction of the two cannot be estimated.",
            "With “{a}” in “{first}” and “{b}” in “{second}”, all {count} children of the survey are in child labour. The "
            "interaction of the two cannot be estimated.",
        ),
        JOIN,
    ),
    "model_interaction_penalised": ProblemWords.counted(
        NN_(
            "With “{a}” in “{first}” and “{b}” in “{second}” there is only {count} child of the survey. The risk of the "
            "combination is estimated with a penalty and is very unsure.",
            "With “{a}” in “{first}” and “{b}” in “{second}”, none or all of the {count} children of the survey are in "
            "child labour. The risk of the combination is estimated with a penalty and is very unsure.",
        ),
        JOIN,
    ),
    "applied_terms_of_model": ProblemWords(
        N_("The study has curves or interactions of its own. They are not used: the model from the file has its own."),
        N_("Delete spline and [[interaction]] from the study, so that it says what is computed."),
    ),
    "contributions_sampled": ProblemWords(
        N_(
            "What sets areas apart was computed from {pairs} pairs of random orders of the determinants: all orders would "
            "take too long with {profiles} combinations of {determinants} determinants."
        ),
        N_(
            "The parts of each area still add up to its gap. For exact parts use fewer determinants or interactions, or "
            "cut numbers into bands."
        ),
    ),
}
