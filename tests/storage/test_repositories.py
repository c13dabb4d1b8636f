"""Repositories by their promises: repeats overwrite, questions are answered exactly, misses are one sentence."""

import traceback
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from domain.crawl import GuideOutcome, GuideVisit, Listing
from domain.errors import UsageError
from domain.finding import Finding
from domain.observation import Observation
from domain.outcome import Outcome
from domain.review import Review, ReviewVerdict
from domain.run import RunKind, RunState
from domain.score import Score, ScoreState, UnitTotal
from storage.evidence_store import MissingEvidenceError
from storage.store import Store
from tests.storage.conftest import NOW, Samples


def _items(things: Iterator[Any]) -> list[str]:
    return [thing.item_id for thing in things]


# Runs


def test_latest_run_is_the_one_that_started_last_among_those_asked_for(store: Store, samples: Samples) -> None:
    older = samples.run("run-0", started_at=NOW - timedelta(days=1), kind=RunKind.CRAWL)
    newest = samples.run("run-2", started_at=NOW + timedelta(days=1)).model_copy(update={"state": RunState.FINISHED})
    store.runs.add(older)
    store.runs.add(newest)
    assert store.runs.latest() == newest
    assert store.runs.latest(kind=RunKind.CRAWL) == older
    assert store.runs.latest(state=RunState.RUNNING) == samples.run("run-1")
    assert store.runs.latest(target="live") is None
    assert [run.id for run in store.runs.all()] == ["run-2", "run-1", "run-0"]


def test_a_run_is_updated_in_place(store: Store, samples: Samples) -> None:
    done = samples.run().model_copy(update={"state": RunState.FINISHED, "finished_at": NOW, "counts": {"fail": 1}})
    store.runs.update(done)
    assert store.runs.all() == (done,)


def test_an_unknown_run_names_the_known_ones(store: Store, samples: Samples) -> None:
    with pytest.raises(UsageError, match=r"'run-9'.*run-1"):
        store.runs.get("run-9")
    with pytest.raises(UsageError, match=r"'run-9'.*run-1"):
        store.runs.update(samples.run("run-9"))


def test_a_run_id_is_taken_once(store: Store, samples: Samples) -> None:
    with pytest.raises(UsageError, match="only once"):
        store.runs.add(samples.run())


# Crawls and guides


def test_missing_are_the_listed_guides_without_a_final_visit(store: Store, samples: Samples) -> None:
    store.crawls.save_listed("run-1", [samples.listed(item) for item in "abcd"])
    store.crawls.save_listed("run-1", [samples.listed("e", unit="dept-02")])
    visits = [
        samples.visit("a"),
        samples.visit("b", GuideOutcome.ABSENT),
        samples.visit("c", GuideOutcome.NOT_MEASURED),
        samples.visit("d", unit="dept-02"),  # another unit's visit says nothing about this unit's listing
    ]
    store.crawls.save_visits("run-1", visits)
    assert [guide.item_id for guide in store.crawls.missing("run-1", "gdzwfw", "dept-01")] == ["c", "d"]
    store.crawls.save_visits("run-1", [samples.visit("c")])
    assert [guide.item_id for guide in store.crawls.missing("run-1", "gdzwfw", "dept-01")] == ["d"]


def test_a_repeated_shard_overwrites_and_never_doubles(store: Store, samples: Samples) -> None:
    for total in (5, 6):
        listing = Listing(portal="gdzwfw", unit="dept-01", total=total, rows=3, guides=3)
        store.crawls.save_listing("run-1", listing)
        store.crawls.save_listed("run-1", [samples.listed(item) for item in "abc"])
        store.crawls.save_visits("run-1", [samples.visit(item) for item in "abc"])
    assert [listing.total for listing in store.crawls.listings("run-1")] == [6]
    assert _items(store.crawls.listed("run-1")) == ["a", "b", "c"]
    assert _items(store.crawls.visits("run-1")) == ["a", "b", "c"]


def test_visits_are_narrowed_by_portal_and_unit(store: Store, samples: Samples) -> None:
    elsewhere: GuideVisit = samples.visit("y").model_copy(update={"portal": "yss"})
    store.crawls.save_visits("run-1", [samples.visit("a"), samples.visit("b", unit="dept-02"), elsewhere])
    assert _items(store.crawls.visits("run-1", portal="gdzwfw")) == ["a", "b"]
    assert _items(store.crawls.visits("run-1", unit="dept-02")) == ["b"]
    assert _items(store.crawls.visits("run-2")) == []


def test_guides_of_a_run_are_those_that_its_visits_measured(store: Store, samples: Samples) -> None:
    store.guides.save(samples.guide(item) for item in "abc")
    later = NOW + timedelta(days=1)
    measured = samples.visit("a", unit="county-1").model_copy(update={"fetched_at": later})
    store.crawls.save_visits("run-1", [measured, samples.visit("b", GuideOutcome.NOT_MEASURED)])
    (guide,) = store.guides.of_run("run-1")
    own = {"unit": "county-1", "captured_at": later, "listed_title": measured.title}
    assert guide == samples.guide("a").model_copy(update=own)
    assert list(store.guides.of_run("run-1", unit="dept-01")) == []


def test_a_document_read_by_two_parsers_comes_once_as_read_last(store: Store, samples: Samples) -> None:
    store.crawls.save_visits("run-1", [samples.visit("a"), samples.visit("b")])
    for parser in ("p/9", "p/10"):
        store.guides.save([samples.guide("a", parser=parser), samples.guide("b", parser=parser)])
    assert [(guide.item_id, guide.parser) for guide in store.guides.of_run("run-1")] == [("a", "p/10"), ("b", "p/10")]
    assert store.guides.get("gdzwfw", "a", "da").parser == "p/10"


def test_a_document_that_was_never_read_is_one_sentence(store: Store) -> None:
    with pytest.raises(UsageError, match="'da' of portal 'gdzwfw'"):
        store.guides.get("gdzwfw", "da", "x")


# Audits


def test_a_new_audit_takes_the_old_faults_of_its_item_away(store: Store, samples: Samples) -> None:
    store.audits.save(
        [samples.audit("a", outcomes="ff"), samples.audit("b")],
        [samples.finding("a"), samples.finding("a", "fee.stated"), samples.finding("b")],
    )
    store.audits.save([samples.audit("a", outcomes="pf")], [samples.finding("a", "fee.stated")])
    assert [(finding.item_id, finding.rule_id) for finding in store.audits.findings("run-1")] == [
        ("a", "fee.stated"),
        ("b", "phone.form"),
    ]
    (first, _) = store.audits.of_run("run-1")
    assert first.outcome_of("phone.form", store.audits.rule_set(first.rule_set)) is Outcome.PASS


def _seed_findings(store: Store, samples: Samples) -> list[Finding]:
    findings = [
        samples.finding(f"{number:02}", rule, unit=f"dept-0{number % 3}")
        for number in range(30)
        for rule in ("fee.stated", "phone.form")
        if rule == "phone.form" or number % 2
    ]
    store.runs.add(samples.run("run-2"))
    other_night = [finding.model_copy(update={"run": "run-2"}) for finding in findings[:5]]
    store.audits.save([], [*reversed(findings), *other_night])
    return findings


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"portal": "gdzwfw"},
        {"portal": "yss"},
        {"unit": "dept-01"},
        {"rule": "fee.stated"},
        {"subject": "code-07"},
        {"unit": "dept-01", "rule": "fee.stated", "subject": "code-07"},
    ],
)
def test_findings_are_narrowed_and_counted_alike(store: Store, samples: Samples, wanted: dict[str, Any]) -> None:
    seeded = _seed_findings(store, samples)
    names = {"rule": "rule_id"}
    expected = [one for one in seeded if all(getattr(one, names.get(k, k)) == v for k, v in wanted.items())]
    assert list(store.audits.findings("run-1", **wanted)) == expected  # the seed is in order of item and rule
    assert store.audits.count_findings("run-1", **wanted) == len(expected)


def test_pages_of_findings_join_without_gap_or_overlap(store: Store, samples: Samples) -> None:
    seeded = _seed_findings(store, samples)
    pages = [list(store.audits.findings("run-1", limit=7, offset=start)) for start in range(0, 49, 7)]
    assert [finding for page in pages for finding in page] == seeded
    assert list(store.audits.findings("run-1", offset=len(seeded) - 1)) == seeded[-1:]


def test_findings_are_counted_by_rule(store: Store, samples: Samples) -> None:
    _seed_findings(store, samples)
    assert store.audits.count_by_rule("run-1") == {"fee.stated": 15, "phone.form": 30}
    assert store.audits.count_by_rule("run-1", unit="dept-01") == {"fee.stated": 5, "phone.form": 10}


def test_an_audit_needs_its_run_and_rule_set(store: Store, samples: Samples) -> None:
    with pytest.raises(UsageError, match="must be in the store first"):
        store.audits.save([samples.audit("a", run="run-9")], [])
    with pytest.raises(UsageError, match="must be in the store first"):
        store.audits.save([samples.audit("a").model_copy(update={"rule_set": "other"})], [])
    with pytest.raises(UsageError, match=r"'other'.*rules-1"):
        store.audits.rule_set("other")


def test_errors_show_no_row_values(store: Store, samples: Samples) -> None:
    secret = samples.finding("a", run="run-9").model_copy(update={"excerpt": "身份证441700199001011234"})
    with pytest.raises(UsageError) as caught:
        store.audits.save([], [secret] * 3)
    assert "4417001990" not in "".join(traceback.format_exception(caught.value))


def test_a_failing_stream_leaves_nothing_of_its_save(store: Store, samples: Samples) -> None:
    def breaking() -> Iterator[Finding]:
        for number in range(12_000):  # two whole batches have been executed by then
            yield samples.finding(f"{number}")
        raise RuntimeError("the rule engine died")

    with pytest.raises(RuntimeError, match="died"):
        store.audits.save([samples.audit("a")], breaking())
    assert store.audits.count_findings("run-1") == 0
    assert list(store.audits.of_run("run-1")) == []


# The queries of the pages and of the engine find their rows by an index, already in order.


def test_questions_are_answered_by_an_index_without_sorting(store: Store) -> None:
    asked: list[tuple[str, Any]] = []
    engine = store._database.engine
    event.listen(engine, "before_cursor_execute", lambda *seen: asked.append((seen[2], seen[3])))
    list(store.audits.findings("run-1", limit=50))
    list(store.audits.findings("run-1", unit="dept-01", limit=50))
    list(store.audits.findings("run-1", rule="r", limit=50))
    list(store.audits.of_run("run-1"))
    list(store.crawls.visits("run-1", portal="gdzwfw", unit="dept-01"))
    list(store.observations.of_run("run-1"))
    store.crawls.missing("run-1", "gdzwfw", "dept-01")
    store.audits.count_findings("run-1", rule="r")
    store.audits.count_by_rule("run-1")
    store.runs.latest()
    questions = [(text, values) for text, values in asked if text.startswith("SELECT")]
    assert len(questions) == 10
    with engine.connect() as connection:
        for text, values in questions:
            plan = " | ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values))
            assert "USING" in plan, (text, plan)
            assert "TEMP B-TREE" not in plan, (text, plan)


# Observations, scores, reviews, evidence records


def _observation(item_id: str, **changes: object) -> Observation:
    plain = Observation(
        run="run-1",
        portal="gdzwfw",
        unit="dept-01",
        subject="c",
        item_id=item_id,
        probe_id="keyword-search",
        probe_version=1,
        outcome=Outcome.PASS,
        started_at=NOW,
        finished_at=NOW,
    )
    return plain.model_copy(update=changes)


def test_observations_are_found_by_key_also_with_slashes_in_the_item(store: Store) -> None:
    odd = _observation("a/b/c")
    store.observations.save(odd)
    store.observations.save(_observation("d", probe_id="booking-calendar", unit=None))
    assert store.observations.get(odd.id) == odd
    assert store.observations.keys("run-1") == {"gdzwfw/keyword-search/a/b/c", "gdzwfw/booking-calendar/d"}
    assert _items(store.observations.of_run("run-1", probe="booking-calendar")) == ["d"]
    assert _items(store.observations.of_run("run-1", unit="dept-01")) == ["a/b/c"]


def test_a_second_attempt_overwrites_the_observation(store: Store) -> None:
    store.observations.save(_observation("a"))
    second = _observation("a", attempt=2, outcome=Outcome.FAIL)
    store.observations.save(second)
    assert list(store.observations.of_run("run-1")) == [second]


@pytest.mark.parametrize("id", ["", "run-1", "run-1/gdzwfw/keyword-search", "run-1/gdzwfw/keyword-search/none"])
def test_an_unknown_observation_is_one_sentence(store: Store, id: str) -> None:
    with pytest.raises(UsageError, match="unknown observation"):
        store.observations.get(id)


def _score(run: str, unit: str, row: int) -> Score:
    return Score(
        run=run,
        period="2026H2",
        unit=unit,
        table="D",
        row=row,
        indicator="x",
        version=1,
        title="t",
        weight=1,
        state=ScoreState.INSUFFICIENT,
        value=None,
        points=None,
        numerator=None,
        denominator=None,
        coverage=0,
        minimum_coverage=0.8,
    )


def _total(run: str, unit: str) -> UnitTotal:
    return UnitTotal(run=run, period="2026H2", unit=unit, table="D", value=None, weight_scored=0, weight_applicable=1)


def test_scores_replace_those_of_the_run_and_no_other(store: Store, samples: Samples) -> None:
    store.runs.add(samples.run("run-2"))
    store.scores.save("run-2", [_score("run-2", "dept-01", 1)], [_total("run-2", "dept-01")])
    store.scores.save("run-1", [_score("run-1", "dept-01", row) for row in (2, 1)], [_total("run-1", "dept-01")])
    store.scores.save("run-1", [_score("run-1", "dept-02", 3)], [])
    assert [(score.unit, score.row) for score in store.scores.of_run("run-1")] == [("dept-02", 3)]
    assert list(store.scores.of_run("run-1", unit="dept-01")) == []
    assert store.scores.totals("run-1") == ()
    assert [score.row for score in store.scores.of_run("run-2")] == [1]


def test_scores_of_another_run_are_refused_and_the_old_ones_stay(store: Store) -> None:
    store.scores.save("run-1", [_score("run-1", "dept-01", 1)], [])
    with pytest.raises(ValueError, match="'run-2'"):
        store.scores.save("run-1", [_score("run-2", "dept-01", 2)], [])
    assert [score.row for score in store.scores.of_run("run-1")] == [1]


def test_reviews_are_only_added_to(store: Store) -> None:
    first = Review(about="x", reviewer="a", verdict=ReviewVerdict.AGREE, note="", at=NOW)
    second = first.model_copy(update={"verdict": ReviewVerdict.DISPUTE, "at": NOW - timedelta(days=1)})
    for review in (first, second, first):
        store.reviews.add(review)
    assert store.reviews.about("x") == (first, second, first)
    assert store.reviews.about("y") == ()


def test_evidence_that_is_not_on_record_is_one_sentence(store: Store) -> None:
    with pytest.raises(MissingEvidenceError, match="on record"):
        store.artefacts.get("0" * 64)


# Counts for pages


def test_overview_counts_what_the_rows_hold(store: Store, samples: Samples) -> None:
    _seed_findings(store, samples)
    store.observations.save(_observation("a"))
    store.audits.save([samples.audit("z")], [])
    store.crawls.save_visits("run-1", [samples.visit("a"), samples.visit("b"), samples.visit("c", GuideOutcome.ABSENT)])
    assert store.overview.count_visits("run-1") == {
        ("gdzwfw", "dept-01", GuideOutcome.MEASURED): 2,
        ("gdzwfw", "dept-01", GuideOutcome.ABSENT): 1,
    }
    assert store.overview.count_observations("run-1") == {("gdzwfw", "dept-01", "keyword-search", Outcome.PASS): 1}
    assert store.overview.count_findings("run-1") == {"dept-00": 15, "dept-01": 15, "dept-02": 15}
    assert store.overview.visit("run-1", "gdzwfw", "b") == samples.visit("b")
    assert store.overview.audit("run-1", "gdzwfw", "z") == samples.audit("z")
    assert store.overview.audit("run-1", "gdzwfw", "none") is None
