"""The map of a large country on the screen: first drawing, change of look, bytes, clicks, nothing from outside."""

from __future__ import annotations

import random
import re
import statistics
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from riskmodel.workspace import Workspace
from tests.bench.measure import MEGABYTE, report, spread
from tests.bench.screen import (
    ATLAS,
    Traffic,
    chromium,
    first_draw,
    free_port,
    new_page,
    place_on_screen,
    recolour,
    server_memory_mb,
    server_peak_mb,
    serving,
    settle,
    zoom_to,
)
from tests.bench.studies import workspace_with, write_brazil_with_files, write_mexico

pytestmark = [pytest.mark.bench, pytest.mark.browser, pytest.mark.data]
VISITS, CHANGES, CLICKS, GUESTS = 3, 9, 20, 5
NOTICED = 4_000  # milliseconds a click may take to show its area


@pytest.mark.parametrize("country", ["brazil_index", "brazil_rate", "mexico_index"])
def test_map_of_a_large_country(shared_data, tmp_path, country):
    home, port = tmp_path / "home", free_port()
    study_id = workspace_with(home, _study(shared_data, tmp_path / "study", country))
    names = Workspace(home).last_results(study_id).areas.set_index("area_code")["area_name"]
    url = f"http://127.0.0.1:{port}/"
    with serving(port, home, tmp_path / "server.log") as server, chromium() as browser:
        page, first = new_page(browser)
        never_drawn = first_draw(page, url)
        page.context.close()
        page, traffic, visits = _visits(browser, url)
        opened, shapes = traffic.websocket_bytes(), traffic.answer_bytes(".geojson")
        weight = traffic.page_bytes()
        changes, sent = _changes(page, traffic)
        far, far_seconds, far_sent = _clicks(page, traffic, names, near=False)
        near, seconds, per_click = _clicks(page, traffic, names, near=True)
        again = traffic.answer_bytes(".geojson")
        each = _memory_of_visitors(browser, url, server)
        peak = server_peak_mb(server)
    report(
        f"{country}: map of {len(names):,} areas",
        [
            ("first drawing after the start of the server, shapes never drawn before", f"{never_drawn:.1f} s"),
            (f"first drawing for the next visitors, median of {VISITS}", f"{spread(visits)} s"),
            (f"change of look, median of {CHANGES}", f"{spread(changes)} s"),
            ("page weight of a first visit, compressed as it travels", f"{weight / MEGABYTE:.1f} MB"),
            ("shapes, sent once", f"{shapes[1] / MEGABYTE:.2f} MB"),
            ("websocket, opening the page", f"{opened / MEGABYTE:.2f} MB"),
            ("websocket, change to a look not seen before", f"{max(sent) / MEGABYTE:.3f} MB"),
            ("websocket, change to a look seen before, median", f"{statistics.median(sent[1:]) / MEGABYTE:.3f} MB"),
            ("websocket, click on an area, median", f"{statistics.median(far_sent + per_click) / MEGABYTE:.3f} MB"),
            ("right clicks, whole country in view", f"{far} of {CLICKS}"),
            ("right clicks, zoomed to the area", f"{near} of {CLICKS}"),
            ("click until the card names the area, median", f"{spread(far_seconds + seconds)} s"),
            ("requests to elsewhere", len(first.outside + traffic.outside)),
            (f"memory of the server for each further visitor, mean of {GUESTS}", f"{each:.1f} MB"),
            ("most memory of the server", f"{peak:.0f} MB"),
        ],
    )
    assert first.outside + traffic.outside == []
    assert first.errors + traffic.errors == []
    assert again == shapes
    assert max(never_drawn, *visits) < 120
    assert statistics.median(changes) < 15
    assert max(sent + far_sent + per_click) < 0.06 * MEGABYTE
    assert (far, near) == (CLICKS, CLICKS)


def _study(data: Path, folder: Path, country: str) -> Path:
    if country == "mexico_index":
        return write_mexico(data, folder)
    return write_brazil_with_files(data, folder, "vulnerability_index" if country == "brazil_index" else "given_risk")


def _visits(browser: Any, url: str) -> tuple[Any, Traffic, list[float]]:
    """Open the map as several visitors with empty caches; gives the page of the last and the seconds of each."""
    seconds = []
    for visit in range(VISITS):
        page, traffic = new_page(browser)
        seconds.append(first_draw(page, url))
        settle(page)
        if visit < VISITS - 1:
            page.context.close()
    return page, traffic, seconds


def _changes(page: Any, traffic: Traffic) -> tuple[list[float], list[int]]:
    """Seconds and websocket bytes of changes between the first modes."""
    seconds, sent = [], []
    for change in range(CHANGES):
        before = traffic.websocket_bytes()
        seconds.append(recolour(page, (change + 1) % 3))
        settle(page)
        sent.append(traffic.websocket_bytes() - before)
    return seconds, sent


def _memory_of_visitors(browser: Any, url: str, server: Any) -> float:
    """Megabytes that the server holds more for each of some visitors who look at the map at once."""
    before, pages = server_memory_mb(server), []
    for _ in range(GUESTS):
        page, _ = new_page(browser)
        first_draw(page, url)
        settle(page)
        pages.append(page)
    grown = server_memory_mb(server) - before
    for page in pages:
        page.context.close()
    return grown / GUESTS


def _clicks(page: Any, traffic: Traffic, names: pd.Series, near: bool) -> tuple[int, list[float], list[int]]:
    """Click on areas drawn by lot that nothing covers.

    Gives how many showed their own card, after how many seconds each, and the websocket bytes of every click.
    """
    from playwright.sync_api import TimeoutError as TooLateError

    seconds, sent = [], []
    codes = page.evaluate(f"{ATLAS}.shapes.codes")
    page.evaluate(f"{ATLAS}.whole()")
    for code in random.Random(2010).sample(sorted(codes), len(codes)):
        if near:
            zoom_to(page, code)
        place = place_on_screen(page, code)
        if place is None:
            continue  # under the legend
        before, start = traffic.websocket_bytes(), time.perf_counter()
        page.mouse.click(*place)
        own = re.compile(f"^{re.escape(names[code])}$")
        card = page.get_by_test_id("stMain").get_by_test_id("stMarkdown").locator("strong", has_text=own)
        try:
            card.first.wait_for(timeout=NOTICED)
            seconds.append(time.perf_counter() - start)
        except TooLateError:
            pass  # another area, or none
        settle(page)
        sent.append(traffic.websocket_bytes() - before)
        if len(sent) == CLICKS:
            break
    return len(seconds), seconds, sent
