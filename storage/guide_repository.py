"""Parsed guides on disk: one row per document and parser, shared by every run that saw the same bytes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, exists, select, tuple_

from domain.crawl import GuideOutcome, GuideVisit
from domain.errors import UsageError
from domain.guide import Guide
from storage.database import Database
from storage.fact_repository import forget_all
from storage.packed_guide import PackedGuide, pack_guide, unpack_guide
from storage.rows import batches, from_row, narrow, table_of, upsert
from storage.tables import GuideRow, GuideVisitRow

GUIDES = table_of(GuideRow)
VISITS = table_of(GuideVisitRow)
VISITED = tuple(VISITS.c[name] for name in ("portal", "unit", "item_id", "code", "title", "url", "fetched_at"))
DOCUMENT = ("portal", "item_id", "document")
ASKED_AT_ONCE = 500
"""Documents per question: their keys are the question's variables, of which SQLite takes 32,766."""
NEWEST_FIRST = (GUIDES.c.saved_at.desc(), GUIDES.c.parser.desc())


class GuideRepository:
    """Keeps guides; which run saw one is told by that run's visits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, guides: Iterable[Guide]) -> None:
        """Keep guides, all of them or none; the same document read by the same parser overwrites."""
        self.save_packed(map(pack_guide, guides))

    def save_packed(self, guides: Iterable[PackedGuide]) -> None:
        """Keep guides that were packed elsewhere, in the same way."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            for batch in batches(guides, ASKED_AT_ONCE):
                if _reads_anew(connection, batch):
                    forget_all(connection)
                upsert(connection, GuideRow, ({**dict(guide), "saved_at": now} for guide in batch))

    def of_run(self, run: str, portal: str | None = None, unit: str | None = None) -> Iterator[Guide]:
        """Yield the guides that a run measured, by portal, unit and item.

        What a listing says (unit, code, name, address) and the time of capture are those of the run's own visit. A
        document that several parsers read comes once, as it was read last.
        """
        return (_as_visited(row) for row in self._rows(run, portal, unit, None))

    def compared(
        self, run: str, portal: str, earlier: str | None, *, read_until: datetime | None = None
    ) -> Iterator[tuple[Guide, Guide | None]]:
        """Yield a run's guides of a portal, each with the guide that an earlier run saw in its place, if it saw one.

        The earlier one is taken as it had been read by ``read_until``, so that a parser of today cannot hide what it
        has lost. Where both runs have the same reading of the same document, the two are one object.
        """
        before = iter(self._rows(earlier, portal, None, read_until)) if earlier is not None else iter(())
        old = next(before, None)
        for row in self._rows(run, portal, None, None):
            while old is not None and _place(old) < _place(row):
                old = next(before, None)
            guide = _as_visited(row)
            if old is None or _place(old) != _place(row):
                yield guide, None
            else:
                yield guide, (guide if old["parsed"] == row["parsed"] else _as_visited(old))

    def unread(self, run: str, portal: str, parser: str) -> Iterator[GuideVisit]:
        """Yield the measured visits of a run whose document the given parser has not read yet, by unit and item."""
        keys = (VISITS.c[name] == GUIDES.c[name] for name in ("portal", "item_id", "document"))
        read = exists().where(and_(*keys, GUIDES.c.parser == parser))
        measured = narrow(select(VISITS), VISITS, run=run, portal=portal, outcome=GuideOutcome.MEASURED.value)
        statement = measured.where(~read).order_by(VISITS.c.unit, VISITS.c.item_id)
        return (from_row(GuideVisit, row) for row in self._database.stream(statement))

    def _rows(
        self, run: str, portal: str | None, unit: str | None, read_until: datetime | None
    ) -> Iterator[RowMapping]:
        """Yield one row per measured visit, with the guide still packed."""
        seen: tuple[str, ...] = ()
        for row in self._database.stream(_of_run(run, portal, unit, read_until)):
            if row["parsed"] is not None and _place(row) != seen:
                seen = _place(row)
                yield row

    def get(self, portal: str, item_id: str, document: str, *, read_until: datetime | None = None) -> Guide:
        """Return a guide as it was read last, or had been by ``read_until``.

        Raises ``UsageError`` when that document was never read.
        """
        statement = narrow(select(GUIDES), GUIDES, portal=portal, item_id=item_id, document=document)
        row = self._database.first(statement.order_by(*_readings(read_until)))
        if row is None:
            raise UsageError(f"no guide {item_id!r} of portal {portal!r} was read from document {document!r}")
        return unpack_guide(row["parsed"])


def _reads_anew(connection: Connection, guides: Iterable[PackedGuide]) -> bool:
    """Say whether any of the documents had been read in another way."""
    key = tuple_(*(GUIDES.c[name] for name in DOCUMENT))
    new = {tuple(getattr(guide, name) for name in DOCUMENT): (guide.parser, guide.parsed) for guide in guides}
    old = select(*(GUIDES.c[name] for name in (*DOCUMENT, "parser", "parsed"))).where(key.in_(new))
    return any(new[row[:3]] != row[3:] for row in map(tuple, connection.execute(old)))


def _of_run(run: str, portal: str | None, unit: str | None, read_until: datetime | None) -> Select[Any]:
    same = and_(*(VISITS.c[name] == GUIDES.c[name] for name in ("portal", "item_id", "document")))
    # An outer join, so that SQLite begins with the visits: it would otherwise walk all guides of the portal for a body.
    joined = select(*VISITED, GUIDES.c.parsed).join_from(VISITS, GUIDES, same, isouter=True)
    measured = GuideOutcome.MEASURED.value
    statement = narrow(joined, VISITS, run=run, portal=portal, unit=unit, outcome=measured)
    return statement.order_by(VISITS.c.portal, VISITS.c.unit, VISITS.c.item_id, *_readings(read_until))


def _readings(read_until: datetime | None) -> tuple[ColumnElement[Any], ...]:
    """Order the readings of one document: those made in time first, newest first."""
    in_time = () if read_until is None else ((GUIDES.c.saved_at > read_until).asc(),)
    return (*in_time, *NEWEST_FIRST)


def _place(row: RowMapping) -> tuple[str, ...]:
    return (row["portal"], row["unit"], row["item_id"])


def _as_visited(row: RowMapping) -> Guide:
    """Unpack a guide and lay over it what the run's own visit knows better than the first reading of the document."""
    said = {"code": row["code"], "listed_title": row["title"]}
    own = {"unit": row["unit"], "url": row["url"], "captured_at": row["fetched_at"]}
    return unpack_guide(row["parsed"]).model_copy(update=own | {name: text for name, text in said.items() if text})
