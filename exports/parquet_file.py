"""Parquet for analysts: typed columns, codes as stored, moments in UTC, written one group of rows at a time."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exports.contract import SCHEMA_VERSION
from exports.dataset import Column
from exports.extract import Extract
from exports.language import Language
from exports.value import Form, Value

if TYPE_CHECKING:
    import pyarrow

GROUP_ROWS = 8_192
"""Rows held at once; more would make the file hardly smaller."""
DECIMAL_DIGITS, DECIMAL_PLACES = 38, 10


def write_parquet(path: Path, extract: Extract, _language: Language) -> int:
    """Write an extract in groups of rows; the language makes no difference.

    An object is JSON text, since its values are of several types. Raises ``pyarrow.ArrowInvalid`` for a value that is
    not of its column's form, or that is missing where the contract promises one: our bug.
    """
    from pyarrow import RecordBatch  # noqa: PLC0415 - a tenth of a second that no other command shall pay
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415

    schema, rows = arrow_schema(extract), 0
    spellers = [spell_object if column.form is Form.OBJECT else None for column in extract.columns]
    with ParquetWriter(str(path), schema, compression="zstd") as file:
        for group in groups(extract.rows):
            columns = zip(*group, strict=True)
            spelled = [
                [None if value is None else spell(value) for value in column] if spell else column
                for column, spell in zip(columns, spellers, strict=True)
            ]
            file.write_batch(RecordBatch.from_arrays(arrays_of(spelled, schema), schema=schema))
            rows += len(group)
    return rows


def arrays_of(columns: list[Any], schema: "pyarrow.Schema") -> list[Any]:
    """Turn a group's columns into typed arrays."""
    from pyarrow import array  # noqa: PLC0415

    return [array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]


def groups(rows: Iterator[tuple[Value, ...]]) -> Iterator[list[tuple[Value, ...]]]:
    """Cut a stream into lists."""
    while group := list(islice(rows, GROUP_ROWS)):
        yield group


def spell_object(value: object) -> str:
    """Spell names and values as one JSON object."""
    return json.dumps(value, ensure_ascii=False)


def arrow_schema(extract: Extract) -> "pyarrow.Schema":
    """Say what the columns hold, with title and meaning beside each."""
    from pyarrow import field, schema  # noqa: PLC0415

    about = {"dataset": extract.dataset, "schema_version": SCHEMA_VERSION, "run": extract.run}
    return schema(
        [
            field(
                column.key, arrow_type(column), nullable=bool(column.empty), metadata={"zh": column.zh, "en": column.en}
            )
            for column in extract.columns
        ],
        metadata={f"yuece.{name}": text for name, text in about.items()},
    )


def arrow_type(column: Column[Any]) -> "pyarrow.DataType":
    """Return the Arrow type of a column's form."""
    import pyarrow  # noqa: PLC0415

    return {
        Form.INTEGER: pyarrow.int64(),
        Form.NUMBER: pyarrow.float64(),
        Form.DECIMAL: pyarrow.decimal128(DECIMAL_DIGITS, DECIMAL_PLACES),
        Form.FLAG: pyarrow.bool_(),
        Form.MOMENT: pyarrow.timestamp("us", tz="UTC"),
        Form.TEXTS: pyarrow.list_(pyarrow.string()),
    }.get(column.form, pyarrow.string())
