"""Words of problems met while a study is proposed from files."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "intake_identity": ProblemWords.counted(
        NN_(
            "{count} column holds names or identity numbers of persons: {columns}.",
            "{count} columns hold names or identity numbers of persons: {columns}.",
        ),
        N_("Take it out of the file before it is brought here. No result needs to know who a person is."),
    ),
    "intake_weights_destroyed": ProblemWords(
        N_(
            "The weights are far too large for persons: their mean is {mean}. A spreadsheet probably lost their decimal mark."
        ),
        N_("Take the file again from its source and do not save it with a spreadsheet program."),
    ),
    "intake_scales_mixed": ProblemWords(
        N_(
            "The rate seems to be written in two ways: most areas as a proportion such as 0.12, {count} as a percentage such as 12."
        ),
        N_("Write all of them in one way in the source, then bring the file again."),
    ),
    "intake_no_age": ProblemWords(
        N_("No column of the survey gives the age of the persons. All of them would be counted as children."),
        N_(
            "Name the column of age, or add one to the file. From a date of birth, take the age on the day of the interview."
        ),
    ),
    "intake_per_thousand": ProblemWords(
        N_("The column gives child labour per 1,000 children or more, not in percent. It is not used as a rate."),
        N_("Add a column with the rate in percent (a rate per 1,000 divided by 10) or with the numbers of children."),
    ),
    "intake_names_as_codes": ProblemWords(
        N_("The table has no codes of areas, only names. The names stand for the codes."),
        N_("Bring a list with the official codes and names of the areas too, so that codes can be found by name."),
    ),
    "map_names_only": ProblemWords.counted(
        NN_(
            "The map has the name of {count} area and not its official code.",
            "The map has the names of {count} areas and not their official codes.",
        ),
        N_(
            "Bring a table that has both the code and the name of each area, such as the official list or your municipal table. The codes are then taken from it by name, and you confirm the doubtful ones."
        ),
    ),
    "intake_no_study": ProblemWords(
        N_("No study can be proposed from these files."),
        N_("Bring a table of areas with figures, or a survey and a census."),
    ),
    "intake_folder_taken": ProblemWords(
        N_("The folder already holds a study."),
        N_("Name another folder for the proposed study, or take the study file out of this one."),
    ),
    "intake_recode_unknown": ProblemWords(
        N_("The answer “{answer}” is not understood, so no code was changed."),
        N_("Write all, none, or pairs of an old and a new code, such as 68306:68307, 08132:08372."),
    ),
    "intake_answer_unknown": ProblemWords(
        N_("The answer “{answer}” is not understood: it must be KEY=VALUE, with the key of a question."),
        N_("Take the key as it stands before the question, such as study.method=area_model."),
    ),
}
