"""Crawls on disk: what was listed, what was visited, and therefore what is still missing."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Table, and_, exists, select

from domain.crawl import GuideOutcome, GuideVisit, ListedGuide, Listing
from storage.database import Database
from storage.fact_repository import forget_facts
from storage.rows import Thing, from_row, narrow, table_of, to_rows, upsert
from storage.tables import GuideVisitRow, ListedGuideRow, ListingRow

LISTINGS = table_of(ListingRow)
LISTED = table_of(ListedGuideRow)
VISITS = table_of(GuideVisitRow)
FINAL = (GuideOutcome.MEASURED.value, GuideOutcome.ABSENT.value)
"""Outcomes that no further visit would change; a guide that was not measured is missing still."""


class CrawlRepository:
    """Keeps listings, listed guides and visits of each run."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_listing(self, run: str, listing: Listing) -> None:
        """Keep what a unit's listing claimed and gave."""
        with self._database.write() as connection:
            upsert(connection, ListingRow, to_rows([listing], ListingRow, run=run))

    def save_listed(self, run: str, listed: Iterable[ListedGuide]) -> None:
        """Keep the guides that listings named, all of them or none."""
        with self._database.write() as connection:
            upsert(connection, ListedGuideRow, to_rows(listed, ListedGuideRow, run=run))

    def save_visits(self, run: str, visits: Iterable[GuideVisit]) -> None:
        """Keep how visits ended, all of them or none; a later visit to the same guide overwrites."""
        with self._database.write() as connection:
            forget_facts(connection, run)
            upsert(connection, GuideVisitRow, to_rows(visits, GuideVisitRow, run=run))

    def listings(self, run: str) -> tuple[Listing, ...]:
        """Return every listing of a run, by portal and unit."""
        return tuple(self._select(Listing, LISTINGS, run, None, None))

    def listed(self, run: str, portal: str | None = None, unit: str | None = None) -> Iterator[ListedGuide]:
        """Yield the listed guides, by portal, unit and item."""
        return self._select(ListedGuide, LISTED, run, portal, unit)

    def visits(self, run: str, portal: str | None = None, unit: str | None = None) -> Iterator[GuideVisit]:
        """Yield the visits, by portal, unit and item."""
        return self._select(GuideVisit, VISITS, run, portal, unit)

    def units(self, run: str, portal: str) -> tuple[str, ...]:
        """Return the bodies of which a run visited guides on a portal, in order."""
        visited = narrow(select(VISITS.c.unit), VISITS, run=run, portal=portal).distinct().order_by(VISITS.c.unit)
        return tuple(row["unit"] for row in self._database.stream(visited))

    def missing(self, run: str, portal: str, unit: str) -> tuple[ListedGuide, ...]:
        """Return the guides that were listed and have neither been measured nor found absent."""
        keys = (VISITS.c[name] == LISTED.c[name] for name in ("run", "portal", "unit", "item_id"))
        visited = exists().where(and_(*keys, VISITS.c.outcome.in_(FINAL)))
        statement = (
            narrow(select(LISTED), LISTED, run=run, portal=portal, unit=unit).where(~visited).order_by(LISTED.c.item_id)
        )
        return tuple(from_row(ListedGuide, row) for row in self._database.stream(statement))

    def fates(
        self, run: str, portal: str, earlier: str | None
    ) -> Iterator[tuple[str, str, GuideOutcome, GuideOutcome | None]]:
        """Yield (unit, item, outcome, outcome in an earlier run) of a run's visits; ``None`` where it made no visit."""
        before = VISITS.alias("before")
        run_before = earlier or ""  # no run at all is no NULL: that would be sought in the whole table for every visit
        keys = (VISITS.c[name] == before.c[name] for name in ("portal", "unit", "item_id"))
        columns = (VISITS.c.unit, VISITS.c.item_id, VISITS.c.outcome, before.c.outcome.label("then"))
        joined = select(*columns).join_from(VISITS, before, and_(*keys, before.c.run == run_before), isouter=True)
        for row in self._database.stream(narrow(joined, VISITS, run=run, portal=portal)):
            then = row["then"] and GuideOutcome(row["then"])
            yield row["unit"], row["item_id"], GuideOutcome(row["outcome"]), then

    def _select(
        self, kind: type[Thing], table: Table, run: str, portal: str | None, unit: str | None
    ) -> Iterator[Thing]:
        statement = narrow(select(table), table, run=run, portal=portal, unit=unit).order_by(*table.primary_key.columns)
        return (from_row(kind, row) for row in self._database.stream(statement))
