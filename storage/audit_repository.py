"""Judgements on disk: a compact row per guide for all rules, and one row per fault."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, func, insert, literal, select

from domain.errors import unknown
from domain.finding import Audit, Finding, RuleSet
from storage.database import Database
from storage.fact_repository import forget_facts
from storage.rows import batches, from_row, narrow, table_of, to_rows, upsert
from storage.tables import AuditRow, FindingRow, RuleSetRow

AUDITS = table_of(AuditRow)
FINDINGS = table_of(FindingRow)
RULE_SETS = table_of(RuleSetRow)
AUDIT_KEY = ("run", "portal", "item_id")
FORGET_FAULTS = delete(FINDINGS).where(*(FINDINGS.c[name] == bindparam(f"old_{name}") for name in AUDIT_KEY))
COUNT = func.count().label("findings")


class Judgement(NamedTuple):
    """What makes two judgements the same, whichever run made them."""

    portal: str
    item_id: str
    document: str
    rule_set: str
    basis: str


class AuditRepository:
    """Keeps audits and their findings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_rule_set(self, rule_set: RuleSet) -> None:
        """Keep the meaning of a vector of outcomes; must precede the audits that name it."""
        with self._database.write() as connection:
            upsert(connection, RuleSetRow, to_rows([rule_set], RuleSetRow))

    def rule_set(self, id: str) -> RuleSet:
        """Return a rule set; raise ``UsageError`` with the known ids otherwise."""
        row = self._database.first(select(RULE_SETS).where(RULE_SETS.c.id == id))
        if row is None:
            raise unknown("rule set", id, (known["id"] for known in self._database.stream(select(RULE_SETS.c.id))))
        return from_row(RuleSet, row)

    def rule_sets_of(self, run: str) -> tuple[str, ...]:
        """Return the ids of the rule sets by which a run's guides were judged, in order."""
        statement = select(AUDITS.c.rule_set).where(AUDITS.c.run == run).distinct().order_by(AUDITS.c.rule_set)
        return tuple(row["rule_set"] for row in self._database.stream(statement))

    def save(self, audits: Iterable[Audit], findings: Iterable[Finding]) -> None:
        """Keep audits together with their findings, all of them or none.

        An audit replaces the earlier one of the same run and item with all its findings, so that a fault that a newer
        rule no longer sees does not stay behind. Both streams are read inside one transaction: they must not wait.
        """
        with self._database.write() as connection:
            for batch in batches(audits):
                _forget_faults(connection, batch)
                for run in {audit.run for audit in batch}:
                    forget_facts(connection, run)
                upsert(connection, AuditRow, to_rows(batch, AuditRow))
            upsert(connection, FindingRow, to_rows(findings, FindingRow))

    def made(self, run: str, wanted: Collection[Judgement]) -> Mapping[Judgement, str]:
        """Say which run has made a judgement already, preferring the given one; those never made are left out.

        All must be of one rule set.
        """
        if not wanted:
            return {}
        columns = (AUDITS.c.run, *(AUDITS.c[name] for name in Judgement._fields))
        rule_set = next(iter(wanted)).rule_set
        documents = sorted({judgement.document for judgement in wanted})
        asked = select(*columns).where(AUDITS.c.document.in_(documents), AUDITS.c.rule_set == rule_set)
        found: dict[Judgement, str] = {}
        for row in self._database.stream(asked):
            judgement = Judgement(*(row[name] for name in Judgement._fields))
            if judgement in wanted and found.get(judgement) != run:
                found[judgement] = row["run"]
        return found

    def copy(self, run: str, sources: Mapping[Judgement, str]) -> None:
        """Take judgements of other runs over with their findings, all of them or none; earlier ones are replaced."""
        groups: dict[tuple[str, str], list[str]] = {}
        for judgement, source in sources.items():
            groups.setdefault((source, judgement.portal), []).append(judgement.item_id)
        with self._database.write() as connection:
            if groups:
                forget_facts(connection, run)
            for (source, portal), items in groups.items():
                for table in (FINDINGS, AUDITS):
                    connection.execute(delete(table).where(*_items(table, run, portal, items)))
                    others = [column.name for column in table.columns if column.name != "run"]
                    taken = select(literal(run), *(table.c[name] for name in others))
                    rows = taken.where(*_items(table, source, portal, items))
                    connection.execute(insert(table).from_select(["run", *others], rows))

    def of_items(self, run: str, portal: str, items: Collection[str]) -> Mapping[str, tuple[Audit, list[Finding]]]:
        """Return a run's judgements of a few items with their findings, by item id."""
        audits = self._database.stream(select(AUDITS).where(*_items(AUDITS, run, portal, items)))
        found: dict[str, tuple[Audit, list[Finding]]] = {row["item_id"]: (from_row(Audit, row), []) for row in audits}
        for row in self._database.stream(select(FINDINGS).where(*_items(FINDINGS, run, portal, items))):
            found[row["item_id"]][1].append(from_row(Finding, row))
        return found

    def audits_of(self, run: str, portal: str, items: Collection[str]) -> Mapping[str, Audit]:
        """Return a run's audits of a few items without their findings, by item id."""
        rows = self._database.stream(select(AUDITS).where(*_items(AUDITS, run, portal, items)))
        return {row["item_id"]: from_row(Audit, row) for row in rows}

    def of_run(self, run: str, portal: str | None = None, unit: str | None = None) -> Iterator[Audit]:
        """Yield the audits of a run, by portal and item."""
        statement = narrow(select(AUDITS), AUDITS, run=run, portal=portal, unit=unit).order_by(
            AUDITS.c.portal, AUDITS.c.item_id
        )
        return (from_row(Audit, row) for row in self._database.stream(statement))

    def findings(
        self,
        run: str,
        portal: str | None = None,
        unit: str | None = None,
        *,
        rule: str | None = None,
        subject: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Finding]:
        """Yield the findings of a run, by portal, item and rule; ``limit`` and ``offset`` cut a page out."""
        order = (FINDINGS.c.portal, FINDINGS.c.item_id, FINDINGS.c.rule_id)
        wanted = {"run": run, "portal": portal, "unit": unit, "rule_id": rule, "subject": subject}
        page = narrow(select(FINDINGS), FINDINGS, **wanted).order_by(*order).limit(limit).offset(offset or None)
        return (from_row(Finding, row) for row in self._database.stream(page))

    def count_findings(
        self,
        run: str,
        portal: str | None = None,
        unit: str | None = None,
        *,
        rule: str | None = None,
        subject: str | None = None,
    ) -> int:
        """Count the findings that ``findings`` would yield without a limit."""
        wanted = {"run": run, "portal": portal, "unit": unit, "rule_id": rule, "subject": subject}
        row = self._database.first(narrow(select(COUNT).select_from(FINDINGS), FINDINGS, **wanted))
        return 0 if row is None else int(row["findings"])

    def count_by_rule(self, run: str, portal: str | None = None, unit: str | None = None) -> Mapping[str, int]:
        """Count the findings of each rule that has any."""
        counted = narrow(select(FINDINGS.c.rule_id, COUNT), FINDINGS, run=run, portal=portal, unit=unit)
        rows = self._database.stream(counted.group_by(FINDINGS.c.rule_id).order_by(FINDINGS.c.rule_id))
        return {row["rule_id"]: row["findings"] for row in rows}


def _items(table: Table, run: str, portal: str, items: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (table.c.run == run, table.c.portal == portal, table.c.item_id.in_(items))


def _forget_faults(connection: Connection, audits: list[Audit]) -> None:
    keys = [{f"old_{name}": getattr(audit, name) for name in AUDIT_KEY} for audit in audits]
    connection.execute(FORGET_FAULTS, keys)
