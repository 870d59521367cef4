"""The workbook of the index: its formulas, computed by LibreOffice, give what the program gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from riskmodel.i18n import translator
from riskmodel.outputs.spreadsheets.index_book import write_index_workbook
from riskmodel.outputs.spreadsheets.index_steps import INDEX, LEVEL, RANK
from riskmodel.outputs.spreadsheets.plan import FIRST, START, make_plan
from riskmodel.problems import InputProblems
from riskmodel.results import Results
from tests.outputs.index_studies import DEFAULT, WAYS, every_pair, every_value, run_way, table
from tests.outputs.recompute import Sheets, cell_values, different, recomputed

T = translator("en")
EVERY = {
    **{f"mean-{n}": (way, "mean", "national") for n, way in enumerate(every_value())},
    "dp2": (DEFAULT | {"rule": "dalenius_hodges"}, "dp2", "national"),
    "percentile_rank": (DEFAULT | {"rule": "quantile"}, "percentile_rank", "national"),
}


CHANGES = {
    "equal": DEFAULT | {"rule": "quantile"},
    "given": DEFAULT | {"weights": "given", "normalisation": "z_score", "within": "geometric", "rule": "equal_width"},
    "percentile_rank": DEFAULT | {"rule": "quantile"},
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Results]]:
    """A workbook of every way, with the results it was made from."""
    folder = tmp_path_factory.mktemp("books")
    found = {}
    for name, (way, method, scope) in EVERY.items():
        results = run_way(folder / name, way, method=method, scope=scope)
        found[name] = (write_index_workbook(results, folder / f"{name}.xlsx", T), results)
    return found


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Results, Results]]:
    """Workbooks changed by hand, with the results before and those of a study changed in the same way."""
    folder = tmp_path_factory.mktemp("changed")
    found = {}
    for name, way in CHANGES.items():
        method = "percentile_rank" if name == "percentile_rank" else "mean"
        before = run_way(folder / name, way, method=method)
        path = write_index_workbook(before, folder / f"changed-{name}.xlsx", T)
        areas = table()
        areas.loc[[0, 15], "x3"] = [55.25, np.nan]
        areas.loc[22, "ninos"] = 250_000
        weight = {0: "direction = -1\nweight = 4.5"} if name == "given" else {0: "direction = -1"}
        after = run_way(folder / f"{name}-after", way, areas, method=method, change=weight)
        change(path, before, areas, 4.5 if name == "given" else None)
        found[name] = (path, before, after)
    return found


@pytest.fixture(scope="module")
def computed(
    written: dict[str, tuple[Path, Results]],
    changed: dict[str, tuple[Path, Results, Results]],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Sheets]:
    """The same workbooks, by the names of their files, with every formula computed anew: one start of LibreOffice."""
    paths = [path for path, *_ in (*written.values(), *changed.values())]
    again = recomputed(paths, tmp_path_factory.mktemp("again"))
    return {Path(name).stem: sheets for name, sheets in again.items()}


def index_sheet(sheets: Sheets, results: Results) -> pd.DataFrame:
    """Index, rank and level by area_code, as the workbook has them; missing where it is empty."""
    plan = make_plan(results, T)
    cells = sheets[plan.names["index"]]
    rows = {}
    for position, code in enumerate(plan.areas.index):
        line = FIRST + position + 1
        assert cells[f"A{line}"] == code
        rows[code] = [cells.get(f"{'ABCDEFG'[column]}{line}", np.nan) for column in (INDEX, RANK, LEVEL)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["index", "rank", "level"]).sort_index()


def same_tables(sheets: Sheets, results: Results) -> None:
    """Index, rank, level and the means of parent units are those of the results, to 1e-9."""
    found = index_sheet(sheets, results)
    wanted = results.areas.set_index("area_code")[["index", "rank", "level"]].astype(float).sort_index()
    assert wanted["index"].notna().sum() > 30
    np.testing.assert_allclose(found.to_numpy(float), wanted.to_numpy(float), rtol=0, atol=1e-9)
    plan = make_plan(results, T)
    parents = sheets[plan.names["parents"]]
    by_code = {parents.get(f"A{line}", ""): parents.get(f"F{line}") for line in range(6, 6 + len(plan.blocks) + 1)}
    wanted_parents = results.parents.set_index("area_code")["index"]
    assert {c: v for c, v in by_code.items() if c} == pytest.approx(wanted_parents.to_dict(), abs=1e-9)
    assert by_code[""] == pytest.approx(results.national["index"].iloc[0], abs=1e-9)


@pytest.mark.parametrize("name", EVERY)
def test_every_way_of_the_index_is_computed_by_the_workbook(name: str, written, computed):
    path, results = written[name]
    same_tables(computed[name], results)
    values = cell_values(path)
    assert different(values, computed[name]) == []  # what stands beside the formulas is what they give
    assert sum(len(cells) for cells in values.values()) > 3000


def test_contributions_of_the_workbook_are_those_of_the_results(written, computed):
    """Live with arithmetic means and DP2; an area's parts add up to its gap with the country."""
    for name in ("dp2", next(n for n, (w, _, _) in EVERY.items() if w["within"] == w["between"] == "arithmetic")):
        _, results = written[name]
        plan = make_plan(results, T)
        cells = computed[name][plan.names["contributions"]]
        wanted = results.contributions.pivot(index="area_code", columns="determinant", values="contribution")
        country = results.national["index"].iloc[0]
        for position, code in enumerate(plan.areas.index):
            line = FIRST + position + 1
            found = [cells.get(f"{'EFGHIJKLMN'[i]}{line}") for i in range(len(plan.indicators))]
            if code not in wanted.index:
                assert found == [None] * len(found)
                continue
            assert found == pytest.approx(wanted.loc[code, [i.name for i in plan.indicators]].tolist(), abs=1e-9)
            assert cells[f"D{line}"] == pytest.approx(plan.areas.at[code, "index"] - country, abs=1e-9)


def test_every_value_of_every_setting_is_among_the_ways():
    """And every two of them meet in those of the larger test."""
    assert {(k, v) for way in every_value() for k, v in way.items()} == {(k, v) for k, vs in WAYS.items() for v in vs}


@pytest.mark.bench
def test_every_two_settings_together(tmp_path: Path):
    """Some thirty workbooks in which any two settings meet in every way."""
    written = {}
    for n, way in enumerate(every_pair()):
        results = run_way(tmp_path / f"{n}", way)
        written[f"{n}.xlsx"] = (write_index_workbook(results, tmp_path / f"{n}.xlsx", T), results)
    assert len(written) > 25
    for name, sheets in recomputed([path for path, _ in written.values()], tmp_path).items():
        path, results = written[name]
        same_tables(sheets, results)
        assert different(cell_values(path), sheets) == []


def test_a_change_in_the_file_gives_the_index_of_the_changed_study(changed, computed):
    """A weight, a direction, two values and a gap are changed in the file, and in the study; both give the same."""
    for name, (_, before, after) in changed.items():
        same_tables(computed[f"changed-{name}"], after)
        assert (after.areas["index"] - before.areas["index"]).abs().max() > 1


def change(path: Path, results: Results, areas: pd.DataFrame, weight: float | None) -> None:
    """Make the changes with a spreadsheet program's means: cells of the file, nothing else."""
    plan = make_plan(results, T)
    book = openpyxl.load_workbook(path)
    data, indicators = book[plan.names["data"]], book[plan.names["indicators"]]
    names = [i.name for i in plan.indicators]
    lines = {code: FIRST + 1 + n for n, code in enumerate(plan.areas.index)}
    for row, value in ((0, 55.25), (15, None)):
        cell = data.cell(lines[areas.loc[row, "codigo"]], START + 1 + names.index("i3"))
        assert cell.value is not None
        cell.value = value
    data.cell(lines[areas.loc[22, "codigo"]], 4).value = 250_000
    row = next(r for r in range(1, 30) if indicators.cell(r, 2).value == "i0")
    assert indicators.cell(row, 4).value == 1
    indicators.cell(row, 4).value = -1
    if weight is not None:
        indicators.cell(row, 5).value = weight
    book.save(path)


def test_a_file_reads_well_before_anything_is_computed(written):
    """Codes are text with their zeros, heads stay in view, filters are on, and invented data are labelled."""
    path, results = written["dp2"]
    plan = make_plan(results, T)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "Read me"
    assert "Invented data" in [cell.value for cell in book["Read me"]["A"]]
    for key in ("data", "complete", "normalised", "dimensions", "index", "contributions"):
        sheet = book[plan.names[key]]
        assert sheet.freeze_panes == "C13"
        assert sheet.auto_filter.ref.startswith("A12:")
        assert sheet["A13"].value == plan.areas.index[0]
        assert isinstance(sheet["A13"].value, str)
        assert sheet["A13"].number_format == "@"
    assert not any(cell.value == 0 for cell in book[plan.names["data"]][f"{FIRST + 1}"][START:])


def test_an_area_without_score_and_a_filled_value(written):
    """Two areas lack too much; a filled value is the median of its unit."""
    _, results = written["dp2"]
    plan = make_plan(results, T)
    assert plan.areas["index"].isna().sum() == 2
    assert plan.filled.imputed.sum().sum() >= 5


def test_a_run_that_is_no_index_has_no_workbook(written, tmp_path: Path):
    _, results = written["dp2"]
    other = results.__class__(**{**results.__dict__, "manifest": {**results.manifest, "method": "given_risk"}})
    with pytest.raises(InputProblems) as error:
        write_index_workbook(other, tmp_path / "x.xlsx", T)
    assert [p.code for p in error.value.problems] == ["workbook_not_an_index"]
    assert not (tmp_path / "x.xlsx").exists()


def test_the_same_run_gives_the_same_bytes(written, tmp_path: Path):
    path, results = written["dp2"]
    assert write_index_workbook(results, tmp_path / "again.xlsx", T).read_bytes() == path.read_bytes()
