"""Parsed guides on disk: one row per document and parser, shared by every run that saw the same bytes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic_core import PydanticSerializationError, to_json
from sqlalchemy import Select, and_, select

from domain.crawl import GuideOutcome
from domain.errors import UsageError
from domain.guide import Guide
from storage.compression import pack, unpack
from storage.database import Database
from storage.rows import Row, encodable, narrow, table_of, upsert
from storage.tables import GuideRow, GuideVisitRow

GUIDES = table_of(GuideRow)
VISITS = table_of(GuideVisitRow)
NEWEST_FIRST = (GUIDES.c.saved_at.desc(), GUIDES.c.parser.desc())


class GuideRepository:
    """Keeps guides; which run saw one is told by that run's visits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, guides: Iterable[Guide]) -> None:
        """Keep guides, all of them or none; the same document read by the same parser overwrites."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            upsert(connection, GuideRow, (_to_row(guide, now) for guide in guides))

    def of_run(self, run: str, portal: str | None = None, unit: str | None = None) -> Iterator[Guide]:
        """Yield the guides that a run measured, by portal, unit and item.

        Unit and time of capture are those of the run's own visit. A document that several parsers read comes once, as
        it was read last.
        """
        seen: tuple[str, ...] = ()
        for row in self._database.stream(_of_run(run, portal, unit)):
            visit = (row["portal"], row["unit"], row["item_id"])
            if visit != seen:
                seen = visit
                guide = _from_packed(row["parsed"])
                yield guide.model_copy(update={"unit": row["unit"], "captured_at": row["fetched_at"]})

    def get(self, portal: str, item_id: str, document: str) -> Guide:
        """Return a guide as it was read last; raise ``UsageError`` when that document was never read."""
        statement = narrow(select(GUIDES), GUIDES, portal=portal, item_id=item_id, document=document)
        row = self._database.first(statement.order_by(*NEWEST_FIRST))
        if row is None:
            raise UsageError(f"no guide {item_id!r} of portal {portal!r} was read from document {document!r}")
        return _from_packed(row["parsed"])


def _of_run(run: str, portal: str | None, unit: str | None) -> Select[Any]:
    same = and_(*(VISITS.c[name] == GUIDES.c[name] for name in ("portal", "item_id", "document")))
    columns = (VISITS.c.portal, VISITS.c.unit, VISITS.c.item_id, VISITS.c.fetched_at, GUIDES.c.parsed)
    joined = select(*columns).join_from(VISITS, GUIDES, same)
    measured = GuideOutcome.MEASURED.value
    statement = narrow(joined, VISITS, run=run, portal=portal, unit=unit, outcome=measured)
    return statement.order_by(VISITS.c.portal, VISITS.c.unit, VISITS.c.item_id, *NEWEST_FIRST)


def _to_row(guide: Guide, saved_at: datetime) -> Row:
    key = {"portal": guide.portal, "item_id": guide.item_id, "document": guide.document, "parser": guide.parser}
    return {**key, "saved_at": saved_at, "parsed": pack(_as_json(guide))}


def _as_json(guide: Guide) -> bytes:
    try:
        return guide.model_dump_json(warnings="error").encode()
    except PydanticSerializationError:  # half a surrogate pair; a value of a wrong type raises again here
        return to_json(encodable(guide.model_dump(mode="json", warnings="error")))


def _from_packed(parsed: bytes) -> Guide:
    return Guide.model_validate_json(unpack(parsed))
