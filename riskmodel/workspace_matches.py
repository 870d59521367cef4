"""Matches of names that a person confirmed, remembered in the workspace and offered the next time.

A match is tied to the code and the name of the area in the register, not to a file: it holds for the register of another year
as long as that gives the code the same name, and never for a register of another country.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pandas as pd
from sqlalchemy import Row, delete, insert, select
from sqlalchemy.engine import Engine

from riskmodel.inputs.match_names import Confirmed
from riskmodel.inputs.name_forms import plain
from riskmodel.workspace_tables import name_matches


def remember_matches(engine: Engine, confirmed: Iterable[Confirmed], register: pd.DataFrame) -> int:
    """Keep confirmed matches; gives how many. Those whose code the register lacks, and "none of them", are not kept.

    `register` has columns `area_code` and `area_name`. A later match of the same name and parent takes the place of an
    earlier one.
    """
    names = dict(zip(register["area_code"].astype(str), register["area_name"].astype(str), strict=True))
    at = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    rows = [
        {"name": plain(c.name), "parent": plain(c.parent), "area_code": c.area_code, "area_name": plain(names[c.area_code]), "at": at}
        for c in confirmed
        if c.area_code in names
    ]  # fmt: skip
    known = {row.area_name for row in recalled(engine)} & {plain(name) for name in names.values()}
    table = name_matches.c
    with engine.begin() as db:
        for row in rows:
            # the same words in another country stand for another area and stay
            same = (table.name == row["name"]) & (table.parent == row["parent"]) & table.area_name.in_(known)
            db.execute(delete(name_matches).where(same))
        if rows:
            db.execute(insert(name_matches), rows)
    return len(rows)


def recall_matches(engine: Engine, register: pd.DataFrame) -> list[Confirmed]:
    """The remembered matches that hold for a register with columns `area_code` and `area_name`, oldest first."""
    names = {
        str(code): plain(str(name)) for code, name in zip(register["area_code"], register["area_name"], strict=True)
    }
    found = [row for row in recalled(engine) if names.get(row.area_code) == row.area_name]
    return [Confirmed(row.name, row.parent, row.area_code) for row in found]


def forget_matches(engine: Engine) -> None:
    """Forget every match."""
    with engine.begin() as db:
        db.execute(delete(name_matches))


def recalled(engine: Engine) -> list[Row[Any]]:
    """Every row of the memory, oldest first."""
    with engine.begin() as db:
        return list(db.execute(select(name_matches).order_by(name_matches.c.id)).all())
