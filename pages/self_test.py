"""Self-test screen: does this installation work, and did anything leave this machine?"""

from __future__ import annotations

import streamlit as st

from pages.common import cached, jobs, show, state
from pages.common.words import _, current, plural
from self_test import Check, self_test

JOB = "self-test"


def main() -> None:
    """Draw the screen."""
    show.heading(
        _("Does everything work here?"),
        _("Checks the installation, makes the demonstration anew and compares it with its known values. Your studies are not touched."),
    )  # fmt: skip
    running = jobs.get(JOB)
    if running and not running.finished:
        jobs.show(JOB)
        return
    done = jobs.take(JOB)
    if done and done.failed:
        st.error(_("The self-test could not be finished. The terminal says why."))
    st.button(_("Begin the self-test"), type="primary", icon=":material/rule:", key="self_test", on_click=begin)
    made: list[Check] = list(state.keep("self_test", []))  # type: ignore[call-overload]
    if not made:
        st.caption(_("It takes about a quarter of a minute."))
        return
    outcome(made)


def begin() -> None:
    """Make the checks in the background."""
    made: list[Check] = []
    state.put("self_test", made)
    t, home, watch = current(), cached.workspace().home, cached.address_watch()
    jobs.start(JOB, lambda progress: made.extend(self_test(home, t, watch, progress)))


def outcome(made: list[Check]) -> None:
    """What was found, one line per check; the first sentence says all."""
    failed = [check for check in made if not check.holds]
    if failed:
        st.error(
            plural("{count} check failed. Show this page to who looks after this machine.", "{count} checks failed. Show this page to who looks after this machine.", len(failed))
        )  # fmt: skip
    else:
        st.success(_("Everything works, and nothing left this machine."))
    for check in made:
        with st.container(border=True):
            mark = ":material/check_circle:" if check.holds else ":material/error:"
            said = _("In order") if check.holds else _("Not in order")
            st.markdown(f"{mark} **{show.escape(check.name)}** · {said}  \n{show.escape(check.found)}")


main()
