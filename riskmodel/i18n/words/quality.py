"""Words of what a quality report finds in one table."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

IMPOSSIBLE = {
    "quality_negative": ProblemWords.counted(
        NN_("{count} value is below zero, where there can only be zero or more.", "{count} values are below zero, where there can only be zero or more."),
        N_("Correct them. If the office writes a negative number where nothing was measured, leave the cell blank."),
    ),
    "quality_percent_over": ProblemWords.counted(
        NN_("{count} percentage is over 100; the highest is {top}.", "{count} percentages are over 100; the highest is {top}."),
        N_("Ask the office whether the column is a percentage of a whole. If it is per thousand, or a ratio that may pass 100, change its unit in the study."),
    ),
    "quality_proportion_over": ProblemWords.counted(
        NN_("{count} proportion is over 1; the highest is {top}.", "{count} proportions are over 1; the highest is {top}."),
        N_('If 12 means 12 %, declare the column as "percent". If not, correct the values.'),
    ),
    "quality_year_out": ProblemWords.counted(
        NN_("{count} year is before 1900 or after 2100.", "{count} years are before 1900 or after 2100."),
        N_("Correct the years, or choose another column if this one holds no years."),
    ),
    "quality_part_above_whole": ProblemWords.counted(
        NN_("In {count} row “{part}” is larger than “{whole}”, of which it is a part.", "In {count} rows “{part}” is larger than “{whole}”, of which it is a part."),
        N_("Check that both columns are of the same year and the same people, and not in each other's place."),
    ),
    "quality_code_year_twice": ProblemWords.counted(
        NN_("{count} area code stands more than once in the same year: {codes}.", "{count} area codes stand more than once in the same year: {codes}."),
        N_("Keep one row for each area and year: look at the rows named and delete the one that is wrong."),
    ),
    "quality_code_within_parent": ProblemWords(
        N_("The codes of this column are repeated: they are only different within “{parent}”."),
        N_("Join both columns into one code, as the statistical office writes it: first the parent's digits, then the area's."),
    ),
    "quality_total_row": ProblemWords(
        N_("This row holds the sum of all the others in {columns}: it looks like the total of the country."),
        N_("Leave the row out, or everything would be counted twice."),
    ),
}  # fmt: skip

SUSPICIOUS = {
    "quality_codes_lost_zero": ProblemWords.counted(
        NN_("{count} code is shorter than the others, {digits} instead of {usual} digits: it has probably lost its leading zero ({codes}).",
            "{count} codes are shorter than the others, {digits} instead of {usual} digits: they have probably lost their leading zero ({codes})."),
        N_("Give the zeros back, as the statistical office writes the code. A spreadsheet takes them off when it reads a code as a number."),
    ),
    "quality_codes_length": ProblemWords.counted(
        NN_("{count} code does not have {usual} digits as most do: {codes}.", "{count} codes do not have {usual} digits as most do: {codes}."),
        N_("Compare them with the official list. They may be totals, codes of another level, or codes with a check digit."),
    ),
    "quality_codes_not_digits": ProblemWords.counted(
        NN_("{count} code is not made of digits as the others are: {codes}.", "{count} codes are not made of digits as the others are: {codes}."),
        N_("Such a row is often a total or a note. Leave it out, or correct the code."),
    ),
    "quality_scales_mixed": ProblemWords.counted(
        NN_("{count} value lies between 0 and 1 and the others are far above, with nothing between: percentages and proportions seem mixed.",
            "{count} values lie between 0 and 1 and the others are far above, with nothing between: percentages and proportions seem mixed."),
        N_("Write all of them in the same way: 0.12 becomes 12 where the others are percentages."),
    ),
    "quality_destroyed": ProblemWords.counted(
        NN_("{count} value has several thousands marks, as in 20.014.693.005: a spreadsheet probably took a decimal mark for one.",
            "{count} values have several thousands marks, as in 20.014.693.005: a spreadsheet probably took a decimal mark for one."),
        N_("Do not use the column. Take the file from the office again and do not open it in a spreadsheet before bringing it here."),
    ),
    "quality_rows_twice": ProblemWords.counted(
        NN_("{count} row is the same as an earlier one in every column.", "{count} rows are the same as an earlier one in every column."),
        N_("Look whether the table was pasted twice. Delete repeated rows; keep them if the rows are persons and the file has no number that tells them apart."),
    ),
    "quality_coverage_over": ProblemWords.counted(
        NN_("{count} rate is over 150; the highest is {top}. A coverage may pass 100 a little, not by half.",
            "{count} rates are over 150; the highest is {top}. A coverage may pass 100 a little, not by half."),
        N_("The number of children it is divided by is probably too small, or pupils of other municipalities are counted. Use the column with care, or choose the net rate."),
    ),
    "quality_children_share": ProblemWords.counted(
        NN_("In {count} row “{part}” are more than 60 % of “{whole}”.", "In {count} rows “{part}” are more than 60 % of “{whole}”."),
        N_("In no country are so many people children. Check that both columns are of the same year and the same places."),
    ),
    "quality_not_stated": ProblemWords.counted(
        NN_("{count} row has {mark}, far from all other values: it probably stands for “not stated” or “not asked”.",
            "{count} rows have {mark}, far from all other values: it probably stands for “not stated” or “not asked”."),
        N_("Look in the questionnaire. If it does, leave these cells blank or say so in the map of the study; as a number it would spoil every mean."),
    ),
    "quality_heaping": ProblemWords(
        N_("Ages that end in 0 or 5 are {times} times as frequent as the ages beside them: people rounded their age."),
        N_("Nothing to correct. Prefer broad age groups, and do not read much into single years."),
    ),
    "quality_spelling": ProblemWords.counted(
        NN_("In {count} row a category is written in another way, such as {examples}; only capitals, accents or blanks differ.",
            "In {count} rows a category is written in more than one way, such as {examples}; only capitals, accents or blanks differ."),
        N_("Write each category in one way, or join them in the map of the study. As they stand they count as different."),
    ),
    "quality_far_from_rest": ProblemWords.counted(
        NN_("{count} value is far from the rest. Half of all values lie between {low} and {high}; it is beyond three times that width.",
            "{count} values are far from the rest. Half of all values lie between {low} and {high}; they are beyond three times that width."),
        N_("They may be right: big cities are large. Look at the rows named for a slipped decimal mark or a wrong unit."),
    ),
    "quality_far_from_rest_many": ProblemWords.counted(
        NN_("{count} column has a few values far from the rest: {columns}.", "{count} columns have a few values far from the rest: {columns}."),
        N_("They may be right: big cities are large. The table of columns shows how each is spread; look for slipped decimal marks and wrong units."),
    ),
    "quality_coverage_over_many": ProblemWords.counted(
        NN_("{count} column of coverage has values over 150: {columns}. A coverage may pass 100 a little, not by half.",
            "{count} columns of coverage have values over 150: {columns}. A coverage may pass 100 a little, not by half."),
        N_("The number of children they are divided by is probably too small, or pupils of other municipalities are counted. Use the columns with care, or choose the net rates."),
    ),
    "quality_not_stated_many": ProblemWords.counted(
        NN_("{count} column has a number far from all others that probably stands for “not stated” or “not asked”, such as 99: {columns}.",
            "{count} columns have a number far from all others that probably stands for “not stated” or “not asked”, such as 99: {columns}."),
        N_("Look in the questionnaire. If it does, leave these cells blank or say so in the map of the study; as a number it would spoil every mean."),
    ),
    "quality_one_value": ProblemWords(
        N_("{percent} % of the rows have the same value, {value}."),
        N_("If it stands for “none” it may be right. If it was filled in where nothing was known, leave those cells blank."),
    ),
    "quality_one_value_many": ProblemWords.counted(
        NN_("{count} column has the same value in most rows: {columns}.", "{count} columns have the same value in most rows: {columns}."),
        N_("If it stands for “none” it may be right. If it was filled in where nothing was known, leave those cells blank."),
    ),
    "quality_years_stacked": ProblemWords.counted(
        NN_("The table holds {count} year of {codes} areas.", "The table holds {count} years of {codes} areas, one below the other."),
        N_("A study is of one year: keep the rows of the year you mean."),
    ),
    "quality_mostly_blank": ProblemWords.counted(
        NN_("{percent} % of the cells are blank; {count} is filled.", "{percent} % of the cells are blank; {count} are filled."),
        N_("If the question was asked to some people only, that is as it must be. If not, the column says little."),
    ),
    "quality_mostly_blank_many": ProblemWords.counted(
        NN_("{count} column is blank in more than half of the rows: {columns}.", "{count} columns are blank in more than half of the rows: {columns}."),
        N_("If the questions were asked to some people only, that is as it must be. If not, the columns say little."),
    ),
    "quality_empty": ProblemWords(
        N_("The column is empty."),
        N_("Leave it out, or ask the office for its content."),
    ),
    "quality_empty_many": ProblemWords.counted(
        NN_("{count} column is empty: {columns}.", "{count} columns are empty: {columns}."),
        N_("Leave them out, or ask the office for their content."),
    ),
    "quality_constant": ProblemWords(
        N_("All filled cells have the same value."),
        N_("What does not vary tells no rows apart: it is of no use as a determinant or indicator."),
    ),
    "quality_constant_many": ProblemWords.counted(
        NN_("{count} column has the same value in all filled cells: {columns}.", "{count} columns have the same value in all filled cells: {columns}."),
        N_("What does not vary tells no rows apart: it is of no use as a determinant or indicator."),
    ),
}  # fmt: skip

WORDS = IMPOSSIBLE | SUSPICIOUS
