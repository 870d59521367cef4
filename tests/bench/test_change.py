"""Two years compared: Mexico 2015 and 2020 as published, and the time it takes for 5,565 municipalities."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from riskmodel.decisions.change import compare_runs
from riskmodel.problems import InputProblems
from riskmodel.results import Results
from riskmodel.run import run_study
from riskmodel.study_file import parse_study, read_study
from two_years import compare_folders
from workflow import run_to

pytestmark = [pytest.mark.bench, pytest.mark.data]

STUDY = """[study]
name = "{name} {year}"
method = "{method}"
country = "{name}"

[outcome]
name = "{measure}"
definition = "{measure}"
year = {year}

[areas]
file = "areas.csv"
area_code = "code"
children = "people"
year = {year}

{part}
"""
RATE = '[given_risk]\nrisk = "rate"\n'
INDICATORS = ("ANALF", "SBASC", "OVSDE", "OVSEE", "OVSAE", "OVPT", "VHAC", "PL.5000", "PO2SM")


def mexico(shared: Path, year: int, folder: Path, method: str, part: str) -> tuple[Results, pd.DataFrame]:
    """A run on CONAPO's table of one year: people of 15 and more who cannot read, or its nine indicators."""
    table = pd.read_csv(shared / f"reference/conapo_imm/IMM_{year}.csv", dtype={"CVE_MUN": str})
    table = table.rename(columns={"CVE_MUN": "code", "POB_TOT": "people"})
    folder.mkdir()
    table.assign(rate=table["ANALF"] / 100).to_csv(folder / "areas.csv", index=False)
    text = STUDY.format(name="México", year=year, method=method, measure="Cannot read, 15 years and more", part=part)
    return run_study(parse_study(text), folder, folder), table.set_index("code")


def test_mexico_2015_and_2020(shared_data: Path, tmp_path: Path):
    made = [mexico(shared_data, year, tmp_path / str(year), "given_risk", RATE) for year in (2015, 2020)]
    (earlier, before), (later, after) = made
    found = compare_runs(earlier, later)
    rows = found.areas.set_index("area_code")
    difference = (after["ANALF"] - before["ANALF"].reindex(after.index)).dropna() / 100
    assert rows.loc[difference.index, "change"].to_numpy() == pytest.approx(difference.to_numpy(), abs=1e-12)
    mean = [np.average(t["ANALF"], weights=t["people"]) / 100 for t in (before, after)]
    assert found.summary["national"]["change"] == pytest.approx(mean[1] - mean[0])
    print(f"cannot read: {mean[0]:.2%} to {mean[1]:.2%}; fell in {(difference < 0).sum():,} of {len(difference):,}")
    print({key: found.summary[key] for key in ("areas", "entered", "left", "stayed_high")})


def test_mexican_index_of_each_year_is_refused(shared_data: Path, tmp_path: Path):
    part = "\n".join(f'[[indicator]]\nname = "i{n}"\ncolumn = "{column}"\ndimension = "d"' for n, column in enumerate(INDICATORS))  # fmt: skip
    pair = [mexico(shared_data, y, tmp_path / str(y), "vulnerability_index", part)[0] for y in (2015, 2020)]
    with pytest.raises(InputProblems) as caught:
        compare_runs(*pair)
    assert [p.code for p in caught.value.problems if p.is_error] == ["change_index_scale"]


def test_brazil_in_seconds(shared_data: Path, tmp_path: Path):
    """The measured rate of 2010 with a second year drawn from it: only the time is of interest."""
    table = pd.read_csv(shared_data / "brazil/municipios_2010_trabalho_infantil.csv.gz", dtype={"cod_ibge": str})
    rng = np.random.default_rng(2010)
    n = table["ti_10a15_den"].clip(lower=20)
    folders = []
    for year in (2010, 2022):
        rate = (table["ti_10a15_num"] / n).clip(0.005, 0.95)
        rate = rate if year == 2010 else (rate * np.exp(rng.normal(-0.2, 0.3, len(rate)))).clip(0.005, 0.95)
        folder = tmp_path / f"study{year}"
        folder.mkdir()
        rows = {"code": table["cod_ibge"], "people": n, "rate": rate, "se": np.sqrt(rate * (1 - rate) / n * 5)}
        pd.DataFrame(rows).to_csv(folder / "areas.csv", index=False)
        shutil.copyfile(shared_data / "brazil/municipios_br.geojson", folder / "map.geojson")
        part = RATE + 'se = "se"\n[boundaries]\nfile = "map.geojson"\narea_code = "cod_ibge"\n'
        text = STUDY.format(name="Brasil", year=year, method="given_risk", measure="Work, 10 to 15 years", part=part)
        (folder / "study.toml").write_text(text, encoding="utf-8")
        out = tmp_path / str(year)
        out.mkdir()
        results = run_to(read_study(folder), folder, out)
        folders.append((out, results))
    start = time.process_time()
    found = compare_runs(folders[0][1], folders[1][1])
    compared = time.process_time() - start
    start = time.process_time()
    compare_folders(folders[0][0], folders[1][0], tmp_path / "out", "en")
    written = time.process_time() - start
    print(
        f"{len(found.areas):,} areas: compared in {compared:.2f} s; read, compared and written with map in {written:.1f} s"
    )
    assert len(found.areas) == 5565
    assert compared < 5
    assert written < 60
