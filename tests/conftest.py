"""Fixtures every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real data beside the project; the test is skipped where it is absent."""
    folder = Path(os.environ.get("MIRADOR_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real data not here: no folder {folder.name!r} beside the project (set MIRADOR_DATA)")
    return folder
