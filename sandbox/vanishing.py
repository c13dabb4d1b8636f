"""A field that vanishes from every document of a crawl at once, as when a portal renames it or leaves it blank."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from sandbox.model import Json

MODES = ("blank", "remove")
VANISHING_KEY = "field_vanishes"  # its key in a faults file


@dataclass(frozen=True, kw_only=True)
class Vanishing:
    """What is gone: ``TABLE.FIELD`` (in every row of the table) or a whole ``TABLE``; nothing by default."""

    path: str = ""
    mode: str = "remove"  # blank: the key stays and is empty; remove: the key is gone

    def strip(self, document: Json) -> Json:
        """Return the document without it; the document itself where nothing is to vanish."""
        table, _, field = self.path.partition(".")
        if table not in document:
            return document
        stripped = {**document, table: deepcopy(document[table])}
        rows = [stripped] if not field else list_rows(stripped[table])
        for row in rows:
            self._take(row, field or table)
        return stripped

    def _take(self, row: dict[str, Any], key: str) -> None:
        if key not in row:
            return
        if self.mode == "remove":
            del row[key]
        else:
            row[key] = [] if isinstance(row[key], list) else ""


def list_rows(table: object) -> list[dict[str, Any]]:
    """List the rows of a table; an object is a table of one row."""
    rows = table if isinstance(table, list) else [table]
    return [row for row in rows if isinstance(row, dict)]


def read_vanishing(document: object) -> Vanishing:
    """Check ``{"path": "TABLE.FIELD", "mode": "blank" | "remove"}``; ``{}`` gives everything back.

    Raises ValueError with one sentence for another shape.
    """
    if not isinstance(document, Mapping) or set(document) - {"path", "mode"}:
        raise ValueError('what vanishes must be {"path": "TABLE.FIELD", "mode": "blank" or "remove"}, or {}')
    path, mode = document.get("path", ""), document.get("mode", "remove")
    if not isinstance(path, str) or mode not in MODES:
        raise ValueError(f"path must be a text and mode one of {', '.join(MODES)}; given: {path!r}, {mode!r}")
    return Vanishing(path=path, mode=mode)
