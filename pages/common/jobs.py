"""Work that outlives a rerun: a run goes on in a thread, and a reopened tab finds it again.

Jobs are kept by key (one per study), tell their step and share, and stop at their next sign of progress when cancelled.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from pages.common import memory
from pages.common.words import _, current
from riskmodel.problems import InputProblems, Problem
from riskmodel.progress import Cancelled, Progress


@dataclass
class Job:
    """One piece of work; written by its thread, read by any session."""

    step: str = ""
    share: float = 0.0
    started: float = field(default_factory=time.monotonic)
    signed: float = field(default_factory=time.monotonic)  # time of the last sign of progress
    finished: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)
    was_cancelled: bool = False
    problems: tuple[Problem, ...] = ()
    failed: bool = False

    def progress(self, step: str, share: float) -> None:
        if self.cancelled.is_set():
            raise Cancelled
        self.step, self.share, self.signed = step, share, time.monotonic()

    def seconds_left(self, now: float | None = None) -> float | None:
        """Time left at the pace so far; unknown in the first tenth, and where a step takes longer than expected."""
        passed = (time.monotonic() if now is None else now) - self.started
        if self.share <= 0.1:
            return None
        # at the last sign of progress so much was left; what has passed since is taken off
        left = (self.signed - self.started) * (1 - self.share) / self.share - (passed - (self.signed - self.started))
        return left if left > 0 else None


@st.cache_resource
def _registry() -> dict[str, Job]:
    return {}


def get(key: str) -> Job | None:
    """The job of a key, running or finished and not yet taken away."""
    return _registry().get(key)


def start(key: str, work: Callable[[Progress], object]) -> Job:
    """Start `work(progress)` unless one of this key is running."""
    running = get(key)
    if running and not running.finished:
        return running
    job = _registry()[key] = Job()

    def body() -> None:
        try:
            work(job.progress)
        except Cancelled:
            job.was_cancelled = True
        except InputProblems as error:
            job.problems = error.problems
        except Exception:  # noqa: BLE001 — a fault of ours: told in words on screen, in full on the terminal
            traceback.print_exc()
            job.failed = True
        finally:
            memory.set_aside()
            job.finished = True

    threading.Thread(target=body, name=f"job-{key}", daemon=True).start()
    return job


def take(key: str) -> Job | None:
    """The finished job of a key, once."""
    job = get(key)
    return _registry().pop(key, None) if job and job.finished else None


def time_left(seconds: float) -> str:
    """Time left in words, no finer than an estimate from shares of work can be."""
    t = current()
    if seconds < 8:
        return _("a few seconds left")
    if seconds < 20:
        return _("about a quarter of a minute left")
    if seconds < 45:
        return _("about half a minute left")
    minutes = max(1, round(seconds / 60))
    return t.plural("about {count} minute left", "about {count} minutes left", minutes)


@st.fragment(run_every=1.0)
def show(key: str) -> None:
    """Progress with time left and a cancel that works; reruns the page when the job ends."""
    job = get(key)
    if job is None or job.finished:
        st.rerun()
    t = current()
    left = job.seconds_left()
    text = t(job.step) if job.step else _("Starting")
    st.progress(min(job.share, 1.0), text=f"{text} · {time_left(left)}" if left is not None else text)
    if job.cancelled.is_set():
        st.caption(_("Stopping after this step…"))
    else:
        st.button(_("Cancel"), key=f"cancel_{key}", on_click=job.cancelled.set)
