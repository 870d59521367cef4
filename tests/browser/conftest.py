"""A server of the app on a workspace of its own, and a browser that can reach nothing but it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class Server:
    """Where the app answers, and its workspace."""

    url: str
    home: Path


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """The app on an empty workspace, as after a first `make run`."""
    home = tmp_path_factory.mktemp("home") / "mirador"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true", "--server.address", "127.0.0.1"]
    log = home.parent / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"MIRADOR_HOME": str(home)}, stdout=out, stderr=out)
    url = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
            break
        except OSError:
            time.sleep(0.5)
    yield Server(url, home)
    process.terminate()
    process.wait(timeout=20)
    assert "Traceback" not in log.read_text(), log.read_text()[-4000:]


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
    outside = [url for url in asked if not url.startswith((server.url, server.url.replace("http", "ws"), "data:", "blob:"))]
    assert outside == []
