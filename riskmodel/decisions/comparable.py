"""May two runs be compared over time? Everything that stands against it, as problems.

Two runs are compared only where the same thing was measured in the same way in two different years; a difference that may
come from the measuring, and not from the country, is refused, or told where it can only be part of the change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from riskmodel.problems import Problem
from riskmodel.results import Results

# Which year a run is about: the first of these that both runs declare and that differs.
YEAR_KEYS = {
    "risk_model": ("outcome", "survey", "population"),
    "area_model": ("outcome", "areas", "indicators"),
    "vulnerability_index": ("areas", "indicators", "outcome"),
    "given_risk": ("outcome", "areas"),
}
COVERAGE_APART = 0.05
SAME = 1e-9
SAME_WEIGHT = 1e-6
# Of an indicator and of the index: may differ from year to year.
OWN_COLUMNS = {"column", "label", "source", "year", "weight"}
OWN_SETTINGS = {"name", "weights", "dimension_weights", "workshop", "rate", "rate_unit"}


def check_runs(earlier: Results, later: Results, cuts: tuple[float, ...] = ()) -> list[Problem]:
    """All that stands against comparing the two, errors and warnings.

    cuts : limits of levels given by the person; then the rules of the two runs do not matter.
    """
    first, second = earlier.manifest["study"], later.manifest["study"]
    problems = _same_country(first, second)
    if earlier.manifest["method"] != later.manifest["method"]:
        problems.append(Problem("change_method"))
    else:
        problems += [*_same_years(earlier, later), *_what_went_in(earlier, later)]
        if later.measure == "index":
            problems += _same_index(earlier, later)
    problems += check_outcome(first["outcome"], second["outcome"])
    if not cuts:
        problems += _same_levels(first["levels"], second["levels"])
    return problems


def years_of(manifest: Mapping[str, Any]) -> dict[str, int]:
    """Every year a run declares: those of its manifest, and the newest of its indicators."""
    found = {name: int(year) for name, year in manifest["years"].items() if year}
    indicators = [int(i["year"]) for i in manifest["study"].get("indicator", ()) if i.get("year")]
    return found | ({"indicators": max(indicators)} if indicators else {})


def year_pair(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> tuple[str, int, int] | None:
    """By two manifests: which source tells the years of the two runs, and the years; None where no source is dated in both.

    Of the sources dated in both, the first whose years differ; the first of all where none differs.
    """
    first, second = years_of(earlier), years_of(later)
    both = [key for key in YEAR_KEYS[str(later["method"])] if key in first and key in second]
    if not both:
        return None
    key = next((key for key in both if first[key] != second[key]), both[0])
    return key, first[key], second[key]


def shared_model(earlier: Results, later: Results) -> bool:
    """Whether the coefficients of both runs come from the same fit, so that their errors go together."""
    if later.manifest["method"] not in ("risk_model", "area_model"):
        return False
    mine, other = (_origins(results) for results in (earlier, later))
    return bool(mine & other)


def _origins(results: Results) -> set[str]:
    """Fingerprints of the fit behind a run: its own, that of a model from a file, the bytes of its survey."""
    origin = results.manifest.get("model") or {}
    found = {str(origin["fingerprint"])} if origin.get("fingerprint") else {str(results.manifest["fingerprint"])}
    survey = (results.manifest["study"].get("survey") or {}).get("file")
    found |= {str(f["sha256"]) for f in results.manifest["inputs"] if survey and f["file"] == survey}
    return found


def _same_country(first: dict[str, Any], second: dict[str, Any]) -> list[Problem]:
    one, two = (str(study["study"].get("country") or "") for study in (first, second))
    problems = []
    if one and two and _plain(one) != _plain(two):
        problems.append(Problem("change_country", values={"earlier": one, "later": two}))
    if bool(first["study"].get("synthetic")) != bool(second["study"].get("synthetic")):
        problems.append(Problem("change_synthetic"))
    return problems


def check_outcome(first: dict[str, Any], second: dict[str, Any]) -> list[Problem]:
    """The declared definition: text, boundary, ages and, where computed, the thresholds."""
    problems = []
    if _plain(first["definition"]) != _plain(second["definition"]):
        problems.append(Problem("change_definition"))
    if first.get("boundary") != second.get("boundary"):
        problems.append(Problem("change_boundary"))
    one, two = (_ages(outcome) for outcome in (first, second))
    if one != two:
        problems.append(Problem("change_ages", values={"earlier": one or "—", "later": two or "—"}))
    if _thresholds(first) != _thresholds(second):
        problems.append(Problem("change_thresholds"))
    return problems


def _ages(outcome: dict[str, Any]) -> str:
    age = outcome.get("age")
    return f"{age['min']}–{age['max']}" if age else ""


def _thresholds(outcome: dict[str, Any]) -> tuple[Any, ...] | None:
    """How the outcome is computed, without the names of columns, which surveys change."""
    computed = outcome.get("computed")
    if not computed:
        return None
    bands = tuple(sorted((b["min"], b["max"], b.get("hours"), b.get("chores")) for b in computed["band"]))
    used = tuple(bool(computed.get(part)) for part in ("hazardous", "chores"))
    return bands, used, computed.get("hours_blank"), computed.get("chores_blank")


def _same_levels(first: dict[str, Any], second: dict[str, Any]) -> list[Problem]:
    if first["scope"] != second["scope"]:
        return [Problem("change_scope")]
    if any(first.get(part) != second.get(part) for part in ("rule", "k", "cuts", "bins")):
        return [Problem("change_levels_rule")]
    return []


def _same_years(earlier: Results, later: Results) -> list[Problem]:
    """Years are declared, differ, and run forward; a source of one year in both is told."""
    found = year_pair(earlier.manifest, later.manifest)
    if found is None:
        return [Problem("change_year_unknown")]
    key, first, second = found
    if first == second:
        return [Problem("change_same_year", values={"year": str(first)})]
    if first > second:
        return [Problem("change_years_reversed", values={"earlier": str(first), "later": str(second)})]
    one, two = years_of(earlier.manifest), years_of(later.manifest)
    others = [k for k in YEAR_KEYS[str(later.manifest["method"])] if k in one and k in two and k != key]
    problems = []
    if any(one[k] > two[k] for k in others):
        problems.append(Problem("change_years_mixed", severity="warning"))
    for k, problem in (
        ("survey", Problem("change_same_survey", values={"year": str(one.get("survey"))}, severity="warning")),
        (
            "population",
            Problem("change_same_population", values={"year": str(one.get("population"))}, severity="warning"),
        ),
    ):
        if k in others and one[k] == two[k]:
            problems.append(problem)
    return problems


def _what_went_in(earlier: Results, later: Results) -> list[Problem]:
    """What differs in the making and may be part of the change: warnings."""
    problems = []
    first, second = earlier.manifest, later.manifest
    names = [{d["name"] for d in m["study"].get("determinant", ())} for m in (first, second)]
    if first["method"] == "risk_model" and names[0] != names[1]:
        problems.append(Problem("change_determinants", severity="warning"))
    covers = [float(m.get("coverage") or 1) for m in (first, second)]
    if abs(covers[0] - covers[1]) > COVERAGE_APART:
        problems.append(Problem("change_coverage", severity="warning"))
    if "coefficients" in (first["interval"], second["interval"]):
        problems.append(Problem("change_interval_narrow", severity="warning"))
    return problems


def _same_index(earlier: Results, later: Results) -> list[Problem]:
    """The same indicators, weights and scale; a scale taken from each year's own areas hides what changed for all."""
    first, second = earlier.manifest["study"], later.manifest["study"]
    if _recipe(first) != _recipe(second):
        return [Problem("change_index_recipe")]
    settings = second["index"]
    if settings.get("method", "mean") != "mean":
        return [Problem("change_index_relative")]
    problems = []
    if not _same_weights(earlier, later):
        problems.append(Problem("change_index_weights"))
    if settings.get("normalisation", "min_max") != "goalposts" and not _same_ends(earlier, later):
        problems.append(Problem("change_index_scale"))
    if settings.get("treatment", "none") != "none":
        problems.append(Problem("change_index_treatment", severity="warning"))
    return problems


def _recipe(study: dict[str, Any]) -> tuple[Any, ...]:
    """What makes the scores but the weights, which are compared as they are in effect."""
    settings = {key: value for key, value in study["index"].items() if key not in OWN_SETTINGS and value is not None}
    indicators = [
        {key: value for key, value in indicator.items() if key not in OWN_COLUMNS and value is not None}
        for indicator in study["indicator"]
    ]
    return settings, sorted(indicators, key=lambda i: str(i["name"]))


def _same_weights(earlier: Results, later: Results) -> bool:
    """Whether the weights in effect agree: some ways of weighting take them from the year's own figures."""
    one, two = (_weights(results) for results in (earlier, later))
    return set(one) == set(two) and all(abs(one[name] - two[name]) <= SAME_WEIGHT for name in one)


def _weights(results: Results) -> dict[str, float]:
    return {str(name): float(weight) for name, weight in results.diagnostics.get("effective_weights", {}).items()}


def _same_ends(earlier: Results, later: Results) -> bool:
    """Whether every indicator has the same lowest and highest value in both runs, and min–max is the scale."""
    if later.manifest["study"]["index"].get("normalisation", "min_max") != "min_max":
        return False
    for indicator in later.manifest["study"]["indicator"]:
        name = indicator["name"]
        one, two = earlier.indicators[name].astype(float), later.indicators[name].astype(float)
        ends = np.array([[one.min(), one.max()], [two.min(), two.max()]])
        if not np.allclose(ends[0], ends[1], rtol=SAME, atol=SAME):
            return False
    return True


def _plain(text: str) -> str:
    """Text without what changes no meaning: case, blanks, the last full stop."""
    return re.sub(r"\s+", " ", str(text)).strip().rstrip(".").casefold()
