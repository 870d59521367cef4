"""Files as they arrive when something went wrong: whole ones are made here, and any file is spoiled by chance.

`sources` gives small sound files of every kind; `spoil` changes the bytes of one in one of many ways, from a seed, so that a case
that failed can be made again; `traps` are files made to do harm.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyreadstat
import shapely

HEAVY = True  # whether traps of gigabytes are made too

Spoiler = Callable[[bytes, random.Random], bytes]


def table(rows: int = 60) -> pd.DataFrame:
    """A sound table of areas, invented."""
    rng = np.random.default_rng(7)
    codes = [f"0{1 + i // 20}{i % 20 + 1:03d}" for i in range(rows)]
    return pd.DataFrame(
        {
            "codigo": codes,
            "municipio": [f"San Ñandú {i}" for i in range(rows)],
            "departamento": [f"Región {1 + i // 20}" for i in range(rows)],
            "poblacion": rng.integers(100, 90_000, rows).astype(str),
            "tasa": [f"{x:.1f}".replace(".", ",") for x in 100 * rng.random(rows)],
        }
    )


def sources(folder: Path) -> list[Path]:
    """One sound file of every kind the reader knows, written into `folder`."""
    frame = table()
    made = folder / "sound"
    made.mkdir(parents=True, exist_ok=True)
    text = frame.to_csv(index=False, sep=";")
    titled = f"Cuadro 1\nAño 2020;;;;\n\n{text}Total;;;{frame['poblacion'].astype(int).sum()};\nFuente: inventada\n"
    plain = {
        "plano.csv": text.encode(),
        "latino.csv": titled.encode("latin-1"),
        "ancho.txt": frame.to_csv(index=False, sep="\t").encode("utf-16"),
        "marca.csv": b"\xef\xbb\xbf" + frame.to_csv(index=False).encode(),
        "comprimido.csv.gz": gzip.compress(text.encode()),
        "pagina.xls": frame.to_html(index=False).encode(),
    }
    for name, data in plain.items():
        (made / name).write_bytes(data)
    frame.to_excel(made / "libro.xlsx", index=False, startrow=3)
    frame.to_parquet(made / "columnas.parquet")
    ascii_only = frame.assign(municipio=[f"Lugar {i}" for i in range(len(frame))])
    pyreadstat.write_sav(ascii_only, made / "encuesta.sav")
    pyreadstat.write_dta(ascii_only, made / "encuesta.dta")
    (made / "tabla.dbf").write_bytes(_dbf(ascii_only))
    with zipfile.ZipFile(made / "una_tabla.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("datos/plano.csv", text)
    squares = [shapely.box(-70 + i % 10, -10 + i // 10, -69 + i % 10, -9 + i // 10) for i in range(len(frame))]
    shapes = gpd.GeoDataFrame(frame[["codigo", "municipio"]], geometry=squares, crs="EPSG:4326")
    shapes.to_file(made / "mapa.geojson", driver="GeoJSON")
    shapes.to_file(made / "mapa.gpkg", driver="GPKG")
    (made / "mapa.topojson").write_text(json.dumps(_topojson(frame)), encoding="utf-8")
    parts = folder / "parts"
    parts.mkdir(exist_ok=True)
    shapes.to_file(parts / "mapa.shp")
    with zipfile.ZipFile(made / "mapa.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for part in sorted(parts.iterdir()):
            packed.write(part, f"carpeta/{part.name}")
    return sorted(made.iterdir())


def _dbf(frame: pd.DataFrame) -> bytes:
    """A dBase III table of text columns, by the layout of the format."""
    width = 20
    head = bytearray(32 + 32 * len(frame.columns) + 1)
    head[0], head[1:4] = 3, bytes((124, 1, 1))
    head[4:8] = len(frame).to_bytes(4, "little")
    head[8:10] = len(head).to_bytes(2, "little")
    head[10:12] = (1 + width * len(frame.columns)).to_bytes(2, "little")
    for i, name in enumerate(frame.columns):
        at = 32 + 32 * i
        head[at : at + 10] = name[:10].encode("ascii").ljust(10, b"\0")
        head[at + 11 : at + 12], head[at + 16] = b"C", width
    head[-1] = 13
    rows = (b" " + b"".join(str(v)[:width].encode("latin-1").ljust(width) for v in row) for row in frame.to_numpy())
    return bytes(head) + b"".join(rows) + b"\x1a"


def _topojson(frame: pd.DataFrame) -> dict[str, object]:
    arcs, shapes = [], []
    for i, code in enumerate(frame["codigo"]):
        x, y = -70 + i % 10, -10 + i // 10
        arcs.append([[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]])
        shapes.append({"type": "Polygon", "arcs": [[i]], "properties": {"codigo": code}})
    return {"type": "Topology", "objects": {"m": {"type": "GeometryCollection", "geometries": shapes}}, "arcs": arcs}


# --- by chance -----------------------------------------------------------------------------------------------------


def _cut(data: bytes, by: random.Random) -> bytes:
    return data[: by.randrange(len(data))]


def _headless(data: bytes, by: random.Random) -> bytes:
    return data[by.randrange(min(len(data), 400)) :]


def _flipped(data: bytes, by: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(by.choice((1, 5, 50, 500))):
        spoiled[by.randrange(len(spoiled))] = by.randrange(256)
    return bytes(spoiled)


def _nulls(data: bytes, by: random.Random) -> bytes:
    at = by.randrange(len(data))
    return data[:at] + b"\0" * by.choice((1, 7, 4096)) + data[at:]


def _two_encodings(data: bytes, by: random.Random) -> bytes:
    at = by.randrange(len(data))
    return data[:at] + "Peñón;Añí;São\n".encode(by.choice(("latin-1", "utf-8", "utf-16", "cp850"))) + data[at:]


def _other_marks(data: bytes, by: random.Random) -> bytes:
    old, new = by.sample([b";", b",", b"\t", b"|", b"\n", b'"', b"\r\n", b" "], 2)
    return data.replace(old, new)


def _doubled(data: bytes, by: random.Random) -> bytes:
    at, end = sorted((by.randrange(len(data)), by.randrange(len(data))))
    return data[:end] + data[at:end] * by.choice((1, 3, 30)) + data[end:]


def _quotes(data: bytes, by: random.Random) -> bytes:
    at = by.randrange(len(data))
    return data[:at] + by.choice((b'"', b'"""', b"'", b'";"')) + data[at:]


def _sly_text(data: bytes, by: random.Random) -> bytes:
    at = by.randrange(len(data))
    sly = (
        "=HYPERLINK(\"http://x\")", "<script>alert(1)</script>", "../../../../etc/passwd", "1e309", "-0", "NaN", "%s%n",
        "\u202ecba", "٣٤", "👧🏽", "A" * 70_000, "01/02/2020", "1.234.567,89", "#REF!", "\ufeff", "\x1b[31m",
    )  # fmt: skip
    return data[:at] + by.choice(sly).encode() + data[at:]


def _joined(data: bytes, by: random.Random) -> bytes:
    return data + by.choice((data, b"PK\x03\x04", b"\n\n\n", b"\x00" * 1000, b"%PDF-1.7", b"{" * 5000))


def _none(data: bytes, by: random.Random) -> bytes:
    return data


SPOILERS: dict[str, Spoiler] = {
    "cut": _cut, "headless": _headless, "flipped": _flipped, "nulls": _nulls, "encodings": _two_encodings,
    "marks": _other_marks, "doubled": _doubled, "quotes": _quotes, "sly": _sly_text, "joined": _joined, "none": _none,
}  # fmt: skip
ENDINGS = (
    "",
    "",
    ".csv",
    ".xlsx",
    ".xls",
    ".zip",
    ".geojson",
    ".json",
    ".parquet",
    ".sav",
    ".dbf",
    ".gz",
    ".shp",
    ".txt",
    ".pdf",
)


def spoil(source: Path, seed: int, folder: Path) -> Path:
    """`source` with one to three spoilers and perhaps another ending, by `seed`, written into `folder`."""
    by = random.Random(seed)
    data = source.read_bytes()
    names = by.choices(list(SPOILERS), k=by.choice((1, 1, 2, 3)))
    for name in names:
        data = SPOILERS[name](data, by) if data else data
    ending = by.choice(ENDINGS) or source.suffix
    made = folder / f"{seed}_{'_'.join(names)}_{source.stem}{ending}"
    made.write_bytes(data)
    return made


# --- made to do harm -----------------------------------------------------------------------------------------------


def traps(folder: Path) -> list[Path]:
    """Files made to exhaust memory or to write where they should not."""
    folder.mkdir(parents=True, exist_ok=True)
    if HEAVY:
        _heavy(folder)
    _zip(folder / "caminos.zip", {"../../fuera.csv": b"codigo,x\n1,2\n", "/etc/fuera.csv": b"codigo,x\n1,2\n"})
    lol = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    shared = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ja">{lol}]><sst><si><t>&l11;</t></si></sst>'
    _zip(
        folder / "risa.xlsx",
        {
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.xml": shared.encode(),
            "xl/sharedStrings.xml": shared.encode(),
        },
    )
    (folder / "risa.kml").write_text(f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ja">{lol}]><kml>&l11;</kml>')
    plain = {
        "columnas.csv": ",".join(f"c{i}" for i in range(10_000)) + "\n" + ",".join("1" for _ in range(10_000)) + "\n",
        "columnas_100000.csv": ";" * 100_000 + "\n" + ";" * 100_000,
        "una_linea.csv": "a," * 5_000_000,
        "comillas.csv": 'a,b\n"' + "x" * 5_000_000,
        "hondo.json": "[" * 200_000,
        "hondo.geojson": '{"type":"FeatureCollection","features":' + "[" * 100_000,
        "formulas.csv": "codigo,nombre\n" + '=CONCATENAR(0,1),"=cmd|\' /C calc\'!A0"\n' * 50,
        "vacio.csv": "",
        "blancos.csv": "\n \n;;;\n",
        "solo_titulo.csv": "Cuadro 1. Población\n",
        "lejos.geojson": json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"c": "1"}, "geometry": {
            "type": "Polygon", "coordinates": [[[1e308, 1e308], [-1e308, 1e308], [0, -1e308], [1e308, 1e308]]]}}]}),
        "arcos.topojson": json.dumps({"type": "Topology", "objects": {"m": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "arcs": [[99, -7]]}]}}, "arcs": [[[0, 0]]]}),
    }  # fmt: skip
    for name, text in plain.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "nulos.csv").write_bytes(b"\0" * 1_000_000)
    (folder / "azar.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(1).randbytes(200_000))
    (folder / "azar.gpkg").write_bytes(b"SQLite format 3\0" + random.Random(2).randbytes(200_000))
    (folder / "carpeta.csv").mkdir(exist_ok=True)
    return sorted(folder.iterdir())


def _heavy(folder: Path) -> None:
    """Small files that unpack to gigabytes, or to tens of thousands of files."""
    zeros = b"0;" * 500_000 + b"\n"
    _zip(folder / "bomba.zip", {"t.csv": zeros * 1_200})
    with gzip.open(folder / "bomba.csv.gz", "wb", compresslevel=1) as packed:
        for _ in range(1_500):
            packed.write(zeros)
    inner = io.BytesIO()
    _zip(inner, {"t.csv": zeros * 100})
    _zip(folder / "muneca.zip", {"a.zip": inner.getvalue(), "b.zip": inner.getvalue()})
    _zip(folder / "muchos.zip", {f"{i}.csv": b"a,b\n1,2\n" for i in range(20_000)})


def _zip(target: Path | io.BytesIO, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
