"""Take the pictures of `docs/images` again: `make pictures`. All show the demonstration country."""

from __future__ import annotations

import io
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from demo.earlier import write_earlier
from demo.write import TEXTS, write_demo
from pages.common import state
from pages.common.demo import INDEX_STUDY
from riskmodel.study_file import read_study
from riskmodel.workspace import Workspace
from sheet_drawing import locator_of, sheet_of
from tests.tools.server import ARGUMENTS, CHROMIUM, ROOT, running
from workflow import run_in_workspace

IMAGES = ROOT / "docs" / "images"
AREA = "Tapiyupí"
SCREENS = {
    "map": "Mapa",
    "determinants": "Determinantes",
    "groups": "Grupos",
    "priorities": "Prioridades",
    "model": "Modelo",
    "data": "Datos",
}
HEIGHTS = {"map": 1000, "determinants": 960, "groups": 1150, "priorities": 900, "model": 900, "data": 900}
# Screens that need a second study: an earlier year, and the index of the same country.
BESIDE = {"change": ("Cambio", 1250), "side-by-side": ("Dos métodos", 1250)}


@dataclass(frozen=True)
class Look:
    """A picture of the map alone."""

    width: int = 1440
    height: int = 1000
    scheme: Literal["light", "dark"] = "light"
    switched: str = ""  # as in the address
    mode: str = ""  # name of its button

    @property
    def size(self) -> ViewportSize:
        return {"width": self.width, "height": self.height}


MAPS = {
    "map-dark": Look(scheme="dark"),
    "map-phone": Look(390, 844),
    "map-clusters": Look(height=1150, mode="Conglomerados"),
    "map-two-measures": Look(mode="Riesgo y número"),
    "map-photocopy": Look(switched="photocopy"),
}


def main() -> None:
    """Make the demonstration, run it, take the pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        workspace = Workspace(folder / "home")
        study_id = workspace.adopt_folder(write_demo(folder / "demo").parent)
        results = run_in_workspace(workspace, study_id)
        beside(workspace, study_id, folder)
        run = workspace.last_run(study_id)
        assert run is not None
        code = results.areas.set_index("area_name")["area_code"][AREA]
        save(sheet_of(results, code, "es", locator_of(run, results))[1], "sheet", width=1000)
        with running(workspace.home) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="es-ES")
            without_guide(page, server.url)
            screens(page, server.url)
            untidy(page)
            for name, (title, height) in BESIDE.items():
                shown(page, title, height)
                save(page.screenshot(), name)
            for name, look in MAPS.items():
                other = browser.new_page(viewport=look.size, locale="es-ES", color_scheme=look.scheme)
                without_guide(other, server.url)
                other.goto(f"{server.url}/?look={look.switched}")
                drawn(other)
                if look.mode:
                    other.get_by_test_id("stButtonGroup").get_by_role("radio", name=look.mode, exact=True).click()
                    drawn(other)
                    other.mouse.move(5, 5)
                save(other.screenshot(), name)
                other.close()
            browser.close()


def screens(page: Page, url: str) -> None:
    """One picture per screen, with an area selected."""
    page.goto(url)
    drawn(page)
    picker = page.locator(".atlas-find input")
    picker.click()
    picker.fill(AREA)
    page.wait_for_timeout(800)
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)
    page.locator(".atlas-button").last.click()  # the whole country again, with the area chosen
    for name, title in SCREENS.items():
        shown(page, title, HEIGHTS[name])
        save(page.screenshot(), name)


def untidy(page: Page) -> None:
    """The card of a table as an office would send it, on the Data screen."""
    shown(page, "Datos", 2000)
    page.get_by_role("button", name="Probar con una tabla desordenada").click()
    card = page.locator('[class*="st-key-file_municipios_como_llega"]')
    card.wait_for()
    page.get_by_text("En el archivo", exact=True).wait_for()
    page.wait_for_timeout(6000)  # the message that it is stored goes away
    save(card.screenshot(), "data-file")


def shown(page: Page, title: str, height: int) -> None:
    """Open a screen from the side panel and let it draw."""
    page.set_viewport_size({"width": 1440, "height": height})
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
    page.wait_for_timeout(5000)
    page.mouse.move(5, 5)


def beside(workspace: Workspace, study_id: str, scratch: Path) -> None:
    """The earlier year and the index of the demonstration, run; the demonstration stays the study that opens."""
    source = workspace.folder(study_id)
    (scratch / "index").mkdir()
    shutil.copyfile(TEXTS / INDEX_STUDY, scratch / "index" / INDEX_STUDY)
    for name in read_study(TEXTS / INDEX_STUDY).files():
        shutil.copyfile(source / name, scratch / "index" / name)
    others = [workspace.adopt_folder(scratch / "index", INDEX_STUDY)]
    earlier = write_earlier(source, scratch / "earlier")
    others.append(workspace.adopt_folder(earlier.parent, earlier.name))
    for other in others:
        run_in_workspace(workspace, other)
    workspace.put_first(study_id)


def without_guide(page: Page, url: str) -> None:
    """As for a visitor who closed the first steps before."""
    page.context.add_cookies([{"name": state.COOKIE, "value": "guide=0", "url": url}])


def drawn(page: Page) -> None:
    """Wait until the map stands."""
    page.locator('.mirador-map[data-state="drawn"]').first.wait_for(timeout=60_000)
    page.wait_for_timeout(2500)


def save(png: bytes, name: str, width: int | None = None) -> None:
    """Few colours and a small file: these are for reading, not for printing."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if width:
        picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    IMAGES.mkdir(parents=True, exist_ok=True)
    picture.quantize(128, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
