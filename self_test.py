"""Check that this installation works: versions, workspace, known values of the demonstration, no outside address.

Both doors use it: `python cli.py self-test` and the Self-test screen. A check that cannot be made has failed.
"""

from __future__ import annotations

import ipaddress
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from demo.write import write_demo
from riskmodel.i18n import N_, Translator
from riskmodel.progress import Progress, quiet
from riskmodel.results import Results
from riskmodel.study_file import read_study
from sheet_drawing import locator_of, sheet_of
from workflow import run_to

ROOT = Path(__file__).resolve().parent
LEAST_SPACE = 500_000_000  # bytes: a country's census and a few runs

# The demonstration country as this version makes it; tests/cli/test_self_test.py holds them.
KNOWN_AREAS, KNOWN_CHILDREN, KNOWN_RISK = 340, 1_189_946, 0.0945451883
TOLERANCE = 1e-6  # relative; the order of additions may differ between processors

STEPS = (
    N_("Comparing versions"),
    N_("Writing to the workspace"),
    N_("Making the demonstration country"),
    N_("Running its study"),
    N_("Drawing a fact sheet"),
)


@dataclass(frozen=True)
class Check:
    """One check: what was checked, whether it holds, what was found."""

    key: str
    name: str
    holds: bool
    found: str


class AddressWatch:
    """Every address outside this machine that Python looks up or connects to, from now on.

    Python cannot take a watch away again, so a process has one. What a database driver written in C connects to is
    not seen.
    """

    def __init__(self) -> None:
        self.outside: list[str] = []
        sys.addaudithook(self._seen)

    def _seen(self, event: str, arguments: tuple) -> None:
        if event == "socket.getaddrinfo":
            host = arguments[0]
        elif event == "socket.connect" and isinstance(arguments[1], tuple):
            host = arguments[1][0]
        else:
            return
        name = host.decode(errors="replace") if isinstance(host, bytes) else str(host or "localhost")
        if not inside(name):
            self.outside.append(name)


def inside(host: str) -> bool:
    """Whether an address is this machine."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host == "localhost"
    return address.is_loopback or address.is_unspecified


def self_test(home: Path, t: Translator, watch: AddressWatch, progress: Progress = quiet) -> tuple[Check, ...]:
    """All checks, in words. `home` is the workspace; nothing is left in it."""
    made: list[Check] = []

    def check(key: str, name: str, test: Callable[[], tuple[bool, str]]) -> None:
        try:
            holds, found = test()
        except Exception as error:  # noqa: BLE001 — a check that cannot be made has failed, and says so
            holds, found = False, t("It could not be checked: {reason}.", reason=type(error).__name__)
        made.append(Check(key, name, holds, found))

    progress(STEPS[0], 0.0)
    check("versions", t("Versions of the parts"), lambda: _versions(t))
    progress(STEPS[1], 0.05)
    check("workspace", t("Workspace"), lambda: _workspace(home, t))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        ran: list[Results] = []
        check("demonstration", t("Known values"), lambda: _demonstration(folder, ran, t, progress))
        progress(STEPS[4], 0.9)
        check("sheet", t("Fact sheet"), lambda: _sheet(folder, ran[0], t))
    check("statistics", t("Usage statistics"), lambda: _statistics(t))
    check("addresses", t("Outside addresses"), lambda: _addresses(watch, t))
    progress(STEPS[4], 1.0)
    return tuple(made)


def pins() -> dict[str, str]:
    """Versions that requirements.txt names, by package."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==(\S+)", text, re.M))


def _versions(t: Translator) -> tuple[bool, str]:
    wanted, differ = pins(), []
    for name, pinned in wanted.items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            installed = t("absent")
        if installed != pinned:
            differ.append(t("{name} is {installed}, not {pinned}", name=name, installed=installed, pinned=pinned))
    if differ:
        return False, t("Install again with “make run”: {differ}.", differ="; ".join(differ))
    return True, t.plural(
        "{count} part has the version this program was tested with.",
        "{count} parts have the versions this program was tested with.",
        len(wanted),
    )


def _workspace(home: Path, t: Translator) -> tuple[bool, str]:
    try:
        with tempfile.NamedTemporaryFile(dir=home, prefix=".part-") as file:
            file.write(b"x" * 4096)
            file.flush()
    except OSError:
        return False, t("Nothing can be written to {folder}. Ask who looks after this machine.", folder=home)
    free = shutil.disk_usage(home).free
    space = t("{free} GB are free in {folder}.", free=t.number(free / 1e9, 1), folder=home)
    return free >= LEAST_SPACE, space


def _demonstration(folder: Path, ran: list[Results], t: Translator, progress: Progress) -> tuple[bool, str]:
    path = write_demo(folder / "demo", lambda step, share: progress(STEPS[2], 0.1 + 0.3 * share))
    (folder / "out").mkdir()
    tell: Progress = lambda step, share: progress(STEPS[3], 0.4 + 0.5 * share)  # noqa: E731
    ran.append(run_to(read_study(path), path.parent, folder / "out", tell))
    country = ran[0].national.iloc[0]
    risk = float(country["area_risk"])
    same = abs(risk / KNOWN_RISK - 1) < TOLERANCE
    holds = same and len(ran[0].areas) == KNOWN_AREAS and int(country["children"]) == KNOWN_CHILDREN
    known = t("known {known}, found {found}", known=t.percent(KNOWN_RISK, 6), found=t.percent(risk, 6))
    return holds, t(
        "Risk of the demonstration country: {known}; {areas} areas, {children} children.",
        known=known,
        areas=t.number(len(ran[0].areas)),
        children=t.number(country["children"]),
    )


def _sheet(folder: Path, results: Results, t: Translator) -> tuple[bool, str]:
    code = str(results.areas["area_code"].iloc[0])
    pdf, _ = sheet_of(results, code, t.language, locator_of(folder / "out", results))
    return pdf.startswith(b"%PDF"), t("One page, {size} kB, with its letters.", size=t.number(len(pdf) / 1e3))


def _statistics(t: Translator) -> tuple[bool, str]:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    off = settings["browser"]["gatherUsageStats"] is False and settings["server"]["showEmailPrompt"] is False
    return off, t("The program reports nothing to its makers.") if off else t("They are switched on in the settings.")


def _addresses(watch: AddressWatch, t: Translator) -> tuple[bool, str]:
    seen = list(dict.fromkeys(watch.outside))
    if not seen:
        return True, t("None was looked up or opened since the program started.")
    return False, t("Looked up or opened: {addresses}.", addresses=", ".join(seen[:5]))
