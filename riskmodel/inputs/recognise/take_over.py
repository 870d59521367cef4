"""Take a proposed study over into one that was begun: empty parts are filled, filled ones only where a person says so.

Name, language, seed and everything a proposal does not speak of stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from riskmodel.inputs.recognise.proposal import Proposal
from riskmodel.study import Outcome, Study

# Parts a proposal may fill, as `Study` names them.
PARTS = ("survey", "model", "population", "determinant", "areas", "indicator", "area_model", "given_risk", "boundaries")


def filled(study: Study) -> tuple[str, ...]:
    """Parts that say something already."""
    return tuple(part for part in PARTS if getattr(study, part))


def would_replace(study: Study, proposal: Proposal, untouched: Collection[Outcome] = ()) -> tuple[str, ...]:
    """Filled parts that the proposal has otherwise; "method" and "outcome" are among them where they differ.

    untouched : outcomes a study begins with, which nobody has written yet.
    """
    proposed = proposal.study
    parts = [
        p for p in PARTS if getattr(study, p) and getattr(proposed, p) and getattr(study, p) != getattr(proposed, p)
    ]
    if filled(study) and study.study.method != proposed.study.method:
        parts.insert(0, "method")
    if study.outcome not in untouched and study.outcome != proposed.outcome:
        parts.append("outcome")
    return tuple(parts)


def taken_over(
    study: Study, proposal: Proposal, replace: Collection[str] = (), untouched: Collection[Outcome] = ()
) -> Study:
    """The study with the proposal in it.

    Parameters
    ----------
    replace : collection of str
        Of `would_replace`, the parts a person wants replaced.
    untouched : as in `would_replace`.
    """
    proposed = proposal.study
    kept = set(would_replace(study, proposal, untouched)) - set(replace)
    changes: dict[str, Any] = {p: getattr(proposed, p) for p in PARTS if getattr(proposed, p) and p not in kept}
    if "method" not in kept:
        changes["study"] = study.study.model_copy(update={"method": proposed.study.method})
    if "outcome" not in kept:
        changes["outcome"] = proposed.outcome
    changes["reading"] = _readings(study, proposed)
    return Study.model_validate(_exclusive(study.model_copy(update=changes)).model_dump())


def _readings(study: Study, proposed: Study) -> tuple[object, ...]:
    """Readings of the proposal begin with those declared, so they take their place; others stay."""
    new: Mapping[tuple[str, str], object] = {(r.file, r.sheet): r for r in proposed.reading}
    kept = tuple(r for r in study.reading if (r.file, r.sheet) not in new)
    return (*kept, *new.values())


def _exclusive(study: Study) -> Study:
    """A model from a file and a survey exclude each other: the survey stays."""
    return study.model_copy(update={"model": None}) if study.survey and study.model else study
