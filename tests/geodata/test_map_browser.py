"""The map in a browser that reaches nothing but this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from geodata.mapdata import prepare
from geodata.maps import standalone_html
from geodata.paint import Legend, LegendEntry, MapPaint
from geodata.palette import palette

pytestmark = pytest.mark.browser
CHROMIUM = ["--no-sandbox", "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
PATIENCE = 30_000  # milliseconds; a busy machine is slow, not wrong


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """The small page, served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = Path(__file__).with_name("map_app.py")
    options = [
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--server.headless=true",
        "--server.fileWatcherType=none",
    ]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(app), *options, "--browser.gatherUsageStats=false"],
        env=os.environ | {"MAP_CACHE": str(tmp_path_factory.mktemp("maps"))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def page(address):
    """A page with the map drawn, `outside` its requests to elsewhere, `errors` of its scripts."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=CHROMIUM)
        opened = browser.new_page(viewport={"width": 1000, "height": 800})
        opened.outside, opened.errors = [], []
        here = ("http://127.0.0.1", "data:", "blob:")
        opened.on("request", lambda r: None if r.url.startswith(here) else opened.outside.append(r.url))
        opened.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.goto(address)
        drawn(opened).wait_for(timeout=PATIENCE)
        yield opened
        assert opened.outside == []
        assert opened.errors == []
        browser.close()


def frame(page):
    return page.frame_locator('iframe[title*="st_folium"]')


def drawn(page):
    return frame(page).locator('#map_div[data-drawn="yes"]')


def middle_of(page, code: str) -> tuple[float, float]:
    """Where the middle of an area is on the page."""
    inside = next(f for f in page.frames if "st_folium" in f.url)
    script = """code => {
        const layer = Object.values(window.map._layers).find(l => l.code === code);
        const at = window.map.latLngToContainerPoint(layer.getBounds().getCenter());
        return [at.x, at.y];
    }"""
    x, y = inside.evaluate(script, code)
    box = page.locator('iframe[title*="st_folium"]').bounding_box()
    return box["x"] + x, box["y"] + y


def colour_at(page, code: str) -> list[int]:
    """The colour of an area's canvas in its middle."""
    inside = next(f for f in page.frames if "st_folium" in f.url)
    script = """code => {
        const layer = Object.values(window.map._layers).find(l => l.code === code);
        const at = window.map.latLngToContainerPoint(layer.getBounds().getCenter());
        const canvas = layer._renderer._container, box = canvas.getBoundingClientRect();
        const map = window.map.getContainer().getBoundingClientRect(), scale = canvas.width / box.width;
        const x = (at.x + map.x - box.x) * scale, y = (at.y + map.y - box.y) * scale;
        return Array.from(canvas.getContext("2d").getImageData(x, y, 1, 1).data).slice(0, 3);
    }"""
    return inside.evaluate(script, code)


def test_each_click_gives_the_area_under_it(page):
    for code in ("04", "01", "03", "02", "02", "04"):
        page.mouse.click(*middle_of(page, code))
        page.get_by_text(f"chosen={code}").wait_for(timeout=PATIENCE)
    assert page.get_by_text("now=04 chosen=04").count() == 1
    assert frame(page).locator(".atlas-selected").count() == 1


def test_a_click_counts_once(page):
    page.mouse.click(*middle_of(page, "01"))
    page.get_by_text("now=01 chosen=01").wait_for(timeout=PATIENCE)
    page.get_by_text("5", exact=True).first.click()  # another run, without a click on the map
    page.get_by_text("now=None chosen=01").wait_for(timeout=PATIENCE)


def test_colours_change_without_a_new_map(page):
    inside = next(f for f in page.frames if "st_folium" in f.url)
    inside.evaluate("window.map.sameAsBefore = true")
    assert colour_at(page, "03") == [0x8C, 0x2D, 0x04]
    before = inside.evaluate("document.getElementById('map_div').dataset.paint")
    page.get_by_text("5", exact=True).first.click()
    inside.wait_for_function(
        "b => document.getElementById('map_div').dataset.paint !== b", arg=before, timeout=PATIENCE
    )
    page.wait_for_timeout(300)
    assert colour_at(page, "03") == [0xEC, 0x70, 0x14]
    assert inside.evaluate("window.map.sameAsBefore")


def test_legend_and_tooltip_are_words_not_html(page):
    legend = frame(page).locator(".atlas-legend")
    assert legend.locator("h2").inner_text() == "Riesgo"
    assert legend.locator(".atlas-no_data").count() == 1
    page.mouse.move(*middle_of(page, "02"))
    tip = frame(page).locator(".atlas-tip")
    tip.wait_for(timeout=PATIENCE)
    assert tip.locator("strong").inner_text() == "<i>Dos</i>"
    assert tip.locator("i").count() == 0


def test_on_a_phone_the_legend_lies_under_the_map(page):
    page.set_viewport_size({"width": 390, "height": 844})
    under = frame(page).locator(".atlas-legend.atlas-under")
    under.wait_for(timeout=PATIENCE)
    shape, legend = drawn(page).bounding_box(), under.bounding_box()
    assert legend["y"] >= shape["y"] + shape["height"] - 1
    assert legend["y"] + legend["height"] <= shape["y"] + 421


def test_the_single_file_draws_from_a_folder(tmp_path, squares, departments):
    """Opened as a file, with no server at all, it asks for nothing but itself."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or pytest.skip("no chromium on this machine")
    paint = MapPaint(
        pd.Series({"01": 1}), pd.Series({"01": "Uno"}), palette(3), Legend("Riesgo", (LegendEntry("Bajo", 1),))
    )
    path = tmp_path / "mapa.html"
    path.write_bytes(standalone_html(prepare(squares, departments, tmp_path), paint, "Mapa", "es"))
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=chromium, args=[*CHROMIUM[:2], "--host-resolver-rules=MAP * ~NOTFOUND"]
        )
        opened, asked, errors = browser.new_page(), [], []
        opened.on("request", lambda r: asked.append(r.url))
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.goto(path.as_uri())
        opened.locator('#map[data-drawn="yes"]').wait_for(timeout=PATIENCE)
        assert opened.locator("h1").inner_text() == "Mapa"
        assert asked == [path.as_uri()]
        assert errors == []
        browser.close()
