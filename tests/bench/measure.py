"""Measure a command: seconds, and the most memory it or one of its children held.

Memory is read by a small process that starts the command (`python -m tests.bench.measure`): a child inherits the
high-water mark of the process that started it, so a test runner of 400 MB would hide anything smaller.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1e6
T = TypeVar("T")


@dataclass(frozen=True)
class Measured:
    """What a command took, and what it said."""

    seconds: float
    peak_mb: float  # 10^6 bytes, the largest single process
    output: str


def measure(command: Sequence[str], environment: Mapping[str, str] | None = None, cwd: Path = ROOT) -> Measured:
    """Run a command to its end; raises `AssertionError` with what it said when it fails."""
    outer = [sys.executable, "-m", "tests.bench.measure", str(cwd), *map(str, command)]
    done = subprocess.run(
        outer, cwd=ROOT, env=os.environ | dict(environment or {}), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    return Measured(told["seconds"], told["peak_mb"], done.stdout + done.stderr)


def python(*arguments: object) -> list[str]:
    """A command of this project's Python."""
    return [sys.executable, *map(str, arguments)]


def repeated(times: int, once: Callable[[], Measured]) -> Measured:
    """The run of median length, with the largest memory of all."""
    runs = sorted((once() for _ in range(times)), key=lambda m: m.seconds)
    middle = runs[len(runs) // 2]
    return Measured(middle.seconds, max(m.peak_mb for m in runs), middle.output)


def timed(once: Callable[[], T]) -> tuple[float, T]:
    """Seconds of a call in this process, and what it gave."""
    start = time.perf_counter()
    given = once()
    return time.perf_counter() - start, given


def spread(values: Sequence[float]) -> str:
    """Median and range as the document prints them."""
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def report(title: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Print figures as the rows of a table of `docs/benchmarks.md`."""
    load = os.getloadavg()[0]
    print(f"\n{title} (load of the machine {load:.1f})")
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")


def _main(cwd: str, *command: str) -> int:
    start = time.perf_counter()
    code = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, check=False).returncode
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / MEGABYTE  # Linux counts in KiB
    print(json.dumps({"seconds": seconds, "peak_mb": peak}))
    return code


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
