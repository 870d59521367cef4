"""Set a study up to apply an area model that was fitted elsewhere.

What was estimated is the model's: outcome, indicators and their units. Where this table has them is the study's.
"""

from __future__ import annotations

from riskmodel.areamodel.portable_schema import ModelIndicator, PortableAreaModel
from riskmodel.problems import Problem, Where
from riskmodel.study import AgeRange, AppliedModel, Indicator, Outcome, Study


def study_with_area_model(study: Study, model: PortableAreaModel, file: str) -> tuple[Study, list[Problem]]:
    """The study with the outcome and the indicators of a model, and what does not fit.

    Parameters
    ----------
    study : Study
        Its indicators, matched by name, say in which column this table has those of the model; all others are read from
        the column they had where the model was fitted. Indicators that are not the model's describe areas and order
        priorities, as always.
    file : str
        Name of the model's file, for problems and the record.

    Returns
    -------
    Study
        Complete, without `[area_model]`.
    list of Problem
        Warnings: `applied_indicator_unit`: the study names another unit than the model. A note says where the model
        comes from.
    """
    own = {i.name: i for i in study.indicator}
    problems = []
    for position, given in enumerate(study.indicator):
        of_model = next((i for i in model.indicators if i.name == given.name), None)
        if of_model is not None and _differ(given.unit, of_model.unit):
            values = {"name": given.label or given.name, "unit": given.unit, "of_model": of_model.unit}
            where = Where(key=f"indicator.{position}.unit")
            problems.append(Problem("applied_indicator_unit", where, values, "warning"))
    origin = {"study": model.study, "fingerprint": model.fingerprint, "year": str(model.measured.year or "?")}
    problems.append(Problem("applied_area_model", Where(file), origin, "note"))
    named = {i.name for i in model.indicators}
    indicators = [_indicator(i, own.get(i.name)) for i in model.indicators]
    made = study.model_copy(
        update={
            "study": study.study.model_copy(update={"synthetic": study.study.synthetic or model.synthetic}),
            "outcome": _outcome(model),
            "area_model": None,
            "model": (study.model or AppliedModel(file=file)).model_copy(update={"file": file}),
            "indicator": (*indicators, *(i for i in study.indicator if i.name not in named)),
        }
    )
    return made, problems


def same_country(study: Study, model: PortableAreaModel) -> bool:
    """Whether codes of parent units can be those of the model; two that name no country may be one."""
    return study.study.country.casefold().strip() == model.country.casefold().strip()


def _differ(given: str, of_model: str) -> bool:
    """Both name a unit, and not the same."""
    one, other = given.casefold().strip(), of_model.casefold().strip()
    return bool(one and other) and one != other


def _indicator(of_model: ModelIndicator, given: Indicator | None) -> Indicator:
    """An indicator of the model, read from this table by its own column if the study has one."""
    return Indicator(
        name=of_model.name,
        column=given.source_column if given else of_model.column,
        label=given.label if given and given.label else of_model.label,
        dimension=of_model.dimension,
        direction=of_model.direction,
        unit=of_model.unit,
        source=given.source if given else "",
        year=given.year if given else None,
    )


def _outcome(model: PortableAreaModel) -> Outcome:
    """The model's outcome; its ages are what was counted there."""
    of_model = model.outcome
    age = of_model.age
    return Outcome(
        name=of_model.name,
        definition=of_model.definition,
        source=of_model.source,
        year=of_model.year,
        boundary=of_model.boundary,
        computed=of_model.computed,
        age=AgeRange(population_column=age.population_column, min=age.min, max=age.max) if age else None,
    )
