"""Words of problems in the tables, whatever they hold: files, columns, numbers."""

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

WORDS = FILES | COLUMNS
