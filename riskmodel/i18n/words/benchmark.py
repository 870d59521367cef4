"""Words of problems met when the population is brought into line with the survey."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "benchmark_large_shift": ProblemWords(
        N_("In the domain “{domain}” model and survey disagree: a shift of {shift} was needed to reach the {direct} % of the survey."),
        N_("Look for what sets this domain apart: another wording, another year, a determinant that is missing. Read its areas with care."),
    ),
    "benchmark_unreliable": ProblemWords.counted(
        NN_(
            "{count} domain keeps the model's risks, because the survey's own estimate there is not reliable: {domains}.",
            "{count} domains keep the model's risks, because the survey's own estimates there are not reliable: {domains}.",
        ),
        N_("Nothing to do. An estimate counts as reliable with 50 children in child labour and a coefficient of variation up to 20 %."),
    ),
    "benchmark_unplaced": ProblemWords.counted(
        NN_(
            "{count} domain of the survey is no parent unit of the areas, or has no children in the population: {domains}.",
            "{count} domains of the survey are no parent units of the areas, or have no children in the population: {domains}.",
        ),
        N_("Give survey and areas the same codes: [survey] domain holds what [areas] parent_code holds."),
    ),
}  # fmt: skip
