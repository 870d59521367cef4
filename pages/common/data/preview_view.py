"""The first rows of a file beside the table that is made of them, as two tables of plain HTML.

What happened to a row or a cell is told in words or marks as well as in colour; nothing of the file is read as markup.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.common.words import _, current, plural
from riskmodel.inputs.reading_preview import Preview, PreviewRow
from riskmodel.inputs.say_columns import say_made, say_nameless

LONGEST = 28  # letters of a cell
MORE = 90  # letters of a title


def side_by_side(shown: Preview) -> None:
    """The file at the left, the table at the right; one above the other on a phone."""
    left, right = st.columns(2)
    with left:
        st.markdown(f"**{_('In the file')}**")
        st.html(original_table(shown))
        _more(shown.more_original)
    with right:
        st.markdown(f"**{_('As it is read')}**")
        st.html(read_table(shown))
        _more(shown.more_read)
    if any(any(row.changed) for row in shown.read):
        st.caption(_("Underlined: cells that were written in another way in the file, or columns made from others."))


def _more(count: int) -> None:
    if count:
        st.caption(plural("and {count} more column", "and {count} more columns", count))


def row_states() -> dict[str, str]:
    """What became of a row, in a word or two."""
    return {
        "title": _("title"),
        "header": _("names of columns"),
        "left_out": _("left out"),
        "heading": _("heading"),
        "not_kept": _("not kept"),
        "data": "",
    }


def original_table(shown: Preview) -> str:
    """Rows of the file, with what each of them is."""
    states = row_states()
    width = len(shown.original[0].cells) if shown.original else 1
    body = "".join(
        _gap(row, width + 2)
        + f'<tr class="is-{row.state}"><th scope="row">{row.number}</th><td class="state">{escape(states[row.state])}</td>'
        + _cells(row)
        + "</tr>"
        for row in shown.original
    )
    head = f'<tr><th scope="col">{escape(_("Row"))}</th><td colspan="{width + 1}"></td></tr>'
    return f'<div class="file-rows" tabindex="0" role="group" aria-label="{escape(_("Rows of the file"))}"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>'


def _cells(row: PreviewRow) -> str:
    """Cells of a row of the file; a title or a note, alone in its row, goes over all columns."""
    filled = [i for i, cell in enumerate(row.cells) if cell]
    if len(filled) == 1 and row.state in ("title", "left_out"):
        return f'<td colspan="{len(row.cells)}">{escape(row.cells[filled[0]][:MORE])}</td>'
    return "".join(f"<td>{_cut(cell)}</td>" for cell in row.cells)


def read_table(shown: Preview) -> str:
    """The same rows as a run reads them; what was made or altered is underlined."""
    t = current()
    names = "".join(
        f'<th scope="col">{f"<u>{_cut(say_made(name, t))}</u>" if made else _cut(say_nameless(name, t))}</th>'
        for name, made in zip(shown.names, shown.made, strict=True)
    )
    body = "".join(
        _gap(row, len(shown.names) + 1)
        + f'<tr><th scope="row">{row.number}</th>'
        + "".join(
            f'<td class="changed"><u>{_cut(cell)}</u></td>' if changed else f"<td>{_cut(cell)}</td>"
            for cell, changed in zip(row.cells, row.changed, strict=True)
        )
        + "</tr>"
        for row in shown.read
    )
    head = f'<tr><th scope="col">{escape(_("Row"))}</th>{names}</tr>'
    return f'<div class="file-rows" tabindex="0" role="group" aria-label="{escape(_("Rows as they are read"))}"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>'


def _gap(row: PreviewRow, width: int) -> str:
    return f'<tr class="gap"><td colspan="{width}">⋯</td></tr>' if row.gap else ""


def _cut(text: str) -> str:
    return escape(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")
