"""What several measurements use: the demonstration study, written and run once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bench.measure import Measured, measure, python, repeated


@dataclass(frozen=True)
class Demonstration:
    """The demonstration study on disk, and what it took to write and to run it."""

    study: Path
    results: Path
    written: Measured
    run: Measured


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> Demonstration:
    folder = tmp_path_factory.mktemp("demonstration")
    results = folder / "results"
    written = repeated(3, lambda: measure(python("cli.py", "demo", folder / "example")))
    study = folder / "example" / "study.toml"
    run = repeated(3, lambda: measure(python("cli.py", "run", study, "--out", results)))
    return Demonstration(study, results, written, run)
