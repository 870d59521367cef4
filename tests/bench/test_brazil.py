"""Brazil 2010 from the command line: an index of 5,565 municipalities, and the rate the census measured."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.bench.measure import measure, python, repeated, report
from tests.brazil_study import write_brazil

pytestmark = [pytest.mark.bench, pytest.mark.data]


@pytest.mark.parametrize("method", ["vulnerability_index", "given_risk"])
def test_brazil_runs(shared_data, tmp_path, method):
    study = write_brazil(shared_data, tmp_path / "study", method)
    found = repeated(3, lambda: measure(python("cli.py", "run", study, "--out", tmp_path / "results")))
    assert len(pd.read_csv(tmp_path / "results" / "areas.csv")) == 5565
    report(f"cli.py run, Brazil, {method}, median of 3", [(f"{found.seconds:.1f} s", f"{found.peak_mb:.0f} MB")])
    assert found.seconds < 60
    assert found.peak_mb < 2000


def test_index_goes_with_the_measured_rate(shared_data, tmp_path):
    """Spearman of the index, and of each dimension, with the share of children 10 to 15 that the census measured."""
    study = write_brazil(shared_data, tmp_path / "study", "vulnerability_index")
    measure(python("cli.py", "run", study, "--out", tmp_path / "results"))
    scores = pd.read_csv(tmp_path / "results" / "index_scores.csv", dtype={"area_code": str}).set_index("area_code")
    rates = pd.read_csv(shared_data / "brazil/municipios_2010_trabalho_infantil.csv.gz", dtype={"cod_ibge": str})
    rate = rates.set_index("cod_ibge")["ti_10a15_pct"].reindex(scores.index)
    columns = ["index", *(c for c in scores if c.startswith("dim:"))]
    found = {c.removeprefix("dim:"): scores[c].corr(rate, method="spearman") for c in columns}
    report("Spearman with the measured rate", [(name, f"{value:+.2f}") for name, value in found.items()])
    assert rate.notna().all()
    assert len(found) == 6
    assert found["index"] > 0.25
