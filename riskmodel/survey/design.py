"""Describe how a survey was drawn: weights, strata, sampling units of one or two stages, and the domain studied.

Every PSU of the file stays in the design, also one that is empty in the domain or after rows were left out: it counts
as a PSU whose total is zero. Filtering the rows instead would understate the errors.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from riskmodel.problems import InputProblems, Problem, Where, spreadsheet_rows
from riskmodel.study import Replicates
from riskmodel.survey.replicates import ReplicateWeights

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
    psu_population: Floats  # (n_strata,) PSUs of each stratum in the population; infinite where not declared
    ssu: Ints | None = None  # (n,) second-stage unit of each row, position in `ssu_psu`; None with one stage
    ssu_psu: Ints | None = None  # (n_ssu,) PSU of each second-stage unit
    ssu_population: Floats | None = None  # (n_psu,) second-stage units of each PSU in the population; may be infinite
    replicates: ReplicateWeights | None = None  # used in place of the stages

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, replicates: Replicates | None = None) -> SurveyDesign:
        """Read the design from the columns of a survey frame; only `weight` is required.

        Without `stratum` there is one stratum; without `psu` every row is a PSU; without `in_domain` all rows are in it.
        `fpc` is the number of PSUs of the stratum in the population, or the share sampled where none is above 1, the
        same in all rows of a stratum; `ssu` the second-stage unit within the PSU; `fpc2` their number, or share, in the
        PSU. With `replicates`, the columns `replicate:…` are the weights.

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
        design = cls(
            weight=scaled,
            stratum=pairs["stratum"].to_numpy(dtype=np.int64),
            psu=psu,
            psu_stratum=psu_stratum,
            strata=names,
            in_domain=in_domain,
            psu_population=_population(frame, "fpc", pairs["stratum"].to_numpy(), psu_stratum, len(names)),
            replicates=None if replicates is None else ReplicateWeights.from_frame(frame, replicates),
        )
        return design._with_second_stage(frame) if "ssu" in frame else design

    def _with_second_stage(self, frame: pd.DataFrame) -> SurveyDesign:
        pairs = pd.DataFrame({"psu": self.psu, "ssu": pd.factorize(_text(frame["ssu"]), sort=True)[0]})
        ssu = np.asarray(pairs.groupby(["psu", "ssu"], sort=True).ngroup(), dtype=np.int64)
        ssu_psu = np.zeros(int(ssu.max()) + 1 if len(ssu) else 0, dtype=np.int64)
        ssu_psu[ssu] = self.psu
        population = _population(frame, "fpc2", self.psu, ssu_psu, self.n_psu)
        return replace(self, ssu=ssu, ssu_psu=ssu_psu, ssu_population=population)

    @property
    def n_psu(self) -> int:
        return len(self.psu_stratum)

    def psu_per_stratum(self) -> Ints:
        """PSUs drawn in each stratum, empty ones included; shape (n_strata,)."""
        return np.bincount(self.psu_stratum, minlength=len(self.strata)).astype(np.int64)

    def degrees_of_freedom(self, used: Bools) -> int:
        """PSUs − strata among those that hold at least one row used (the convention of R `survey::degf`).

        With replicate weights: their rank less one.
        """
        if self.replicates is not None:
            return self.replicates.degrees_of_freedom(used)
        return len(np.unique(self.psu[used])) - len(np.unique(self.stratum[used]))

    def record(self) -> dict[str, str | int | bool]:
        """How errors are made, as plain values, for `diagnostics.json`."""
        if self.replicates is not None:
            return {"variance": self.replicates.type, "replicates": self.replicates.count, "mse": self.replicates.mse}
        corrected = bool(np.isfinite(self.psu_population).any())
        return {
            "variance": "linearisation",
            "stages": 2 if self.ssu is not None and corrected else 1,
            "fpc": corrected,
            "fpc2": self.ssu_population is not None and bool(np.isfinite(self.ssu_population).any()),
        }


def population_size(declared: Floats, drawn: Floats) -> Floats:
    """Units in the population, where `declared` holds their number, or the share drawn if none is above 1."""
    return drawn / declared if (declared <= 1).all() else declared


def _population(frame: pd.DataFrame, column: str, group: Ints, unit_group: Ints, count: int) -> Floats:
    """Units of each group in the population; infinite without the column. `group` is that of each row."""
    if column not in frame:
        return np.full(count, np.inf)
    declared = np.full(count, np.inf)
    declared[group] = frame[column].to_numpy(dtype=float)
    drawn = np.bincount(unit_group, minlength=count).astype(float)
    size = population_size(declared, drawn)
    if not (size >= drawn * (1 - 1e-9)).all():
        raise ValueError(f"{column} says that more units were drawn than there are")  # read_survey checks files
    return size


def _text(column: pd.Series) -> pd.Series:
    """Codes as text; a missing code is the code ""."""
    return column.astype("string").fillna("").reset_index(drop=True)
