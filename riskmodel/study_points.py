"""What a study declares about a table of points: its coordinates, and the tables made of it with the study's boundaries.

The table itself is never changed; what is made of it is written beside it and made anew whenever the study is checked or run.
"""

from __future__ import annotations

from pathlib import PurePath

from pydantic import Field, model_validator

from riskmodel.study_children import Name, Part

NEAR = 250.0  # metres


class Points(Part):
    """Points of a table and the areas they lie in.

    `table`: file written with every row and the code of its area. `count`: file written with the number of points of each area,
    in `column`. At least one of the two.
    """

    file: Name
    sheet: str = ""
    latitude: Name
    longitude: Name
    exchanged: bool = False
    signs_lost: bool = False
    near: float = Field(NEAR, gt=0, le=100_000)
    table: str = ""
    count: str = ""
    column: Name = "points"

    @property
    def written(self) -> tuple[str, ...]:
        """Names of the files that are made."""
        return tuple(name for name in (self.table, self.count) if name)

    @model_validator(mode="after")
    def _writes(self) -> Points:
        names = self.written
        if not names or len(set(names)) < len(names):
            raise ValueError("points_written")
        plain = all(PurePath(n).name == n and "\\" not in n and n.lower().endswith(".csv") for n in names)
        if not plain or self.file in names or self.column == "area_code":
            raise ValueError("points_written")
        return self
