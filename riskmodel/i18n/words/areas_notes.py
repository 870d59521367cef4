"""Words of what is done while areas are put into levels and small numbers withheld."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "levels_fewer": ProblemWords.counted(
        NN_(
            "The areas have too few different values for {wanted} levels: there is {count}.",
            "The areas have too few different values for {wanted} levels: there are {count}.",
        ),
        N_("Ask for fewer levels, or check that the values were not rounded too far."),
    ),
    "levels_parent_too_few": ProblemWords(
        N_("Unit “{parent}” has too few areas for {wanted} levels of its own."),
        N_("Its areas keep their national level. Nothing needs to be done."),
    ),
    "counts_withheld": ProblemWords.counted(
        NN_(
            "The expected number of one area is under {threshold} and is not shown.",
            "The expected numbers of {count} areas are under {threshold} and are not shown.",
        ),
        N_("Small numbers are withheld on purpose. The threshold is privacy.min_count in the study."),
    ),
}
