"""Words of what recognition finds in a file, and of what a reading did to it: sentences, reasons, questions.

Each finding has what was found and why it is thought so; one that only a person can decide has its question too.
"""

from __future__ import annotations

from dataclasses import dataclass

from riskmodel.i18n.translator import N_, NN_


@dataclass(frozen=True)
class GuessWords:
    """English source of a finding. what_many : plural form by the value `count`; question : only where a person is asked."""

    what: str
    reason: str
    question: str = ""
    what_many: str = ""

    @classmethod
    def counted(cls, forms: tuple[str, str], reason: str, question: str = "") -> GuessWords:
        return cls(forms[0], reason, question, forms[1])


CONTAINERS = {
    "container_text": GuessWords(N_("The file is a text with a mark between its columns."), N_("Its content says so.")),
    "container_excel": GuessWords(N_("The file is a workbook of a spreadsheet program."), N_("Its content says so, whatever the ending of its name.")),
    "container_html": GuessWords(N_("The file is a web page saved under the name of a spreadsheet."), N_("Its content says so. The largest table of the page is read.")),
    "container_spss": GuessWords(N_("The file comes from SPSS."), N_("Its content says so.")),
    "container_stata": GuessWords(N_("The file comes from Stata."), N_("Its content says so.")),
    "container_sas": GuessWords(N_("The file comes from SAS."), N_("Its content says so.")),
    "container_dbf": GuessWords(N_("The file is a dBase table (DBF)."), N_("Its content says so.")),
    "container_parquet": GuessWords(N_("The file is a Parquet table."), N_("Its content says so.")),
    "container_fixed": GuessWords(N_("The file is a text whose columns stand at fixed places."), N_("Its rows have no mark between their cells.")),
    "columns_aligned": GuessWords.counted(
        NN_("{count} column was told apart by the blanks that align it.", "{count} columns were told apart by the blanks that align them."),
        N_("The same places are blank in every row of data."),
    ),
    "columns_laid_out": GuessWords.counted(
        NN_("The place of its {count} column comes from the dictionary brought with the file.", "The places of its {count} columns come from the dictionary brought with the file."),
        N_("The rows are as long as the dictionary says."),
    ),
    "blanks_between": GuessWords(N_("Columns are told apart by blanks."), N_("They cut the rows into the same number of cells.")),
    "encoding": GuessWords(N_("Letters with accents are written as {encoding}."), N_("So the names in the file have the right letters.")),
    "delimiter": GuessWords(N_("Columns are told apart by “{delimiter}”."), N_("It cuts the rows into the same number of cells.")),
    "labels": GuessWords.counted(
        NN_("{count} column has labels for its codes.", "{count} columns have labels for their codes."),
        N_("The file holds them. The codes are read; the labels are offered as names of categories."),
    ),
    "sheet": GuessWords(
        N_("The table is in the sheet “{sheet}”, one of {count}."), N_("It holds the largest table of the workbook."),
        N_("Several sheets hold a large table. Which one should be read?"),
    ),
    "zip_table": GuessWords(
        N_("The compressed file holds {count} tables."), N_("Each could be the one."), N_("Which table should be read?")
    ),
}  # fmt: skip

LETTERS = {
    "letters_twice": GuessWords.counted(
        NN_("The accents of {count} cell were spoiled by a program and are put right: {example}", "The accents of {count} cells were spoiled by a program and are put right: {example}"),
        N_("These pairs of signs stand in no word; they are what one letter becomes when a file is opened in the wrong way."),
    ),
    "letters_twice_some": GuessWords.counted(
        NN_("The accents of {count} cell were spoiled by a program and are put right: {example}. Those of {right} others are right and stay.",
            "The accents of {count} cells were spoiled by a program and are put right: {example}. Those of {right} others are right and stay."),
        N_("These pairs of signs stand in no word; they are what one letter becomes when a file is opened in the wrong way."),
    ),
    "letters_doubtful": GuessWords.counted(
        NN_("{count} more cell ends in signs that may be a spoiled accent, or a capital and a quotation mark.",
            "{count} more cells end in signs that may be a spoiled accent, or a capital and a quotation mark."),
        N_("Other cells of the file were spoiled in the same way."),
        N_("Should these cells be put right too?"),
    ),
    "letters_lost": GuessWords.counted(
        NN_("{count} cell has lost letters: a sign such as “?” or “�” stands in the middle of a word.",
            "{count} cells have lost letters: a sign such as “?” or “�” stands in the middle of a word."),
        N_("A program that does not know accents saved the file. The letters are not in it any more."),
        N_("Take the file again from where it was published, or ask its author for it. What is joined by code is not affected; these names will not be found by name."),
    ),
}  # fmt: skip

ROWS = {
    "header_first": GuessWords(N_("The names of the columns are in row 1."), N_("It has a name above each column, and the data begin below.")),
    "header_row": GuessWords(N_("The names of the columns are in row {row}; what is above is a title."), N_("It is the last row of names before the data begin.")),
    "header_rows": GuessWords(N_("The names of the columns stand in {count} rows, which are joined: {rows}."), N_("The upper row heads several columns of the lower one.")),
    "notes": GuessWords.counted(
        NN_("{count} row below the table is a note and is left out: {first}", "{count} rows below the table are notes and are left out, from: {first}"),
        N_("The data end before, and what follows is text."),
    ),
    "sections": GuessWords.counted(
        NN_("{count} row inside the table holds only a title and is left out: {first}", "{count} rows inside the table hold only titles and are left out, from: {first}"),
        N_("The rows have a single text and no data."),
    ),
    "headings_alone": GuessWords.counted(
        NN_("{count} row heads those below it (“{first}”); its text goes into the column “{into}”.", "{count} rows head those below them, such as “{first}”; their text goes into the column “{into}”."),
        N_("They hold a single text, and data follow."),
    ),
    "headings_indent": GuessWords.counted(
        NN_("{count} row heads those below it (“{first}”); its text goes into the column “{into}”.", "{count} rows head those below them, such as “{first}”; their text goes into the column “{into}”."),
        N_("The rows below them are indented or have another bullet."),
    ),
    "bullets": GuessWords(N_("Bullets and blanks before the names are taken off."), N_("Most names begin with one.")),
    "nameless": GuessWords(N_("A column of names has no head; it is called “{name}”."), N_("Its texts are the names of the rows.")),
    "totals": GuessWords.counted(
        NN_("{count} row is a total (“{name}”) and is left out.", "{count} rows are totals, such as “{name}”, and are left out."),
        N_("It has the name of a total, and its code, its place or its sum say the same."),
    ),
    "header_again": GuessWords.counted(
        NN_("{count} row repeats the names of the columns and is left out.", "{count} rows repeat the names of the columns and are left out."),
        N_("The names stand again inside the table, as at the top of a new page."),
    ),
    "tables_apart": GuessWords(
        N_("The sheet holds {count} tables, one below the other; the second begins in row {row} (“{name}”)."),
        N_("Names of columns stand again below a title or a blank row."),
        N_("Should only the first table be used? To use another, save it in a file of its own."),
    ),
    "rows_nameless": GuessWords.counted(
        NN_("{count} row has figures but neither the code nor the name of an area (“{name}”); it is left out.", "{count} rows have figures but neither the code nor the name of an area, such as “{name}”; they are left out."),
        N_("Nearly all other rows have them: these are sums or parent units."),
    ),
    "sums_left_out": GuessWords.counted(
        NN_("{count} row is the sum of others (“{first}”) and is left out.", "{count} rows are sums of others, such as “{first}”, and are left out."),
        N_("Their numbers are exactly those of the rows beside them added up."),
    ),
    "subtotals": GuessWords.counted(
        NN_("{count} row calls itself a subtotal (“{first}”) and is left out.", "{count} rows call themselves subtotals, such as “{first}”, and are left out."),
        N_("No area is called so."),
    ),
    "parents_referred": GuessWords.counted(
        NN_("{count} row is of a unit above others (“{first}”) and is left out.", "{count} rows are of units above others, such as “{first}”, and are left out."),
        N_("Other rows name its code as that of their unit above."),
    ),
    "sums_headings": GuessWords.counted(
        NN_("{count} row is the sum of the rows below it (“{first}”); its name goes into the column “{into}”.", "{count} rows are sums of the rows below them, such as “{first}”; their names go into the column “{into}”."),
        N_("Their numbers are exactly those of the rows beside them added up."),
    ),
    "parents_words": GuessWords.counted(
        NN_("{count} row is of a parent unit (“{first}”); its name goes into the column “{into}”.", "{count} rows are of parent units, such as “{first}”; their names go into the column “{into}”."),
        N_("Each name begins with the word of its unit, and these are of another one than most."),
    ),
    "parents_left_out": GuessWords.counted(
        NN_("{count} row is of a parent unit (“{first}”) and is left out.", "{count} rows are of parent units, such as “{first}”, and are left out."),
        N_("Their codes are the first digits of the codes of the other rows."),
    ),
    "parents_headings": GuessWords.counted(
        NN_("{count} row is of a parent unit (“{first}”); its name goes into the column “{into}” of its areas.", "{count} rows are of parent units, such as “{first}”; their names go into the column “{into}” of their areas."),
        N_("Their codes are the first digits of the codes of the rows below them."),
    ),
    "fill_down": GuessWords.counted(
        NN_("{count} blank cell repeats the cell above it.", "{count} blank cells repeat the cell above them."),
        N_("The cells were joined in the spreadsheet: each value stands once, and blanks follow."),
    ),
}  # fmt: skip

COLUMNS = {
    "split_name": GuessWords(N_("The column holds a name and its parent unit (“{example}”); they are cut into “{first}” and “{second}”."), N_("Nearly every cell has this form, and the parents are few.")),
    "split_code": GuessWords(N_("The column holds a code and a name (“{example}”); they are cut into “{first}” and “{second}”."), N_("Nearly every cell begins with digits that are different in each.")),
    "split_range": GuessWords(N_("The column holds a lower and an upper bound (“{example}”); they are cut into “{first}” and “{second}”."), N_("Most cells hold two numbers, the first never above the second.")),
    "note_marks": GuessWords.counted(
        NN_("{count} name has the mark of a note behind it (“{example}”), which is taken off.", "{count} names have the mark of a note behind them (“{example}”), which is taken off."),
        N_("Few names have one, as where a note below the table explains them."),
    ),
    "number_marks": GuessWords.counted(
        NN_("{count} number has the mark of a note or of a provisional figure behind it (“{example}”), which is taken off.", "{count} numbers have the mark of a note or of a provisional figure behind them (“{example}”), which is taken off."),
        N_("Without the mark all cells of the column are numbers."),
    ),
    "numbers_worded": GuessWords(
        N_("The numbers of the column are written with words (“{example}”), which cannot be read as numbers."),
        N_("Such words multiply a number, and they may differ from row to row."),
        N_("What is each number in full? Write them out in the source, such as 12300 instead of 12.3 thousand."),
    ),
    "numbers_hidden": GuessWords(
        N_("Cells of the column tell only a bound (“{example}”), not the number itself; {count} rows have one."),
        N_("Offices hide small numbers so that nobody is recognised."),
        N_("What should stand there? Leave the cells blank where the number is unknown; blank is never taken for zero."),
    ),
    "marks_comma": GuessWords.counted(
        NN_("{count} column writes decimals with a comma (“{example}”).", "{count} columns write decimals with a comma (“{example}”)."),
        N_("Some of the numbers can only be read so."),
    ),
    "marks_thousands": GuessWords.counted(
        NN_("{count} column writes thousands with a mark (“{example}”).", "{count} columns write thousands with a mark (“{example}”)."),
        N_("Some of the numbers can only be read so."),
    ),
    "marks_percent": GuessWords.counted(
        NN_("{count} column writes a percent sign behind its numbers.", "{count} columns write a percent sign behind their numbers."),
        N_("Most cells end with it. It is taken off."),
    ),
    "marks_settled": GuessWords.counted(
        NN_("{count} column could be read in two ways (“{example}”); it is read like the others of the file.", "{count} columns could be read in two ways (“{example}”); they are read like the others of the file."),
        N_("Other columns of the file prove its decimal mark."),
    ),
    "marks_doubtful": GuessWords(
        N_("The numbers could be read in two ways: “{example}”."), N_("Every mark stands before three digits, and nothing else in the file tells."),
        N_("Is “{example}” the number {whole} (“{mark}” marks thousands), or are these decimals?"),
    ),
    "marks_mixed": GuessWords(
        N_("Some numbers of the column have a decimal point, others a decimal comma."), N_("Both can only be read so."),
        N_("Which rows are right? The others must be corrected in the source."),
    ),
    "percent": GuessWords(N_("The numbers are percentages."), N_("They have a percent sign.")),
    "numbers_damaged": GuessWords(
        N_("The numbers were destroyed by a spreadsheet program (“{example}”): where their decimals began cannot be known."),
        N_("They have marks of thousands and as many digits as decimals have, far too many for what they count."),
        N_("Are these numbers right, or were they destroyed? Destroyed numbers cannot be mended: ask the source for the file again."),
    ),
    "codes_zeros": GuessWords.counted(
        NN_("{count} code lost the zero at its beginning; codes have {digits} digits.", "{count} codes lost the zero at their beginning; codes have {digits} digits."),
        N_("They are one digit short, as when a spreadsheet takes codes for numbers."),
    ),
    "codes_cleaned": GuessWords(N_("Codes are written with blanks, marks or formulas (“{example}”); these are taken off."), N_("Without them the codes have {digits} digits.")),
    "codes_joined": GuessWords(N_("The code of the area is in two columns, “{first}” and “{second}”; they are joined to {digits} digits."), N_("Only both together are different in every row.")),
    "stacked_years": GuessWords(
        N_("The table holds {count} years, one under the other: {values}."), N_("Every area has a row for each year."), N_("Which year should be used?")
    ),
    "stacked": GuessWords(
        N_("The table holds {count} tables, one under the other: {values}."), N_("Every area has a row for each of these."), N_("Which rows should be used?")
    ),
    "stacked_also": GuessWords(
        N_("The rows of an area differ in a further column: {values}."), N_("Only with it are the rows of an area told apart."), N_("Which of its rows should be used?")
    ),
    "levels_mixed": GuessWords(
        N_("The table holds totals beside their parts: {count} rows are “{name}”."),
        N_("The same total stands many times among names of its parts."),
        N_("Should only the rows “{name}” be used? With all rows, everybody would be counted twice."),
    ),
    "leaders": GuessWords.counted(
        NN_("{count} name is followed by a line of points, which is taken off (“{example}”).", "{count} names are followed by a line of points, which is taken off (“{example}”)."),
        N_("The points only lead the eye to the numbers."),
    ),
}  # fmt: skip

GUESSES = CONTAINERS | LETTERS | ROWS | COLUMNS

# What was done, by kind of change; plural by `count`. `column` and `examples` are shown beside it.
CHANGES: dict[str, tuple[str, str]] = {
    "letters": NN_("The spoiled accents of {count} cell were put right.", "The spoiled accents of {count} cells were put right."),
    "cut": NN_("The lines were cut into {count} column by its place.", "The lines were cut into {count} columns by their places."),
    "decimals": NN_("{count} number got the decimal point its dictionary says.", "{count} numbers got the decimal point their dictionary says."),
    "above_header": NN_("{count} row above the names of the columns was left out.", "{count} rows above the names of the columns were left out."),
    "header_joined": NN_("{count} row of names was joined.", "{count} rows of names were joined."),
    "name_twice": NN_("{count} column had the name of another and got a number.", "{count} columns had the name of another and got a number."),
    "left_out": NN_("{count} row was left out.", "{count} rows were left out."),
    "renamed": NN_("{count} column was renamed.", "{count} columns were renamed."),
    "headings": NN_("The text of {count} row that heads others went into a column of its own.", "The texts of {count} rows that head others went into a column of their own."),
    "tidied": NN_("Bullets or marks of notes were taken off {count} name.", "Bullets or marks of notes were taken off {count} names."),
    "filled_down": NN_("{count} blank cell took the text above it.", "{count} blank cells took the text above them."),
    "kept": NN_("{count} row of the other tables in the file was left out.", "{count} rows of the other tables in the file were left out."),
    "split": NN_("{count} cell was cut in two.", "{count} cells were cut in two."),
    "marks": NN_("{count} number was written plainly: no mark of thousands, a point before decimals.", "{count} numbers were written plainly: no mark of thousands, a point before decimals."),
    "codes_joined": NN_("{count} code was joined from its columns.", "{count} codes were joined from their columns."),
    "zeros_given_back": NN_("{count} code got its lost zeros back.", "{count} codes got their lost zeros back."),
    "formula_read": NN_("{count} formula was read as its text.", "{count} formulas were read as their text."),
    "check_digit_dropped": NN_("The last digits were taken off {count} code.", "The last digits were taken off {count} codes."),
    "codes_cleaned": NN_("Blanks or marks were taken off {count} code.", "Blanks or marks were taken off {count} codes."),
    "check_digit_added": NN_("The check digit was added to {count} code.", "The check digit was added to {count} codes."),
    "recoded": NN_("{count} code was changed to the one the area has in the other file.", "{count} codes were changed to those the areas have in the other file."),
    "codes_by_name": NN_("{count} row got its code by its name.", "{count} rows got their code by their name."),
}  # fmt: skip
