"""Find the problem codes that sources use, by reading their syntax trees.

A code given by a name is followed to the literals it can hold: an argument of the function around it, an assignment or
a loop in that function. A code copied from another problem (`p.code`, `told["code"]`) is counted where it was made.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

from tests.tools.marked import literal, name_of

Functions = tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]
Calls = dict[str, list[tuple[ast.Call, Functions]]]


@dataclass
class Found:
    """Codes with the files that use them, and places where a code cannot be followed."""

    codes: dict[str, set[str]] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)


def codes_used(paths: Iterable[Path]) -> Found:
    """Codes of every `Problem(...)` made in these sources."""
    found, calls, made = Found(), Calls(), []
    for path in paths:
        for call, inside in _calls(parsed(path), ()):
            calls.setdefault(name_of(call), []).append((call, inside))
            if name_of(call) == "Problem":
                made.append((path, call, inside))
    for path, call, functions in made:
        if isinstance(code := _argument(call, 0, "code"), (ast.Attribute, ast.Subscript)):
            continue
        codes = set(_held(code, functions, calls))
        if not codes:
            found.unseen.append(f"{path.name}:{call.lineno}")
        for each in codes:
            found.codes.setdefault(each, set()).add(path.name)
    return found


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a source, read once."""
    return ast.parse(path.read_text(encoding="utf-8"))


def _calls(node: ast.AST, functions: Functions) -> Iterator[tuple[ast.Call, Functions]]:
    """Every call with the functions around it, the innermost last."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        functions = (*functions, node)
    if isinstance(node, ast.Call):
        yield node, functions
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, functions)


def _argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    """What a call gives for an argument."""
    given = [k.value for k in call.keywords if k.arg == name]
    return call.args[position] if position < len(call.args) else given[0] if given else None


def _held(code: ast.expr | None, functions: Functions, calls: Calls, depth: int = 3) -> Iterator[str]:
    """Literals that an expression can hold."""
    if isinstance(code, ast.BinOp) and (prefix := literal(code.left)):
        yield from (prefix + text for text in _raised(calls))
    elif isinstance(code, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.FormattedValue) else part for part in code.values]
        yield from map("".join, product(*(list(_held(part, functions, calls, depth)) for part in parts)))
    elif not isinstance(code, ast.Name):
        yield from _texts(code)
    elif depth:
        for function in reversed(functions):
            yield from _assigned(function, code.id)
            arguments = [a.arg for a in function.args.args]
            if code.id in arguments:
                for call, inside in calls.get(function.name, []):
                    given = _argument(call, arguments.index(code.id), code.id)
                    yield from _held(given, inside, calls, depth - 1)


def _raised(calls: Calls) -> Iterator[str]:
    """What the validators of the study raise as `ValueError("part_of_a_code")`."""
    for call, _ in calls.get("ValueError", []):
        text = literal(call.args[0]) if call.args else None
        if text and text.isidentifier():
            yield text


def _texts(node: ast.AST | None) -> Iterator[str]:
    """Literal texts of an expression, without those only compared in a condition."""
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.expr) and (text := literal(node)) is not None:
        yield text


def _assigned(function: ast.AST, name: str) -> Iterator[str]:
    """Literals assigned to `name` in a function, or looped over as one part of tuples."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            yield from _texts(node.value)
        if isinstance(node, (ast.For, ast.comprehension)) and isinstance(node.target, ast.Tuple):
            names = [part.id if isinstance(part, ast.Name) else "" for part in node.target.elts]
            if name in names:
                for row in _rows(node.iter, function):
                    yield from _texts(row.elts[names.index(name)])


def _rows(node: ast.expr, function: ast.AST) -> list[ast.Tuple]:
    """Tuples written out in what is looped over, here or where its name is assigned."""
    if isinstance(node, ast.Name):
        given = [
            each.value
            for each in ast.walk(function)
            if isinstance(each, ast.Assign) and any(isinstance(t, ast.Name) and t.id == node.id for t in each.targets)
        ]
        return [row for value in given if not isinstance(value, ast.Name) for row in _rows(value, function)]
    if isinstance(node, (ast.Tuple, ast.List)):
        return [row for row in node.elts if isinstance(row, ast.Tuple)]
    return []
