"""Pieces a report is made of, as plain data both renderers understand.

A piece with nothing to say is None and left out; a section without pieces is left out too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

Block = dict[str, Any]


def text(words: str) -> Block | None:
    """A paragraph."""
    return {"kind": "text", "text": words} if words else None


def lead(words: str) -> Block | None:
    """A paragraph in large letters."""
    return {"kind": "lead", "text": words} if words else None


def points(items: Iterable[str]) -> Block | None:
    """A list of sentences."""
    kept = [item for item in items if item]
    return {"kind": "points", "items": kept} if kept else None


def heading(words: str) -> Block:
    """A heading within a section."""
    return {"kind": "heading", "text": words}


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1, wide: int = 0, note: str = ""
) -> Block | None:
    """A table of words; None without rows.

    left : columns from the first that are words, not numbers. wide : of these, how many take the free width (0: the first).
    """
    kept = [list(row) for row in rows]
    if not kept:
        return None
    return {
        "kind": "table", "title": title, "label": title, "columns": list(columns), "rows": kept, "left": left, "wide": wide or 1, "note": note
    }  # fmt: skip


def picture(name: str, alt: str, caption: str = "") -> Block:
    """A picture by the name of its file."""
    return {"kind": "picture", "name": name, "alt": alt, "caption": caption}


def code(words: str) -> Block:
    """Text as it stands in a file."""
    return {"kind": "code", "text": words.rstrip()}


def section(title: str, blocks: Iterable[Block | None]) -> Block | None:
    """A section with a heading of its own; None where there is nothing in it."""
    kept = [block for block in blocks if block is not None]
    # A table named as its section needs no heading of its own.
    kept = [block | {"title": ""} if block.get("title") == title else block for block in kept]
    return {"title": title, "blocks": kept} if any(block["kind"] != "heading" for block in kept) else None


def rows_of(frame: pd.DataFrame) -> list[Any]:
    """The rows of a table as named tuples."""
    return list(frame.itertuples(index=False))
