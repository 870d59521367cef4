"""The mode of the map that shows clusters: groups of high and of low areas that chance would not put together.

Colours are those of differences (above brown, below green), since a cluster is told against the country's mean; areas
in no cluster are plain land, not "no data".
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pages.common.looks import Look, Subject, keyed_look
from pages.common.words import _, current
from riskmodel.outputs.cluster_words import group_sentences
from riskmodel.outputs.map_key import map_key

MOST_LABELS = 5


def clusters(subject: Subject) -> Look:
    """Kinds of areas among their neighbours; the largest groups of high areas are named."""
    results, t = subject.results, current()
    look = keyed_look(
        subject,
        map_key(subject.study, results, "clusters", t),
        _("Clusters of neighbouring areas"),
        subject.title,
        _("Local Moran test, 5% false discoveries."),
    )
    groups = group_sentences(results, t)
    high = groups.loc[groups["kind"] == "high-high", "main_code"].head(MOST_LABELS)
    group = _group_of(subject)
    return replace(
        look,
        lines={_("Cluster"): look.table.iloc[:, 0], _("Group"): group},
        table=pd.DataFrame({_("Cluster"): look.table.iloc[:, 0], _("Group"): group}),
        labels=tuple(high),
    )


def _group_of(subject: Subject) -> pd.Series:
    """Number and size of the group of each area, by area_code; "" outside every group."""
    t, found = current(), subject.results.clusters
    sizes = found.groupby(["kind", "cluster"])["area_code"].transform("size")
    told = [
        "" if pd.isna(number) else _("{number} ({areas} areas)", number=t.number(number), areas=t.number(size))
        for number, size in zip(found["cluster"], sizes, strict=True)
    ]
    return pd.Series(told, found["area_code"].to_numpy(), dtype="string").reindex(subject.areas.index)
