"""The work that a worker does beside probes (probe_job.py): crawl a few bodies, read or judge a batch of documents."""

from dataclasses import dataclass
from pathlib import Path

from crawler.audit import audit_dossier
from crawler.job import CrawlJob
from crawler.launch import CrawlReport, run_crawl
from domain.dossier import Dossier
from domain.finding import Audit, Finding
from domain.frozen import Frozen
from engine.cluster import host_lease
from portals.adapter import adapters
from portals.documents import DocumentContext
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
