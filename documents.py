"""Documents about a whole run, for both doors: the method report as PDF and as one HTML file, and slides.

Like `figures.py` a place where statistics and geometry meet.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pandas as pd

from figures import map_figure
from geodata.pictures import choropleth_png
from riskmodel.i18n import N_, Translator, translator
from riskmodel.outputs.chart_drawing import Chart, Line, Point, chart_png
from riskmodel.outputs.report import REPORT_PDF, REPORTS
from riskmodel.outputs.report.content import AGREEMENT, MAP, report_content
from riskmodel.outputs.report.page import html_report
from riskmodel.outputs.report.pdf import draw_report
from riskmodel.outputs.slides import SLIDES
from riskmodel.outputs.slides.content import slides_content
from riskmodel.outputs.slides.deck import slides_pptx
from riskmodel.problems import InputProblems, Problem, Where
from riskmodel.progress import Progress, quiet
from riskmodel.results import Results, read_results
from sheet_drawing import Locator, locator_of

PART = ".part-"
# More points than this make a cloud in which none is seen, and a heavy picture.
MOST_POINTS = 2000
DPI = 150
SLIDE_MAP = (200.0, 139.0)  # millimetres


def write_report(
    folder: Path, language: str = "", out: Path | None = None, progress: Progress = quiet, only: str = ""
) -> list[Path]:
    """The method report of a finished run as `report.pdf` and `report.html`; gives the files written.

    language : of the study when left out. only : the name of one of the two.
    Raises `InputProblems` when the folder holds no run.
    """
    if not (folder / "manifest.json").exists():
        raise InputProblems([Problem("results_absent", Where(folder.name))])
    progress(N_("Writing the report"), 0.0)
    results = read_results(folder)
    t = translator(language or results.manifest["study"]["study"]["language"])
    pictures = report_pictures(results, locator_of(folder, results), t)
    content = report_content(results, t, tuple(pictures))
    created = dt.datetime.fromisoformat(str(results.manifest["created"]))
    target, written = out or folder, []
    target.mkdir(parents=True, exist_ok=True)
    for name in [only] if only else REPORTS:
        progress(N_("Writing the report"), 0.5)
        data = draw_report(content, pictures, created)[0] if name == REPORT_PDF else html_report(content, pictures)
        part = target / (PART + name)
        try:
            part.write_bytes(data)
            os.replace(part, target / name)
        finally:
            part.unlink(missing_ok=True)
        written.append(target / name)
    return written


def write_slides(folder: Path, language: str = "", out: Path | None = None, progress: Progress = quiet) -> list[Path]:
    """The slides of a finished run for a workshop, as `slides.pptx`; gives the file written.

    language : of the study when left out. Raises `InputProblems` when the folder holds no run.
    """
    if not (folder / "manifest.json").exists():
        raise InputProblems([Problem("results_absent", Where(folder.name))])
    progress(N_("Writing the slides"), 0.0)
    results = read_results(folder)
    t = translator(language or results.manifest["study"]["study"]["language"])
    locator = locator_of(folder, results)
    drawn = None
    if locator is not None:  # without a key: the slide has one that can be edited
        drawn = choropleth_png(locator.base, locator.levels, None, locator.colours, SLIDE_MAP, DPI)
    progress(N_("Writing the slides"), 0.5)
    created = dt.datetime.fromisoformat(str(results.manifest["created"]))
    data = slides_pptx(slides_content(results, t, drawn is not None), drawn, t.language, created)
    target = out or folder
    target.mkdir(parents=True, exist_ok=True)
    part = target / (PART + SLIDES)
    try:
        part.write_bytes(data)
        os.replace(part, target / SLIDES)
    finally:
        part.unlink(missing_ok=True)
    return [target / SLIDES]


def report_pictures(results: Results, locator: Locator | None, t: Translator) -> dict[str, bytes]:
    """The pictures a report can have, PNG by name: the map of levels, estimate against measure."""
    found = {}
    if locator is not None:
        found[MAP] = map_figure(results, locator.base, "level", t.language).png()
    if results.agreement and len(results.validation):
        found[AGREEMENT] = chart_png(agreement_chart(results, t), DPI)
    return found


def agreement_chart(results: Results, t: Translator) -> Chart:
    """Estimate by observed rate, a point per area; for a risk with the line on which both are equal."""
    rows = results.validation.dropna(subset=["observed", "estimate"])
    risk = results.agreement["bias"] is not None
    if len(rows) > MOST_POINTS:
        rows = rows.sample(MOST_POINTS, random_state=1)
    x, y = rows["observed"].astype(float) * 100, rows["estimate"].astype(float) * (100 if risk else 1)
    top = float(pd.concat([x, y] if risk else [x]).max())
    size = 2.0 if len(rows) > 500 else 4.0
    decimal = str(t.locale.number_symbols["latn"]["decimal"])
    return Chart(
        points=tuple(Point(a, b, "#0B5C66", size=size) for a, b in zip(x, y, strict=True)),
        lines=(Line((0.0, top), (0.0, top), "#1F2A30", dashed=True),) if risk else (),
        x_title=t("Measured, % of children"),
        y_title=t("Estimate, %") if risk else t("Vulnerability index"),
        decimal_mark=decimal,
    )
