"""Words of what stands against comparing two runs over time."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "change_method": ProblemWords(
        N_("The two results were made with different methods, so they cannot be subtracted."),
        N_("Choose two results of the same method, or run one of the studies again with the method of the other."),
    ),
    "change_country": ProblemWords(
        N_("The two results are of different countries: “{earlier}” and “{later}”."),
        N_("Choose two results of the same country. If it is one country under two names, write the same name in both studies and run them again."),
    ),
    "change_synthetic": ProblemWords(
        N_("One of the two results is made of invented data and the other is not."),
        N_("Choose two results of real data, or two of the demonstration country."),
    ),
    "change_definition": ProblemWords(
        N_("The two studies define child labour in different words."),
        N_("Results with different definitions are not compared. If the meaning is the same, write the same definition in both studies and run them again."),
    ),
    "change_boundary": ProblemWords(
        N_("One of the two results counts household chores and the other does not."),
        N_("Use the same production boundary in both studies and run them again."),
    ),
    "change_ages": ProblemWords(
        N_("The two results are about different ages: {earlier} and {later}."),
        N_("Declare the same ages in both studies and run them again."),
    ),
    "change_thresholds": ProblemWords(
        N_("The two studies compute the outcome differently: hours, ages or kinds of work that count are not the same."),
        N_("Use the same thresholds in both studies and run them again."),
    ),
    "change_scope": ProblemWords(
        N_("One of the two results puts areas into levels in the whole country, the other within each parent unit."),
        N_("Choose the same in both studies and run them again, or give the limits of the levels yourself."),
    ),
    "change_levels_rule": ProblemWords(
        N_("The two studies make levels by different rules."),
        N_("Use the same rule and number of levels in both studies and run them again, or give the limits of the levels yourself."),
    ),
    "change_year_unknown": ProblemWords(
        N_("The two results do not both say of which year they are."),
        N_("Declare the year of the measure, of the survey, of the population or of the table of areas in both studies and run them again."),
    ),
    "change_same_year": ProblemWords(
        N_("Both results are of {year}."),
        N_("Choose results of two different years, or correct the years in the studies."),
    ),
    "change_years_reversed": ProblemWords(
        N_("The result chosen as the earlier one is of {earlier}, the later one of {later}."),
        N_("Exchange the two."),
    ),
    "change_years_mixed": ProblemWords(
        N_("One source of the later result is older than in the earlier result."),
        N_("Look at the years of both studies: the change mixes two directions of time."),
    ),
    "change_same_survey": ProblemWords(
        N_("Both results use a survey of {year}."),
        N_("The change shows only what changed in the population, not how strongly things go together with child labour."),
    ),
    "change_same_population": ProblemWords(
        N_("Both results use a population source of {year}."),
        N_("The change shows only what changed in the survey; where in the country people and conditions changed cannot be seen."),
    ),
    "change_determinants": ProblemWords(
        N_("The two models use different determinants."),
        N_("Part of the change may come from that. Use the same determinants in both studies to be sure."),
    ),
    "change_coverage": ProblemWords(
        N_("The two population sources do not cover the same share of the children."),
        N_("Compare rates, not numbers of children."),
    ),
    "change_interval_narrow": ProblemWords(
        N_("The interval of at least one result leaves out what the determinants do not explain about an area."),
        N_("Too many changes then look like more than chance. Name the column of areas in the survey, [survey] area_code, and run again."),
    ),
    "change_index_recipe": ProblemWords(
        N_("The two indices are not made alike: indicators, directions, weights or settings differ."),
        N_("Use the same indicators and settings in both studies and run them again."),
    ),
    "change_index_weights": ProblemWords(
        N_("The weights of the indicators are not the same in both years, because they were taken from each year's own figures."),
        N_('Write the weights of one year into both studies, weights = "given", and run them again.'),
    ),
    "change_index_scale": ProblemWords(
        N_("Each index is scaled by the areas of its own year, so what changed in all areas together cannot be seen."),
        N_("Fix the lowest and highest value of every indicator (goalposts) to the same numbers in both studies and run them again."),
    ),
    "change_index_relative": ProblemWords(
        N_("This kind of index places every area against the others of its own year, so its values cannot be subtracted."),
        N_("Use an index that is a mean of indicators with fixed lowest and highest values (goalposts) in both studies and run them again."),
    ),
    "change_index_treatment": ProblemWords(
        N_("Outliers were treated in each year by its own figures."),
        N_("A change of areas with extreme values may come from that. Leave outliers untreated in both studies to be sure."),
    ),
    "change_cuts": ProblemWords(
        N_("The limits of the levels are not two to four rising numbers."),
        N_("Give two to four limits, the lowest first, such as 5 and 10."),
    ),
    "change_no_common_areas": ProblemWords(
        N_("No area of the earlier result has the code of an area of the later one."),
        N_("Use the same codes in both studies, or give a table with the earlier and the later code of each area."),
    ),
    "change_few_common_areas": ProblemWords(
        N_("Only {count} areas are in both results, of {earlier} in the earlier and {later} in the later one."),
        N_("Look at the lists of areas without a partner. A table with earlier and later codes joins areas that were split, merged or renamed."),
    ),
    "change_out_is_run": ProblemWords(
        N_("The folder for the comparison holds the results of a run."),
        N_("Choose another folder: the comparison would take the place of those results."),
    ),
    "change_codes_columns": ProblemWords(
        N_("The table of codes has no pair of an earlier and a later code."),
        N_("Put the earlier codes in the first column and the later codes in the second, one pair a row, with the names of the columns in the first row."),
    ),
    "change_codes_unknown": ProblemWords.counted(
        NN_(
            "{count} pair of the table of codes names an area that is not in the results and is not used.",
            "{count} pairs of the table of codes name areas that are not in the results and are not used.",
        ),
        N_("Check that the codes are written as in the results, with their leading zeros, the earlier in the first column."),
    ),
}  # fmt: skip
