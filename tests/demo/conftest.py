"""One demonstration country for all tests of this folder."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from demo.write import write_demo


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, float]], float]:
    """Folder of the written country, what progress said, and the seconds it took."""
    folder = tmp_path_factory.mktemp("demo") / "almaranda"
    told: list[tuple[str, float]] = []
    started = time.perf_counter()
    study = write_demo(folder, lambda step, share: told.append((step, share)))
    assert study == folder / "study.toml"
    return folder, told, time.perf_counter() - started


@pytest.fixture(scope="session")
def demo_folder(demo_run: tuple[Path, list[tuple[str, float]], float]) -> Path:
    return demo_run[0]
