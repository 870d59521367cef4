"""The app on a workspace of its own, and a browser that can reach nothing but it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tools.server import ARGUMENTS, CHROMIUM, Server, running


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """The app on an empty workspace, as after a first `make run`."""
    with running(tmp_path_factory.mktemp("home") / "mirador") as started:
        yield started
    log = started.log.read_text()
    assert "Traceback" not in log, log[-4000:]


@pytest.fixture(scope="module")
def browser():
    """Chromium with the network cut."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def page(browser, server):
    """A page of the app; at the end nothing may have been asked from outside."""
    asked: list[str] = []
    opened = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="es-ES", accept_downloads=True)
    opened.on("request", lambda request: asked.append(request.url))
    opened.set_default_timeout(60_000)
    opened.goto(server.url)
    yield opened
    inside = (server.url, server.url.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(inside)] == []


def settle(page) -> None:
    """Wait until the app has nothing left to draw."""
    page.wait_for_timeout(400)
    page.wait_for_function(
        "document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
        " && !document.querySelector('[data-testid=stStatusWidget]') && !document.querySelector('[data-stale=true]')"
    )


def screens_of(page) -> list[str]:
    """Names of the screens in the navigation, in its order."""
    links = page.locator("[data-testid=stSidebarNavLink]").evaluate_all("links => links.map(a => a.href)")
    return [link.rpartition("/")[2] for link in links]
