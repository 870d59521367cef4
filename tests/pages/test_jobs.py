from __future__ import annotations

import pytest

from pages.common import demo, jobs
from riskmodel.i18n import translator


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (3, "unos segundos"),
        (15, "un cuarto de minuto"),
        (32, "medio minuto"),
        (58, "1 minuto"),
        (170, "3 minutos"),
    ],
)
def test_time_left_is_told_as_roughly_as_it_is_known(seconds, told, monkeypatch):
    monkeypatch.setattr(jobs, "current", lambda: translator("es"))
    monkeypatch.setattr("pages.common.words.current", lambda: translator("es"))
    assert told in jobs.time_left(seconds)


def test_time_left_follows_the_pace_and_falls_between_signs():
    """A quarter done after 10 s leaves 30 s; 5 s later, without a sign, 25 s."""
    job = jobs.Job(started=100.0, signed=110.0, share=0.25)
    assert job.seconds_left(110.0) == pytest.approx(30)
    assert job.seconds_left(115.0) == pytest.approx(25)


def test_nothing_is_promised_at_the_start_or_when_a_step_overruns():
    assert jobs.Job(started=0.0, signed=1.0, share=0.05).seconds_left(2.0) is None
    assert jobs.Job(started=0.0, signed=9.0, share=0.9).seconds_left(20.0) is None


def test_a_demonstration_made_while_nobody_looked_is_not_opened_over_another_screen(monkeypatch):
    """Its job is let go by the next visitor, unless it still goes on or has something to say."""
    kept = {}
    monkeypatch.setattr(jobs, "_registry", lambda: kept)
    for job, stays in (
        (jobs.Job(finished=True), False),
        (jobs.Job(), True),
        (jobs.Job(finished=True, failed=True), True),
    ):
        kept[demo.JOB] = job
        demo.forget_made()
        assert (demo.JOB in kept) is stays
