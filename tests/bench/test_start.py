"""From a clean clone to the map of the demonstration country, with `make run` and nothing else."""

from __future__ import annotations

import subprocess
import time

import pytest

from tests.bench.measure import ROOT, report
from tests.bench.screen import chromium, first_draw, free_port, new_page, serving


@pytest.mark.bench
@pytest.mark.browser
def test_make_run_from_a_clean_clone_until_the_map(tmp_path):
    clone, home = tmp_path / "mirador", tmp_path / "home"
    if subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=False).returncode:
        pytest.skip("this copy of the project is no repository")
    with chromium() as browser:
        first = _start(browser, clone, home, tmp_path)
        second = _start(browser, clone, home, tmp_path)
    report(
        "make run, from a clean clone",
        [
            ("environment made and app answering", f"{first[0]:.0f} s"),
            ("page opened until the demonstration is made, run and its map drawn", f"{first[1]:.0f} s"),
            ("all of it", f"{sum(first):.0f} s"),
            ("second start: app answering", f"{second[0]:.1f} s"),
            ("second start: page opened until the map is drawn", f"{second[1]:.1f} s"),
        ],
    )
    assert first[0] < 600
    assert first[1] < 240
    assert sum(second) < 60


def _start(browser, clone, home, tmp_path) -> tuple[float, float]:
    """Seconds until the app answers, and from there until the map is drawn."""
    port, start = free_port(), time.perf_counter()
    with serving(port, home, tmp_path / "server.log", ["make", "run", f"PORT={port}"], clone):
        answering = time.perf_counter() - start
        page, traffic = new_page(browser)
        drawn = first_draw(page, f"http://127.0.0.1:{port}/")
        assert traffic.outside == []
        page.context.close()
    return answering, drawn
