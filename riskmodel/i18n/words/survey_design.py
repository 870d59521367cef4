"""Words of problems in the design of a survey: corrections, stages, replicate weights."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "study_survey_needs": ProblemWords(
        N_("The survey names “{key}” but not “{needed}”, without which it means nothing."),
        N_("Name the column of “{needed}” as well, or take “{key}” out."),
    ),
    "study_replicates_rho": ProblemWords(
        N_("Replicate weights of type Fay need the number rho, and no other type has one."),
        N_("Write the rho that the office published, for example rho = 0.3, or correct the type."),
    ),
    "study_replicates_scale": ProblemWords(
        N_("Replicate weights of type BRR or Fay take no scale: it follows from their number and rho."),
        N_("Delete the scale. If the office published another, use the type JK1 with that scale."),
    ),
    "study_replicates_rscales": ProblemWords(
        N_("Replicate weights of type JKn need their factors, rscales."),
        N_("Write the factors that the office published, one for each column, for example rscales = [0.5, 0.5, 0.75]."),
    ),
    "ssu_missing": ProblemWords.counted(
        NN_("{count} row has no second-stage unit.", "{count} rows have no second-stage unit."),
        N_("Fill in the unit of every row, or take the second stage out of the study."),
    ),
    "fpc_missing": ProblemWords.counted(
        NN_(
            "{count} row does not say how many sampling units there are in the population.",
            "{count} rows do not say how many sampling units there are in the population.",
        ),
        N_("Fill in the number in every row. Without it in the documentation, take the correction out: errors grow."),
    ),
    "fpc_not_positive": ProblemWords.counted(
        NN_(
            "{count} row has a number of sampling units in the population that is zero or negative.",
            "{count} rows have a number of sampling units in the population that is zero or negative.",
        ),
        N_("Write how many units there are in the population, or the share of them that was drawn."),
    ),
    "fpc_mixed": ProblemWords.counted(
        NN_(
            "The column holds numbers of sampling units, but {count} row has a share below 1.",
            "The column holds numbers of sampling units, but {count} rows have a share below 1.",
        ),
        N_("Write numbers in every row, or shares in every row."),
    ),
    "fpc_not_constant": ProblemWords.counted(
        NN_(
            "In {count} stratum the number of sampling units in the population differs between rows: {names}.",
            "In {count} strata the number of sampling units in the population differs between rows: {names}.",
        ),
        N_("It is the number of units of the whole stratum, so all rows of a stratum have the same one."),
    ),
    "fpc2_not_constant": ProblemWords.counted(
        NN_(
            "In {count} primary sampling unit the number of second-stage units differs between rows: {names}.",
            "In {count} primary sampling units the number of second-stage units differs between rows: {names}.",
        ),
        N_("It is the number of second-stage units in the whole primary unit, so all its rows have the same one."),
    ),
    "fpc_below_sample": ProblemWords.counted(
        NN_(
            "In {count} stratum more primary sampling units were drawn than the population is said to have: {names}.",
            "In {count} strata more primary sampling units were drawn than the population is said to have: {names}.",
        ),
        N_(
            "Check that the column counts sampling units (not households or people) of the same strata as the column "
            "of the stratum."
        ),
    ),
    "fpc2_below_sample": ProblemWords.counted(
        NN_(
            "In {count} primary sampling unit more second-stage units were drawn than it is said to have: {names}.",
            "In {count} primary sampling units more second-stage units were drawn than they are said to have: {names}.",
        ),
        N_("Check that the column counts the units of the second stage, and that the codes of those units are right."),
    ),
    "replicates_no_column": ProblemWords(
        N_("No column of the survey is called “{pattern}” with a number in place of the star."),
        N_("Write the beginning of the names as the file has it, or list the columns one by one."),
    ),
    "replicates_too_few": ProblemWords.counted(
        NN_(
            "There is only {count} column of replicate weights.", "There are only {count} columns of replicate weights."
        ),
        N_("Name all the columns that were published with the survey."),
    ),
    "replicates_rscales_count": ProblemWords.counted(
        NN_(
            "There is {count} factor in rscales for {columns} columns of replicate weights.",
            "There are {count} factors in rscales for {columns} columns of replicate weights.",
        ),
        N_("Write one factor for each column, in the same order, or a single one for all."),
    ),
    "replicates_not_numbers": ProblemWords.counted(
        NN_(
            "{count} column of replicate weights holds text that is not a number: {names}.",
            "{count} columns of replicate weights hold text that is not a number: {names}.",
        ),
        N_("Check that the columns are the replicate weights, and that a spreadsheet has not changed them."),
    ),
    "replicates_missing": ProblemWords.counted(
        NN_("{count} row lacks a replicate weight.", "{count} rows lack a replicate weight."),
        N_("Use the file as the office published it. A row that a replicate leaves out has the weight 0, not a blank."),
    ),
    "replicates_negative": ProblemWords.counted(
        NN_("{count} row has a negative replicate weight.", "{count} rows have a negative replicate weight."),
        N_("Check that the columns are the replicate weights."),
    ),
    "replicates_empty": ProblemWords.counted(
        NN_(
            "{count} column of replicate weights is zero in every row: {names}.",
            "{count} columns of replicate weights are zero in every row: {names}.",
        ),
        N_("Take the column out, or use the file as the office published it."),
    ),
    "replicates_look_like_factors": ProblemWords(
        N_(
            "The replicate weights are about {mean} and the weights about {weight}: they look like factors of the weight."
        ),
        N_("If they are to be multiplied by the weight, write combined = false. Otherwise check the columns."),
    ),
    "replicates_look_like_weights": ProblemWords(
        N_("The replicate factors are about {mean}: they look like weights, not like factors of the weight."),
        N_("If they hold the weight already, delete combined = false. Otherwise check the columns."),
    ),
    "replicates_without_psu": ProblemWords(
        N_("The survey has replicate weights and no sampling unit, so children of one place count as independent."),
        N_(
            "This concerns only the variance between areas, which may come out too large. Name the unit if the file has it."
        ),
    ),
    "model_lonely_ssu": ProblemWords.counted(
        NN_(
            "{count} primary sampling unit has only one second-stage unit, so the error within it cannot be computed.",
            "{count} primary sampling units have only one second-stage unit, so the error within them cannot be computed.",
        ),
        N_('Choose a rule in the study file, for example lonely_psu = "adjust", or leave the second stage out.'),
    ),
    "model_replicate_separation": ProblemWords.counted(
        NN_(
            "Under {count} of {of} replicate weights the model cannot be fitted; in order of columns: {replicates}.",
            "Under {count} of {of} replicate weights the model cannot be fitted; in order of columns: {replicates}.",
        ),
        N_(
            "Some category then has only children in child labour, or none. Join it with a similar one, or take the "
            "determinant out."
        ),
    ),
    "model_no_degrees_of_freedom_replicates": ProblemWords.counted(
        NN_(
            "{count} replicate weight is too few for {terms} coefficients: intervals cannot be computed.",
            "{count} replicate weights are too few for {terms} coefficients: intervals cannot be computed.",
        ),
        N_("Use fewer determinants."),
    ),
}
