"""Printed words of files whose areas were compared: what differs with a few examples, and how a changed code is confirmed.

The lists in full go into a file; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from riskmodel.i18n import Translator

if TYPE_CHECKING:
    from riskmodel.inputs.compared_files import FilesCompared
    from riskmodel.inputs.recognise.proposal import Proposal

SHOWN = 5
PAIRS = 3


def compared_lines(compared: Sequence[FilesCompared], t: Translator) -> list[str]:
    """What is printed of every pair of files that differs; nothing where all areas are alike."""
    from riskmodel.outputs.compare_words import compared_title, findings, writing_sentence

    lines: list[str] = []
    for pair in compared:
        found, writing = findings(pair, t), writing_sentence(pair, t)
        if not found and not writing:
            continue
        lines += ["", compared_title(pair, t), *([f"  {writing}"] if writing else [])]
        for finding in found:
            lines.append(f"  * {finding.sentence}")
            lines += [f"      {line}" for line in finding.lines[:SHOWN]]
            left = len(finding.lines) - SHOWN
            if left > 0:
                lines.append("      " + t.plural("… and {count} more", "… and {count} more", left))
    return lines


def recode_lines(proposal: Proposal, t: Translator, number: int) -> list[str]:
    """The questions whether codes changed, numbered from `number`, one for each file."""
    from riskmodel.inputs.recognise.proposal import recode_key
    from riskmodel.inputs.recognise.words import say_recode

    lines: list[str] = []
    for place, pair in enumerate(proposal.open_recodings(), start=number):
        pairs = [f"{old}:{new}" for old, new in pair.recodings.items()]
        more = ", …" if len(pairs) > PAIRS else ""
        lines += [f"{place}. [{recode_key(pair.first.file)}] {say_recode(pair, t)}", "   * none", "   - all"]
        lines.append("   - " + ", ".join(pairs[:PAIRS]) + more)
    return lines


def compared_record(pair: FilesCompared) -> dict[str, object]:
    """The same for machines: codes of every list."""
    found = pair.found
    return {
        "first": pair.first.file,
        "second": pair.second.file,
        "writing": found.writing,
        "both": found.both,
        "only_first": found.only_first["area_code"].to_list(),
        "only_second": found.only_second["area_code"].to_list(),
        "recode": pair.recodings,
        "perhaps": pair.less_likely,
        "other_name": found.renamed.loc[found.renamed["meant"].isna(), "area_code"].to_list(),
    }
