"""A run is scored from stored facts exactly as from its documents, body by body."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.score_million import bare, fill_documents, plain_items, score_plainly
from domain.errors import MachineError
from domain.facts import ItemFact
from domain.unit import all_units
from engine.facts.stored_facts import FactReader, facts_version, stream_items
from engine.facts.unit_facts import gather_bodies, with_items
from engine.results.scoring_step import score_run
from storage.store import Store

GUIDES = 144  # three for every body


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    """A store with guides, visits and audits of all bodies, nothing scored yet."""
    with Store.open(Path(tmp_path_factory.mktemp("night"))) as store:
        yield store, fill_documents(store, GUIDES, GUIDES)


def test_stored_facts_give_the_scores_of_the_documents(night: tuple[Store, str]) -> None:
    store, run = night
    plain, plain_totals = score_plainly(store, run)
    for planned in ((), None):  # read from the documents and stored, then from what was stored
        scores, totals = score_run(store, run, all_units(), planned)
        assert [bare(score) for score in scores] == [bare(score) for score in plain]
        assert totals == plain_totals
    assert sum(len(score.inputs) for score in scores) > GUIDES
    assert {score.unit for score in scores} == {unit.id for unit in all_units()}


def test_facts_are_those_of_the_documents_and_come_one_body_at_a_time(night: tuple[Store, str]) -> None:
    store, run = night
    units = [unit.id for unit in all_units()]
    version = facts_version()
    store.crawls.save_visits(run, [])  # as if a visit had come in: nothing stored holds any more
    bodies = with_items(store, run, gather_bodies(store, run, all_units(), None))
    assert store.facts.of_unit(run, units[0], version) is None
    documents = plain_items(store, run)
    for number, body in enumerate(bodies):
        assert list(body.items) == documents[body.unit.id]
        assert body.listed == len(body.items)
        later = units[number + 1 : number + 2]
        assert all(store.facts.of_unit(run, unit, version) is None for unit in later)


def test_facts_of_other_code_are_made_anew(night: tuple[Store, str]) -> None:
    store, run = night
    [items] = stream_items(store, run, ["dept-01"])
    claim = store.facts.claim(run, ("dept-01",), "older")["dept-01"]
    assert store.facts.keep(claim, run, "dept-01", "older", items[:1])
    assert list(stream_items(store, run, ["dept-01"])) == [items]
    assert store.facts.of_unit(run, "dept-01", facts_version()) == items


def test_facts_that_another_process_overtakes_are_read_again(
    night: tuple[Store, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of the reading of a body, a second connection judges one of its guides anew, as an audit does."""
    store, run = night
    store.crawls.save_visits(run, [])
    [audit, *_] = [one for one in store.audits.of_run(run) if one.unit == "dept-01"]
    anew = audit.model_copy(update={"outcomes": "f" * len(audit.outcomes)})
    whole = FactReader.read
    readings = 0

    def overtaken(reader: FactReader, unit: str) -> Iterator[ItemFact]:
        nonlocal readings
        readings += 1
        yield from whole(reader, unit)
        if readings == 1:
            with Store.open(store.home, create=False) as other:
                other.audits.save([anew], [])

    monkeypatch.setattr(FactReader, "read", overtaken)
    [items] = stream_items(store, run, ["dept-01"])
    assert readings == 2
    assert list(items) == plain_items(store, run)["dept-01"]
    assert store.facts.of_unit(run, "dept-01", facts_version()) == items


def test_a_run_that_changes_without_end_is_no_score(night: tuple[Store, str], monkeypatch: pytest.MonkeyPatch) -> None:
    store, run = night
    store.crawls.save_visits(run, [])

    def restless(_reader: FactReader, _unit: str) -> Iterator[ItemFact]:
        store.crawls.save_visits(run, [])
        yield from ()

    monkeypatch.setattr(FactReader, "read", restless)
    with pytest.raises(MachineError, match="changed by another process"):
        list(stream_items(store, run, ["dept-01"]))
    assert store.facts.of_unit(run, "dept-01", facts_version()) is None
