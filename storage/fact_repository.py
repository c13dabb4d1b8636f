"""What scoring reads of a run on disk; facts are dropped by whoever changes what they rest on."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import uuid4

from sqlalchemy import Connection, delete, select, update

from domain.facts import ItemFact
from storage.database import Database
from storage.fact_columns import pack_items, unpack_items
from storage.fact_tables import ItemFactsRow, PlannedProbesRow
from storage.rows import Row, narrow, table_of, upsert

FACTS = table_of(ItemFactsRow)
PLANS = table_of(PlannedProbesRow)
CLAIM = "claim "
"""Stands before the name of a claim, where facts have the version of the code that made them."""
Plan = Mapping[str, Mapping[str, int]]  # body → probe → tasks


class FactRepository:
    """Keeps item facts by run and body, and what a run planned."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, run: str, units: Iterable[str], version: str) -> Mapping[str, str]:
        """Say that the facts of bodies are about to be read, and return the claims that ``keep`` asks for, by body.

        A claim stands in the place of the facts, so whoever changes what they rest on drops it as well. Readers of the
        same body at the same time share it: nothing has changed since the first of them. Bodies that have facts of this
        version already are left out.
        """
        claims: dict[str, str] = {}
        with self._database.write() as connection:
            known = connection.execute(select(FACTS.c.unit, FACTS.c.version).where(FACTS.c.run == run))
            there = {unit: str(found) for unit, found in known}
            for unit in units:
                found = there.get(unit, "")
                if found != version:
                    claims[unit] = found if found.startswith(CLAIM) else CLAIM + uuid4().hex
            upsert(connection, ItemFactsRow, [_row(run, unit, claim, ()) for unit, claim in claims.items()])
        return claims

    def keep(self, claim: str, run: str, unit: str, version: str, items: Sequence[ItemFact]) -> bool:
        """Keep the facts of a body's items, whole; ``False`` when what they rest on has changed since the claim.

        ``version`` names the code that made them. It is ``False`` as well when another reader of the same claim was
        quicker.
        """
        row = _row(run, unit, version, items)
        claimed = update(FACTS).where(FACTS.c.run == run, FACTS.c.unit == unit, FACTS.c.version == claim)
        with self._database.write() as connection:
            return connection.execute(claimed.values(**row)).rowcount == 1

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


def _row(run: str, unit: str, version: str, items: Sequence[ItemFact]) -> Row:
    return {"run": run, "unit": unit, "version": version, "items": len(items), "columns": pack_items(items)}


def forget_facts(connection: Connection, run: str) -> None:
    """Drop a run's item facts, since its visits, audits or readings change in this transaction."""
    connection.execute(delete(FACTS).where(FACTS.c.run == run))


def forget_all(connection: Connection) -> None:
    """Drop what rests on guides of any run, since a document that any of them may share is read anew."""
    for table in (FACTS, PLANS):
        connection.execute(delete(table))
