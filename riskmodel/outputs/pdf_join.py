"""Join PDFs that Typst wrote into one, with all their tags, and small.

Parts go to the file one after another, so a country of thousands of pages is never in memory. Objects without a picture
or a text of a page are packed together, which takes the tags from two thirds of the file to a tenth; a picture or a font
that was there before is not written again. Links to `page:N` (N: of the book, 1 = the first after the front) go there.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

import numpy as np

from riskmodel.outputs.pdf_part import TEXT_OR_REFERENCE, PdfPart, written_text

PACKED = 200  # objects in one packed stream
CELL = re.compile(rb"\(U\d+x\d+y\d+\)")
SPOKEN = re.compile(rb"/Contents\(page:(\d+)\)")
LINK = re.compile(rb"/A<<[^<>]*/URI\(page:(\d+)\)[^<>]*>>")


@dataclass
class Line:
    """A bookmark: its page of the book (1 = the first after the front; 0 = the cover), and those below it."""

    title: str
    page: int
    below: list[Line] = field(default_factory=list)


class PdfJoin:
    """A PDF being written; `add` parts in order, then `finish`. Parts of one language, all tagged."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.at = out.write(b"%PDF-1.7\n%\x80\x80\x80\x80\n")
        # Of every object: kind (0 none, 1 by itself, 2 packed), place in the file or number of its stream, place there.
        self.kinds, self.places, self.indexes = array("B", [0]), array("Q", [0]), array("H", [0])
        self.front: list[int] = []  # pages before page 1
        self.pages: list[int] = []
        self.branches: list[tuple[int, list[int]]] = []  # number of a branch of the page tree, its pages
        self.document, self.root = self._new(), self._new()
        self.tree = self._new()
        self.elements: list[int] = []
        self.parents: list[bytes] = []
        self.keys = 0
        self.cells: list[tuple[bytes, int]] = []
        self.known: dict[bytes, int] = {}
        self.waiting: list[tuple[int, bytes]] = []
        self.links: list[tuple[int, bytes]] = []
        self.first: PdfPart | None = None
        self.parts = 0

    def add(self, part: PdfPart, is_front: bool = False) -> int:
        """Write a part; gives its first page in the book. The front comes last, when its contents are known."""
        first = 1 if is_front else len(self.pages) + 1
        new, left_out = self._numbers(part)
        mark = b"(%05d" % self.parts

        def renamed(found: re.Match[bytes]) -> bytes:
            number = found[1]
            if number is not None:
                return b"%d 0 R" % new[int(number)]
            return mark + found[0][1:] if CELL.fullmatch(found[0]) else found[0]

        numbers = [n for n in part.objects if n not in left_out]
        bodies = _renamed([part.objects[n] for n in numbers], renamed)
        keyed = {*part.pages}
        for number, body in zip(numbers, bodies, strict=True):
            if number == part.document:
                body = body.replace(b"/S/Document", b"/S/Part", 1)
            elif number in keyed or b"/StructParent " in body:
                body = re.sub(rb"(/StructParents? )(\d+)", lambda m: b"%s%d" % (m[1], int(m[2]) + self.keys), body)
            self._write(new[number], body)
        branch = (new[part.page_tree], [new[n] for n in part.pages])
        if is_front:
            self.first = part
            self.front = branch[1]
            self.elements.insert(0, new[part.document])
            self.branches.insert(0, branch)
        else:
            self.pages += branch[1]
            self.elements.append(new[part.document])
            self.branches.append(branch)
        self.parents += [
            b"%d %s" % (key + self.keys, TEXT_OR_REFERENCE.sub(renamed, ref)) for key, ref in part.parent_tree
        ]
        self.keys += 1 + max((key for key, _ in part.parent_tree), default=-1)
        self.cells += [(mark[1:] + name, new[n]) for name, n in part.ids]
        self.parts += 1
        return first

    def finish(self, lines: list[Line]) -> None:
        """Write what holds the parts together; title, language and standards are those of the front."""
        part = self.first
        if part is None:
            raise ValueError("a book without front")
        for number, body in self.links:
            body = LINK.sub(lambda m: b"/Dest[%d 0 R/XYZ null null null]" % self.pages[int(m[1]) - 1], body)
            self._pack(number, SPOKEN.sub(rb"/Contents(\1)", body))
        self._tags(part)
        self._page_tree()
        catalog = self._catalog(part, lines)
        info = self._packed_copy(part.objects[part.info]) if part.info is not None else None
        self._unload()
        self._cross_reference(catalog, info)

    def _numbers(self, part: PdfPart) -> tuple[dict[int, int], set[int]]:
        """The new number of every object, and those that are not written: the book has its own, or has them already."""
        own = {part.page_tree, part.struct_root, part.catalog, part.info or 0, *_outline(part)}
        metadata = part.reference(part.catalog, rb"/Metadata")
        own |= {metadata} if metadata else set()
        new: dict[int, int] = {part.struct_root: self.document}
        again = set()
        for number, body in part.objects.items():
            if number in own:
                continue
            start = body.find(b"stream\n")
            if start >= 0 and b" 0 R" not in body[:start]:
                key = hashlib.sha1(body, usedforsecurity=False).digest()
                if key in self.known:
                    new[number] = self.known[key]
                    again.add(number)
                    continue
                new[number] = self.known[key] = self._new()
            else:
                new[number] = self._new()
        new[part.page_tree] = self._new()
        return new, own | again

    def _new(self) -> int:
        self.kinds.append(0)
        self.places.append(0)
        self.indexes.append(0)
        return len(self.places) - 1

    def _is_at(self, number: int, kind: int, place: int, index: int = 0) -> None:
        self.kinds[number], self.places[number], self.indexes[number] = kind, place, index

    def _write(self, number: int, body: bytes) -> None:
        """One object: packed, or by itself where it is a stream."""
        if body.endswith(b"endstream"):
            self._is_at(number, 1, self.at)
            self.at += self.out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        elif b"(page:" in body and LINK.search(body):
            self.links.append((number, body))
        else:
            self._pack(number, body)

    def _pack(self, number: int, body: bytes) -> None:
        self.waiting.append((number, body))
        if len(self.waiting) >= PACKED:
            self._unload()

    def _packed_copy(self, body: bytes) -> int:
        number = self._new()
        self._pack(number, body)
        return number

    def _unload(self) -> None:
        """Write the objects that wait, as one packed stream."""
        if not self.waiting:
            return
        stream, heads, at = self._new(), [], 0
        for index, (number, body) in enumerate(self.waiting):
            heads.append(b"%d %d" % (number, at))
            self._is_at(number, 2, stream, index)
            at += len(body) + 1
        head = b" ".join(heads) + b"\n"
        data = zlib.compress(head + b"\n".join(body for _, body in self.waiting) + b"\n")
        described = b"/Type/ObjStm/N %d/First %d" % (len(self.waiting), len(head))
        self.waiting.clear()
        self._stream(stream, described, data)

    def _stream(self, number: int, described: bytes, data: bytes) -> None:
        self._is_at(number, 1, self.at)
        body = b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n"
        self.at += self.out.write(body % (number, described, len(data), data))

    def _tags(self, part: PdfPart) -> None:
        roles = re.search(rb"/RoleMap<<[^>]*>>", part.objects[part.struct_root])
        self._pack(self.document, b"<</Type/StructElem/S/Document/P %d 0 R/K[%s]>>" % (self.root, _list(self.elements)))
        cells = b"".join(b"(%s)%d 0 R" % cell for cell in sorted(self.cells))
        self._pack(
            self.root,
            b"<</Type/StructTreeRoot%s/K[%d 0 R]/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d%s>>"
            % (
                roles[0] if roles else b"",
                self.document,
                b" ".join(self.parents),
                self.keys,
                b"/IDTree<</Names[%s]>>" % cells if cells else b"",
            ),
        )

    def _page_tree(self) -> None:
        for number, pages in self.branches:
            self._pack(
                number, b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>" % (self.tree, len(pages), _list(pages))
            )
        kids = _list([number for number, _ in self.branches])
        self._pack(self.tree, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.front) + len(self.pages), kids))

    def _catalog(self, part: PdfPart, lines: list[Line]) -> int:
        body = part.objects[part.catalog]
        kept = [re.search(rb"/Lang\([^)]*\)", body), re.search(rb"/MarkInfo<<[^>]*>>", body)]
        kept.append(re.search(rb"/ViewerPreferences<<[^>]*>>", body))
        intents = part.reference(part.catalog, rb"/OutputIntents")
        held = b"".join(found[0] for found in kept if found)
        if intents is not None:
            held += b"/OutputIntents %d 0 R" % self._again(part, intents)
        labels = b"0<</S/r>>%d<</S/D>>" % len(self.front)
        outline = self._outline(lines)
        return self._packed_copy(
            b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Metadata %d 0 R/Outlines %d 0 R/PageLabels<</Nums[%s]>>"
            b"/PageMode/UseOutlines%s>>" % (self.tree, self.root, self._metadata(part), outline, labels, held)
        )

    def _again(self, part: PdfPart, number: int) -> int:
        """An object of the first part and all it points to, once more."""

        def copied(found: re.Match[bytes]) -> bytes:
            return found[0] if found[1] is None else b"%d 0 R" % self._again(part, int(found[1]))

        body = part.objects[number]
        start = body.find(b"stream\n")
        key = hashlib.sha1(body, usedforsecurity=False).digest()
        if key in self.known:
            return self.known[key]
        head, rest = (body, b"") if start < 0 else (body[:start], body[start:])
        made = self._new()
        self._write(made, TEXT_OR_REFERENCE.sub(copied, head) + rest)
        return made

    def _metadata(self, part: PdfPart) -> int:
        """The first part's, with the pages of all."""
        number = part.reference(part.catalog, rb"/Metadata")
        if number is None:
            raise ValueError("/Metadata is missing")
        body = part.objects[number]
        start = body.index(b"stream\n") + 7
        packet = body[start : body.rindex(b"\nendstream")]
        packet = re.sub(rb"<xmpTPg:NPages>\d+<", b"<xmpTPg:NPages>%d<" % (len(self.front) + len(self.pages)), packet)
        made = self._new()
        self._is_at(made, 1, self.at)
        head = b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n" % len(packet)
        self.at += self.out.write(b"%d 0 obj\n%s%s\nendstream\nendobj\n" % (made, head, packet))
        return made

    def _outline(self, lines: list[Line]) -> int:
        root = self._new()
        first, last = self._lines(lines, root)
        self._pack(root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, len(lines)))
        return root

    def _lines(self, lines: list[Line], above: int) -> tuple[int, int]:
        """Bookmarks of one parent, those below it folded; first and last."""
        numbers = [self._new() for _ in lines]
        for at, (line, number) in enumerate(zip(lines, numbers, strict=True)):
            body = b"<</Title%s/Parent %d 0 R/Dest[%d 0 R/XYZ null null null]" % (
                written_text(line.title), above, self.pages[line.page - 1] if line.page else self.front[0],
            )  # fmt: skip
            body += b"/Prev %d 0 R" % numbers[at - 1] if at else b""
            body += b"/Next %d 0 R" % numbers[at + 1] if at + 1 < len(numbers) else b""
            if line.below:
                body += b"/First %d 0 R/Last %d 0 R" % self._lines(line.below, number)
                body += b"/Count -%d" % len(line.below)
            self._pack(number, body + b">>")
        return numbers[0], numbers[-1]

    def _cross_reference(self, catalog: int, info: int | None) -> None:
        """The table of places, packed; each row as its difference from the row before (predictor 12)."""
        number = self._new()
        self._is_at(number, 1, self.at)
        count = len(self.places)
        rows = np.empty((count, 8), dtype=np.uint8)
        rows[:, 0] = np.array(self.kinds)
        rows[:, 1:6] = np.array(self.places).astype(">u8").view(np.uint8).reshape(-1, 8)[:, 3:]
        rows[:, 6:8] = np.array(self.indexes).astype(">u2").view(np.uint8).reshape(-1, 2)
        up = np.vstack([rows[:1], rows[1:] - rows[:-1]])
        data = zlib.compress(np.hstack([np.full((len(up), 1), 2, np.uint8), up]).tobytes())
        name = hashlib.md5(b"%d %d" % (count, self.at), usedforsecurity=False).hexdigest().encode()
        described = b"/Type/XRef/Size %d/W[1 5 2]/Root %d 0 R%s/ID[<%s><%s>]/DecodeParms<</Predictor 12/Columns 8>>" % (
            count, catalog, b"/Info %d 0 R" % info if info else b"", name, name,
        )  # fmt: skip
        at = self.at
        self._stream(number, described, data)
        self.out.write(b"startxref\n%d\n%%%%EOF\n" % at)


def _renamed(bodies: list[bytes], rename: Callable[[re.Match[bytes]], bytes]) -> Iterator[bytes]:
    """Bodies with their references renamed; of a stream only what is before its data."""
    for body in bodies:
        start = body.find(b"stream\n")
        if start < 0:
            yield TEXT_OR_REFERENCE.sub(rename, body)
        else:
            head = body[:start]
            yield TEXT_OR_REFERENCE.sub(rename, head) + body[start:] if b" 0 R" in head else body


def _outline(part: PdfPart) -> Iterator[int]:
    """Objects of the part's own bookmarks."""
    for number, body in part.objects.items():
        if b"/Title" in body and (b"/Dest " in body or b"/Dest[" in body):
            yield number
    root = part.reference(part.catalog, rb"/Outlines")
    if root is not None:
        yield root


def _list(numbers: list[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
