"""The two kinds of work on published addresses that a worker does: look at some of them, inspect some files."""

from contextlib import ExitStack
from pathlib import Path

from crawler.address_job import AddressJob
from crawler.address_launch import AddressReport, visit_published
from domain.file_report import FileReport
from domain.frozen import Frozen
from engine.cluster import host_lease
from files.isolation import Inspector
from storage.evidence_store import DamagedEvidenceError, EvidenceStore, MissingEvidenceError


class VisitOrder(Frozen):
    """One process that looks at addresses; ``origins`` are those hosts among them that other jobs visit, too."""

    job: AddressJob
    origins: tuple[str, ...]
    visitors: int
    timeout_s: float


class InspectOrder(Frozen):
    """A batch of kept files."""

    files: tuple[str, ...]  # SHA-256
    evidence_root: Path


def visit(order: VisitOrder) -> AddressReport:
    """Look at addresses in a process of its own, holding a place on every shared host meanwhile.

    The places are taken in one order everywhere, so that two jobs never wait for each other.
    """
    with ExitStack() as leases:
        for origin in sorted(order.origins):
            leases.enter_context(host_lease(origin, order.visitors))
        return visit_published(order.job, timeout_s=order.timeout_s)


def inspect(order: InspectOrder) -> tuple[FileReport, ...]:
    """Inspect files in a process of their own; one whose bytes are gone or damaged has no report."""
    evidence = EvidenceStore(order.evidence_root)
    reports = []
    with Inspector() as inspector:
        for file in order.files:
            try:
                reports.append(inspector.inspect(evidence.get(file)))
            except (MissingEvidenceError, DamagedEvidenceError):
                continue
    return tuple(reports)
