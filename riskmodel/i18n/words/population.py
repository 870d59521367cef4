"""Words of problems met when the population is read and scored."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "population_files_mixed": ProblemWords(
        N_("The name of the population file fits files of different kinds, or several workbooks."),
        N_("Keep one kind: all Parquet, or all CSV; or one XLSX file."),
    ),
    "population_not_readable": ProblemWords(
        N_("The population file cannot be read to its end: some rows do not have the columns of the header."),
        N_("Save it again as CSV with one header row and no notes below the table, or as Parquet."),
    ),
    "population_no_rows": ProblemWords(
        N_("The population file has no rows."),
        N_("Check that the right file was chosen."),
    ),
    "population_no_children": ProblemWords(
        N_("The population file has nobody from {min} to {max} years old."),
        N_("Check the column of the age and the age range of the outcome."),
    ),
    "population_age_missing": ProblemWords.counted(
        NN_(
            "{count} person of the population file has no age and was left out.",
            "{count} persons of the population file have no age and were left out.",
        ),
        N_("Complete the ages if they are known. Only children from {min} to {max} years old are scored."),
    ),
    "population_area_missing": ProblemWords.counted(
        NN_(
            "{count} child of the population file has no area code and was left out.",
            "{count} children of the population file have no area code and were left out.",
        ),
        N_("Check the column of the area code, and complete the codes that are missing."),
    ),
    "population_weight_not_positive": ProblemWords.counted(
        NN_(
            "{count} row of the population file has a weight that is not a number above zero.",
            "{count} rows of the population file have a weight that is not a number above zero.",
        ),
        N_("Use the weight published with the file, without thousands separators. Leave out rows that do not count."),
    ),
    "population_number_marks": ProblemWords(
        N_("The numbers of this column have thousands separators, or points and commas mixed."),
        N_("Save the numbers with a decimal comma or a decimal point only."),
    ),
    "population_unknown_categories": ProblemWords.counted(
        NN_(
            "{count} child has a category of “{determinant}” that the survey model does not have, and was not scored: "
            "{categories}.",
            "{count} children have a category of “{determinant}” that the survey model does not have, and were not "
            "scored: {categories}.",
        ),
        N_("Add these codes to the map of the determinant, joined to a category that the survey has."),
    ),
    "population_unknown_values": ProblemWords.counted(
        NN_(
            "{count} child has a value of “{determinant}” that the survey model does not have, and was not scored.",
            "{count} children have a value of “{determinant}” that the survey model does not have, and were not scored.",
        ),
        N_("Check that this is the right column, and add its codes to the map of the determinant."),
    ),
    "population_outside_bands": ProblemWords.counted(
        NN_(
            "{count} child has a value outside all bands of “{determinant}” and was not scored.",
            "{count} children have a value outside all bands of “{determinant}” and were not scored.",
        ),
        N_("Widen the bands of the determinant if these values are right; both ends of a band belong to it."),
    ),
    "population_missing_category": ProblemWords.counted(
        NN_(
            "{count} child of the population has no value of “{determinant}” and takes the risk of the survey's children without it.",
            "{count} children of the population have no value of “{determinant}” and take the risk of the survey's children without it.",
        ),
        N_(
            "Nothing needs to be done if it is missing for the same reasons in both sources; compare the shares in the harmonisation table."
        ),
    ),
    "population_missing_values": ProblemWords.counted(
        NN_(
            "{count} child lacks the determinant “{determinant}” and was not scored.",
            "{count} children lack the determinant “{determinant}” and were not scored.",
        ),
        N_("If many lack it, give the missing value a category of its own in survey and population, or leave it out."),
    ),
    "population_not_numbers": ProblemWords.counted(
        NN_(
            "{count} child has something that is not a number in the determinant “{determinant}” and was not scored.",
            "{count} children have something that is not a number in the determinant “{determinant}” and were not scored.",
        ),
        N_("Check that this is the right column, and correct the values that are not numbers."),
    ),
    "population_too_many_categories": ProblemWords(
        N_("The column of the determinant “{determinant}” has more than {most} different values."),
        N_('Choose the right column, give it bands, or declare the determinant kind = "numeric".'),
    ),
    "population_group_too_many": ProblemWords(
        N_("The group “{group}” has more than {most} categories."),
        N_("Group by a column with few categories, or by a determinant with bands."),
    ),
    "population_mostly_unscored": ProblemWords(
        N_("{percent} % of the children of the population cannot be scored, so areas would rest on a few."),
        N_("Look at the other messages: they name the determinants and categories that do not fit the survey."),
    ),
}
