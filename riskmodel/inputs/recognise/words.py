"""Words of what recognition finds: kinds of files, what columns are, reasons, uses, questions.

Every entry is a whole sentence or a name to stand alone; values are named. `say_*` puts them in a reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping

from riskmodel.i18n.translator import N_, Translator
from riskmodel.inputs.compared_files import FilesCompared
from riskmodel.inputs.recognise.proposal import Question, Use
from riskmodel.inputs.recognise.roles import ColumnGuess

CERTAINTIES = {"sure": N_("sure"), "likely": N_("likely"), "ask": N_("to be confirmed")}

KINDS = {
    "survey": N_("Survey: one row per person interviewed"),
    "census": N_("Census or register: one row per person"),
    "dwellings": N_("Dwellings or households: one row each"),
    "cells": N_("Counts per area and category"),
    "margins": N_("Totals of each category per area"),
    "areas": N_("Table of areas: one row per area"),
    "areas_by_year": N_("Table of areas that repeats each year"),
    "register": N_("List of areas: codes and names"),
    "services": N_("Services: places or programmes"),
    "dictionary": N_("Dictionary: explains columns or categories"),
    "boundaries": N_("Boundaries: a map of the areas"),
    "model": N_("Model fitted elsewhere"),
    "study": N_("Study file"),
    "archive": N_("Exported study"),
    "unknown": N_("Not recognised"),
    "not_a_table": N_("Not a table"),
}

KIND_REASONS = {
    "kind_design": N_("It has persons with sampling weights, strata or sampling units."),
    "kind_weight": N_("It has persons with weights, and no strata or sampling units."),
    "kind_persons": N_("It has persons without weights."),
    "kind_dwellings": N_("Its rows are dwellings or households: it has no age or sex of a person."),
    "kind_cells": N_("Areas repeat, each time with other categories and a count."),
    "kind_margins": N_("Each row counts one category of one variable in an area."),
    "kind_areas": N_("Every area has one row, with figures beside it."),
    "kind_measured": N_("Every area has one row, with a measured or estimated rate of child labour."),
    "kind_by_year": N_("Every area has one row for each year."),
    "kind_register": N_("Every area has one row, without figures."),
    "kind_services": N_("Several rows per area name places, programmes or coordinates."),
    "kind_dictionary": N_("Its columns hold names of variables and what they mean."),
    "kind_nothing": N_("Nothing in it tells areas or persons apart."),
    "kind_boundaries": N_("It holds the shapes of areas."),
    "kind_content": N_("The content of the file says so."),
}

CONTENTS = {
    "pdf": N_("The file is a PDF. Ask its author for the table itself, as a spreadsheet or CSV."),
    "word": N_("The file is a text document. Save its table from a spreadsheet program as XLSX or CSV."),
    "slides": N_("The file is a presentation. Ask its author for the table behind it."),
    "picture": N_("The file is a picture. A table or a map with data is needed."),
    "web": N_("The file is a web page without a table. Download the table it offers."),
    "media": N_("The file is a recording of sound or pictures. A table or a map with data is needed."),
    "program": N_("The file is a program. It was not opened."),
    "packed": N_("The file is packed in a way this program does not open. Unpack it, or pack it as ZIP."),
    "layout": N_(
        "The file says where the columns of a text of fixed width stand. It serves to read the data brought with it."
    ),
    "part": N_("The file is one part of a shapefile. Bring all its parts together in one ZIP."),
    "empty": N_("The file is empty."),
    "absent": N_("The file cannot be opened."),
    "unreadable": N_("The file cannot be read as a table."),
    "map": N_("The file holds a map that cannot be read."),
}

ROLES = {
    "area_code": N_("code of the area"),
    "area_code_other": N_("another code of the area"),
    "area_name": N_("name of the area"),
    "area_label": N_("name of the area with its parent unit"),
    "parent_code": N_("code of the parent unit"),
    "parent_name": N_("name of the parent unit"),
    "country": N_("country"),
    "year": N_("year"),
    "period": N_("month or quarter"),
    "latitude": N_("latitude"),
    "longitude": N_("longitude"),
    "weight": N_("sampling weight"),
    "replicate": N_("replicate weight"),
    "stratum": N_("sampling stratum"),
    "psu": N_("primary sampling unit"),
    "household": N_("number of the household or dwelling"),
    "person": N_("number of the person"),
    "kinship": N_("relation to the head of household"),
    "age": N_("age"),
    "sex": N_("sex"),
    "zone": N_("urban or rural"),
    "outcome": N_("child labour, yes or no"),
    "outcome_codes": N_("work, as codes"),
    "identity": N_("name or number of a person"),
    "cases": N_("children in child labour"),
    "total": N_("children among whom they were counted"),
    "rate": N_("measured rate of child labour"),
    "risk": N_("estimated risk"),
    "se": N_("standard error"),
    "n": N_("children interviewed"),
    "children": N_("number of children"),
    "population": N_("population"),
    "indicator": N_("indicator"),
    "count": N_("count"),
    "category": N_("category"),
    "variable": N_("name of a variable"),
    "description": N_("description"),
    "number": N_("number"),
    "text": N_("text"),
    "constant": N_("the same in every row"),
    "empty": N_("empty"),
}

REASONS = {
    "name": N_("Its name says so."),
    "name_and_values": N_("Its name says so and its values fit."),
    "values": N_("Its values say so."),
    "unique": N_("It has a different code in every row."),
    "nested": N_("The codes of the areas begin with it."),
    "determined": N_("Each area has one value of it, and several areas share it."),
    "pair": N_("The names of two columns go together, and no area has more cases than children."),
    "constant": N_("It has one value only."),
    "empty": N_("It has no value."),
    "identity_values": N_("Its values have the form of official numbers or addresses of persons."),
    "rest": N_("Nothing more can be said of it."),
    "label": N_("The label of the column in the file says so, and its values fit."),
    "system": N_("Its values follow an official system of codes."),
}

USES = {
    "kind_design": N_("Serves as the survey."),
    "kind_weight": N_("Serves as the survey."),
    "kind_persons": N_("Serves as the population."),
    "kind_cells": N_("Serves as the population, as counts."),
    "kind_margins": N_("Serves as the population, as totals."),
    "areas_main": N_("Serves as the table of areas."),
    "areas_joined": N_("Adds columns to the areas: {both} codes are in both tables, {only_here} only in this one."),
    "other_level": N_("Not used: its areas are not those of the other files."),
    "register": N_("Gives the codes of the areas by their names."),
    "register_not_needed": N_("Not used: it adds no figures to the areas."),
    "without_codes": N_("Not used: it has no codes of areas."),
    "map_meets": N_(
        "Serves as the map. Areas with their shape: {both}; without: {only_table}. Shapes of no area: {only_map}."
    ),
    "map_meets_all": N_("Serves as the map: each of the {both} areas has its shape."),
    "map_mended": N_(
        "Serves as the map once its codes are written as in the table. Areas with their shape: {both}; without: {only_table}. Shapes of no area: {only_map}."
    ),
    "map_cut": N_(
        "Serves as the map: it is of smaller units, whose codes are cut to those of the areas, and the shapes of one area are joined. Areas with their shape: {both}; without: {only_table}."
    ),
    "map_meets_none": N_("Serves as the map, but its codes are not those of the areas."),
    "map_alone": N_("Serves as the map."),
    "map_by_name": N_(
        "Serves as the map: it has names and no codes, so the codes are taken by name from “{table}”. {same} of its {count} names are the same there."
    ),
    "map_not_needed": N_("Not used: another map fits the areas better."),
    "dictionary": N_("Gives names to {count} columns of the other files."),
    "dictionary_of_none": N_("Not used: it explains no column of these files."),
    "model": N_("Serves as the model."),
    "kept_survey": N_("Not used: another survey was taken."),
    "kept_census": N_("Not used: a population needs a survey or a model from a file beside it."),
    "kept_cells": N_("Not used: counts need a survey beside them, or one row per area."),
    "kept_margins": N_("Not used: totals need a survey beside them."),
    "kept_dwellings": N_("Not used: join its columns to the file of persons first, by the number of the dwelling."),
    "kept_services": N_("Not used yet. Where it has latitude and longitude, its points can be counted in each area."),
    "kept_unknown": N_("Not used: it was not recognised."),
    "kept_not_a_table": N_("Not used."),
    "kept_study": N_("Open it with “check” or on the screen Studies."),
    "kept_archive": N_("Bring it in on the screen Studies."),
    "kept_boundaries": N_("Not used: it cannot be read."),
    "kept_areas": N_("Not used."),
    "kept_areas_by_year": N_("Not used."),
    "kept_register": N_("Not used."),
    "kept_dictionary": N_("Not used."),
}

QUESTIONS = {
    "method": N_("Which method should be used?"),
    "outcome": N_("Which column says whether a child is in child labour? It must hold 1 for yes and 0 for no."),
    "outcome_of_codes": N_(
        "Which column says whether a child is in child labour? It must hold 1 for yes and 0 for no. In other codes: {coded}."
    ),
    "definition": N_(
        "What counts as child labour in these data? Write ages, activities and hours as the source defines them."
    ),
    "area_code": N_("Which column holds the code of the area?"),
    "population_area": N_("Which column of the population holds the code of the area?"),
    "map_code": N_("Which column of the map holds the same codes as the table of areas?"),
    "which_year": N_("The table repeats its areas for {count} years. Which year should be used?"),
    "year": N_("Of which year are these data?"),
    "ages": N_("Which ages does the study cover? Write the first and the last, such as 5-17."),
    "weight": N_("Is this the sampling weight?"),
    "stratum": N_("Is this the sampling stratum?"),
    "psu": N_("Is this the primary sampling unit?"),
    "count": N_("Which column holds the number of children?"),
    "sampled": N_(
        "Were all children counted, or only a share of them interviewed? Write 0 for all, 0.1 for every tenth."
    ),
    "direction": N_("Does more of “{label}” mean more vulnerable (1) or less (-1)?"),
    "indicators": N_(
        "Are these indicators and their directions right? {names}. Other columns that could be used: {left}."
    ),
    "determinants": N_(
        "Do these determinants mean the same in survey and population? {names}. Not brought together: {left}."
    ),
    "name": N_("What is the study called?"),
}

METHODS = {
    "risk_model": N_("risk model: a survey applied to a census"),
    "area_model": N_("area model: measured rates joined with indicators"),
    "vulnerability_index": N_("vulnerability index: indicators of the areas"),
    "given_risk": N_("given risk: a rate somebody else estimated or measured"),
}


def say_column(guess: ColumnGuess, t: Translator) -> str:
    """What a column is, how certain and why, as one line."""
    return t("{column}: {role} ({certainty}). {reason}", column=guess.column, role=t(ROLES[guess.role]),
             certainty=t(CERTAINTIES[guess.certainty]), reason=t(REASONS[guess.reason]))  # fmt: skip


def say_use(use: Use, t: Translator) -> str:
    """What a file serves for."""
    if use.reason == "map_meets" and not use.values["only_table"] and not use.values["only_map"]:
        return t(USES["map_meets_all"], **_shown(use.values, t))
    return t(USES[use.reason], **_shown(use.values, t)) if use.values else t(USES[use.reason])


def say_question(question: Question, t: Translator) -> str:
    """A question as a person reads it, without its options."""
    values = _shown(question.values, t)
    return t(QUESTIONS[question.code], **values) if values else t(QUESTIONS[question.code])


def say_recode(pair: FilesCompared, t: Translator) -> str:
    """The question whether codes that differ are of the same areas."""
    return t.plural(
        "Should {count} code of “{first}” be read as the code its area has in “{second}”? Write none, all, or pairs of codes.",
        "Should {count} codes of “{first}” be read as the codes their areas have in “{second}”? Write none, all, or pairs of codes.",
        len(pair.recodings),
        first=pair.first.file,
        second=pair.second.file,
    )


def say_option(question: Question, option: str, t: Translator) -> str:
    """One option in words."""
    return t(METHODS[option]) if question.code == "method" else option


def _shown(values: Mapping[str, object], t: Translator) -> dict[str, object]:
    """Numbers with the marks of the language, lists joined, a dash for none."""
    shown: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, (list, tuple)):
            shown[name] = ", ".join(map(str, value)) or "—"
        elif isinstance(value, int):
            shown[name] = t.number(value)
        else:
            shown[name] = value
    return shown
