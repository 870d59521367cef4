"""Fixtures of the input tests: small files written on the spot, and problems that must speak."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from riskmodel.i18n import say, translator
from riskmodel.problems import InputProblems, Problem

Write = Callable[..., Path]
Only = Callable[..., Problem]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file: text is encoded, bytes stay."""

    def write_file(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def only() -> Only:
    """The one problem with a code among those given or raised; its English words must be complete."""

    def find(problems: Iterable[Problem] | Callable[[], object], code: str) -> Problem:
        if callable(problems):
            with pytest.raises(InputProblems) as raised:
                problems()
            problems = raised.value.problems
        found = list(problems)
        matching = [p for p in found if p.code == code]
        assert len(matching) == 1, f"{code} not once among {[p.code for p in found]}"
        said = say(matching[0], translator("en"))
        assert said.what
        assert said.mend
        assert "{" not in str(said)
        return matching[0]

    return find
