"""Words of problems in a study file."""

from riskmodel.i18n.translator import N_
from riskmodel.i18n.words.form import ProblemWords

WORDS = {
    "study_not_readable": ProblemWords(
        N_("The study file cannot be read."),
        N_("Check that the file exists and is text in UTF-8."),
    ),
    "study_not_toml": ProblemWords(
        N_("The study file is not written in TOML."),
        N_("Look at the line named: a quotation mark, a bracket or an equals sign is probably missing."),
    ),
    "study_unknown_key": ProblemWords(
        N_("The study file has a key this program does not know."),
        N_("Correct the key or delete it. What may stand there: {near}."),
    ),
    "study_missing_key": ProblemWords(
        N_("The study file lacks a key that is needed."),
        N_("Add the key. docs/study-file.md says what it means."),
    ),
    "study_wrong_choice": ProblemWords(
        N_("“{given}” is not one of the choices."),
        N_("Write one of these: {allowed}."),
    ),
    "study_wrong_value": ProblemWords(
        N_("The study file has a value of the wrong kind: “{given}”."),
        N_("See docs/study-file.md for what this key takes."),
    ),
    "study_needs": ProblemWords(
        N_("The method “{method}” needs a part that the study does not have."),
        N_("Add the part named, or choose another method."),
    ),
    "study_model_alone": ProblemWords(
        N_(
            "A model from a file takes the place of a survey or of measured rates, in a study with the risk model or the area model."
        ),
        N_('Keep one section: [model], or else [survey] or [area_model]; and method = "risk_model" or "area_model".'),
    ),
    "study_area_model_measure": ProblemWords(
        N_(
            "The area model needs one measure of child labour: cases and totals, or a rate with its error or its number."
        ),
        N_("In [area_model] name cases and total, or rate with se or n; not both."),
    ),
    "study_area_model_sampled_twice": ProblemWords(
        N_("The share of children interviewed is given twice."),
        N_("In [area_model] keep sampled, one share for all, or sampled_column, one share for each area."),
    ),
    "study_area_model_smooth_bootstrap": ProblemWords(
        N_("A model that follows curves cannot have the errors of drawn worlds."),
        N_("Delete smooth or bootstrap in [area_model]."),
    ),
    "study_area_model_nothing_to_smooth": ProblemWords(
        N_("The errors of the direct rates are to be smoothed, but the study names no column of standard errors."),
        N_('Name the column as se in [area_model], or delete errors = "smoothed".'),
    ),
    "study_area_model_indicator": ProblemWords(
        N_("The area model names “{name}”, which is not an indicator of the study."),
        N_("Write the name of an indicator. These are declared: {known}."),
    ),
    "study_interaction_unknown": ProblemWords(
        N_("An interaction names “{name}”, which is not a determinant of the study."),
        N_("Write the name of a determinant. These are declared: {known}."),
    ),
    "study_interaction_not_in_model": ProblemWords(
        N_("An interaction names “{name}”, a determinant that is kept out of the model."),
        N_("Take the determinant into the model, or delete the interaction."),
    ),
    "study_interaction_twice": ProblemWords(
        N_("The interaction of {names} is declared twice."),
        N_("Delete one of the two; the order of the determinants does not matter."),
    ),
    "study_interaction_with_itself": ProblemWords(
        N_("An interaction names the same determinant twice."),
        N_("Name two different determinants. For a curve of a number, write spline in its determinant."),
    ),
    "study_spline_not_numeric": ProblemWords(
        N_("A determinant of categories has a spline."),
        N_('Delete the spline, or write kind = "numeric" if its values are numbers.'),
    ),
    "study_spline_knots_or_df": ProblemWords(
        N_("A spline needs its knots or its degrees of freedom, one of the two."),
        N_("Write knots, such as [8, 11, 14], or df, such as 3. docs/study-file.md has an example."),
    ),
    "study_spline_knots_order": ProblemWords(
        N_("The knots of a spline are not in rising order, or are more than five."),
        N_(
            "Write up to five different numbers from the smallest to the largest, between the two of boundary if it is given."
        ),
    ),
    "study_name_twice": ProblemWords(
        N_("The name “{name}” is used twice."),
        N_("Give each one its own name."),
    ),
    "study_needs_parent": ProblemWords(
        N_("Levels within each parent unit need to know the parent of each area."),
        N_('Name the column of the parent in [areas] parent_code, or choose scope = "national".'),
    ),
    "study_needs_parent_for_domain": ProblemWords(
        N_("The domains of the survey are parent units of the areas, and the study does not name these."),
        N_("Name the column of the parent in [areas] parent_code, or delete [survey] domain."),
    ),
    "study_unknown_criterion": ProblemWords(
        N_("The priority list asks for “{name}”, which the study does not have."),
        N_("Use a result or the name of an indicator: {near}."),
    ),
    "study_age_min_above_max": ProblemWords(
        N_("The lowest age is above the highest."),
        N_("Exchange the two ages."),
    ),
    "study_outcome_column_and_computed": ProblemWords(
        N_("The outcome is given twice: as a ready column and as a computation."),
        N_("Keep one of the two: “column” in [outcome], or the section [outcome.computed]."),
    ),
    "study_outcome_bands_overlap": ProblemWords(
        N_("Two age bands of the computed outcome share an age."),
        N_("Let the second band begin one year above the end of the first: both ends belong to a band."),
    ),
    "study_outcome_needs_age": ProblemWords(
        N_("An outcome computed from hours needs to know the age of each child."),
        N_("Name the column of age in [outcome] age, with the lowest and the highest age."),
    ),
    "study_outcome_ages_without_band": ProblemWords(
        N_("The study takes in ages for which the computed outcome has no hours: {ages}."),
        N_("Add an age band for them, or narrow the ages of the study."),
    ),
    "study_missing_category_numeric": ProblemWords(
        N_("A numeric determinant cannot have a category of the children for whom it is missing."),
        N_('Cut the number into bands and declare the determinant as categories, or write missing = "drop".'),
    ),
    "study_map_and_bands": ProblemWords(
        N_("A determinant has both a map and bands."),
        N_("Keep one of the two: a map for codes, bands for numbers."),
    ),
    "study_cuts_do_not_fit": ProblemWords(
        N_("Fixed levels need one cut-off fewer than levels, in rising order."),
        N_("For 3 levels write 2 cut-offs, for example cuts = [0.08, 0.15]."),
    ),
    "study_not_with_replicates": ProblemWords(
        N_("This key does not go together with replicate weights."),
        N_(
            "Its errors come from strata and sampling units. Leave the key out, or use those in place of the replicates."
        ),
    ),
    "study_margins_no_benchmark": ProblemWords(
        N_("The risks of a population of margins are not brought into line with survey domains."),
        N_("Write benchmark = false in [survey], or leave domain out."),
    ),
}
