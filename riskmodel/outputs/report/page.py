"""Write the method report as one HTML file that opens anywhere.

Pictures are inside the file and nothing is fetched. Every word is escaped: a name may hold markup.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

STYLE = Path(__file__).parent.parent / "templates" / "report.css"


def html_report(content: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """The page as UTF-8. pictures : PNG by the name the content uses."""
    header = content["header"]
    under = " · ".join(part for part in (header["country"], header["years"]) if part)
    links = "".join(
        f'<li><a href="#part-{i}">{escape(part["title"])}</a></li>' for i, part in enumerate(content["sections"])
    )
    notices = "".join(f'<p class="notice"><strong>{escape(n)}</strong></p>' for n in content["notices"])
    parts = [_section(i, part, content, pictures) for i, part in enumerate(content["sections"])]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(content["lang"])}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(content['title'])}</title><style>{STYLE.read_text(encoding='utf-8')}</style></head>",
            f"<body><header>{_logo(content['office'])}<p>{escape(header['kind'])}</p><h1>{escape(header['study'])}</h1><p>{escape(under)}</p></header>",
            f"<main>{notices}",
            parts[0],
            f'<nav aria-label="{escape(content["contents"])}"><h2>{escape(content["contents"])}</h2><ol>{links}</ol></nav>',
            *parts[1:],
            f"</main><footer>{_publisher(content['office'])}<p>{escape(content['imprint'])}</p></footer></body></html>",
            "",
        ]
    ).encode()


def _logo(office: Mapping[str, Any] | None) -> str:
    """Logo and name of the office, above the title."""
    if not office:
        return ""
    name = f"<p><strong>{escape(office['name'])}</strong></p>" if office["name"] else ""
    logo = office["logo"]
    if not logo:
        return name
    kind = {"svg": "svg+xml", "jpg": "jpeg"}.get(logo["kind"], logo["kind"])
    ground = "" if logo["is_light"] else ' class="on-white"'
    return f'<img{ground} alt="{escape(office["alt"])}" src="data:image/{kind};base64,{logo["data"]}">{name}'


def _publisher(office: Mapping[str, Any] | None) -> str:
    """Contact and thanks."""
    lines = [office["reach"], office["thanks"]] if office else []
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _section(number: int, part: Mapping[str, Any], content: Mapping[str, Any], pictures: Mapping[str, bytes]) -> str:
    body = "\n".join(_piece(block, pictures) for block in part["blocks"])
    caution = f"<p><strong>{escape(content['caution'])}</strong></p>" if number == 0 else ""
    return f'<section id="part-{number}"><h2>{escape(part["title"])}</h2>\n{body}{caution}</section>'


def _piece(block: Mapping[str, Any], pictures: Mapping[str, bytes]) -> str:
    match block["kind"]:
        case "text":
            return f"<p>{escape(block['text'])}</p>"
        case "lead":
            return f'<p class="lead">{escape(block["text"])}</p>'
        case "points":
            return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block["items"]) + "</ul>"
        case "heading":
            return f"<h3>{escape(block['text'])}</h3>"
        case "picture":
            data = base64.b64encode(pictures[block["name"]]).decode()
            caption = f"<figcaption>{escape(block['caption'])}</figcaption>" if block["caption"] else ""
            return f'<figure><img alt="{escape(block["alt"])}" src="data:image/png;base64,{data}">{caption}</figure>'
        case "code":
            return f'<pre tabindex="0">{escape(block["text"])}</pre>'
        case _:
            return _table(block)


def _table(block: Mapping[str, Any]) -> str:
    """A table that scrolls by itself on a phone."""
    kinds = ["" if i < block["left"] else ' class="number"' for i in range(len(block["columns"]))]
    heads = "".join(
        f'<th scope="col"{kind}>{escape(words)}</th>' for kind, words in zip(kinds, block["columns"], strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td{kind}>{escape(words)}</td>" for kind, words in zip(kinds, row, strict=True)) + "</tr>"
        for row in block["rows"]
    )
    note = f'<p class="note">{escape(block["note"])}</p>' if block["note"] else ""
    title = f"<h3>{escape(block['title'])}</h3>" if block["title"] else ""
    return (
        f'{title}<div class="scroll" role="region" tabindex="0" aria-label="{escape(block["label"])}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{note}"
    )
