"""The audit phase: reads the crawl's documents and judges the guides that today's rules have not judged yet."""

from collections.abc import Iterator
from itertools import islice

from crawler.audit import rule_set
from crawler.coverage import unseen_fields
from domain.crawl import GuideOutcome, GuideVisit
from domain.errors import YueceError
from domain.guide import Guide
from domain.guide_fields import FieldName
from engine import jobs
from engine.cluster import run_jobs
from engine.night_context import NightContext
from engine.night_plan import MAIN_PORTAL
from portals.documents import DocumentContext

BATCH = 100


def read_documents(night: NightContext) -> None:
    """Parse every measured document that the store has no guide for."""
    orders = dict(_parse_orders(night))
    night.reporter.begin("parse", sum(len(order.documents) for order in orders.values()))
    for key, result in run_jobs(night.client, jobs.parse, orders.items()):
        if isinstance(result, Exception):
            raise YueceError(f"documents of {key} cannot be read: {result}") from result
        night.store.guides.save(result)
        night.reporter.advance("parse", len(result))


def audit_all(night: NightContext) -> None:
    """Judge the guides of 广东政务服务网; the mobile portals repeat the same items with fewer fields."""
    current = rule_set()
    night.store.audits.save_rule_set(current)
    guides = tuple(night.store.guides.of_run(night.run.id, portal=MAIN_PORTAL))
    judged = {
        audit.item_id
        for audit in night.store.audits.of_run(night.run.id, portal=MAIN_PORTAL)
        if audit.rule_set == current.id
    }
    unseen = unseen_fields(guides)
    orders = dict(_audit_orders(night, tuple(guide for guide in guides if guide.item_id not in judged), unseen))
    night.reporter.begin("audit", sum(len(order.guides) for order in orders.values()))
    for key, result in run_jobs(night.client, jobs.audit, orders.items()):
        if isinstance(result, Exception):
            raise YueceError(f"the audit of {key} failed: {result}") from result
        night.store.audits.save(
            [audit for audit, _ in result], [finding for _, findings in result for finding in findings]
        )
        night.reporter.advance("audit", len(result))


def _parse_orders(night: NightContext) -> Iterator[tuple[str, jobs.ParseOrder]]:
    for portal in night.plan.portals:
        known = {guide.item_id for guide in night.store.guides.of_run(night.run.id, portal=portal)}
        visits = (
            visit
            for visit in night.store.crawls.visits(night.run.id, portal=portal)
            if visit.outcome is GuideOutcome.MEASURED and visit.item_id not in known
        )
        number = 0
        while batch := tuple(islice(visits, BATCH)):
            documents = tuple(_context(visit) for visit in batch)
            order = jobs.ParseOrder(portal=portal, documents=documents, evidence_root=night.evidence_root)
            yield f"parse/{night.run.id}/{portal}/{number}", order
            number += 1


def _context(visit: GuideVisit) -> DocumentContext:
    if visit.document is None:
        raise YueceError(f"the visit to {visit.item_id} says measured but keeps no document")
    return DocumentContext(
        unit=visit.unit,
        item_id=visit.item_id,
        code=visit.code,
        url=visit.url,
        document=visit.document,
        captured_at=visit.fetched_at,
    )


def _audit_orders(
    night: NightContext, guides: tuple[Guide, ...], unseen: frozenset[FieldName]
) -> Iterator[tuple[str, jobs.AuditOrder]]:
    for start in range(0, len(guides), BATCH):
        order = jobs.AuditOrder(run=night.run.id, guides=guides[start : start + BATCH], unseen=unseen)
        yield f"audit/{night.run.id}/{start // BATCH}", order
