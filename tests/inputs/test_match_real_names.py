"""Real names against real registers, with the true codes from another file: no join may be wrong.

The figures of `docs/benchmarks.md`; `test_precision` prints them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from riskmodel.inputs.match_names import NameMatches, match_names
from riskmodel.inputs.name_forms import compact, form

Case = tuple[pd.DataFrame, pd.DataFrame, pd.Series]
pytestmark = pytest.mark.data


def sheet(path: Path) -> pd.DataFrame:
    return pd.DataFrame(
        CalamineWorkbook.from_filelike(BytesIO(path.read_bytes())).get_sheet_by_index(0).to_python()
    ).astype("string")


def ibge(data: Path) -> pd.DataFrame:
    cells = sheet(data / "messy/br_ibge_dtb_2021_municipios.xls")
    register = cells.iloc[1:].set_axis(cells.iloc[0].to_list(), axis=1)
    named = {
        "Código Município Completo": "area_code",
        "Nome_Município": "area_name",
        "UF": "parent",
        "Nome_UF": "parent_name",
    }
    return register.rename(columns=named)[list(named.values())].reset_index(drop=True)


def atlas(data: Path) -> pd.DataFrame:
    """Names "Name (UF)" with six-digit codes."""
    table = pd.read_csv(data / "messy/br_atlas_idhm_2010_latin1.csv", sep=";", encoding="latin1", dtype="string")
    return table[table["COD IBGE"].str.fullmatch(r"\d{6}").fillna(False)]


def seven(six: pd.Series, data: Path) -> pd.Series:
    codes = ibge(data)["area_code"]
    return six.map(dict(zip(codes.str[:6], codes, strict=True))).astype("string")


def census(data: Path) -> pd.DataFrame:
    table = pd.read_csv(data / "colombia/dane_mpm_censal_2018_municipios.csv", dtype="string", usecols=[0, 1, 2])
    return table.set_axis(["area_code", "parent_name", "area_name"], axis=1)


def mexico(data: Path) -> pd.DataFrame:
    table = pd.read_csv(data / "mexico/municipios_2020_indicadores.csv.gz", dtype="string", usecols=[0, 1, 2, 3])
    table = table.set_axis(["area_code", "parent", "parent_name", "area_name"], axis=1)
    return table.assign(parent=table["parent"].str.zfill(2))


def minas(data: Path) -> Case:
    names = pd.read_csv(data / "messy/br_mg_atlas_2010_sem_codigo.csv", dtype="string", usecols=[0]).iloc[:, 0]
    told = atlas(data)
    true = names.map(dict(zip(told["Lugar"], seven(told["COD IBGE"], data), strict=True)))
    return pd.DataFrame({"name": names}), ibge(data), true


def brazil(data: Path) -> Case:
    told = atlas(data)
    return pd.DataFrame({"name": told["Lugar"]}), ibge(data), seven(told["COD IBGE"], data)


def brazil_capitals(data: Path) -> Case:
    told = pd.read_csv(
        data / "brazil/atlas_adh2013_municipios_2010.csv.gz", dtype="string", usecols=["uf", "codmun7", "municipio"]
    )
    return told[["municipio", "uf"]].set_axis(["name", "parent"], axis=1), ibge(data), told["codmun7"]


def brazil_no_parent(data: Path) -> Case:
    table, register, true = brazil_capitals(data)
    return table[["name"]], register, true


def colombia_ministry(data: Path) -> Case:
    told = pd.read_csv(data / "messy/co_men_educacion_municipal_2011_2020.csv", dtype="string", usecols=[1, 2, 4])
    told = told.set_axis(["code", "name", "parent"], axis=1)
    return told[["name", "parent"]], census(data), told["code"].str.zfill(5)


def colombia_boundaries(data: Path) -> Case:
    features = json.loads((data / "colombia/municipios_co.geojson").read_text())["features"]
    told = pd.DataFrame([f["properties"] for f in features]).astype("string")
    return told[["municipio", "departamento"]].set_axis(["name", "parent"], axis=1), census(data), told["cod_dane"]


def mexico_inegi(data: Path) -> Case:
    path = data / "messy/mx_inegi_poblacion_2020_latin1.csv"
    told = pd.read_csv(path, encoding="latin1", skiprows=5, header=None, dtype="string")
    told = told[told[0].str.fullmatch(r"\s*\d\d \d{3}\s*").fillna(False)]
    code = told[0].str.replace(" ", "")
    return pd.DataFrame({"name": told[1], "parent": code.str[:2]}), mexico(data), code


CASES: dict[str, tuple[Callable[[Path], Case], int, int]] = {
    # joined, proposed; the rest is unmatched
    "minas": (minas, 850, 3),
    "brazil": (brazil, 5548, 14),
    "brazil_capitals": (brazil_capitals, 5548, 14),
    "brazil_no_parent": (brazil_no_parent, 5024, 258),
    "colombia_ministry": (colombia_ministry, 1101, 19),
    "colombia_boundaries": (colombia_boundaries, 1121, 0),
    "mexico_inegi": (mexico_inegi, 2462, 5),
}


def by_place(found: NameMatches, true: pd.Series) -> pd.Series:
    """True code of each place."""
    return pd.Series(true.to_numpy(), index=found.places.array).groupby(level=0).first()


@pytest.mark.parametrize("case", CASES)
def test_precision(shared_data, case):
    """No automatic join is wrong; of the proposals nearly all have the right area first."""
    prepare, joined, proposed = CASES[case]
    table, register, true = prepare(shared_data)
    found = match_names(table, register)
    answer = by_place(found, true)
    wrong = found.matched[found.matched["area_code"] != found.matched["place"].map(answer).to_numpy()]
    first = found.proposed[found.proposed["rank"] == 1]
    right = int((first["area_code"] == first["place"].map(answer).to_numpy()).sum())
    print(f"{case}: {len(found.matched)} joined, {len(wrong)} wrong, {right} of {len(first)} proposals right first")
    assert wrong.empty
    assert (len(found.matched), len(first)) == (joined, proposed)
    assert right >= 0.99 * len(first)


def test_minas_gerais_has_all_its_codes_once_confirmed(shared_data):
    """850 of 853 names are joined, the three others proposed first and right: 853 codes, none twice."""
    table, register, true = minas(shared_data)
    found = match_names(table, register)
    best = found.proposed[found.proposed["rank"] == 1]
    codes = found.codes.fillna(found.places.map(best.set_index("place")["area_code"]))
    assert (codes == true).all()
    assert codes.nunique() == 853


def test_the_central_bank_of_mexico(shared_data):
    """Bullets, states above their municipalities, "Gral." and "Dr.": of 2,456 municipalities all but a few are joined."""
    whole = sheet(shared_data / "messy/mx_banxico_remesas_municipio.xls")
    cells = next(whole[c] for c in whole if whole[c].str.contains("●").any()).dropna().str.strip()
    state = cells.where(cells.str.startswith("●")).ffill()
    rows = cells.str.startswith("⚬") & ~cells.str.contains("No identificado")
    found = match_names(pd.DataFrame({"name": cells[rows], "parent": state[rows]}), mexico(shared_data))
    assert len(found.matched) + found.proposed["place"].nunique() + len(found.unmatched) == int(rows.sum())
    assert (int(rows.sum()), len(found.matched), found.proposed["place"].nunique()) == (2456, 2446, 9)
    joined = found.matched
    assert (
        joined["name"].map(form).map(lambda n: n.replace(" ", ""))
        == joined["area_name"].map(form).map(lambda n: n.replace(" ", ""))
    ).all()


def test_no_two_areas_of_a_parent_share_a_form(shared_data):
    """What makes joining by form safe: were one of them missing in a register, its name would be joined to the other."""
    argentina = json.loads((shared_data / "messy/ar_departamentos_sin_codigo.topojson").read_text())["objects"]
    argentina = pd.DataFrame([g["properties"] for g in next(iter(argentina.values()))["geometries"]])
    peru = json.loads((shared_data / "peru/distritos_pe.geojson").read_text())["features"]
    peru = pd.DataFrame([f["properties"] for f in peru])
    lists = {
        "Brazil": ibge(shared_data)[["parent", "area_name"]],
        "Colombia": census(shared_data)[["parent_name", "area_name"]],
        "Mexico": mexico(shared_data)[["parent", "area_name"]],
        "Argentina": argentina[["provincia", "departamento"]],
        "Peru": pd.DataFrame({"parent": peru["departamento"] + peru["provincia"], "name": peru["distrito"]}),
    }
    for country, areas in lists.items():
        for normal in (form, compact, lambda name: form(name).replace(" ", "")):
            keys = areas.set_axis(["parent", "name"], axis=1).dropna()
            keys = keys.assign(form=keys["name"].map(normal))
            assert not keys.duplicated(["parent", "form"]).any(), country


def test_argentina_as_an_official_writes_it(shared_data):
    """527 names in capitals without accents or codes, against the same list in an office's writing, shuffled.

    Every "GENERAL", "CORONEL" and numeral is abbreviated, provinces have their accents: all are joined, none wrongly.
    """
    objects = json.loads((shared_data / "messy/ar_departamentos_sin_codigo.topojson").read_text())["objects"]
    areas = pd.DataFrame([g["properties"] for g in next(iter(objects.values()))["geometries"]]).astype("string")
    codes = pd.Series([f"{i:05d}" for i in range(len(areas))], dtype="string")
    register = pd.DataFrame({"area_code": codes, "area_name": areas["departamento"], "parent_name": areas["provincia"]})
    said = areas["departamento"].str.title()
    for long, short in (
        ("General ", "Gral. "),
        ("Coronel ", "Cnel. "),
        ("Santa ", "Sta. "),
        ("Santo ", "Sto. "),
        (" De ", " de "),
    ):
        said = said.str.replace(long, short, regex=False)
    parents = areas["provincia"].str.title().replace({"Cordoba": "Córdoba", "Tucuman": "Tucumán", "Neuquen": "Neuquén"})
    table = pd.DataFrame({"name": said, "parent": parents}).sample(frac=1, random_state=1)
    found = match_names(table, register)
    assert (found.codes == codes.loc[table.index]).all()
