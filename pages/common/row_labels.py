"""Names beside the rows of a chart, short enough that a telephone has room left for the chart.

Rows of one thing in a row ("Age: 12 to 14", "Age: 15 to 17") stand under its name; a single one keeps its own.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import groupby

import plotly.graph_objects as go

WIDTH = 25  # letters of a line: 160 of a telephone's 360 pixels
LINE = 19  # pixels


def put_rows(figure: go.Figure, labels: Sequence[str], room: int = 14, between: str = ": ") -> int:
    """Name the rows of a chart whose y values are `labels`, first on top; gives the height they need, in pixels.

    room : pixels between two rows beside their lines of text. between : what parts the name of a thing from that of its
        row; a line break where labels have no such parts.
    """
    text: dict[str, str] = {}
    for head, group in groupby(labels, lambda label: label.partition(between)[0]):
        rows = list(group)
        parted = len(rows) > 1 or (between in rows[0] and lines_of(rows[0]).count("<br>") > 1)
        if parted:
            text[f"head {len(text)}"] = f"<b>{lines_of(head)}</b>"
        for label in rows:
            text[label] = lines_of(label.partition(between)[2] if parted else label)
    keys = list(text)
    figure.update_yaxes(
        categoryorder="array", categoryarray=keys, tickvals=keys, ticktext=list(text.values()),
        range=[len(keys) - 0.4, -0.6], title=None,
    )  # fmt: skip
    lines = [1 + words.count("<br>") for words in text.values()] or [1]
    return round(len(keys) * max(room + LINE * sum(lines) / len(lines), LINE * max(lines) + 2))


def lines_of(label: str) -> str:
    """A label on as many lines as it needs."""
    return "<br>".join(textwrap.wrap(str(label), WIDTH)) or " "
