"""The documents say what the program does: every key, every column, every path, every command, every link."""

from __future__ import annotations

import re
import shlex
import tomllib
import typing
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, TypeAdapter

import cli
from riskmodel import results
from riskmodel.areas.table import UPPER_COLUMNS
from riskmodel.decisions.change import CHANGE_COLUMNS, PARENT_COLUMNS, TRANSITION_COLUMNS
from riskmodel.decisions.methods import METHOD_COLUMNS
from riskmodel.i18n import translator
from riskmodel.inputs.harmonise import HARMONISATION_COLUMNS
from riskmodel.problems import problems_table
from riskmodel.study import Study
from riskmodel.study_file import parse_study
from tests.docs import markdown

STUDY_FILE = (markdown.ROOT / "docs/study-file.md").read_text(encoding="utf-8")
ARCHITECTURE = (markdown.ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def models(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """Every table of the study file by its dotted path."""
    for name, field in model.model_fields.items():
        for inner in _models_in(field.annotation):
            at = f"{path}.{name}" if path else name
            yield at, inner
            yield from models(inner, at)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _models_in(part)


def key_tables() -> dict[str, list[dict[str, str]]]:
    """The tables of keys by the path their heading names."""
    found = {}
    for heading, text in markdown.sections(STUDY_FILE).items():
        for table in markdown.tables(text):
            if list(table[0])[:3] == ["key", "takes", "default"]:
                for name in markdown.names_in(heading):
                    found[name.strip("[]")] = table
    return found


TABLES = key_tables()
MODELS = dict(models(Study))


def test_every_section_of_the_study_is_described_and_no_other():
    assert set(TABLES) == set(MODELS)


@pytest.mark.parametrize("path", sorted(MODELS))
def test_every_key_is_described_once_in_the_order_of_the_program(path):
    assert [row["key"].strip("`") for row in TABLES[path]] == list(MODELS[path].model_fields)


@pytest.mark.parametrize("path", sorted(MODELS))
def test_defaults_and_choices_are_those_of_the_program(path):
    for row in TABLES[path]:
        field = MODELS[path].model_fields[row["key"].strip("`")]
        assert row["default"].strip("`") == _default(field), (path, row["key"])
        for choice in _choices(field.annotation):
            assert f"`{_toml(choice)}`" in row["takes"], (path, row["key"], choice)


@pytest.mark.parametrize("path", sorted(MODELS))
def test_every_key_has_a_meaning_and_an_example_that_is_accepted(path):
    for row in TABLES[path]:
        name = row["key"].strip("`")
        assert row["meaning"].endswith("."), (path, name)
        field = MODELS[path].model_fields[name]
        example = tomllib.loads(row["example"].strip("`"))
        assert list(example) == [name]
        TypeAdapter(Annotated[field.annotation, name, *field.metadata]).validate_python(example[name])


def _default(field: Any) -> str:
    if field.is_required():
        return "needed"
    if isinstance(field.default, tuple) and any(isinstance(one, BaseModel) for one in field.default):
        return "below"  # tables in words, under their own heading
    return "–" if field.default in ("", None, (), {}) else _toml(field.default)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _choices(annotation: Any) -> tuple[object, ...]:
    if typing.get_origin(annotation) is typing.Literal:
        return typing.get_args(annotation)
    return tuple(choice for part in typing.get_args(annotation) for choice in _choices(part))


def test_every_study_written_in_a_document_is_valid():
    """A part of a study is read together with the least a study needs."""
    least = '[study]\nname = "x"\nmethod = "given_risk"\n[outcome]\nname = "x"\ndefinition = "x"\n'
    found = [block for path in markdown.documents() for block in markdown.code_blocks(path.read_text("utf-8"), "toml")]
    whole = [block for block in found if "[study]" in block]
    assert len(whole) >= 3
    for block in whole:
        parse_study(block)
    for block in (b for b in found if "[study]" not in b):
        parse_study(least + block, complete=False)


COLUMNS = {
    "`areas.csv`": results.AREA_COLUMNS,
    "`parents.csv` and `national.csv`": UPPER_COLUMNS,
    "`groups.csv` and `parent_groups.csv`": (*results.GROUP_COLUMNS, "withheld"),
    "`gaps.csv`": results.GAP_COLUMNS,
    "`coefficients.csv`": results.COEFFICIENT_COLUMNS,
    "`harmonisation.csv`": HARMONISATION_COLUMNS,
    "`contributions.csv`": results.CONTRIBUTION_COLUMNS,
    "`priorities.csv`": results.PRIORITY_COLUMNS,
    "`clusters.csv`": results.CLUSTER_COLUMNS,
    "`profile.csv`": results.PROFILE_COLUMNS,
    "`peers.csv`": results.PEER_COLUMNS,
    "`raking.csv`": results.RAKING_COLUMNS,
    "`estimators.csv`": results.ESTIMATOR_COLUMNS,
    "`direct.csv`": results.DIRECT_COLUMNS,
    "`validation.csv`": results.VALIDATION_COLUMNS,
    "`reconciliation.csv`": results.RECONCILIATION_COLUMNS,
    "`index_robustness.csv`": results.INDEX_ROBUSTNESS_COLUMNS,
    "`index_sensitivity.csv`": results.INDEX_SENSITIVITY_COLUMNS,
    "`index_removed.csv`": results.INDEX_REMOVED_COLUMNS,
    "`index_importance.csv`": results.INDEX_IMPORTANCE_COLUMNS,
    "`index_coherence.csv`": results.INDEX_COHERENCE_COLUMNS,
    "`methods.csv`": METHOD_COLUMNS,
    "`problems.csv`": tuple(problems_table([]).columns),
    "`change.csv`": CHANGE_COLUMNS,
    "`change_parents.csv`": PARENT_COLUMNS,
    "`transition.csv`": TRANSITION_COLUMNS,
}


@pytest.mark.parametrize("heading", COLUMNS)
def test_every_column_of_the_results_is_described(heading):
    described = markdown.tables(markdown.section(STUDY_FILE, heading))[0]
    assert [row["column"].strip("`") for row in described] == list(COLUMNS[heading])
    assert all(row["meaning"] and row["unit"] for row in described)


def test_every_file_of_the_results_is_listed():
    listed = markdown.tables(markdown.section(STUDY_FILE, "Results: every file and every column"))[0]
    named = {name for row in listed for name in markdown.names_in(row["file"])}
    tables = {f"{name}.csv" for name in results.TABLES} | {f"{name}.json" for name in results.RECORDS}
    figures = {f"figures/map_KIND.{form}" for form in ("png", "svg", "csv", "gpkg")}
    figures |= {f"figures/why_CODE.{form}" for form in ("png", "svg", "csv")}
    assert (
        named - {"level", "main_factor", "clusters", "difference"}
        == tables
        | {
            "map.gpkg",
            "map.geojson",
            "sheets/CODE.pdf",
            "sheets/parent_CODE.pdf",
            "sheets/country.pdf",
            "sheets/book_CODE.pdf",
            "results.xlsx",
            "workbook.xlsx",
        }
        | {"report.pdf", "report.html", "slides.pptx"}
        | figures
    )


def test_every_code_of_a_note_is_one_the_program_writes():
    sources = "".join(path.read_text("utf-8") for path in (markdown.ROOT / "riskmodel").rglob("*.py"))
    text = markdown.section(STUDY_FILE, "`areas.csv`")
    codes = [row["code"].strip("`") for row in markdown.tables(text)[1]]
    assert codes
    for code in codes:
        assert f'"{code}"' in sources, code


def test_every_command_is_one_the_command_line_takes():
    found = []
    for path in markdown.documents():
        found += re.findall(r"python cli\.py ([^`\n]*)", path.read_text(encoding="utf-8"))
    assert len(found) >= 4
    refused = [command for command in found if not _accepted(command)]
    assert not refused


def _accepted(command: str) -> bool:
    plain = re.sub(r"[\[\]…]", " ", command.partition("  #")[0])
    try:
        cli._parser(translator("en")).parse_args(shlex.split(plain))
    except SystemExit as stop:
        return not stop.code  # 0 after --help
    return True


def test_every_test_to_repeat_is_there():
    named = {
        n for p in markdown.documents() for n in re.findall(r"/pytest [^`\n]*?(tests/[\w./]+)", p.read_text("utf-8"))
    }
    assert named
    assert not [name for name in named if not (markdown.ROOT / name).exists()]


def test_every_make_target_is_one_of_the_makefile():
    targets = re.findall(r"^([a-z]+):", (markdown.ROOT / "Makefile").read_text("utf-8"), re.M)
    named = {name for path in markdown.documents() for name in re.findall(r"\bmake ([a-z]+)`", path.read_text("utf-8"))}
    assert named
    assert named <= set(targets)


@pytest.mark.parametrize("path", markdown.documents(), ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    for target in markdown.links(text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file) if file else path
        assert there.exists(), target
        if anchor:
            assert anchor in markdown.anchors(there.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("path", markdown.documents(), ids=lambda path: path.name)
def test_files_named_in_a_document_exist(path):
    own = {p.name for p in markdown.ROOT.iterdir()}
    modules = {
        p.name for folder in ("riskmodel", "geodata", "demo", "pages") for p in (markdown.ROOT / folder).rglob("*.py")
    }
    named = re.findall(r"`([\w.][\w./-]*)`", markdown.without_code(path.read_text(encoding="utf-8")))
    paths = [n for n in named if n.split("/")[0] in own or n.endswith(".py")]
    missing = [n for n in paths if not (markdown.ROOT / n).exists() and n not in modules]
    assert not missing


def test_names_in_the_recipes_are_in_the_source():
    """A function that was renamed must be renamed in its recipe."""
    recipes = "".join(text for heading, text in markdown.sections(ARCHITECTURE).items() if heading.startswith("…"))
    named = {n for n in markdown.names_in(recipes) if re.fullmatch(r"[A-Za-z_][\w.]*", n) and not n.endswith(".py")}
    assert len(named) > 15
    sources = "".join(
        path.read_text("utf-8")
        for pattern in ("*.py", "riskmodel/**/*.py", "pages/**/*.py", "geodata/**/*.py")
        for path in markdown.ROOT.glob(pattern)
    )
    missing = [n for n in named if not re.search(rf"\b{n.split('.')[-1]}\b", sources)]
    assert not missing
