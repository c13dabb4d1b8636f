"""Changes that bodies make to their guides between two visits, with or without raising the version in the list."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sandbox.faces import put_value
from sandbox.model import Corpus, Item, Json
from sandbox.replica import Replica

RIGHTS = "AUDIT_ITEM_EXTEND.SQRQL"  # a text without which no guide is worse, so that no truth changes with it
KEYS = frozenset({"count", "items", "bump", "set"})


@dataclass(frozen=True, kw_only=True)
class Change:
    """Which guides change and how; without ``values`` a harmless sentence is added to what applicants may do."""

    items: tuple[str, ...]
    bump: bool  # whether list and document say a new version and date
    values: Mapping[str, Any] = field(default_factory=dict)  # path → value


def read_change(document: object, corpus: Corpus) -> Change:
    """Check ``{"count": n | "items": [ITEM_ID …], "bump": true, "set": {path: value}}``.

    ``count`` takes the first guides that the truth calls measured. Raises ValueError with one sentence for another
    shape, an unknown item or a number that is too large.
    """
    if not isinstance(document, Mapping) or set(document) - KEYS or ("count" in document) == ("items" in document):
        raise ValueError('a change must be {"count": n} or {"items": [ITEM_ID …]}, with "bump" and "set" if wanted')
    known = [item.item_id for item in corpus.items]
    items = document["items"] if "items" in document else take_first(corpus, document["count"])
    unknown = sorted(set(items) - set(known))
    if unknown:
        raise ValueError(f"no such ITEM_ID in this corpus: {', '.join(unknown[:3])}")
    values = document.get("set", {})
    if not isinstance(values, Mapping):
        raise ValueError("set must be a table of paths and values")
    return Change(items=tuple(items), bump=bool(document.get("bump", True)), values=values)


def take_first(corpus: Corpus, count: object) -> list[str]:
    """Take the first so many guides that a crawl can measure and that have a detail document of the item schema."""
    measured = {guide["item_id"] for guide in corpus.truth.get("guides", ()) if guide["crawl"] == "measured"}
    able = [item.item_id for item in corpus.items if item.item_id in measured and "AUDIT_ITEM" in item.detail]
    if not isinstance(count, int) or not 0 < count <= len(able):
        raise ValueError(f"count must be a whole number from 1 to {len(able)}; given: {count!r}")
    return able[:count]


def change_item(item: Item, change: Change, at: datetime) -> Item:
    """Return the item with its document changed."""
    detail, record = deepcopy(item.detail), dict(item.list_record)
    for path, value in (
        change.values or {RIGHTS: f"申请人有权了解办理进度和结果（{at:%Y-%m-%d %H:%M:%S}修订）"}
    ).items():
        put_value(detail, path, value)
    if change.bump:
        bump_version(detail, record, at)
    return replace(item, detail=detail, list_record=record)


def bump_version(detail: Json, record: Json, at: datetime) -> None:
    """Raise the version and set its date, in the document and in the list."""
    version, day = str(int(record.get("TASK_VERSION") or 0) + 1), f"{at:%Y-%m-%d %H:%M:%S}"
    for table in (detail.get("AUDIT_ITEM", detail), record):
        table |= {"TASK_VERSION": version, "VERSION_DATE": day}


def publish(replica: Replica, change: Change) -> Json:
    """Put a change in force, write it into the truth, and say what was changed."""
    at = datetime.now(UTC).replace(microsecond=0)
    changed = {item_id: change_item(replica.by_id[item_id], change, at) for item_id in change.items}
    replica.put_items(changed, at=at)
    note_in_truth(replica.corpus.truth, change, changed.values(), at)
    return {"changed": list(change.items), "bump": change.bump, "at": at.isoformat()}


def note_in_truth(truth: Json, change: Change, items: Iterable[Item], at: datetime) -> None:
    """Write the change down where the truth is kept."""
    rows = [
        {
            "item_id": item.item_id,
            "at": at.isoformat(),
            "bump": change.bump,
            "version": item.list_record.get("TASK_VERSION"),
            "set": dict(change.values),
        }
        for item in items
    ]
    truth.setdefault("changes", []).extend(rows)
