"""What a run may take over from earlier ones: judgements, and the guides that stood there before."""

from datetime import UTC, datetime

from domain.evidence import EvidenceKind
from domain.finding import Audit, Finding
from storage.audit_repository import Judgement
from storage.store import Store
from storage.verification import verify
from tests.storage.conftest import NOW, Samples


def judgement(audit: Audit) -> Judgement:
    return Judgement(audit.portal, audit.item_id, audit.document, audit.rule_set, audit.basis)


def fill(store: Store, samples: Samples, run: str, basis: str = "b") -> tuple[Audit, Finding]:
    audit = samples.audit("a", run).model_copy(update={"basis": basis})
    finding = samples.finding("a", "phone.form", run=run)
    store.audits.save_rule_set(samples.rule_set)
    store.audits.save([audit], [finding])
    return audit, finding


def test_a_judgement_is_found_in_another_run_and_the_own_one_first(store: Store, samples: Samples) -> None:
    store.runs.add(samples.run("run-2"))
    audit, _ = fill(store, samples, "run-1")
    wanted = judgement(audit)
    assert store.audits.made("run-2", {wanted}) == {wanted: "run-1"}
    fill(store, samples, "run-2")
    assert store.audits.made("run-2", {wanted}) == {wanted: "run-2"}
    assert store.audits.made("run-1", {wanted}) == {wanted: "run-1"}


def test_another_basis_is_another_judgement(store: Store, samples: Samples) -> None:
    audit, _ = fill(store, samples, "run-1")
    assert store.audits.made("run-1", {judgement(audit)._replace(basis="other")}) == {}
    assert store.audits.made("run-1", set()) == {}


def test_a_copy_brings_its_findings_and_replaces_older_ones(store: Store, samples: Samples) -> None:
    store.runs.add(samples.run("run-2"))
    audit, finding = fill(store, samples, "run-1")
    fill(store, samples, "run-2", basis="old")
    stale = samples.finding("a", "fee.stated", run="run-2")
    store.audits.save([audit.model_copy(update={"run": "run-2", "basis": "old"})], [stale])
    store.audits.copy("run-2", {judgement(audit): "run-1"})
    assert list(store.audits.of_run("run-2")) == [audit.model_copy(update={"run": "run-2"})]
    assert list(store.audits.findings("run-2")) == [finding.model_copy(update={"run": "run-2"})]
    assert list(store.audits.findings("run-1")) == [finding], "the source keeps its own"
    assert dict(store.audits.of_items("run-2", "gdzwfw", ["a", "b"])) == {
        "a": (audit.model_copy(update={"run": "run-2"}), [finding.model_copy(update={"run": "run-2"})])
    }


def test_guides_are_laid_beside_those_of_an_earlier_run(store: Store, samples: Samples) -> None:
    store.runs.add(samples.run("run-2"))
    changed = samples.guide("b", title="新名").model_copy(update={"document": "d2"})
    store.guides.save([*(samples.guide(item) for item in "abc"), changed])
    store.crawls.save_visits("run-1", [samples.visit("a"), samples.visit("b"), samples.visit("z", unit="dept-00")])
    second = samples.visit("b").model_copy(update={"document": "d2"})
    store.crawls.save_visits("run-2", [samples.visit("a"), second, samples.visit("c")])
    pairs = {now.item_id: (now, before) for now, before in store.guides.compared("run-2", "gdzwfw", "run-1")}
    assert sorted(pairs) == ["a", "b", "c"]
    assert pairs["a"][1] is pairs["a"][0], "the same reading of the same document"
    assert [guide and guide.title for guide in pairs["b"]] == ["新名", "户口登记"]
    assert pairs["c"][1] is None
    assert all(before is None for _, before in store.guides.compared("run-2", "gdzwfw", None))


def test_an_earlier_guide_is_taken_as_it_was_read_then(store: Store, samples: Samples) -> None:
    """A new parser that loses a field must not be compared with its own reading of the old document."""
    store.runs.add(samples.run("run-2"))
    store.guides.save([samples.guide("a")])
    for run in ("run-1", "run-2"):
        store.crawls.save_visits(run, [samples.visit("a")])
    then = datetime.now(UTC)
    store.guides.save([samples.guide("a", title="", parser="gdzwfw-item/2")])
    ((now, before),) = store.guides.compared("run-2", "gdzwfw", "run-1", read_until=then)
    assert before is not None
    assert (now.title, before.title) == ("", "户口登记")


def test_unread_documents_are_those_without_a_reading_of_this_parser(store: Store, samples: Samples) -> None:
    store.guides.save([samples.guide("a")])
    store.crawls.save_visits("run-1", [samples.visit("a"), samples.visit("b")])
    assert [visit.item_id for visit in store.guides.unread("run-1", "gdzwfw", "gdzwfw-item/1")] == ["b"]
    assert [visit.item_id for visit in store.guides.unread("run-1", "gdzwfw", "gdzwfw-item/2")] == ["a", "b"]
    assert [visit.item_id for visit in store.guides.unread("run-1", "yss", "x")] == []


def test_a_document_can_be_had_as_it_was_read_then(store: Store, samples: Samples) -> None:
    store.guides.save([samples.guide("a")])
    then = datetime.now(UTC)
    store.guides.save([samples.guide("a", title="", parser="gdzwfw-item/2")])
    assert store.guides.get("gdzwfw", "a", "da").title == ""
    assert store.guides.get("gdzwfw", "a", "da", read_until=then).title == "户口登记"


def test_the_proof_of_a_run_includes_what_it_took_over(store: Store, samples: Samples) -> None:
    store.runs.add(samples.run("run-2"))
    kept = store.evidence.put(
        b"{}", kind=EvidenceKind.DOCUMENT, media_type="application/json", url="https://p/", run="run-1", captured_at=NOW
    )
    store.artefacts.save([kept])
    carried = samples.visit("a").model_copy(update={"document": kept.sha256, "unchanged": True})
    store.crawls.save_visits("run-2", [carried])
    assert verify(store, "run-2").sound
    file = store.evidence.path(kept.sha256)
    assert file is not None
    file.unlink()
    assert [record.sha256 for record in verify(store, "run-2").missing] == [kept.sha256]
