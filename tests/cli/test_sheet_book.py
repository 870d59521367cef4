"""A book holds every sheet once, tagged, with bookmarks, contents and an index that lead to the right page."""

import errno
import re
from pathlib import Path

import pandas as pd
import pypdf
import pytest
from pypdf.generic import IndirectObject

import cli
import sheet_book
from riskmodel.i18n import say, translator
from riskmodel.outputs.sheet_style import SheetStyle
from riskmodel.problems import InputProblems
from riskmodel.progress import Cancelled
from sheet_book import write_book, write_books
from tests.cli.test_cli import made  # noqa: F401

ONE_PAGE = SheetStyle(second_page=False)


@pytest.fixture(scope="module")
def run(made) -> Path:  # noqa: F811
    return made / "out"


@pytest.fixture(scope="module")
def book(run, tmp_path_factory) -> pypdf.PdfReader:
    """The whole demonstration in Spanish, with few sheets a document so that several are joined."""
    file = tmp_path_factory.mktemp("book") / "book.pdf"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_book, "CHUNK", 2)
        assert cli.main(["sheets", str(run), "--book", str(file), "--one-page", "--language", "es"]) == cli.DONE
    return pypdf.PdfReader(file, strict=True)


@pytest.fixture(scope="module")
def areas(run) -> pd.DataFrame:
    return pd.read_parquet(run / "areas.parquet").set_index("area_code")


def words(page) -> str:
    return " ".join(page.extract_text().replace("\xa0", " ").split())


def lines(book) -> list[tuple[str, int, int]]:
    """Title, depth and page (0 = cover) of every bookmark."""
    found: list[tuple[str, int, int]] = []

    def walk(level, depth):
        for line in level:
            if isinstance(line, list):
                walk(line, depth + 1)
            else:
                found.append((line.title, depth, book.get_destination_page_number(line)))

    walk(book.outline, 0)
    return found


def test_bookmarks_lead_to_every_sheet_under_its_parent_unit(book, areas):
    found = lines(book)
    for parent, inside in areas.groupby("parent_name"):
        at = next(i for i, line in enumerate(found) if line[:2] == (parent, 0))
        below = []
        for title, depth, page in found[at + 1 :]:
            if depth == 0:
                break
            below.append(title)
            assert title in words(book.pages[page])
            assert parent in words(book.pages[page])
        assert sorted(below) == sorted(inside["area_name"])
    assert found[-1][1:] == (0, len(book.pages) - 1)
    assert len({page for _, depth, page in found if depth}) == len(areas)


def test_numbers_printed_are_the_labels_of_the_pages(book):
    labels = book.page_labels
    assert labels[0] == "i"
    front = labels.index("1")
    for label, page in list(zip(labels, book.pages, strict=True))[front:]:
        assert words(page).endswith(label), label


def test_index_and_contents_name_the_page_and_link_to_it(book, areas):
    number = {page.indirect_reference.idnum: i for i, page in enumerate(book.pages)}
    target = {}
    for page in book.pages:
        for link in page.get("/Annots", []):
            link = link.get_object()
            assert link["/Subtype"] == "/Link"
            assert "/A" not in link
            place = number[link.raw_get("/Dest")[0].idnum] if "/Dest" in link else None
            target.setdefault(str(link["/Contents"]), set()).add(place)
    for label, places in target.items():
        assert {book.page_labels[place] for place in places} == {label}
    whole = " ".join(words(page) for page in book.pages[-2:])
    by_title = {title: book.page_labels[page] for title, depth, page in lines(book) if depth}
    for name in areas["area_name"]:
        assert re.search(rf"{re.escape(name)}.{{0,60}}? {by_title[name]}\b", whole), name


def test_tags_of_every_page_are_found_and_belong_to_it(book):
    root = book.trailer["/Root"]
    tree = root["/StructTreeRoot"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es"
    keys, values = tree["/ParentTree"]["/Nums"][::2], tree["/ParentTree"]["/Nums"][1::2]
    assert keys == sorted(set(keys))
    parents = dict(zip(keys, values, strict=True))
    for page in book.pages:
        held = parents[page["/StructParents"]].get_object()
        assert len(held)
        for element in held:
            assert element.get_object().raw_get("/Pg").idnum == page.indirect_reference.idnum
    ids = tree["/IDTree"]["/Names"]
    assert list(ids[::2]) == sorted(set(ids[::2]))
    assert all(str(element.get_object()["/ID"]) == str(name) for name, element in zip(ids[::2], ids[1::2], strict=True))
    document = tree["/K"][0].get_object()
    assert document["/S"] == "/Document"
    assert document.raw_get("/P").idnum == root.raw_get("/StructTreeRoot").idnum
    assert tags(document) >= {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/Link"}


def tags(node) -> set[str]:
    """Every kind of tag below a node."""
    found, todo = set(), [node]
    while todo:
        node = todo.pop()
        found.add(str(node.get("/S")))
        for kid in node.get("/K", []):
            kid = kid.get_object() if isinstance(kid, IndirectObject) else kid
            if isinstance(kid, dict) and "/S" in kid:
                todo.append(kid)
    return found


def test_it_says_what_it_is_and_meets_the_archive_standards(book):
    packet = book.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in packet
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert f"<xmpTPg:NPages>{len(book.pages)}<" in packet
    assert book.metadata.title in packet.replace("&amp;", "&")
    assert "Estudio pequeño" in words(book.pages[0])
    for page in book.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_a_cancelled_book_leaves_nothing_and_a_full_disk_is_told(run, tmp_path, monkeypatch):
    def stop(step: str, share: float) -> None:
        if share > 0:
            raise Cancelled

    parent = [pd.read_parquet(run / "areas.parquet")["parent_code"].iloc[0]]
    with pytest.raises(Cancelled):
        write_book(run, "en", tmp_path / "b.pdf", stop, ONE_PAGE, parent)
    assert not list(tmp_path.iterdir())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sheet_book.PdfJoin, "finish", full)
    with pytest.raises(InputProblems) as found:
        write_book(run, "en", tmp_path / "b.pdf", style=ONE_PAGE, within=parent)
    assert say(found.value.problems[0], translator("en")).what == "The disk is full before the book is whole."
    assert not list(tmp_path.iterdir())


def test_a_book_for_each_parent_unit_goes_on_where_it_was(run, tmp_path):
    units = list(pd.read_parquet(run / "parents.parquet")["area_code"])

    def stop_after_one(step: str, share: float) -> None:
        if len(list(tmp_path.glob("book_*.pdf"))) == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_books(run, "fr", tmp_path, stop_after_one, ONE_PAGE)
    books = write_books(run, "fr", tmp_path, style=ONE_PAGE, archive=tmp_path / "all.zip")
    assert books.kept == 1
    assert [file.name for file in books.files] == [f"book_{code}.pdf" for code in units]


def test_an_unknown_parent_unit_is_told(run, tmp_path):
    with pytest.raises(InputProblems) as found:
        write_book(run, "en", tmp_path / "b.pdf", within=["XX"])
    assert [p.code for p in found.value.problems] == ["parent_unknown"]
