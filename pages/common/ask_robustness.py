"""Ask how many times an index is built with other choices."""

from __future__ import annotations

import streamlit as st

from pages.common.words import _
from riskmodel.study import IndexSettings

STEP = 500


def draws(asked: IndexSettings, now: int) -> IndexSettings:
    """The settings asked for with the number of draws, `now` until another is given; 0 leaves them out."""
    found = st.number_input(
        _("How many times to build the index with other choices"),
        min_value=0,
        max_value=20_000,
        value=now,
        step=STEP,
        key="index_robustness",
        help=_(
            "Each time another treatment of extreme values, scale, weights (up to a quarter larger or smaller) and means. From this come the places an area could take and how firm its level is. 0 leaves it out; 5,000 are enough for most studies."
        ),
    )
    return asked.model_copy(update={"robustness": int(found)})
