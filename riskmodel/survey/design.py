"""Describe how a survey was drawn: weights, strata, primary sampling units and the domain studied.

Every PSU of the file stays in the design, also one that is empty in the domain or after rows were left out: it counts
as a PSU whose total is zero. Filtering the rows instead would understate the errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from riskmodel.problems import InputProblems, Problem, Where, spreadsheet_rows

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class SurveyDesign:
    """The design of all n rows of a survey file.

    A PSU is known by its stratum and its code together, so codes may start again in every stratum.
    """

    weight: Floats  # (n,) divided by their mean: the information matrix stays well scaled, estimates do not change
    stratum: Ints  # (n,) position in `strata`
    psu: Ints  # (n,) position in `psu_stratum`
    psu_stratum: Ints  # (n_psu,) stratum of each PSU, position in `strata`
    strata: tuple[str, ...]  # names of the strata, sorted
    in_domain: Bools  # (n,) rows that belong to the population studied

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> SurveyDesign:
        """Read the design from the columns `weight`, `stratum`, `psu` and `in_domain`; only `weight` is required.

        Without `stratum` there is one stratum; without `psu` every row is a PSU; without `in_domain` all rows are in it.

        Raises
        ------
        InputProblems
            A weight is missing, zero, negative or infinite; names the rows.
        """
        n = len(frame)
        weight = frame["weight"].to_numpy(dtype=float, na_value=np.nan)
        bad = np.flatnonzero(~(np.isfinite(weight) & (weight > 0)))
        if len(bad):
            where = Where(column="weight", rows=spreadsheet_rows(bad))
            raise InputProblems([Problem("model_weight_not_positive", where, {"count": len(bad)})])
        stratum_text = _text(frame["stratum"]) if "stratum" in frame else pd.Series([""] * n)
        psu_text = _text(frame["psu"]) if "psu" in frame else pd.Series([str(i) for i in range(n)])
        stratum, strata = pd.factorize(stratum_text, sort=True)
        pairs = pd.DataFrame({"stratum": stratum, "psu": pd.factorize(psu_text, sort=True)[0]})
        psu = np.asarray(pairs.groupby(["stratum", "psu"], sort=True).ngroup(), dtype=np.int64)
        psu_stratum = np.zeros(int(psu.max()) + 1 if n else 0, dtype=np.int64)
        psu_stratum[psu] = stratum
        in_domain = frame["in_domain"].to_numpy(dtype=bool) if "in_domain" in frame else np.ones(n, dtype=bool)
        scaled = weight / weight.mean() if n else weight
        names = tuple(str(name) for name in strata)
        return cls(scaled, pairs["stratum"].to_numpy(dtype=np.int64), psu, psu_stratum, names, in_domain)

    @property
    def n_psu(self) -> int:
        return len(self.psu_stratum)

    def psu_per_stratum(self) -> Ints:
        """PSUs drawn in each stratum, empty ones included; shape (n_strata,)."""
        return np.bincount(self.psu_stratum, minlength=len(self.strata)).astype(np.int64)

    def degrees_of_freedom(self, used: Bools) -> int:
        """PSUs − strata among those that hold at least one row used (the convention of R `survey::degf`)."""
        return len(np.unique(self.psu[used])) - len(np.unique(self.stratum[used]))


def _text(column: pd.Series) -> pd.Series:
    """Codes as text; a missing code is the code ""."""
    return column.astype("string").fillna("").reset_index(drop=True)
