"""Content of the sheet: numbers are those of the frames, and what is not known is left out."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from riskmodel.outputs.sheet_content import sheet_content
from riskmodel.outputs.sheet_ready import ready
from riskmodel.outputs.sheet_tables import label_of
from riskmodel.problems import InputProblems
from tests.outputs.cases import LONG_NAME, make_results, study_of


def everything(content: dict) -> str:
    return json.dumps(content, ensure_ascii=False)


def test_typical_sheet_says_what_the_frames_say(model_results, t):
    content = sheet_content(model_results, "001", t)
    area = model_results.areas.iloc[0]
    assert content["headline"] == (
        "Of every 100 children and adolescents aged 5 to 17, between 9 and 14 would be in child labour."
    )
    assert content["number"]["big"] == "11.4%"
    assert content["number"]["interval"] == "95% interval: 9.0% to 13.8%"
    assert content["header"]["place"] == "San José de Ñandú"
    assert content["header"]["within"] == "Costa Alta · República de Nácar"
    assert content["header"]["years"] == "Data of 2018 · 2024"
    level, rank, expected = content["facts"]
    assert level["text"] == f"Within Costa Alta: {level['big']}. Firm: the same level in 93% of the simulations."
    assert rank["big"] == f"{area['rank']} of 59"  # one of the 60 has no estimate
    assert expected["big"] == "1,239"  # 0.114 × 10,870
    assert expected["text"].startswith("Between 984 and 1,495, of the 10,870 children")
    assert "Synthetic data" in content["notices"][0]
    assert content["caution"].startswith("This is an estimate about a territory, not about any child or family.")
    assert "a1b2c3d4e5f6" in content["imprint"]
    assert json.loads(everything(content)) == content


def test_chart_positions_are_shares_of_one_axis(model_results, t):
    chart = sheet_content(model_results, "001", t)["chart"]
    # the highest interval ends at 0.3335, so the axis ends at 40 %
    assert [tick["label"] for tick in chart["ticks"]] == ["0", "10", "20", "30", "40"]
    assert chart["value"] == pytest.approx(0.114 / 0.4)
    assert chart["interval"] == pytest.approx([(0.114 - 1.96 * 0.012) / 0.4, (0.114 + 1.96 * 0.012) / 0.4])
    assert chart["country"] == pytest.approx(model_results.national["area_risk"].iloc[0] / 0.4)
    assert max(chart["bars"]) == 1
    assert chart["ticks"] == sheet_content(model_results, "005", t)["chart"]["ticks"]
    assert "11.4%" in chart["alt"]


@pytest.mark.parametrize(
    ("factor", "labels"), [(0.05, "0.0 0.5 1.0 1.5 2.0"), (0.4, "0 5 10 15"), (0.02, "0.0 0.2 0.4 0.6 0.8")]
)
def test_axis_marks_are_exact(factor, labels, t):
    results = make_results("given_risk")
    areas = results.areas.assign(area_risk=results.areas["area_risk"] * factor)
    chart = sheet_content(replace(results, areas=areas), "001", t)["chart"]
    assert " ".join(tick["label"] for tick in chart["ticks"]) == labels


def test_steps_mark_the_level_of_the_area(model_results, t):
    steps = sheet_content(model_results, "005", t)["levels"]["steps"]
    assert [(s["name"], s["here"]) for s in steps] == [("Low", False), ("Medium", False), ("High", True)]
    assert steps[2]["range"].endswith("31.0")
    assert not any(s["here"] for s in sheet_content(model_results, "003", t)["levels"]["steps"])


def test_factors_are_ordered_and_complete(model_results, t):
    factors = sheet_content(model_results, "001", t)["factors"]
    risk, protective = factors["lists"]
    assert [(r["label"], r["text"]) for r in risk["rows"]] == [
        ("Rama de actividad de la jefatura del hogar", "+2.1"),
        ("Asistencia a la escuela", "+1.4"),
        ("Área urbana o rural", "+0.8"),
    ]  # 0.02 points print as nothing and are no factor
    assert [r["text"] for r in protective["rows"]] == ["−0.8", "−0.4", "−0.1"]
    assert risk["rows"][0]["share"] == 1
    assert risk["rows"][1]["share"] == pytest.approx(0.0141 / 0.021)
    assert risk["more"] == ["3 others: +4.3", "2 others: +2.2", "1 other: +0.8", ""]
    assert "associated" in factors["intro"]
    assert "cause" not in everything(factors).replace("not proven causes", "")


def test_groups_stand_beside_the_country_and_hide_small_cells(model_results, t):
    groups = sheet_content(model_results, "001", t)["groups"]
    assert [b["label"] for b in groups["blocks"]] == ["Sexo", "Área urbana o rural", "Grupo edad"]
    assert groups["blocks"][0]["rows"][1]["cells"] == ["Niños", "14.5", "12.5 to 16.5", "11.6"]
    assert groups["note"] == ""
    hidden = sheet_content(model_results, "002", t)["groups"]
    assert hidden["blocks"][1]["rows"][1]["cells"] == ["Rural", "—", "", "13.6"]
    assert "fewer than 30" in hidden["note"]


def test_profile_weights_larger_units_by_children(model_results, t):
    profile = sheet_content(model_results, "001", t)["profile"]
    assert profile["columns"] == ["", "This territory", "Costa Alta", "República de Nácar"]
    rows = {row["label"]: row["cells"] for row in profile["rows"]}
    assert rows["Risk of child labour (%)"][0] == "11.4"
    own = model_results.areas
    crops = model_results.indicators["agriculture"]
    inside = own["parent_code"] == "D0"
    expected = [(crops[m] * own["children"][m]).sum() / own["children"][m].sum() for m in (inside, inside | True)]
    assert rows["Ocupados en agricultura (%)"] == ["34.2", *(f"{e:.1f}" for e in expected)]
    assert rows["Ocupados sin contrato (%)"][0] == "—"
    assert len(rows["Índice de desarrollo humano"][0].split(".")[1]) == 3
    assert "weighted by children" in profile["note"]


def test_means_of_larger_units_by_hand(model_results):
    areas = model_results.areas.iloc[:4].assign(children=[1.0, 3.0, 5.0, None], parent_code=["A", "A", "B", "B"])
    indicators = pd.DataFrame({"area_code": areas["area_code"], "agriculture": [10.0, 20.0, None, 40.0]})
    found = ready(replace(model_results, areas=areas, indicators=indicators))
    assert found.parent_mean_of["agriculture"]["A"] == pytest.approx(17.5)
    assert pd.isna(found.parent_mean_of["agriculture"]["B"])  # no area has both
    assert found.national_means["agriculture"] == pytest.approx(17.5)


def test_no_estimate_is_said_and_is_not_low(model_results, t):
    content = sheet_content(model_results, "003", t)
    assert content["headline"] == "There is no estimate for this territory."
    assert "does not mean low risk" in content["subline"]
    assert content["number"] is None
    assert content["chart"] is None
    assert content["factors"] is None
    assert [fact["label"] for fact in content["facts"]] == ["Population"]


def test_index_route_speaks_of_an_index(index_results, t):
    content = sheet_content(index_results, "001", t)
    assert content["headline"] == "Vulnerability to child labour: index 37.1 of 100."
    assert content["chart"]["interval"] is None
    assert [tick["label"] for tick in content["chart"]["ticks"]] == ["0", "25", "50", "75", "100"]
    assert [r["text"] for r in content["factors"]["lists"][0]["rows"]] == ["+3.1", "+2.2", "+1.4", "+0.9", "+0.7"]
    assert content["factors"]["lists"][0]["more"][-1] == "1 other: +0.2"
    notes = {note["label"]: note["text"] for note in content["notes"]}
    assert notes["Left out"] == ("Not available with this method or these data: interval, expected number, and groups.")
    assert "Interval" not in notes
    assert "risk" not in content["headline"] + content["subline"] + everything(content["facts"])


def test_given_risk_without_error(given_results, t):
    content = sheet_content(given_results, "001", t)
    assert "about 11 would be" in content["headline"]
    assert content["number"]["interval"] == ""
    assert content["groups"] is None
    assert content["factors"] is None
    notes = {note["label"]: note["text"] for note in content["notes"]}
    assert notes["Interval"] == "The source gives no error, so no interval can be shown."
    assert notes["Method"].startswith("The risk was taken from the table")


def test_no_children_and_no_parents(given_results, t):
    areas = given_results.areas.assign(
        children=float("nan"), expected_count=float("nan"), parent_code=pd.NA, parent_name=pd.NA
    )
    areas["level_parent"] = pd.NA
    national = given_results.national.assign(area_risk=float("nan"), children=float("nan"))
    content = sheet_content(replace(given_results, areas=areas, parents=pd.DataFrame(), national=national), "001", t)
    assert [fact["label"] for fact in content["facts"]] == ["Level in the country", "Place in the country"]
    assert content["subline"] == ""
    assert content["header"]["within"] == "República de Nácar"
    assert content["chart"]["country"] is None
    assert content["profile"]["note"] == ""
    assert content["profile"]["rows"][0]["label"] == "Risk of child labour (%)"
    assert "Children and adolescents" not in everything(content["profile"])


@pytest.mark.parametrize("published", [4.56, float("nan")])
def test_small_counts_are_not_printed(published, given_results, t):
    areas = given_results.areas.copy()
    areas.loc[0, ["children", "expected_count"]] = 40.0, published  # 0.114 × 40
    expected = sheet_content(replace(given_results, areas=areas), "001", t)["facts"][-1]
    assert expected["big"] == "Fewer than 10"
    assert "4.6" not in everything(expected)


def test_children_left_out_are_a_notice(model_results, t):
    areas = model_results.areas.assign(unscored_share=0.27)
    notices = sheet_content(replace(model_results, areas=areas), "001", t)["notices"]
    assert "27% of the children here" in notices[1]


def test_only_synthetic_studies_are_labelled_so(t):
    assert sheet_content(make_results(synthetic=False), "001", t)["notices"] == []


def test_notes_name_definition_sources_years_and_limits(model_results, t):
    notes = {note["label"]: note["text"] for note in sheet_content(model_results, "001", t)["notes"]}
    assert notes["Definition"] == "Trabajo infantil, 5 a 17 años: Trabajó o tenía empleo en la semana de referencia."
    assert notes["Sources"] == "Encuesta de hogares (2024); Censo nacional (2018); Registro de municipios (2018)."
    assert "does not cover what the factors leave unexplained" in notes["Interval"]
    assert notes["Levels"].startswith("3 levels by natural breaks")
    assert "0.83" in notes["Levels"]


def test_the_interval_says_that_it_covers_the_area(model_results, t):
    covered = replace(
        model_results,
        manifest=dict(model_results.manifest) | {"interval": "coefficients_and_areas"},
        diagnostics={"area_variance": {"sd": 0.2404, "areas": 330}},
    )
    text = {note["label"]: note["text"] for note in sheet_content(covered, "001", t)["notes"]}["Interval"]
    assert "standard deviation 0.24 on the logit scale, estimated from 330 areas" in text
    assert "does not cover what the factors" not in text


def test_unknown_code_is_a_problem(model_results, t):
    with pytest.raises(InputProblems) as raised:
        sheet_content(model_results, "999", t)
    assert raised.value.problems[0].code == "area_unknown"
    assert raised.value.problems[0].values == {"area_code": "999"}


def test_labels_fall_back_to_readable_names():
    study = study_of("risk_model")
    assert label_of(study, "sexo") == "Sexo"  # a column of groups, known by its determinant
    assert label_of(study, "hdi") == "Índice de desarrollo humano"
    assert label_of(study, "grupo_edad") == "Grupo edad"


def test_long_name_stays_whole(model_results, t):
    assert sheet_content(model_results, "002", t)["header"]["place"] == LONG_NAME


def test_what_the_source_does_not_cover_and_where_combinations_come_from_is_said(model_results, t):
    study = json.loads(json.dumps(dict(model_results.manifest["study"])))
    counts = {"kind": "margins", "count": "n", "determinant": "d", "category": "c", "weight": "", "coverage": 0.72}
    study["population"] = {**study["population"], **counts, "groups": []}
    changed = replace(model_results, manifest={**model_results.manifest, "study": study})
    said = {note["label"]: note["text"] for note in sheet_content(changed, "001", t)["notes"]}
    assert said["Coverage"].startswith("The population source covers about 72.0")
    assert "totals of each territory" in said["Method"]
    plain = {note["label"] for note in sheet_content(model_results, "001", t)["notes"]}
    assert "Coverage" not in plain


def test_a_sheet_for_the_photocopier_has_greys_and_the_same_words(model_results, t):
    colour, copy = (sheet_content(model_results, "001", t, photocopy=on) for on in (False, True))
    greys = [step.pop("colour") for step in copy["levels"]["steps"]]
    assert all(grey[1:3] == grey[3:5] == grey[5:7] for grey in greys)
    assert greys != [step.pop("colour") for step in colour["levels"]["steps"]]
    assert copy == colour
