"""Words of problems of the area model: its direct rates, its indicators, its fit."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "area_model_few_areas": ProblemWords(
        N_(
            "Only {count} areas have both a direct rate and enough indicators, too few for {indicators} indicators: at least {wanted} are needed."
        ),
        N_(
            'Take out indicators, or write selection = "lasso" in [area_model] to let the program propose a few. With very few direct rates choose the vulnerability index.'
        ),
    ),
    "area_model_collinear": ProblemWords.counted(
        NN_(
            "One indicator was left out of the model because others say the same, or because it does not vary among the areas with a direct rate: {names}.",
            "{count} indicators were left out of the model because others say the same, or because they do not vary among the areas with a direct rate: {names}.",
        ),
        N_("Nothing is lost. To choose which of them stays, take the others out of the study."),
    ),
    "area_model_inflated": ProblemWords.counted(
        NN_(
            "One indicator says nearly the same as the others together (variance inflation above {limit}): {names}. The model cannot tell its part from theirs.",
            "{count} indicators say nearly the same as the others together (variance inflation above {limit}): {names}. The model cannot tell the part of one from that of another.",
        ),
        N_(
            'The estimates of areas do not suffer, only the effects of single indicators. Take some out, or write selection = "lasso" in [area_model].'
        ),
    ),
    "area_model_direction": ProblemWords.counted(
        NN_(
            "One indicator is declared the other way round than the direct rates show it: {names}. Areas with more of it have the contrary of what its direction says.",
            "{count} indicators are declared the other way round than the direct rates show them: {names}. Areas with more of them have the contrary of what their direction says.",
        ),
        N_(
            "Check that the right column was chosen and what its values mean. The area model takes the direction from the data; the index would take the declared one."
        ),
    ),
    "area_model_areas_lacking": ProblemWords.counted(
        NN_(
            "One area has no estimate: it lacks more than 30 % of the indicators of a dimension.",
            "{count} areas have no estimate: they lack more than 30 % of the indicators of a dimension.",
        ),
        N_("Complete their values in the table of areas. Until then they are drawn as “no data”."),
    ),
    "area_model_imputed": ProblemWords.counted(
        NN_(
            "In one area a missing indicator was filled with the median of its parent unit.",
            "In {count} areas missing indicators were filled with the median of their parent unit.",
        ),
        N_("Nothing needs to be done. The areas carry a note; complete the table if the values can be had."),
    ),
    "area_model_adjusted": ProblemWords(
        N_(
            "The direct rates show no difference between areas beyond what indicators and chance explain. A small difference was allowed for, so that no interval is too narrow."
        ),
        N_("Check that the number of children behind each rate is right: too small a number hides differences."),
    ),
    "area_model_no_parent_effect": ProblemWords(
        N_(
            "What areas of one parent unit have in common was not estimated: fewer than {wanted} units have direct rates of two areas or more, or some areas name no unit."
        ),
        N_("Name the column of the parent unit in [areas], or write parent_effect = false."),
    ),
    "area_model_no_benchmark": ProblemWords(
        N_(
            "The estimates could not be brought into line with the direct figure of all areas together: the number of children is missing in some area with a direct rate, or the two are too far apart."
        ),
        N_("Name the column of children in [areas], or write benchmark = false."),
    ),
    "area_model_chosen": ProblemWords.counted(
        NN_(
            "Of the {of} indicators the program kept {count}, with which areas of other parent units are told best.",
            "Of the {of} indicators the program kept {count}, with which areas of other parent units are told best.",
        ),
        N_(
            "This is a proposal. Look at the list on the Model screen; to confirm or change it, name the indicators in area_model.indicators."
        ),
    ),
    "direct_negative": ProblemWords.counted(
        NN_(
            "One value is below zero where that is impossible.",
            "{count} values are below zero where that is impossible.",
        ),
        N_("Correct the rows. Leave the cell empty where the number is not known."),
    ),
    "direct_cases_above_total": ProblemWords.counted(
        NN_(
            "One area has more children in child labour than children.",
            "{count} areas have more children in child labour than children.",
        ),
        N_("Check that the columns of cases and of totals are not exchanged and are of the same ages."),
    ),
    "direct_total_zero": ProblemWords.counted(
        NN_(
            "One area has a total of zero children, so it has no direct rate.",
            "{count} areas have a total of zero children, so they have no direct rate.",
        ),
        N_("Check the rows. The areas are estimated from their indicators alone."),
    ),
    "direct_outside": ProblemWords.counted(
        NN_(
            "One direct rate is not between 0 and {top}.",
            "{count} direct rates are not between 0 and {top}.",
        ),
        N_("Correct the rows, or say in area_model.unit how the rate is written."),
    ),
    "direct_in_percent": ProblemWords.counted(
        NN_(
            "One direct rate is above 1, so the column is in percent, or mixes percent with proportions.",
            "{count} direct rates are above 1, so the column is in percent, or mixes percent with proportions.",
        ),
        N_('If 12 means 12 %, write unit = "percent" in [area_model]. If only some rows are in percent, correct them.'),
    ),
    "direct_in_proportion": ProblemWords(
        N_("The direct rates are declared as percent, but none is above 1."),
        N_('If 0.12 means 12 %, write unit = "proportion" in [area_model].'),
    ),
    "direct_sampled_outside": ProblemWords.counted(
        NN_(
            "One share of children interviewed is not between 0 and 1.",
            "{count} shares of children interviewed are not between 0 and 1.",
        ),
        N_("Write the share as a proportion below 1: 0.1 where every tenth child was interviewed."),
    ),
    "direct_error_smoothed": ProblemWords.counted(
        NN_(
            "One direct rate has no usable standard error, or is zero or full; its error was taken from areas of its size.",
            "{count} direct rates have no usable standard error, or are zero or full; their error was taken from areas of their size.",
        ),
        N_(
            "Nothing needs to be done. Give the number of children behind each rate (area_model.n) to make this better."
        ),
    ),
    "direct_empty": ProblemWords(
        N_("No area has a direct rate."),
        N_("Check the columns named in [area_model]. Without any direct rate choose the vulnerability index."),
    ),
}
