"""Every screen for those who see little, hear the page, or have no mouse: axe-core, the keyboard, Spanish alone.

The demonstration is a copy of the one made for all tests; the screens are those of the navigation, whatever they are.
"""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect

from pages.common import state
from tests.browser.conftest import screens_of, settle
from tests.tools.server import running

pytestmark = pytest.mark.browser

LOOKS = {
    "desktop": {"viewport": {"width": 1440, "height": 1000}, "color_scheme": "light"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}
# The rules of axe-core asked: the dark page differs in its contrast, the phone in all but that.
RULES: dict[str, dict[str, object] | None] = {
    "light": None,
    "dark": {"runOnly": ["color-contrast"]},
    "phone": {"rules": {"color-contrast": {"enabled": False}}},
}
# Violations inside Streamlit's own widgets that nothing of ours can mend: rule, what its element is, and why.
NOT_OURS: tuple[tuple[str, str, str], ...] = ()
# English that Streamlit says of itself; none of it may stand on a Spanish screen.
ENGLISH = (
    "Upload", "Browse files", "per file", "Drag and drop", "Choose an option", "Choose options", "No results",
    "No options", "Press Enter", "Deploy", "Rerun", "Settings", "Select all", "Clear all", "Clear value", "Increment",
    "Decrement", "Fullscreen", "Search", "Download as", "Download plot", "App pages", "Sidebar", "sidebar", "Skip to",
    "Main menu", "Selected", "selected", "Loading", "Show help", "Remove", "file upload", "Show suggestions", "Open ",
)  # fmt: skip
SEEN = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (element.closest("script, style, iframe, [translate=no], noscript")) continue;
    if (node.nodeType === Node.TEXT_NODE) found.push(node.nodeValue);
    else for (const name of ["aria-label", "title", "placeholder"]) found.push(element.getAttribute(name) ?? "");
  }
  return [...new Set(found.map((text) => text.trim()).filter(Boolean))];
}"""


@pytest.fixture(scope="module")
def server(demo_home, tmp_path_factory):
    """The app with the demonstration country, made and run."""
    home = tmp_path_factory.mktemp("access") / "mirador"
    shutil.copytree(demo_home, home)
    with running(home) as started:
        yield started
    assert "Traceback" not in started.log.read_text()


@pytest.fixture(scope="module")
def opened(browser, server):
    """Opens the app in a look and a language, at its first screen."""

    def at(look: str = "desktop", language: str = "es", address: str = ""):
        page = browser.new_page(locale="es-ES" if language == "es" else "en-GB", **LOOKS[look])
        page.set_default_timeout(60_000)
        page.goto(f"{server.url}/{address}")
        page.get_by_test_id("stHeading").first.wait_for()
        settle(page)
        return page

    return at


@pytest.mark.parametrize("look", LOOKS)
def test_no_screen_has_a_serious_barrier(look, opened):
    """axe-core finds nothing serious or critical, and Spanish screens are Spanish throughout.

    The desktop's screens are read in light and in dark; each starts in what the one before ended in.
    """
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    page = opened(look)
    found, english = [], []
    names = screens_of(page)
    assert len(names) >= 11
    schemes = ["light"] if look == "phone" else ["light", "dark"]
    for name in names:
        page.evaluate("name => document.querySelector(`[data-testid=stSidebarNav] a[href$='/${name}']`).click()", name)
        page.wait_for_url(f"**/{name}*")
        settle(page)
        assert page.get_by_test_id("stException").count() == 0, name
        assert "Algo falló" not in page.inner_text("body"), name
        for place, scheme in enumerate(schemes):
            if place:
                in_scheme(page, scheme)
            options = RULES[look if look == "phone" else scheme]
            for violation in axe.run(page, options=options).response["violations"]:
                if violation["impact"] in ("serious", "critical"):
                    found += [
                        (name, scheme, violation["id"], node["html"][:160])
                        for node in violation["nodes"]
                        if not any(violation["id"] == rule and part in node["html"] for rule, part, _ in NOT_OURS)
                    ]
        schemes.reverse()
        said = page.evaluate(SEEN)
        english += [(name, text) for text in said if any(re.search(rf"\b{re.escape(e)}", text) for e in ENGLISH)]
    assert page.evaluate("document.documentElement.lang") == "es"
    page.close()
    assert found == []
    assert english == []


def in_scheme(page, scheme: str) -> None:
    """The page in light or in dark, once it is drawn so."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(
        "dark => (getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
        ".match(/[0-9]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) < 384) === dark",
        arg=scheme == "dark",
    )
    settle(page)


def test_from_the_top_to_a_sheet_by_keyboard(opened, tmp_path):
    """Tab, arrows and Enter alone: find an area on the map screen, go to its sheet, save it; focus is always seen."""
    page = opened()
    tab_to(page, lambda here: here["label"] == "Buscar un territorio")
    page.keyboard.type("Tapiyup")
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Volver a todo el país").wait_for()
    settle(page)
    tab_to(page, lambda here: here["href"].endswith("/sheets"), "Shift+Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("Guardar la ficha")).wait_for()
    settle(page)
    tab_to(page, lambda here: here["tag"].startswith(("<button", "<a")) and "Guardar la ficha" in here["text"])
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith("_es.pdf")
    page.close()


def tab_to(page, found, key: str = "Tab", most: int = 90) -> None:
    """Press Tab until what has the focus is the one looked for; every stop shows that it has it."""
    for _ in range(most):
        page.keyboard.press(key)
        here = page.evaluate(FOCUS)
        if here is None:
            continue
        assert here["seen"], here
        if found(here):
            return
    raise AssertionError("never reached by Tab")


FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body || here.tagName === "IFRAME") return null;
  const chain = [];
  for (let e = here; e && chain.length < 4; e = e.parentElement) chain.push(getComputedStyle(e));
  const seen = chain.some((s, i) => (i === 0 && s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0)
    || (s.boxShadow !== "none" && i < 2)) || here.tagName === "CANVAS" || here.matches("[data-testid=stMain], section");
  const labelled = here.getAttribute("aria-label") || here.labels?.[0]?.textContent || "";
  return {
    seen, text: here.textContent, href: here.getAttribute("href") || "", label: labelled.trim(),
    tag: here.outerHTML.slice(0, 160),
  };
}"""


def test_the_appearance_holds_on_every_screen_and_for_a_later_visit(opened, server):
    page = opened()
    small = page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
    page.get_by_role("button", name="Aspecto").click()
    page.get_by_text("Para fotocopiar").click()
    settle(page)
    page.get_by_text("Para un proyector").click()
    settle(page)
    page.keyboard.press("Escape")
    large = page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
    assert large > 1.25 * small
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Modelo", exact=True).click()
    page.locator(".js-plotly-plot path.point").first.wait_for()
    settle(page)
    fills = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot path.point')].map(p => getComputedStyle(p).fill)"
    )
    assert fills
    assert all(len(set(re.findall(r"\d+", fill)[:3])) <= 1 for fill in fills), set(fills)
    page.reload()
    page.wait_for_function(
        "size => parseFloat(getComputedStyle(document.querySelector('h1') ?? document.body).fontSize) === size",
        arg=large,
    )
    kept = {cookie["name"] for cookie in page.context.cookies()}
    assert state.COOKIE in kept
    page.close()


def test_a_chart_has_a_name_and_a_table(opened):
    page = opened(language="en", address="?lang=en")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Model", exact=True).click()
    chart = page.locator(".js-plotly-plot svg[role=img]").first
    chart.wait_for()
    settle(page)
    assert len(chart.get_attribute("aria-label") or "") > 20
    page.get_by_text("The figures of this chart as a table").first.click()
    table = page.get_by_test_id("stTable").first
    expect(table).to_contain_text("From")
    assert table.locator("tbody tr").count() > 5
    page.close()


def test_maps_are_without_colour_on_a_photocopy(opened):
    """The map's canvas holds greys alone, its legend shows the marks; the second map, in a frame of its own, comes too."""
    page = opened(address="?look=photocopy")
    page.locator('.mirador-map[data-state="drawn"]').wait_for()
    settle(page)
    greys = page.evaluate(
        """() => {
          const canvas = document.querySelector(".atlas canvas"), pen = canvas.getContext("2d"), found = new Set();
          const data = pen.getImageData(0, 0, canvas.width, canvas.height).data;
          for (let i = 0; i < data.length; i += 4) {
            if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return null;
            if (data[i + 3] === 255) found.add(data[i]);
          }
          return found.size;
        }"""
    )
    assert greys is not None, "a colour was found"
    assert greys > 3
    swatches = page.locator(".atlas-legend .atlas-swatch").evaluate_all("all => all.map(one => one.style.background)")
    assert len({s for s in swatches if s}) == 3
    assert any("url(" in s for s in swatches)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Determinantes", exact=True).click()
    frame = page.frame_locator("iframe[title*=st_folium]")
    frame.locator(".atlas[data-drawn]").wait_for()
    assert "Factor principal" in frame.locator(".atlas-legend").inner_text()
    page.close()
