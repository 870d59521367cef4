"""The words of every problem code, gathered from one module per step.

A module here defines `WORDS: dict[str, ProblemWords]`; adding a module is enough, it is found by itself.
"""

from __future__ import annotations

import importlib
import pkgutil

from riskmodel.i18n.words.form import ProblemWords

WORDS: dict[str, ProblemWords] = {}

for _module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
    _found = getattr(importlib.import_module(f"{__name__}.{_module}"), "WORDS", {})
    _twice = WORDS.keys() & _found.keys()
    if _twice:
        raise RuntimeError(f"problem codes worded twice: {sorted(_twice)}")
    WORDS.update(_found)
