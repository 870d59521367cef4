"""The groups of a study, resolved: what each is made of, what it is called, in which order its categories stand.

`population.groups` names determinants or columns; `[[group]]` adds labels, rules and crossings. Both end in one list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from riskmodel.problems import Problem, Where
from riskmodel.study import Group, Rule, Study

# Between the two categories of a cell of crossed groups.
CROSS = " × "


def group_list(study: Study) -> tuple[Group, ...]:
    """Every group once, in order: a model determinant by its name alone, all others with their rule or crossing."""
    in_model = {d.name for d in study.determinant if d.in_model}
    aside = {d.name: d for d in study.determinant if not d.in_model}
    named = study.population.groups if study.population else ()
    own = {g.name: g for g in study.group}
    found: dict[str, Group] = {}
    for group in (*(own.get(name, Group(name=name)) for name in named), *study.group):
        if group.name in found:
            continue
        if group.population is None and not group.cross and group.name not in in_model:
            kept = aside.get(group.name)
            rule = study.population_rule(kept) if kept else Rule(column=group.name)
            group = group.model_copy(update={"population": rule, "label": group.label or (kept.label if kept else "")})
        found[group.name] = group
    return tuple(found.values())


def group_label(study: Study, name: str) -> str:
    """What a reader calls a group: its label, that of its determinant, or its name in words."""
    groups = {g.name: g for g in group_list(study)}
    group = groups.get(name)
    if group is not None and group.label:
        return group.label
    if group is not None and group.cross:
        return CROSS.join(group_label(study, part) for part in group.cross)
    for determinant in study.determinant:
        rules = (determinant.survey, determinant.population_rule)
        if name == determinant.name or name in {rule.column for rule in rules}:
            return determinant.label or _plain(determinant.name)
    return _plain(name)


def in_order(study: Study, name: str, categories: Sequence[str]) -> list[str]:
    """Categories as the rule of the group declares them; those it does not name follow as they came, "" last."""
    group = next((g for g in group_list(study) if g.name == name), None)
    determinant = next((d for d in study.determinant if d.name == name), None)
    rule = group.population if group else None
    if rule is None and determinant is not None:
        rule = determinant.survey
    declared = list(rule.bands or dict.fromkeys((rule.map or {}).values())) if rule else []
    place = {category: position for position, category in enumerate(declared)}
    return sorted(dict.fromkeys(categories), key=lambda c: (c == "", place.get(c, len(place))))


def crossings(study: Study) -> dict[str, tuple[str, str]]:
    """The two parts of every crossed group."""
    return {g.name: (g.cross[0], g.cross[1]) for g in group_list(study) if g.cross}


def check_groups(study: Study, at: Callable[[str], Where]) -> list[Problem]:
    """Names used once, crossings of groups that exist, and for margins nothing but their determinants."""
    named = study.population.groups if study.population else ()
    problems = []
    taken = set(named)
    for i, group in enumerate(study.group):
        if group.name in taken:
            problems.append(Problem("study_name_twice", at(f"group.{i}.name"), {"name": group.name}))
        taken.add(group.name)
    plain = {*named, *(g.name for g in study.group if not g.cross)}
    for i, group in enumerate(study.group):
        for part in group.cross:
            if part not in plain:
                values = {"group": part, "known": ", ".join(sorted(plain))}
                problems.append(Problem("study_group_cross_unknown", at(f"group.{i}.cross"), values))
    if study.population is None or study.population.kind != "margins":
        return problems
    declared = {d.name for d in study.determinant if d.in_model}
    keys = {name: f"population.groups.{i}" for i, name in enumerate(named)}
    keys |= {g.name: f"group.{i}" for i, g in enumerate(study.group) if g.name not in keys}
    for group in group_list(study):
        if group.population is not None:
            values = {"group": group.name, "known": ", ".join(sorted(declared))}
            problems.append(Problem("study_margins_group", at(keys[group.name]), values))
    return problems


def _plain(name: str) -> str:
    text = name.replace("_", " ").strip()
    return text[:1].upper() + text[1:]
