"""Words of what can be wrong with the observed rates that results are held against."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "study_observed_measure": ProblemWords(
        N_("The observed rate needs either cases and total, or a rate."),
        N_("In [observed] name the columns of cases and of total, or the column of the rate, not both."),
    ),
    "study_observed_two_errors": ProblemWords(
        N_("The observed rate has both a number of children (n) and a standard error (se)."),
        N_("Keep one of the two in [observed]."),
    ),
    "study_observed_needs_areas": ProblemWords(
        N_("The observed rate has no table to be read from."),
        N_("Add [areas] with the table of areas; the observed rate is a column of it or of a table joined to it."),
    ),
    "observed_negative": ProblemWords.counted(
        NN_(
            "{count} number of the observed rate is negative.",
            "{count} numbers of the observed rate are negative.",
        ),
        N_("Counts, rates and errors are zero or more. Leave the cell blank where nothing was measured."),
    ),
    "observed_cases_above_total": ProblemWords.counted(
        NN_(
            "{count} area has more observed cases than children.",
            "{count} areas have more observed cases than children.",
        ),
        N_("Check that cases and total are of the same children, and not in each other's place."),
    ),
    "observed_total_zero": ProblemWords.counted(
        NN_(
            "{count} area has an observed total of zero and no observed rate.",
            "{count} areas have an observed total of zero and no observed rate.",
        ),
        N_("It is left out of the comparison. Nothing needs to be done if nobody was counted there."),
    ),
    "observed_in_percent": ProblemWords.counted(
        NN_(
            "{count} observed rate is above 1, as percentages are.",
            "{count} observed rates are above 1, as percentages are.",
        ),
        N_('If 12 means 12 %, write unit = "percent" in [observed].'),
    ),
    "observed_outside": ProblemWords.counted(
        NN_(
            "{count} observed rate is below 0 or above {top}.",
            "{count} observed rates are below 0 or above {top}.",
        ),
        N_("Correct the rate, or leave the cell blank where nothing was measured."),
    ),
    "observed_in_proportion": ProblemWords(
        N_("No observed rate is above 1, though they are declared as percentages."),
        N_('If 0.12 means 12 %, write unit = "proportion" in [observed].'),
    ),
    "observed_area_code": ProblemWords(
        N_("The column with the codes of the areas is not named."),
        N_("Name it: --area-code COLUMN, or choose it on the screen."),
    ),
    "observed_absent": ProblemWords(
        N_("These results were not compared with an observed rate when they were made."),
        N_(
            "Name a table of observed rates and its columns: python cli.py validate RESULTS TABLE --area-code COLUMN --rate COLUMN."
        ),
    ),
    "observed_few": ProblemWords.counted(
        NN_(
            "Only {count} area has an observed rate; a comparison needs {wanted}.",
            "Only {count} areas have an observed rate; a comparison needs {wanted}.",
        ),
        N_("The results stand, and are not compared. Check that the column is the right one."),
    ),
}
