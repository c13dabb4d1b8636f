"""What a failing machine took away of a killed night is fetched again, not believed."""

from datetime import UTC, datetime
from pathlib import Path

from domain.crawl import GuideOutcome, GuideVisit
from domain.evidence import EvidenceKind
from engine.collecting.crawling import sound_visits
from storage.evidence_store import EvidenceStore

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def visit(number: int, document: str | None) -> GuideVisit:
    return GuideVisit(
        portal="gdzwfw",
        unit="dept-01",
        item_id=f"i{number}",
        code="c",
        title="t",
        url="https://www/",
        outcome=GuideOutcome.MEASURED if document else GuideOutcome.NOT_MEASURED,
        document=document,
        fetched_at=NOW,
    )


def test_visits_whose_bytes_are_lost_did_not_take_place(tmp_path: Path) -> None:
    evidence = EvidenceStore(tmp_path, sync_each=False)
    kept, emptied, cut = (put(evidence, text) for text in ("one", "two", "three"))
    for sha256, length in ((emptied, 0), (cut, 9)):
        path = evidence.path(sha256)
        assert path is not None
        path.write_bytes(path.read_bytes()[:length])
    visits = [visit(number, sha256) for number, sha256 in enumerate((kept, emptied, cut, "0" * 64, None))]
    assert sound_visits(visits, evidence) == [visits[0], visits[4]]


def test_lost_bytes_are_written_anew(tmp_path: Path) -> None:
    evidence = EvidenceStore(tmp_path, sync_each=False)
    sha256 = put(evidence, "one")
    path = evidence.path(sha256)
    assert path is not None
    path.write_bytes(b"")
    assert put(evidence, "one") == sha256
    assert evidence.holds(sha256)
    assert evidence.get(sha256) == b"one" * 1000


def put(evidence: EvidenceStore, text: str) -> str:
    data = (text * 1000).encode()
    kept = evidence.put(
        data, kind=EvidenceKind.DOCUMENT, media_type="application/json", url="", run="r", captured_at=NOW
    )
    evidence.sync()
    return kept.sha256
