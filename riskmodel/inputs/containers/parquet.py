"""Read a Parquet file as text, by the same rules as the cells of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from riskmodel.inputs.codes import trimmed
from riskmodel.inputs.workbook import cell_text
from riskmodel.problems import InputProblems, Problem, Where


def parquet_names(source: Path | bytes, where: Where) -> list[str]:
    """Names of the columns. Raises `InputProblems` (`not_parquet`)."""
    try:
        # pandas stores its row labels as a column of this name
        return [name for name in pq.read_schema(_opened(source)).names if not name.startswith("__index_level_")]
    except (pa.ArrowException, OSError) as error:
        raise InputProblems([Problem("not_parquet", where)]) from error


def parquet_text(source: Path | bytes, where: Where, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Columns of a Parquet file as trimmed text. Raises `InputProblems` (`not_parquet`, `no_rows`)."""
    names = parquet_names(source, where) if columns is None else list(columns)
    try:
        table = pq.read_table(_opened(source), columns=names)
    except (pa.ArrowException, OSError) as error:
        raise InputProblems([Problem("not_parquet", where)]) from error
    if table.num_rows == 0:
        raise InputProblems([Problem("no_rows", where)])
    text = {name: _arrow_text(table.column(name)) for name in table.column_names}
    return pd.DataFrame({name: trimmed(text[name]) for name in names})


def _opened(source: Path | bytes) -> Path | pa.BufferReader:
    return pa.BufferReader(source) if isinstance(source, bytes) else source


def _arrow_text(column: pa.ChunkedArray) -> pd.Series:
    """A typed column as text; distinct values are worded once."""
    kind = column.type
    if (
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_null(kind)
    ):
        return pd.Series(column.cast(pa.large_string()).to_pandas().array, dtype="string")
    cells = column.combine_chunks()
    codes = cells if pa.types.is_dictionary(kind) else cells.dictionary_encode()
    words = pd.array([cell_text(v) for v in codes.dictionary.to_pylist()], dtype="string")
    return pd.Series(
        words.take(codes.indices.fill_null(-1).to_numpy(zero_copy_only=False), allow_fill=True), dtype="string"
    )
