"""Screen of two methods side by side: do they say the same, where not, and what to trust when?

The open study is A; B and C are other studies of this workspace that have run.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.common import cached, demo, jobs, methods_view, show, state
from pages.common.words import _, current
from riskmodel.decisions.methods import LETTERS, MethodsAgreement
from riskmodel.outputs.methods_words import advice_sentence, factors_sentence, method_name, pair_sentences, run_sentence
from riskmodel.problems import InputProblems
from riskmodel.results import Results
from riskmodel.workspace import StudyRecord

KEPT = "side_by_side"


def main() -> None:
    """Draw the screen."""
    show.heading(
        _("Do two methods say the same?"),
        _("Finished runs over the same areas, side by side. Nothing is estimated again."),
    )
    study, results = show.need_results()
    study_id = show.need_study()
    chosen = choose(study_id, results)
    if not chosen:
        return
    try:
        found = cached.methods((study_id, *chosen))
    except InputProblems as error:
        show.problems(error.problems)
        return
    st.markdown("  \n".join(show.escape(run_sentence(run, current())).replace("\\*\\*", "**") for run in found.summary["runs"]))  # fmt: skip
    pair = choose_pair(found)
    st.markdown("\n".join(f"1. {sentence}" for sentence in pair_sentences(pair, current())))
    st.subheader(_("What to trust when"), anchor=False)
    st.markdown("\n".join(f"- {advice_sentence(one, current())}" for one in found.summary["advice"]))
    st.caption(
        _("These rules read what each run declares of itself. Where the methods agree they may still err alike.")
    )
    methods_view.levels(pair)
    st.subheader(_("Where do they disagree?"), anchor=False)
    content = "-".join(run["fingerprint"] for run in found.summary["runs"])
    methods_view.where(found, pair, results, study_id, content)
    reasons(pair)
    downloads(found)
    show.sources(study, results)


def choose(study_id: str, results: Results) -> list[str]:
    """The studies to set beside the open one; what to do where there is none."""
    others = [r for r in cached.workspace().studies() if r.study_id != study_id and cached.run(r.study_id)]
    if not others:
        nothing_yet(study_id, results)
        return []
    names = {r.study_id: f"{r.name} ({method_name(r.method, current())})" for r in others}
    kept = state.keep(KEPT, None)
    start = [i for i in kept if i in names] if isinstance(kept, list) else [likely(others, results)]
    chosen = st.multiselect(
        _("Compare with (one or two other studies)"), list(names), default=start, format_func=names.__getitem__,
        max_selections=len(LETTERS) - 1, key="side_by_side_studies",
    )  # fmt: skip
    state.put(KEPT, chosen)
    if not chosen:
        st.info(_("Choose another study above."))
    return chosen


def likely(others: list[StudyRecord], results: Results) -> str:
    """The newest study that shares most areas with the open one, rather one of another method."""
    mine = set(results.areas["area_code"])

    def shared(record: StudyRecord) -> tuple[float, bool]:
        found = cached.results(record.study_id)
        common = len(mine & set(found.areas["area_code"])) if found else 0
        return common / len(mine), record.method != results.manifest["method"]

    return max(others, key=shared).study_id


def nothing_yet(study_id: str, results: Results) -> None:
    """How to get a second run; in the demonstration country one is a click away."""
    job = jobs.get(demo.INDEX_JOB)
    if job is not None and not job.finished:
        st.markdown("**" + _("Computing the index of the demonstration country.") + "**")
        jobs.show(demo.INDEX_JOB)
        return
    if job is not None:
        done = jobs.take(demo.INDEX_JOB)
        if done and done.problems:
            show.problems(done.problems)
        st.rerun()
    st.info(_("There is only one study with results. Make a second one over the same areas with another method, for example an index beside the risk model, run it, and come back."))  # fmt: skip
    if demo.is_demonstration(study_id, results) and st.button(
        _("Add the index of the demonstration country"), type="primary", key="add_demo_index"
    ):
        demo.start_index(study_id)
        st.rerun()
    st.page_link("pages/studies.py", label=_("Go to the studies"), icon=":material/folder_open:")


def choose_pair(found: MethodsAgreement) -> dict[str, object]:
    """The pair that is shown; with two runs there is one."""
    pairs = {f"{p['first']} – {p['second']}": p for p in found.summary["pairs"]}
    if len(pairs) == 1:
        return next(iter(pairs.values()))
    chosen = st.segmented_control(_("Pair"), list(pairs), default=next(iter(pairs)), key="side_by_side_pair")
    return pairs[chosen or next(iter(pairs))]


def reasons(pair: dict[str, object]) -> None:
    """Whether the main factors are the same."""
    said, t = factors_sentence(pair, current()), current()
    if not said:
        return
    st.subheader(_("Do they give the same reasons?"), anchor=False)
    st.markdown(said)
    titles = [_("Main factor in {run}", run=pair[side]) for side in ("first", "second")]
    rows = [
        (methods_view.factor(m["factor_first"]), methods_view.factor(m["factor_second"]), t.number(m["areas"]))
        for m in pair["factors"]["most"]  # type: ignore[index]
    ]
    if rows:
        show.table(pd.DataFrame(rows, columns=[*titles, _("Areas")]), left=titles)
        st.caption(_("The most frequent pairs of main factors."))


def downloads(found: MethodsAgreement) -> None:
    """All areas and all figures."""
    left, right = st.columns(2)
    with left:
        show.download_table(found.areas, "methods", _("Download all areas (CSV)"))
    with right:
        show.download_record(found.summary, "methods", _("Download the figures (JSON)"))


main()
