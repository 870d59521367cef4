"""Work that a page waits for, beside the same work from the command line, in one go: what the waiting costs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.bench.measure import python, report
from tests.bench.screen import chromium, free_port, new_page, serving
from tests.tools.processor import seconds_of, used_by

STUDY = "[class*=st-key-{key}] button"
PATIENCE = 600_000  # milliseconds


class Steps:
    """Clock and processor of each step, on one side."""

    def __init__(self) -> None:
        self.taken: dict[str, tuple[float, float]] = {}

    def add(self, name: str, clock: float, processor: float) -> None:
        before = self.taken.get(name, (0.0, 0.0))
        self.taken[name] = (before[0] + clock, before[1] + processor)


@pytest.mark.bench
@pytest.mark.browser
def test_a_page_that_waits_does_not_slow_the_work(tmp_path):
    line, screen = Steps(), Steps()
    _from_the_line(tmp_path, line)
    _from_the_screen(tmp_path, screen)
    rows = []
    for name, (clock, processor) in line.taken.items():
        on_screen = screen.taken[name]
        rows.append(
            (
                name, f"{clock:.0f} s", f"{processor:.0f} s", f"{on_screen[0]:.0f} s", f"{on_screen[1]:.0f} s",
                f"{on_screen[0] / clock:.2f}", f"{on_screen[1] / processor:.2f}",
            )
        )  # fmt: skip
    report("work | command line: clock | processor | screen: clock | processor | clock, ratio | processor, ratio", rows)
    assert all(screen.taken[name][1] < 1.5 * processor for name, (_, processor) in line.taken.items())


def _from_the_line(folder: Path, steps: Steps) -> None:
    example, results = folder / "example", folder / "results"
    steps.add("demonstration", *used_by(python("cli.py", "demo", example)))
    run = used_by(python("cli.py", "run", example / "study.toml", "--out", results))
    steps.add("demonstration", *run)
    steps.add("run", *run)
    steps.add("340 fact sheets", *used_by(python("cli.py", "sheets", results, "--one-page", "--language", "en")))


def _from_the_screen(folder: Path, steps: Steps) -> None:
    port = free_port()
    with chromium() as browser, serving(port, folder / "home", folder / "server.log") as process:
        page, _ = new_page(browser)
        page.set_default_timeout(PATIENCE)

        def measured(name: str, begin, done) -> None:
            clock, processor = time.perf_counter(), seconds_of(process.pid)
            begin()
            done.wait_for()
            steps.add(name, time.perf_counter() - clock, seconds_of(process.pid) - processor)

        at = f"http://127.0.0.1:{port}"
        measured(
            "demonstration",
            lambda: page.goto(f"{at}/?lang=en"),
            page.get_by_role("heading", name="Where are children at risk?"),
        )
        page.goto(f"{at}/data?lang=en")
        run = page.locator(STUDY.format(key="run_study"))
        run.and_(page.locator(":enabled")).wait_for()
        measured("run", run.click, page.get_by_text("The results are ready."))
        page.goto(f"{at}/sheets?lang=en")
        page.get_by_text("Many, in one zip").click()
        page.get_by_text("Second page").click()
        draw = page.locator(STUDY.format(key="sheets_draw"))
        draw.wait_for()
        page.wait_for_timeout(2000)
        measured("340 fact sheets", draw.click, page.get_by_text("The sheets are ready."))
        page.context.close()
