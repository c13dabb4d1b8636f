"""JSONL for programs: one object a line, keys and codes as stored, moments in UTC, nothing that needs a guess."""

from decimal import Decimal
from pathlib import Path

import orjson

from exports.extract import Extract
from exports.language import Language

OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE


def write_jsonl(path: Path, extract: Extract, _language: Language) -> int:
    """Write an extract, one row at a time; the language makes no difference."""
    rows, keys = 0, extract.keys
    with path.open("wb") as file:
        for row in extract.rows:
            file.write(orjson.dumps(dict(zip(keys, row, strict=True)), default=spell_exact, option=OPTIONS))
            rows += 1
    return rows


def spell_exact(value: object) -> str:
    """Spell an exact decimal as text, since a reader would take a JSON number for a binary one."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"{type(value).__name__} has no spelling in JSON")
