"""Item facts come out of the store as they went in, and are dropped by whoever changes what they rest on."""

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from domain.crawl import GuideOutcome
from domain.facts import ItemFact
from domain.time_limit import LimitUnit, TimeLimit
from storage.audit_repository import Judgement
from storage.fact_columns import pack_items, unpack_items
from storage.store import Store
from tests.scoring.drawn_bodies import make_guide
from tests.storage.conftest import Samples
from tests.storage.test_readability_readings import make_reading

ODD = "阳江市𠮷祥里\u3000\n\x00'; DROP TABLE item_facts;--"
OTHER = ItemFact(
    item_id=ODD,
    code=ODD,
    outcome=GuideOutcome.MEASURED,
    package=True,
    promise=TimeLimit(days=Decimal("0.125"), unit=LimitUnit.CALENDAR),
    completeness=(Decimal("16.3333333333333333333333333"), 17),
    readability=Decimal("0.6125"),
    unseen_facts=frozenset({"visits", "nearby"}),
)


def keep_facts(store: Store, run: str, version: str, items: tuple[ItemFact, ...]) -> None:
    claim = store.facts.claim(run, ("dept-01",), version)["dept-01"]
    assert store.facts.keep(claim, run, "dept-01", version, items)


Change = Callable[[Store, Samples], object]


@pytest.mark.parametrize("count", [0, 1, 2, 7, 300])
def test_facts_come_back_equal_and_of_the_same_types(count: int) -> None:
    rng = random.Random(count)
    items = tuple(make_guide(rng, number) for number in range(count)) + (OTHER,) * (count != 0)
    back = unpack_items(pack_items(items))
    assert back == items
    for one, other in zip(back, items, strict=True):
        assert repr(one) == repr(other)
        assert one.model_dump_json() == other.model_dump_json()
        assert one.model_fields_set == set(ItemFact.model_fields)


def test_more_distinct_values_than_a_byte_can_name() -> None:
    rng = random.Random(1)
    base = make_guide(rng, 0)
    items = tuple(
        base.model_copy(update={"visits": number // 3, "task_code": f"t{number // 4}"}) for number in range(1500)
    )
    assert unpack_items(pack_items(items)) == items


def test_half_a_surrogate_pair_does_not_cost_the_scoring() -> None:
    [back] = unpack_items(pack_items([OTHER.model_copy(update={"code": "码\ud83d"})]))
    assert back.code == "码\ufffd"


def test_a_value_that_does_not_fit_its_column_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        pack_items([OTHER.model_copy(update={"visits": "twice"})])


def test_only_facts_of_the_asked_version_are_given_out(store: Store) -> None:
    keep_facts(store, "run-1", "v1", (OTHER,))
    assert store.facts.of_unit("run-1", "dept-01", "v1") == (OTHER,)
    assert store.facts.of_unit("run-1", "dept-01", "v2") is None
    assert store.facts.of_unit("run-1", "dept-02", "v1") is None
    keep_facts(store, "run-1", "v2", ())
    assert store.facts.of_unit("run-1", "dept-01", "v1") is None
    assert store.facts.of_unit("run-1", "dept-01", "v2") == ()


def test_a_plan_is_kept_with_its_run(store: Store) -> None:
    assert store.facts.plan("run-1") is None
    store.facts.save_plan("run-1", {"dept-01": {"keyword-search": 2}, "dept-02": {}})
    assert store.facts.plan("run-1") == {"dept-01": {"keyword-search": 2}, "dept-02": {}}


def copy_audit(store: Store, samples: Samples) -> None:
    made = samples.audit("item-2")
    store.audits.copy(
        "run-1", {Judgement(made.portal, made.item_id, made.document, made.rule_set, made.basis): "run-2"}
    )


CHANGES: dict[str, Change] = {
    "a guide is judged": lambda store, samples: store.audits.save([samples.audit("item-1")], []),
    "a judgement is taken over": copy_audit,
    "a guide is visited": lambda store, samples: store.crawls.save_visits("run-1", [samples.visit("item-1")]),
    "readings are taken over": lambda store, samples: store.readability.carry_over(
        "run-1", "run-2", portal="gdzwfw", version="1"
    ),
    "a guide's text is read": lambda store, samples: store.readability.save("run-1", [make_reading("item-1")]),
    "a document is read by another parser": lambda store, samples: store.guides.save(
        [samples.guide("item-1", parser="gdzwfw-item/2")]
    ),
    "a document is read otherwise by the same parser": lambda store, samples: store.guides.save(
        [samples.guide("item-9"), samples.guide("item-1", title="其他")]
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_facts_are_dropped_when_what_they_rest_on_changes(store: Store, samples: Samples, name: str) -> None:
    store.runs.add(samples.run("run-2"))
    store.guides.save([samples.guide("item-1")])
    keep_facts(store, "run-1", "v", (OTHER,))
    keep_facts(store, "run-2", "v", (OTHER,))
    CHANGES[name](store, samples)
    assert store.facts.of_unit("run-1", "dept-01", "v") is None
    of_all_runs = name.startswith("a document")  # a document may be shared by any of them
    assert (store.facts.of_unit("run-2", "dept-01", "v") is None) is of_all_runs


def test_facts_stay_when_other_documents_come_in(store: Store, samples: Samples) -> None:
    store.guides.save([samples.guide("item-1")])
    keep_facts(store, "run-1", "v", (OTHER,))
    store.facts.save_plan("run-1", {})
    newer = samples.guide("item-1", title="其他").model_copy(update={"document": "another"})
    store.guides.save([samples.guide("item-1"), samples.guide("item-2"), newer])
    assert store.facts.of_unit("run-1", "dept-01", "v") == (OTHER,)
    store.guides.save([samples.guide("item-2", parser="gdzwfw-item/2")])
    assert store.facts.of_unit("run-1", "dept-01", "v") is None
    assert store.facts.plan("run-1") is None


@pytest.mark.parametrize("name", CHANGES)
def test_facts_read_before_a_change_are_not_kept_after_it(store: Store, samples: Samples, name: str) -> None:
    store.runs.add(samples.run("run-2"))
    store.guides.save([samples.guide("item-1")])
    claim = store.facts.claim("run-1", ("dept-01",), "v")["dept-01"]
    CHANGES[name](store, samples)
    assert not store.facts.keep(claim, "run-1", "dept-01", "v", (OTHER,))
    assert store.facts.of_unit("run-1", "dept-01", "v") is None
    later = store.facts.claim("run-1", ("dept-01",), "v")["dept-01"]
    assert not store.facts.keep(claim, "run-1", "dept-01", "v", (OTHER,))
    assert store.facts.keep(later, "run-1", "dept-01", "v", (OTHER,))


def test_two_readers_share_a_claim_and_a_body_with_facts_needs_none(store: Store) -> None:
    units = ("dept-01", "dept-02")
    first = store.facts.claim("run-1", units, "v")
    assert store.facts.claim("run-1", units, "v") == first
    assert store.facts.keep(first["dept-01"], "run-1", "dept-01", "v", (OTHER,))
    assert not store.facts.keep(first["dept-01"], "run-1", "dept-01", "v", ())
    assert store.facts.of_unit("run-1", "dept-01", "v") == (OTHER,)
    assert store.facts.claim("run-1", units, "v") == {"dept-02": first["dept-02"]}
    assert store.facts.claim("run-1", units, "newer")["dept-01"] != first["dept-01"]
