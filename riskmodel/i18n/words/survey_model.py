"""Words of problems met when the survey model is fitted."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "model_weight_not_positive": ProblemWords.counted(
        NN_(
            "{count} row of the survey has a weight that is missing, zero or negative.",
            "{count} rows of the survey have a weight that is missing, zero or negative.",
        ),
        N_("Use the expansion factor published with the survey. Delete the rows of people who were not interviewed."),
    ),
    "model_no_rows": ProblemWords(
        N_("No child of the survey can be used: the age range, the outcome or a determinant leaves nobody."),
        N_("Check the age range and the rules of the determinants. One that is missing for everybody leaves nobody."),
    ),
    "model_no_determinant": ProblemWords(
        N_("Every determinant is out of the model, so there is nothing to compare children by."),
        N_("Tick “In the model” for at least one determinant, or write in_model = true in the study file."),
    ),
    "model_no_positive": ProblemWords.counted(
        NN_(
            "The one child used has no child labour, so there is nothing to model.",
            "None of the {count} children used is in child labour, so there is nothing to model.",
        ),
        N_(
            "Check the column of the outcome: 1 means in child labour, 0 not. If it is right, use the vulnerability index."
        ),
    ),
    "model_no_negative": ProblemWords.counted(
        NN_(
            "The one child used is in child labour, so there is nothing to compare with.",
            "All {count} children used are in child labour, so there is nothing to compare with.",
        ),
        N_("Check the column of the outcome: 1 means in child labour, 0 not."),
    ),
    "model_determinant_constant": ProblemWords(
        N_("The determinant “{determinant}” has the same value for every child of the survey."),
        N_("Take it out of the study, or check its rule: a map may put everything into one category."),
    ),
    "model_reference_unknown": ProblemWords(
        N_("The reference “{category}” of the determinant “{determinant}” does not occur in the survey."),
        N_("Choose one of these as the reference: {known}."),
    ),
    "model_category_none_positive": ProblemWords.counted(
        NN_(
            "In the category “{category}” of “{determinant}” ({count} child of the survey) nobody is in child labour. "
            "Its risk cannot be estimated.",
            "In the category “{category}” of “{determinant}” ({count} children of the survey) nobody is in child labour. "
            "Its risk cannot be estimated.",
        ),
        N_(
            "Join the category with a similar one in the map of the determinant, for the survey and for the population. "
            'If it must stay by itself, write estimation = "firth" in the section of the survey.'
        ),
    ),
    "model_category_all_positive": ProblemWords.counted(
        NN_(
            "In the category “{category}” of “{determinant}” the {count} child of the survey is in child labour. "
            "Its risk cannot be estimated.",
            "In the category “{category}” of “{determinant}” all {count} children of the survey are in child labour. "
            "Its risk cannot be estimated.",
        ),
        N_(
            "Join the category with a similar one in the map of the determinant, for the survey and for the population. "
            'If it must stay by itself, write estimation = "firth" in the section of the survey.'
        ),
    ),
    "model_category_penalised": ProblemWords.counted(
        NN_(
            "The category “{category}” of “{determinant}” has only {count} child of the survey. The risk of the category is "
            "estimated with a penalty and is very unsure.",
            "In the category “{category}” of “{determinant}” either none or all of the {count} children of the survey are "
            "in child labour. The risk of the category is estimated with a penalty and is very unsure.",
        ),
        N_(
            "Join the category with a similar one in the map of the determinant, for the survey and for the population."
        ),
    ),
    "model_separation": ProblemWords(
        N_("Taken together, these determinants predict the outcome of some children perfectly: {determinants}."),
        N_(
            "Take one of them out, or join categories that few children have. "
            'If all must stay, write estimation = "firth" in the section of the survey.'
        ),
    ),
    "model_collinear": ProblemWords(
        N_("These determinants repeat each other, so their coefficients cannot be told apart: {determinants}."),
        N_("Take one of them out, or join categories that always come together."),
    ),
    "model_rows_missing": ProblemWords.counted(
        NN_(
            "{count} child of the survey ({percent} %) lacks the outcome or a determinant and was left out of the fit: "
            "{determinants}.",
            "{count} children of the survey ({percent} %) lack the outcome or a determinant and were left out of the fit: "
            "{determinants}.",
        ),
        N_("If many are left out, give the missing value a category of its own in the map of the determinant."),
    ),
    "model_few_positive": ProblemWords.counted(
        NN_(
            "Only {count} child of the survey is in child labour. Estimates for small areas will be unsure.",
            "Only {count} children of the survey are in child labour. Estimates for small areas will be unsure.",
        ),
        N_(
            "With fewer than {wanted}, use few determinants, compare with the vulnerability index, and consider "
            'estimation = "firth" in the section of the survey.'
        ),
    ),
    "model_few_positive_per_term": ProblemWords.counted(
        NN_(
            "The model has {terms} coefficients and only {count} child in child labour.",
            "The model has {terms} coefficients and only {count} children in child labour.",
        ),
        N_(
            "Take determinants out or join categories, until there are {wanted} children in child labour per coefficient."
        ),
    ),
    "model_lonely_psu": ProblemWords.counted(
        NN_(
            "{count} stratum has only one primary sampling unit, so its sampling error cannot be computed: {strata}.",
            "{count} strata have only one primary sampling unit, so their sampling error cannot be computed: {strata}.",
        ),
        N_('Join each with a similar stratum, or choose a rule in the study file, for example lonely_psu = "adjust".'),
    ),
    "model_no_degrees_of_freedom": ProblemWords.counted(
        NN_(
            "The survey has {count} primary sampling unit in {strata} strata, too few for {terms} coefficients: "
            "intervals cannot be computed.",
            "The survey has {count} primary sampling units in {strata} strata, too few for {terms} coefficients: "
            "intervals cannot be computed.",
        ),
        N_("Check the columns of stratum and PSU, or use fewer determinants."),
    ),
}
