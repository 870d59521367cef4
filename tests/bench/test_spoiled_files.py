"""At least two thousand spoiled files: each ends in a table or in words, in half a minute and in little memory.

Sound files of every kind and the real ones beside the project are spoiled by chance, from seeds that are printed with a fault.
"""

from __future__ import annotations

import os
import resource
import signal
import time
import traceback
from collections import Counter
from pathlib import Path

import pytest

from tests.one_spoiled import taken_in
from tests.spoiled_files import sources, spoil, traps

CASES = int(os.environ.get("MIRADOR_CASES", "2000"))
FROM = int(os.environ.get("MIRADOR_FIRST_CASE", "0"))
SECONDS, MEMORY = 30, 4_000_000_000
TOGETHER = 20  # cases a process of its own takes, so that memory is told per few cases


class TooLongError(Exception):
    """A case ran into the limit of time."""


def _stop(signal_number: int, frame: object) -> None:
    raise TooLongError


def run_apart(paths: list[Path], report: Path) -> None:
    """Take the files in inside a process of its own, which writes a line each: name, seconds, how it ended."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGPROF, _stop)
        with report.open("a", encoding="utf-8") as lines:
            for path in paths:
                start = time.process_time()
                signal.setitimer(signal.ITIMER_PROF, SECONDS)  # processor time: the machine may be busy
                try:
                    ended = taken_in(path)
                except BaseException as error:  # noqa: BLE001 (every end but a table or words is a fault)
                    last = traceback.extract_tb(error.__traceback__)[-1]
                    ended = (
                        f"FAULT {type(error).__name__}: {error} at {Path(last.filename).name}:{last.lineno}".replace(
                            "\n", " "
                        )
                    )
                signal.setitimer(signal.ITIMER_PROF, 0)
                print(path.name, f"{time.process_time() - start:.1f}", ended, sep="\t", file=lines, flush=True)
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    with report.open("a", encoding="utf-8") as lines:
        if status:
            print(paths[-1].name, "0", f"FAULT process ended with {status}", sep="\t", file=lines)
        if used.ru_maxrss * 1024 > MEMORY:
            print(paths[-1].name, "0", f"FAULT {used.ru_maxrss // 1024} MB of memory", sep="\t", file=lines)
        print("", "0", f"memory {used.ru_maxrss // 1024}", sep="\t", file=lines)


@pytest.mark.bench
def test_two_thousand_spoiled_files_end_in_a_table_or_in_words(tmp_path, request):
    real: list[Path] = []
    try:
        folder = request.getfixturevalue("shared_data") / "messy"
        real = [p for p in sorted(folder.iterdir()) if p.suffix != ".md" and p.stat().st_size < 1_500_000]
    except pytest.skip.Exception:
        pass
    whole = [*sources(tmp_path), *real]
    report, made = tmp_path / "report.tsv", tmp_path / "made"
    made.mkdir()
    start = time.monotonic()
    for path in traps(tmp_path / "traps"):
        run_apart([path], report)
    for first in range(FROM, FROM + CASES, TOGETHER):
        paths = [
            spoil(whole[seed % len(whole)], seed, made) for seed in range(first, min(first + TOGETHER, FROM + CASES))
        ]
        run_apart(paths, report)
        for path in paths:
            path.unlink()
    lines = [line.split("\t") for line in report.read_text(encoding="utf-8").splitlines()]
    faults = [line for line in lines if line[2].startswith("FAULT")]
    ended = Counter(line[2].split(",")[0] for line in lines if line[0] and not line[2].startswith("FAULT"))
    memory = max(int(line[2].split()[1]) for line in lines if not line[0])
    print(f"{sum(1 for line in lines if line[0])} cases in {time.monotonic() - start:.0f} s, longest "
          f"{max(float(line[1]) for line in lines)} s, most memory {memory} MB; {dict(ended)}; {resource.RUSAGE_SELF}")  # fmt: skip
    assert not faults, "\n".join(" ".join(line) for line in faults[:40])
