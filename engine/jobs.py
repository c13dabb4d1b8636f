"""The three kinds of work that a worker does: crawl a few bodies, judge a batch of documents, make one probe."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.audit import audit_dossier
from crawler.job import CrawlJob
from crawler.launch import CrawlReport, run_crawl
from domain.dossier import Dossier
from domain.evidence import Evidence
from domain.finding import Audit, Finding
from domain.frozen import Frozen
from domain.observation import Observation
from engine.cluster import host_lease
from engine.companions import companions_of
from portals.adapter import adapters
from portals.citizen import Account
from portals.documents import DocumentContext
from probes.probe import ProbeTask
from probes.run_probe import ProbeRunner
from storage.evidence_store import DamagedEvidenceError, EvidenceStore, MissingEvidenceError
from storage.packed_guide import PackedGuide, pack_guide

AuditResult = tuple[tuple[Audit, tuple[Finding, ...]], ...]


class CrawlOrder(Frozen):
    """One crawl process for some bodies of one portal."""

    job: CrawlJob
    origin: str
    visitors: int
    timeout_s: float


class ParseOrder(Frozen):
    """A batch of measured documents to be read."""

    portal: str
    documents: tuple[DocumentContext, ...]
    evidence_root: Path


class ParseResult(Frozen):
    """What was read; ``lost`` names the documents whose bytes are gone or changed."""

    guides: tuple[PackedGuide, ...]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AuditOrder:
    """A batch of dossiers to be judged, each with the basis of its judgement."""

    run: str
    cases: tuple[tuple[Dossier, str], ...]


class ProbeOrder(Frozen):
    """One probe."""

    task: ProbeTask
    attempt: int
    run: str
    origins: dict[str, str] | None
    account: Account | None
    evidence_root: Path
    browser: str
    contact: str
    visitors: int
    budget_s: float


def crawl(order: CrawlOrder) -> CrawlReport:
    """Crawl in a process of its own, holding one of the host's places meanwhile."""
    with host_lease(order.origin, order.visitors):
        return run_crawl(order.job, timeout_s=order.timeout_s)


def parse(order: ParseOrder) -> ParseResult:
    """Read documents out of the evidence store; a parser that fails raises ``ValueError``."""
    evidence = EvidenceStore(order.evidence_root)
    source = adapters.get(order.portal).documents
    guides, lost = [], []
    for context in order.documents:
        try:
            guides.append(pack_guide(source.parse(evidence.get(context.document), context)))
        except (MissingEvidenceError, DamagedEvidenceError):
            lost.append(context.document)
    return ParseResult(guides=tuple(guides), lost=tuple(lost))


def audit(order: AuditOrder) -> AuditResult:
    """Judge guides; pure, so that a repeat gives the same."""
    return tuple(audit_dossier(dossier, run=order.run, basis=basis) for dossier, basis in order.cases)


def probe(order: ProbeOrder) -> tuple[Observation, tuple[Evidence, ...]]:
    """Make one probe with the worker's warm browser."""
    runner = _warm_runner(order)
    origin = next(iter(adapters.get(order.task.portal).site(order.origins).hosts.values()))
    with host_lease(origin, order.visitors):
        return runner.run(order.task, attempt=order.attempt)


_runners: dict[str, ProbeRunner] = {}
"""The worker's one warm browser: a sync Playwright belongs to its thread, so a new portal closes the old one first."""


def _warm_runner(order: ProbeOrder) -> ProbeRunner:
    key = f"{order.task.portal}|{order.run}|{order.origins}"
    if key not in _runners:
        close_runners()
        _runners[key] = _open_runner(order)
    return _runners[key]


def _open_runner(order: ProbeOrder) -> ProbeRunner:
    adapter = adapters.get(order.task.portal)
    settings: dict[str, Any] = {"browser": order.browser, "contact": order.contact, "budget_s": order.budget_s}
    runner = ProbeRunner(
        adapter=adapter,
        site=adapter.site(order.origins),
        evidence=EvidenceStore(order.evidence_root),
        account=order.account,
        run=order.run,
        companions=companions_of(adapter, order.origins),
        **settings,
    )
    return runner.__enter__()


def close_runners() -> None:
    """Close the worker's browser; to be run in the worker's own thread."""
    for runner in _runners.values():
        runner.__exit__(None, None, None)
    _runners.clear()
