"""In which system a map is: what the file says, what cannot be, what is proposed, what a person declares."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import pytest
from shapely.geometry import box

from geodata.boundaries import read_boundaries
from geodata.coordinates import swapped
from geodata.countries import COUNTRIES, country_named, lying_in
from geodata.describe import describe_boundaries
from geodata.systems import NATIONAL, candidates, impossible
from tests.geodata.conftest import write_geojson
from tests.geodata.test_boundaries import codes_of

# A part of each country by its box in degrees, and the grid its offices publish in.
PLACES = [
    ("EPSG:9377", "CO", (-79.0, 0.4, -76.9, 2.7)),
    ("EPSG:9377", "CO", (-79.0, -4.2, -66.9, 12.4)),
    ("EPSG:3116", "CO", (-75.5, 3.0, -73.0, 6.0)),
    ("EPSG:5880", "BR", (-73.9, -33.7, -34.8, 5.2)),
    ("EPSG:5880", "BR", (-48.7, -10.2, -41.8, -1.1)),
    ("EPSG:6372", "MX", (-117.1, 14.6, -86.8, 32.7)),
    ("EPSG:6372", "MX", (-98.6, 15.7, -93.9, 18.7)),
    ("EPSG:24892", "PE", (-76.8, -12.5, -75.0, -10.0)),
    ("EPSG:5343", "AR", (-73.0, -50.0, -71.0, -47.0)),
    ("EPSG:22185", "AR", (-61.4, -34.0, -58.6, -31.0)),
    ("EPSG:32719", "CL", (-71.5, -34.0, -70.0, -33.0)),
    ("EPSG:31983", "BR", (-46.0, -23.0, -43.0, -20.0)),
    ("EPSG:32718", "PE", (-77.2, -12.5, -76.6, -11.7)),
    ("EPSG:3857", "BO", (-69.6, -22.8, -57.6, -9.8)),
    ("EPSG:5367", "CR", (-85.9, 8.1, -82.6, 11.2)),
]


def pieces(bounds: tuple[float, float, float, float], crs: str, n: int = 6) -> gpd.GeoDataFrame:
    """n by n areas that fill the ellipse in a box, in a system, which is then forgotten."""
    left, bottom, right, top = bounds
    x, y = np.linspace(left, right, n + 1), np.linspace(bottom, top, n + 1)
    cells = [box(x[i], y[j], x[i + 1], y[j + 1]) for i in range(n) for j in range(n)]
    middle = ((left + right) / 2, (bottom + top) / 2)
    kept = [
        c
        for c in cells
        if ((c.centroid.x - middle[0]) / (right - left)) ** 2 + ((c.centroid.y - middle[1]) / (top - bottom)) ** 2
        < 0.25
    ]
    codes = [f"{i:04}" for i in range(len(kept))]
    frame = gpd.GeoDataFrame({"cod": codes}, geometry=kept, crs=4326).to_crs(crs)
    return frame.set_crs(None, allow_override=True)


def points_of(frame: gpd.GeoDataFrame) -> np.ndarray:
    return frame.get_coordinates().to_numpy()


@pytest.mark.parametrize(("crs", "country", "bounds"), PLACES)
def test_the_system_of_each_country_is_among_those_proposed(crs, country, bounds):
    """UTM zones of WGS 84 and of SIRGAS 2000 are the same to a metre: either will do."""
    points = points_of(pieces(bounds, crs))
    alike = {crs, crs.replace("EPSG:3198", "EPSG:3272")}
    anywhere = candidates(points)
    at_home = candidates(points, country)
    assert alike & {c.crs for c in at_home[:8]}
    assert all(COUNTRIES[country][0] in c.places for c in at_home)
    assert len(anywhere) <= 8
    if int(crs[5:]) in NATIONAL.get(country, ())[:1]:
        assert alike & {at_home[0].crs}


def test_proposals_put_the_map_where_they_say():
    for crs, _, bounds in PLACES:
        points = points_of(pieces(bounds, crs))
        for found in candidates(points):
            into = pyproj.Transformer.from_crs(found.crs, 4326, always_xy=True)
            x, y = into.transform(points[:, 0], points[:, 1])
            middle = ((x.min() + x.max()) / 2, (y.min() + y.max()) / 2)
            named = next(v for v in COUNTRIES.values() if v[0] == found.places[0])
            left, bottom, right, top = named[1]
            assert left - 1 < middle[0] < right + 1
            assert bottom - 1 < middle[1] < top + 1


def test_metres_without_a_system_are_asked_and_the_answer_counts(tmp_path):
    path = tmp_path / "mun.shp"
    pieces((-79, 0.4, -76.9, 2.7), "EPSG:9377").to_file(path)
    (question,) = read_boundaries(path, "cod")[1]
    assert codes_of([question]) == ["boundaries_crs_which"]
    assert question.values["first"] == "EPSG:9377"
    assert "MAGNA-SIRGAS 2018 / Origen-Nacional: Colombia" in question.values["candidates"][0]
    facts = describe_boundaries(path)
    assert (facts.crs, facts.crs_candidates[0].crs) == ("", "EPSG:9377")
    for answer in ("EPSG:9377", "9377", "epsg:9377"):
        shapes, problems = read_boundaries(path, "cod", crs=answer)
        assert shapes.total_bounds == pytest.approx([-79, 0.4, -76.9, 2.7], abs=1e-6)
        assert problems == []
    assert codes_of(read_boundaries(path, "cod", crs="EPSG:999999")[1]) == ["boundaries_crs_unknown"]
    assert codes_of(read_boundaries(path, "cod", crs="EPSG:4326")[1]) == ["boundaries_crs_declared_wrong"]


def test_a_file_that_names_a_wrong_system_is_not_believed(tmp_path):
    """Degrees in a file that says metres; metres in one that says degrees; metres of a grid of another country."""
    degrees = pieces((-79, 0.4, -76.9, 2.7), "EPSG:4326")
    degrees.set_crs("EPSG:32618").to_file(tmp_path / "a.shp")
    shapes, problems = read_boundaries(tmp_path / "a.shp", "cod")
    assert codes_of(problems) == ["boundaries_crs_not_said"]
    assert shapes.total_bounds == pytest.approx([-79, 0.4, -76.9, 2.7])
    metres = pieces((-79, 0.4, -76.9, 2.7), "EPSG:9377")
    metres.set_crs("EPSG:4326").to_file(tmp_path / "b.shp")
    metres.set_crs("EPSG:6372").to_file(tmp_path / "c.shp")
    for name, said in (("b.shp", "WGS 84"), ("c.shp", "Mexico ITRF2008 / LCC")):
        (question,) = read_boundaries(tmp_path / name, "cod")[1]
        assert codes_of([question]) == ["boundaries_crs_lies"]
        assert question.values["said"] == said
        assert question.values["first"] == "EPSG:9377"
        assert codes_of(read_boundaries(tmp_path / name, "cod", crs="EPSG:9377")[1]) == []


@pytest.mark.parametrize(("crs", "country", "bounds"), PLACES)
def test_a_true_system_is_believed(crs, country, bounds):
    assert not impossible(pyproj.CRS(crs), points_of(pieces(bounds, crs)))


def test_a_zone_next_door_is_believed():
    """Offices keep one UTM zone for a whole country that spans three."""
    assert not impossible(pyproj.CRS("EPSG:32718"), points_of(pieces((-79, -4, -67, 12), "EPSG:32718")))


def test_metres_in_geojson_that_names_nothing(tmp_path):
    frame = pieces((-46, -23, -43, -20), "EPSG:31983")
    path = write_geojson(tmp_path / "a.geojson", list(zip(frame["cod"], frame.geometry, strict=True)))
    (question,) = read_boundaries(path, "cod", country="Brasil")[1]
    assert question.code == "boundaries_crs_which"
    assert "EPSG:32723" in question.values["crs"]


def test_a_wrong_zone_that_puts_the_map_at_sea_is_asked(tmp_path):
    """Lima two zones too far west lies in the Pacific, where the zone itself says nothing against it."""
    lima = pieces((-77.2, -12.5, -76.6, -11.7), "EPSG:32718")
    lima.set_crs("EPSG:32716").to_file(tmp_path / "a.shp")
    (question,) = read_boundaries(tmp_path / "a.shp", "cod", country="Perú")[1]
    assert question.code == "boundaries_crs_lies"
    assert "EPSG:32718" in question.values["crs"]
    assert read_boundaries(tmp_path / "a.shp", "cod", crs="EPSG:32718", country="Perú")[1] == []


@pytest.mark.parametrize(
    "bounds", [(-79, 0.4, -76.9, 2.7), (-117, 14.6, -87, 32.7), (-73, -33, -35, 5), (-72, -50, -68, -40)]
)
def test_exchanged_axes_are_asked(tmp_path, bounds):
    right = pieces(bounds, "EPSG:4326")
    wrong = swapped(right)
    path = write_geojson(tmp_path / "a.geojson", list(zip(wrong["cod"], wrong.geometry, strict=True)))
    (question,) = read_boundaries(path, "cod")[1]
    assert codes_of([question]) == ["boundaries_axes_exchanged"]
    shapes, problems = read_boundaries(path, "cod", axes="latitude_longitude")
    assert problems == []
    assert shapes.total_bounds == pytest.approx(bounds)
    good = write_geojson(tmp_path / "b.geojson", list(zip(right["cod"], right.geometry, strict=True)))
    assert read_boundaries(good, "cod")[1] == []


def test_a_country_elsewhere_is_left_alone(tmp_path):
    """Mozambique, Egypt, India, Spain, Fiji and New Zealand lie on no country of the region, exchanged or not."""
    for bounds in (
        (30, -27, 41, -10),
        (25, 22, 37, 32),
        (68, 8, 97, 37),
        (-9, 36, 3, 44),
        (177, -19, 180, -16),
        (166, -47, 179, -34),
    ):
        frame = pieces(bounds, "EPSG:4326")
        path = write_geojson(tmp_path / "a.geojson", list(zip(frame["cod"], frame.geometry, strict=True)))
        assert read_boundaries(path, "cod")[1] == []


def test_the_answer_that_nothing_is_exchanged(tmp_path):
    bounds = (0.4, -79, 2.7, -76.9)
    frame = pieces(bounds, "EPSG:4326")
    path = write_geojson(tmp_path / "a.geojson", list(zip(frame["cod"], frame.geometry, strict=True)))
    shapes, _ = read_boundaries(path, "cod", axes="longitude_latitude")
    assert shapes.total_bounds == pytest.approx(bounds)


def test_countries_by_name_and_place():
    assert [country_named(n) for n in ("Perú", "PERU", "br", "Brazil", "República de Colombia", "Atlantis", "")] == [
        "PE", "PE", "BR", "BR", "CO", "", "",
    ]  # fmt: skip
    assert lying_in((-77.2, -12.5, -76.6, -11.7))[0] == "PE"
    assert lying_in((0, 0, 1, 1)) == ()


@pytest.mark.data
def test_nariño_without_its_prj(tmp_path, shared_data):
    import zipfile

    source: Path = shared_data / "messy/co_narino_municipios_epsg9377_latin1.zip"
    path = tmp_path / "narino.zip"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if not name.endswith(".prj"):
                new.writestr(name, old.read(name))
    (question,) = read_boundaries(path, "MPIO_CDPMP")[1]
    assert question.code == "boundaries_crs_which"
    assert question.values["crs"] == ["EPSG:9377"]
    shapes, _ = read_boundaries(path, "MPIO_CDPMP", crs="EPSG:9377")
    assert shapes.total_bounds == pytest.approx(read_boundaries(source, "MPIO_CDPMP")[0].total_bounds)


GTM = (
    'PROJCS["GTM",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],'
    'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-90.5],PARAMETER["Scale_Factor",0.9998],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


def test_a_grid_that_is_in_no_register_is_read_as_its_prj_says(tmp_path):
    """The GTM of Guatemala: a like system of the register, made for another place, says nothing against it."""
    bounds = (-92.2, 13.8, -88.3, 17.7)
    drawn = pieces(bounds, GTM)
    drawn.to_file(tmp_path / "a.shp")
    (tmp_path / "a.prj").write_text(GTM)
    shapes, problems = read_boundaries(tmp_path / "a.shp", "cod")
    assert problems == []
    assert shapes.total_bounds == pytest.approx(bounds, abs=0.05)
    (tmp_path / "a.prj").unlink()
    (question,) = read_boundaries(tmp_path / "a.shp", "cod")[1]
    first = question.values["first"]
    assert read_boundaries(tmp_path / "a.shp", "cod", crs=first)[0].total_bounds == pytest.approx(bounds, abs=0.05)
