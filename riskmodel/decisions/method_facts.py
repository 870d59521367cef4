"""What each run declares about itself, and what follows for whom to trust when.

Every piece of advice is a rule over these declarations (docs/method.md), never over a country or a method by name alone;
the words are in `riskmodel.outputs.methods_words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from riskmodel.results import Results

Facts = Mapping[str, Any]
# Rank correlations with a measure that are nearer than this say the same.
ALIKE = 0.02
HONEST = ("coefficients_and_areas", "area_model", "given")


def facts_of(results: Results) -> dict[str, Any]:
    """What a run declares: method, year, areas, interval, measured areas, validation, gaps.

    `width` is the median width of the 95 % intervals (proportion), `measured` and `unmeasured` the areas with and without
    children of their own in the estimate, `imputed` the areas with a filled-in indicator, `agreement` what it was held
    against; None where a run cannot know.
    """
    manifest, areas = results.manifest, results.areas
    study, years = manifest["study"], manifest["years"]
    estimated = areas[results.measure].notna()
    width = (areas["ci_upper"] - areas["ci_lower"]).dropna()
    inside = next((t["in_sample"].astype(bool) for t in (results.direct, results.estimators) if len(t)), None)
    probability = areas["level_probability"].dropna()
    return {
        "name": study["study"]["name"],
        "fingerprint": manifest["fingerprint"],
        "method": manifest["method"],
        "measure": results.measure,
        "definition": study["outcome"]["definition"],
        "year": years.get("population") or years.get("areas") or years.get("outcome") or years.get("survey"),
        "areas": int(estimated.sum()),
        "areas_without": int((~estimated).sum()),
        "interval": manifest["interval"],
        "width": float(width.median()) if len(width) else None,
        "level_not_firm": int((probability < 0.8).sum()) if len(probability) else None,
        "measured": None if inside is None else int(inside.sum()),
        "unmeasured": None if inside is None else int((~inside).sum()),
        "coverage": manifest.get("coverage"),
        "imputed": int(areas["notes"].astype("string").str.contains("imputed", na=False).sum()),
        "agreement": _agreement(results.agreement),
    }


def _agreement(found: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a run was held against; None where nothing was, or where it was made with that same rate."""
    if not found or found["used_in_the_estimate"]:
        return None
    return {
        key: found[key] for key in ("label", "year", "source", "areas", "spearman", "coverage", "coverage_with_error")
    }


def advise(runs: Sequence[Facts], pairs: Sequence[Facts], together: Facts, held: Facts) -> list[dict[str, Any]]:
    """Rules that hold, in the order they are read: `rule`, the `runs` it speaks of, and its `values`.

    Parameters
    ----------
    runs : what each run declares, as `facts_of` gives it, and its letter as `run`
    pairs, together : figures of `decisions.methods`
    held : `areas`, and `spearman` by letter: rank correlation with the measured rate in the areas all could be held against
    """
    found = [*_number(runs), *_order(runs, held), *_certainty(runs)]
    found += [*_asked(runs), *_years(runs), *_definitions(runs), *_gaps(runs)]
    return [*found, *_firm(runs, together), *_doubt(pairs)]


def _told(rule: str, runs: Sequence[str], **values: object) -> list[dict[str, Any]]:
    return [{"rule": rule, "runs": list(runs), "values": values}]


def _number(runs: Sequence[Facts]) -> list[dict[str, Any]]:
    """How many children: only a risk can say."""
    risks = [r["run"] for r in runs if r["measure"] == "area_risk"]
    if not risks:
        return _told("no_number", [r["run"] for r in runs])
    return _told("number", risks) if len(risks) < len(runs) else []


def _order(runs: Sequence[Facts], held: Facts) -> list[dict[str, Any]]:
    """Which order is nearer to what was measured, where the runs were held against the same measure."""
    judged = [r for r in runs if r["agreement"]]
    if not judged:
        return _told("order_unknown", [r["run"] for r in runs])
    measures = {(r["agreement"]["label"], r["agreement"]["year"], r["agreement"]["source"]) for r in judged}
    values: Mapping[str, float] = held["spearman"]
    if len(judged) == 1 or len(measures) > 1 or not values:
        own = {r["run"]: r["agreement"]["spearman"] for r in judged}
        return _told("order_not_alike", list(own), spearman=own)
    best = max(values, key=lambda run: values[run])
    second = max(v for run, v in values.items() if run != best)
    rule = "order_same" if values[best] - second < ALIKE else "order_best"
    return _told(rule, [best], spearman=dict(values), areas=held["areas"])


def _certainty(runs: Sequence[Facts]) -> list[dict[str, Any]]:
    """Who says how sure it is, and whose interval is known to be too narrow."""
    honest = [r["run"] for r in runs if r["interval"] in HONEST]
    silent = [r["run"] for r in runs if r["interval"] == "none"]
    narrow = [r["run"] for r in runs if r["interval"] == "coefficients"]
    found = _told("no_interval", silent) if silent else []
    if narrow:
        found += _told("narrow_interval", narrow)
    widths = {r["run"]: r["width"] for r in runs if r["run"] in honest and r["width"] is not None}
    return found + (_told("widths", list(widths), widths=widths) if len(widths) > 1 else [])


def _asked(runs: Sequence[Facts]) -> list[dict[str, Any]]:
    """Areas whose own children speak in the estimate, and those in which such a run rests on its indicators alone."""
    measured = [a for r in runs if r["measured"] for a in _told("measured", [r["run"]], areas=r["measured"])]
    return measured + [
        a for r in runs if r["unmeasured"] for a in _told("unmeasured", [r["run"]], areas=r["unmeasured"])
    ]


def _years(runs: Sequence[Facts]) -> list[dict[str, Any]]:
    """Runs that show different years differ by change too."""
    years = {r["run"]: r["year"] for r in runs if r["year"]}
    if len(set(years.values())) < 2:
        return []
    newest = max(years.values())
    return _told("years", [run for run, year in years.items() if year == newest], years=years)


def _definitions(runs: Sequence[Facts]) -> list[dict[str, Any]]:
    """Risks of different things."""
    risks = [r for r in runs if r["measure"] == "area_risk"]
    return _told("definitions", [r["run"] for r in risks]) if len({r["definition"] for r in risks}) > 1 else []


def _gaps(runs: Sequence[Facts]) -> list[dict[str, Any]]:
    """What a run lacks: children outside its register, indicators filled in, areas without a result."""
    found: list[dict[str, Any]] = []
    for r in runs:
        if r["coverage"] is not None and r["coverage"] < 1:
            found += _told("coverage", [r["run"]], coverage=r["coverage"])
        if r["imputed"]:
            found += _told("imputed", [r["run"]], areas=r["imputed"])
        if r["areas_without"]:
            found += _told("without", [r["run"]], areas=r["areas_without"])
    return found


def _firm(runs: Sequence[Facts], together: Facts) -> list[dict[str, Any]]:
    """Where the choice of method changes nothing."""
    names = [r["run"] for r in runs]
    return _told("firm", names, **together) if together["high_in_all"] else []


def _doubt(pairs: Sequence[Facts]) -> list[dict[str, Any]]:
    """Where one map alone would mislead."""
    return [
        a
        for p in pairs
        if p["far_apart"]
        for a in _told("doubt", [p["first"], p["second"]], areas=p["far_apart"], of=p["areas"])
    ]
