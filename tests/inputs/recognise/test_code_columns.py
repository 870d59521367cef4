"""How codes are written: by the system they follow, where it can be told; by their lengths where it cannot."""

from __future__ import annotations

import pandas as pd

from riskmodel.inputs.recognise.code_columns import code_columns, joined_widths, parent_column, written


def columns(**values: list[str]):
    found = code_columns(pd.DataFrame(values, dtype="string"))
    return {c.name: c for c in found}, found


def test_zeros_that_every_code_lost_are_known_by_the_country():
    """Bolivia: nine departments, two digits of department, province and municipality; no code of a spreadsheet keeps its zero."""
    codes = [f"{d}{p:02d}{m:02d}" for d in range(1, 10) for p in range(1, 13) for m in range(1, 4)]
    named, found = columns(cod_municipio=codes, cod_departamento=[c[0] for c in codes])
    how = written(named["cod_municipio"], parent_column(found, named["cod_municipio"]))
    assert (how.width, how.lost, how.certainty, how.system, how.parent) == (6, 324, "sure", "bo_municipality", 2)


def test_codes_that_are_whole_are_not_looked_at_again():
    named, _ = columns(cod=[f"{d:02d}{m:03d}" for d in range(1, 30) for m in range(1, 9)])
    assert (written(named["cod"]).width, written(named["cod"]).lost) == (5, 0)


def test_of_no_known_system_only_one_zero_is_given_back():
    named, _ = columns(cod=[f"{d}{m:04d}" for d in range(7, 13) for m in range(1, 9)])
    assert (written(named["cod"]).width, written(named["cod"]).lost) == (6, 24)


def test_two_columns_are_joined_to_the_digits_of_their_country():
    """Guatemala has 22 departments and about 340 municipalities, two digits each; without a known system it is two and three."""
    pairs = [(str(d), str(m)) for d in range(1, 23) for m in range(1, 16)]
    named, _ = columns(cod_depto=[d for d, _ in pairs], cod_mun=[m for _, m in pairs])
    assert joined_widths(named["cod_depto"], named["cod_mun"]) == (2, 2)
    few = [(d, m) for d, m in pairs if d in ("1", "2", "3")]
    named, _ = columns(cod_depto=[d for d, _ in few], cod_mun=[m for _, m in few])
    assert joined_widths(named["cod_depto"], named["cod_mun"]) == (2, 3)
