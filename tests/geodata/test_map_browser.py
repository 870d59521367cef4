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

import numpy as np
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


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser, address):
    """Opens one country; `outside` are its requests to elsewhere, `errors` those of its scripts."""
    pages = []

    def open_case(case: str = "four", state: str = "drawn", width: int = 1000, hold: str = ""):
        page = browser.new_page(viewport={"width": width, "height": 800})
        held: list = []
        page.release = lambda: [route.continue_() for route in held]
        if hold:
            page.route(hold, lambda route: held.append(route))
        pages.append(page)
        page.outside, page.errors, page.may_ask = [], [], False
        here = ("http://127.0.0.1", "data:", "blob:")
        page.on("request", lambda r: None if r.url.startswith(here) else page.outside.append(r.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(f"{address}?case={case}")
        page.locator(f'.mirador-map[data-state="{state}"]').first.wait_for(state="attached", timeout=PATIENCE)
        return page

    yield open_case
    for page in pages:
        assert page.errors == []
        assert page.may_ask or page.outside == []
        page.close()


@pytest.fixture
def page(opened):
    return opened()


ATLAS = "document.querySelector('.mirador-map').mirador.atlas"


def middle_of(page, code: str) -> tuple[float, float]:
    """Where the inside point of an area is on the page."""
    page.wait_for_timeout(150)  # the page may still move by a line
    return page.evaluate(f"code => {ATLAS}.whereIs(code)", code)


def colour_at(page, x: float, y: float) -> list[int]:
    """The colour of the canvas of areas at a place of the page."""
    script = f"""([x, y]) => {{
        const canvas = {ATLAS}.canvas._container, box = canvas.getBoundingClientRect(), scale = canvas.width / box.width;
        return Array.from(canvas.getContext("2d").getImageData((x - box.x) * scale, (y - box.y) * scale, 1, 1).data).slice(0, 3);
    }}"""
    return page.evaluate(script, [x, y])


def chosen(page, code: str) -> None:
    page.get_by_text(f"chosen={code}").wait_for(timeout=PATIENCE)


def test_each_click_gives_the_area_under_it_and_counts_once(page):
    for code in ("04", "01", "03", "02", "04"):
        page.mouse.click(*middle_of(page, code))
        chosen(page, code)
    page.get_by_text("chosen=04 times=5").wait_for(timeout=PATIENCE)
    assert page.locator(".atlas-selected").count() == 1
    page.get_by_text("5", exact=True).first.click()  # another run, without a click on the map
    page.wait_for_timeout(500)
    assert page.get_by_text("chosen=04 times=5").count() == 1


def test_a_click_by_the_coast_takes_the_nearest_area_and_the_open_sea_none(page):
    x, y = page.evaluate(
        f"{ATLAS}.map.latLngToContainerPoint([0.5, -70])  && (() => {{ const a = {ATLAS}, b = a.box.getBoundingClientRect(), p = a.map.latLngToContainerPoint([0.5, -70]); return [b.x + p.x, b.y + p.y]; }})()"
    )
    page.mouse.click(x - 4, y)
    chosen(page, "01")
    page.mouse.click(x - 60, y)
    page.wait_for_timeout(400)
    assert page.get_by_text("chosen=01 times=1").count() == 1


def test_colours_change_without_a_new_map(page):
    page.evaluate(f"{ATLAS}.sameAsBefore = true")
    at = middle_of(page, "03")
    assert colour_at(page, *at) == [0x8C, 0x2D, 0x04]
    before = page.locator(".atlas-box").get_attribute("data-paint")
    page.get_by_text("5", exact=True).first.click()
    page.wait_for_function(
        "b => document.querySelector('.atlas-box').dataset.paint !== b", arg=before, timeout=PATIENCE
    )
    assert colour_at(page, *middle_of(page, "03")) == [0xEC, 0x70, 0x14]
    assert page.evaluate(f"{ATLAS}.sameAsBefore")


@pytest.mark.parametrize(("together", "most"), [(60, 0), (1, 12)])
def test_neighbours_of_one_colour_have_no_seam(opened, together, most):
    """Across the border of two areas of one level the colour stays; drawn one by one a twentieth of the page shines through."""
    page = opened("seam")
    script = f"n => {{ mirador.TOGETHER = n; {ATLAS}.width = 0; {ATLAS}.box.style.background = '#14181B'; {ATLAS}.canvas.redraw(); }}"
    page.evaluate(script, together)  # without borders, as in a country of thousands
    (x1, y), (x2, _) = middle_of(page, "01"), middle_of(page, "02")
    alpha = f"""([x, y]) => {{
        const canvas = {ATLAS}.canvas._container, box = canvas.getBoundingClientRect(), scale = canvas.width / box.width;
        return canvas.getContext("2d").getImageData((x - box.x) * scale, (y - box.y) * scale, 1, 1).data[3];
    }}"""
    for i in range(61):
        at = [x1 + (x2 - x1) * i / 60, y]
        assert np.abs(np.subtract(colour_at(page, *at), (0xFE, 0xE3, 0x91))).max() <= most
        assert page.evaluate(alpha, at) >= 255 - most


def test_legend_and_card_are_words_not_html(page):
    legend = page.locator(".atlas-legend")
    assert legend.locator("h2").inner_text() == "Riesgo"
    assert legend.locator(".atlas-no_data").count() == 1
    page.mouse.move(*middle_of(page, "02"))
    tip = page.locator(".atlas-tip")
    tip.get_by_text("<i>Dos</i>").wait_for(timeout=PATIENCE)
    assert tip.locator("i").count() == 0
    assert tip.locator("b").all_inner_texts() == ["10 %"]


def test_an_area_is_found_by_name_with_the_keyboard(page):
    page.get_by_role("combobox").fill("dos")
    page.get_by_role("option", name="Dos").wait_for(timeout=PATIENCE)
    page.keyboard.press("Enter")
    chosen(page, "02")
    page.get_by_role("combobox").fill("nadie")
    page.locator(".atlas-none").wait_for(timeout=PATIENCE)


def test_arrows_walk_to_the_neighbour_and_enter_chooses(page):
    page.mouse.click(*middle_of(page, "01"))
    chosen(page, "01")
    page.mouse.move(2, 2)
    box = page.locator(".atlas-box")
    box.focus()
    page.keyboard.press("ArrowRight")
    assert "<i>Dos</i>" in page.locator(".atlas-said").inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    chosen(page, "04")
    assert box.evaluate("b => getComputedStyle(b).outlineStyle") == "solid"


def test_the_map_goes_to_the_parent_unit_and_back(page):
    page.mouse.click(*middle_of(page, "03"))
    chosen(page, "03")
    whole = page.evaluate(f"{ATLAS}.map.getZoom()")
    page.locator(".atlas-button").first.click()
    assert page.evaluate(f"{ATLAS}.map.getBounds().getSouth()") > 0.3  # the northern unit alone
    page.locator(".atlas-button").last.click()
    assert page.evaluate(f"{ATLAS}.map.getZoom()") == pytest.approx(whole)


def test_on_a_phone_the_legend_lies_under_the_map(opened):
    page = opened(width=390)
    under = page.locator(".atlas-legend.atlas-under")
    under.wait_for(timeout=PATIENCE)
    shape, legend = page.locator(".atlas-box").bounding_box(), under.bounding_box()
    assert legend["y"] >= shape["y"] + shape["height"] - 1
    assert shape["height"] <= 1.31 * shape["width"]


def test_two_maps_move_together(opened):
    page = opened("pair")
    page.locator('.mirador-map[data-state="drawn"]').nth(2).wait_for(timeout=PATIENCE)
    both = "[1, 2].map(i => { const m = document.querySelectorAll('.mirador-map')[i].mirador.atlas.map; return [m.getCenter().lng, m.getZoom()]; })"
    page.evaluate(
        "document.querySelectorAll('.mirador-map')[1].mirador.atlas.map.setView([1, -69.5], 9, {animate: false})"
    )
    first, second = page.evaluate(both)
    assert first == pytest.approx(second)
    assert first[1] == 9


def test_tiles_are_asked_for_only_when_wanted(page):
    assert page.outside == []
    page.may_ask = True
    page.get_by_text("Tiles").click()
    page.locator(".atlas-credit").wait_for(timeout=PATIENCE)
    page.wait_for_timeout(300)
    assert page.outside
    assert all(url.startswith("https://tile.example.org/") for url in page.outside)
    asked = len(page.outside)
    page.get_by_text("Tiles").click()
    page.locator(".atlas-credit").wait_for(state="detached", timeout=PATIENCE)
    page.evaluate(f"{ATLAS}.map.zoomIn(1, {{animate: false}})")
    page.wait_for_timeout(300)
    assert len(page.outside) == asked


@pytest.mark.parametrize("case", ["novalues", "one", "names", "fiji"])
def test_unusual_countries_are_drawn_and_can_be_touched(opened, case):
    page = opened(case)
    at = middle_of(page, "01")
    page.mouse.move(*at)
    page.locator(".atlas-tip strong").wait_for(timeout=PATIENCE)
    page.mouse.click(*at)
    chosen(page, "01")


def test_two_areas_of_one_name_are_told_apart_by_their_unit(opened):
    page = opened("names")
    page.get_by_role("combobox").fill("san juan")
    page.get_by_role("option").nth(1).wait_for(timeout=PATIENCE)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen(page, "02")
    page.mouse.move(*middle_of(page, "03"))
    tip = page.locator(".atlas-tip")
    tip.get_by_text("onerror").wait_for(timeout=PATIENCE)
    assert tip.bounding_box()["width"] < 300
    assert page.locator("img[src=x]").count() == 0


def test_a_name_asked_before_the_names_are_here_is_found_when_they_come(opened):
    """On a weak connection the texts come after the first key."""
    page = opened("names", hold="**/*.texts.*")
    page.get_by_role("combobox").fill("san juan")
    page.wait_for_timeout(300)
    assert page.get_by_role("option").count() == 0
    page.release()
    page.get_by_role("option").nth(1).wait_for(timeout=PATIENCE)
    assert page.get_by_role("combobox").input_value() == "san juan"


def test_a_country_across_the_date_line_is_in_one_piece(opened):
    page = opened("fiji")
    places = [middle_of(page, code) for code in ("01", "02", "03", "04")]
    xs = [x for x, _ in places]
    assert xs == sorted(xs)
    assert xs[3] - xs[0] > 100
    for code, (x, y) in zip(("02", "03"), places[1:3], strict=True):
        page.mouse.click(x, y)
        chosen(page, code)


def test_twenty_thousand_areas_are_drawn_and_a_click_finds_its_own(opened):
    page = opened("many")
    page.mouse.click(*middle_of(page, "9876"))
    chosen(page, "9876")


def test_where_the_shapes_do_not_come_the_page_says_so(opened):
    page = opened("broken", state="failed")
    note = page.locator(".atlas-fallback")
    assert note.is_visible()
    assert "table" in note.inner_text()
    assert not page.locator(".atlas-box").is_visible()


def test_where_no_script_of_ours_runs_the_message_comes_by_itself(browser, address):
    page = browser.new_page()
    page.route("**/mount.js*", lambda route: route.abort())
    page.goto(address)
    page.locator(".atlas-fallback").wait_for(timeout=PATIENCE)
    page.close()


def test_the_message_needs_no_script(browser):
    """The page's own parts, with the scripts left out, after the time that the style gives them."""
    style = (Path(__file__).parents[2] / "pages" / "common" / "mapview.css").read_text(encoding="utf-8")
    page = browser.new_page(java_script_enabled=False)
    page.set_content(
        f'<style>{style.replace("20s", "1s")}</style><div class="mirador-map"><p class="atlas-fallback">Tabla</p></div>'
    )
    assert not page.get_by_text("Tabla").is_visible()
    page.wait_for_timeout(1300)
    assert page.get_by_text("Tabla").is_visible()
    page.close()


def test_the_single_file_draws_from_a_folder(browser, tmp_path, squares, departments):
    """Opened as a file, with no server at all, it asks for nothing but itself."""
    paint = MapPaint(
        pd.Series({"01": 1}), pd.Series({"01": "Uno"}), palette(3), Legend("Riesgo", (LegendEntry("Bajo", 1),))
    )
    path = tmp_path / "mapa.html"
    path.write_bytes(standalone_html(prepare(squares, departments, tmp_path), paint, "Mapa", "es"))
    opened, asked, errors = browser.new_page(), [], []
    opened.on("request", lambda r: asked.append(r.url))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(path.as_uri())
    opened.locator('#map[data-drawn="yes"]').wait_for(timeout=PATIENCE)
    assert opened.locator("h1").inner_text() == "Mapa"
    assert asked == [path.as_uri()]
    assert errors == []
    opened.close()
