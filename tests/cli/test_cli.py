"""The command line: exit codes, what is written, and what bad input costs (nothing)."""

from __future__ import annotations

import json
import re
import shutil

import pandas as pd
import pytest

import cli
from riskmodel.i18n import say, translator
from riskmodel.problems import problems_of
from tests.bad_inputs import BAD, WARNED, edit, frame
from tests.small_study import write_small_study


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small study and its finished run."""
    folder = tmp_path_factory.mktemp("cli")
    path = write_small_study(folder / "study")
    assert cli.main(["run", str(path), "--out", str(folder / "out")]) == cli.DONE
    return folder


def test_run_writes_every_table(made):
    names = {p.name for p in (made / "out").iterdir()}
    tables = ("areas", "parents", "national", "groups", "coefficients", "harmonisation", "contributions", "priorities")
    assert {f"{t}.csv" for t in tables} | {f"{t}.parquet" for t in tables} <= names
    assert {"manifest.json", "diagnostics.json", "map.gpkg", "map.geojson"} <= names


def test_country_is_the_weighted_mean_of_areas_and_counts_add_up(made):
    areas = pd.read_parquet(made / "out" / "areas.parquet")
    national = pd.read_parquet(made / "out" / "national.parquet").iloc[0]
    assert (areas["area_risk"] * areas["children"]).sum() / areas["children"].sum() == pytest.approx(
        national["area_risk"]
    )
    assert areas["expected_count"].sum() == pytest.approx(national["expected_count"])


def test_contributions_add_up_to_the_gap_with_the_country(made):
    areas = pd.read_parquet(made / "out" / "areas.parquet").set_index("area_code")["area_risk"]
    national = pd.read_parquet(made / "out" / "national.parquet")["area_risk"].iloc[0]
    parts = pd.read_parquet(made / "out" / "contributions.parquet").groupby("area_code")["contribution"].sum()
    assert parts.to_numpy() == pytest.approx((areas.reindex(parts.index) - national).to_numpy(), abs=1e-12)


def test_the_same_study_gives_the_same_bytes_in_every_table(made, tmp_path):
    assert cli.main(["run", str(made / "study"), "--out", str(tmp_path / "again")]) == cli.DONE
    for first in sorted((made / "out").glob("*.csv")) + sorted((made / "out").glob("*.parquet")):
        assert (tmp_path / "again" / first.name).read_bytes() == first.read_bytes(), first.name


def test_manifest_says_what_was_used(made):
    manifest = json.loads((made / "out" / "manifest.json").read_text())
    assert {i["file"] for i in manifest["inputs"]} == {"encuesta.csv", "censo.csv", "municipios.csv", "limites.geojson"}
    assert all(len(i["sha256"]) == 64 for i in manifest["inputs"])
    assert manifest["interval"] == "coefficients"
    assert manifest["synthetic"] is True


def test_no_person_is_written(made):
    """No table has as many rows as children, and none holds a probability per child."""
    for path in (made / "out").glob("*.parquet"):
        assert len(pd.read_parquet(path)) < 200, path.name


def test_check_says_ready(made, capsys):
    assert cli.main(["check", str(made / "study"), "--language", "es"]) == cli.DONE
    assert "listos" in capsys.readouterr().out.lower()


def test_sheets_are_one_page_each(made, tmp_path):
    from pypdf import PdfReader

    assert cli.main(["sheets", str(made / "out"), "--area", "0103", "--one-page", "--out", str(tmp_path)]) == cli.DONE
    reader = PdfReader(tmp_path / "0103.pdf")
    assert len(reader.pages) == 1
    assert "Cañada" in reader.pages[0].extract_text()


def test_sheet_of_a_parent_unit(made, tmp_path, capsys):
    from pypdf import PdfReader

    parents = pd.read_parquet(made / "out" / "parents.parquet")
    code, name = parents.iloc[0][["area_code", "area_name"]]
    assert cli.main(["sheets", str(made / "out"), "--parent", code, "--out", str(tmp_path)]) == cli.DONE
    assert [path.name for path in tmp_path.glob("*.pdf")] == [f"parent_{code}.pdf"]
    assert name in PdfReader(tmp_path / f"parent_{code}.pdf").pages[0].extract_text()
    assert cli.main(["sheets", str(made / "out"), "--parent", "XX", "--out", str(tmp_path)]) == cli.PROBLEMS
    assert "XX" in capsys.readouterr().err


def test_json_is_for_machines(made, tmp_path, capsys):
    assert cli.main(["run", str(made / "study"), "--out", str(tmp_path / "o"), "--json"]) == cli.DONE
    told = capsys.readouterr()
    assert json.loads(told.out)["out"].endswith("o")
    assert all("share" in json.loads(line) for line in told.err.splitlines())


def test_wrong_use_is_2():
    for arguments in ([], ["fly"], ["run"], ["run", "x.toml"]):
        with pytest.raises(SystemExit) as caught:
            cli.main(arguments)
        assert caught.value.code == 2


# In English the check below says each of them, but what only the fit finds.
@pytest.mark.parametrize(("case", "language"), [*((case, "es") for case in BAD), ("separation", "en")])
def test_bad_input_is_told_and_costs_nothing(case, language, made, tmp_path, capsys):
    """Exit 1, place and mend in words, no traceback, earlier results untouched."""
    spoil, named = BAD[case]
    shutil.copytree(made / "study", tmp_path / "study")
    shutil.copytree(made / "out", tmp_path / "out")
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    spoil(tmp_path / "study")
    code = cli.main(["run", str(tmp_path / "study"), "--out", str(tmp_path / "out"), "--language", language])
    told = capsys.readouterr().err
    assert code == cli.PROBLEMS
    assert named in told
    assert "Error: " in told
    assert "Traceback" not in told
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before


# `say` puts any problem into any language (tests/i18n); a whole run in one language is enough here.
@pytest.mark.parametrize(("case", "language"), [(case, ("es", "en")[place % 2]) for place, case in enumerate(WARNED)])
def test_doubtful_input_is_warned_and_runs(case, language, made, tmp_path, capsys):
    """The run goes on; what is doubtful is said in words with its mend, and kept in problems.csv."""
    spoil, named = WARNED[case]
    shutil.copytree(made / "study", tmp_path / "study")
    spoil(tmp_path / "study")
    asked = ["run", str(tmp_path / "study"), "--out", str(tmp_path / "out"), "--language", language]
    assert cli.main(asked) == cli.DONE
    told = capsys.readouterr().err
    warned = [p for p in problems_of(pd.read_parquet(tmp_path / "out" / "problems.parquet")) if p.severity == "warning"]
    assert warned
    for problem in warned:
        said = say(problem, translator(language))
        assert said.what in told
        assert said.mend in told
    assert named in told


@pytest.mark.parametrize("case", [*(c for c in BAD if c != "separation"), *WARNED])
def test_check_tells_what_the_run_would(case, made, tmp_path, capsys):
    """Before the minutes of a run; only what the fit itself finds, as separation, waits for the run."""
    spoil, named = (BAD | WARNED)[case]
    shutil.copytree(made / "study", tmp_path / "study")
    spoil(tmp_path / "study")
    code = cli.main(["check", str(tmp_path / "study"), "--language", "en"])
    assert code == (cli.PROBLEMS if case in BAD else cli.DONE)
    assert named in capsys.readouterr().err


def test_check_shows_survey_and_population_side_by_side(made, capsys):
    assert cli.main(["check", str(made / "study"), "--language", "en"]) == cli.DONE
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    shares = pd.read_parquet(made / "out" / "harmonisation.parquet").set_index("category")
    shown = {line[1]: line[2:4] for line in lines if len(line) == 5 and line[1] in shares.index}
    wanted = {c: [f"{100 * r.survey_share:.1f}", f"{100 * r.population_share:.1f}"] for c, r in shares.iterrows()}
    assert shown == wanted


def with_areas(folder, codes):
    """Give every child of the survey an area, and the study the column that holds it."""
    frame(lambda t: t.assign(mun=[codes[i % len(codes)] for i in range(len(t))]))(folder)
    edit("study.toml", lambda s: s.replace('psu = "upm"', 'psu = "upm"\narea_code = "mun"'))(folder)


@pytest.mark.parametrize("codes", [None, ["0101", "0102", "0201"]])
def test_an_interval_without_area_effects_is_told_to_be_too_narrow(codes, made, tmp_path, capsys):
    shutil.copytree(made / "study", tmp_path / "study")
    if codes:
        with_areas(tmp_path / "study", codes)
    assert cli.main(["run", str(tmp_path / "study"), "--out", str(tmp_path / "out")]) == cli.DONE
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["interval"] == "coefficients"
    problems = pd.read_parquet(tmp_path / "out" / "problems.parquet").set_index("code")
    found = problems.loc["area_variance_few_areas" if codes else "area_variance_no_column"]
    assert (found["severity"], found["key"]) == ("warning", "survey.area_code")


def test_areas_of_the_survey_that_are_not_those_of_the_population_stop_the_run(made, tmp_path, capsys):
    shutil.copytree(made / "study", tmp_path / "study")
    with_areas(tmp_path / "study", ["01", "02"])  # departments, not municipalities
    assert cli.main(["run", str(tmp_path / "study"), "--out", str(tmp_path / "out")]) == cli.PROBLEMS
    told = capsys.readouterr().err
    assert "encuesta.csv" in told
    assert "censo.csv" in told


def test_children_of_an_unknown_category_are_counted_not_scored_as_the_reference(made, tmp_path):
    shutil.copytree(made / "study", tmp_path / "study")
    WARNED["category unknown to the survey"][0](tmp_path / "study")
    assert cli.main(["run", str(tmp_path / "study"), "--out", str(tmp_path / "out")]) == cli.DONE
    areas = pd.read_parquet(tmp_path / "out" / "areas.parquet").set_index("area_code")
    assert areas.loc["0101", "unscored_share"] > 0
    assert (areas.drop("0101")["unscored_share"] == 0).all()


def test_files_of_the_person_in_the_results_folder_are_kept(made, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(made / "out", out)
    (out / "notas.docx").write_text("mis notas")
    assert cli.main(["run", str(made / "study"), "--out", str(out)]) == cli.DONE
    assert (out / "notas.docx").read_text() == "mis notas"


def margins_of(folder):
    """The small study with the totals of its census in place of the census; gives the table."""
    path = write_small_study(folder)
    census = pd.read_csv(folder / "censo.csv", dtype={"codigo": str})
    children = census[census["edad"].between(5, 17)]
    parts = [
        children.groupby(["codigo", name]).size().rename("n").rename_axis(["codigo", "categoria"]).reset_index()
        for name in ("sexo", "area")
    ]
    table = pd.concat([part.assign(variable=name) for part, name in zip(parts, ("sexo", "area"), strict=True)])
    table.to_csv(folder / "totales.csv", index=False)
    (folder / "censo.csv").unlink()
    keys = 'kind = "margins"\ndeterminant = "variable"\ncategory = "categoria"\ncount = "n"\ncoverage = 0.72\n'
    text = path.read_text(encoding="utf-8").replace('file = "censo.csv"\n', f'file = "totales.csv"\n{keys}')
    text = re.sub(r"\[\[group\]\]\n(\w.*\n)+", "", text)  # bands of age are in no total
    path.write_text(text, encoding="utf-8")
    return table


def test_totals_run_to_nearly_what_the_census_gives(made, tmp_path):
    margins_of(tmp_path / "study")
    assert cli.main(["check", str(tmp_path / "study")]) == cli.DONE
    assert cli.main(["run", str(tmp_path / "study"), "--out", str(tmp_path / "out")]) == cli.DONE
    want = pd.read_parquet(made / "out" / "areas.parquet")
    got = pd.read_parquet(tmp_path / "out" / "areas.parquet")
    assert got["children"].tolist() == want["children"].tolist()
    assert (got["area_risk"] - want["area_risk"]).abs().max() < 0.005
    assert pd.read_csv(tmp_path / "out" / "raking.csv")["met"].all()
    assert json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["coverage"] == 0.72
    assert "population_coverage" in set(pd.read_csv(tmp_path / "out" / "problems.csv")["code"])


def test_bad_totals_are_told_by_check(tmp_path, capsys):
    table = margins_of(tmp_path / "study")
    table.assign(n=table["n"].where(table["categoria"] != "H", -3)).to_csv(
        tmp_path / "study" / "totales.csv", index=False
    )
    assert cli.main(["check", str(tmp_path / "study")]) == cli.PROBLEMS
    said = capsys.readouterr()
    assert "totales.csv" in said.out + said.err
