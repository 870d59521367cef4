"""Indices of Mexico and Colombia from their tables, beside the published classes of the risk model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.results import Results
from riskmodel.run import run_study
from riskmodel.study_file import parse_study
from tests.index_studies import COLOMBIAN_CLASSES, index_study, mexican_classes

pytestmark = pytest.mark.data


def ran(shared_data: Path, country: str, folder: Path) -> Results:
    return run_study(parse_study(index_study(shared_data, country)), folder, folder)


def test_mexico(shared_data: Path, tmp_path: Path):
    """Simple means of states go with the published classes of the 32 states as 0.48 (Spearman).

    Within Chiapas 6 named municipalities are high and 15 medium: a high one has the higher index in 57 % of the 90 pairs, hardly
    more than chance; all six are among the first 47 of 124. The risk model was of 2015, the table is of 2020.
    """
    results = ran(shared_data, "mexico", tmp_path)
    assert len(results.areas) == 2469
    assert results.areas["index"].isna().sum() == 3  # no figures of work
    published = mexican_classes(shared_data)
    states = published[published["nivel"] == "entidad"].set_index("codigo")["level"]
    index = results.areas.set_index("area_code")["index"]
    means = index.groupby(index.index.str[:2]).mean()
    assert states.corr(means.reindex(states.index), method="spearman") == pytest.approx(0.48, abs=0.01)
    inside = published[published["nivel"] == "municipio"].set_index("codigo")["level"]
    high, medium = (index[inside.index[inside == k]].to_numpy() for k in (3, 2))
    assert (len(high), len(medium)) == (6, 15)
    assert np.mean(high[:, None] > medium[None, :]) == pytest.approx(0.57, abs=0.01)
    rank = index[index.index.str[:2] == "07"].rank(ascending=False)
    assert len(rank) == 124
    assert rank[inside.index[inside == 3]].max() == 47


def test_colombia(shared_data: Path, tmp_path: Path):
    """The index says nothing of the published classes of 24 departments (Spearman −0.05).

    Chocó, most vulnerable of them by the index, has the lowest risk published (1.3 %). The risk model was applied to the 72 % of
    children of a social register; which of the two errs cannot be told from here.
    """
    results = ran(shared_data, "colombia", tmp_path)
    assert len(results.areas) == 1121
    assert results.areas["index"].notna().all()
    classes = pd.Series(COLOMBIAN_CLASSES)
    means = results.parents.set_index("area_name")["index"].reindex(classes.index)
    assert classes.corr(means, method="spearman") == pytest.approx(-0.05, abs=0.01)
    assert means.idxmax() == "Chocó"
