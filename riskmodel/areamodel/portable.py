"""Write a fitted area model as `model.json`, and read a model file of either kind.

What is read gives exactly what was written, as with the survey model; a file that was changed is refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from riskmodel.areamodel.finish import Fit
from riskmodel.areamodel.portable_schema import (
    ModelIndicator,
    ModelMeasure,
    ModelParent,
    ModelSmooth,
    PortableAreaModel,
)
from riskmodel.problems import Problem, Where, raise_errors
from riskmodel.study import Study
from riskmodel.survey.model_file import checked_model, digest, is_covariance, model_outcome, read_model, read_record
from riskmodel.survey.model_schema import FORMAT, PortableModel

# Effects of more parent units than this stay at home: their covariance would make the file too large to travel.
MOST_PARENTS = 400

DIAGNOSTICS = ("adjusted", "errors", "collinear", "agreement", "vif")


def portable_area_model(
    study: Study, fit: Fit, diagnostics: dict[str, Any], parent_names: dict[str, str], fingerprint: str, program: str
) -> PortableAreaModel:
    """What travels of a fitted area model.

    Parameters
    ----------
    study : Study
        The one it was fitted with.
    diagnostics : dict
        Of the run.
    parent_names : by parent code
        Where the study names them.
    fingerprint, program : str
        Of the run, and of what made it.
    """
    assert study.areas is not None
    found = fit.found
    assert found.effect is not None
    labels = list(found.cov.columns)
    units = [n for n in labels if n.startswith("parent=")]
    # A unit without any direct rate has no effect of its own to hand on; beyond so many none is.
    seen = [n for n in units if found.effect[labels.index(n)] != 0] if len(units) <= MOST_PARENTS else []
    coefs = list(found.coef.index)
    bends = [n for n in labels if n.startswith("smooth=")]
    kept = [*coefs, *seen, *bends]
    effect = dict(zip(labels, map(float, found.effect), strict=True))
    made = PortableAreaModel(
        format=FORMAT,
        version=3,
        kind="area_model",
        program=program,
        fingerprint=fingerprint,
        checksum="",
        study=study.study.name,
        country=study.study.country,
        synthetic=study.study.synthetic,
        outcome=model_outcome(study),
        measured=ModelMeasure(source=study.outcome.source, year=study.outcome.year),
        areas=ModelMeasure(source=study.areas.source, year=study.areas.year),
        scale=study.area_model.scale if study.area_model else "arcsine",
        indicators=_indicators(study, fit),
        intercept=float(found.coef.iloc[0]),
        shift=fit.shift,
        area_variance=found.variance,
        parent_variance=found.parent_variance,
        parents=tuple(
            ModelParent(code=n.removeprefix("parent="), name=parent_names.get(n.removeprefix("parent="), ""), effect=effect[n])
            for n in seen
        ),
        smooth=_smooth(fit, tuple(effect[n] for n in bends)),
        covariance=tuple(tuple(map(float, row)) for row in found.cov.loc[kept, kept].to_numpy()),
        n_areas=found.n_areas,
        measured_rate=fit.measured_rate,
        diagnostics={key: diagnostics[key] for key in DIAGNOSTICS if key in diagnostics},
    )  # fmt: skip
    return made.model_copy(update={"checksum": area_checksum(made)})


def read_any_model(path: Path) -> PortableModel | PortableAreaModel:
    """Read and check a model file of either kind; raises `InputProblems` as `survey.model_file.read_model` does."""
    raw = read_record(path)
    if raw.get("kind") != "area_model":
        return read_model(path)
    model = checked_model(PortableAreaModel, raw, path.name)
    problems = [Problem("model_inconsistent", Where(path.name, key=key)) for key in _inconsistent(model)]
    if model.checksum != area_checksum(model):
        problems.append(Problem("model_changed", Where(path.name)))
    raise_errors(problems)
    return model


def area_checksum(model: PortableAreaModel) -> str:
    """SHA-256 of all but the checksum itself; how the file is laid out does not matter."""
    return digest(model.model_dump(mode="json", exclude={"checksum"}))


def _indicators(study: Study, fit: Fit) -> tuple[ModelIndicator, ...]:
    declared = {i.name: i for i in study.indicator}
    return tuple(
        ModelIndicator(
            name=name,
            column=declared[name].source_column,
            label=declared[name].label,
            dimension=declared[name].dimension,
            direction=declared[name].direction,
            unit=declared[name].unit,
            source=declared[name].source,
            year=declared[name].year,
            mean=float(fit.mean[name]),
            sd=float(fit.sd[name]),
            lowest=float(fit.lowest[name]),
            highest=float(fit.highest[name]),
            coef=float(fit.found.coef[name]),
        )
        for name in fit.mean.index
    )


def _smooth(fit: Fit, effect: tuple[float, ...]) -> ModelSmooth | None:
    basis = fit.found.basis
    if basis is None:
        return None

    def rows(matrix: np.ndarray) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(map(float, row)) for row in matrix)

    return ModelSmooth(
        curvature=basis.curvature, centres=rows(basis.centres), transform=rows(basis.transform), effect=effect
    )


def _inconsistent(model: PortableAreaModel) -> list[str]:
    """Keys of the parts that do not belong together."""
    found = []
    names = [i.name for i in model.indicators]
    if len(set(names)) < len(names):
        found.append("indicators")
    found += [f"indicators.{i}.lowest" for i, one in enumerate(model.indicators) if one.lowest > one.highest]
    if model.parents and model.parent_variance is None:
        found.append("parents")
    size = 1 + len(names) + len(model.parents)
    if smooth := model.smooth:
        size += len(smooth.effect)
        if {len(row) for row in smooth.centres} != {len(names)} or len(smooth.transform) != len(smooth.centres):
            found.append("smooth.centres")
        if {len(row) for row in smooth.transform} != {len(smooth.effect)}:
            found.append("smooth.transform")
    if len(model.covariance) != size or any(len(row) != size for row in model.covariance):
        return [*found, "covariance"]
    if not is_covariance(np.array(model.covariance)):
        found.append("covariance")
    return found
