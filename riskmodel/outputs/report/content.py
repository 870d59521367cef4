"""Everything a method report says, in the reader's language, as plain data for the renderers.

What a route cannot know is left out, never printed as blank or zero.
"""

from __future__ import annotations

from typing import Any

from riskmodel.i18n import Translator
from riskmodel.outputs.office_content import office_content
from riskmodel.outputs.report.area_model import area_model_section
from riskmodel.outputs.report.compared import compared_section
from riskmodel.outputs.report.front import front_section
from riskmodel.outputs.report.index import index_sections
from riskmodel.outputs.report.measured import measured_sections
from riskmodel.outputs.report.record import record_sections
from riskmodel.outputs.report.risk_model import benchmark_section, fit_section, harmonisation_section, model_section
from riskmodel.outputs.report.trust import levels_section, limits_section, totals_section, uncertainty_section
from riskmodel.outputs.sheet_notes import caution, imprint
from riskmodel.results import Results
from riskmodel.study import Study

MAP = "map.png"
AGREEMENT = "agreement.png"


def report_content(results: Results, t: Translator, pictures: tuple[str, ...] = ()) -> dict[str, Any]:
    """Content of the method report of a run.

    pictures : which of `MAP` and `AGREEMENT` the renderer will be given.

    Returns
    -------
    dict
        JSON-ready: title, lang, header (kind, study, country, years), notices, sections (title, blocks), caution, imprint.
    """
    study = Study.model_validate(results.manifest["study"])
    with_map = MAP if MAP in pictures else ""
    sections = [
        front_section(results, study, t, with_map),
        *measured_sections(results, study, t),
        harmonisation_section(results, study, t),
        model_section(results, study, t),
        fit_section(results, study, t),
        benchmark_section(results, t),
        area_model_section(results, study, t),
        *index_sections(results, study, t),
        totals_section(results, t),
        uncertainty_section(results, study, t),
        levels_section(results, study, t),
        compared_section(results, t, AGREEMENT if AGREEMENT in pictures else ""),
        limits_section(results, study, t),
        *record_sections(results, study, t),
    ]
    years = sorted({int(year) for year in results.manifest.get("years", {}).values()})
    return {
        "title": t("Method report: {study}", study=study.study.name),
        "lang": t.language,
        "header": {
            "kind": t("Method report"),
            "study": study.study.name,
            "country": study.study.country,
            "years": t("Data of {years}", years=" · ".join(map(str, years))) if years else "",
        },
        "office": office_content(results, t),
        "contents": t("Contents"),
        "notices": [t("Synthetic data: an invented country, for teaching. It describes no real place or person.")]
        if results.manifest["synthetic"]
        else [],
        "sections": [found for found in sections if found is not None],
        "caution": caution(t),
        "imprint": imprint(results, t),
    }
