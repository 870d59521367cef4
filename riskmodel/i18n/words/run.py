"""Words of problems met while a study runs."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "file_absent": ProblemWords(
        N_("A file of the study is not there."),
        N_("Put the file into the folder of the study, or correct its name in the study."),
    ),
    "no_area_has_estimate": ProblemWords(
        N_("No area could be estimated."),
        N_("Look at the other problems listed: columns or codes probably do not match between the files."),
    ),
    "path_outside": ProblemWords(
        N_("The study names a file outside its own folder."),
        N_("Put the file into the folder of the study and name it without “..” or a leading slash."),
    ),
    "archive_not_study": ProblemWords(
        N_("This file is not an exported study."),
        N_("Choose a .zip made with “Export the study”."),
    ),
    "archive_too_large": ProblemWords(
        N_("The exported study is too large to open here."),
        N_("Copy its files into a folder and open them with the command line."),
    ),
    "area_unknown": ProblemWords(
        N_("No area has the code “{area_code}” in these results."),
        N_("Look up the code in areas.csv."),
    ),
    "disk_full": ProblemWords.counted(
        NN_(
            "The disk is full. {count} fact sheet is finished and stays.",
            "The disk is full. {count} fact sheets are finished and stay.",
        ),
        N_("Make room on the disk, then start again: what is finished is not drawn a second time."),
    ),
    "book_disk_full": ProblemWords(
        N_("The disk is full before the book is whole."),
        N_("Make room on the disk, or write the book to another one, then start again."),
    ),
    "parents_absent": ProblemWords(
        N_("This study has no parent units, so there is no book for each of them."),
        N_("Make one book of all sheets instead. A study has parent units where its table of areas names them."),
    ),
    "parent_unknown": ProblemWords(
        N_("No parent unit has the code “{parent_code}” in these results."),
        N_("Look up the code in parents.csv. A study has parent units where its table of areas names them."),
    ),
    "workbook_not_an_index": ProblemWords(
        N_("These results are not of an index, so there is no workbook of its steps."),
        N_("Take the spreadsheet of results, or run a study of the vulnerability index."),
    ),
    "results_absent": ProblemWords(
        N_("There are no results in this folder."),
        N_("Run the study first: python cli.py run STUDY.toml --out FOLDER."),
    ),
}
