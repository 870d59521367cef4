"""The one thing to do next, in a sentence at the head of the Data screen.

It names what the person sees on the screen; where something is missing it says which file would bring it.
"""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator

from pages.common import cached, jobs, show
from pages.common.data.desk import Desk
from pages.common.data.files import waits_for_names
from pages.common.data.proposed import Step
from pages.common.words import _
from riskmodel.study_file import check_study


def say_next(place: DeltaGenerator, desk: Desk, step: Step) -> None:
    """Write the next step into `place`. step : what can be done with the proposal further down."""
    job = jobs.get(desk.study_id)
    sentence = "" if job and not job.finished else _next(desk, step)
    if sentence:
        place.markdown(f":material/arrow_forward: **{_('What to do now')}** — {sentence}")


def _next(desk: Desk, step: Step) -> str:
    files = desk.files()
    if not files:
        return _("Drop your files below. One is enough to begin; nothing is changed in them.")
    if step == "use":
        return _("Look at what was found in each file, answer what is asked, then press “Use this proposal” below.")
    if step == "answer":
        return _("Answer the questions under “The study these files make”, below.")
    missing = [p.where.key.split(".")[0] for p in check_study(desk.study) if p.code == "study_needs"]
    if missing:
        return what_brings(missing[0])
    waiting = next((name for name in files if name in desk.study.files() and waits_for_names(desk, name)), None)
    if waiting:
        return _(
            "Say below which area is meant by the names of “{file}” that have no code yet.", file=show.escape(waiting)
        )
    if cached.workspace().last_run(desk.study_id) is None:
        return _("Look at the parts of the study below, then press “Run the study”.")
    return ""


def what_brings(part: str) -> str:
    """What a person can do about a missing part of the study, by its key."""
    ways = {
        "areas": _("Drop also a table with one row per area: its code, its name and figures."),
        "indicator": _(
            "Drop also a table with figures of the same areas, such as poverty or schooling. If a table has them already, choose its columns under “Indicators”."
        ),
        "survey": _("Drop also the survey: one row per person interviewed, with the sampling weight."),
        "population": _("Drop also the census or a register: one row per child, or counts of children per area."),
        "determinant": _(
            "Under “Determinants”, choose what the survey and the population both say of a child, such as age, sex or schooling."
        ),
        "outcome": _("Under “Definition”, say which column tells whether a child is in child labour."),
        "given_risk": _("Under “Given risk”, say which column holds the rate."),
        "area_model": _("Under “Measured rates and area model”, say which column holds the measured rates."),
        "model": _("Drop also the file of the model."),
    }
    return ways.get(part, _("Fill in the parts below that have no tick."))
