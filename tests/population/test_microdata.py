"""Scoring a population: equal to plain numpy, whatever the file; sums add up; nobody disappears silently."""

from __future__ import annotations

import gzip
import io

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from riskmodel.i18n import say, translator
from riskmodel.population.engine import EngineSettings
from riskmodel.population.microdata import score_population
from riskmodel.problems import InputProblems, Problem
from riskmodel.progress import Cancelled
from tests.population.world import by_hand, fitted, people, scored, study_of

CENSUS = people(6000, seed=2)


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """The census as it is, scored from one Parquet file."""
    return scored(tmp_path_factory.mktemp("usual"), CENSUS)


def codes(problems: tuple[Problem, ...]) -> set[str]:
    return {p.code for p in problems}


def test_engine_equals_plain_numpy(usual):
    got, want = usual, by_hand(CENSUS, fitted())
    assert got.areas["area_code"].to_list() == want["area_code"].to_list()
    for column in ("children", "area_risk", "se"):
        assert got.areas[column].to_numpy() == pytest.approx(want[column].to_numpy(), rel=1e-12)
    terms = fitted().terms.names
    assert got.gradient[terms].to_numpy() == pytest.approx(want[terms].to_numpy(), rel=1e-11)
    assert (got.areas["unscored_share"] == 0).all()
    assert not got.problems


def as_semicolon_latin1(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, sep=";", decimal=",").encode("cp1252")


FILES = {
    "censo.csv": lambda t: t.to_csv(index=False).encode(),
    "latin.csv": as_semicolon_latin1,
    "utf16.csv": lambda t: t.to_csv(index=False, sep="\t").encode("utf-16"),
    "bom.csv.gz": lambda t: gzip.compress(b"\xef\xbb\xbf" + t.to_csv(index=False, sep="|").encode()),
    "latin.csv.gz": lambda t: gzip.compress(as_semicolon_latin1(t)),
}


@pytest.mark.parametrize("name", FILES)
def test_text_files_give_the_same_as_parquet(tmp_path, usual, name):
    accented = CENSUS.assign(pueblo="Ñuñoa – ¿qué?")
    (tmp_path / name).write_bytes(FILES[name](accented))
    got = score_population(study_of(name), tmp_path, fitted(), scratch=tmp_path / "scratch")
    want = usual
    assert_frame_equal(got.areas, want.areas, rtol=1e-13)
    assert_frame_equal(got.groups, want.groups, rtol=1e-13)
    assert list((tmp_path / "scratch").iterdir()) == []


def test_accented_categories_survive_another_encoding(tmp_path):
    table = CENSUS.assign(etnia=np.where(CENSUS["sexo"] == 1, "guaraní", "ñandú"))
    (tmp_path / "latin.csv").write_bytes(as_semicolon_latin1(table))
    got = score_population(study_of("latin.csv"), tmp_path, fitted())
    assert set(got.groups.loc[got.groups["group"] == "etnia", "category"]) == {"guaraní", "ñandú"}


def test_many_files_and_a_workbook_give_the_same(tmp_path, usual):
    want = usual
    (tmp_path / "partes").mkdir()
    for part, rows in CENSUS.groupby(CENSUS.index % 3):
        rows.to_parquet(tmp_path / "partes" / f"{part}.parquet", index=False)
    got = score_population(study_of("partes/*.parquet"), tmp_path, fitted())
    assert_frame_equal(got.areas, want.areas)
    CENSUS.to_excel(tmp_path / "censo.xlsx", index=False)
    assert_frame_equal(score_population(study_of("censo.xlsx"), tmp_path, fitted()).areas, want.areas)


def test_same_bytes_whatever_the_order_of_rows_and_threads(tmp_path, usual):
    want = usual
    CENSUS.sample(frac=1, random_state=3).to_parquet(tmp_path / "otro.parquet", index=False)
    for threads in (1, 4):
        settings = EngineSettings(threads=threads)
        got = score_population(study_of("otro.parquet"), tmp_path, fitted(), settings=settings)
        for table in ("areas", "gradient", "groups", "profiles", "area_profiles", "shares"):
            assert_frame_equal(getattr(got, table), getattr(want, table), check_exact=True)


def test_country_is_the_weighted_mean_of_its_areas(usual):
    got = usual
    mean = np.average(got.areas["area_risk"], weights=got.areas["scored"])
    assert got.national["area_risk"] == pytest.approx(mean, rel=1e-12)
    assert got.national["children"] == got.areas["children"].sum()
    gradient = np.average(got.gradient, axis=0, weights=got.areas["scored"])
    assert got.national_gradient.to_numpy() == pytest.approx(gradient, rel=1e-12)


def test_groups_add_up_to_their_area_and_use_harmonised_names(usual):
    got = usual
    groups = got.groups
    sex = groups[groups["group"] == "sex"]
    assert set(sex["category"]) == {"hombre", "mujer"}
    assert set(groups.loc[groups["group"] == "etnia", "category"]) == {"a", "b", ""}
    for name in ("sex", "etnia"):
        rows = groups[(groups["group"] == name) & (groups["area_code"] != "")]
        expected = (rows["area_risk"] * rows["children"]).groupby(rows["area_code"]).sum()
        area = got.areas.set_index("area_code")
        assert expected.to_numpy() == pytest.approx((area["area_risk"] * area["children"]).to_numpy(), rel=1e-12)
        assert rows.groupby("area_code")["children"].sum().to_list() == area["children"].to_list()
    country = sex[sex["area_code"] == ""]
    assert country["children"].sum() == got.national["children"]
    assert (sex["se"] > 0).all()


def test_profiles_hold_every_scored_child_and_give_back_the_risk(usual):
    got, model = usual, fitted()
    assert got.profiles["profile"].to_list() == list(range(len(got.profiles)))
    risk = model.predict(got.profiles).set_axis(got.profiles["profile"])
    rows = got.area_profiles
    total = rows.groupby("area_code")["weight"].sum()
    assert total.to_numpy() == pytest.approx(got.areas["scored"].to_numpy())
    mean = (rows["weight"] * rows["profile"].map(risk)).groupby(rows["area_code"]).sum() / total
    assert mean.to_numpy() == pytest.approx(got.areas["area_risk"].to_numpy(), rel=1e-12)


def test_numbers_with_many_values_are_binned(tmp_path):
    table = CENSUS.assign(edad=CENSUS["edad"] + np.linspace(0, 0.9, len(CENSUS)))
    got = scored(tmp_path, table)
    assert got.profiles["age"].nunique() <= 40
    age = got.area_profiles["profile"].map(got.profiles.set_index("profile")["age"])
    children = table[table["edad"].between(5, 17)]
    mean = np.average(age, weights=got.area_profiles["weight"])
    assert mean == pytest.approx(np.average(children["edad"], weights=children["factor"]), rel=1e-9)


def test_an_unknown_category_is_not_scored_as_the_reference(tmp_path):
    strange = CENSUS.assign(zona=CENSUS["zona"].where((CENSUS.index % 10) != 0, "dispersa"))
    got, want = scored(tmp_path, strange), by_hand(strange[strange["zona"] != "dispersa"], fitted())
    assert got.areas["area_risk"].to_numpy() == pytest.approx(want["area_risk"].to_numpy(), rel=1e-12)
    assert got.areas["scored"].to_list() == want["children"].to_list()
    assert got.areas["children"].to_list() == by_hand(CENSUS, fitted())["children"].to_list()
    assert (got.areas["unscored_share"] > 0).any()
    (problem,) = got.problems
    counted = int(((strange["zona"] == "dispersa") & strange["edad"].between(5, 17)).sum())
    assert (problem.code, problem.severity, problem.where.column) == (
        "population_unknown_categories",
        "warning",
        "zona",
    )
    assert problem.values["count"] == counted
    assert problem.values["categories"] == [f"dispersa ({counted})"]
    assert "dispersa" in set(got.shares["category"])


def test_missing_values_and_codes_without_a_name_are_counted(tmp_path):
    table = CENSUS.astype({"sexo": "float", "grado": "float", "edad": "float"})
    table.loc[::7, "sexo"] = np.nan
    table.loc[1::50, "sexo"] = 9
    table.loc[2::40, "grado"] = 99
    got = scored(tmp_path, table)
    assert codes(got.problems) == {
        "population_missing_values",
        "population_unknown_categories",
        "population_outside_bands",
    }
    lost = table["sexo"].isna() | (table["sexo"] == 9) | (table["grado"] == 99)
    want = by_hand(table[~lost], fitted())
    assert got.areas["area_risk"].to_numpy() == pytest.approx(want["area_risk"].to_numpy(), rel=1e-12)
    for problem in got.problems:
        assert say(problem, translator("en")).what


def refused(folder, table, **changes) -> set[str]:
    with pytest.raises(InputProblems) as raised:
        scored(folder, table, **changes)
    for problem in raised.value.problems:
        said = say(problem, translator("en"))
        assert said.what
        assert said.mend
    return codes(raised.value.problems)


def test_bad_populations_are_told(tmp_path):
    assert refused(tmp_path, CENSUS.assign(factor=0)) == {"population_weight_not_positive"}
    assert "population_weight_not_positive" in refused(tmp_path, CENSUS.assign(factor="mucho"))
    assert refused(tmp_path, CENSUS.assign(factor="20.014.693.005")) == {
        "population_weight_not_positive",
        "population_number_marks",
    }
    assert "column_missing" in refused_without_words(tmp_path, CENSUS.drop(columns="zona"))
    assert "population_mostly_unscored" in refused(tmp_path, CENSUS.assign(zona="otra"))
    assert "population_no_children" in refused(tmp_path, CENSUS.assign(edad=40))
    assert "population_area_missing" in refused(tmp_path, CENSUS.assign(area=""))
    assert "population_too_many_categories" in refused(tmp_path, CENSUS.assign(zona=CENSUS.index.astype(str) + "x"))
    assert "population_group_too_many" in refused(tmp_path, CENSUS.assign(etnia=CENSUS.index.astype(str)))


def refused_without_words(folder, table) -> set[str]:
    with pytest.raises(InputProblems) as raised:
        scored(folder, table)
    return codes(raised.value.problems)


def test_absent_and_damaged_files_are_told(tmp_path):
    with pytest.raises(InputProblems) as raised:
        score_population(study_of("nada.parquet"), tmp_path, fitted())
    assert codes(raised.value.problems) == {"file_not_found"}
    text = io.StringIO()
    CENSUS.to_csv(text, index=False)
    lines = text.getvalue().splitlines()
    lines[4000] = lines[4000] + ",1,2,3"
    (tmp_path / "roto.csv").write_text("\n".join(lines))
    with pytest.raises(InputProblems) as raised:
        score_population(study_of("roto.csv"), tmp_path, fitted())
    assert codes(raised.value.problems) == {"population_not_readable"}


def test_files_of_other_kinds_together_are_told(tmp_path):
    CENSUS.to_csv(tmp_path / "censo.csv", index=False)
    CENSUS.to_parquet(tmp_path / "censo.parquet", index=False)
    with pytest.raises(InputProblems) as raised:
        score_population(study_of("censo.*"), tmp_path, fitted())
    assert codes(raised.value.problems) == {"population_files_mixed"}


def test_a_column_that_is_text_in_one_file_and_number_in_another_is_read_or_told(tmp_path):
    CENSUS.iloc[:3000].to_parquet(tmp_path / "a.parquet", index=False)
    CENSUS.iloc[3000:].astype({"sexo": "str"}).to_parquet(tmp_path / "b.parquet", index=False)
    got = score_population(study_of("*.parquet"), tmp_path, fitted())
    assert got.areas["area_risk"].to_numpy() == pytest.approx(by_hand(CENSUS, fitted())["area_risk"].to_numpy())
    CENSUS.iloc[4500:].assign(sexo="x").to_parquet(tmp_path / "b.parquet", index=False)
    got = score_population(study_of("*.parquet"), tmp_path, fitted())
    assert codes(got.problems) == {"population_unknown_categories"}


def test_children_without_area_or_age_are_left_out_with_a_warning(tmp_path):
    table = CENSUS.astype({"edad": "float"})
    table.loc[::9, "area"] = None
    table.loc[5::100, "edad"] = np.nan
    got = scored(tmp_path, table)
    assert codes(got.problems) == {"population_area_missing", "population_age_missing"}
    assert got.areas["area_risk"].to_numpy() == pytest.approx(
        by_hand(table.dropna(subset=["area", "edad"]), fitted())["area_risk"].to_numpy(), rel=1e-12
    )


def test_codes_from_a_spreadsheet_lose_their_decimals(tmp_path):
    table = CENSUS.assign(area=CENSUS["area"].str.lstrip("0") + ".0 ")
    got = scored(tmp_path, table)
    assert got.areas["area_code"].to_list() == sorted({code.lstrip("0") for code in CENSUS["area"]})


def test_progress_can_stop_and_leaves_nothing_behind(tmp_path):
    def progress(step: str, share: float) -> None:
        if share > 0.4:
            raise Cancelled

    CENSUS.to_csv(tmp_path / "censo.csv", index=False)
    with pytest.raises(Cancelled):
        score_population(study_of("censo.csv"), tmp_path, fitted(), progress, tmp_path / "scratch")
    assert list((tmp_path / "scratch").iterdir()) == []
