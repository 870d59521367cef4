"""Give the areas of a table that has only names the codes of a register, within their parents.

Joined at once is only a name that is the same in its normal form and unique in its parent on both sides; everything else is
proposed with its score and the next best, and a person confirms it. Both lists of what is left are always there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from riskmodel.inputs.match_parents import Parents, match_parents, parents_of, split_parent
from riskmodel.inputs.name_forms import compact, form, plain
from riskmodel.inputs.near_names import nearest
from riskmodel.inputs.recognise_codes import recognise_codes
from riskmodel.problems import Problem, Where

SHOWN = 5
# Share of areas that stand in the same number of rows, from which a name in more rows is two places.
REGULAR = 0.75

MATCHED = ["place", "name", "parent", "area_code", "area_name", "parent_name", "how"]
PROPOSED = ["place", "name", "parent", "why", "rank", "area_code", "area_name", "parent_name", "score", "next_score"]
UNMATCHED = ["place", "name", "parent", "why"]
UNUSED = ["area_code", "area_name", "parent_name"]


class Confirmed(NamedTuple):
    """A match a person confirmed; `area_code` "" says that the name is none of the register's."""

    name: str
    parent: str
    area_code: str


@dataclass(frozen=True)
class NameMatches:
    """What came of matching; the four tables together hold every place of the table and every area of the register.

    matched : columns MATCHED; `how` is "confirmed", "same" (accents and case aside), "form" (abbreviations, small words and
        numerals aside) or "country" (same, unique in the country, no parent told).
    proposed : columns PROPOSED, up to three rows per place, `rank` 1 the best; scores 0-1, `next_score` that of the next
        best. `why` is "near", "other_parent", "no_parent", "unknown_parent", "twice".
    unmatched : columns UNMATCHED, places with no match and no proposal. `why` is "nothing_near", "confirmed_none".
    unused : columns UNUSED, areas of the register without a match.
    places : Series by row of the table: number of its place, <NA> without a name.
    """

    matched: pd.DataFrame
    proposed: pd.DataFrame
    unmatched: pd.DataFrame
    unused: pd.DataFrame
    places: pd.Series
    problems: tuple[Problem, ...] = ()

    @property
    def codes(self) -> pd.Series:
        """Code of each row of the table by its match; <NA> without one."""
        return self.places.map(self.matched.set_index("place")["area_code"]).astype("string").rename("area_code")


def match_names(
    table: pd.DataFrame, register: pd.DataFrame, confirmed: Iterable[Confirmed] = (), where: Where | None = None
) -> NameMatches:
    """Match the names of a table with those of a register.

    Parameters
    ----------
    table : DataFrame
        Column `name`; optional `parent`, the name, code or abbreviation of the unit above. A name may carry its parent
        itself ("Abaeté (MG)"). Rows with the same name and parent are one place.
    register : DataFrame
        Columns `area_code`, `area_name`; optional `parent` (code or name of the unit above) and `parent_name`. Without
        either, the first digits of the codes are the parent's where the codes are known to be nested.
    confirmed : iterable of Confirmed
        Matches of earlier times; those that name a code the register does not have are told as a problem.
    where : Where, optional
        Of the register, for problems.

    Returns
    -------
    NameMatches
        Problems: `names_register_twice`, `names_confirmed_unknown`, `names_one_code_two_places`.
    """
    official = _register(register)
    parents = parents_of(official)
    places, rows = _places(table, parents)
    areas, problems = _areas(official, parents, where or Where())
    state = _Matching(places, areas)
    problems += state.confirm(confirmed, where or Where())
    state.join("same", plain)
    state.join("same", compact)
    state.join("form", form)
    state.join("form", lambda name: form(name).replace(" ", ""))
    state.join_country()
    proposed, unmatched = state.propose()
    return NameMatches(state.matched(), proposed, unmatched, state.unused(), rows, tuple(problems))


class _Matching:
    """Places and areas while they find each other. `taken` place -> (code, how)."""

    def __init__(self, places: pd.DataFrame, areas: pd.DataFrame) -> None:
        self.places, self.areas = places, areas
        self.taken: dict[int, tuple[str, str]] = {}
        self.none: set[int] = set()

    def free_places(self) -> pd.DataFrame:
        return self.places[~self.places.index.isin([*self.taken, *self.none])]

    def free_areas(self) -> pd.DataFrame:
        return self.areas[~self.areas.index.isin([code for code, _ in self.taken.values()])]

    def confirm(self, confirmed: Iterable[Confirmed], where: Where) -> list[Problem]:
        """Take what a person confirmed."""
        wanted = {(plain(c.name), plain(c.parent)): c.area_code for c in confirmed}
        if not wanted:
            return []
        unknown = sorted({code for code in wanted.values() if code and code not in self.areas.index})
        for place, row in self.places.iterrows():
            told = (plain(row["name"]), plain(row["parent"])), (plain(row["bare"]), plain(row["parent"]))
            code = next((wanted[key] for key in told if key in wanted), None)
            if code == "":
                self.none.add(int(str(place)))
            elif code is not None and code in self.areas.index:
                self.taken[int(str(place))] = (code, "confirmed")
        used = pd.Series([code for code, _ in self.taken.values()], dtype="string")
        twice = sorted(used[used.duplicated()].unique())
        return [
            *_problem("names_confirmed_unknown", unknown, where),
            *_problem("names_one_code_two_places", twice, where),
        ]

    def join(self, how: str, normal: Callable[[str], str]) -> None:
        """Join names whose normal form is the same and unique within the parent on both sides."""
        free = self.free_places()
        free = free[(free["key"] != "") & ~free["twice"]]
        left = pd.Series(
            [(key, normal(bare)) for key, bare in zip(free["key"], free["bare"], strict=True)], index=free.index
        )
        # every area of the parent counts, also those taken: a second one of the same form is a doubt
        right = pd.Series(
            [(key, normal(name)) for key, name in zip(self.areas["key"], self.areas["area_name"], strict=True)],
            index=self.areas.index,
        )
        self._take(left, right, how)

    def join_country(self) -> None:
        """Join names without a parent that are the same and unique in the whole country, table and register."""
        free = self.free_places()
        left = free[(free["key"] == "") & ~free["told"] & ~free["twice"]]["bare"].map(plain)
        everywhere = self.places["bare"].map(plain).value_counts()
        self._take(left[left.map(everywhere) == 1], self.areas["area_name"].map(plain), "country")

    def _take(self, left: pd.Series, right: pd.Series, how: str) -> None:
        once = right[~right.duplicated(keep=False)]
        by_form = dict(zip(once, once.index, strict=True))
        used = {code for code, _ in self.taken.values()}
        for place, key in left[~left.duplicated(keep=False)].items():
            code = by_form.get(key)
            if code is not None and code not in used:
                self.taken[int(str(place))] = (str(code), how)

    def propose(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Candidates of the places left, and the places without any."""
        left = self.free_places()
        near = nearest(left, self.free_areas())
        found = left[["name", "parent", "why"]].join(near, how="inner")
        elsewhere = found["found_in"].eq("country") & found["why"].eq("near")
        found["why"] = found["why"].mask(elsewhere, "other_parent")
        names = self.areas[["area_name", "parent_name"]]
        found = found.join(names, on="area_code").rename_axis("place").reset_index()[PROPOSED]
        lonely = self.places.drop([*self.taken, *found["place"].unique()], errors="ignore")
        why = pd.Series(
            ["confirmed_none" if p in self.none else "nothing_near" for p in lonely.index], lonely.index, dtype="object"
        )
        unmatched = lonely[["name", "parent"]].assign(why=why)
        return found, unmatched.rename_axis("place").reset_index()[UNMATCHED]

    def matched(self) -> pd.DataFrame:
        taken = sorted(self.taken.items())
        frame = self.places.loc[[place for place, _ in taken], ["name", "parent"]]
        frame = frame.assign(area_code=[code for _, (code, _) in taken], how=[how for _, (_, how) in taken])
        frame = frame.join(self.areas[["area_name", "parent_name"]], on="area_code")
        return frame.rename_axis("place").reset_index()[MATCHED]

    def unused(self) -> pd.DataFrame:
        return self.free_areas().rename_axis("area_code").reset_index()[UNUSED]


def _register(register: pd.DataFrame) -> pd.DataFrame:
    """The register with `parent` and `parent_name` columns, as text; rows without code or name are left out."""
    official = register.copy()
    for column in ("parent", "parent_name"):
        if column not in official:
            official[column] = pd.Series(pd.NA, official.index, dtype="string")
    if official["parent"].isna().all() and official["parent_name"].isna().all():
        official["parent"] = _first_digits(official["area_code"])
    official["parent"] = official["parent"].fillna(official["parent_name"])
    official["parent_name"] = official["parent_name"].fillna(official["parent"])
    return (
        official[["area_code", "area_name", "parent", "parent_name"]]
        .astype("string")
        .dropna(subset=["area_code", "area_name"])
    )


def _first_digits(codes: pd.Series) -> pd.Series:
    """Codes of the parents of nested codes; missing where the codes do not follow a system of the region for certain."""
    found = recognise_codes(codes)
    none = pd.Series(pd.NA, codes.index, dtype="string")
    nested = (
        found.rule is not None and found.rule.parent_length and found.certainty == "sure" and found.share >= REGULAR
    )
    return codes.astype("string").str[: found.rule.widths[0]] if found.rule and nested else none


def _areas(official: pd.DataFrame, parents: Parents, where: Where) -> tuple[pd.DataFrame, list[Problem]]:
    """Areas of the register by code, once each, with the key of their parent ("" where the register has none)."""
    twice = sorted(official.loc[official["area_code"].duplicated(), "area_code"].unique())
    areas = official.drop_duplicates("area_code").set_index("area_code")
    areas["key"] = areas["parent"].fillna("").astype(str)
    return areas, _problem("names_register_twice", twice, where)


def _places(table: pd.DataFrame, parents: Parents) -> tuple[pd.DataFrame, pd.Series]:
    """Distinct places of a table, and the place of each of its rows.

    Columns: name and parent as told, `bare` name without its parent, `key` of the parent ("" unknown), `told` whether the
    table tells a parent, `twice` whether the place stands in more rows than others do, `why` it is asked if it is.
    """
    named = pd.DataFrame({"name": table["name"].astype("string").str.strip()})
    named["parent"] = (
        table["parent"].astype("string").str.strip()
        if "parent" in table
        else pd.Series("", table.index, dtype="string")
    )
    named["parent"] = named["parent"].fillna("")
    named = named[named["name"].notna() & named["name"].ne("")]
    group = pd.Series(
        [f"{plain(n)}\x1f{plain(p)}" for n, p in zip(named["name"], named["parent"], strict=True)], named.index
    )
    number = pd.Series(pd.factorize(group)[0], named.index)
    places = named.groupby(number).first()
    rows = number.value_counts().reindex(places.index)
    regular = rows.mode().max() if len(rows) else 1
    places["twice"] = (rows > regular) & ((rows == regular).mean() >= REGULAR)
    found = match_parents(places["parent"].replace("", pd.NA), places["name"], parents)
    cut = [
        _cut(name, found.get(told, ""), parents) for name, told in zip(places["name"], places["parent"], strict=True)
    ]
    places["bare"], places["key"] = [name for name, _ in cut], [key for _, key in cut]
    places["told"] = (places["parent"] != "").astype(bool)
    places["why"] = _why(places)
    return places, number.reindex(table.index).astype("Int64").rename("place")


def _cut(name: str, key: str, parents: Parents) -> tuple[str, str]:
    """A name without its parent, and the parent's key; a parent the table tells elsewhere goes before one in the name."""
    bare, inside = split_parent(name, parents)
    return (bare, inside) if inside and key in ("", inside) else (name, key)


def _why(places: pd.DataFrame) -> pd.Series:
    why = pd.Series("near", places.index, dtype="object")
    why = why.mask((places["key"] == "") & ~places["told"], "no_parent")
    why = why.mask((places["key"] == "") & places["told"], "unknown_parent")
    return why.mask(places["twice"], "twice")


def _problem(code: str, codes: list[str], where: Where) -> list[Problem]:
    if not codes:
        return []
    return [Problem(code, where, {"count": len(codes), "codes": codes[:SHOWN]}, "warning")]
