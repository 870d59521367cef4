"""Bring the catalogues up to date with the sources: `make messages`.

Extracts every marked message, merges it into each `.po` file, and says what is still to be translated.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from riskmodel.i18n import LANGUAGES
from riskmodel.i18n.translator import LOCALE_DIR
from tests.tools.marked import marked

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (
    "riskmodel",
    "geodata",
    "demo",
    "pages",
    "app.py",
    "cli.py",
    "cli_compared.py",
    "compared_areas.py",
    "workflow.py",
    "figures.py",
    "sheet_batch.py",
    "sheet_book.py",
    "cli_books.py",
    "two_years.py",
    "comparisons.py",
    "cli_comparisons.py",
    "cli_outputs.py",
    "cli_terminal.py",
    "cli_usage.py",
    "cli_quality.py",
    "cli_intake.py",
    "intake.py",
    "cli_names.py",
    "cli_places.py",
    "points_of_study.py",
    "self_test.py",
)
KEYWORDS = {"_": None, "t": None, "N_": None, "NN_": (1, 2), "plural": (1, 2)}
SOURCE_LANGUAGE = "en"


def extracted() -> Catalog:
    """Every message of the sources, in the order of files."""
    catalogue = Catalog(project="Mirador", charset="utf-8", fuzzy=False)
    for source in SOURCES:
        path = ROOT / source
        options = {"keywords": KEYWORDS, "comment_tags": ("NOTE:",)}
        if path.is_dir():
            found = (
                (f"{source}/{name}", *rest)
                for name, *rest in extract_from_dir(str(path), [("**.py", marked)], **options)
            )
        else:
            found = (
                (source, *rest)
                for _, *rest in extract_from_dir(
                    str(ROOT), [(source, marked)], directory_filter=lambda _: False, **options
                )
            )
        for name, _, message, comments, context in found:
            catalogue.add(message, None, [(name, None)], auto_comments=comments, context=context)
    return catalogue


def path_of(language: str) -> Path:
    return LOCALE_DIR / language / "LC_MESSAGES" / "mirador.po"


def merged(language: str, template: Catalog) -> Catalog:
    """The catalogue of a language with every message of `template`, translated where it was."""
    path = path_of(language)
    if path.exists():
        with path.open("rb") as handle:
            catalogue = read_po(handle, locale=language)
    else:
        catalogue = Catalog(locale=language, project="Mirador", charset="utf-8", fuzzy=False)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def text_of(catalogue: Catalog) -> bytes:
    for message in catalogue:
        message.flags.discard("python-format")  # Babel's guess at every “% of”; values are named in braces
    out = io.BytesIO()
    write_po(out, catalogue, sort_output=True, include_lineno=False, omit_header=False, width=120)
    return out.getvalue()


def translated(string: str | tuple[str, ...] | None) -> bool:
    """Whether a message, or each of its plural forms, has words."""
    return bool(string) if isinstance(string, str) or string is None else all(string)


def main() -> None:
    """Merge and report."""
    template = extracted()
    for language in (code for code in LANGUAGES if code != SOURCE_LANGUAGE):
        catalogue = merged(language, template)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(text_of(catalogue))
        missing = [m.id for m in catalogue if m.id and not translated(m.string)]
        print(
            f"{language}: {len(catalogue)} messages, {len(missing)} to translate in {path_of(language).relative_to(ROOT)}"
        )


if __name__ == "__main__":
    main()
