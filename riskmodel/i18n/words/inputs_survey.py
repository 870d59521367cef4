"""Words of problems in the survey and its determinants, and where it does not fit the population."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

SURVEY = {
    "age_missing": ProblemWords.counted(
        NN_("{count} person has no age and is left out.", "{count} persons have no age and are left out."),
        N_("Fill in the age where it is known. The study is about ages {min} to {max}."),
    ),
    "age_impossible": ProblemWords.counted(
        NN_("{count} age is below 0 or above 120.", "{count} ages are below 0 or above 120."),
        N_("Correct the ages, or leave the cell blank where the age is unknown."),
    ),
    "age_range_empty": ProblemWords(
        N_("No person in the table is between {min} and {max} years old."),
        N_("Check that the column holds ages in years, and the ages of the study."),
    ),
    "outcome_not_binary": ProblemWords.counted(
        NN_("{count} value of the outcome is neither 0 nor 1.", "{count} values of the outcome are neither 0 nor 1."),
        N_("Write 1 for a child in child labour, 0 for one who is not, and leave the cell blank where it is unknown."),
    ),
    "outcome_empty": ProblemWords(
        N_("No child in the age range has a value of the outcome."),
        N_("Choose the column that says whether a child is in child labour, and check the ages of the study."),
    ),
    "outcome_missing": ProblemWords.counted(
        NN_("{count} child in the age range has no value of the outcome ({percent} %).",
            "{count} children in the age range have no value of the outcome ({percent} %)."),
        N_("They are left out of the model. Check whether the question was asked to all of them."),
    ),
    "outcome_no_cases": ProblemWords(
        N_("None of the {children} children in the age range is in child labour, so there is nothing to learn from."),
        N_("Check the column of the outcome and its coding: 1 means in child labour."),
    ),
    "outcome_all_cases": ProblemWords(
        N_("All {children} children in the age range are in child labour, so there is nothing to compare."),
        N_("Check the column of the outcome and its coding: 0 means not in child labour."),
    ),
    "weight_not_positive": ProblemWords.counted(
        NN_("{count} survey weight is zero or negative.", "{count} survey weights are zero or negative."),
        N_("Use the expansion factor published with the survey. Delete the rows of people who were not interviewed."),
    ),
    "outcome_undecided": ProblemWords.counted(
        NN_("For {count} child in the age range the outcome cannot be decided, because hours or answers are missing ({percent} %).",
            "For {count} children in the age range the outcome cannot be decided, because hours or answers are missing ({percent} %)."),
        N_("They are left out of the model, never taken as not working. If a blank means that the question was skipped because the child does no such work, say so in the study: hours_blank or chores_blank = \"zero\"."),
    ),
    "outcome_computed": ProblemWords.counted(
        NN_("The outcome was computed: {count} of {children} children is in child labour (by hours {hours}, by hazardous work {hazardous}, by household chores {chores}; a child may count under several).",
            "The outcome was computed: {count} of {children} children are in child labour (by hours {hours}, by hazardous work {hazardous}, by household chores {chores}; a child may count under several)."),
        N_("These are children interviewed, without weights. Compare the share with the figure the office publishes."),
    ),
    "outcome_hours_impossible": ProblemWords.counted(
        NN_("{count} child has fewer than 0 or more than 168 hours in a week.", "{count} children have fewer than 0 or more than 168 hours in a week."),
        N_("They are taken as unknown. Check whether the column holds hours of a week, and whether a code such as 999 stands for no answer."),
    ),
    "outcome_worked_and_hours": ProblemWords.counted(
        NN_("{count} child did not work by one column and has hours of work by another.",
            "{count} children did not work by one column and have hours of work by another."),
        N_("The hours are used. Check that both columns are about the same work and the same week."),
    ),
    "outcome_chores_not_counted": ProblemWords(
        N_("The study names hours of household chores, but its production boundary is that of economic activity: they are not counted."),
        N_("To count them, choose the general production boundary; if not, take the columns of chores out."),
    ),
    "outcome_chores_absent": ProblemWords(
        N_("The study declares the general production boundary, but no column of household chores."),
        N_("Name the columns of hours of chores, or choose the boundary of economic activity (sna)."),
    ),
    "weight_destroyed": ProblemWords.counted(
        NN_("{count} survey weight was destroyed by a spreadsheet: it has thousands marks where a decimal mark was, as in 20.014.693.005.",
            "{count} survey weights were destroyed by a spreadsheet: they have thousands marks where a decimal mark was, as in 20.014.693.005."),
        N_("The file does not tell any more where the decimal mark stood, so the weights are not used. Take the file from the office again and do not open it in a spreadsheet before bringing it here, or join the weights from another file of the same survey by its household key."),
    ),
    "weight_sum_large": ProblemWords(
        N_("The survey weights add up to {total}, more people than any country has."),
        N_("If the office publishes weights multiplied by a million, nothing needs to be done: only their ratios count. If not, a decimal mark was lost: take the file from the office again."),
    ),
    "weight_sum_small": ProblemWords(
        N_("The survey weights add up to {total} for {rows} persons interviewed: less than half a person each."),
        N_("If they are shares or were rescaled, nothing needs to be done: only their ratios count. If not, choose the column of the expansion factor."),
    ),
    "weight_one_row": ProblemWords(
        N_("One row has {percent} % of all the weight of the survey."),
        N_("Compare it with the documentation of the survey: a single child would decide the result."),
    ),
    "weight_total_differs": ProblemWords(
        N_("By its weights the survey stands for {survey} children of these ages; the population has {population}."),
        N_("Check that the weight is the expansion factor of persons, that both sources are of the same territory and ages, and the coverage declared."),
    ),
    "psu_in_two_strata": ProblemWords.counted(
        NN_("{count} primary sampling unit stands in more than one stratum.", "{count} primary sampling units stand in more than one stratum."),
        N_("A unit belongs to one stratum. They are taken as different units; correct the code of the unit or of the stratum in these rows."),
    ),
    "psu_numbered_by_stratum": ProblemWords.counted(
        NN_("{count} code of a primary sampling unit is used in several strata: the units seem to be numbered anew in each stratum.",
            "{count} codes of primary sampling units are used in several strata: the units seem to be numbered anew in each stratum."),
        N_("They are taken as different units, one for each stratum. If they are the same unit, correct the stratum."),
    ),
    "weight_missing": ProblemWords.counted(
        NN_("{count} row has no survey weight.", "{count} rows have no survey weight."),
        N_("Use the expansion factor published with the survey. Delete the rows of people who were not interviewed."),
    ),
    "stratum_missing": ProblemWords.counted(
        NN_("{count} row has no stratum.", "{count} rows have no stratum."),
        N_("Fill in the stratum of every row, or take the stratum out of the study."),
    ),
    "psu_missing": ProblemWords.counted(
        NN_("{count} row has no primary sampling unit.", "{count} rows have no primary sampling unit."),
        N_("Fill in the sampling unit of every row, or take it out of the study."),
    ),
    "determinant_empty": ProblemWords(
        N_("The determinant “{name}” has no value for any child in the age range."),
        N_("Check its column and its rule, or take the determinant out."),
    ),
    "determinant_one_category": ProblemWords(
        N_("The determinant “{name}” is the same for all children in the age range."),
        N_("Check its rule, or take the determinant out: what does not vary explains nothing."),
    ),
    "determinant_many_categories": ProblemWords.counted(
        NN_("The determinant “{name}” has {count} category.", "The determinant “{name}” has {count} categories."),
        N_("Group them with a map or with bands, or declare kind = \"numeric\" if they are amounts."),
    ),
    "determinant_missing": ProblemWords.counted(
        NN_("The determinant “{name}” is missing for {count} child in the age range ({percent} %).",
            "The determinant “{name}” is missing for {count} children in the age range ({percent} %)."),
        N_("They are left out of the model, because the study says missing = \"drop\". With \"auto\" they would have a category of their own."),
    ),
    "determinant_missing_number": ProblemWords.counted(
        NN_("The determinant “{name}” is missing for {count} child in the age range ({percent} %), who is left out of the model: a number has no category for the unknown.",
            "The determinant “{name}” is missing for {count} children in the age range ({percent} %), who are left out of the model: a number has no category for the unknown."),
        N_("If those without it differ from the others, the result leans to one side. Cut the number into bands and declare categories: the unknown then become one of them."),
    ),
    "determinant_missing_one_outcome": ProblemWords.counted(
        NN_("The determinant “{name}” is missing for {count} child in the age range ({percent} %). Either all or none of these are in child labour, so they have no category of their own and are left out.",
            "The determinant “{name}” is missing for {count} children in the age range ({percent} %). Either all or none of these are in child labour, so they have no category of their own and are left out."),
        N_("Ask the office why the answer is missing. If it means something, such as a question not asked, write a code for it in the file and name the code in the map."),
    ),
    "determinant_missing_category": ProblemWords.counted(
        NN_("The determinant “{name}” is missing for {count} child in the age range ({percent} %), who has a category of its own in the model.",
            "The determinant “{name}” is missing for {count} children in the age range ({percent} %), who have a category of their own in the model."),
        N_("Children of the population for whom it is missing take the risk of that category. To leave the rows out instead, write missing = \"drop\"."),
    ),
    "reference_unknown": ProblemWords(
        N_("The reference “{reference}” of the determinant “{name}” is not among its categories."),
        N_("Write the reference as it stands in the column, or leave it out."),
    ),
    "reference_unknown_named": ProblemWords(
        N_("The reference “{reference}” of the determinant “{name}” is not among its categories."),
        N_("Write one of these: {categories}."),
    ),
}  # fmt: skip

RULES = {
    "map_leaves_values": ProblemWords.counted(
        NN_("The map of “{name}” does not name the value of {count} row, which becomes missing.",
            "The map of “{name}” does not name the values of {count} rows, which become missing."),
        N_("Add the values to the map if they mean something."),
    ),
    "map_leaves_codes": ProblemWords.counted(
        NN_("The map of “{name}” does not name the value of {count} row, which becomes missing. Codes: {codes}.",
            "The map of “{name}” does not name the values of {count} rows, which become missing. Codes: {codes}."),
        N_("Add the codes to the map if they mean something."),
    ),
    "bands_leave_values": ProblemWords.counted(
        NN_("{count} row lies in no band of “{name}” and becomes missing.",
            "{count} rows lie in no band of “{name}” and become missing."),
        N_("Widen the bands, or add one. Both ends of a band belong to it."),
    ),
    "band_upside_down": ProblemWords(
        N_("The band “{band}” ends below its beginning."),
        N_("Write the lower end first."),
    ),
    "bands_overlap": ProblemWords(
        N_("The bands “{band}” and “{other}” share a value."),
        N_("Let the second band begin above the end of the first: both ends of a band belong to it."),
    ),
    "rule_not_numbers": ProblemWords(
        N_("The determinant “{name}” is numeric, but its map or bands give texts."),
        N_("Let the map give numbers, or declare kind = \"categorical\"."),
    ),
    "category_only_in_population": ProblemWords(
        N_("The survey has no child with “{name}” = “{category}”; in the population they are {population} %."),
        N_("Join the category to another one in the rule of the population. Until then these children have no estimate."),
    ),
    "category_only_in_survey": ProblemWords(
        N_("The population has no child with “{name}” = “{category}”; in the survey they are {survey} %."),
        N_("Check that both rules use the same names for the categories."),
    ),
    "shares_differ": ProblemWords(
        N_("“{name}” = “{category}” is {survey} % in the survey and {population} % in the population."),
        N_("Check that both sources ask the same question and that both rules group alike."),
    ),
    "shares_look_reversed": ProblemWords(
        N_("The codes of “{name}” look reversed: “{category}” is {survey} % in the survey and {population} % in the population."),
        N_("Compare the map of each source with its questionnaire: the codes of one of them are probably exchanged, and the map would be wrong."),
    ),
    "shares_look_swapped": ProblemWords(
        N_("Two categories of “{name}” look exchanged: “{first}” is {survey} % in the survey and {population} % in the population, “{second}” {survey_second} % and {population_second} %."),
        N_("Compare the map of each source with its questionnaire: the codes of one of them are probably exchanged, and the map would be wrong."),
    ),
}  # fmt: skip

WORDS = SURVEY | RULES
