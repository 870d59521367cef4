"""Words of problems in the tables: files, columns, survey, areas, harmonisation."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

FILES = {
    "file_not_found": ProblemWords(
        N_("The file does not exist or cannot be opened."),
        N_("Put the file beside the study file, or correct its name in the study. Close it in other programs."),
    ),
    "file_empty": ProblemWords(
        N_("The file is empty."),
        N_("Export the table again from the program it comes from."),
    ),
    "no_rows": ProblemWords(
        N_("The table has a header but no rows below it."),
        N_("Export the table again, with its data."),
    ),
    "not_text": ProblemWords(
        N_("The file is not a table this program can read."),
        N_("Save the table as CSV or as a workbook (XLSX, ODS) and choose that file."),
    ),
    "other_format": ProblemWords(
        N_("The file holds a map or a web page, not a table."),
        N_("Choose the file of the table. A map belongs in the boundaries of the study."),
    ),
    "workbook_damaged": ProblemWords(
        N_("The workbook cannot be opened: it is damaged or protected by a password."),
        N_("Open it in a spreadsheet program, take the password off and save it again as XLSX."),
    ),
    "sheet_missing": ProblemWords(
        N_("The workbook has no sheet “{sheet}”."),
        N_("Choose one of its sheets: {sheets}."),
    ),
    "formula_without_value": ProblemWords.counted(
        NN_("{count} row has a formula without a stored value.", "{count} rows have a formula without a stored value."),
        N_("Open the workbook in a spreadsheet program, let it calculate, and save it; or paste the values."),
    ),
    "sheet_far_cell": ProblemWords(
        N_("A cell stands very far from the table, in row {row} of a sheet of {columns} columns."),
        N_("Open the workbook, delete the rows below the table and the columns to its right, and save it."),
    ),
    "not_parquet": ProblemWords(
        N_("The file is not Parquet, or it is damaged."),
        N_("Export it again from the program it comes from."),
    ),
    "gzip_damaged": ProblemWords(
        N_("The compressed file is damaged or incomplete."),
        N_("Download or copy it again."),
    ),
    "zip_not_table": ProblemWords(
        N_("The compressed file holds no table."),
        N_("Unpack it and choose the table inside. A zipped map belongs in the boundaries of the study."),
    ),
    "title_rows": ProblemWords(
        N_("The first row is not the header of the table: it has {cells} named cells, the rows below have {usual}."),
        N_("Let Mirador recognise the file, on the Data screen or with the command guess: titles above the table are then left out."),
    ),
    "ragged_rows": ProblemWords.counted(
        NN_("{count} row has more cells than the header ({cells}).", "{count} rows have more cells than the header ({cells})."),
        N_("Let Mirador recognise the file, on the Data screen or with the command guess; or export the table again."),
    ),
    "note_rows": ProblemWords.counted(
        NN_("{count} row has a single cell: it looks like a note.", "{count} rows have a single cell: they look like notes."),
        N_("Let Mirador recognise the file, on the Data screen or with the command guess: notes below the table are then left out."),
    ),
    "short_rows": ProblemWords.counted(
        NN_("{count} row has fewer cells than the header ({cells}); its last cells are taken as blank.",
            "{count} rows have fewer cells than the header ({cells}); their last cells are taken as blank."),
        N_("Look whether these rows lost a cell in the middle."),
    ),
    "quotes_unbalanced": ProblemWords(
        N_("A quotation mark is opened and not closed, so the table cannot be read."),
        N_("Export the table again, or delete lone quotation marks."),
    ),
    "column_twice": ProblemWords(
        N_("Two columns have the same name."),
        N_("Let Mirador recognise the file, on the Data screen or with the command guess: names over several rows are then joined."),
    ),
    "column_without_name": ProblemWords(
        N_("Column number {position} has no name in the header."),
        N_("Name it in row 1 if the study needs it."),
    ),
}  # fmt: skip

COLUMNS = {
    "column_missing": ProblemWords(
        N_("The table has no such column."),
        N_("Choose another column. What the table has: {near}."),
    ),
    "name_reserved": ProblemWords(
        N_("“{name}” cannot be the name of a determinant or indicator: a column of the results has it."),
        N_("Give it another name in the study, for example with the year."),
    ),
    "not_a_number": ProblemWords.counted(
        NN_("{count} value is not a number.", "{count} values are not numbers."),
        N_("Look at the rows named. Leave a cell blank where there is no value."),
    ),
    "not_a_number_quoted": ProblemWords.counted(
        NN_("{count} value is not a number: {examples}.", "{count} values are not numbers, for example: {examples}."),
        N_("Correct them. Leave a cell blank where there is no value."),
    ),
    "decimal_marks_mixed": ProblemWords.counted(
        NN_("{count} value has another decimal mark than the rest of the column.",
            "{count} values have another decimal mark than the rest of the column."),
        N_("Write all numbers of the column in the same way, either 1.5 or 1,5."),
    ),
    "missing_marks": ProblemWords.counted(
        NN_("{count} value is a mark such as “NA” or “-” and was read as missing.",
            "{count} values are marks such as “NA” or “-” and were read as missing."),
        N_("If a mark means zero, write 0."),
    ),
    "number_marks_thousands": ProblemWords.counted(
        NN_("{count} value could be read in two ways; its mark was taken as a thousands mark.",
            "{count} values could be read in two ways; their mark was taken as a thousands mark."),
        N_("If they are decimals, export the column with more or fewer than three decimals."),
    ),
    "number_marks_decimal": ProblemWords.counted(
        NN_("{count} value could be read in two ways; its mark was taken as a decimal mark.",
            "{count} values could be read in two ways; their mark was taken as a decimal mark."),
        N_("If they are thousands, export the column without thousands marks."),
    ),
}  # fmt: skip

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

AREAS = {
    "area_code_twice": ProblemWords.counted(
        NN_("{count} area code stands in more than one row: {codes}.", "{count} area codes stand in more than one row: {codes}."),
        N_("Keep one row for each area. If the table holds several years, keep one year."),
    ),
    "area_code_empty": ProblemWords.counted(
        NN_("{count} row has no area code.", "{count} rows have no area code."),
        N_("Fill in the code, or delete rows of totals and notes."),
    ),
    "area_code_exponent": ProblemWords.counted(
        NN_("{count} area code was turned into a number with an exponent and lost digits.",
            "{count} area codes were turned into numbers with an exponent and lost digits."),
        N_("Export the table again with the codes as text."),
    ),
    "area_codes_differ": ProblemWords(
        N_("No area code of “{first}” ({codes}) is in “{second}” ({others})."),
        N_("Choose the columns that hold the same codes in both."),
    ),
    "area_codes_lost_zeros": ProblemWords(
        N_("The area codes of “{first}” ({codes}) and “{second}” ({others}) differ by leading zeros."),
        N_("Write the codes as text with all their zeros in both, for example 05001."),
    ),
    "area_only_in_first": ProblemWords.counted(
        NN_("{count} area is in “{first}” and not in “{second}”: {codes}.",
            "{count} areas are in “{first}” and not in “{second}”, for example: {codes}."),
        N_("Check whether the code changed or the area is new. What the other source says stays missing for it."),
    ),
    "area_only_in_second": ProblemWords.counted(
        NN_("{count} area is in “{second}” and not in “{first}”: {codes}.",
            "{count} areas are in “{second}” and not in “{first}”, for example: {codes}."),
        N_("Check whether the code changed or the area was abolished."),
    ),
    "children_negative": ProblemWords.counted(
        NN_("{count} area has a negative number of children.", "{count} areas have a negative number of children."),
        N_("Correct the numbers, or leave the cell blank where the number is unknown."),
    ),
    "children_zero": ProblemWords.counted(
        NN_("{count} area has no children.", "{count} areas have no children."),
        N_("If the number is unknown, leave the cell blank."),
    ),
    "children_missing": ProblemWords.counted(
        NN_("The number of children is missing for {count} area.", "The number of children is missing for {count} areas."),
        N_("Fill it in: without it the area has no expected number and no part in the country's figure."),
    ),
    "indicator_empty": ProblemWords(
        N_("The indicator “{name}” has no value for any area."),
        N_("Choose another column, or take the indicator out."),
    ),
    "indicator_constant": ProblemWords(
        N_("The indicator “{name}” is the same in all areas."),
        N_("Take it out: what does not vary cannot tell areas apart."),
    ),
    "indicator_missing": ProblemWords.counted(
        NN_("The indicator “{name}” is missing for {count} area ({percent} %).",
            "The indicator “{name}” is missing for {count} areas ({percent} %)."),
        N_("Fill in the values, or choose another indicator."),
    ),
    "risk_empty": ProblemWords(
        N_("No area has a risk."),
        N_("Choose the column that holds the risk of each area."),
    ),
    "risk_in_percent": ProblemWords.counted(
        NN_("{count} risk is above 1: the column looks like percentages.", "{count} risks are above 1: the column looks like percentages."),
        N_("If 12 means 12 %, write scale = \"percent\" in [given_risk]."),
    ),
    "risk_in_proportion": ProblemWords(
        N_("The risk is declared as a percentage, but no area has more than 1 %."),
        N_("If 0.12 means 12 %, write scale = \"proportion\" in [given_risk]."),
    ),
    "risk_outside": ProblemWords.counted(
        NN_("{count} risk is not between 0 and {top}.", "{count} risks are not between 0 and {top}."),
        N_("Correct the values, or leave the cell blank where the risk is unknown."),
    ),
    "risk_missing": ProblemWords.counted(
        NN_("{count} area has no risk and will have no level.", "{count} areas have no risk and will have no level."),
        N_("Fill in the risk where it is known."),
    ),
    "se_negative": ProblemWords.counted(
        NN_("{count} standard error is negative.", "{count} standard errors are negative."),
        N_("Choose the column of standard errors, in the same unit as the risk."),
    ),
    "se_missing": ProblemWords.counted(
        NN_("{count} area has a risk but no standard error.", "{count} areas have a risk but no standard error."),
        N_("These areas are shown without an interval."),
    ),
    "names_in_capitals": ProblemWords(
        N_("The names are written in capitals; they are shown in normal case."),
        N_("Nothing needs to be done. To choose the spelling yourself, write the names as you want them read."),
    ),
}  # fmt: skip

WORDS = FILES | COLUMNS | SURVEY | RULES | AREAS
