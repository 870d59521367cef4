"""Write the demonstration country as the files a person would bring, with three studies over them.

The same seed gives the same bytes. Everything is synthetic and every file of words says so.
"""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from demo.census import write_census
from demo.country import make_country
from demo.indicators import municipal_table, published_table, truth_table
from demo.people import TRUE_ODDS, make_people
from demo.services import services_table
from demo.survey import draw_survey
from riskmodel.i18n import N_
from riskmodel.progress import Progress

SEED = 2026
TEXTS = Path(__file__).parent / "files"
MAIN_STUDY = "study.toml"
STEPS = (
    N_("Drawing the invented country"),
    N_("Peopling it"),
    N_("Writing its census"),
    N_("Drawing its survey"),
    N_("Writing its tables"),
    N_("The country is ready"),
)


def write_demo(folder: Path, progress: Progress | None = None) -> Path:
    """Write all files of the demonstration; make `folder` if it is not there.

    Parameters
    ----------
    progress : callable, optional
        Called with one of `STEPS` (English, marked for translation) and the share done, 0 to 1, as each step begins.

    Returns
    -------
    Path
        The main study, `folder / "study.toml"`. It is written last: a folder that has it is complete.
    """

    def tell(step: int, share: float) -> None:
        if progress:
            progress(STEPS[step], share)

    folder.mkdir(parents=True, exist_ok=True)
    (folder / MAIN_STUDY).unlink(missing_ok=True)
    seeds = np.random.SeedSequence(SEED).spawn(7)
    tell(0, 0.0)
    country = make_country(seeds[0])
    _write_boundaries(country.shapes, country.places["area_code"], folder / "municipios.geojson")
    tell(1, 0.5)
    people = make_people(country.places, seeds[1])
    tell(2, 0.7)
    write_census(people, country.places, folder / "censo.parquet", seeds[3])
    tell(3, 0.85)
    _write_csv(draw_survey(people, country.places, seeds[2]), folder / "encuesta.csv")
    tell(4, 0.92)
    municipal = municipal_table(people, country.places, seeds[4])
    truth = truth_table(people, country.places)
    _write_csv(municipal, folder / "municipios.csv")
    _write_csv(truth, folder / "riesgo_verdadero.csv")
    _write_csv(_true_model(), folder / "modelo_verdadero.csv")
    _write_csv(published_table(truth, seeds[5]), folder / "riesgo_publicado.csv")
    _write_csv(services_table(country.places, municipal["pob_5_17"], seeds[6]), folder / "servicios.csv")
    for text in sorted(TEXTS.iterdir(), key=lambda path: path.name == MAIN_STUDY):
        (folder / text.name).write_bytes(text.read_bytes())
    tell(5, 1.0)
    return folder / MAIN_STUDY


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _write_boundaries(shapes: gpd.GeoSeries, codes: pd.Series, path: Path) -> None:
    """GeoJSON without blanks, coordinates with 4 decimals, the code as the only property."""
    features = [
        {"type": "Feature", "properties": {"codigo": code}, "geometry": json.loads(shapely.to_geojson(shape))}
        for code, shape in zip(codes, shapes, strict=True)
    ]
    collection = {
        "type": "FeatureCollection",
        "name": "Municipios de Almaranda (datos sintéticos)",
        "features": features,
    }
    path.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _true_model() -> pd.DataFrame:
    rows = [(name, category, odds) for name, odds_of in TRUE_ODDS.items() for category, odds in odds_of.items()]
    return pd.DataFrame(rows, columns=["determinante", "categoria", "razon_de_momios"])
