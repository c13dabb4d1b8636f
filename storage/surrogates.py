"""Replaces lone surrogates, which JSON may carry and no file or database can hold."""

from collections.abc import Mapping
from typing import Any


def encodable(row: Mapping[str, Any]) -> dict[str, Any]:
    """Replace lone surrogates by U+FFFD; join those that form a pair."""
    return {name: _encodable(value) for name, value in row.items()}


def _encodable(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {_encodable(key): _encodable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_encodable(part) for part in value]
    return value
