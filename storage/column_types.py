"""Column types for what is too long to be kept as plain text: JSON pressed into a BLOB."""

import json
from functools import lru_cache

import orjson
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from storage.compression import pack_quickly, unpack


@lru_cache(maxsize=4)
def pack_strings(strings: tuple[str, ...]) -> bytes:
    """Press a list; most rows of a body name the same items, so the last few lists are kept."""
    try:
        return pack_quickly(orjson.dumps(strings))
    except orjson.JSONEncodeError:  # half a surrogate pair: raises what ``rows.upsert`` knows how to mend
        return pack_quickly(json.dumps(strings, ensure_ascii=False).encode())


class PackedStrings(TypeDecorator[list[str]]):
    """A list of strings as compressed JSON; a county's score names tens of thousands of items."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> bytes | None:
        return None if value is None else pack_strings(tuple(value))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> list[str] | None:
        if value is None:
            return None
        strings: list[str] = orjson.loads(unpack(value))
        return strings
