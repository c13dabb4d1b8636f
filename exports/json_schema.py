"""JSON Schema (2020-12) of every data set, made of the same columns that write the files."""

import json
from collections.abc import Mapping
from typing import Any

from exports.contract import SCHEMA_VERSION
from exports.dataset import Column, Dataset
from exports.value import Form

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schema"
TYPES: Mapping[Form, Mapping[str, Any]] = {
    Form.TEXT: {"type": "string"},
    Form.CODE: {"type": "string"},
    Form.INTEGER: {"type": "integer"},
    Form.NUMBER: {"type": "number"},
    Form.DECIMAL: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    Form.FLAG: {"type": "boolean"},
    Form.MOMENT: {"type": "string", "format": "date-time", "pattern": "Z$"},
    Form.LINK: {"type": "string", "minLength": 1},
    Form.TEXTS: {"type": "array", "items": {"type": "string"}},
    Form.OBJECT: {"type": "object"},
}


def schema_of(dataset: Dataset[Any]) -> dict[str, Any]:
    """Describe one line of the data set's JSONL; what JSON Schema has no word for stands under ``x-`` keys."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:yuece:export:{dataset.id}:{SCHEMA_VERSION}",
        "title": dataset.zh,
        "description": dataset.about,
        "x-dataset": dataset.id,
        "x-schema-version": SCHEMA_VERSION,
        "x-natural-key": list(dataset.natural_key),
        "x-run-bound": [column.key for column in dataset.columns if column.run_bound],
        "x-volatile": [column.key for column in dataset.columns if column.volatile],
        "type": "object",
        "properties": {column.key: property_of(column) for column in dataset.columns},
        "required": [column.key for column in dataset.columns],
        "additionalProperties": False,
    }


def delta_schema_of(dataset: Dataset[Any], change: Column[Any]) -> dict[str, Any]:
    """Describe one line of a delta: what was done with the row, then the row."""
    whole = schema_of(dataset)
    return {
        **whole,
        "$id": f"urn:yuece:export:{dataset.id}.delta:{SCHEMA_VERSION}",
        "properties": {change.key: property_of(change), **whole["properties"]},
        "required": [change.key, *whole["required"]],
    }


def property_of(column: Column[Any]) -> dict[str, Any]:
    """Describe one field."""
    described = {"title": column.zh, "description": column.meaning, **type_of(column), "x-form": column.form.value}
    words = {"x-title-en": column.en, "x-unit": column.unit, "x-empty": column.empty, "x-refers": column.refers}
    described.update({name: text for name, text in words.items() if text})
    if column.codes is not None:
        described["x-codes"] = dict(column.codes.zh)
    return described


def type_of(column: Column[Any]) -> dict[str, Any]:
    """Say what a field may hold; a closed list of codes is an ``enum``, an open one is any text."""
    kind = dict(TYPES[column.form])
    if column.codes is not None:
        kind |= {"minLength": 1} if column.codes.open else {"enum": list(column.codes.zh)}
    if not column.empty:
        return kind
    if "enum" in kind:
        kind["enum"] = [*kind["enum"], None]
    return {**kind, "type": [kind["type"], "null"]}


def spell_schema(schema: Mapping[str, Any]) -> str:
    """Spell a schema as the file that travels with the data."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
