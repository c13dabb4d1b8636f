"""Readings on disk: one row per guide and run, so that a score of any night can be traced to its texts."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import RowMapping, and_, exists, func, literal, select

from domain.crawl import GuideOutcome
from domain.readability import GuideReadability
from storage.database import Database
from storage.fact_repository import forget_facts
from storage.rows import Row, insert_new, narrow, table_of, upsert
from storage.tables import GuideVisitRow, ReadabilityRow

READINGS = table_of(ReadabilityRow)
VISITS = table_of(GuideVisitRow)
FEATURES = ("parts", "figures", "terms", "passed_over", "fields")
COUNT = func.count().label("readings")
COLUMNS = tuple(READINGS.columns.keys())


class ReadabilityRepository:
    """Keeps how guides read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, run: str, readings: Iterable[GuideReadability]) -> None:
        """Keep a run's readings, all of them or none; a later reading of the same guide overwrites."""
        with self._database.write() as connection:
            forget_facts(connection, run)
            upsert(connection, ReadabilityRow, (_to_row(run, reading) for reading in readings))

    def carry_over(self, run: str, earlier: str, *, portal: str, version: str) -> None:
        """Take the earlier run's readings over for guides whose document did not change, unless they are there.

        ``version`` is the beginning that a reading's version must have. Unit and code are those of the run's own visit.
        """
        same = and_(
            READINGS.c.run == earlier,
            READINGS.c.version.startswith(version, autoescape=True),
            *(READINGS.c[name] == VISITS.c[name] for name in ("portal", "item_id", "document")),
        )
        there = READINGS.alias("there")
        present = exists().where(
            there.c.run == run, *(there.c[name] == VISITS.c[name] for name in ("portal", "item_id"))
        )
        own = {"run": literal(run), "unit": VISITS.c.unit, "subject": VISITS.c.code}
        taken = (
            select(*(own.get(name, READINGS.c[name]) for name in COLUMNS))
            .join_from(VISITS, READINGS, same)
            .where(VISITS.c.run == run, VISITS.c.portal == portal, VISITS.c.outcome == GuideOutcome.MEASURED.value)
            .where(~present)
        )
        with self._database.write() as connection:
            forget_facts(connection, run)
            insert_new(connection, ReadabilityRow, COLUMNS, taken)

    def made(self, run: str, portal: str, items: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """Return document and version behind the readings of a few items, by item id."""
        columns = select(READINGS.c.item_id, READINGS.c.document, READINGS.c.version)
        few = narrow(columns, READINGS, run=run, portal=portal).where(READINGS.c.item_id.in_(items))
        return {row["item_id"]: (row["document"], row["version"]) for row in self._database.stream(few)}

    def count(self, run: str, portal: str) -> int:
        """Count a run's readings."""
        row = self._database.first(narrow(select(COUNT).select_from(READINGS), READINGS, run=run, portal=portal))
        return 0 if row is None else int(row["readings"])

    def units(self, run: str) -> tuple[str | None, ...]:
        """Return the bodies whose guides were read, ``None`` last."""
        rows = self._database.stream(select(READINGS.c.unit).where(READINGS.c.run == run).distinct())
        return tuple(sorted((row["unit"] for row in rows), key=lambda unit: (unit is None, unit or "")))

    def scores(self, run: str, portal: str, items: Collection[str] | None = None) -> Mapping[str, float | None]:
        """Return the scores of guides that were read, by item id; of a few ``items``, or of all."""
        wanted = narrow(select(READINGS.c.item_id, READINGS.c.score), READINGS, run=run, portal=portal)
        few = wanted if items is None else wanted.where(READINGS.c.item_id.in_(items))
        return {row["item_id"]: row["score"] for row in self._database.stream(few)}

    def of_run(self, run: str, portal: str | None = None, unit: str | None = None) -> Iterator[GuideReadability]:
        """Yield a run's readings, by portal and item."""
        statement = narrow(select(READINGS), READINGS, run=run, portal=portal, unit=unit)
        ordered = statement.order_by(READINGS.c.portal, READINGS.c.item_id)
        return (_from_row(row) for row in self._database.stream(ordered))

    def find(self, run: str, portal: str, item_id: str) -> GuideReadability | None:
        """Return one guide's reading; ``None`` when it was not read."""
        row = self._database.first(narrow(select(READINGS), READINGS, run=run, portal=portal, item_id=item_id))
        return None if row is None else _from_row(row)


def _to_row(run: str, reading: GuideReadability) -> Row:
    row = reading.model_dump(mode="json", warnings="error")
    return {"run": run, "features": {name: row.pop(name) for name in FEATURES}, **row}


def _from_row(row: RowMapping) -> GuideReadability:
    plain = {name: row[name] for name in COLUMNS if name not in ("run", "features")}
    return GuideReadability.model_validate({**plain, **row["features"]})
