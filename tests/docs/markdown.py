"""Read the documents as data: headings, tables, blocks of code, links, names in backticks."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def documents() -> list[Path]:
    """Every document a reader may open, root first."""
    return sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md"))


def section(text: str, heading: str) -> str:
    """Text under a heading, up to the next heading of the same or a higher level."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,6}} |\Z)", text, re.M | re.S)
    if found is None:
        raise AssertionError(f"no heading {heading!r}")
    level = len(found[1])
    rest = text[found.start(2) :]
    end = re.search(rf"^#{{1,{level}}} ", rest, re.M)
    return rest[: end.start()] if end else rest


def sections(text: str) -> dict[str, str]:
    """Every heading and the text directly under it."""
    parts = re.split(r"^#{1,6} (.+)\n", without_code(text), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def tables(text: str) -> list[list[dict[str, str]]]:
    """Every table as rows of cells by the name in its first line."""
    found = []
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.M):
        header, _, *rows = ([cell.strip() for cell in line.strip("|").split(" | ")] for line in block.splitlines())
        names = [name.strip("| ") for name in header]
        found.append([dict(zip(names, (cell.strip("| ") for cell in row), strict=True)) for row in rows])
    return found


def names_in(cell: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", cell)


def code_blocks(text: str, language: str) -> list[str]:
    """Blocks of code of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def without_code(text: str) -> str:
    """The text with its blocks of code blanked."""
    return re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)


def anchors(text: str) -> set[str]:
    """Addresses of the headings, as the usual hosts of repositories make them."""
    return {_anchor(heading) for heading in re.findall(r"^#{1,6} (.+)$", without_code(text), re.M)}


def links(text: str) -> list[str]:
    """Targets of links and pictures."""
    return re.findall(r"\]\(([^)\s]+)\)", without_code(text)) + re.findall(r'src="([^"]+)"', without_code(text))


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
