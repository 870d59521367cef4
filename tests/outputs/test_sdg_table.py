"""The report of SDG indicator 8.7.1 opens in a spreadsheet and carries its footnotes."""

from __future__ import annotations

import csv
import io

import pytest

from riskmodel.i18n import translator
from riskmodel.outputs.sdg_report import footnotes, printed, report_csv
from riskmodel.outputs.sdg_table import Unit, has_sdg_bands, sdg_table
from riskmodel.run import run_study
from riskmodel.study_file import read_study
from tests.small_study import write_small_study


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sdg")
    study = read_study(write_small_study(folder))
    return study, run_study(study, folder, folder / "scratch")


def test_margins_of_the_table_add_up(made):
    study, results = made
    for unit in (Unit("country", ""), Unit("parent", "01")):
        table = sdg_table(study, results, unit, "sexo_edad").set_index(["row", "column"])
        total = table.loc[("", ""), "number"]
        assert table.drop(index="").loc[(slice(None), ["hombre", "mujer"]), "number"].sum() == pytest.approx(total)
        assert (table["number_lower"] < table["number"]).all()
        assert (table["proportion_upper"] > table["proportion"]).all()
        assert table["proportion"].to_numpy() == pytest.approx((table["number"] / table["children"]).to_numpy())


@pytest.mark.parametrize(("language", "delimiter"), [("es", ";"), ("en", ",")])
def test_a_spreadsheet_of_the_country_reads_it(made, language, delimiter):
    study, results = made
    t = translator(language)
    table = printed(sdg_table(study, results, Unit("country", ""), "sexo_edad"), study, "sexo_edad", t)
    notes = footnotes(study, results, "sexo_edad", "Aquí", t)
    rows = list(csv.reader(io.StringIO(report_csv(table, "Título", notes, t).decode("utf-8-sig")), delimiter=delimiter))
    assert rows[0] == ["Título"]
    assert rows[2] == list(table.columns)
    assert len(rows[3]) == 1 + 4 * 3
    assert [r[0] for r in rows[3:7]] == ["5 a 11 años", "12 a 14 años", "15 a 17 años", "Total"]
    said = " ".join(r[0] for r in rows[8:])
    assert study.outcome.definition in said
    assert results.manifest["fingerprint"] in said
    assert "8.7.1" not in said  # the ages are those of the indicator: nothing to warn of


def test_other_bands_are_not_those_of_the_indicator(made):
    study, _ = made
    assert has_sdg_bands(study, "sexo_edad")
    wide = study.group[0].model_copy(update={
        "population": study.group[0].population.model_copy(update={"bands": {"5 a 13": (5, 13), "14 a 17": (14, 17)}})
    })  # fmt: skip
    other = study.model_copy(update={"group": (wide, study.group[1])})
    assert not has_sdg_bands(other, "sexo_edad")
