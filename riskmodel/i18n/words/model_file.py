"""Words of problems with a model from a file."""

from riskmodel.i18n.translator import N_, NN_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "model_not_json": ProblemWords(
        N_("The model file cannot be read: it is not JSON, or it is cut off."),
        N_("Copy model.json again from the results of the office that fitted the model, whole and unchanged."),
    ),
    "model_not_ours": ProblemWords(
        N_("This file is not a model made by this program."),
        N_("Choose the file model.json from the results of a study with the risk model or the area model."),
    ),
    "model_version_unknown": ProblemWords(
        N_("The model file has format version {version}; this program reads version {known}."),
        N_("Use the version of the program that wrote the file, or ask for a file written by this one."),
    ),
    "model_wrong_value": ProblemWords(
        N_("The model file lacks a part, or has one with a wrong value."),
        N_("Ask for the file again; it must not be edited. The key named shows where it differs from the schema."),
    ),
    "model_inconsistent": ProblemWords(
        N_("Parts of the model file do not belong together: a category, a term or a variance is missing or wrong."),
        N_("Ask for the file again; it must not be edited."),
    ),
    "model_changed": ProblemWords(
        N_("The model file was changed after it was written."),
        N_("Ask for the original file. To change the model, fit it again where the survey is."),
    ),
    "model_other_kind": ProblemWords(
        N_("The file holds a model of another method: {of_model}, and the study asks for {method}."),
        N_("Choose the method of the model in the study, or another file."),
    ),
    "applied_area_model": ProblemWords(
        N_(
            "The model was not fitted here. It comes from the study “{study}” ({fingerprint}), measured rates of {year}."
        ),
        N_(
            "Consider whether it holds here: the same relations, years and definitions. The interval does not cover that."
        ),
    ),
    "applied_indicator_unit": ProblemWords(
        N_("The indicator “{name}” is in “{unit}” here and in “{of_model}” in the model."),
        N_(
            "Check that it measures the same. Convert the column if the unit differs; if only the wording does, take that of the model."
        ),
    ),
    "applied_indicator_scale": ProblemWords(
        N_(
            "The indicator “{name}” is in another unit than in the model: half of the areas have less than {median}, and the model saw values from {low} to {high}. One is in percent, the other a proportion."
        ),
        N_("Multiply the column by 100, or divide it by 100, so that it is as in the model."),
    ),
    "applied_indicator_outside": ProblemWords.counted(
        NN_(
            "In one area the indicator “{name}” lies far outside what the model saw, {low} to {high}.",
            "In {count} areas the indicator “{name}” lies far outside what the model saw, {low} to {high}.",
        ),
        N_(
            "Check that the column and its unit are right. If they are, read those areas with care: nothing like them was measured. They carry a note."
        ),
    ),
    "applied_parents_known": ProblemWords(
        N_(
            "{count} of the {of} parent units are those the model was fitted on: what their areas have in common was taken from it."
        ),
        N_("If the codes mean other units here, write parents = false in [model]."),
    ),
    "applied_parents_new": ProblemWords(
        N_(
            "None of the {of} parent units is one the model was fitted on: what their areas have in common is not known and widens the intervals."
        ),
        N_(
            "Nothing needs to be done. For another year of the same country give the same codes, names and study.country."
        ),
    ),
    "applied_model": ProblemWords(
        N_("The model was not fitted here. It comes from the study “{study}” ({fingerprint}), survey of {year}."),
        N_(
            "Consider whether it holds here: the same relations, years and definitions. The interval does not cover that."
        ),
    ),
    "applied_determinant_unknown": ProblemWords(
        N_("The study describes the determinant “{determinant}”, which the model does not have."),
        N_("Delete it, or give it the name it has in the model: {known}."),
    ),
    "applied_determinant_fixed": ProblemWords(
        N_("The determinant “{determinant}” has another kind or reference here than in the model."),
        N_(
            "Leave kind and reference out: they are the model's. Only the population's column and codes are this study's."
        ),
    ),
    "applied_ages_outside": ProblemWords(
        N_("The study asks for ages {min} to {max}, and the model is for ages {low} to {high}."),
        N_("Ask for ages the model knows, or use a model for these ages."),
    ),
    "applied_ages_narrower": ProblemWords(
        N_("The study asks for ages {min} to {max} only, and the model was fitted to ages {low} to {high}."),
        N_("Keep this if it is meant. The definition printed is that of the model."),
    ),
    "applied_no_area_variance": ProblemWords(
        N_("The model does not say how much areas differ beyond the determinants, so intervals are too narrow."),
        N_("If the survey had codes of areas, ask for a model fitted with [survey] area_code."),
    ),
}
