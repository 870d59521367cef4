"""Words of problems met when the differences between areas are estimated from the survey."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "area_variance_no_column": ProblemWords(
        N_(
            "The study does not say which column of the survey holds the area of each child, so the intervals leave out what the determinants do not explain about an area: they are too narrow."
        ),
        N_(
            "If the survey holds the code of the municipality, name its column as survey.area_code; the codes must be those of the population. Otherwise read the intervals as a lower bound of the uncertainty."
        ),
    ),
    "area_variance_few_areas": ProblemWords.counted(
        NN_(
            "The survey has children of only {count} area, too few to estimate how much areas differ beyond the determinants; at least {wanted} are needed. The intervals are too narrow.",
            "The survey has children of only {count} areas, too few to estimate how much areas differ beyond the determinants; at least {wanted} are needed. The intervals are too narrow.",
        ),
        N_(
            "Check that survey.area_code names the column of municipalities, not of regions. If the survey covers so few, read the intervals as a lower bound of the uncertainty."
        ),
    ),
    "area_variance_rows_without_area": ProblemWords.counted(
        NN_(
            "{count} child of the survey has no area code and was left out when the differences between areas were estimated.",
            "{count} children of the survey have no area code and were left out when the differences between areas were estimated.",
        ),
        N_("Fill in the codes if they are known. The coefficients of the model are not affected."),
    ),
    "area_variance_few_psus": ProblemWords(
        N_(
            "Nearly every area has a single primary sampling unit in the survey, so what its children share counts as a difference between areas: the intervals may be somewhat too wide."
        ),
        N_("Check the column of the primary sampling unit. If it is right, nothing needs to be done."),
    ),
    "area_variance_zero": ProblemWords(
        N_(
            "The survey shows no difference between areas beyond what the determinants explain. The intervals allow for differences too small to be seen in it."
        ),
        N_(
            "Nothing needs to be done. With more areas or more children per area in the survey the intervals would be narrower."
        ),
    ),
}
