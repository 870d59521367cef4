"""Words of problems met when areas are predicted with what the survey itself says of them."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "prediction_no_column": ProblemWords(
        N_("Areas cannot be predicted: the survey does not say which area each child lives in."),
        N_('Name the column of the area as survey.area_code, or write area_estimate = "synthetic".'),
    ),
    "prediction_few_areas": ProblemWords.counted(
        NN_(
            "Areas cannot be predicted: the survey has children of only {count} area, and at least {wanted} are needed to tell how much areas differ.",
            "Areas cannot be predicted: the survey has children of only {count} areas, and at least {wanted} are needed to tell how much areas differ.",
        ),
        N_(
            'Check that survey.area_code names the column of municipalities, not of regions. If the survey covers so few, write area_estimate = "synthetic".'
        ),
    ),
    "prediction_rows_without_area": ProblemWords.counted(
        NN_(
            "{count} child of the survey has no area code and was left out when areas were predicted.",
            "{count} children of the survey have no area code and were left out when areas were predicted.",
        ),
        N_("Fill in the codes if they are known."),
    ),
    "prediction_not_converged": ProblemWords(
        N_("Areas cannot be predicted: no best fit of the model with differences between areas was found."),
        N_(
            'Leave out determinants with very few children in a category, or write area_estimate = "synthetic". The model without differences between areas is not affected.'
        ),
    ),
    "prediction_no_differences": ProblemWords(
        N_("The survey shows no difference between areas beyond what the determinants explain."),
        N_("Nothing needs to be done: the prediction of every area is the synthetic estimate."),
    ),
    "study_not_with_prediction": ProblemWords(
        N_("This key does not go together with the prediction of areas from the survey."),
        N_(
            'Write area_estimate = "synthetic", or leave this key out. Regions are not brought into line with benchmark = false.'
        ),
    ),
}
