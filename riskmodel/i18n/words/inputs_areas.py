"""Words of problems in the tables of areas: codes, children, indicators, given risks, names."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
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
