"""The foot of the sheet: definition, sources and years, method, what the interval covers, levels, what is missing.

Every choice a reader could mistake for a fact of nature is named here.
"""

from __future__ import annotations

import datetime as dt

from riskmodel.declaration import in_short
from riskmodel.i18n import Translator
from riskmodel.outputs.factor_words import listed
from riskmodel.results import Results
from riskmodel.study import Study


def notes(results: Results, study: Study, missing: list[str], t: Translator) -> list[dict[str, str]]:
    """Label and text of every note that applies, in order."""
    found = [
        (t("Definition"), _definition(study, t)),
        (t("Sources"), _sources(results, study, t)),
        (t("Coverage"), _coverage(study, t)),
        (t("Method"), _method(study, t)),
        (t("Model"), _origin(results, t)),
        (t("Interval"), _interval(results, study, t)),
        (t("Levels"), _levels(results, study, t)),
        (t("Left out"), _missing(missing, t)),
    ]
    return [{"label": label, "text": text} for label, text in found if text]


def caution(t: Translator) -> str:
    """The sentence against stigma."""
    return t(
        "This is an estimate about a territory, not about any child or family. It shows where support may be needed first."
    )


def imprint(results: Results, t: Translator) -> str:
    """Fingerprint of the study, program and day."""
    manifest = results.manifest
    day = dt.datetime.fromisoformat(str(manifest["created"])).date()
    return t(
        "Study {fingerprint} · {product} {version} · {day}",
        fingerprint=manifest["fingerprint"], product=manifest["product"], version=manifest["version"], day=t.date(day),
    )  # fmt: skip


def _definition(study: Study, t: Translator) -> str:
    return in_short(study, t)


def _sources(results: Results, study: Study, t: Translator) -> str:
    """Every source with its year, once each."""
    outcome, survey, population, areas = study.outcome, study.survey, study.population, study.areas
    named: list[tuple[str, int | None]] = []
    if outcome.source and survey is None and study.model is None:
        named.append((outcome.source, outcome.year))
    if survey is not None:
        named.append((survey.source or outcome.source or t("survey"), survey.year))
    if origin := results.manifest.get("model"):
        named.append((origin["source"] or t("survey"), origin["year"]))
    if population is not None:
        named.append((population.source or t("population"), population.year))
    if areas is not None and areas.source:
        named.append((areas.source, areas.year))
    named += [(i.source, i.year) for i in study.indicator if i.source]
    if study.boundaries is not None and study.boundaries.source:
        named.append((study.boundaries.source, None))
    years: dict[str, set[int]] = {}
    for source, year in named:
        years.setdefault(source, set()).update({year} if year else set())
    if not years:
        return t("Not declared. Ask the office that made this sheet where its figures come from.")
    return "; ".join(_source(source, found, t) for source, found in years.items()) + "."


def _source(source: str, years: set[int], t: Translator) -> str:
    said = [str(y) for y in sorted(years) if str(y) not in source]
    return t("{source} ({years})", source=source, years=", ".join(said)) if said else source


def _coverage(study: Study, t: Translator) -> str:
    if study.population is None or study.population.coverage == 1:
        return ""
    return t(
        "The population source covers about {percent} of the children: all numbers are of those it covers, none is scaled up.",
        percent=t.percent(study.population.coverage),
    )


def _method(study: Study, t: Translator) -> str:
    if study.study.method == "vulnerability_index":
        return t(
            "Composite index: indicators rescaled from 0 to 100 over the country, then averaged within and between dimensions. It orders territories by conditions; it is not a share of children."
        )
    if study.study.method == "area_model" and study.model is not None:
        return t(
            "Area model (Fay–Herriot) from a file: how child labour went with the indicators where rates were measured, applied to the indicators of the territory. No rate of this territory enters."
        )
    if study.study.method == "area_model":
        return t(
            "Area model (Fay–Herriot): the measured rate of the territory and what its indicators say are joined, each as far as it can be trusted. Where no rate was measured the indicators speak alone."
        )
    if study.study.method == "given_risk":
        return t("The risk was taken from the table of the source; it was not estimated here.")
    if study.population is not None and study.population.kind == "margins":
        return t(
            "A survey-weighted logistic model, applied to the survey's children after fitting them to the totals of each territory, and averaged. Which conditions go together within a territory is taken from the survey."
        )
    return t(
        "A survey-weighted logistic model, applied to every child of the population source and averaged by territory. It describes children like those who live here, as the survey found them."
    )


def _origin(results: Results, t: Translator) -> str:
    """Where a model from a file comes from."""
    origin = results.manifest.get("model")
    if not origin:
        return ""
    return t(
        "Fitted elsewhere, in the study “{study}” ({fingerprint}), and applied here as it stands. Whether it holds here was not tested, and the interval does not cover that.",
        study=origin["study"],
        fingerprint=origin["fingerprint"],
    )


def _interval(results: Results, study: Study, t: Translator) -> str:
    covers = results.manifest["interval"]
    if covers == "coefficients_and_areas":
        between = results.diagnostics.get("area_prediction") or results.diagnostics["area_variance"]
        return t(
            "95%: covers the sampling error of the survey's model and what the factors leave unexplained about a territory (standard deviation {sd} on the logit scale, estimated from {areas} areas of the survey). It does not cover change since the years of the sources.",
            sd=t.number(between["sd"], 2),
            areas=t.number(between["areas"]),
        )
    if covers == "coefficients":
        return t(
            "95%: covers the sampling error of the survey's model. It does not cover what the factors leave unexplained about a territory, nor change since the years of the sources; the real uncertainty is larger."
        )
    if covers == "area_model":
        return t(
            "95%: covers chance in the measured rates, what the indicators leave unexplained about a territory, and the error of the model's coefficients. It does not cover change since the years of the sources."
        )
    if covers == "given":
        return t("95%: follows from the error published with the figures.")
    if study.study.method == "given_risk":
        return t("The source gives no error, so no interval can be shown.")
    if results.measure == "index" and len(results.index_robustness):
        return t(
            "None: an index is not estimated from a sample. Firmness of level and place comes from {draws} indices built with other normalisation, weights (±25%), treatment of extremes and means; it is not a sampling error.",
            draws=t.number(results.diagnostics["robustness"]["draws"]),
        )
    return ""


def _levels(results: Results, study: Study, t: Translator) -> str:
    rule = study.levels.rule
    count = t.number(results.manifest["k"])
    if rule == "quantile":
        return t("{count} levels with about the same number of territories each.", count=count)
    if rule == "equal_width":
        return t("{count} levels of equal width.", count=count)
    if rule == "dalenius_hodges":
        bins = t.number(study.levels.bins)
        return t("{count} levels by the rule of Dalenius and Hodges, counted in {bins} bins.", count=count, bins=bins)
    if rule == "fixed":
        return t("{count} levels with cut-offs fixed by the study.", count=count)
    fit = results.manifest.get("gvf")
    if fit is None:
        return t("{count} levels by natural breaks (Fisher–Jenks) over all territories.", count=count)
    return t(
        "{count} levels by natural breaks (Fisher–Jenks) over all territories; goodness of variance fit {fit}.",
        count=count,
        fit=t.number(fit, 2),
    )


def _missing(items: list[str], t: Translator) -> str:
    if not items:
        return ""
    return t("Not available with this method or these data: {items}.", items=listed(items, t))
