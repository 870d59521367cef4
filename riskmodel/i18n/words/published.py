"""Words of what is found when a study is held against published totals."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "study_published_nothing": ProblemWords(
        N_("A published total has no number in it."),
        N_("In [[published_total]] name a table (file, parent_code, total), or write totals, or the total of the country."),
    ),
    "study_published_columns": ProblemWords(
        N_("The table of published totals lacks the names of its columns."),
        N_("In [[published_total]] name the column of the parent units (parent_code) and that of the totals (total)."),
    ),
    "study_published_column": ProblemWords(
        N_("A published total does not say what it is compared with."),
        N_('In [[published_total]] write of = "column" together with the name of a column of the areas, or leave both out to compare children.'),
    ),
    "study_published_needs_parents": ProblemWords(
        N_("Published totals by parent unit need the parent unit of each area."),
        N_("Name the column of the parent codes in [areas], or give the total of the country only."),
    ),
    "study_published_needs_areas": ProblemWords(
        N_("A published total is compared with a column of the areas, and the study has no table of areas."),
        N_("Add [areas] with the table that holds the column."),
    ),
    "study_published_needs_survey": ProblemWords(
        N_("A published total is compared with the weights of the survey, which the study does not have by parent unit."),
        N_("Name the weight of the survey, and its column of regions (domain) or of areas (area_code)."),
    ),
    "published_not_counted": ProblemWords(
        N_("The study counts nothing that could be compared with the published total ({label})."),
        N_("Name the column of children in [areas], or compare another column."),
    ),
    "published_country_more": ProblemWords(
        N_("The files count {percent} % more than was published for the country ({label}): {ours} against {published}."),
        N_("Check the year, the ages and the territory of both. A row counted twice, such as a total among the areas, makes the files count more."),
    ),
    "published_country_less": ProblemWords(
        N_("The files count {percent} % less than was published for the country ({label}): {ours} against {published}."),
        N_("Check the year, the ages and the territory of both. Areas that are missing, or not asked, make the files count less."),
    ),
    "published_differs": ProblemWords.counted(
        NN_("{count} of {of} parent units differs from its published total by more than {tolerance} % ({label}). Furthest apart is {name}: {ours} against {published}.",
            "{count} of {of} parent units differ from their published totals by more than {tolerance} % ({label}). Furthest apart is {name}: {ours} against {published}."),
        N_("Check the year, the ages and the territory of both. Nothing was changed: the comparison is in reconciliation.csv."),
    ),
    "published_unit_unknown": ProblemWords.counted(
        NN_("{count} published total ({label}) is of a parent unit that the study does not have: {codes}.",
            "{count} published totals ({label}) are of parent units that the study does not have: {codes}."),
        N_("Compare the codes: leading zeros may be lost. If the row is the total of the country, name its code as country_code."),
    ),
    "published_unit_absent": ProblemWords.counted(
        NN_("{count} parent unit has no published total ({label}): {codes}.", "{count} parent units have no published total ({label}): {codes}."),
        N_("They are not compared. Add them to the published table if they were published."),
    ),
}  # fmt: skip
