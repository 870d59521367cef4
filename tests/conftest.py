"""Fixtures every test may use."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from demo.write import write_demo
from riskmodel.workspace import Workspace
from workflow import run_in_workspace

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real data beside the project; the test is skipped where it is absent."""
    folder = Path(os.environ.get("MIRADOR_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real data not here: no folder {folder.name!r} beside the project (set MIRADOR_DATA)")
    return folder


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to need it makes, and the others wait for; whoever changes it takes a copy."""
    base = factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = common / f"once_{name}"
    with (common / f"once_{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            begun = common / f"begun_{name}_{os.getpid()}"
            begun.mkdir()
            make(begun)
            begun.rename(folder)
    return folder


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, float]], float]:
    """Folder of the demonstration country as written, what progress said, and the seconds it took."""

    def make(folder: Path) -> None:
        told: list[tuple[str, float]] = []
        started = time.perf_counter()
        study = write_demo(folder / "almaranda", lambda step, share: told.append((step, share)))
        assert study == folder / "almaranda" / "study.toml"
        (folder / "told.json").write_text(json.dumps([told, time.perf_counter() - started]), encoding="utf-8")

    folder = made_once(tmp_path_factory, "demo", make)
    told, seconds = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    return folder / "almaranda", [(step, share) for step, share in told], seconds


@pytest.fixture(scope="session")
def demo_folder(demo_run: tuple[Path, list[tuple[str, float]], float]) -> Path:
    return demo_run[0]


@pytest.fixture(scope="session")
def demo_home(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the main study of the demonstration country was run."""

    def make(folder: Path) -> None:
        workspace = Workspace(folder / "mirador")
        run_in_workspace(workspace, workspace.adopt_folder(demo_folder))

    return made_once(tmp_path_factory, "demo_home", make) / "mirador"
