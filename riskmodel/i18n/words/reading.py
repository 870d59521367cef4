"""Words of problems of files as they come: what they are packed in, and readings that do not fit them."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

CONTAINERS = {
    "file_too_large": ProblemWords(
        N_("The file is larger than {megabytes} MB unpacked, more than this program takes in at once."),
        N_("Keep only the rows and columns the study needs, or save the table as Parquet."),
    ),
    "too_many_columns": ProblemWords(
        N_("The table has {count} columns; at most {most} can be read."),
        N_("Keep only the columns the study needs, and save the table again."),
    ),
    "zip_bomb": ProblemWords(
        N_("The compressed file would unpack to something far larger than an honest table."),
        N_("Do not open it. Ask for the table again from the office it comes from."),
    ),
    "zip_damaged": ProblemWords(
        N_("The compressed file is damaged or incomplete."),
        N_("Download or copy it again."),
    ),
    "zip_password": ProblemWords(
        N_("The compressed file is locked with a password."),
        N_("Unpack it with its password and choose the table inside."),
    ),
    "zip_several_tables": ProblemWords(
        N_("The compressed file holds {count} tables: {names}."),
        N_("Choose one of them by its name, as a sheet of a workbook, or unpack the file."),
    ),
    "workbook_password": ProblemWords(
        N_("The workbook is locked with a password."),
        N_("Open it in a spreadsheet program, take the password off and save it again."),
    ),
    "statistical_damaged": ProblemWords(
        N_("The file of a statistical program (SPSS, Stata or SAS) is damaged or incomplete."),
        N_("Download or copy it again, or export the table as CSV from that program."),
    ),
    "dbf_damaged": ProblemWords(
        N_("The file is a dBase table (DBF) that is damaged or incomplete."),
        N_("Download or copy it again."),
    ),
    "page_without_table": ProblemWords(
        N_("The file is a web page without a table."),
        N_("On the page it comes from, choose the download of the data and not of the page."),
    ),
    "encoding_unknown": ProblemWords(
        N_("There is no encoding of letters named “{encoding}”."),
        N_("Leave the encoding out: it is found in the file."),
    ),
    "encoding_mixed": ProblemWords.counted(
        NN_("{count} line writes its accents in another way than the rest of the file; it was read as it is meant.",
            "{count} lines write their accents in another way than the rest of the file; they were read as they are meant."),
        N_("Look whether the names in these rows are right."),
    ),
    "fixed_width_unknown": ProblemWords(
        N_("Each row of the file is one string of {width} signs without any mark between its columns: it is microdata of fixed width."),
        N_("Bring the dictionary published with it (the table with the position, width and name of each variable, or the SAS, SPSS or Stata "
           "program) together with this file; or write the positions in the study file, in the key “columns” of its reading."),
    ),
    "control_characters": ProblemWords.counted(
        NN_("{count} sign that no table holds was left out.", "{count} signs that no table holds were left out."),
        N_("Look at the table: the file may have been damaged on its way."),
    ),
}  # fmt: skip

READINGS = {
    "reading_other_file": ProblemWords(
        N_("The file has {rows} rows, but its reading was confirmed when it had {declared}: it is another file."),
        N_("Have the file recognised again and confirm what is found; or put the first file back."),
    ),
    "reading_row_absent": ProblemWords.counted(
        NN_("The reading of the file names {count} row that is not there: the file has {rows}.",
            "The reading of the file names {count} rows that are not there: the file has {rows}."),
        N_("Have the file recognised again and confirm what is found."),
    ),
    "reading_needs_register": ProblemWords(
        N_("The codes of this table come from “{file}”, which cannot be reached from here."),
        N_("Read the table through its study."),
    ),
    "names_without_code": ProblemWords.counted(
        NN_("{count} row has a name that the list of codes does not know: {names}.",
            "{count} rows have a name that the list of codes does not know, for example: {names}."),
        N_("Confirm which area is meant, or say that it is none."),
    ),
    "study_reading_twice": ProblemWords(
        N_("Two readings are declared for the same file and sheet."),
        N_("Keep one of them."),
    ),
    "study_reading_rows": ProblemWords(
        N_("Rows are whole numbers, or ranges from a lower to a higher row."),
        N_("Write them as in [1, 2, \"2470-2480\"]."),
    ),
    "study_reading_delimiter": ProblemWords(
        N_("What stands between columns is one sign, or one or two blanks."),
        N_("Write the sign, or leave the key “delimiter” out: it is found in the file."),
    ),
    "study_reading_columns": ProblemWords(
        N_("The columns of a text of fixed width either all have different names, and then the file has no header; or none has a name."),
        N_("Give each column a name of its own and take the key “header” out; or take all names out."),
    ),
    "study_reading_marks_same": ProblemWords(
        N_("The decimal mark and the thousands mark are the same."),
        N_("Give two different marks, or leave the thousands mark out."),
    ),
    "study_reading_widths_do_not_fit": ProblemWords(
        N_("There are not as many widths as columns."),
        N_("Write one number of digits for each column, in the same order."),
    ),
}  # fmt: skip

WORDS = CONTAINERS | READINGS
