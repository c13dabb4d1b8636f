"""Makes a guide's ``Field`` out of a source's value, so that raw, value and blankness mean one thing everywhere."""

import json
from collections.abc import Mapping
from functools import lru_cache

from domain.guide import Field
from domain.guide_fields import FieldName, FieldState
from portals.labels import PRINTED_LABELS
from portals.text import plain_text, strip_label

ABSENT = Field(raw=None, value="", state=FieldState.BLANK)
"""The source's schema has the field, this document lacks the key."""

JOINT = "；"
SHORT_CHARACTERS = 32
write_json = json.JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps makes one at every call


def raw_text(value: object) -> str:
    """Write a source's value as evidence: a text untouched, anything else as its JSON."""
    return value if isinstance(value, str) else write_json(value)


def value_text(value: object) -> str:
    """Write a source's value as a citizen reads it; ``""`` for null, blank texts, empty lists and tables."""
    if isinstance(value, str):
        return plain_short_text(value) if len(value) <= SHORT_CHARACTERS else plain_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return JOINT.join(text for text in map(value_text, value) if text)
    return ""


def make_field(name: FieldName, value: object, codes: Mapping[str, str] | None = None) -> Field:
    """Read one value; ``codes`` turns a bare code into the portal's word for it."""
    text = strip_label(value_text(value), PRINTED_LABELS[name])
    return filled(raw_text(value), codes.get(text, text) if codes else text)


def filled(raw: str, value: str) -> Field:
    """Build a field whose key the source has."""
    return short_field(raw, value) if len(raw) <= SHORT_CHARACTERS else new_field(raw, value)


def new_field(raw: str, value: str) -> Field:
    return Field(raw=raw, value=value, state=FieldState.OK if value else FieldState.BLANK)


short_field = lru_cache(maxsize=8192)(new_field)
plain_short_text = lru_cache(maxsize=8192)(plain_text)
"""是, 否, 0, codes and blanks come again in every guide: the frozen field may be one and the same."""
