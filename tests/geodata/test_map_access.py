"""The map for those who do not use a pointer or do not see it: checked by axe-core, with nothing from outside."""

from __future__ import annotations

import pytest

from tests.geodata.test_map_browser import PATIENCE, address, browser, chosen, middle_of, opened  # noqa: F401

pytestmark = pytest.mark.browser


def violations(page) -> list[str]:
    """Serious faults of our part of the page, in words."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=".mirador-map").response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("width", [390, 1000])
def test_the_map_has_no_serious_fault(opened, width):  # noqa: F811
    page = opened(width=width)
    assert violations(page) == []
    page.mouse.click(*middle_of(page, "02"))
    chosen(page, "02")
    page.get_by_role("combobox").fill("o")
    page.get_by_role("option").first.wait_for(timeout=PATIENCE)
    assert violations(page) == []


def test_tab_reaches_every_part_and_the_order_is_that_of_the_eye(opened):  # noqa: F811
    page = opened()
    page.get_by_role("combobox").focus()
    reached = []
    for _ in range(5):
        reached.append(page.evaluate("document.activeElement.className || document.activeElement.tagName"))
        page.keyboard.press("Tab")
    assert reached[0] == "INPUT"
    assert "atlas-button" in reached[1]
    assert "atlas-box" in reached[2]
    assert any("zoom-in" in name for name in reached)


def test_what_the_arrows_reach_is_said(opened):  # noqa: F811
    page = opened()
    page.locator(".atlas-box").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    said = page.locator(".atlas-said")
    assert said.get_attribute("role") == "status"
    assert said.inner_text() != ""
    assert page.locator(".atlas-box").get_attribute("aria-label").startswith("Map of areas")
