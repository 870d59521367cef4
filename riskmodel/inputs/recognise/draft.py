"""A study being proposed: its settings as they would stand in the file, what files serve for, what is still to be asked.

An answer a person gave wins over every guess; a question is kept only while it is not answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from riskmodel.i18n.translator import Translator
from riskmodel.inputs.compared_files import FilesCompared
from riskmodel.inputs.recoding import with_recoding
from riskmodel.inputs.recognise.facts import plain_name
from riskmodel.inputs.recognise.found import Certainty
from riskmodel.inputs.recognise.proposal import Part, Question, Use
from riskmodel.inputs.recognise.sources import TableSource
from riskmodel.problems import Problem, Where
from riskmodel.study_reading import Codes, CodesByName, Keep, Reading, Split

YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-3]\d)(?!\d)")


@dataclass
class Draft:
    """Gathers a proposal. `settings` are plain values as in study.toml; `labels` are words for columns from dictionaries."""

    t: Translator
    answers: Mapping[str, str] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    readings: dict[tuple[str, str], Reading] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    compared: list[FilesCompared] = field(default_factory=list)
    recoded: dict[str, dict[str, str]] = field(
        default_factory=dict
    )  # by file: codes that an answer says are now others
    area_codes: frozenset[str] = frozenset()  # codes of the areas, as they will be read

    def ask(
        self,
        key: str,
        code: str,
        proposed: str = "",
        options: Sequence[str] = (),
        certainty: Certainty = "ask",
        where: Where | None = None,
        **values: object,
    ) -> str:
        """The answer to a question; until it is given the proposed value, and the question stays."""
        if key in self.answers:
            return self.answers[key]
        ordered = tuple(dict.fromkeys([*([proposed] if proposed else []), *options])) if options else ()
        self.questions.append(Question(key, code, ordered, proposed, values, certainty, where or Where()))
        return proposed

    def use(self, file: str, part: Part, reason: str, certainty: Certainty = "likely", **values: object) -> None:
        self.uses.append(Use(file, part, reason, values, certainty))

    def reading(self, source: TableSource) -> Reading:
        return (
            self.readings.get((source.file, source.sheet))
            or source.reading
            or Reading(file=source.file, sheet=source.sheet)
        )

    def read_codes(self, source: TableSource, codes: Codes | None) -> None:
        """Declare how the codes of a file are read."""
        if codes is None:
            return
        reading = self.reading(source)
        others = tuple(c for c in reading.codes if c.into != codes.into)
        said = next((c.recode for c in reading.codes if c.into == codes.into), {})  # what a person confirmed stays
        codes = codes.model_copy(update={"recode": {**said, **codes.recode}})
        self.readings[source.file, source.sheet] = reading.model_copy(update={"codes": (*others, codes)})

    def recode(self, source: TableSource, column: str, pairs: Mapping[str, str]) -> None:
        """Declare codes of a file that are now others."""
        self.recoded[source.file] = {**self.recoded.get(source.file, {}), **pairs}
        reading = self.reading(source)
        self.readings[source.file, source.sheet] = with_recoding(reading, column, pairs)

    def read_names(self, source: TableSource, names: CodesByName) -> None:
        """Declare that the codes of a file are taken by name."""
        reading = self.reading(source)
        self.readings[source.file, source.sheet] = reading.model_copy(update={"names": (*reading.names, names)})

    def cut_names(self, source: TableSource, column: str) -> None:
        """Declare that names with their parent in brackets are cut in two, unless that stands there already."""
        reading = self.reading(source)
        if not any(s.column == column for s in reading.split):
            cut = Split(column=column, into=("area_name", "parent"))
            self.readings[source.file, source.sheet] = reading.model_copy(update={"split": (*reading.split, cut)})

    def keep_rows(self, source: TableSource, column: str, value: str) -> None:
        """Declare that only the rows with a value are read."""
        reading = self.reading(source)
        others = tuple(k for k in reading.keep if k.column != column)
        kept = (*others, Keep(column=column, values=(value,)))
        self.readings[source.file, source.sheet] = reading.model_copy(update={"keep": kept})

    def year(self, source: TableSource, key: str) -> int | None:
        """The year of a table: its column of years, else the years in names of columns or of the file; asked when unsure."""
        where = Where(source.file, source.sheet)
        column = source.columns.column("year")
        if column and source.columns.facts[column].distinct == 1 and key not in self.answers:
            return int(float(source.columns.facts[column].values[0]))
        named = [int(y) for name in source.columns.facts for y in YEAR.findall(name)]
        hinted = max(set(named), key=named.count) if named else None
        if hinted and len(set(named)) == 1 and key not in self.answers:
            return hinted
        if hinted is None:
            in_file = YEAR.findall(source.file)
            hinted = int(in_file[-1]) if in_file else None
        answer = self.ask(key, "year", str(hinted or ""), certainty="likely" if hinted else "ask", where=where)
        return int(answer) if re.fullmatch(r"(19|20)\d\d", answer) else None


def stem_of(column: str, taken: Mapping[str, object] | set[str]) -> str:
    """A name for the study file made from that of a column, used once: "PL.5000" is "pl_5000"."""
    bare = re.sub(r"[^a-z0-9]+", "_", plain_name(column).replace("%", "pct")).strip("_")[:40].strip("_")
    bare = bare if bare[:1].isalpha() else f"x_{bare}".rstrip("_")
    name, count = bare, 2
    while name in taken:
        name, count = f"{bare}_{count}", count + 1
    return name


def spoken(column: str, labels: Mapping[str, str]) -> str:
    """What a reader calls a column: its label in a dictionary, its own words, or the name with blanks for marks."""
    known = labels.get(column.strip().casefold())
    if known:
        return known
    text = re.sub(r"[_\s]+", " ", column).strip()
    if text.isupper() and " " in text:
        text = text.lower()
    return text[:1].upper() + text[1:]
