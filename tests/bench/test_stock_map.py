"""The same country through stock streamlit-folium and through our map, in one run on one machine: seconds and their ratio."""

from __future__ import annotations

import shutil
import statistics
import time
from pathlib import Path
from typing import Any

import pytest

from tests.bench.measure import MEGABYTE, ROOT, python, report
from tests.bench.screen import (
    AFTER_PAINT,
    PATIENCE,
    chromium,
    first_draw,
    free_port,
    new_page,
    recolour,
    serving,
    settle,
)
from tests.bench.studies import workspace_with, write_brazil_with_files

pytestmark = [pytest.mark.bench, pytest.mark.browser, pytest.mark.data]
AREAS = "() => Object.values(window.map?._layers || {}).filter(l => l.feature && l._path !== undefined || l._parts).length > 5000"


def test_against_stock_folium(shared_data, tmp_path, monkeypatch):
    home, port = tmp_path / "home", free_port()
    workspace_with(home, write_brazil_with_files(shared_data, tmp_path / "study", "given_risk"))
    with serving(port, home, tmp_path / "server.log"), chromium() as browser:
        url = f"http://127.0.0.1:{port}/"
        first_draw(new_page(browser)[0], url)  # shapes are made ready once
        page, traffic = new_page(browser)
        first = first_draw(page, url)
        settle(page)
        before = traffic.websocket_bytes()
        changes = [recolour(page, (i + 1) % 3) for i in range(6)]
        sent = (traffic.websocket_bytes() - before) / 6
    (simple,) = (p for p in home.glob("studies/*/maps/served/*.geojson") if "borders" not in p.name)
    shutil.copyfile(simple, tmp_path / "simple.geojson")
    raw = shared_data / "brazil" / "municipios_br.geojson"
    rows: list[tuple[object, ...]] = [
        ("ours", f"{first:.2f}", f"{statistics.median(changes):.2f}", f"{sent / MEGABYTE:.3f}", "1", "1")
    ]
    ratios = []
    for name, path in (("stock, simplified shapes", tmp_path / "simple.geojson"), ("stock, raw shapes", raw)):
        opened, changed, travelled = _stock(path, tmp_path, monkeypatch)
        ratios.append(changed / statistics.median(changes))
        rows.append(
            (
                name,
                f"{opened:.2f}",
                f"{changed:.2f}",
                f"{travelled / MEGABYTE:.3f}",
                f"{opened / first:.1f}",
                f"{ratios[-1]:.0f}",
            )
        )
    report("Brazil: first map (s), change of colours (s), sent per change (MB), and both as times ours", rows)
    assert min(ratios) > 1


def _stock(shapes: Path, folder: Path, monkeypatch: Any) -> tuple[float, float, float]:
    """Seconds of the first map and of a change of colours, and the bytes sent for the change."""
    monkeypatch.setenv("STOCK", str(shapes))
    port = free_port()
    command = python("-m", "streamlit", "run", "tests/bench/stock_app.py", "--server.port", port)
    with serving(port, folder / "none", folder / "stock.log", command, ROOT), chromium() as browser:
        page, traffic = new_page(browser)
        page.goto(f"http://127.0.0.1:{port}/")
        _drawn(page)  # the server reads the shapes once
        page.context.close()
        page, traffic = new_page(browser)
        start = time.perf_counter()
        page.goto(f"http://127.0.0.1:{port}/")
        _drawn(page)
        opened = time.perf_counter() - start
        settle(page)
        before, seconds = traffic.websocket_bytes(), []
        for turn in (1, 2):
            start = time.perf_counter()
            page.get_by_text(str(turn), exact=True).first.click()
            page.get_by_text(f"turn={turn}").wait_for(timeout=PATIENCE)
            _drawn(page)
            seconds.append(time.perf_counter() - start)
            settle(page)
        return opened, statistics.median(seconds), (traffic.websocket_bytes() - before) / 2


def _drawn(page: Any) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        frames = [f for f in page.frames if "st_folium" in f.url]
        if len(frames) == 1 and frames[0].evaluate(AREAS):
            frames[0].evaluate(AFTER_PAINT)
            return
        page.wait_for_timeout(50)
    raise AssertionError("the stock map was not drawn")
