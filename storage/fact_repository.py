"""What scoring reads of a run on disk; facts are dropped by whoever changes what they rest on."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, select

from domain.facts import ItemFact
from storage.database import Database
from storage.fact_columns import pack_items, unpack_items
from storage.fact_tables import ItemFactsRow, PlannedProbesRow
from storage.rows import narrow, table_of, upsert

FACTS = table_of(ItemFactsRow)
PLANS = table_of(PlannedProbesRow)
Plan = Mapping[str, Mapping[str, int]]  # body → probe → tasks


class FactRepository:
    """Keeps item facts by run and body, and what a run planned."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, run: str, unit: str, version: str, items: Sequence[ItemFact]) -> None:
        """Keep the facts of a body's items, whole; ``version`` names the code that made them."""
        row = {"run": run, "unit": unit, "version": version, "items": len(items), "columns": pack_items(items)}
        with self._database.write() as connection:
            upsert(connection, ItemFactsRow, [row])

    def of_unit(self, run: str, unit: str, version: str) -> tuple[ItemFact, ...] | None:
        """Return the facts of a body's items; ``None`` when they have to be made, or made anew by this version."""
        columns = select(FACTS.c.columns).where(FACTS.c.version == version)
        row = self._database.first(narrow(columns, FACTS, run=run, unit=unit))
        return None if row is None else unpack_items(row["columns"])

    def save_plan(self, run: str, plan: Plan) -> None:
        """Keep how many probes of each kind were planned for each body."""
        with self._database.write() as connection:
            upsert(connection, PlannedProbesRow, [{"run": run, "counts": {unit: dict(n) for unit, n in plan.items()}}])

    def plan(self, run: str) -> Plan | None:
        """Return what a run planned; ``None`` when it was not written down, or guides were read anew since."""
        row = self._database.first(select(PLANS.c.counts).where(PLANS.c.run == run))
        return None if row is None else row["counts"]


def forget_facts(connection: Connection, run: str) -> None:
    """Drop a run's item facts, since its visits, audits or readings change in this transaction."""
    connection.execute(delete(FACTS).where(FACTS.c.run == run))


def forget_all(connection: Connection) -> None:
    """Drop what rests on guides of any run, since a document that any of them may share is read anew."""
    for table in (FACTS, PLANS):
        connection.execute(delete(table))
