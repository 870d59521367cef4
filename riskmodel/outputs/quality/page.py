"""Write the quality report of a file as one HTML page that opens anywhere.

Nothing is fetched. Every word is escaped: a column may be named in markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent.parent / "templates"
STYLES = ("report.css", "quality.css")
WIDTH, HEIGHT, GAP = 96, 22, 1


def html_quality(content: Mapping[str, Any]) -> bytes:
    """The page as UTF-8."""
    header, columns = content["header"], content["columns"]
    style = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in STYLES)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in columns["heads"])
    rows = "\n".join(_row(row) for row in columns["rows"])
    more = f'<p class="note">{escape(columns["more"])}</p>' if columns["more"] else ""
    notes = "".join(f"<li>{escape(note)}</li>" for note in content["reading"]["notes"])
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(content["lang"])}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(content['title'])}</title><style>{style}</style></head>",
            f"<body><header><p>{escape(header['kind'])}</p><h1>{escape(header['file'])}</h1><p>{escape(header['study'])}</p></header>",
            f'<main><p class="lead">{escape(content["verdict"])}</p><p>{escape(content["size"])}</p>',
            *(_part(part) for part in content["parts"]),
            f"<section><h2>{escape(columns['title'])}</h2>",
            f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(columns["title"])}">',
            f'<table class="columns"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{more}</section>',
            f"<section><h2>{escape(content['reading']['title'])}</h2><ul>{notes}</ul></section>",
            f"</main><footer><p>{escape(content['imprint'])}</p></footer></body></html>",
            "",
        ]
    ).encode()


def sketch(bars: Sequence[float | None], names: Sequence[str] = ()) -> str:
    """A small SVG of bars; a withheld one is an outline. The words beside it say the same."""
    if not bars:
        return ""
    wide = WIDTH / len(bars)
    drawn = []
    for i, bar in enumerate(bars):
        tall = HEIGHT * 0.25 if bar is None else max(bar * HEIGHT, 1.0 if bar else 0.0)
        kind = ' class="withheld"' if bar is None else ""
        title = f"<title>{escape(names[i])}</title>" if i < len(names) else ""
        drawn.append(f'<rect{kind} x="{i * wide + GAP / 2:.1f}" y="{HEIGHT - tall:.1f}" width="{wide - GAP:.1f}" height="{tall:.1f}">{title}</rect>')  # fmt: skip
    return f'<svg class="sketch" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">{"".join(drawn)}</svg>'


def _part(part: Mapping[str, Any]) -> str:
    found = "".join(
        f"<li><strong>{escape(f['what'])}</strong>"
        + (f'<br><span class="where">{escape(f["where"])}</span>' if f["where"] else "")
        + f"<br>{escape(f['mend'])}</li>"
        for f in part["findings"]
    )
    return f'<section><h2>{escape(part["title"])}</h2><ol class="{part["severity"]}">{found}</ol></section>'


def _row(row: Mapping[str, Any]) -> str:
    kind = f' class="{row["mark"]}"' if row["mark"] else ""
    return (
        f'<tr{kind}><th scope="row">{escape(row["name"])}</th><td>{escape(row["meaning"])}</td><td class="number">{escape(row["filled"])}</td>'
        f'<td class="number">{escape(row["distinct"])}</td><td>{sketch(row["bars"], row["names"])}</td><td>{escape(row["holds"])}</td></tr>'
    )
