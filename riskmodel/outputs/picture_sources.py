"""The small line under a picture that leaves the screen: definition, years, sources, fingerprint.

A picture travels alone, so it says by itself what it shows and that invented data are invented.
"""

from __future__ import annotations

from riskmodel.declaration import in_short
from riskmodel.i18n import Translator
from riskmodel.results import Results
from riskmodel.study import Study


def picture_sources(study: Study, results: Results, t: Translator) -> str:
    """One paragraph of whole sentences."""
    years = results.manifest["years"]
    origin = results.manifest.get("model") or {}
    parts = (study.survey, study.population, study.areas, study.boundaries)
    named = [study.outcome.source, origin.get("source"), *(part.source for part in parts if part)]
    sources = "; ".join(dict.fromkeys(s for s in named if s))
    shown = ", ".join(str(year) for year in sorted({int(year) for year in years.values()}))
    told = [
        t("Synthetic data: this country, its people and its figures are invented.") if study.study.synthetic else "",
        in_short(study, t),
        t("Years: {years}.", years=shown) if shown else "",
        t("Sources: {sources}.", sources=sources) if sources else t("Sources: not declared."),
        t("Fingerprint {fingerprint}.", fingerprint=results.manifest["fingerprint"]),
    ]
    return " ".join(part for part in told if part)
