"""What a test reads back from a PDF: pages, words, tags, alternative texts, bookmarks, fonts."""

from __future__ import annotations

import io

import pypdf

A4 = (595, 842)


def opened(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in opened(pdf).pages).replace("\xa0", " ").split())


def kinds(node: object) -> list[str]:
    """Types of all elements of the tag tree, in reading order."""
    return [kind for kind, _ in _elements(node) if kind]


def alternatives(node: object) -> list[str]:
    return [alt for _, alt in _elements(node) if alt]


def _elements(node: object) -> list[tuple[str, str]]:
    node = node.get_object()  # type: ignore[attr-defined]
    if isinstance(node, pypdf.generic.ArrayObject):
        return [found for child in node for found in _elements(child)]
    if not isinstance(node, pypdf.generic.DictionaryObject):
        return []
    own = [(str(node.get("/S", "")), str(node.get("/Alt", "")))]
    return own + (_elements(node["/K"]) if "/K" in node else [])


def bookmarks(reader: pypdf.PdfReader) -> list[str]:
    def flat(items: list) -> list[str]:
        return [t for item in items for t in (flat(item) if isinstance(item, list) else [str(item["/Title"])])]

    return flat(reader.outline)


def check_quality(pdf: bytes, language: str, title: str) -> None:
    """Tagged, PDF/UA-1 and PDF/A-2a, in a language, titled, every picture described, every font inside, A4."""
    reader = opened(pdf)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith(language)
    metadata = root["/Metadata"].get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert b"<pdfaid:part>2</pdfaid:part>" in metadata
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert reader.metadata is not None
    assert reader.metadata.title == title
    found = kinds(root["/StructTreeRoot"])
    assert found.count("/H1") == 1
    assert {"/H2", "/Table", "/TH", "/TD"} <= set(found)
    assert found.count("/Figure") <= len(alternatives(root["/StructTreeRoot"]))
    assert bookmarks(reader)
    for page in reader.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
