"""The self-test holds here, and each of its checks can fail."""

from __future__ import annotations

import socket

import pytest

import self_test
from cli import main
from riskmodel.i18n import translator
from self_test import AddressWatch, inside

T = translator("en")


@pytest.fixture(scope="module")
def watch():
    return AddressWatch()


def test_everything_holds_on_this_installation(watch, tmp_path):
    watch.outside.clear()
    told = []
    made = self_test.self_test(tmp_path, T, watch, lambda step, share: told.append(share))
    assert [check.key for check in made] == [
        "versions", "workspace", "demonstration", "sheet", "statistics", "addresses",
    ]  # fmt: skip
    assert [check for check in made if not check.holds] == []
    assert told == sorted(told)
    assert list(tmp_path.iterdir()) == []


def test_another_version_is_named(monkeypatch):
    monkeypatch.setattr(self_test, "pins", lambda: {"numpy": "0.0.1", "no-such-part": "1.0"})
    holds, found = self_test._versions(T)
    assert not holds
    assert "numpy" in found
    assert "no-such-part is absent, not 1.0" in found


def test_every_pin_is_compared():
    pins = self_test.pins()
    assert len(pins) > 60
    assert pins["ibis-framework"] == "12.0.0"


def test_a_workspace_that_is_not_there_fails(tmp_path):
    holds, found = self_test._workspace(tmp_path / "absent", T)
    assert not holds
    assert "absent" in found


def test_a_look_outside_is_seen(watch):
    """A datagram socket is pointed at an address reserved for documents; that sends nothing."""
    watch.outside.clear()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("198.51.100.7", 9))
    assert "198.51.100.7" in watch.outside
    assert not self_test._addresses(watch, T)[0]
    watch.outside.clear()


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", True), ("10.0.0.1", False), ("a.org", False)],
)
def test_what_is_this_machine(host, own):
    assert inside(host) is own


def test_a_check_that_breaks_has_failed(watch, tmp_path, monkeypatch):
    monkeypatch.setattr(self_test, "write_demo", lambda *_: 1 / 0)
    made = {check.key: check for check in self_test.self_test(tmp_path, T, watch)}
    assert not made["demonstration"].holds
    assert not made["sheet"].holds
    assert made["workspace"].holds


def test_the_command_prints_words(capsys):
    assert main(["glossary", "odds", "--language", "en"]) == 0
    assert "Odds ratio" in capsys.readouterr().out
    assert main(["glossary", "zzz", "--language", "en"]) == 1
