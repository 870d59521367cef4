"""Drive the app as a person would: a server of its own, Chromium with the network cut, the map of areas."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.bench.measure import MEGABYTE, ROOT, python
from tests.tools.server import ARGUMENTS, CHROMIUM

PATIENCE = 180_000  # milliseconds; a busy machine is slow, not wrong
DRAWN = '.mirador-map[data-state="drawn"]'
ATLAS = "document.querySelector('.mirador-map').mirador.atlas"
PAINT = "document.querySelector('.atlas-box').dataset.paint"
AFTER_PAINT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass
class Traffic:
    """What the page received and from where."""

    outside: list[str] = field(default_factory=list)  # addresses that are not this machine
    websocket: list[int] = field(default_factory=list)  # bytes of each message from the server
    errors: list[str] = field(default_factory=list)
    requests: list[Any] = field(default_factory=list)

    def websocket_bytes(self) -> int:
        return sum(self.websocket)

    def page_bytes(self) -> int:
        """Bytes of all answers, as they travelled, and of the websocket."""
        return sum(r.sizes()["responseBodySize"] for r in self.requests) + self.websocket_bytes()

    def answer_bytes(self, part: str) -> tuple[int, int]:
        """Number and bytes of the answers, as they travelled, whose address contains `part`."""
        sizes = [r.sizes()["responseBodySize"] for r in self.requests if part in r.url]
        return len(sizes), sum(sizes)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    port: int, home: Path, log: Path, command: Sequence[str] = (), cwd: Path = ROOT, patience: float = 900
) -> Iterator[subprocess.Popen[bytes]]:
    """The app on a workspace, answering; `command` is another way to start it (`make run`)."""
    plain = python("-m", "streamlit", "run", "app.py", "--server.port", port)
    settings = {"MIRADOR_HOME": str(home), "STREAMLIT_SERVER_HEADLESS": "true", "STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}
    with log.open("wb") as out:
        process = subprocess.Popen(
            list(command) or plain,
            cwd=cwd,
            env=_environment() | settings,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        _wait_for(port, process, log, patience)
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # make, and the server it started
        process.wait(30)
    assert "Traceback" not in log.read_text(errors="replace"), log.read_text(errors="replace")[-4000:]


def _environment() -> Mapping[str, str]:
    """Without what `make bench` itself put there, so that an inner `make` begins afresh."""
    return {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "VIRTUAL_ENV")}


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text(errors="replace")[-4000:]
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"no answer in {patience} s: {log.read_text(errors='replace')[-4000:]}")


def server_memory_mb(process: subprocess.Popen[bytes]) -> float:
    """The memory the server holds now (Linux)."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    raise AssertionError("the system does not tell the memory of a process")


def server_peak_mb(process: subprocess.Popen[bytes]) -> float:
    """The most memory the server held so far (Linux)."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    raise AssertionError("the system does not tell the memory of a process")


@contextmanager
def chromium() -> Iterator[Any]:
    """Chromium that reaches nothing but this machine; skips where it is not installed."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def new_page(browser: Any, width: int = 1440, height: int = 900, dark: bool = False) -> tuple[Any, Traffic]:
    """An empty page with nothing in its cache, and what it will receive."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="es-ES", color_scheme="dark" if dark else "light"
    )
    page, traffic = context.new_page(), Traffic()
    page.set_default_timeout(PATIENCE)
    here = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(here) else traffic.outside.append(r.url))
    page.on("requestfinished", lambda r: traffic.requests.append(r))
    page.on("pageerror", lambda error: traffic.errors.append(str(error)))
    page.on("websocket", lambda ws: ws.on("framereceived", lambda data: traffic.websocket.append(len(data))))
    return page, traffic


def wait_for_map(page: Any) -> None:
    """Until every area is on the canvas and the legend beside it."""
    page.locator(DRAWN).first.wait_for(state="attached", timeout=PATIENCE)
    page.locator(".atlas-legend").first.wait_for(timeout=PATIENCE)
    page.evaluate(AFTER_PAINT)


def first_draw(page: Any, url: str) -> float:
    """Seconds from opening an address until the map is drawn."""
    start = time.perf_counter()
    page.goto(url)
    wait_for_map(page)
    return time.perf_counter() - start


def recolour(page: Any, look: int) -> float:
    """Seconds from choosing another mode (0 is the first) until the map has its colours."""
    before = page.evaluate(PAINT)
    button = page.get_by_test_id("stMain").get_by_test_id("stButtonGroup").first.get_by_role("radio").nth(look)
    start = time.perf_counter()
    button.click()
    page.wait_for_function(f"b => {PAINT} !== b", arg=before, timeout=PATIENCE)
    page.evaluate(AFTER_PAINT)
    return time.perf_counter() - start


def settle(page: Any) -> None:
    """Until the app has nothing left to draw."""
    page.wait_for_timeout(700)
    page.wait_for_function(
        "!document.querySelector('[data-testid=stStatusWidget]') && !document.querySelector('[data-stale=true]')"
    )


def place_on_screen(page: Any, code: str) -> tuple[float, float] | None:
    """Where the inside point of an area is on the page, with parts of a pixel; None where something lies over it."""
    script = f"""code => {{
        const at = {ATLAS}.whereIs(code), over = document.elementFromPoint(at[0], at[1]);
        return over && over.closest(".atlas-box") && !over.closest(".atlas-legend, .leaflet-control") ? at : null;
    }}"""
    found = page.evaluate(script, code)
    return None if found is None else (found[0], found[1])


def zoom_to(page: Any, code: str) -> None:
    """Bring an area and some of its neighbours into view, as a person does with the wheel."""
    page.evaluate(f"code => {{ const a = {ATLAS}; a.zoomTo([a.shapes.order[code]]); }}", code)
    page.evaluate(AFTER_PAINT)
