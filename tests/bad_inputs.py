"""Ways to spoil the small study: what is done to its files, and what its problem must name.

The command line and the screens are tried with the same ones.
"""

from __future__ import annotations

import shutil

import pandas as pd


def edit(name, change):
    """An input of the study, changed."""

    def apply(folder):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        path.write_text(change(text), encoding="utf-8")

    return apply


def frame(change, name="encuesta.csv"):
    """A table of the study, changed."""

    def apply(folder):
        table = pd.read_csv(folder / name, dtype=str)
        change(table).to_csv(folder / name, index=False)

    return apply


def _computed(change):
    """The outcome computed from hours that agree with the ready column, in a survey then changed."""

    def apply(folder):
        def with_hours(table):
            return change(table.assign(horas=table["trabaja"].map({"1": "43", "0": "0"})))

        frame(with_hours)(folder)
        study = ('column = "trabaja"', 'computed = { hours = "horas" }')
        edit("study.toml", lambda s: s.replace(*study))(folder)

    return apply


BAD = {
    "empty file": (lambda f: (f / "encuesta.csv").write_bytes(b""), "encuesta.csv"),
    "wrong type": (lambda f: shutil.copy(f / "limites.geojson", f / "municipios.csv"), "municipios.csv"),
    "not boundaries": (lambda f: shutil.copy(f / "municipios.csv", f / "limites.geojson"), "limites.geojson"),
    "absent file": (lambda f: (f / "censo.csv").unlink(), "censo.csv"),
    "missing column": (frame(lambda t: t.rename(columns={"factor": "peso"})), "factor"),
    "missing column of the census": (frame(lambda t: t.rename(columns={"area": "zona"}), "censo.csv"), "area"),
    "letters in a number column": (
        frame(lambda t: t.assign(factor=t["factor"].mask(t.index == 3, "muchos"))),
        "factor",
    ),
    "weights not above zero": (frame(lambda t: t.assign(factor=t["factor"].mask(t.index == 3, "0"))), "factor"),
    "outcome not 0 or 1": (frame(lambda t: t.assign(trabaja=t["trabaja"].mask(t.index == 3, "2"))), "trabaja"),
    "duplicated codes": (frame(lambda t: pd.concat([t, t.head(1)]), "municipios.csv"), "codigo"),
    "one category": (frame(lambda t: t.assign(area="rural")), "area"),
    "no positive case": (frame(lambda t: t.assign(trabaja="0")), "trabaja"),
    "unknown key": (edit("study.toml", lambda s: s.replace("reference =", "referencia =")), "referencia"),
    "weights destroyed by a spreadsheet": (
        frame(lambda t: t.assign(factor=t["factor"].str.replace(".", "", regex=False) + ".014.693.005")),
        "factor",
    ),
    "separation": (
        frame(lambda t: t.assign(trabaja=t["trabaja"].mask(t["area"] == "rural", "0"))),
        "rural",
    ),
    "hours in letters": (_computed(lambda t: t.assign(horas=t["horas"].mask(t.index == 3, "ocho"))), "horas"),
    "computed outcome without its column": (_computed(lambda t: t.drop(columns="horas")), "horas"),
    "no code meets": (frame(lambda t: t.assign(codigo="9" + t["codigo"]), "municipios.csv"), "municipios.csv"),
}


WARNED = {
    "area in one file only": (frame(lambda t: t[t["codigo"] != "0203"], "municipios.csv"), "0203"),
    "category unknown to the survey": (
        frame(lambda t: t.assign(area=t["area"].mask(t.index < 50, "selva")), "censo.csv"),
        "area",
    ),
    "a sampling unit in two strata": (frame(lambda t: t.assign(estrato=t["estrato"].mask(t.index == 3, "9"))), "upm"),
    "weights that sum to nothing sensible": (
        frame(lambda t: t.assign(factor=(t["factor"].astype(float) * 1e7).astype(str))),
        "factor",
    ),
    "reversed codes": (
        frame(lambda t: t.assign(area=t["area"].map({"urbana": "rural", "rural": "urbana"})), "censo.csv"),
        "urbana",
    ),
    "an area missing in the population": (frame(lambda t: t[t["codigo"] != "0203"], "censo.csv"), "0203"),
    "hours no week has": (_computed(lambda t: t.assign(horas=t["horas"].mask(t.index < 3, "999"))), "horas"),
}
