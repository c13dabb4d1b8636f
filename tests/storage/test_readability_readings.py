"""Readings of guides on disk: what goes in comes out, and what did not change is taken over inside the database."""

from datetime import timedelta

import pytest

from domain.crawl import GuideOutcome
from domain.errors import UsageError
from domain.readability import FieldReadability, GuideFigures, GuideReadability, ReadabilityPart, TermUse
from domain.reading_field import ReadingField
from storage.store import Store
from tests.storage.conftest import Samples

READING = GuideReadability(
    portal="gdzwfw",
    unit="dept-01",
    item_id="item-1",
    subject="c",
    document="ditem-1",
    version="1/abcdef01/gdzwfw-item/1",
    score=0.6125,
    parts={**dict.fromkeys(ReadabilityPart, 0.5), ReadabilityPart.EVERYDAY: None},
    figures=GuideFigures(
        characters=120,
        p90_sentence=61.5,
        clause_length=12.25,
        undefined_share=0.05,
        citations_per_100=0.83,
        structure=None,
        catch_alls=1,
        everyday=None,
    ),
    terms=(TermUse(term="容缺受理", gloss="主要材料齐了就先收\ud800", uses=2, defined=False),),
    passed_over=("使用海域",),
    fields=(
        FieldReadability(
            field=ReadingField.CONDITION,
            characters=120,
            sentences=2,
            clauses=9,
            p90_sentence=70,
            longest="申请人应当",
            undefined={"容缺受理": 2},
            undefined_characters=8,
            citations=1,
            listed=3,
            run_on=4,
            catch_alls=("按规定",),
        ),
    ),
)


def make_reading(item: str, **changes: object) -> GuideReadability:
    return READING.model_copy(update={"item_id": item, "document": f"d{item}", **changes})


def test_a_reading_comes_out_as_it_went_in(store: Store) -> None:
    plain = READING.model_copy(update={"terms": ()})
    empty = make_reading("item-2", score=None, unit=None, terms=(), fields=(), parts={})
    store.readability.save("run-1", [plain, empty])
    assert list(store.readability.of_run("run-1")) == [plain, empty]
    assert list(store.readability.of_run("run-1", unit="dept-01")) == [plain]
    assert store.readability.find("run-1", "gdzwfw", "item-2") == empty
    assert store.readability.find("run-1", "gdzwfw", "item-3") is None
    assert store.readability.scores("run-1", "gdzwfw") == {"item-1": 0.6125, "item-2": None}


def test_half_a_surrogate_pair_does_not_cost_the_save(store: Store) -> None:
    store.readability.save("run-1", [READING])
    kept = store.readability.find("run-1", "gdzwfw", "item-1")
    assert kept is not None
    assert kept.terms[0].gloss == "主要材料齐了就先收\ufffd"


def test_a_second_reading_of_the_same_guide_overwrites(store: Store) -> None:
    for score in (0.1, 0.9):
        store.readability.save("run-1", [make_reading("item-1", score=score)])
    assert store.readability.scores("run-1", "gdzwfw") == {"item-1": 0.9}


def test_unchanged_documents_take_the_earlier_reading_over(store: Store, samples: Samples) -> None:
    """Not taken over: another document, another version, what was not measured, what is there already."""
    store.runs.add(samples.run("run-2", started_at=samples.run().started_at + timedelta(days=1)))
    earlier = [
        make_reading("same", terms=()),
        make_reading("changed", document="another"),
        make_reading("old", version="0/abcdef01/gdzwfw-item/1"),
        make_reading("absent"),
        make_reading("there", score=0.1),
    ]
    store.readability.save("run-1", [reading.model_copy(update={"terms": ()}) for reading in earlier])
    visits = [samples.visit(item, unit="dept-02") for item in ("same", "changed", "old", "there", "new")]
    store.crawls.save_visits("run-2", [*visits, samples.visit("absent", GuideOutcome.ABSENT)])
    store.readability.save("run-2", [make_reading("there", score=0.7)])
    store.readability.carry_over("run-2", "run-1", portal="gdzwfw", version="1/abcdef01/")
    assert store.readability.scores("run-2", "gdzwfw") == {"same": 0.6125, "there": 0.7}
    assert store.readability.find("run-2", "gdzwfw", "same") == earlier[0].model_copy(update={"unit": "dept-02"})
    assert store.readability.made("run-2", "gdzwfw", ["same", "new"]) == {"same": ("dsame", READING.version)}
    assert store.readability.count("run-2", "gdzwfw") == 2


def test_readings_need_their_run(store: Store) -> None:
    with pytest.raises(UsageError, match="FOREIGN KEY"):
        store.readability.save("nobody", [READING.model_copy(update={"terms": ()})])
