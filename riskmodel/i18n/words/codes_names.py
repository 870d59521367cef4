"""Words of problems in mending codes and matching names."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "code_formula": ProblemWords.counted(
        NN_("{count} cell holds a formula instead of an area code.", "{count} cells hold a formula instead of an area code."),
        N_("Open the file in a spreadsheet program, copy the column and paste it as values, and save it again."),
    ),
    "code_decimal": ProblemWords.counted(
        NN_("{count} area code looks like a number with decimals ({codes}), so its last digits may be lost.",
            "{count} area codes look like numbers with decimals, for example {codes}, so their last digits may be lost."),
        N_("Export the table again with the codes as text."),
    ),
    "codes_collide": ProblemWords.counted(
        NN_("{count} row has a code without its zeros ({codes}), and another row already has that code with them. Nothing was changed.",
            "{count} rows have codes without their zeros, for example {codes}, and other rows already have those codes with them. Nothing was changed."),
        N_("Look at these rows: the same area may stand twice, or one of the codes may be wrong."),
    ),
    "codes_other_form": ProblemWords.counted(
        NN_("{count} row has something other than a code of {length} digits: {codes}. It stays as it is.",
            "{count} rows have something other than a code of {length} digits, for example: {codes}. They stay as they are."),
        N_("They may be totals, parent units or notes: leave those rows out. Correct the code where the row is an area."),
    ),
    "code_check_digit": ProblemWords.counted(
        NN_("The last digit of {count} code does not fit the digits before it: {codes}. It may be mistyped.",
            "The last digits of {count} codes do not fit the digits before them, for example: {codes}. They may be mistyped."),
        N_("Compare these codes with the official list."),
    ),
    "recode_absent": ProblemWords.counted(
        NN_("{count} code that is to be changed is not in the file: {codes}.",
            "{count} codes that are to be changed are not in the file, for example: {codes}."),
        N_("The file may be another one than when the change was confirmed. Take the code out of “recode”, or confirm it again."),
    ),
    "area_codes_check_digit": ProblemWords(
        N_("The area codes of “{first}” ({codes}) and “{second}” ({others}) differ by the check digit at the end."),
        N_("Tell in the reading of one file that its check digit is to be added or taken off. It is computed, not guessed."),
    ),
    "names_register_twice": ProblemWords.counted(
        NN_("{count} code stands more than once in the list of official names: {codes}.",
            "{count} codes stand more than once in the list of official names, for example: {codes}."),
        N_("Keep one row per area in that list."),
    ),
    "names_confirmed_unknown": ProblemWords.counted(
        NN_("{count} confirmed match names a code that the list of official names does not have: {codes}.",
            "{count} confirmed matches name codes that the list of official names does not have, for example: {codes}."),
        N_("Choose the code again from the list."),
    ),
    "names_one_code_two_places": ProblemWords.counted(
        NN_("{count} code was confirmed for two places of the table: {codes}.",
            "{count} codes were confirmed for two places of the table, for example: {codes}."),
        N_("Each area of the list can be one place only. Correct the matches."),
    ),
    "names_two_codes": ProblemWords.counted(
        NN_("{count} name is confirmed with two different codes: {names}.",
            "{count} names are confirmed with two different codes, for example: {names}."),
        N_("Mark only one row of each name."),
    ),
}  # fmt: skip
