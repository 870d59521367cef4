"""The Brazilian study files are read without a problem and say what they should."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskmodel.study_file import parse_study, read_study
from tests.brazil_study import brazil_study, derived_table, write_brazil


@pytest.mark.parametrize("method", ["vulnerability_index", "given_risk"])
def test_study_is_valid(method: str, tmp_path: Path):
    study = parse_study(brazil_study(tmp_path, method))  # type: ignore[arg-type]
    assert study.study.method == method
    assert len(study.indicator) == 14
    assert len({i.dimension for i in study.indicator}) == 5
    assert all(i.label and i.source and i.year == 2010 for i in study.indicator)
    assert (study.given_risk is not None) == (method == "given_risk")


@pytest.mark.data
def test_files_are_written_and_there(shared_data: Path, tmp_path: Path):
    path = write_brazil(shared_data, tmp_path / "brazil", "given_risk")
    assert all((path.parent / name).is_file() for name in read_study(path).files())


@pytest.mark.data
def test_derived_shares(shared_data: Path):
    """Uiramutã (RR) is Brazil's most indigenous municipality: 88 % in the census of 2010."""
    shares = derived_table(shared_data).set_index("cod_ibge")
    assert len(shares) == 5565
    assert shares.notna().all(axis=None)
    assert shares["pct_indigena"].idxmax() == "1400704"
    assert shares["pct_indigena"].max() == pytest.approx(88.1, abs=1)
