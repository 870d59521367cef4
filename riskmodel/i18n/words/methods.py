"""Words of what can be wrong with runs that are set side by side."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "methods_number": ProblemWords.counted(
        NN_("{count} run is named; two or three are needed.", "{count} runs are named; two or three are needed."),
        N_("Name the folders of two or three finished runs over the same areas."),
    ),
    "methods_same_run": ProblemWords(
        N_("The same run stands twice."),
        N_("Choose runs of different studies, for example the risk model and the index."),
    ),
    "methods_few_common": ProblemWords.counted(
        NN_(
            "Runs {first} and {second} have only {count} area in common; a comparison needs {wanted}.",
            "Runs {first} and {second} have only {count} areas in common; a comparison needs {wanted}.",
        ),
        N_("Check that both use the same codes of areas, with their leading zeros."),
    ),
}
