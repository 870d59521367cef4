"""Words of problems met in populations given as counts: cells and margins, and what a source does not cover."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "study_weight_only_for_microdata": ProblemWords(
        N_("A weight is named for a population of counts."),
        N_("Name the column of the counts under “count”, and delete “weight”."),
    ),
    "study_count_not_for_microdata": ProblemWords(
        N_("A column of counts is named, but the kind of the population is one row per child."),
        N_('Write kind = "cells" or kind = "margins"; for a sample of children, name the column under “weight”.'),
    ),
    "study_columns_only_for_margins": ProblemWords(
        N_("The columns “determinant” and “category” are named, but the population is not given as margins."),
        N_('Write kind = "margins", or delete these two keys.'),
    ),
    "study_cells_need_count": ProblemWords(
        N_("A population of cells needs a column that says how many children each row stands for."),
        N_("Name that column under “count”."),
    ),
    "study_margins_need_three_columns": ProblemWords(
        N_("Margins name some of the columns “determinant”, “category” and “count”, but not all three."),
        N_("Name all three for a long table. Leave all out for a wide one, with columns such as “sex=boy”."),
    ),
    "study_margins_group": ProblemWords(
        N_("“{group}” cannot be a group: margins know only determinants."),
        N_("Choose among {known}."),
    ),
    "study_group_cross_two": ProblemWords(
        N_("A crossed group names two other groups, different from each other, and has no rule of its own."),
        N_('Write, for instance, cross = ["sex", "age_band"], and delete “population” in this group.'),
    ),
    "study_group_cross_unknown": ProblemWords(
        N_("“{group}” is crossed with another group, but it is no group itself."),
        N_("Declare it as a group first, so that its totals are reported too. Groups are: {known}."),
    ),
    "population_group_outside": ProblemWords.counted(
        NN_(
            "{count} child is in no category of the group “{group}” and is shown there as not stated.",
            "{count} children are in no category of the group “{group}” and are shown there as not stated.",
        ),
        N_("Add the missing codes or ages to the rule of the group, or leave it if they are truly not stated."),
    ),
    "population_margins_need_survey": ProblemWords(
        N_(
            "Totals of each determinant alone cannot be scored without the survey, whose combinations they are fitted to."
        ),
        N_("Use one row per child or counts per combination, or a study that holds the survey."),
    ),
    "population_count_negative": ProblemWords.counted(
        NN_("{count} row has a count below zero.", "{count} rows have a count below zero."),
        N_("Correct the counts in the file; a count of children is zero or more."),
    ),
    "population_count_not_number": ProblemWords.counted(
        NN_(
            "{count} row has a count that is missing or no number.",
            "{count} rows have a count that is missing or no number.",
        ),
        N_("Complete the counts. Write 0 where there are no children; leave out rows of notes and totals."),
    ),
    "population_count_missing": ProblemWords.counted(
        NN_(
            "{count} count is missing. Its area has no total of that determinant.",
            "{count} counts are missing. Their areas have no total of those determinants.",
        ),
        N_("Complete the counts if they are known. Write 0 where there are no children: missing is not zero."),
    ),
    "population_rows_without_area": ProblemWords.counted(
        NN_(
            "{count} row of the population file has no area code and was left out.",
            "{count} rows of the population file have no area code and were left out.",
        ),
        N_("Check the column of the area code. Rows of totals and notes can be deleted."),
    ),
    "population_margin_no_columns": ProblemWords(
        N_("No column of the file is named after a determinant and a category."),
        N_(
            "Name columns as “sex=boy”, or declare the columns of determinant, category and count. The file has: {near}."
        ),
    ),
    "population_margin_absent": ProblemWords(
        N_("The file has no totals of the determinant “{determinant}”."),
        N_(
            "Add its totals, or take it out of the model. If it has another name there, write that name as the column of its rule for the population. The file has: {known}."
        ),
    ),
    "population_margin_unused": ProblemWords(
        N_("The file also holds totals that the study does not use: {names}."),
        N_(
            "Nothing need be done. If one of them is a determinant, write its name as the column of the rule for the population."
        ),
    ),
    "population_margin_total_rows": ProblemWords.counted(
        NN_(
            "{count} row holds a total (“{category}”) beside the categories it adds up.",
            "{count} rows hold totals (“{category}”) beside the categories they add up.",
        ),
        N_("Delete the rows or columns of totals: children would be counted twice."),
    ),
    "population_margin_rows_twice": ProblemWords.counted(
        NN_(
            "{count} row repeats area, determinant and category of another row.",
            "{count} rows repeat area, determinant and category of another row.",
        ),
        N_("Keep one row for each category of an area. Tables by sex or zone must be added up first."),
    ),
    "population_margin_areas_lacking": ProblemWords.counted(
        NN_(
            "{count} area has no totals of “{determinant}” and gets no estimate: {areas}.",
            "{count} areas have no totals of “{determinant}” and get no estimate, among them {areas}.",
        ),
        N_("Complete the totals of these areas, or take the determinant out of the model."),
    ),
    "population_margin_totals_differ": ProblemWords.counted(
        NN_(
            "In {count} area the determinants add up to different numbers of children, by up to {percent} %: {areas}. They were scaled to the first determinant.",
            "In {count} areas the determinants add up to different numbers of children, by up to {percent} %, most in {areas}. They were scaled to the first determinant.",
        ),
        N_(
            "Check that every determinant counts the same children, of the declared ages, and not households or all persons."
        ),
    ),
    "population_margin_not_met": ProblemWords.counted(
        NN_(
            "The totals of {count} area cannot be met by any mixture of the survey's children; up to {percent} % of them are away: {areas}.",
            "The totals of {count} areas cannot be met by any mixture of the survey's children; up to {percent} % of them are away, most in {areas}.",
        ),
        N_("Read their risk with care. Check these totals; joining rare categories of a determinant helps, too."),
    ),
    "population_coverage": ProblemWords(
        N_(
            "The population source covers about {percent} % of the children. All numbers are of the children it covers; nothing was scaled up."
        ),
        N_("Say so wherever the numbers are used. Children outside the source may differ from those in it."),
    ),
}
