"""The whole way of a newcomer, in a browser with the network cut.

The tests of this module are steps of one journey, in order, on one server.
"""

from __future__ import annotations

import re
import sqlite3

import pandas as pd
import pytest
from pypdf import PdfReader

from riskmodel.workspace import Workspace
from tests.browser.conftest import screens_of, settle
from tests.small_study import STUDY, write_small_study

pytestmark = pytest.mark.browser


def go(page, name):
    """Open a screen by the navigation."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()
    settle(page)


def map_of(page):
    """The map, once it is drawn."""
    drawn = page.locator('.mirador-map[data-state="drawn"]').first
    drawn.wait_for(timeout=60_000)
    return drawn


def last_results(server, name):
    workspace = Workspace(server.home)
    record = next(r for r in workspace.studies() if name in r.name)
    return workspace.last_results(record.study_id)


def test_the_demonstration_is_made_and_its_map_is_drawn(page, server):
    page.get_by_text("Preparando el país de demostración").wait_for()
    page.get_by_role("heading", name="¿Dónde hay riesgo de trabajo infantil?").wait_for(timeout=300_000)
    map_of(page).locator("canvas").first.wait_for()
    map_of(page).get_by_text("Alto").first.wait_for()
    assert page.get_by_text("Datos sintéticos").first.is_visible()
    assert len(last_results(server, "Almaranda").areas) >= 320


def test_a_click_on_the_map_selects_an_area(page):
    map_of(page).locator("canvas").first.wait_for()
    box = map_of(page).locator(".atlas-box").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.62, box["y"] + box["height"] * 0.42)
    page.get_by_role("button", name="Volver a todo el país").wait_for()
    settle(page)
    page.get_by_text(re.compile("Lugar .* de 34")).wait_for()


def test_the_first_steps_lead_through_the_screens_and_stay_away_when_closed(page):
    """By keyboard: on, on, on; closed for good, and started again from the side panel."""
    panel = page.locator(".st-key-guide_panel")
    panel.get_by_text("Primeros pasos, 2 de 5").wait_for()
    for told in ("Ya hay uno elegido", "Vea por qué allí", "imprima la ficha"):
        panel.get_by_role("button", name="Siguiente").focus()
        page.keyboard.press("Enter")
        panel.get_by_text(told).wait_for()
        settle(page)
    page.get_by_role("heading", name="¿Qué necesita la alcaldía en una página?").wait_for()
    panel.get_by_role("button", name="Terminar").click()
    page.get_by_text("Los primeros pasos se pueden empezar de nuevo").wait_for()
    assert panel.count() == 0
    page.get_by_role("button", name="Ayuda y palabras").click()
    page.get_by_role("button", name="Empezar los primeros pasos").click()
    panel.get_by_text("Primeros pasos, 1 de 5").wait_for()
    settle(page)
    panel.get_by_role("button", name="Cerrar la guía").click()
    page.get_by_text("Los primeros pasos se pueden empezar de nuevo").wait_for()
    assert "guide%3D0" in next(c["value"] for c in page.context.cookies() if c["name"] == "mirador")
    go(page, "Mapa")


def test_the_selected_area_has_reasons(page):
    page.get_by_role("link", name="¿Por qué aquí?").click()
    page.get_by_role("heading", name="¿Por qué aquí?").wait_for()
    settle(page)
    page.locator(".js-plotly-plot").first.wait_for()
    page.get_by_text("puntos porcentuales").first.wait_for()


def test_its_fact_sheet_is_two_pages_about_it(page, tmp_path):
    go(page, "Fichas territoriales")
    button = page.get_by_role("button", name=re.compile("Guardar la ficha"))
    button.wait_for()
    with page.expect_download() as download:
        button.click()
    path = tmp_path / "sheet.pdf"
    download.value.save_as(path)
    text = PdfReader(path).pages[0].extract_text()
    assert len(PdfReader(path).pages) == 2
    assert "sintéticos" in text
    code = download.value.suggested_filename.split("_")[0]
    assert code in text
    page.get_by_test_id("stImage").locator("img").first.wait_for()


def test_the_priority_list_downloads(page, server, tmp_path):
    go(page, "Prioridades")
    button = page.get_by_role("button", name=re.compile("lista de prioridades"))
    button.wait_for()
    with page.expect_download() as download:
        button.click()
    path = tmp_path / "list.csv"
    download.value.save_as(path)
    table = pd.read_csv(path, dtype={"area_code": str})
    assert table["rank"].dropna().is_monotonic_increasing
    assert set(table["area_code"]) == set(last_results(server, "Almaranda").areas["area_code"])


def test_every_screen_opens_in_english_and_the_language_stays(page):
    """In Spanish each of them is opened where barriers are looked for."""
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    page.get_by_test_id("stSidebarNav").get_by_text("Determinants").wait_for()
    settle(page)
    names = screens_of(page)
    assert len(names) >= 11
    for name in names:
        page.locator(f"[data-testid=stSidebarNav] a[href$='/{name}']").click()
        page.wait_for_url(f"**/{name}*")
        settle(page)
        assert page.get_by_test_id("stException").count() == 0, name
        assert "Something in the program failed" not in page.inner_text("body"), name
        assert page.get_by_test_id("stSidebarNav").get_by_text("Determinants").count() == 1, name
    page.get_by_test_id("stSidebar").get_by_text("Español", exact=True).click()
    page.get_by_test_id("stSidebarNav").get_by_text("Determinantes").wait_for()
    settle(page)


def test_a_run_can_be_cancelled(page, server):
    before = last_results(server, "Almaranda").manifest["created"]
    go(page, "Datos")
    page.get_by_role("button", name="Ejecutar el estudio", disabled=False).click()
    page.get_by_role("button", name="Cancelar", exact=True).click()
    page.get_by_text("se canceló").first.wait_for()
    assert last_results(server, "Almaranda").manifest["created"] == before


def test_own_files_are_uploaded_described_and_run(page, server, tmp_path):
    write_small_study(tmp_path)
    go(page, "Estudios")
    page.get_by_label("Nombre", exact=True).fill("Mi municipio")
    page.get_by_role("button", name="Empezar", exact=True).click()
    page.get_by_role("heading", name="¿Están bien mis archivos?").wait_for()
    names = ("encuesta.csv", "censo.csv", "municipios.csv", "limites.geojson")
    page.locator("input[type=file]").first.set_input_files([str(tmp_path / name) for name in names])
    for name in names:
        page.get_by_text(name).first.wait_for()
    settle(page)
    page.get_by_text("El archivo del estudio (study.toml)").click()
    text = STUDY.format(language="es").replace("Estudio pequeño", "Mi municipio")
    page.get_by_label("study.toml").fill(text)
    page.get_by_label("study.toml").press("Control+Enter")
    settle(page)
    page.get_by_role("button", name="Guardar el texto").click()
    settle(page)
    page.get_by_role("button", name="Ejecutar el estudio", disabled=False).click()
    page.get_by_text("Los resultados están listos").wait_for()
    areas = last_results(server, "Mi municipio").areas
    assert areas["area_name"].tolist()[0] == "Arroyo Hondo"
    assert areas["level"].notna().all()
    go(page, "Mapa")
    map_of(page).locator("canvas").first.wait_for()


def test_a_bad_file_is_told_in_words_and_costs_nothing(page, server, tmp_path):
    before = last_results(server, "Mi municipio").manifest["created"]
    write_small_study(tmp_path)
    survey = pd.read_csv(tmp_path / "encuesta.csv")
    survey.loc[3, "factor"] = 0
    survey.to_csv(tmp_path / "encuesta.csv", index=False)
    go(page, "Datos")
    page.locator("input[type=file]").first.set_input_files([str(tmp_path / "encuesta.csv")])
    page.wait_for_timeout(1500)
    settle(page)
    page.get_by_role("button", name="Ejecutar el estudio", disabled=False).click()
    page.get_by_text("El estudio no se pudo ejecutar").wait_for()
    body = page.inner_text("body")
    assert "encuesta.csv" in body
    assert "factor" in body
    assert re.search(r"fila.{0,3} 5\b", body)
    assert last_results(server, "Mi municipio").manifest["created"] == before
    go(page, "Mapa")
    map_of(page).locator("canvas").first.wait_for()


def test_a_reopened_tab_finds_its_study(browser, server):
    other = browser.new_page(locale="es-ES")
    other.goto(server.url)
    other.get_by_role("heading", name="¿Dónde hay riesgo de trabajo infantil?").wait_for(timeout=60_000)
    assert other.get_by_text("Mi municipio").first.is_visible()
    other.close()


def test_delete_really_deletes(page, server):
    workspace = Workspace(server.home)
    folder = workspace.folder(next(r.study_id for r in workspace.studies() if r.name == "Mi municipio"))
    assert folder.exists()
    go(page, "Estudios")
    page.get_by_role("button", name="Eliminar", exact=True).first.click()
    page.get_by_role("button", name="Eliminar definitivamente").click()
    page.get_by_text("Se eliminó el estudio").or_(page.get_by_text("El estudio se eliminó")).wait_for()
    assert not folder.exists()
    assert not [p for p in server.home.rglob("*") if p.is_file() and folder.name in str(p)]
    assert b"Mi municipio" not in b"".join(p.read_bytes() for p in server.home.rglob("*.db*"))
    with sqlite3.connect(server.home / "mirador.db") as db:
        assert db.execute("select count(*) from studies").fetchone()[0] == 1
