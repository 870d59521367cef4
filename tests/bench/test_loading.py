"""Boundaries and tables of Colombia, Mexico, Peru and Brazil as their offices publish them: seconds, and what was mended."""

from __future__ import annotations

import pytest

from geodata.boundaries import read_boundaries
from riskmodel.inputs.read import read_table
from tests.bench.measure import report, timed

pytestmark = [pytest.mark.bench, pytest.mark.data]

BOUNDARIES = {
    "brazil/municipios_br.geojson": ("cod_ibge", 5564),
    "brazil/municipios_br.topojson": ("cod_ibge", 5564),
    "colombia/municipios_co.geojson": ("cod_dane", 1121),
    "colombia/municipios_co.topojson": ("cod_dane", 1121),
    "mexico/municipios_mx.geojson": ("cvegeo", 2469),
    "mexico/municipios_mx.topojson": ("cvegeo", 2469),
    "peru/distritos_pe.geojson": ("ubigeo", 1826),
    "peru/distritos_pe.topojson": ("ubigeo", 1826),
}
TABLES = {
    "brazil/atlas_adh2013_municipios_2010.csv.gz": (5565, 125),
    "colombia/dane_mpm_censal_2018_municipios.csv": (1121, 18),
    "colombia/dnp_brechas_territoriales_2024.csv": (1121, None),
    "colombia/ecv2019_ninos_5_11.csv.gz": (31451, None),
    "mexico/municipios_2020_indicadores.csv.gz": (2469, 49),
}


def test_boundaries_load(shared_data):
    rows = []
    for name, (column, count) in BOUNDARIES.items():
        seconds, (shapes, problems) = timed(lambda n=name, c=column: read_boundaries(shared_data / n, c))
        assert len(shapes) == count, name
        assert not [p for p in problems if p.is_error], name
        assert shapes.geometry.is_valid.all()
        mended = ", ".join(f"{p.code} {p.values.get('count', '')}".strip() for p in problems)
        rows.append((name, f"{len(shapes):,}", f"{seconds:.1f} s", mended or "nothing"))
        assert seconds < 60
    report("boundaries", rows)


def test_tables_load(shared_data):
    rows = []
    for name, (count, columns) in TABLES.items():
        seconds, table = timed(lambda n=name: read_table(shared_data / n))
        assert len(table) == count, name
        assert columns in (None, table.shape[1]), name
        rows.append((name, f"{len(table):,} × {table.shape[1]}", f"{seconds:.2f} s"))
        assert seconds < 60
    report("tables", rows)
