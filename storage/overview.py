"""Questions that one page asks about a whole run, each answered by one grouped query and never by reading every row."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select

from domain.crawl import GuideOutcome, GuideVisit
from domain.finding import Audit, Finding
from domain.observation import Observation
from domain.outcome import Outcome
from storage.database import Database
from storage.rows import from_row, narrow, table_of
from storage.tables import AuditRow, FindingRow, GuideVisitRow, ListedGuideRow, ObservationRow

AUDITS = table_of(AuditRow)
FINDINGS = table_of(FindingRow)
LISTED = table_of(ListedGuideRow)
OBSERVATIONS = table_of(ObservationRow)
VISITS = table_of(GuideVisitRow)
COUNT = func.count().label("rows")


class Overview:
    """Counts over a run, and single rows by what a link names."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count_visits(self, run: str) -> Mapping[tuple[str, str, GuideOutcome], int]:
        """Count the visits of a run by portal, unit and outcome (one index holds all three)."""
        keys = (VISITS.c.portal, VISITS.c.unit, VISITS.c.outcome)
        rows = self._database.stream(select(*keys, COUNT).where(VISITS.c.run == run).group_by(*keys))
        return {(row["portal"], row["unit"], GuideOutcome(row["outcome"])): row["rows"] for row in rows}

    def count_looks(self, run: str) -> Mapping[str, int]:
        """Count how a run's guides were looked at: fetched, confirmed by the server, or trusted to the listing."""
        keys = (VISITS.c.unchanged, VISITS.c.status.is_(None).label("unasked"))
        rows = tuple(self._database.stream(select(*keys, COUNT).where(VISITS.c.run == run).group_by(*keys)))
        counted = {(bool(row["unchanged"]), bool(row["unasked"])): row["rows"] for row in rows}
        fetched = counted.get((False, False), 0) + counted.get((False, True), 0)
        return {"fetched": fetched, "confirmed": counted.get((True, False), 0), "trusted": counted.get((True, True), 0)}

    def count_observations(self, run: str) -> Mapping[tuple[str, str | None, str, Outcome], int]:
        """Count the observations of a run by portal, unit, probe and outcome."""
        keys = (OBSERVATIONS.c.portal, OBSERVATIONS.c.unit, OBSERVATIONS.c.probe_id, OBSERVATIONS.c.outcome)
        rows = self._database.stream(select(*keys, COUNT).where(OBSERVATIONS.c.run == run).group_by(*keys))
        return {(row["portal"], row["unit"], row["probe_id"], Outcome(row["outcome"])): row["rows"] for row in rows}

    def count_findings(self, run: str) -> Mapping[str | None, int]:
        """Count the findings of a run by unit."""
        counted = select(FINDINGS.c.unit, COUNT).where(FINDINGS.c.run == run).group_by(FINDINGS.c.unit)
        return {row["unit"]: row["rows"] for row in self._database.stream(counted)}

    def count_rules(self, run: str, unit: str) -> Mapping[str, int]:
        """Count the findings of each rule in one unit."""
        # An expression, lest the planner walk all units in the order of the rules to save a sort of a few.
        rule = (FINDINGS.c.rule_id + "").label("rule")
        counted = select(rule, COUNT).where(FINDINGS.c.run == run, FINDINGS.c.unit == unit).group_by(rule)
        return {row["rule"]: row["rows"] for row in self._database.stream(counted)}

    def findings(self, run: str, portal: str, item_id: str) -> tuple[Finding, ...]:
        """Return the findings on one item, by rule."""
        wanted = narrow(select(FINDINGS), FINDINGS, run=run, portal=portal, item_id=item_id)
        return tuple(from_row(Finding, row) for row in self._database.stream(wanted.order_by(FINDINGS.c.rule_id)))

    def titles(self, run: str, subjects: Collection[Finding | Observation]) -> Mapping[tuple[str, str], str]:
        """Say what the run's listings call the items of a few findings or observations: (portal, item id) → title."""
        keys = ("portal", "unit", "item_id")
        # All three columns of the key are named, so that the index is used and not the whole run read.
        wanted = (LISTED.c[key].in_({getattr(subject, key) for subject in subjects} - {None}) for key in keys)
        named = select(LISTED.c.portal, LISTED.c.item_id, LISTED.c.title).where(LISTED.c.run == run, *wanted)
        return {(row["portal"], row["item_id"]): row["title"] for row in self._database.stream(named)}

    def visit(self, run: str, portal: str, item_id: str) -> GuideVisit | None:
        """Return the visit to one item; ``None`` when the run made none."""
        row = self._database.first(narrow(select(VISITS), VISITS, run=run, portal=portal, item_id=item_id))
        return None if row is None else from_row(GuideVisit, row)

    def audit(self, run: str, portal: str, item_id: str) -> Audit | None:
        """Return the audit of one item; ``None`` when the run judged it not."""
        row = self._database.first(narrow(select(AUDITS), AUDITS, run=run, portal=portal, item_id=item_id))
        return None if row is None else from_row(Audit, row)
