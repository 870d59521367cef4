"""The map of a large country on the screen: first drawing, change of colour, bytes, clicks, nothing from outside."""

from __future__ import annotations

import random
import re
import statistics

import pytest

from riskmodel.workspace import Workspace
from tests.bench.measure import MEGABYTE, report, spread
from tests.bench.screen import (
    chromium,
    first_draw,
    free_port,
    new_page,
    place_on_screen,
    points_of_areas,
    recolour,
    server_peak_mb,
    serving,
    settle,
)
from tests.bench.studies import workspace_with, write_brazil_with_files, write_mexico

pytestmark = [pytest.mark.bench, pytest.mark.browser, pytest.mark.data]
CHANGES = 7
CLICKS = 20


@pytest.mark.parametrize("country", ["brazil_index", "brazil_rate", "mexico_index"])
def test_map_of_a_large_country(shared_data, tmp_path, country):
    home, port = tmp_path / "home", free_port()
    if country == "mexico_index":
        study = write_mexico(shared_data, tmp_path / "study")
    else:
        method = "vulnerability_index" if country == "brazil_index" else "given_risk"
        study = write_brazil_with_files(shared_data, tmp_path / "study", method)
    study_id = workspace_with(home, study)
    results = Workspace(home).last_results(study_id)
    with serving(port, home, tmp_path / "server.log") as server, chromium() as browser:
        url = f"http://127.0.0.1:{port}/map"
        page, traffic = new_page(browser)
        never_drawn = first_draw(page, f"http://127.0.0.1:{port}/")
        page.context.close()
        again = []
        for _ in range(3):
            page, traffic = new_page(browser)
            again.append(first_draw(page, f"http://127.0.0.1:{port}/"))
            settle(page)
            opened_bytes = traffic.websocket_bytes()
            shapes = traffic.answer_bytes(".geojson")
            if len(again) < 3:
                page.context.close()
        changes, sent = _changes(page, traffic)
        shapes_after = traffic.answer_bytes(".geojson")
        right, tried = _clicks(page, home, results.areas.set_index("area_code")["area_name"])
        peak = server_peak_mb(server)
    report(
        f"{country}: map of {len(results.areas):,} areas",
        [
            ("first drawing, shapes never drawn before", f"{never_drawn:.1f} s"),
            ("first drawing, new visitor, median of 3", f"{spread(again)} s"),
            (f"change of look, median of {CHANGES}", f"{spread(changes)} s"),
            ("shapes, sent once", f"{shapes[1] / MEGABYTE:.2f} MB"),
            ("websocket, opening the page", f"{opened_bytes / MEGABYTE:.2f} MB"),
            ("websocket, each change of look, median", f"{statistics.median(sent) / MEGABYTE:.2f} MB"),
            ("clicks that chose the area under them", f"{right} of {tried}"),
            ("requests to elsewhere", len(traffic.outside)),
            ("memory of the server, most", f"{peak:.0f} MB"),
        ],
    )
    assert url
    assert traffic.outside == []
    assert traffic.errors == []
    assert shapes_after == shapes
    assert max(never_drawn, *again) < 120
    assert statistics.median(changes) < 15
    assert statistics.median(sent) < 2 * MEGABYTE
    assert right >= 0.9 * tried


def _changes(page, traffic) -> tuple[list[float], list[int]]:
    """Seconds and websocket bytes of changes between the first two looks."""
    seconds, sent = [], []
    for change in range(CHANGES):
        before = traffic.websocket_bytes()
        seconds.append(recolour(page, (change + 1) % 2))
        settle(page)
        sent.append(traffic.websocket_bytes() - before)
    return seconds, sent


def _clicks(page, home, names) -> tuple[int, int]:
    """How many clicks on areas drawn by lot chose that area, at the zoom of the whole country."""
    points = points_of_areas(home)
    order = random.Random(2010).sample(sorted(points), len(points))
    right = tried = 0
    for code in order:
        place = place_on_screen(page, points[code])
        if place is None:
            continue  # under the legend
        page.mouse.click(*place)
        settle(page)
        card = page.get_by_test_id("stMain").locator("strong").all_inner_texts()
        right += any(re.sub(r"\s+", " ", text) == names[code] for text in card)
        tried += 1
        if tried == CLICKS:
            break
    return right, tried
