"""Judging a stored run again: nothing twice, and every change with its cause."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from sqlalchemy import text

from crawler.audit import rule_set
from domain.crawl import GuideOutcome, GuideVisit
from domain.evidence import EvidenceKind
from domain.finding import RuleSet
from domain.guide import Field
from domain.guide_fields import FieldName, FieldState
from domain.outcome import OUTCOME_CODES, Outcome
from domain.run import Run, RunKind, RunState
from engine.judging.judgement_changes import Cause, Change
from engine.judging.judging_again import JudgedAgain, judge_again
from engine.reporter import SilentReporter
from sandbox.corpus.demo import make_demo
from sandbox.corpus_file import make_placeholder_origins
from sandbox.model import Corpus
from storage.store import Store

NIGHT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return make_demo(seed=5, size=150, origins=make_placeholder_origins())


@dataclass(frozen=True)
class Kept:
    """A home whose first run has been judged once, and what that said."""

    home: Path
    first: JudgedAgain


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Kept:
    home = tmp_path_factory.mktemp("kept") / "home"
    with Store.open(home) as opened:
        fill(opened, corpus, "run-1", NIGHT)
        return Kept(home, judge(opened))


@pytest.fixture
def first(kept: Kept) -> JudgedAgain:
    """The first judgement of ``run-1``."""
    return kept.first


@pytest.fixture
def store(tmp_path: Path, kept: Kept) -> Iterator[Store]:
    """A copy of the home, to be changed at will."""
    shutil.copytree(kept.home, tmp_path / "home")
    with Store.open(tmp_path / "home") as opened:
        yield opened


def fill(store: Store, corpus: Corpus, run: str, at: datetime) -> None:
    """Keep the corpus as a crawl would have, without one."""
    store.runs.add(make_run(run, at))
    visits = []
    for item in corpus.items:
        if "AUDIT_ITEM" not in item.detail:
            continue
        body = orjson.dumps(item.detail)
        record = store.evidence.put(
            body, kind=EvidenceKind.DOCUMENT, media_type="application/json", url="https://p/", run=run, captured_at=at
        )
        visit = GuideVisit(
            portal="gdzwfw",
            unit=item.body,
            item_id=item.item_id,
            code=item.task_code,
            title=str(item.list_record.get("TASK_NAME", "")),
            url=f"https://p/portal/v2/guide/{item.task_code}",
            outcome=GuideOutcome.MEASURED,
            status=200,
            document=record.sha256,
            fetched_at=at,
        )
        visits.append(visit)
    store.crawls.save_visits(run, visits)


def make_run(id: str, at: datetime) -> Run:
    return Run(
        id=id,
        kind=RunKind.CRAWL,
        period="2026H2",
        target="sandbox",
        state=RunState.FINISHED,
        started_at=at,
        finished_at=at + timedelta(hours=1),
        units=("dept-01",),
        portals=("gdzwfw",),
        tool_version="0",
        tool_commit="0",
        packages={},
        settings_hash="0",
        settings={},
    )


def judge(store: Store, run: str = "run-1") -> JudgedAgain:
    return judge_again(store, store.runs.get(run), SilentReporter())


def test_the_first_judgement_reads_and_judges_everything_and_the_second_nothing(
    store: Store, first: JudgedAgain
) -> None:
    assert first.read == first.judged == first.guides > 100
    assert first.appeared == first.findings == store.audits.count_findings("run-1") > 0
    assert {line.cause for line in first.changes} == {Cause.FIRST_JUDGEMENT}
    second = judge(store)
    assert (second.read, second.judged, second.copied) == (0, 0, first.guides)
    assert second.changes == ()
    assert second.stayed == second.findings == first.findings


def test_another_night_takes_the_judgements_over_with_their_findings(store: Store, corpus: Corpus) -> None:
    fill(store, corpus, "run-2", NIGHT + timedelta(days=1))
    taken = judge(store, "run-2")
    assert (taken.judged, taken.copied) == (0, taken.guides)
    of_first = [finding.model_copy(update={"run": "run-2"}) for finding in store.audits.findings("run-1")]
    assert list(store.audits.findings("run-2")) == of_first
    assert [audit.outcomes for audit in store.audits.of_run("run-2")] == [
        audit.outcomes for audit in store.audits.of_run("run-1")
    ]


def test_only_what_changed_is_judged_and_the_rest_taken_over(store: Store, corpus: Corpus) -> None:
    fill(store, corpus, "run-2", NIGHT + timedelta(days=1))
    visit = next(store.crawls.visits("run-2"))
    store.crawls.save_visits("run-2", [visit.model_copy(update={"title": f"{visit.title}（新）"})])
    taken = judge(store, "run-2")
    assert (taken.judged, taken.copied) == (1, taken.guides - 1)


def test_a_new_parser_reads_the_kept_documents_again(store: Store, first: JudgedAgain) -> None:
    with store.guides._database.write() as connection:
        connection.execute(text("update guide set parser = 'gdzwfw-item/0'"))
    again = judge(store)
    assert again.read == first.guides
    assert (again.judged, again.copied) == (0, first.guides), "it read them the same"


def test_every_change_has_its_cause(store: Store) -> None:
    """An older store: one rule was not there yet, one had another version, one has been given up since."""
    counts = Counter(finding.rule_id for finding in store.audits.findings("run-1"))
    (new, _), (changed, _), (kept, _) = counts.most_common(3)
    reworded = make_older(store, new=new, changed=changed, kept=kept)
    result = judge(store)
    assert result.judged == result.guides
    seen: Counter[tuple[str, Change, Cause]] = Counter()
    for line in result.changes:
        seen[line.rule, line.change, line.cause] += line.findings
    assert seen == {
        (new, Change.APPEARED, Cause.RULE_NEW): counts[new],
        (changed, Change.APPEARED, Cause.RULE_CHANGED): counts[changed],
        ("old.given-up", Change.VANISHED, Cause.RULE_GONE): 1,
        (kept, Change.REWORDED, Cause.NONE): reworded,
    }
    assert (result.appeared, result.vanished, result.reworded) == (counts[new] + counts[changed], 1, reworded)
    assert result.stayed == sum(counts.values()) - counts[new] - counts[changed] - reworded


def make_older(store: Store, *, new: str, changed: str, kept: str) -> int:
    """Rewrite the run as an older version would have judged it; return how many sentences of ``kept`` were others."""
    members = rule_set().members
    ids = [id for id, _ in members]
    older = RuleSet(
        id="older",
        members=(
            *((id, version - (id == changed)) for id, version in members if id != new),
            ("old.given-up", 1),
        ),
    )
    store.audits.save_rule_set(older)
    audits = list(store.audits.of_run("run-1"))
    findings = [one for one in store.audits.findings("run-1") if one.rule_id not in (new, changed)]
    given_up = findings[0].model_copy(update={"rule_id": "old.given-up"})
    worded = [one.model_copy(update={"reason": "旧的说法"}) if one.rule_id == kept else one for one in findings]
    at = ids.index(new)
    aged = [
        audit.model_copy(
            update={
                "rule_set": older.id,
                "outcomes": audit.outcomes[:at] + audit.outcomes[at + 1 :] + OUTCOME_CODES[Outcome.PASS],
            }
        )
        for audit in audits
    ]
    store.audits.save(aged, [*worded, given_up])
    return sum(one.rule_id == kept for one in findings)


def test_a_run_enters_and_leaves_the_quarantine_by_what_is_read_now(store: Store, corpus: Corpus) -> None:
    """A parser that loses the conditions; then one that finds them again in the same documents."""
    fill(store, corpus, "run-2", NIGHT + timedelta(days=1))
    assert judge(store, "run-2").state is RunState.FINISHED
    good = {guide.item_id: guide for guide in store.guides.of_run("run-2")}
    with store.guides._database.write() as connection:
        connection.execute(text("update guide set parser = 'gdzwfw-item/0', saved_at = '2026-11-23 02:00:00'"))
    blank = Field(raw="", value="", state=FieldState.BLANK)
    current = next(iter(good.values())).parser
    store.guides.save(
        guide.model_copy(update={"fields": {**guide.fields, FieldName.CONDITION: blank}, "parser": current})
        for guide in good.values()
    )
    broken = judge(store, "run-2")
    assert broken.state is RunState.QUARANTINED
    assert [part.field for part in broken.in_doubt] == ["condition"]
    assert "受理条件" in store.runs.get("run-2").note
    with store.guides._database.write() as connection:
        connection.execute(text("delete from guide where parser <> 'gdzwfw-item/0'"))
    mended = judge(store, "run-2")
    assert mended.read == mended.guides
    assert mended.state is RunState.PARTIAL
    assert "隔离已解除" in store.runs.get("run-2").note
