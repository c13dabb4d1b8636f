"""How much of bare sqlite3's rate is left once findings pass through the store.

    python benchmarks/store_rates.py [--findings 50000]

Both sides write the same rows into the same schema (key, three indexes, foreign key) by the same upsert, each in one
transaction, in alternating rounds of one process, so that the ratio does not depend on the machine's mood. The bare
side is given finished tuples; ours is given frozen findings and the audits that they belong to.
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy.dialects import sqlite

from domain.evidence import EvidenceKind
from domain.finding import Audit, Finding, RuleSet
from domain.guide_fields import FieldName, FieldState
from domain.outcome import Outcome
from domain.run import Run, RunKind, RunState
from storage.database import PRAGMAS
from storage.evidence_store import EvidenceStore
from storage.rows import table_of, upsert_statement
from storage.store import DATABASE_FILE, Store
from storage.tables import FindingRow

ROUNDS = 3
FINDINGS_PER_GUIDE = 10
EVIDENCE_FILES = 300
NOW = datetime.now(UTC)
RULES = RuleSet(id="rules", members=())
RUN = Run(
    id="20261123T013000Z-4f2a",
    kind=RunKind.AUDIT,
    period="2026H2",
    target="sandbox",
    state=RunState.RUNNING,
    started_at=NOW,
    units=(),
    portals=(),
    tool_version="",
    tool_commit="",
    packages={},
    settings_hash="",
    settings={},
)


def make_finding(number: int) -> Finding:
    """Return one fault of a realistic length; ten belong to one guide."""
    guide, rule = divmod(number, FINDINGS_PER_GUIDE)
    return Finding(
        run=RUN.id,
        portal="gdzwfw",
        unit=f"dept-{guide % 41 + 1:02}",
        subject=f"11441700MB2C{guide:019}",
        item_id=f"{guide * 2654435761 % 2**32:032x}",  # scattered, as the portals' ids are
        rule_id=f"family.rule-{rule}",
        rule_version=1,
        field=FieldName.ENQUIRY_PHONE,
        outcome=Outcome.FAIL,
        state=FieldState.MALFORMED,
        reason="咨询电话不是可以拨打的号码：缺少区号，且位数不足",
        excerpt="电话：3366-12 转 8（工作日）" * 2,
        checked=1,
        failed=1,
        document=f"{guide:064x}",
        url=f"https://www.gdzwfw.gov.cn/portal/v2/guide/11441700MB2C{guide:019}",
    )


def make_audit(finding: Finding) -> Audit:
    """Return the outcome vector of the guide that a finding is about."""
    return Audit(
        run=finding.run,
        portal=finding.portal,
        unit=finding.unit,
        item_id=finding.item_id,
        subject=finding.subject,
        document=finding.document,
        rule_set=RULES.id,
        outcomes="f" * FINDINGS_PER_GUIDE + "p" * 50,
        shares={},
    )


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def open_store(home: Path) -> Store:
    """Open a new store that knows the run and its rules."""
    store = Store.open(home)
    store.runs.add(RUN)
    store.audits.save_rule_set(RULES)
    return store


def write_bare(home: Path, findings: list[Finding]) -> float:
    """Write finished tuples by one executemany of the standard library; return seconds."""
    open_store(home).close()
    table = table_of(FindingRow)
    text = str(upsert_statement(table, "sqlite").compile(dialect=sqlite.dialect()))
    rows = [tuple(finding.model_dump(mode="json")[column.name] for column in table.columns) for finding in findings]
    connection = sqlite3.connect(home / DATABASE_FILE, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(text, rows)
        connection.execute("COMMIT")

    seconds = timed(write)
    connection.close()
    return seconds


def write_ours(home: Path, audits: list[Audit], findings: list[Finding]) -> tuple[float, float]:
    """Write audits and findings through the store, then read the findings; return both times in seconds."""
    with open_store(home) as store:
        writing = timed(lambda: store.audits.save(audits, findings))
        reading = timed(lambda: sum(1 for _ in store.audits.findings(RUN.id)))
        assert store.audits.count_findings(RUN.id) == len(findings)
        return writing, reading


def put_evidence(root: Path, *, sync_each: bool) -> float:
    """Keep documents of 40 kB, each synced to the disk by itself or all of them together; return seconds."""
    store = EvidenceStore(root, sync_each=sync_each)
    documents = [(f"{number}办理指南" * 2_000).encode() for number in range(EVIDENCE_FILES)]

    def put() -> None:
        for data in documents:
            store.put(data, kind=EvidenceKind.DOCUMENT, media_type="text/html", url="", run=RUN.id, captured_at=NOW)
        if not sync_each:
            store.sync()

    return timed(put)


def show(title: str, count: int, seconds: Iterable[float]) -> None:
    """Print the median rate."""
    print(f"{title:<44}{count / statistics.median(seconds):>10,.0f} /s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="rates of the store against bare sqlite3")
    parser.add_argument("--findings", type=int, default=50_000)
    count: int = parser.parse_args().findings
    findings = [make_finding(number) for number in range(count)]
    audits = [make_audit(finding) for finding in islice(findings, 0, None, FINDINGS_PER_GUIDE)]
    bare, nothing_else, ours, reading, evidence, together = [], [], [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(ROUNDS):
            home = Path(folder) / str(turn)
            bare.append(write_bare(home / "bare", findings))
            nothing_else.append(write_ours(home / "findings", [], findings)[0])
            with_audits, read = write_ours(home / "ours", audits, findings)
            ours.append(with_audits)
            reading.append(read)
            evidence.append(put_evidence(home / "evidence", sync_each=True))
            together.append(put_evidence(home / "crawl", sync_each=False))
    show("bare sqlite3 executemany, findings", count, bare)
    show("audits.save, findings alone", count, nothing_else)
    show("audits.save, findings with their audits", count, ours)
    show("audits.findings, reading back", count, reading)
    show("evidence.put, 40 kB, each with fsync", EVIDENCE_FILES, evidence)
    show("evidence.put, 40 kB, synced together", EVIDENCE_FILES, together)
    print(f"ratio to bare, findings alone: {statistics.median(bare) / statistics.median(nothing_else):.2f}")
    print(f"ratio to bare, with audits: {statistics.median(bare) / statistics.median(ours):.2f}")


if __name__ == "__main__":
    main()
