"""The faces of a guide – page, print, mobile page – as far as they show something else than the data."""

import re
import zlib
from copy import deepcopy
from typing import Any

from sandbox.model import Item, Json

FAILING_PRINTS = 11  # one code in so many cannot be printed: the real endpoint answers 500 for some, too
STEP = re.compile(r"^(\w+)(?:\[(\d+)\])?$")


def cannot_print(code: str) -> bool:
    """Say whether the print of a code always fails; decided by the code alone."""
    return zlib.crc32(code.encode()) % FAILING_PRINTS == 0


def read_face(item: Item, face: str) -> Json:
    """Return the document that a face is drawn from: the data itself, or a copy with other values in it."""
    changes = item.faces.get(face)
    if not changes:
        return item.detail
    document = deepcopy(item.detail)
    for path, value in changes.items():
        put_value(document, path, value)
    return document


def put_value(document: Json, path: str, value: object) -> None:
    """Put a value at ``TABLE.FIELD`` or ``TABLE[0].FIELD``; KeyError, IndexError or ValueError for no such place."""
    *tables, field = path.split(".")
    place: Any = document
    for step in tables:
        found = STEP.match(step)
        if found is None:
            raise ValueError(f"{path!r} is no path like TABLE.FIELD or TABLE[0].FIELD")
        place = place[found[1]] if found[2] is None else place[found[1]][int(found[2])]
    place[field] = value
