"""Find the marked messages of a Python source, for Babel.

Reads the syntax tree: before Python 3.12 Babel's own reader does not see a call inside an f-string, and the catalogue
would depend on who runs it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import IO, Any


def marked(
    source: IO[bytes], keywords: dict[str, Any], comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, list[str | None], list[str]]]:
    """Line, function, arguments (None where not a literal text) and comments (none) of every call of a keyword."""
    for call in calls(ast.parse(source.read()), keywords):
        yield call.lineno, name_of(call), [literal(argument) for argument in call.args], []


def calls(tree: ast.Module, names: Any) -> list[ast.Call]:
    """Calls of functions or methods with one of these names, in the order of lines."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args and name_of(node) in names]
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


def name_of(call: ast.Call) -> str:
    """Name of what is called: `t` for `t(...)` and for `self.t(...)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
