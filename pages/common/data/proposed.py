"""The study that the files suggest: what each serves for, what only a person can say, and one button that fills it in.

Parts that are filled already stay unless the person ticks them; nothing is saved before the button is pressed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import streamlit as st

from pages.common import ask, show, state
from pages.common.data import compared_view, recognised
from pages.common.data.desk import Desk
from pages.common.data.run_bar import part_name
from pages.common.words import _, current, plural
from riskmodel.i18n import LANGUAGES, Translator, translator
from riskmodel.i18n.say import place
from riskmodel.inputs.recognise import words
from riskmodel.inputs.recognise.proposal import Proposal, Question
from riskmodel.inputs.recognise.propose import propose
from riskmodel.inputs.recognise.sources import MapSource, Source, TableSource
from riskmodel.inputs.recognise.take_over import taken_over, would_replace
from riskmodel.study import Outcome
from riskmodel.study_file import check_study

# Questions about many columns at once: they are looked at below, once the study is filled in.
BELOW = ("determinants", "indicators")

# Questions that come once for each file, which they must name.
OF_ONE_FILE = ("year", "which_year", "weight", "stratum", "psu", "area_code", "sampled")

# Questions that a column answers.
COLUMNS = ("outcome", "area_code", "population_area", "map_code", "weight", "stratum", "psu", "count")


Step = Literal["use", "answer", ""]


def proposed(desk: Desk) -> Step:
    """Offer the proposal while files wait or parts are missing, and it would change something; else the areas side by side.

    Gives what a person can do with it: use it, or answer what missing parts wait for.
    """
    offered = _offer(desk)
    if offered is None:
        compared_view.of_study(desk)
    return offered or ""


def _offer(desk: Desk) -> Step | None:
    """Draw the proposal; None where there is nothing to propose."""
    counts = {points.count for points in desk.study.points}  # made here, and joined where they are made
    files = [name for name in desk.files() if name not in counts]
    if not files or not (desk.waiting() or check_study(desk.study)):
        return None
    sources = [recognised.seen(desk, name).source for name in files]
    kept = f"answers_{desk.study_id}"
    answers: dict[str, str] = dict(state.keep(kept, {}))  # type: ignore[call-overload]
    t = translator(desk.study.study.language)
    proposal = propose(sources, t, answers)
    study = proposal.study
    if not any((study.survey, study.population, study.areas, study.model)):
        return None
    taken = taken_over(desk.study, proposal, (), beginnings()) == desk.study
    replaceable = would_replace(desk.study, proposal, beginnings())
    asked = [q for q in proposal.questions if q.certainty == "ask" and q.code not in BELOW]
    if taken and not replaceable and not asked:
        return None
    step: Step = "use"
    if proposal.compared:  # first: codes that are confirmed change what the proposal counts
        with st.container(border=True, key="compared_areas"):
            compared_view.side_by_side(desk, proposal.compared, _reading_of(desk, proposal), "proposed")
    with st.container(border=True, key="proposed_study"):
        st.markdown(f"**{_('The study these files make')}**")
        st.markdown(_summary(proposal, {_part(q.key) for q in asked}))
        _uses(proposal)
        given = _questions(_all_questions(sources, t, proposal), answers, sources)
        if given != answers:
            state.put(kept, given)
            st.rerun()
        show.problems([p for p in proposal.problems if not p.is_error])
        if taken and not replaceable:
            st.caption(_("All of this is in the study."))
            missing = {_part(p.where.key) for p in check_study(desk.study)}
            step = "answer" if missing & {_part(q.key) for q in asked} else ""
        else:
            _take(desk, proposal)
    return step


def _reading_of(desk: Desk, proposal: Proposal) -> compared_view.Declared:
    """How a file will be read: as the proposal says, else as the study does."""
    return lambda file, sheet: proposal.study.reading_of(file, sheet) or desk.study.reading_of(file, sheet)


def _part(key: str) -> str:
    return key.split(".")[0]


def _summary(proposal: Proposal, asked: Collection[str]) -> str:
    """Method and size in one line, what waits for an answer, and what is still missing. asked : parts with open questions."""
    t, study = current(), proposal.study
    counted = [
        plural("{count} determinant", "{count} determinants", len(study.determinant)) if study.determinant else "",
        plural("{count} indicator", "{count} indicators", len(study.indicator)) if study.indicator else "",
    ]
    method = t(words.METHODS[study.study.method])
    lines = [show.escape(" · ".join([method[:1].upper() + method[1:], *(c for c in counted if c)]))]
    keys = [p.where.key for p in proposal.problems if p.is_error]
    waiting = list(dict.fromkeys(part_name(key) for key in keys if _part(key) in asked))
    missing = list(dict.fromkeys(part_name(key) for key in keys if _part(key) not in asked))
    if waiting:
        lines.append(_("These wait for your answers to the questions below: {parts}.", parts=", ".join(waiting)))
    if missing:
        lines.append(_("Still missing after this: {parts}.", parts=", ".join(missing)))
    return "  \n".join(lines)


def _uses(proposal: Proposal) -> None:
    t = current()
    told = [(f"**{show.escape(u.file)}**", show.escape(words.say_use(u, t))) for u in proposal.uses]
    st.markdown("\n".join("- " + _("{file}: {question}", file=file, question=use) for file, use in told))


def _all_questions(sources: Sequence[Source], t: Translator, proposal: Proposal) -> list[Question]:
    """Those still open, and those that were answered, so that an answer can be changed."""
    first = {q.key: q for q in propose(sources, t, {}).questions}
    questions = {**first, **{q.key: q for q in proposal.questions}}
    return [q for q in questions.values() if q.code not in BELOW]


def _questions(questions: Sequence[Question], answers: Mapping[str, str], sources: Sequence[Source]) -> dict[str, str]:
    """Ask in the open what nobody could guess; what was guessed can be changed under it. Gives all answers."""
    given = dict(answers)
    open_ones = [q for q in questions if q.certainty == "ask"]
    guessed = [q for q in questions if q.certainty != "ask"]
    for question in open_ones:
        _ask(question, given, _options(question, sources))
    if guessed:
        with st.expander(plural("{count} guess to look at", "{count} guesses to look at", len(guessed))):
            for question in guessed:
                _ask(question, given, _options(question, sources))
    return given


def _ask(question: Question, given: dict[str, str], choices: Sequence[str]) -> None:
    """One question; an answer equal to the proposal is none."""
    t = current()
    label, key = words.say_question(question, t), f"answer_{question.key}"
    if question.where.file and question.code in OF_ONE_FILE:
        label = _("{file}: {question}", file=show.escape(question.where.file), question=label)
    now = given.get(question.key, question.proposed)
    where = place(question.where, t) if question.where.file else None
    if choices:
        options = list(dict.fromkeys([*choices, *([now] if now else [])]))
        said = {option: _option(question, option) for option in options}
        chosen = st.selectbox(
            label,
            options,
            options.index(now) if now else None,
            key=key,
            help=where,
            format_func=said.__getitem__,
            placeholder=_("Choose"),
        )
    elif question.code == "definition":
        chosen = st.text_area(label, now, key=key, help=where, height=80)
    else:
        chosen = st.text_input(label, now, key=key, help=where)
    if chosen and chosen != question.proposed:
        given[question.key] = str(chosen).strip()
    elif question.key in given and (chosen == question.proposed or not chosen):
        given.pop(question.key)


def _options(question: Question, sources: Sequence[Source]) -> Sequence[str]:
    """What may be answered; where a column is asked for and none could be proposed, every column of the file."""
    if question.options or question.code not in COLUMNS:
        return question.options
    file = next((s for s in sources if s.file == question.where.file), None)
    return [g.column for g in file.columns.guesses] if isinstance(file, TableSource | MapSource) else ()


def _option(question: Question, option: str) -> str:
    if question.code == "direction":
        return {"1": _("more vulnerable"), "-1": _("less vulnerable")}.get(option, option)
    return words.say_option(question, option, current())


def _take(desk: Desk, proposal: Proposal) -> None:
    """Fill the study in; what it says already only where it is ticked."""
    untouched = beginnings()
    names = {"method": _("Method"), "outcome": _("Definition")}
    replaced = would_replace(desk.study, proposal, untouched)
    chosen: list[str] = []
    if replaced:
        chosen = st.multiselect(
            _("Parts that are filled in already stay as they are. Replace these too:"),
            replaced,
            key="replace_parts",
            format_func={p: names.get(p) or part_name(p) for p in replaced}.__getitem__,
            placeholder=_("None"),
        )
    if st.button(_("Use this proposal"), type="primary", icon=":material/task_alt:", key="use_proposal"):
        desk.save(
            taken_over(desk.study, proposal, chosen, untouched),
            _("The study is filled in from the files."),
        )


def beginnings() -> tuple[Outcome, ...]:
    """Outcomes that a study begins with, in every language, before anybody has written one."""
    return tuple(ask.empty_outcome(translator(language)) for language in LANGUAGES)
