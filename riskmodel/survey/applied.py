"""Set a study up to apply a model that was fitted elsewhere.

What was estimated is the model's: outcome, ages, determinants, references. What this population is like is the study's:
its columns, its codes.
"""

from __future__ import annotations

from riskmodel.problems import Problem, Where
from riskmodel.study import AgeRange, AppliedModel, Determinant, Interaction, Outcome, Spline, Study
from riskmodel.survey.model_schema import ModelDeterminant, PortableModel


def study_with_model(study: Study, model: PortableModel, file: str) -> tuple[Study, list[Problem]]:
    """The study with the outcome and the determinants of a model, and what does not fit.

    Parameters
    ----------
    study : Study
        Its determinants, matched by name, say how its population codes those of the model; all others keep the rules
        that came with the model. Its `outcome.age.population_column` names the column of age.
    file : str
        Name of the model's file, for problems and the record.

    Returns
    -------
    Study
        Complete, without a survey: what screens and sheets describe.
    list of Problem
        Errors: `applied_determinant_unknown`, `applied_determinant_fixed` (another kind or reference than the
        model's), `applied_ages_outside`. Warnings: `applied_ages_narrower`, `applied_no_area_variance`,
        `applied_terms_of_model` (the study has curves or interactions, and the model its own). A note says where the
        model comes from.
    """
    own = {d.name: d for d in study.determinant}
    known = [d.name for d in model.determinants]
    problems = []
    for i, given in enumerate(study.determinant):
        at = Where(key=f"determinant.{i}")
        if given.name not in known:
            values = {"determinant": given.name, "known": ", ".join(known)}
            problems.append(Problem("applied_determinant_unknown", at, values))
            continue
        of_model = model.determinants[known.index(given.name)]
        reference = of_model.categories[0] if of_model.categories else ""
        other_kind = given.kind != of_model.kind and "kind" in given.model_fields_set
        if other_kind or given.reference not in ("", reference):
            problems.append(Problem("applied_determinant_fixed", at, {"determinant": given.name}))
    if study.interaction or any(d.spline for d in study.determinant):
        problems.append(Problem("applied_terms_of_model", Where(file), severity="warning"))
    outcome, found = _outcome(study, model)
    problems += found
    if model.area_effect.variance is None:
        problems.append(Problem("applied_no_area_variance", Where(file), severity="warning"))
    origin = {"study": model.study, "fingerprint": model.fingerprint, "year": model.survey.year}
    problems.append(Problem("applied_model", Where(file), origin, "note"))
    made = study.model_copy(
        update={
            "study": study.study.model_copy(update={"synthetic": study.study.synthetic or model.synthetic}),
            "outcome": outcome,
            "survey": None,
            "model": AppliedModel(file=file),
            "determinant": tuple(_determinant(d, own.get(d.name)) for d in model.determinants),
            "interaction": tuple(Interaction(determinants=pair) for pair in model.interactions),
        }
    )
    return made, problems


def _determinant(of_model: ModelDeterminant, given: Determinant | None) -> Determinant:
    """A determinant of the model, read from this population by its own rule if the study has one."""
    return Determinant(
        name=of_model.name,
        label=given.label if given and given.label else of_model.label,
        group=of_model.group,
        kind=of_model.kind,
        survey=of_model.survey,
        population=given.population_rule if given else of_model.population,
        reference=of_model.categories[0] if of_model.categories else "",
        spline=_spline(of_model.knots),
    )


def _spline(knots: tuple[float, ...]) -> Spline | None:
    """The curve of a determinant as a study would declare it."""
    return Spline(knots=knots[1:-1], boundary=(knots[0], knots[-1])) if knots else None


def _outcome(study: Study, model: PortableModel) -> tuple[Outcome, list[Problem]]:
    """The model's outcome at the ages the study asks for, which must be among the model's."""
    of_model, asked = model.outcome, study.outcome.age
    problems = []
    age = asked
    if of_model.age is not None:
        low, high = of_model.age.min, of_model.age.max
        column = (asked.population_column or asked.column) if asked else ""
        age = AgeRange(population_column=column or of_model.age.population_column, min=low, max=high)
        if asked is not None and (asked.min, asked.max) != (low, high):
            values = {"min": asked.min, "max": asked.max, "low": low, "high": high}
            at = Where(key="outcome.age")
            if low <= asked.min and asked.max <= high:
                problems.append(Problem("applied_ages_narrower", at, values, "warning"))
                age = age.model_copy(update={"min": asked.min, "max": asked.max})
            else:
                problems.append(Problem("applied_ages_outside", at, values))
    outcome = Outcome(
        name=of_model.name,
        definition=of_model.definition,
        source=of_model.source,
        year=of_model.year,
        boundary=of_model.boundary,
        computed=of_model.computed,
        age=age,
    )
    return outcome, problems
