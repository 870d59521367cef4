"""Read a PDF as Typst writes it: its objects by number, pages, bookmarks and tags.

No reader of PDF in general: objects stand one after another with a classic table of places, nothing is packed or
encrypted. What is not so raises `ValueError`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

# A text in parentheses, in which "1 0 R" would be words; or a reference.
TEXT_OR_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+) 0 R\b", re.DOTALL)


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline: its title as PDF writes it, the place of its page (0 = first), and the lines below it."""

    title: bytes
    page: int
    below: tuple[Bookmark, ...]

    @property
    def text(self) -> str:
        return text_of(self.title)


class PdfPart:
    """A PDF taken apart."""

    def __init__(self, data: bytes) -> None:
        start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
        table = data.index(b"trailer", start)
        head, *entries = data[start:table].split(b"\n")[1:]
        if data[start : start + 4] != b"xref" or not head.startswith(b"0 "):
            raise ValueError("not a PDF with a classic table of places")
        places = sorted(
            (int(entry[:10]), number) for number, entry in enumerate(entries) if entry[17:18] == b"n"
        )  # fmt: skip
        self.trailer = data[table:]
        self.objects: dict[int, bytes] = {}
        for (at, number), (until, _) in pairwise([*places, (start, 0)]):
            whole = data[at:until]
            self.objects[number] = whole[whole.index(b"obj") + 4 : whole.rindex(b"endobj")].rstrip(b"\n")

    def reference(self, number: int, key: bytes) -> int | None:
        """The object a key of another object points to."""
        found = re.search(key + rb" (\d+) 0 R", self.objects[number])
        return int(found[1]) if found else None

    def _needed(self, number: int, key: bytes) -> int:
        found = self.reference(number, key)
        if found is None:
            raise ValueError(f"{key.decode()} is missing")
        return found

    @cached_property
    def catalog(self) -> int:
        found = re.search(rb"/Root (\d+) 0 R", self.trailer)
        if found is None:
            raise ValueError("/Root is missing")
        return int(found[1])

    @cached_property
    def info(self) -> int | None:
        found = re.search(rb"/Info (\d+) 0 R", self.trailer)
        return int(found[1]) if found else None

    @cached_property
    def page_tree(self) -> int:
        return self._needed(self.catalog, rb"/Pages")

    @cached_property
    def pages(self) -> list[int]:
        """Numbers of the page objects, in order."""
        kids = re.search(rb"/Kids\[([^\]]*)\]", self.objects[self.page_tree])
        return [int(n) for n in re.findall(rb"(\d+) 0 R", kids[1])] if kids else []

    @cached_property
    def struct_root(self) -> int:
        return self._needed(self.catalog, rb"/StructTreeRoot")

    @cached_property
    def document(self) -> int:
        """The element of the tags that holds all others."""
        found = re.search(rb"/K\[(\d+) 0 R\]", self.objects[self.struct_root])
        if found is None:
            raise ValueError("the tags have no document")
        return int(found[1])

    @cached_property
    def parent_tree(self) -> list[tuple[int, bytes]]:
        """Key and reference of every page (or link) of the tags."""
        root = self.objects[self.struct_root]
        found = re.search(rb"/ParentTree<</Nums\[([^\]]*)\]", root)
        if found is None:
            raise ValueError("the tags have no list of pages")
        return [(int(key), b"%s 0 R" % ref) for key, ref in re.findall(rb"(\d+) (\d+) 0 R", found[1])]

    @cached_property
    def ids(self) -> list[tuple[bytes, int]]:
        """Names of cells of tables, and their objects."""
        found = re.search(rb"/IDTree<</Names\[([^\]]*)\]", self.objects[self.struct_root])
        return [(name, int(n)) for name, n in re.findall(rb"\(([^()]*)\)(\d+) 0 R", found[1])] if found else []

    @cached_property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        root = self.reference(self.catalog, rb"/Outlines")
        places = {number: place for place, number in enumerate(self.pages)}
        return () if root is None else self._lines(root, places)

    def _lines(self, above: int, places: dict[int, int]) -> tuple[Bookmark, ...]:
        found, at = [], self.reference(above, rb"/First")
        while at is not None:
            title = re.search(rb"/Title(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]*>)", self.objects[at])
            to = re.match(rb"\[(\d+) 0 R", self.objects[self._needed(at, rb"/Dest")])
            if title is None or to is None:
                raise ValueError("a bookmark has no title or no page")
            found.append(Bookmark(title[1], places[int(to[1])], self._lines(at, places)))
            at = self.reference(at, rb"/Next")
        return tuple(found)


def text_of(written: bytes) -> str:
    """Words of a text as PDF writes it."""
    raw = (
        bytes.fromhex(written[1:-1].decode())
        if written[:1] == b"<"
        else re.sub(rb"\\(.)", rb"\1", written[1:-1], flags=re.DOTALL)
    )
    return raw[2:].decode("utf-16-be") if raw[:2] == b"\xfe\xff" else raw.decode("latin-1")


def written_text(words: str) -> bytes:
    """Words as PDF writes a text."""
    return b"<" + (b"\xfe\xff" + words.encode("utf-16-be")).hex().upper().encode() + b">"
